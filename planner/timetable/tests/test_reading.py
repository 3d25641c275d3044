import pytest

from planner.timetable.problem import Place, Timetable, TimetableError
from planner.timetable.reading import read_places, read_problem
from planner.timetable.tests.make import competition
from planner.timetable.writing import write_places

SMALL = """Name: Toy
Courses: 1
Rooms: 1
Days: 2
Periods_per_day: 2
Curricula: 1
Constraints: 1

COURSES:
law amina 2 2 30

ROOMS:
hall\t40

CURRICULA:
intake 1 law

UNAVAILABILITY_CONSTRAINTS:
law 1 0

END.
"""


def test_a_competition_file_is_read_whole() -> None:
    problem = competition("comp01")
    assert (len(problem.courses), len(problem.rooms), len(problem.curricula), len(problem.closed)) == (
        30,
        6,
        14,
        53,
    )
    assert (problem.days, problem.periods) == (5, 6)
    assert problem.courses[0].name == "c0001"
    assert problem.courses[0].students == 130


def test_spaces_and_tabs_are_one() -> None:
    problem = read_problem(SMALL)
    assert problem.rooms[0].seats == 40
    assert problem.closed == {("law", 1, 0)}


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("Courses: 1", "Courses: 2"),
        ("law amina 2 2 30", "law amina two 2 30"),
        ("law amina 2 2 30", "law amina 2"),
        ("intake 1 law", "intake 1 physics"),
        ("intake 1 law", "intake 2 law"),
        ("Days: 2\n", ""),
    ],
)
def test_what_cannot_be_understood_is_refused(good: str, bad: str) -> None:
    with pytest.raises(TimetableError):
        read_problem(SMALL.replace(good, bad))


def test_a_timetable_is_read_as_it_was_written() -> None:
    places = (Place("law", "hall", 0, 1), Place("law", "hall", 1, 1))
    assert read_places(write_places(Timetable(places[::-1], 0))) == places
    with pytest.raises(TimetableError, match="Not a line"):
        read_places("law hall 0")
