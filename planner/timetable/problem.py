"""What a timetable is asked to be, and what one is: frozen, whole and without a word on how it is found.

The model is the curriculum-based timetable of the second International Timetabling Competition (ITC-2007,
track 3; Di Gaspero, McCollum and Schaerf, 2007): every lecture of a course gets a period and a room.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


class TimetableError(ValueError):
    """The file or the plan cannot be understood; the sentence says where."""


class NoTimetable(TimetableError):
    """No timetable keeps every rule: proved, or not found in the time given. The sentence says which."""


@dataclass(frozen=True, slots=True)
class Course:
    """Lectures of one teacher for one group; `least_days` is on how many days they should be spread."""

    name: str
    teacher: str
    lectures: int
    least_days: int
    students: int


@dataclass(frozen=True, slots=True)
class Room:
    """A room and how many students it seats."""

    name: str
    seats: int


@dataclass(frozen=True, slots=True)
class Curriculum:
    """Courses that the same students take: never two at once, and better next to each other."""

    name: str
    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One week of `days` days of `periods` periods. `closed` are (course, day, period) that may not be."""

    name: str
    days: int
    periods: int
    courses: tuple[Course, ...]
    rooms: tuple[Room, ...]
    curricula: tuple[Curriculum, ...]
    closed: frozenset[tuple[str, int, int]] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One lecture: its course, room, day from 0 and period of the day from 0."""

    course: str
    room: str
    day: int
    period: int


@dataclass(frozen=True, slots=True)
class Timetable:
    """Every lecture with its place, what its maker reckons it costs, and how it was come by."""

    places: tuple[Place, ...]
    penalty: int
    notes: Mapping[str, float] = field(default_factory=dict)
