"""SIGKILL while a plan of runs is published and families are told: all or nothing, each family once; and two
planners who move the same passenger at the same moment."""

import datetime as dt
import signal
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from moothall.core.aside import aside
from moothall.core.clock import now
from moothall.letters.models import Letter
from moothall.people.tests.make import AT, make_person
from moothall.transport.models import Journey, PlanChange, Ride, RunNotice, RunPlan
from moothall.transport.planning import moving
from moothall.transport.rules import publishing
from moothall.transport.rules.accounting import account_for_day
from moothall.transport.rules.plan_moves import record_move
from moothall.transport.rules.plan_refusals import ChangedMeanwhile
from moothall.transport.rules.plan_telling import tell_of_plan
from moothall.transport.tests.make import MONDAY, make_centre, make_manager, make_passenger, make_travel
from moothall.transport.tests.make_runs import make_fleet, make_plan, make_travellers, run_of
from tests.faults.results import fault
from tests.faults.sweep import assert_well_here
from tests.faults.test_killed_during_publish import process

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
FAMILIES = 6
STEPS = ("prove_plan", "note_differences", "_bring_up_to_date", "append_audit", "tell_later")
TOLD = ("letter 1", "family 1", "letter 2", "family 2")


def a_plan() -> RunPlan:
    """A draft with a passenger for each family, whose first day is written already."""
    by = make_manager()
    make_fleet(FAMILIES)
    centre = make_centre()
    for number in range(FAMILIES):
        person = make_person(full_name=f"Osian{number} Bello", emails=[f"bello{number}@post.example"])
        make_travel(make_passenger(person=person), centre=centre)
    account_for_day(MONDAY, by=by, at=now())
    plan = make_plan(direction="TO")
    publishing.own_without(plan, by, by=by, at=AT)
    return plan


def stands() -> tuple[int, int, int]:
    return (
        RunNotice.objects.count(), Letter.objects.count(), Journey.objects.exclude(run="").count(),
    )  # fmt: skip


def test_killed_at_any_step_all_or_nothing_is_published_and_each_family_is_told_once() -> None:
    plan = a_plan()
    before = stands()
    done = f"{len(STEPS) + len(TOLD)} times kill -9: while publishing runs, and while telling families"
    with fault(12, "killed during a publish of runs", done) as row:
        row.n = FAMILIES
        for step in STEPS:
            assert process("runs", plan, step) == -signal.SIGKILL
            plan.refresh_from_db()
            assert (plan.state, stands()) == (RunPlan.DRAFT, before)
        assert process("runs", plan, "the end") == 0
        assert RunNotice.objects.filter(plan=plan).count() == FAMILIES
        for step in TOLD:
            assert process("families", plan, step) == -signal.SIGKILL
        tell_of_plan(plan.pk, at=now())
        assert tell_of_plan(plan.pk, at=now()) == 0
        sent = Counter(Letter.objects.values_list("to_address", flat=True))
        row.lost = FAMILIES - len(sent)
        row.doubled = sum(many - 1 for many in sent.values())
        assert (row.lost, row.doubled) == (0, 0), sent
        assert not RunNotice.objects.filter(told_at=None).exists()
        assert Journey.objects.filter(day=MONDAY, direction="TO").exclude(run="").count() == FAMILIES
        assert_well_here()


def test_of_two_planners_who_move_the_same_passenger_at_once_one_is_refused_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_fleet(3)
    osian, nia, tomos = make_travellers(3)
    plan = make_plan(direction="TO", from_on=MONDAY + dt.timedelta(days=7))
    ride = Ride.objects.get(passenger=osian)
    together = Barrier(2)
    planners = [(make_manager(), run_of(plan, each).number) for each in (nia, tomos)]

    def both(*given: Any, **named: Any) -> PlanChange:
        together.wait(30)
        return record_move(*given, **named)

    monkeypatch.setattr(moving, "record_move", both)
    aside.forget()
    with fault(12, "two planners at once", "the same passenger moved by two at one moment") as row:
        row.n = 2
        with ThreadPoolExecutor(2) as pool:
            found = [
                pool.submit(
                    _closing(moving.move_passenger), plan, "TO", passenger=osian.pk, home=ride.home_id,
                    run=run, by=by, at=AT, patience=60,
                )
                for by, run in planners
            ]  # fmt: skip
            wrong = [each.exception() for each in found]
        refused = [each for each in wrong if each is not None]
        assert len(refused) == 1
        assert isinstance(refused[0], ChangedMeanwhile)
        assert "Somebody changed this plan meanwhile." in str(refused[0])
        assert PlanChange.objects.count() == 1
        assert Ride.objects.filter(run__plan=plan, passenger=osian).count() == 1
        row.lost = 3 - Ride.objects.filter(run__plan=plan).count()
        assert_well_here()


def _closing(act: Callable[..., Any]) -> Callable[..., Any]:
    """In a thread of its own, whose connection ends with it."""

    def and_close(*given: Any, **named: Any) -> Any:
        try:
            return act(*given, **named)
        finally:
            connections.close_all()

    return and_close
