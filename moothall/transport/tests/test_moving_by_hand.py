"""Moved by hand, locked, and planned again: what the planner is asked aside, and what stays as it is."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from moothall.core.child import MADE
from moothall.people.tests.make import AT
from moothall.transport.models import PlanCase, Ride, RunPlan
from moothall.transport.planning import making, moving
from moothall.transport.planning.child import Order, made
from moothall.transport.planning.making import make_plan as make_by_the_planner
from moothall.transport.rules import plan_moves, plan_refusals, run_plans, travelling

from .make import MONDAY, WEEK, make_manager
from .make_runs import make_fleet, make_plan, make_travellers, run_of

pytestmark = pytest.mark.django_db


class InThisProcess:
    """Stands for the process of its own: the same search, here."""

    def __init__(self, order: Order, _target: Any) -> None:
        self.order = order

    def __enter__(self) -> "InThisProcess":
        return self

    def __exit__(self, *_problem: Any) -> None:
        pass

    def hear(self, _seconds: float) -> tuple[str, Any]:
        return MADE, made(self.order, lambda _far: True)


def planned_again(plan: RunPlan, monkeypatch: pytest.MonkeyPatch) -> RunPlan:
    monkeypatch.setattr(making, "Child", InThisProcess)
    again = run_plans.ask_for_plan(
        name="Again", direction=plan.direction, weekdays=plan.weekdays, from_on=plan.from_on, seconds=600,
        by=make_manager(), at=AT, today=AT.date(), starts_from=plan,
    )  # fmt: skip
    make_by_the_planner(again.pk, clock=lambda: AT, rounds=200)
    again.refresh_from_db()
    assert (again.making, again.problem) == (RunPlan.DONE, "")
    return again


def test_a_move_keeps_the_case_that_was_kept_already() -> None:
    make_fleet(2)
    osian, nia = make_travellers(2)
    plan = make_plan(direction="TO", from_on=MONDAY)
    ride = Ride.objects.select_related("run").get(passenger=osian)
    change = moving.move_passenger(
        plan, "TO", passenger=osian.pk, home=ride.home_id, run=run_of(plan, nia).number, by=make_manager(),
        at=AT,
    )  # fmt: skip

    assert PlanCase.objects.count() == 1
    assert change.from_run == str(ride.run.number)
    assert plan.runs.count() == 1


def test_whoever_decided_on_a_plan_that_changed_meanwhile_is_refused_with_a_sentence() -> None:
    make_fleet(3)
    osian, nia, tomos = make_travellers(3)
    plan = make_plan(direction="TO", from_on=MONDAY)
    home = Ride.objects.get(passenger=osian).home_id
    before = moving.half_of_plan(plan, "TO")
    seen = moving.ask_for_effect(plan, "TO", osian.pk, home, run_of(plan, tomos).number)
    moving.move_passenger(
        plan, "TO", passenger=osian.pk, home=home, run=run_of(plan, nia).number, by=make_manager(), at=AT
    )

    assert seen is not None
    assert seen.half is not None
    with pytest.raises(plan_refusals.ChangedMeanwhile):
        plan_moves.record_move(
            before, seen.half, passenger=osian.pk, home=home, from_run=1, to_run=3, pounds=0.0,
            by=make_manager(), at=AT,
        )  # fmt: skip
    assert run_of(plan, osian) == run_of(plan, nia)


@pytest.mark.slow
def test_what_is_locked_stays_as_it_is_in_a_plan_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    by = make_manager()
    make_fleet(4)
    osian, nia, *others = make_travellers(4)
    plan = make_plan(direction="TO", from_on=MONDAY)
    plan_moves.lock_run(run_of(plan, osian), locked=True, by=by, at=AT)
    plan_moves.lock_ride(Ride.objects.get(passenger=nia), locked=True, by=by, at=AT)
    again = planned_again(plan, monkeypatch)

    for each in (osian, nia):
        before, after = run_of(plan, each), run_of(again, each)
        assert (after.number, after.leaves_at, after.kind) == (before.number, before.leaves_at, before.kind)
        assert after.rides.count() == 1
        assert after.locked == before.locked
    assert Ride.objects.get(run__plan=again, passenger=nia).locked
    assert len({run_of(again, each).pk for each in others}) == 1
    assert again.figures["TO"]["kept"] == [1, 2]


@pytest.mark.slow
def test_a_locked_run_on_which_nobody_travels_any_more_is_let_go_and_the_page_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = make_manager()
    make_fleet(3)
    osian, nia = make_travellers(2)
    plan = make_plan(direction="TO", from_on=MONDAY)
    plan_moves.lock_run(run_of(plan, osian), locked=True, by=by, at=AT)
    travelling.arrange(
        osian, direction="TO", weekdays=WEEK, from_on=MONDAY, how="OWN", own="mother", by=by, at=AT
    )
    again = planned_again(plan, monkeypatch)
    client.force_login(by)
    shown = client.get(reverse("run_plan", args=[again.pk])).content.decode()

    assert again.figures["TO"]["let_go"] == [run_of(plan, osian).called]
    assert "Locked before, but they cannot go as they were any more: M1." in shown
    assert run_of(again, nia).rides.count() == 1


def test_a_plan_that_is_not_made_is_no_start_for_another() -> None:
    make_fleet(1)
    make_travellers(1)
    plan = make_plan(direction="TO", from_on=MONDAY)
    RunPlan.objects.filter(pk=plan.pk).update(making=RunPlan.FAILED)
    plan.refresh_from_db()

    with pytest.raises(plan_refusals.PlanNotThere):
        run_plans.ask_for_plan(
            name="Again", direction="TO", weekdays=WEEK, from_on=MONDAY, seconds=10, by=make_manager(), at=AT,
            today=AT.date(), starts_from=plan,
        )  # fmt: skip
