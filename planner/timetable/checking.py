"""Whether a timetable keeps the rules, and what it costs: the judge, which shares no code with any solver.

Hard rules and penalties are those of ITC-2007 track 3 (formulation UD2): one point for each student without a
seat, five for each day a course is short of its least, two for each lecture that stands alone on its
curriculum's day, one for each room of a course beyond the first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.timetable.problem import Place, Problem

SHORT_OF_DAYS = 5
ALONE = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """Rules broken, a sentence each, and the four parts of the penalty in points."""

    broken: tuple[str, ...]
    seats: int
    days: int
    alone: int
    rooms: int

    @property
    def penalty(self) -> int:
        return self.seats + self.days + self.alone + self.rooms


def check(problem: Problem, places: Iterable[Place]) -> Verdict:
    """The verdict on these places. Names that the problem does not know are a broken rule, never an error."""
    given = list(places)
    broken = list(strangers(problem, given))
    if broken:
        return Verdict(tuple(broken), 0, 0, 0, 0)
    broken += list(hard(problem, given))
    return Verdict(
        tuple(broken), seats(problem, given), days(problem, given), alone(problem, given), rooms(given)
    )


def strangers(problem: Problem, places: list[Place]) -> Iterator[str]:
    courses = {course.name for course in problem.courses}
    rooms = {room.name for room in problem.rooms}
    for at in places:
        inside = 0 <= at.day < problem.days and 0 <= at.period < problem.periods
        if at.course not in courses or at.room not in rooms or not inside:
            yield f"{at.course} {at.room} {at.day} {at.period} is not a place of this problem."


def hard(problem: Problem, places: list[Place]) -> Iterator[str]:
    """A sentence for each rule that is broken."""
    held = Counter(at.course for at in places)
    for course in problem.courses:
        if held[course.name] != course.lectures:
            yield f"{course.name} has {held[course.name]} lectures of {course.lectures}."
    for (room, day, period), count in Counter((at.room, at.day, at.period) for at in places).items():
        if count > 1:
            yield f"{room} holds {count} lectures on day {day}, period {period}."
    for at in places:
        if (at.course, at.day, at.period) in problem.closed:
            yield f"{at.course} may not be on day {at.day}, period {at.period}."
    yield from clashes(problem, places)


def clashes(problem: Problem, places: list[Place]) -> Iterator[str]:
    """Two lectures at once of one course, one teacher or one curriculum."""
    teacher = {course.name: course.teacher for course in problem.courses}
    together: dict[tuple[int, int], list[str]] = defaultdict(list)
    for at in places:
        together[at.day, at.period].append(at.course)
    for (day, period), names in together.items():
        present = Counter(names)
        busy = Counter(teacher[name] for name in names)
        yield from (
            f"{t} teaches {n} lectures on day {day}, period {period}." for t, n in busy.items() if n > 1
        )
        for group in problem.curricula:
            count = sum(present[name] for name in set(group.courses))
            if count > 1:
                yield f"{group.name} has {count} lectures on day {day}, period {period}."


def seats(problem: Problem, places: list[Place]) -> int:
    students = {course.name: course.students for course in problem.courses}
    size = {room.name: room.seats for room in problem.rooms}
    return sum(max(0, students[at.course] - size[at.room]) for at in places)


def days(problem: Problem, places: list[Place]) -> int:
    on: dict[str, set[int]] = defaultdict(set)
    for at in places:
        on[at.course].add(at.day)
    return SHORT_OF_DAYS * sum(max(0, course.least_days - len(on[course.name])) for course in problem.courses)


def alone(problem: Problem, places: list[Place]) -> int:
    at_course: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at in places:
        at_course[at.course].append((at.day, at.period))
    lonely = 0
    for group in problem.curricula:
        when = [slot for name in set(group.courses) for slot in at_course[name]]
        taken = set(when)
        lonely += sum((day, p - 1) not in taken and (day, p + 1) not in taken for day, p in when)
    return ALONE * lonely


def rooms(places: list[Place]) -> int:
    used: dict[str, set[str]] = defaultdict(set)
    for at in places:
        used[at.course].add(at.room)
    return sum(len(names) - 1 for names in used.values())
