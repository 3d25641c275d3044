"""A few people and their posts put together anew, exactly, while everything else stays as it is.

One model of CP-SAT: who has which post. Overlaps are cliques of intervals; driving and work are sums; too
long a day and too short a rest are pairs. What no pair can say (breaks in driving, the long rest) is looked
at afterwards; a week that breaks it is forbidden and the piece solved again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python import cp_model

from planner.crews.diaries import Diaries, Stint, breach, is_early, own_price, stint, worth
from planner.crews.problem import NEVER, RUN, Hours, Post

NOBODY: Counter[int] = Counter()
AGAIN = 6  # times a piece is solved once more because of what the model does not say
Key = tuple[int, int]  # a post and a person


@dataclass(slots=True)
class Piece:
    """`people` may be given any of `posts` they fit; who has one of `posts` is of `people`. `held` are posts
    that must not be left unmanned; `moves` is how many of those `counted` may go to somebody else;
    `dear` is what it costs to give these people something they do not have now."""

    diaries: Diaries
    people: Sequence[int]
    posts: Sequence[Post]
    fits: Mapping[int, Sequence[int]]
    held: frozenset[int] = frozenset()
    moves: int | None = None
    counted: frozenset[int] = frozenset()
    dear: Mapping[int, int] = field(default_factory=dict)
    model: Any = field(default_factory=cp_model.CpModel)
    has: dict[Key, Any] = field(default_factory=dict)
    stints: dict[Key, Stint] = field(default_factory=dict)
    fixed: dict[int, list[Stint]] = field(default_factory=dict)
    terms: list[Any] = field(default_factory=list)

    def solved(self, seed: int, effort: float) -> dict[int, int | None] | None:
        """Who has each post of the piece now; None when nothing was found in so much work."""
        self._lay_out()
        for _ in range(AGAIN):
            solver = cp_model.CpSolver()
            solver.parameters.num_workers, solver.parameters.random_seed = 1, seed
            solver.parameters.max_deterministic_time = effort
            if solver.solve(self.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return None
            found: dict[int, int | None] = {post.number: None for post in self.posts}
            for (post, who), way in self.has.items():
                if solver.boolean_value(way):
                    found[post] = who
            wrong = list(self._wrong(found))
            if not wrong:
                return found
            for who, those in wrong:
                self.model.add_bool_or([self.has[post, who].negated() for post in those])
        return None

    def _lay_out(self) -> None:
        mine, problem = {post.number for post in self.posts}, self.diaries.problem
        for who in self.people:
            self.fixed[who] = [one for one in self.diaries.stints[who] if one.post not in mine]
        everybody = set(self.people)
        for post in self.posts:
            for who in self.fits[post.number]:
                if who in everybody:
                    self._open(post, who)
            ways = [self.has[post.number, who] for who in self.people if (post.number, who) in self.has]
            now = self.diaries.given[post.number]
            if post.number in self.held:
                self.model.add_exactly_one(ways)
                continue
            nobody = self.model.new_bool_var("")
            self.model.add_exactly_one([*ways, nobody])
            self.model.add_hint(nobody, now is None)
            self.terms.append(worth(problem, post) * nobody)
        for who in self.people:
            _Week(self, who).say()
        self._lines()
        if self.moves is not None:
            same = [
                self.has[post, who]
                for post, who in ((number, self.diaries.given[number]) for number in sorted(self.counted))
                if who is not None and (post, who) in self.has
            ]
            self.model.add(sum(same) >= len(self.counted) - self.moves)
        self.model.minimize(sum(self.terms))

    def _open(self, post: Post, who: int) -> None:
        """A variable for this person on this post, if the rest of their week leaves room."""
        problem = self.diaries.problem
        person, one = problem.people[who], stint(problem, problem.people[who], post)
        both = sorted([*self.fixed[who], one])
        if breach(person, both, self.diaries.ground.limits[who]):
            return
        way = self.model.new_bool_var("")
        self.has[post.number, who], self.stints[post.number, who] = way, one
        self.model.add_hint(way, self.diaries.given[post.number] == who)
        more = 0 if self.diaries.given[post.number] == who else self.dear.get(who, 0)
        self.terms.append((own_price(problem, post, who) + more) * way)

    def _lines(self) -> None:
        """Each person on a line counts once, on however many days."""
        another, by_line = self.diaries.problem.weights.another, defaultdict(list)
        posts = {post.number: post for post in self.posts}
        for (number, who), way in self.has.items():
            if posts[number].task.kind == RUN:
                by_line[posts[number].line, who].append((number, way))
        for (line, who), ways in by_line.items():
            inside = sum(self.diaries.given[post.number] == who for post in self.posts if post.line == line)
            if self.diaries.lines.get(line, NOBODY)[who] > inside:
                continue  # is on the line on another day anyhow
            once = self.model.new_bool_var("")
            for _, way in ways:
                self.model.add_implication(way, once)
            self.terms.append(another * once)

    def _wrong(self, found: Mapping[int, int | None]) -> Iterator[tuple[int, list[int]]]:
        """People whose week breaks a rule after all, each with the new posts that make it do so."""
        by_person: dict[int, list[int]] = defaultdict(list)
        for number, who in found.items():
            if who is not None:
                by_person[who].append(number)
        ground = self.diaries.ground
        for who, numbers in by_person.items():
            week = sorted([*self.fixed[who], *(self.stints[one, who] for one in numbers)])
            if breach(ground.problem.people[who], week, ground.limits[who]):
                yield who, numbers


@dataclass(slots=True)
class _Week:
    """One person's rules as rows of the model."""

    piece: Piece
    who: int

    def say(self) -> None:
        piece, who = self.piece, self.who
        mine = sorted(
            (piece.stints[number, one], way) for (number, one), way in piece.has.items() if one == who
        )
        if not mine:
            return
        person, limits = piece.diaries.problem.people[who], piece.diaries.ground.limits[who]
        self._overlaps(mine)
        fixed = piece.fixed[who]
        most = min(limits[0].week, person.most)
        if most < NEVER:
            done = sum(one.ends - one.begins for one in fixed)
            piece.model.add(sum((one.ends - one.begins) * way for one, way in mine) <= most - done)
        for day in sorted({one.day for one, _ in mine}):
            todays = [(one, way) for one, way in mine if one.day == day]
            limit = limits[day]
            if limit.driving_a_day < NEVER:
                done = sum(one.driving for one in fixed if one.day == day)
                piece.model.add(sum(one.driving * way for one, way in todays) <= limit.driving_a_day - done)
        self._pairs(mine, limits)
        self._earlies(mine)

    def _overlaps(self, mine: Sequence[tuple[Stint, Any]]) -> None:
        for number, (one, way) in enumerate(mine):
            meets = [other for before, other in mine[:number] if before.ends > one.begins]
            if meets:
                self.piece.model.add_at_most_one([way, *meets])

    def _pairs(self, mine: Sequence[tuple[Stint, Any]], limits: Sequence[Hours]) -> None:
        """Two tasks too far apart for one day, or too near for the night between two."""
        model, short = self.piece.model, []
        for number, (one, way) in enumerate(mine):
            for after, other in mine[number + 1 :]:
                gap, limit = after.begins - one.ends, limits[after.day]
                if after.day == one.day:
                    if after.ends - one.begins > limit.working_day:
                        model.add_at_most_one([way, other])
                elif gap >= limit.rest:
                    if after.day > one.day + 1:
                        break
                elif gap < (limit.short_rest or limit.rest) or not limit.short_rests:
                    model.add_at_most_one([way, other])
                else:
                    both = model.new_bool_var("")
                    model.add(way + other <= 1 + both)
                    short.append(both)
        if short:
            model.add(sum(short) <= limits[0].short_rests)

    def _earlies(self, mine: Sequence[tuple[Stint, Any]]) -> None:
        """The square of somebody's early starts, by the lines that touch it."""
        piece, problem = self.piece, self.piece.diaries.problem
        if not problem.weights.early or not problem.early_before:
            return
        posts, days = {post.number: post for post in piece.posts}, defaultdict(list)
        for one, way in mine:
            if is_early(problem, posts[one.post]):
                days[one.day].append(way)
        already = {one.day for one in piece.fixed[self.who] if is_early(problem, problem.posts[one.post])}
        earlies = []
        for day, ways in days.items():
            if day in already:
                continue
            early = piece.model.new_bool_var("")
            for way in ways:
                piece.model.add_implication(way, early)
            earlies.append(early)
        if not earlies:
            return
        before = problem.people[self.who].early + len(already)
        price = piece.model.new_int_var(0, len(earlies) * (2 * before + len(earlies)), "")
        for so_many in range(len(earlies)):  # the line through the points so_many and so_many + 1
            slope = 2 * (before + so_many) + 1
            at = so_many * (2 * before + so_many)
            piece.model.add(price >= at + slope * (sum(earlies) - so_many))
        piece.terms.append(problem.weights.early * price)
