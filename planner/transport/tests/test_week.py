"""A week whose days differ."""

from typing import Any

import pytest

from planner.transport.checking import check
from planner.transport.problem import ProblemError
from planner.transport.week import CLOSED, NOT_TODAY, plan_week, read_day, read_week
from planner.transport.writing import written

from .make import make_said

Said = dict[str, Any]


def _week() -> tuple[Said, Said]:
    said, tables = make_said(16)
    said["days"] = ["mon", "tue", "wed", "fri"]
    said["passengers"][2]["days"] = ["mon", "wed"]
    said["passengers"][7]["days"] = ["fri"]
    said["schools"][0]["bells"] = {"fri": said["schools"][0]["bell"] - 3_600}
    said["schools"][1]["closed"] = ["wed"]
    return said, tables


def test_each_day_says_who_stays_at_home_and_why() -> None:
    days = {day.name: day for day in read_week(*_week())}

    assert days["mon"].gone == {7: NOT_TODAY}
    assert days["tue"].gone == {2: NOT_TODAY, 7: NOT_TODAY}
    assert set(days["wed"].gone.values()) == {NOT_TODAY, CLOSED}
    assert days["fri"].problem.places[0].closes == days["mon"].problem.places[0].closes - 3_600


@pytest.mark.parametrize("seed", [1, 2])
def test_every_day_keeps_every_rule_and_loses_nobody(seed: int) -> None:
    said, tables = _week()
    for made in plan_week(read_week(said, tables), rounds=300, seed=seed):
        verdict = check(said, tables, written(made.plan, day=made.day))
        assert verdict.breaches == []
        assert verdict.served + verdict.left_out == 16


def test_days_are_alike_as_far_as_they_can_be() -> None:
    plans = {made.day: made for made in plan_week(read_week(*_week()), rounds=300, keep=1_000.0)}
    mon = {who: run.kind for run in plans["mon"].plan.runs for who in run.passengers}
    tue = {who: run.kind for run in plans["tue"].plan.runs for who in run.passengers}

    assert plans["tue"].moved == ()
    assert mon.keys() - tue.keys() == {2}


def test_days_that_do_not_differ_have_the_same_plan() -> None:
    said, tables = make_said(10, days=["mon", "tue"])
    one, other = plan_week(read_week(said, tables), rounds=50)

    assert one.plan == other.plan


@pytest.mark.parametrize(
    ("part", "what", "told"),
    [
        ("passengers", {"days": ["sun"]}, "Passenger 0 has a day"),
        ("schools", {"closed": ["sun"]}, "has a day"),
        ("schools", {"bells": {"sun": 1}}, "has a day"),
    ],
)
def test_a_day_that_is_not_of_the_week_is_refused(part: str, what: Said, told: str) -> None:
    said, tables = _week()
    said[part][0] |= what

    with pytest.raises(ProblemError, match=told):
        read_week(said, tables)


def test_a_case_without_days_has_no_week() -> None:
    said, tables = make_said()

    with pytest.raises(ProblemError, match="names no days"):
        read_week(said, tables)
    with pytest.raises(ProblemError, match="no day “mon”"):
        read_day(said, tables, "mon")
