"""Putting a case away until a day, and taking it up again."""

import datetime as dt

import pytest

from moothall.cases.models import Case
from moothall.cases.rules.changing import undo_change
from moothall.cases.rules.clocks import record_event
from moothall.cases.rules.closing import close_case, reopen_case
from moothall.cases.rules.definition import ClockDefinition
from moothall.cases.rules.holding import DateHasPassed, hold_case, resume_case
from moothall.cases.rules.refusals import AlreadyClosed, ReasonNeeded
from moothall.people.models import Account
from moothall.people.tests.make import make_team

from .make import AT, TODAY, clock_of, later, make_case, make_service, make_worker

pytestmark = pytest.mark.django_db
UNTIL = dt.date(2026, 11, 30)
DUE = dt.date(2026, 12, 7)


@pytest.fixture
def worker() -> Account:
    return make_worker(team=make_team())


def hold(case: Case, worker: Account, **changes: object) -> object:
    given = {"until": UNTIL, "because": "They are away", "by": worker, "at": AT, "today": TODAY}
    return hold_case(case, **given | changes)  # type: ignore[arg-type]


def test_a_held_case_is_out_of_the_way_until_its_day(worker: Account) -> None:
    case = make_case()
    hold(case, worker)
    case.refresh_from_db()
    assert (case.status, case.waiting_on, case.hold_reason) == (Case.WAITING, Case.PERSON, "They are away")
    assert case not in Case.objects.on_hand(UNTIL - dt.timedelta(days=1))
    assert case in Case.objects.on_hand(UNTIL)


@pytest.mark.parametrize("until", [TODAY, TODAY - dt.timedelta(days=1)])
def test_a_case_is_held_only_until_a_day_to_come(worker: Account, until: dt.date) -> None:
    with pytest.raises(DateHasPassed):
        hold(make_case(), worker, until=until)


def test_a_hold_has_a_reason_and_an_open_case(worker: Account) -> None:
    case = make_case()
    with pytest.raises(ReasonNeeded):
        hold(case, worker, because="")
    close_case(case, by=worker, at=AT, outcome="answered")
    with pytest.raises(AlreadyClosed):
        hold(case, worker)
    with pytest.raises(AlreadyClosed):
        resume_case(case, by=worker, at=AT)


def test_our_own_target_stands_still_while_a_case_is_held(worker: Account) -> None:
    case = make_case()
    hold(case, worker)
    assert clock_of(case).due_on == dt.date(2026, 12, 11)
    case.refresh_from_db()
    assert case.due_on == dt.date(2026, 12, 11)


def test_a_target_goes_on_when_the_case_is_taken_up_early(worker: Account) -> None:
    case = make_case()
    hold(case, worker)
    resume_case(case, by=worker, at=later(days=2))
    case.refresh_from_db()
    assert (case.held_until, case.status, case.waiting_on) == (None, Case.OPEN, Case.US)
    assert clock_of(case).due_on == case.due_on == dt.date(2026, 12, 8)


def test_a_hold_made_longer_counts_from_its_first_day(worker: Account) -> None:
    case = make_case()
    hold(case, worker)
    hold(case, worker, until=UNTIL + dt.timedelta(days=7), at=later(days=1))
    assert clock_of(case).due_on == dt.date(2026, 12, 18)
    resume_case(case, by=worker, at=later(days=2))
    assert clock_of(case).due_on == dt.date(2026, 12, 8)


def test_what_the_law_sets_goes_on_and_so_does_a_target_that_must_not_pause(worker: Account) -> None:
    foi = ClockDefinition("answer", "Answer", rule="FOI-20")
    firm = ClockDefinition("firm", "Firm", target=10, pausable=False)
    case = make_case(service=make_service(clocks=(foi, firm)))
    before = clock_of(case).due_on, clock_of(case, "firm").due_on
    hold(case, worker)
    assert (clock_of(case).due_on, clock_of(case, "firm").due_on) == before


def test_nothing_stands_still_while_it_is_our_own_turn(worker: Account) -> None:
    case = make_case()
    hold(case, worker, waiting_on=Case.US)
    case.refresh_from_db()
    assert (case.status, clock_of(case).due_on) == (Case.OPEN, DUE)


def test_a_clock_somebody_stopped_for_a_reason_of_its_own_stays_stopped(worker: Account) -> None:
    case = make_case()
    record_event(clock_of(case), kind="paused", event_at=AT, by=worker, at=AT, reason="Waiting for the union")
    hold(case, worker, at=later(hours=1))
    resume_case(case, by=worker, at=later(days=7))
    assert list(clock_of(case).events.values_list("kind", flat=True)) == ["received", "paused"]


def test_a_held_case_that_runs_late_comes_back_by_itself(worker: Account) -> None:
    foi = ClockDefinition("answer", "Answer", rule="FOI-20")
    case = make_case(service=make_service(clocks=(foi,)))
    hold(case, worker, until=dt.date(2027, 3, 1))
    assert case not in Case.objects.on_hand(dt.date(2026, 12, 22))
    assert case in Case.objects.on_hand(dt.date(2026, 12, 23))


def test_a_hold_is_undone_with_its_clock(worker: Account) -> None:
    case = make_case()
    entry = hold(case, worker)
    undo_change(entry, by=worker, at=later(hours=1))  # type: ignore[arg-type]
    case.refresh_from_db()
    assert (case.held_until, case.status, clock_of(case).due_on) == (None, Case.OPEN, DUE)


def test_taking_up_is_undone_and_the_hold_is_back(worker: Account) -> None:
    case = make_case()
    hold(case, worker)
    entry = resume_case(case, by=worker, at=later(days=1))
    undo_change(entry, by=worker, at=later(days=1))
    case.refresh_from_db()
    assert (case.held_until, clock_of(case).due_on) == (UNTIL, dt.date(2026, 12, 11))


def test_a_case_closed_on_hold_and_taken_up_again_has_a_running_clock(worker: Account) -> None:
    case = make_case()
    hold(case, worker)
    close_case(case, by=worker, at=later(days=1), outcome="answered")
    assert clock_of(case).met_at == later(days=1)
    reopen_case(case, by=worker, at=later(days=2), because="They wrote again")
    case.refresh_from_db()
    assert case.held_until is None
    assert clock_of(case).met_at is None
    assert clock_of(case).due_on == case.due_on == dt.date(2026, 12, 8)
