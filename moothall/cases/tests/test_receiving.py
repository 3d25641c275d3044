"""The day a case came in, corrected afterwards."""

import datetime as dt

import pytest

from moothall.cases.models import Case
from moothall.cases.rules.changing import CannotUndo, undo_change
from moothall.cases.rules.clocks import ClockCannot, meet_clocks
from moothall.cases.rules.definition import ClockDefinition
from moothall.cases.rules.receiving import AfterItWasLogged, correct_received, correct_received_day
from moothall.cases.rules.refusals import ReasonNeeded
from moothall.people.models import Account
from moothall.people.tests.make import make_team

from .make import AT, clock_of, later, make_case, make_service, make_step, make_worker, step_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Account:
    return make_worker(team=make_team())


def test_every_clock_that_began_at_receipt_is_worked_out_again_and_both_days_are_kept(
    worker: Account,
) -> None:
    case = make_case()
    correct_received(case, received_at=later(days=-7), because="Logged late", by=worker, at=later(hours=1))
    clock = clock_of(case)
    assert (clock.first_due_on, clock.due_on) == (dt.date(2026, 12, 7), dt.date(2026, 11, 30))
    case.refresh_from_db()
    assert (case.received_at, case.logged_at, case.due_on) == (later(days=-7), AT, dt.date(2026, 11, 30))
    events = [(event.at, event.withdrawn_at is None, event.reason) for event in clock.events.all()]
    assert events == [(later(days=-7), True, "Logged late"), (AT, False, "")]


def test_a_clock_that_was_met_is_judged_by_the_corrected_day(worker: Account) -> None:
    case = make_case()
    meet_clocks(case, "answered", at=later(days=10), by=worker)
    correct_received(case, received_at=later(days=-20), because="Logged late", by=worker, at=later(days=11))
    clock = clock_of(case)
    assert (clock.met_at, clock.due_on) == (later(days=10), dt.date(2026, 11, 17))


def test_a_clock_that_began_later_is_left_alone(worker: Account) -> None:
    first = ClockDefinition("acknowledge", "Acknowledge", target=2, met_on="acknowledged")
    then = ClockDefinition("answer", "Answer", target=5, starts_on="acknowledge", met_on="answered")
    case = make_case(service=make_service(clocks=(first, then)))
    meet_clocks(case, "acknowledged", at=later(days=1), by=worker)
    correct_received(case, received_at=later(days=-7), because="Logged late", by=worker, at=later(days=2))
    assert clock_of(case).due_on == dt.date(2026, 12, 1)


def test_the_rule_is_the_one_in_force_on_the_corrected_day(worker: Account) -> None:
    complaint = ClockDefinition("answer", "Answer", rule="LG-C1-ACK", met_on="answered")
    case = make_case(service=make_service(clocks=(complaint,)))
    with pytest.raises(ClockCannot, match="not in force"):
        correct_received(
            case, received_at=dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC), because="Late", by=worker, at=AT
        )
    assert Case.objects.get(pk=case.pk).received_at == AT


def test_a_case_did_not_come_in_after_it_was_logged(worker: Account) -> None:
    with pytest.raises(AfterItWasLogged):
        correct_received(make_case(), received_at=later(hours=1), because="Slip", by=worker, at=later(days=1))


def test_a_corrected_day_needs_a_reason(worker: Account) -> None:
    with pytest.raises(ReasonNeeded):
        correct_received(make_case(), received_at=later(days=-1), because=" ", by=worker, at=AT)


def test_the_day_alone_may_be_corrected_across_the_nights_the_clocks_change(worker: Account) -> None:
    case = make_case()
    correct_received_day(case, day=dt.date(2026, 10, 23), because="Post", by=worker, at=AT)
    assert case.received_at == dt.datetime(2026, 10, 23, 8, 30, tzinfo=dt.UTC)  # summer time: the same hour
    correct_received_day(case, day=dt.date(2026, 11, 23), because="No, today", by=worker, at=later(hours=2))
    assert case.received_at == AT


def test_a_correction_is_undone_with_its_clocks_and_its_steps(worker: Account) -> None:
    step = make_step("report", target=1, unit="mo", origin="received")
    case = make_case(service=make_service(step))
    before = clock_of(case).due_on, step_of(case, "report").due_on
    entry = correct_received(
        case, received_at=dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC), because="Late", by=worker, at=AT
    )
    assert step_of(case, "report").due_on == dt.date(2026, 11, 20)
    undo_change(entry, by=worker, at=later(hours=1))
    assert (clock_of(case).due_on, step_of(case, "report").due_on) == before
    case.refresh_from_db()
    assert (case.received_at, case.due_on) == (AT, before[0])
    with pytest.raises(CannotUndo):
        undo_change(entry, by=worker, at=later(hours=2))
