"""Correcting what a case says it is, and moving it to the service it should have been."""

import datetime as dt

import pytest

from moothall.cases.models import Case, Entry, Service, Step
from moothall.cases.rules.changing import CannotUndo, ChangedMeanwhile, undo_change
from moothall.cases.rules.clocks import meet_clocks, record_event
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.definition import ClockDefinition
from moothall.cases.rules.details import StepsBegun, change_details, change_service
from moothall.cases.rules.refusals import AlreadyClosed
from moothall.cases.rules.stepping import complete_step
from moothall.people.models import Account
from moothall.people.tests.make import make_person, make_team

from .make import AT, clock_of, later, make_case, make_service, make_step, make_worker, states, step_of

pytestmark = pytest.mark.django_db
QUICK = ClockDefinition("answer", "Answer soon", target=3, met_on="answered")


@pytest.fixture
def worker() -> Account:
    return make_worker(team=make_team())


def change(case: Case, worker: Account, **changes: object) -> Entry | None:
    given = {
        "title": case.title, "service": case.service, "requester": case.requester, "at": later(hours=1),
        "priority": case.priority, "language": case.language, "by": worker,
    }  # fmt: skip
    return change_details(case, **given | changes)  # type: ignore[arg-type]


def test_only_what_changed_is_written_down(worker: Account) -> None:
    case = make_case()
    entry = change(case, worker, priority=Case.HIGH)
    assert entry is not None
    assert entry.detail["after"] == {"priority": Case.HIGH}


def test_nothing_is_written_when_nothing_changed(worker: Account) -> None:
    case = make_case()
    assert change(case, worker) is None
    assert (case.entries.count(), Case.objects.get(pk=case.pk).edition) == (0, 1)


def test_a_case_is_found_by_its_new_title_and_person(worker: Account) -> None:
    case = make_case()
    change(case, worker, title="Defibrillator", requester=make_person(full_name="Idris Bangura"))
    for asked in ("defibrillator", "bangura"):
        assert list(Case.objects.mentioning(asked)) == [case]


def test_a_title_is_never_emptied(worker: Account) -> None:
    case = make_case()
    assert change(case, worker, title="  ") is None
    assert case.title


def test_two_people_changing_the_details_are_told(worker: Account) -> None:
    case = make_case()
    change(case, worker, priority=Case.HIGH)
    with pytest.raises(ChangedMeanwhile):
        change(case, worker, priority=Case.LOW, edition=1)


def test_a_closed_case_keeps_its_details(worker: Account) -> None:
    case = make_case()
    close_case(case, by=worker, at=AT, outcome="answered")
    with pytest.raises(AlreadyClosed):
        change(case, worker, priority=Case.LOW)


def test_details_are_undone(worker: Account) -> None:
    person = make_person()
    case = make_case(requester=person)
    entry = change(case, worker, title="Other", requester=None, language="cy")
    assert entry is not None
    undo_change(entry, by=worker, at=later(hours=2))
    case.refresh_from_db()
    assert (case.requester, case.language) == (person, "")


def make_other(*clocks: ClockDefinition) -> Service:
    return make_service(make_step("check"), clocks=clocks or (QUICK,))


def test_a_new_service_brings_its_clocks_from_the_day_of_receipt_and_its_steps(worker: Account) -> None:
    case = make_case(service=make_service(make_step("read")), received_at=later(days=-3))
    change(case, worker, service=make_other(), priority=Case.HIGH)
    case.refresh_from_db()
    assert (clock_of(case).name, clock_of(case).due_on) == ("Answer soon", dt.date(2026, 11, 25))
    assert (case.due_on, case.priority) == (dt.date(2026, 11, 25), Case.HIGH)
    assert states(case) == {"check": Step.READY}
    assert case.entries.filter(kind=Entry.CHANGE).count() == 1


def test_what_was_met_stays_met_under_the_new_service(worker: Account) -> None:
    case = make_case()
    meet_clocks(case, "answered", at=later(hours=1), by=worker)
    change_service(case, service=make_other(), by=worker, at=later(hours=2))
    assert (clock_of(case).name, clock_of(case).met_at) == ("Answer", later(hours=1))


def test_an_answer_already_given_meets_the_new_services_clocks_too(worker: Account) -> None:
    case = make_case()
    Case.objects.filter(pk=case.pk).update(first_answered_at=later(hours=1))
    Entry.objects.create(case=case, kind=Entry.MAIL_OUT, at=later(hours=1), by=worker)
    first = ClockDefinition("acknowledge", "Acknowledge", rule="LG-C1-ACK", met_on="acknowledged")
    reply = ClockDefinition("reply", "Reply", target=3, met_on="answered")
    finish = ClockDefinition("finish", "Finish", target=30)
    change_service(case, service=make_other(first, reply, finish), by=worker, at=later(hours=2))
    met = {clock.key: clock.met_at for clock in case.clocks.all()}
    assert met == {"acknowledge": later(hours=1), "reply": later(hours=1), "finish": None}


def test_a_service_is_not_changed_once_its_steps_are_done(worker: Account) -> None:
    case = make_case(service=make_service(make_step("read"), make_step("answer", "read")))
    complete_step(step_of(case, "read"), by=worker, at=AT)
    with pytest.raises(StepsBegun):
        change(case, worker, service=make_other())


def test_a_service_is_not_changed_while_another_case_serves_it(worker: Account) -> None:
    called = make_service()
    case = make_case(service=make_service(make_step("ask", calls=called.key)))
    with pytest.raises(StepsBegun):
        change(case, worker, service=make_other())


def test_a_change_of_service_is_undone_with_the_clocks_and_steps_that_were(worker: Account) -> None:
    case = make_case(service=make_service(make_step("read")))
    record_event(clock_of(case), kind="paused", event_at=later(days=1), by=worker, at=later(days=1))
    record_event(clock_of(case), kind="resumed", event_at=later(days=2), by=worker, at=later(days=2))
    due, step_due = clock_of(case).due_on, step_of(case, "read").due_on
    assert due == dt.date(2026, 12, 8)
    entry = change(case, worker, service=make_other(), at=later(days=3))
    assert entry is not None
    undo_change(entry, by=worker, at=later(days=4))
    case.refresh_from_db()
    assert (clock_of(case).due_on, case.due_on, clock_of(case).first_due_on) == (
        due,
        due,
        dt.date(2026, 12, 7),
    )
    assert [event.kind for event in clock_of(case).events.all()] == ["received", "paused", "resumed"]
    assert (states(case), step_of(case, "read").due_on) == ({"read": Step.READY}, step_due)


def test_a_change_of_service_is_not_undone_once_the_new_one_has_begun(worker: Account) -> None:
    case = make_case()
    entry = change(case, worker, service=make_other())
    complete_step(step_of(case, "check"), by=worker, at=AT)
    assert entry is not None
    with pytest.raises(CannotUndo):
        undo_change(entry, by=worker, at=later(days=1))
