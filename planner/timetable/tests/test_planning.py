from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.command import run
from planner.timetable.checking import check
from planner.timetable.planning import Budget, Progress, plan_timetable
from planner.timetable.problem import Course, Curriculum, NoTimetable, Problem, Room, TimetableError
from planner.timetable.tests.make import AtOnce, competition, make_problem
from planner.timetable.writing import write_places

SHORT = Budget(rounds=4, steps=5_000)
DAYS, PERIODS = 3, 3


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    count = draw(st.integers(1, 5))
    names = [f"c{i}" for i in range(count)]
    courses = tuple(
        Course(name, f"t{draw(st.integers(0, 3))}", draw(st.integers(1, 3)), draw(st.integers(1, 3)), 10 * i)
        for i, name in enumerate(names)
    )
    rooms = tuple(Room(f"r{i}", draw(st.integers(0, 40))) for i in range(draw(st.integers(1, 3))))
    groups = draw(st.lists(st.sets(st.sampled_from(names), min_size=1, max_size=3), max_size=3))
    curricula = tuple(Curriculum(f"q{i}", tuple(sorted(group))) for i, group in enumerate(groups))
    shut = st.tuples(st.sampled_from(names), st.integers(0, DAYS - 1), st.integers(0, PERIODS - 1))
    return Problem("any", DAYS, PERIODS, courses, rooms, curricula, draw(st.frozensets(shut, max_size=6)))


@settings(max_examples=40, deadline=None)
@given(problems())
def test_every_plan_keeps_the_rules_and_costs_what_the_checker_says(problem: Problem) -> None:
    try:
        made = plan_timetable(problem, budget=SHORT, executor=AtOnce())
    except NoTimetable:
        return
    verdict = check(problem, made.places)
    assert verdict.broken == ()
    assert verdict.penalty == made.penalty


def test_a_real_week_is_planned_well_in_little_time() -> None:
    problem = competition("comp01")
    made = plan_timetable(problem, budget=Budget(rounds=60, steps=50_000), executor=AtOnce())
    verdict = check(problem, made.places)
    assert verdict.broken == ()
    assert verdict.penalty == made.penalty <= 20


def test_the_same_seed_and_rounds_give_the_same_plan() -> None:
    problem = competition("comp01")
    first, again = (plan_timetable(problem, budget=SHORT, seed=3, executor=AtOnce()) for _ in range(2))
    other = plan_timetable(problem, budget=SHORT, seed=4, executor=AtOnce())
    assert first.places == again.places
    assert first.places != other.places


def test_it_says_how_far_it_is_and_stops_when_told() -> None:
    heard: list[Progress] = []
    made = plan_timetable(
        competition("comp01"),
        budget=Budget(rounds=50, steps=2_000),
        executor=AtOnce(),
        tell=heard.append,
        stop=lambda: len(heard) == 3,
    )
    assert len(heard) == 3
    assert heard[0].penalty >= heard[-1].penalty == made.penalty


def test_what_cannot_be_is_proved() -> None:
    shut = frozenset(("law", day, period) for day in range(2) for period in range(3))
    with pytest.raises(NoTimetable, match="proved"):
        plan_timetable(make_problem(closed=shut), budget=SHORT, executor=AtOnce())
    with pytest.raises(TimetableError, match="16 periods"):
        plan_timetable(make_problem(periods=17), budget=SHORT, executor=AtOnce())


@pytest.mark.slow
def test_the_command_writes_a_timetable_and_judges_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem, out = tmp_path / "small.ctt", tmp_path / "small.sol"
    problem.write_text(
        "Name: Small\nCourses: 1\nRooms: 1\nDays: 2\nPeriods_per_day: 2\nCurricula: 0\nConstraints: 0\n"
        "COURSES:\nlaw amina 2 2 30\nROOMS:\nhall 25\nCURRICULA:\nUNAVAILABILITY_CONSTRAINTS:\nEND.\n"
    )
    words = ["timetable", str(problem), "--rounds", "2", "--steps", "1000", "--out", str(out)]
    assert run(words) == 0
    assert "penalty 10 (seats 10, days 0, alone 0, rooms 0)" in capsys.readouterr().out
    assert run(["timetable", str(problem), "--check", str(out)]) == 0
    out.write_text(out.read_text().replace("hall 1", "hall 0"))
    assert run(["timetable", str(problem), "--check", str(out)]) == 1
    assert run(["timetable", str(tmp_path / "nowhere.ctt")]) == 2


def test_a_written_timetable_has_a_line_a_lecture() -> None:
    made = plan_timetable(make_problem(), budget=SHORT, executor=AtOnce())
    assert made.penalty == 0
    assert len(write_places(made).splitlines()) == 5
