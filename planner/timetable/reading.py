"""A problem read from the competition's `.ctt` text, and a plan from its solution lines."""

from collections.abc import Iterator

from planner.timetable.problem import Course, Curriculum, Place, Problem, Room, TimetableError

SECTIONS = ("COURSES", "ROOMS", "CURRICULA", "UNAVAILABILITY_CONSTRAINTS")
COUNTED = {"COURSES": "Courses", "ROOMS": "Rooms", "CURRICULA": "Curricula"}
COUNTED |= {"UNAVAILABILITY_CONSTRAINTS": "Constraints"}


def read_problem(text: str) -> Problem:
    """The problem of a `.ctt` file. Raises TimetableError, saying what it stumbled on, when it cannot."""
    head, rows = split(text)
    for section, counted in COUNTED.items():
        if int(head.get(counted, "-1")) != len(rows[section]):
            raise TimetableError(
                f"The head promises {head.get(counted)} {counted}, there are {len(rows[section])}."
            )
    try:
        problem = Problem(
            name=head["Name"],
            days=int(head["Days"]),
            periods=int(head["Periods_per_day"]),
            courses=tuple(course(row) for row in rows["COURSES"]),
            rooms=tuple(Room(name, int(seats)) for name, seats in rows["ROOMS"]),
            curricula=tuple(curriculum(row) for row in rows["CURRICULA"]),
            closed=frozenset((c, int(d), int(p)) for c, d, p in rows["UNAVAILABILITY_CONSTRAINTS"]),
        )
    except (KeyError, ValueError) as wrong:
        raise TimetableError(f"Not a timetable problem: {wrong}.") from wrong
    hold_together(problem)
    return problem


def split(text: str) -> tuple[dict[str, str], dict[str, list[list[str]]]]:
    """The head's words by name, and the rows of each section as lists of words."""
    head: dict[str, str] = {}
    rows: dict[str, list[list[str]]] = {section: [] for section in SECTIONS}
    section = ""
    for line in lines(text):
        if line.rstrip(":") in rows and line.endswith(":"):
            section = line.rstrip(":")
        elif section:
            rows[section].append(line.split())
        else:
            name, _, words = line.partition(":")
            head[name.strip()] = words.strip()
    return head, rows


def lines(text: str) -> Iterator[str]:
    for raw in text.splitlines():
        line = raw.strip()
        if line.rstrip(".") == "END":
            return
        if line:
            yield line


def course(row: list[str]) -> Course:
    name, teacher, lectures, least_days, students = row
    return Course(name, teacher, int(lectures), int(least_days), int(students))


def curriculum(row: list[str]) -> Curriculum:
    name, count, *courses = row
    if len(courses) != int(count):
        raise TimetableError(f"Curriculum {name} promises {count} courses and names {len(courses)}.")
    return Curriculum(name, tuple(courses))


def hold_together(problem: Problem) -> None:
    """Every name that is used is one that was given, once."""
    known = {course.name for course in problem.courses}
    rooms = {room.name for room in problem.rooms}
    if len(known) != len(problem.courses) or len(rooms) != len(problem.rooms):
        raise TimetableError("A course or a room is named twice.")
    used = {name for group in problem.curricula for name in group.courses}
    used |= {name for name, _, _ in problem.closed}
    if used - known:
        raise TimetableError(f"Nobody has said what {sorted(used - known)[0]} is.")


def read_places(text: str) -> tuple[Place, ...]:
    """The places of a solution file: a line a lecture, `course room day period`."""
    places = []
    for line in lines(text):
        try:
            name, room, day, period = line.split()
            places.append(Place(name, room, int(day), int(period)))
        except ValueError as wrong:
            raise TimetableError(f"Not a line of a timetable: {line!r}.") from wrong
    return tuple(places)
