"""What everybody does in the week as far as it is planned, and what else they may still do.

A rule is named by a word; `reasons.py` says the words in sentences. They are tried in the order in which a
person would: may they at all, are they there, have they the papers, are they free, have they had their rest.
"""

from bisect import insort
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from planner.crews.problem import DAY, ESCORT, JOB, RUN, Ground, Hours, Person, Post, Problem

ROLE, DEPOT, APART, AWAY, PAPERS = "role", "depot", "apart", "away", "papers"
BUSY, WEEK, CONTRACT = "busy", "week", "contract"
DRIVING, UNBROKEN, SPAN, REST, SHORT, FREE = "driving", "unbroken", "span", "rest", "short", "free"


@dataclass(frozen=True, slots=True, order=True)
class Stint:
    """Work of one person from a minute to another, counted from midnight of the first day, with the ways."""

    begins: int
    ends: int
    driving: int
    day: int
    post: int


def bar(problem: Problem, person: Person, post: Post) -> tuple[str, str]:
    """The first rule that keeps this person from this post whatever else they do, and about what; or two
    empty words."""
    if post.role not in person.roles:
        return ROLE, ""
    if problem.way(person, post.task) is None:
        return DEPOT, post.task.depot
    if person.apart.intersection(post.task.passengers):
        return APART, ""
    if post.task.day in person.away:
        return AWAY, ""
    on = problem.date_of(post.task.day)
    for kind in sorted(post.needs):
        if not person.has(kind, on):
            return PAPERS, kind
    return "", ""


def stint(problem: Problem, person: Person, post: Post) -> Stint:
    """What having this post takes of the person's time."""
    task, way = post.task, problem.way(person, post.task) or 0
    begins, ends = task.begins - way + DAY * task.day, task.ends + way + DAY * task.day
    return Stint(begins, ends, 0 if post.role == ESCORT else task.driving, task.day, post.number)


def breach(person: Person, stints: Sequence[Stint], limits: Sequence[Hours]) -> str:
    """The first rule about hours that this week breaks, or an empty word. `stints` are in order."""
    for before, after in pairwise(stints):
        if after.begins < before.ends:
            return BUSY
    worked = sum(one.ends - one.begins for one in stints)
    if worked > limits[0].week:
        return WEEK
    if worked > person.most:
        return CONTRACT
    days: dict[int, list[Stint]] = {}
    for one in stints:
        days.setdefault(one.day, []).append(one)
    for day, those in days.items():
        if rule := _day(those, limits[day]):
            return rule
    return _rests(person, days, limits)


def _day(those: Sequence[Stint], limit: Hours) -> str:
    if sum(one.driving for one in those) > limit.driving_a_day:
        return DRIVING
    if those[-1].ends - those[0].begins > limit.working_day:
        return SPAN
    unbroken, until = 0, those[0].begins
    for one in those:
        unbroken = one.driving if one.begins - until >= limit.pause else unbroken + one.driving
        until = one.ends
        if unbroken > limit.driving_unbroken:
            return UNBROKEN
    return ""


def _rests(person: Person, days: dict[int, list[Stint]], limits: Sequence[Hours]) -> str:
    ended, short, longest = person.ended, 0, 0
    for day, those in days.items():
        rest = those[0].begins - ended
        limit = limits[day]
        if rest < (limit.short_rest or limit.rest):
            return REST
        if rest < limit.rest:
            short += 1
            if short > limit.short_rests:
                return SHORT
        longest = max(longest, those[0].begins - max(ended, 0))
        ended = those[-1].ends
    longest = max(longest, DAY * len(limits) - max(ended, 0))
    limit = limits[0]
    if not (person.rested and limit.free_in_weeks > 1) and longest < limit.free:
        return FREE
    return ""


@dataclass(slots=True)
class Diaries:
    """Everybody's week, and what the plan costs so far; changed post by post."""

    ground: Ground
    given: list[int | None] = field(default_factory=list)
    stints: list[list[Stint]] = field(default_factory=list)
    lines: dict[tuple[str, str, int], Counter[int]] = field(default_factory=dict)
    early: Counter[int] = field(default_factory=Counter)  # by person and day: early tasks

    def __post_init__(self) -> None:
        problem = self.ground.problem
        self.given = [None] * len(problem.posts)
        self.stints = [[] for _ in problem.people]

    @property
    def problem(self) -> Problem:
        return self.ground.problem

    def put(self, post: Post, who: int) -> None:
        self.given[post.number] = who
        insort(self.stints[who], stint(self.problem, self.problem.people[who], post))
        if post.task.kind == RUN:
            self.lines.setdefault(post.line, Counter())[who] += 1
        self.early[who * DAY + post.task.day] += is_early(self.problem, post)

    def take(self, post: Post) -> None:
        who = self.given[post.number]
        if who is None:
            return
        self.given[post.number] = None
        self.stints[who] = [one for one in self.stints[who] if one.post != post.number]
        if post.task.kind == RUN:
            self.lines[post.line] -= Counter({who: 1})
        self.early[who * DAY + post.task.day] -= is_early(self.problem, post)

    def refusal(self, post: Post, who: int) -> str:
        """The first rule about time that keeps this person from this post, given all else they do."""
        person = self.problem.people[who]
        more = stint(self.problem, person, post)
        stints = [one for one in self.stints[who] if one.post != post.number]
        insort(stints, more)
        return breach(person, stints, self.ground.limits[who])

    def price(self, post: Post, who: int) -> int:
        """What the plan would cost more if this person had this post; without what being unmanned costs."""
        cost = own_price(self.problem, post, who)
        if post.task.kind == RUN and not self.lines.get(post.line, Counter())[who]:
            cost += self.problem.weights.another
        if is_early(self.problem, post) and not self.early[who * DAY + post.task.day]:
            cost += self.problem.weights.early * (2 * self.earlies(who) + 1)
        return cost

    def earlies(self, who: int) -> int:
        """Early starts, those looked back on included."""
        days = range(self.problem.days)
        return self.problem.people[who].early + sum(self.early[who * DAY + day] > 0 for day in days)

    def cost(self) -> int:
        """What the whole plan costs."""
        problem, weights = self.problem, self.problem.weights
        cost = sum(
            worth(problem, post) if who is None else own_price(problem, post, who)
            for post, who in zip(problem.posts, self.given, strict=True)
        )
        cost += weights.another * sum(sum(n > 0 for n in those.values()) for those in self.lines.values())
        for who, person in enumerate(problem.people):
            cost += weights.early * (self.earlies(who) ** 2 - person.early**2)
        return cost


def worth(problem: Problem, post: Post) -> int:
    """What a post that nobody has counts for."""
    if post.task.kind == RUN:
        return problem.weights.run
    return (post.task.worth or problem.weights.job) if post.task.kind == JOB else problem.weights.standby


def own_price(problem: Problem, post: Post, who: int) -> int:
    """What this person on this post costs by itself: strangers, the way, a change from the week in force."""
    person, weights = problem.people[who], problem.weights
    strangers = (problem.known_weight.get(one, 1) for one in post.task.passengers if one not in person.known)
    cost = weights.unknown * sum(strangers)
    cost += weights.travel * 2 * (problem.way(person, post.task) or 0)
    before = problem.published.get(post.number)
    return cost + weights.changed * (before is not None and before != person.id)


def is_early(problem: Problem, post: Post) -> bool:
    return post.task.begins < problem.early_before


def fits(problem: Problem, posts: Iterable[Post]) -> list[list[int]]:
    """For each post who could have it as far as they themselves are concerned, the cheapest first."""
    near: dict[tuple[str, str], list[int]] = {}
    found = []
    for post in posts:
        of = post.role, post.task.depot
        if of not in near:
            near[of] = [
                who
                for who, one in enumerate(problem.people)
                if post.role in one.roles and problem.way(one, post.task) is not None
            ]
        able = [who for who in near[of] if not bar(problem, problem.people[who], post)[0]]
        prices = {who: own_price(problem, post, who) for who in able}
        found.append(sorted(able, key=lambda who: (prices[who], who)))
    return found
