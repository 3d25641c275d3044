"""Student officers on their way through a training year, and the year as it is planned: frozen.

Weeks are numbers from nought. A module takes so many weeks of teaching, one after the other; weeks in `shut`
(Christmas, say) are stepped over. A placement is a module that a host gives, not a tutor.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Why = Literal["no tutor", "no room", "no host", "no week", "own district", "access", "too far", "hosts full"]


class CohortError(ValueError):
    """The year makes no sense; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Student:
    """Somebody of an intake. `needs` is access that a host must have; nobody goes to their own district."""

    name: str
    intake: str
    district: str
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Intake:
    """Everybody who joins in one week."""

    name: str
    week: int


@dataclass(frozen=True, slots=True)
class Module:
    """A step of everybody's way. `skill` is what its tutor must be able to teach; none for a placement."""

    name: str
    weeks: int
    skill: str = ""
    placement: bool = False


@dataclass(frozen=True, slots=True)
class Tutor:
    """Teaches one group at a time. `away` are weeks of leave or other duty."""

    name: str
    skills: frozenset[str]
    away: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Host:
    """Takes so many students at once on a placement. `used` are places of others already, week by week."""

    name: str
    district: str
    places: int
    has: frozenset[str] = frozenset()
    used: Mapping[int, int] = field(default_factory=dict)

    def free(self, week: int) -> int:
        return self.places - self.used.get(week, 0)


@dataclass(frozen=True, slots=True)
class Year:
    """The question. `minutes` are journeys from a student's district to a host; missing: too far.

    `rooms_used` are rooms that others, planned before, have in a week.
    """

    weeks: int
    intakes: tuple[Intake, ...]
    modules: tuple[Module, ...]
    students: tuple[Student, ...]
    tutors: tuple[Tutor, ...]
    hosts: tuple[Host, ...] = ()
    rooms: int = 1
    group_size: int = 20
    spare: int = 2  # places kept in each group for those who come back into it
    shut: frozenset[int] = frozenset()
    minutes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    at_most_minutes: int = 75
    rooms_used: Mapping[int, int] = field(default_factory=dict)

    def weeks_from(self, first: int, count: int) -> tuple[int, ...]:
        """So many weeks of teaching from `first` on; none where the year ends before."""
        found: list[int] = []
        for week in range(first, self.weeks):
            if len(found) < count and week not in self.shut:
                found.append(week)
        return tuple(found) if len(found) == count else ()


@dataclass(frozen=True, slots=True)
class Group:
    """Students who go through the modules together."""

    name: str
    intake: str
    students: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Class:
    """One module of one group: its weeks, and its tutor unless it is a placement."""

    group: str
    module: str
    weeks: tuple[int, ...]
    tutor: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """One student with one host."""

    student: str
    module: str
    host: str
    weeks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """What could not be planned, and why: a group's module, or a student's placement."""

    who: str
    module: str
    why: Why


@dataclass(frozen=True, slots=True)
class Moved:
    """A student who takes a module again, and goes on from it, with another group."""

    student: str
    from_group: str
    to_group: str
    module: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The year planned."""

    groups: tuple[Group, ...]
    classes: tuple[Class, ...]
    placements: tuple[Placement, ...]
    left: tuple[Left, ...]
    moved: tuple[Moved, ...] = ()


def refuse_nonsense(year: Year) -> None:
    """Raises CohortError where names are used twice or unknown, or nothing could ever be taught."""
    for things in (year.intakes, year.modules, year.students, year.tutors, year.hosts):
        names = [one.name for one in things]
        if len(set(names)) != len(names):
            raise CohortError("A name is used twice.")
    unknown = {student.intake for student in year.students} - {intake.name for intake in year.intakes}
    if unknown:
        raise CohortError(f"Nobody has said when {sorted(unknown)[0]} joins.")
    if year.group_size < 1 or any(module.weeks < 1 for module in year.modules):
        raise CohortError("Groups have students and modules have weeks.")
