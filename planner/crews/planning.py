"""A week planned: a first plan, then pieces of it put together anew, exactly, as long as there is time.

The pieces are people with all their posts of the week, or all of one day round a post that nobody has. A
piece is kept when the plan costs no more. With rounds alone the plan is the same on any machine: the work put
into a piece is counted in steps of the solver, not in seconds.
"""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from planner.crews.diaries import Diaries, fits, worth
from planner.crews.pieces import Piece
from planner.crews.plan import Plan, Progress
from planner.crews.problem import DRIVER, RUN, CrewError, Ground, Post, Problem
from planner.crews.reasons import unmanned

EFFORT = 0.1  # of deterministic time, for a piece
PEOPLE = 7  # in a piece of a week
CROWD = 24  # in a piece of a day
Tell = Callable[[Progress], bool]


def plan_crews(
    problem: Problem, *, seconds: float | None = None, rounds: int | None = None, seed: int = 1,
    tell: Tell = lambda far: True,
) -> Plan:  # fmt: skip
    """The week manned. `seconds` are of the processor; without `rounds` and `seconds`, sixty. `tell` hears
    how far it is and says whether to go on. CrewError when a search would last less than no time."""
    if (seconds is not None and seconds < 0) or (rounds is not None and rounds < 0):
        raise CrewError("A search cannot last less than no time.")
    if seconds is None and rounds is None:
        seconds = 60.0
    search = Search(problem, seed)
    done = search.go_on(seconds, rounds, tell)
    return plan_of(search.diaries, done)


def plan_of(diaries: Diaries, rounds: int = 0) -> Plan:
    """The plan as it stands, with its reasons and figures."""
    problem = diaries.problem
    given = tuple(None if who is None else problem.people[who].id for who in diaries.given)
    return Plan(given, diaries.cost(), unmanned(diaries), rounds, figures(diaries))


def figures(diaries: Diaries) -> dict[str, int]:
    """What is counted of a plan."""
    problem, given = diaries.problem, diaries.given
    manned = [
        (post, problem.people[who]) for post, who in zip(problem.posts, given, strict=True) if who is not None
    ]
    known = sum(one in person.known for post, person in manned for one in post.task.passengers)
    return {
        "posts": len(problem.posts),
        "manned": len(manned),
        "runs_unmanned": sum(
            who is None for post, who in zip(problem.posts, given, strict=True) if post.task.kind == RUN
        ),
        "people": sum(bool(those) for those in diaries.stints),
        "passengers": sum(len(post.task.passengers) for post, _ in manned),
        "known": known,
        "most_on_a_line": max(
            (sum(n > 0 for n in one.values()) for one in diaries.lines.values()), default=0
        ),
        "most_early": max((diaries.earlies(who) for who in range(len(problem.people))), default=0),
        "changed": sum(problem.published.get(post.number, person.id) != person.id for post, person in manned),
    }


@dataclass(slots=True)
class Search:
    """One search: the plan as it stands, and who fits where."""

    problem: Problem
    seed: int
    diaries: Diaries = field(init=False)
    fits: list[list[int]] = field(init=False)
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 # nosec B311  (a search, not a secret)
        self.diaries = Diaries(Ground(self.problem))
        self.fits = fits(self.problem, self.problem.posts)
        self.start()

    def start(self) -> None:
        """The week in force as far as it still holds; then whoever is cheapest, the hardest posts first."""
        ground, posts = self.diaries.ground, self.problem.posts
        for number, name in sorted(self.problem.published.items()):
            who = ground.person.get(name)
            if who in self.fits[number] and who is not None and not self.diaries.refusal(posts[number], who):
                self.diaries.put(posts[number], who)
        self.fill()

    def fill(self) -> None:
        """Every post that somebody can still have is given to the cheapest of them, the dearest posts and
        those with the fewest people first."""
        waiting = [
            post for post, who in zip(self.problem.posts, self.diaries.given, strict=True) if who is None
        ]
        waiting.sort(
            key=lambda post: (
                -worth(self.problem, post),
                post.task.day,
                len(self.fits[post.number]),
                post.number,
            )
        )
        for post in waiting:
            if (who := self.cheapest(post)) is not None:
                self.diaries.put(post, who)

    def cheapest(self, post: Post) -> int | None:
        prices = sorted((self.diaries.price(post, who), who) for who in self.fits[post.number])
        top = worth(self.problem, post)
        return next(
            (who for price, who in prices if price < top and not self.diaries.refusal(post, who)), None
        )

    def go_on(self, seconds: float | None, rounds: int | None, tell: Tell) -> int:
        """Piece after piece until the time is over. How many there were."""
        began, done, cost = time.process_time(), 0, self.diaries.cost()
        while rounds is None or done < rounds:
            spent = time.process_time() - began
            if seconds is not None and spent >= seconds:
                break
            left = sum(who is None for who in self.diaries.given)
            if not tell(Progress(done, spent, cost, left)):
                break
            cost = self.improve(self.draw(done), cost, done)
            done += 1
        self.fill()
        return done

    def improve(self, piece: Piece, cost: int, done: int) -> int:
        found = piece.solved(self.seed + done, EFFORT)
        if found is None:
            return cost
        before = {number: self.diaries.given[number] for number in found}
        self.change(found)
        after = self.diaries.cost()
        if after > cost:
            self.change(before)
            return cost
        return after

    def change(self, found: dict[int, int | None]) -> None:
        changed = [number for number, who in found.items() if self.diaries.given[number] != who]
        for number in changed:
            self.diaries.take(self.problem.posts[number])
        for number in changed:
            if (who := found[number]) is not None:
                self.diaries.put(self.problem.posts[number], who)

    def draw(self, done: int) -> Piece:
        """What to put together anew: in turn round a post nobody has, a line with many people, people with
        many early starts, anybody."""
        empty = [
            post
            for post in self.problem.posts
            if self.diaries.given[post.number] is None and self.fits[post.number]
        ]
        if empty and done % 2 == 0:
            return self.round_a_gap(self.chance.choice(empty))
        ways = (self.round_a_line, self.round_the_early, self.round_anybody)
        return self.of_people(ways[self.chance.randrange(3)]())

    def round_a_gap(self, gap: Post) -> Piece:
        """All posts of a crowd on the day of the gap and the next, and what else is empty there."""
        able = self.fits[gap.number]
        people = set(self.chance.sample(able, min(CROWD // 2, len(able))))
        near = [who for one in self.same_time(gap) if (who := self.diaries.given[one.number]) is not None]
        people |= set(self.chance.sample(near, min(CROWD - len(people), len(near))))
        days = {gap.task.day, gap.task.day + self.chance.choice((-1, 0, 1))}
        posts = [
            post for post in self.problem.posts
            if post.task.day in days and self.diaries.given[post.number] in people
        ]  # fmt: skip
        return self.piece(sorted(people), [*posts, gap])

    def same_time(self, gap: Post) -> Iterator[Post]:
        """Posts of the same role on the same day that somebody else could have if they were not there."""
        for post in self.problem.posts:
            if post.role == gap.role and post.task.day == gap.task.day and post.task.depot == gap.task.depot:
                yield post

    def round_a_line(self) -> list[int]:
        lines = sorted(self.diaries.lines, key=lambda line: -len(self.diaries.lines[line]))[:60]
        if not lines:
            return self.round_anybody()
        line = self.chance.choice(lines)
        people = sorted(who for who, times in self.diaries.lines[line].items() if times)
        able = self.fits[self.diaries.ground.by_line[line][0]][:PEOPLE]
        return [*people, *(who for who in able if who not in people)][:PEOPLE]

    def round_the_early(self) -> list[int]:
        first = self.round_anybody(3 * PEOPLE)
        by = sorted(first, key=lambda who: (self.diaries.earlies(who), who))
        return [*by[: PEOPLE // 2], *by[-PEOPLE // 2 :]]

    def round_anybody(self, so_many: int = PEOPLE) -> list[int]:
        people = self.problem.people
        one = people[self.chance.randrange(len(people))]
        drives = DRIVER in one.roles
        near = [
            who for who, other in enumerate(people)
            if other.depot == one.depot and (DRIVER in other.roles) == drives
        ]  # fmt: skip
        return self.chance.sample(near, min(so_many, len(near)))

    def of_people(self, people: list[int]) -> Piece:
        """These people with all they do in the week, and some of what nobody does."""
        those = set(people)
        posts = [post for post in self.problem.posts if self.diaries.given[post.number] in those]
        empty = [
            post for post in self.problem.posts
            if self.diaries.given[post.number] is None and those.intersection(self.fits[post.number])
        ]  # fmt: skip
        return self.piece(sorted(those), [*posts, *self.chance.sample(empty, min(PEOPLE, len(empty)))])

    def piece(self, people: list[int], posts: list[Post]) -> Piece:
        return Piece(self.diaries, people, posts, {post.number: self.fits[post.number] for post in posts})
