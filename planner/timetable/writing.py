"""A timetable in the competition's solution format: a line a lecture, `course room day period`."""

from planner.timetable.problem import Timetable


def write_places(timetable: Timetable) -> str:
    """The solution text, its lines in a fixed order, so that equal timetables are equal files."""
    rows = (f"{at.course} {at.room} {at.day} {at.period}\n" for at in sorted(timetable.places))
    return "".join(rows)
