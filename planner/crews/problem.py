"""A week of runs to be manned: who there is, what each of them may do, and what is to be done.

Times are whole minutes after midnight of the task's day (they may pass midnight), or minutes long. Days are
numbered from the first day of the case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

DRIVER, ESCORT = "driver", "escort"
ROLES = (DRIVER, ESCORT)
RUN, JOB, STANDBY = "run", "job", "standby"
KINDS = (RUN, JOB, STANDBY)
DAY = 24 * 60
NEVER = 10**6


class CrewError(Exception):
    """What is wrong with a case or a plan, in a sentence."""


@dataclass(frozen=True, slots=True)
class Hours:
    """What one role may work, a row that holds from a day on. `source` says what it rests on."""

    role: str
    from_on: date
    until_on: date | None
    source: str
    working_day: int  # from the beginning of the first task to the end of the last
    rest: int  # between two working days
    week: int  # of work in the week
    driving_a_day: int = NEVER
    driving_unbroken: int = NEVER
    pause: int = 0  # that makes driving broken
    short_rest: int = 0  # nought: none may be shorter
    short_rests: int = 0  # how many a week may be as short as that
    free: int = 0  # one rest of at least so long ...
    free_in_weeks: int = 2  # ... in so many weeks

    def holds(self, on: date) -> bool:
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True, slots=True)
class Credential:
    """A licence, certificate or training that somebody has between two days."""

    kind: str
    from_on: date
    until_on: date | None = None

    def holds(self, on: date) -> bool:
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True, slots=True)
class Person:
    """One who drives, escorts or both. `early` counts early starts of the weeks looked back on; `ended` is
    when the last work before the first day ended, as minutes from its midnight (below nought); `rested` is
    whether the week before had a long rest; `known` are the passengers who know this person."""

    id: str
    depot: str
    roles: frozenset[str]
    credentials: tuple[Credential, ...] = ()
    away: frozenset[int] = frozenset()
    most: int = NEVER  # minutes in the week, by contract
    early: int = 0
    ended: int = -NEVER
    rested: bool = True
    known: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()  # passengers this person is never given

    def has(self, kind: str, on: date) -> bool:
        return any(one.kind == kind and one.holds(on) for one in self.credentials)


@dataclass(frozen=True, slots=True)
class Post:
    """One place on a task to be given to one person."""

    number: int
    task: "Task"
    role: str
    needs: frozenset[str]
    seat: int  # which of the task's posts of this role

    @property
    def line(self) -> tuple[str, str, int]:
        """What is the same on each day of the week."""
        return self.task.line, self.role, self.seat


@dataclass(frozen=True, slots=True)
class Task:
    """A run, a commercial job or a stand-by. Runs of one `line` are the same run on different days."""

    id: str
    kind: str
    day: int
    depot: str
    begins: int
    ends: int
    driving: int
    line: str
    passengers: tuple[str, ...] = ()
    worth: int = 0

    @property
    def minutes(self) -> int:
        return self.ends - self.begins


@dataclass(frozen=True, slots=True)
class Weights:
    """What each thing counts for. A run that is not manned is worth more than everything else together."""

    run: int = 10_000
    job: int = 2_000  # where the job does not say what it is worth
    standby: int = 500
    unknown: int = 20  # a passenger who does not know the person, times the passenger's own weight
    another: int = 60  # each person on a line in the week
    early: int = 2  # times the square of somebody's early starts, those looked back on included
    travel: int = 2  # a minute between depots
    changed: int = 200  # a post of the week in force given to somebody else than it was


@dataclass(frozen=True, slots=True)
class Problem:
    """The whole week. `known_weight` says of a passenger how much it matters to be known; `published` gives
    for each task and role, in order of the posts, who has it in the week in force."""

    first_day: date
    days: int
    hours: tuple[Hours, ...]
    people: tuple[Person, ...]
    tasks: tuple[Task, ...]
    posts: tuple[Post, ...]
    ways: Mapping[tuple[str, str], int] = field(default_factory=dict)
    known_weight: Mapping[str, int] = field(default_factory=dict)
    published: Mapping[int, str] = field(default_factory=dict)
    early_before: int = 0
    weights: Weights = field(default_factory=Weights)

    def date_of(self, day: int) -> date:
        return self.first_day + timedelta(days=day)

    def way(self, person: Person, task: Task) -> int | None:
        """Minutes from the person's depot to the task's; None where nobody is lent."""
        return 0 if person.depot == task.depot else self.ways.get((person.depot, task.depot))

    def limits(self, person: Person, day: int) -> Hours:
        """The strictest of what the person's roles may do on this day."""
        return limits(self.hours, person.roles, self.date_of(day))

    def away(self, changed: Mapping[str, frozenset[int]]) -> "Problem":
        """The same week with these people away on further days."""
        return replace(
            self,
            people=tuple(
                replace(one, away=one.away | changed.get(one.id, frozenset())) for one in self.people
            ),
        )


def limits(hours: tuple[Hours, ...], roles: frozenset[str], on: date) -> Hours:
    """The strictest of the rows in force on a day for somebody with these roles. CrewError where there is
    none."""
    rows = [one for one in hours if one.role in roles and one.holds(on)]
    if {one.role for one in rows} != roles:
        missing = sorted(roles - {one.role for one in rows})[0]
        raise CrewError(f"No rule says what hours a {missing} may work on {on:%-d %B %Y}.")
    first = rows[0]
    for other in rows[1:]:
        first = replace(
            first,
            working_day=min(first.working_day, other.working_day),
            rest=max(first.rest, other.rest),
            week=min(first.week, other.week),
            driving_a_day=min(first.driving_a_day, other.driving_a_day),
            driving_unbroken=min(first.driving_unbroken, other.driving_unbroken),
            pause=max(first.pause, other.pause),
            short_rest=max(first.short_rest or first.rest, other.short_rest or other.rest),
            short_rests=min(first.short_rests, other.short_rests),
            free=max(first.free, other.free),
            free_in_weeks=min(first.free_in_weeks, other.free_in_weeks),
        )
    return first


@dataclass(frozen=True)
class Ground:
    """What is asked for again and again of one problem, worked out once."""

    problem: Problem

    @cached_property
    def person(self) -> dict[str, int]:
        return {one.id: number for number, one in enumerate(self.problem.people)}

    @cached_property
    def by_line(self) -> dict[tuple[str, str, int], tuple[int, ...]]:
        found: dict[tuple[str, str, int], list[int]] = {}
        for post in self.problem.posts:
            if post.task.kind == RUN:
                found.setdefault(post.line, []).append(post.number)
        return {line: tuple(posts) for line, posts in found.items()}

    @cached_property
    def limits(self) -> tuple[tuple[Hours, ...], ...]:
        """For each person and day."""
        known: dict[tuple[frozenset[str], int], Hours] = {}
        for one in self.problem.people:
            for day in range(self.problem.days):
                if (one.roles, day) not in known:
                    known[one.roles, day] = self.problem.limits(one, day)
        return tuple(
            tuple(known[one.roles, day] for day in range(self.problem.days)) for one in self.problem.people
        )
