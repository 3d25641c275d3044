"""A training year as it stands before anything is planned: frozen, and checked as it was read."""

from dataclasses import dataclass
from functools import cached_property

from planner.training.patterns import PUBLISHED, Rested

MODULES = 3  # of the surge: A, then B, and C for supervisors
A, B, C = range(MODULES)


class ProblemError(ValueError):
    """A case, run list or plan that cannot be read; its text is the sentence to show."""


@dataclass(frozen=True)
class Team:
    """A team: `duty` one letter a day, `slack` how many may be missing on each day."""

    id: int
    station: int
    kind: str
    duty: str
    slack: tuple[int, ...]


@dataclass(frozen=True)
class Officer:
    id: int
    team: int
    sergeant: bool
    taser: bool
    absent: frozenset[int]


@dataclass(frozen=True)
class Site:
    """A site with its rooms for the surge and for courses; on `closed` days nothing is held there."""

    id: int
    surge_rooms: int
    rooms: int
    closed: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Course:
    """A course of `days` days for at most `size` people, needing `trainers` trainers at one of `sites`."""

    id: int
    days: int
    size: int
    trainers: int
    sites: tuple[int, ...]
    expires: bool


@dataclass(frozen=True)
class Trainer:
    id: int
    skills: frozenset[int]
    home: int
    absent: frozenset[int]
    days_a_week: int


@dataclass(frozen=True)
class Requirement:
    """Officer `officer` needs `course` between `release` and `due`, after course `after` if that is named."""

    officer: int
    course: int
    release: int
    due: int
    after: int | None


@dataclass(frozen=True)
class Run:
    """A course held once: on these days, at this site, by these trainers; `seats` where it has fewer than the
    course takes."""

    course: int
    days: tuple[int, ...]
    site: int
    trainers: tuple[int, ...]
    seats: int | None = None


@dataclass(frozen=True)
class Surge:
    """Everybody takes A, and B at least `gap` days after it; `supervisors` take C too. Each is one day."""

    days: tuple[int, ...]
    size: int
    least: int
    class_trainers: int
    gap: int
    supervisors: tuple[int, ...]
    max_minutes: float
    trainers: tuple[Trainer, ...]


@dataclass(frozen=True)
class Demand:
    """One place somebody needs: a requirement of theirs, or a module of the surge (the other is None).
    `after` is the demand that comes first, `wait` the days from its last day to the first of this one."""

    officer: int
    requirement: int | None
    module: int | None
    after: int | None
    wait: int


@dataclass(frozen=True)
class Problem:
    """The whole year. Days are numbers from 0 to `horizon` - 1; `travel[station][site]` is in minutes."""

    horizon: int
    teaching: tuple[int, ...]
    teams: tuple[Team, ...]
    officers: tuple[Officer, ...]
    sites: tuple[Site, ...]
    travel: tuple[tuple[float, ...], ...]
    courses: tuple[Course, ...]
    requirements: tuple[Requirement, ...]
    trainers: tuple[Trainer, ...]
    surge: Surge
    runs: tuple[Run, ...]
    rested: Rested = PUBLISHED

    @cached_property
    def demands(self) -> tuple[Demand, ...]:
        """Every place needed: the requirements in their order, then A and B of everybody, then C."""
        first = {(need.officer, need.course): number for number, need in enumerate(self.requirements)}
        found = [
            Demand(
                need.officer,
                number,
                None,
                first.get((need.officer, -1 if need.after is None else need.after)),
                1,
            )
            for number, need in enumerate(self.requirements)
        ]
        for officer in self.officers if self.surge.days else ():
            found.append(Demand(officer.id, None, A, None, self.surge.gap))
            found.append(Demand(officer.id, None, B, len(found) - 1, self.surge.gap))
        found += [Demand(officer, None, C, None, self.surge.gap) for officer in self.surge.supervisors]
        return tuple(found)

    @cached_property
    def near(self) -> tuple[tuple[int, ...], ...]:
        """For each station the sites its people may be sent to in the surge, nearest first: those within
        `max_minutes`, or the nearest when there is none."""
        found = []
        for minutes in self.travel:
            order = sorted(range(len(minutes)), key=minutes.__getitem__)
            found.append(
                tuple(site for site in order if minutes[site] <= self.surge.max_minutes) or (order[0],)
            )
        return tuple(found)
