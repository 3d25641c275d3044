"""The shortest travel times with which few enough are late on a slow day."""

from dataclasses import replace

import pytest

from planner.transport.checking import check
from planner.transport.lateness import lateness, paced
from planner.transport.problem import Problem
from planner.transport.reliable import Reliable, leading, plan_reliably
from planner.transport.searching import plan_transport
from planner.transport.writing import written

from .make import make_problem, make_said

SLOW = 1.2


def reliably(problem: Problem, most: float, rounds: int = 2_000, slow: float = SLOW) -> Reliable:
    return plan_reliably(problem, most=most, slow=slow, rounds=rounds)


@pytest.mark.parametrize("direction", ["morning", "afternoon"])
def test_a_plan_keeps_to_the_share_that_may_be_late(direction: str) -> None:
    problem = make_problem(30, direction=direction)
    found = reliably(problem, 0.05)

    assert found.enough
    assert lateness(problem, found.plan, SLOW).share <= 0.05
    assert found.scouted[0].pace == 1.0


def test_a_plan_that_needs_no_more_time_gets_none() -> None:
    found = reliably(make_problem(30), 1.0)

    assert (found.pace, found.lead, found.extra, found.enough) == (1.0, 0, 0.0, True)
    assert len(found.scouted) == 1


def test_longer_times_say_what_they_cost_beside_the_same_search_without() -> None:
    found = reliably(make_problem(30), 0.0, slow=1.3)
    costs = {one.pace: one.cost for one in found.scouted}

    assert found.enough
    assert found.pace > 1
    if found.pace in costs:
        assert found.extra == costs[found.pace] - costs[1.0]


def test_with_the_times_of_the_slow_day_nobody_is_late() -> None:
    problem = make_problem(30)
    roomy = replace(problem, seconds=paced(problem.seconds, SLOW))

    assert lateness(roomy, plan_transport(roomy, rounds=300), 1.0).passengers == ()


def test_a_plan_by_longer_times_breaks_no_rule_by_them() -> None:
    said, tables = make_said(30)
    found = reliably(make_problem(30), 0.0, slow=1.3)
    roomy = {**tables, "seconds": paced(tables["seconds"], found.pace)}

    assert not check(said, roomy, written(found.plan)).breaches


def test_runs_that_lead_are_earlier_as_far_as_schools_are_open_and_break_no_rule() -> None:
    said, tables = make_said(30)
    problem = make_problem(30)
    plan = plan_transport(problem, rounds=500)
    early = leading(problem, plan, 600)

    assert not check(said, tables, written(early)).breaches
    assert early.cost == plan.cost
    assert lateness(problem, early, SLOW).share < lateness(problem, plan, SLOW).share
    for run, before in zip(early.runs, plan.runs, strict=True):
        by = {was.time - stop.time for stop, was in zip(run.stops, before.stops, strict=True)}
        assert len(by) == 1
        assert 0 <= by.pop() <= 600


def test_a_timetable_drawn_up_anew_with_the_lead_has_the_same_times() -> None:
    problem = make_problem(30)
    plan = plan_transport(problem, rounds=500)
    again = plan_transport(replace(problem, lead=600), rounds=500)

    assert leading(problem, plan, 600).runs == again.runs


def test_where_nothing_is_enough_it_says_so() -> None:
    problem = make_problem(30)
    tight = tuple(replace(one, max_ride=max(600, int(one.max_ride * 0.4))) for one in problem.passengers)
    found = plan_reliably(replace(problem, passengers=tight), most=-1.0, slow=SLOW, rounds=200)

    assert not found.enough
    assert len(found.scouted) == 5


def test_the_same_words_give_the_same_plan() -> None:
    problem = make_problem(20)

    assert reliably(problem, 0.05, 300).plan == reliably(problem, 0.05, 300).plan


def test_a_search_that_is_asked_to_end_ends_with_a_plan() -> None:
    problem = make_problem(20)
    found = plan_reliably(
        problem, most=0.0, slow=SLOW, seconds=60, tell=lambda _far: False, goes_on=lambda: False
    )

    assert len(found.scouted) == 1
    assert sum(len(run.passengers) for run in found.plan.runs) + len(found.plan.unserved) == 20
