"""Assessment days, fitness tests and interviews to be planned: who sits what, before whom, and where.

Times are whole minutes after midnight of a day of the case, or minutes long. Days are numbered from the first
of the case. Inside the planner time runs in ticks of `grid` minutes, through all days one after the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

DAY = 24 * 60
NEVER = 10**6
Span = tuple[int, int, int]  # a day, from, until


class SelectionError(Exception):
    """What is wrong with a case or a plan, in a sentence."""


@dataclass(frozen=True, slots=True)
class Day:
    """When the house is open."""

    on: date
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Exercise:
    """Something candidates sit. `size` is how many sit it together; `hold` keeps assessors and room after it
    for notes and clearing; `rest` is what a candidate has before the next; `after` must be sat before."""

    id: str
    minutes: int
    size: int = 1
    assessors: int = 1
    room: str = ""
    hold: int = 0
    rest: int = 0
    after: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Room:
    """`seats` are for candidates and those who come with them."""

    id: str
    kinds: frozenset[str]
    seats: int
    step_free: bool = False
    closed: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessor:
    """Somebody who assesses, interprets or both. `trained` says for each exercise until when; `conflicts` are
    candidates this person never sees; `hours` none means as long as the house is open; `most` a day."""

    id: str
    trained: Mapping[str, date | None] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()
    interprets: frozenset[str] = frozenset()
    conflicts: frozenset[str] = frozenset()
    hours: tuple[Span, ...] = ()
    away: tuple[Span, ...] = ()
    most: int = NEVER

    def may(self, exercise: str, on: date) -> bool:
        """Whether the training for the exercise still holds."""
        if exercise not in self.trained:
            return False
        until = self.trained[exercise]
        return until is None or on <= until


@dataclass(frozen=True, slots=True)
class Candidate:
    """`longer` is per cent of each exercise; `rest` the least before the next; `language` one that all who
    assess must speak; `interpreter` a language somebody must interpret; `exercises` none means all."""

    id: str
    exercises: tuple[str, ...] = ()
    longer: int = 0
    step_free: bool = False
    rest: int = 0
    carer: bool = False
    interpreter: str = ""
    language: str = ""
    away: tuple[Span, ...] = ()

    @property
    def places(self) -> int:
        """Seats taken in a room."""
        return 1 + self.carer + bool(self.interpreter)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One exercise sat once. `interpreters` gives for candidates who need one who interprets."""

    exercise: str
    day: int
    begins: int
    ends: int
    room: str
    candidates: tuple[str, ...]
    assessors: tuple[str, ...]
    interpreters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """What each thing counts for. A candidate with no day is worth more than everything else together."""

    candidate: int = 10_000
    wait: int = 1  # a minute on site outside exercises
    room: int = 30  # each room used on each day
    fair: int = 1  # times the square of an assessor's share of their own hours, in tenths
    moved: int = 100  # a candidate's exercise at another time than in the plan in force
    handed: int = 20  # an assessor's seat of the plan in force with somebody else


@dataclass(frozen=True)
class Problem:
    """The whole case. `published` is the plan in force, if there is one."""

    days: tuple[Day, ...]
    exercises: tuple[Exercise, ...]
    rooms: tuple[Room, ...]
    assessors: tuple[Assessor, ...]
    candidates: tuple[Candidate, ...]
    grid: int = 5
    published: tuple[Sitting, ...] = ()
    weights: Weights = field(default_factory=Weights)

    @cached_property
    def exercise(self) -> dict[str, Exercise]:
        return {one.id: one for one in self.exercises}

    def asked(self, candidate: Candidate) -> tuple[Exercise, ...]:
        """What this candidate sits."""
        names = candidate.exercises or tuple(one.id for one in self.exercises)
        return tuple(self.exercise[name] for name in names)

    def minutes(self, candidate: Candidate, exercise: Exercise) -> int:
        """How long the exercise is for this candidate, up to the next step of the grid."""
        exact = exercise.minutes * (100 + candidate.longer)
        return -(-exact // (100 * self.grid)) * self.grid

    def rest(self, candidate: Candidate, exercise: Exercise) -> int:
        return max(candidate.rest, exercise.rest)

    def away(self, changed: Mapping[str, tuple[Span, ...]], published: tuple[Sitting, ...]) -> "Problem":
        """The same case with these assessors away at further times, and this plan in force."""
        return replace(
            self,
            published=published,
            assessors=tuple(replace(one, away=one.away + changed.get(one.id, ())) for one in self.assessors),
        )
