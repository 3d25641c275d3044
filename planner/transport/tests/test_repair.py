"""A plan in force mended after changes: nobody lost, few moved, and what that costs."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.transport.changes import (
    ADDED,
    MOVED_HOUSE,
    VEHICLE_OFF,
    Changed,
    added,
    away,
    bell_moved,
    driver_away,
    moved_house,
    unchanged,
    vehicle_off,
)
from planner.transport.checking import check
from planner.transport.plan import Plan
from planner.transport.problem import Problem, ProblemError
from planner.transport.reading import problem_of
from planner.transport.repair import Point, repair, runs_of, three
from planner.transport.searching import plan_transport
from planner.transport.writing import written

from .make import make_said, small_said, small_tables


@pytest.fixture(scope="module")
def day() -> tuple[Problem, Plan]:
    problem = problem_of(small_said(), small_tables())
    return problem, plan_transport(problem, rounds=2_000)


def _judged(changed: Changed, point: Point) -> list[str]:
    """What the checker says of a plan for a changed day, which is written as a case again."""
    problem, said = changed.problem, dict(small_said())
    said["passengers"] = [
        {
            "id": one.id, "school": one.place, "wheelchair": one.wheelchair, "escort": one.escort,
            "max_ride": one.max_ride, "board": one.board, "alight": one.alight,
        }
        for one in problem.passengers
    ]  # fmt: skip
    said["schools"] = [{"id": one.id, "bell": one.closes} for one in problem.places]
    return check(said, {"seconds": problem.seconds}, written(point.plan)).breaches


def test_where_nothing_happened_nothing_changes(day: tuple[Problem, Plan]) -> None:
    problem, plan = day
    point = repair(unchanged(problem), plan, keeps=[])[0]

    assert (point.moved, point.shifted) == ((), ())
    assert point.was == tuple(range(len(plan.runs)))
    assert point.plan.cost == pytest.approx(plan.cost, abs=0.05)


def test_who_is_ill_is_left_out_with_the_reason_and_nobody_else_moves(day: tuple[Problem, Plan]) -> None:
    problem, plan = day
    changed = away(unchanged(problem), 7, "Ill today.")
    point = repair(changed, plan, keeps=[])[0]

    assert [(one.passenger, one.reason) for one in point.plan.unserved] == [(7, "Ill today.")]
    assert point.moved == ()
    assert point.plan.cost <= plan.cost
    assert _judged(changed, point) == []


def test_who_is_added_gets_a_run_and_nobody_else_moves(day: tuple[Problem, Plan]) -> None:
    problem, plan = day
    near = problem.seconds[problem.homes + 9].tolist()
    changed = added(unchanged(problem), replace(problem.passengers[9], id=60), [*near, 120], [*near, 0])
    point = repair(changed, plan, keeps=[])[0]

    assert [(one.passenger, one.before, one.why) for one in point.moved] == [(60, None, ADDED)]
    assert _judged(changed, point) == []


def test_a_vehicle_off_the_road_has_its_passengers_taken_by_others(day: tuple[Problem, Plan]) -> None:
    problem, plan = day
    changed = vehicle_off(unchanged(problem), 0)
    points = repair(changed, plan, rounds=500)

    assert plan.runs[0].passengers <= {one.passenger for one in points[0].moved}
    assert all(one.why == VEHICLE_OFF for one in points[0].moved)
    for point in points:
        assert 0 not in point.was
        assert _judged(changed, point) == []


def test_the_less_a_move_costs_the_cheaper_the_plan(day: tuple[Problem, Plan]) -> None:
    problem, plan = day
    changed = driver_away(away(unchanged(problem), 3, "Ill today."), 1)
    points = repair(changed, plan, rounds=600)

    keeps = [20.0, 5.0, 1.0, 0.0]
    assert [point.keep for point in points] == [None, *keeps]
    for keep, before, after in zip(keeps, points, points[1:], strict=False):
        dearer = before.plan.cost + keep * (
            1.25 * len(before.moved) + len(before.shifted) + 2 * len(before.was)
        )
        assert after.plan.cost <= dearer + 0.1
    assert points[-1].plan.cost <= points[0].plan.cost + 0.1


def test_who_moved_house_is_moved_for_that_reason(day: tuple[Problem, Plan]) -> None:
    problem, plan = day
    there = problem.seconds[problem.homes + 30].copy()
    there[problem.homes + 30], there[problem.homes + 5] = 60, 0
    changed = moved_house(unchanged(problem), 5, there.tolist(), there.tolist())
    point = repair(changed, plan, keeps=[])[0]

    assert {one.why for one in point.moved} <= {MOVED_HOUSE}
    assert 5 in runs_of(point.plan)
    assert _judged(changed, point) == []


def test_a_school_that_closes_early_is_reached_at_its_new_time(day: tuple[Problem, Plan]) -> None:
    problem, plan = day
    changed = bell_moved(unchanged(problem), problem.passengers[0].place, -1_800)
    point = repair(changed, plan, keeps=[])[0]

    assert _judged(changed, point) == []


def test_at_most_three_options_are_shown_side_by_side(day: tuple[Problem, Plan]) -> None:
    problem, plan = day
    points = repair(vehicle_off(unchanged(problem), 2), plan, rounds=400)
    shown = three(points)

    assert 1 <= len(shown) <= 3
    assert len(shown[0].moved) == min(len(point.moved) for point in points)


@pytest.mark.parametrize(
    "change",
    [
        lambda day: away(day, 99, "Ill."),
        lambda day: bell_moved(day, 99, 60),
        lambda day: added(day, replace(day.problem.passengers[0], id=3), [], []),
        lambda day: moved_house(day, 0, [1], [1]),
    ],
)
def test_a_change_to_what_the_day_does_not_have_is_refused(change: object, day: tuple[Problem, Plan]) -> None:
    with pytest.raises(ProblemError):
        change(unchanged(day[0]))  # type: ignore[operator]


def test_a_run_the_plan_does_not_have_cannot_be_off(day: tuple[Problem, Plan]) -> None:
    with pytest.raises(ProblemError, match="not in the plan"):
        repair(vehicle_off(unchanged(day[0]), 99), day[1])


def test_a_day_on_which_nobody_travels_any_more_is_mended_to_nothing() -> None:
    problem = problem_of(*make_said(3))
    changed = unchanged(problem)
    for who in range(3):
        changed = away(changed, who, "Snow.")
    points = repair(changed, plan_transport(problem, rounds=20), rounds=30)

    assert all(point.plan.runs == () and len(point.plan.unserved) == 3 for point in points)


def test_vehicles_may_break_down_on_a_day_on_which_all_are_out() -> None:
    said, tables = make_said(8, not_together=[])
    said["fleet"] = [{**said["fleet"][1], "seats": 2, "bays": 1, "available": 3}]
    for one in said["passengers"]:
        one["alone"] = True
    problem = problem_of(said, tables)
    plan = plan_transport(problem, rounds=50)
    changed = vehicle_off(vehicle_off(unchanged(problem), 0), 1)
    points = repair(changed, plan, keeps=[1.0], rounds=50)

    assert len(plan.runs) == 3
    for point in points:
        assert check(said, tables, written(point.plan)).breaches == []
        assert len(point.plan.runs) <= 1
        assert runs_of(point.plan).keys() | {one.passenger for one in point.plan.unserved} == set(range(8))


@settings(max_examples=10, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    gone=st.sets(st.integers(0, 11), max_size=3),
    off=st.sets(st.integers(0, 1), max_size=1),
    direction=st.sampled_from(["morning", "afternoon"]),
)
def test_a_repair_never_loses_anyone(seed: int, gone: set[int], off: set[int], direction: str) -> None:
    said, tables = make_said(12, seed, direction=direction)
    problem = problem_of(said, tables)
    plan = plan_transport(problem, rounds=30, seed=seed)
    changed = unchanged(problem)
    for who in gone:
        changed = away(changed, who, "Ill today.")
    for run in off:
        changed = vehicle_off(changed, run) if run < len(plan.runs) else changed
    for point in repair(changed, plan, keeps=[5.0, 0.0], rounds=40):
        assert check(said, tables, written(point.plan)).breaches == []
        told = {one.passenger for one in point.plan.unserved}
        assert gone <= told
        assert told | runs_of(point.plan).keys() == set(range(12))
