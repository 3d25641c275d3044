"""Whoever decides on flexible working hears that its day is near, and the person that it has passed; once."""

import datetime as dt

import pytest

from moothall.cases.models import Step
from moothall.cases.rules.definition import StepDefinition
from moothall.cases.tests.make import make_service
from moothall.core.clock import now, today
from moothall.letters.models import Letter
from moothall.people.models import Account, Person
from moothall.people.tests.make import make_account, make_person
from moothall.personnel.models import FlexibleMeeting, FlexibleRequest
from moothall.personnel.rules import deciding
from moothall.personnel.rules import flexible as rules
from moothall.personnel.rules.chasing import chase_deciders
from moothall.personnel.rules.deciding import Decision
from moothall.personnel.rules.letters import write
from moothall.personnel.rules.offering import offered, wanted_of
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_manager

from .make import DAY, as_mail, make_desk, make_meeting, make_refused, make_request, noon

pytestmark = pytest.mark.django_db


def managed() -> tuple[Account, Employment, Employment]:
    """A manager with a mail address, their employment, and somebody of theirs."""
    boss = make_account(person=make_person(emails=["boss@borth.example"]))
    manager, manages = make_manager(account=boss)
    theirs = make_employment(
        make_person(full_name="Siân Okafor", emails=["sian@borth.example"]), manager=manages
    )
    return manager, manages, theirs


def chase_on(day: dt.date) -> int:
    return chase_deciders(at=noon(day), today=day)


def subjects(person: Person) -> list[str]:
    return list(Letter.objects.filter(person=person).order_by("id").values_list("subject", flat=True))


def test_the_decider_hears_a_fortnight_and_three_days_before_and_both_when_it_is_late() -> None:
    _manager, manages, theirs = managed()
    by = make_request(theirs).decide_by
    assert by is not None
    told = {days: chase_on(by + days * DAY) for days in range(-20, 40)}
    assert {days: count for days, count in told.items() if count} == {-14: 1, -3: 1, 1: 2}
    assert [each.split(":")[0] for each in subjects(manages.person)] == ["Siân Okafor"] * 3
    assert subjects(theirs.person) == ["Your request for flexible working: we are late"]


def test_nobody_is_chased_about_what_is_decided_or_has_no_day() -> None:
    _manager, _manages, theirs = managed()
    request = make_request(theirs)
    by = request.decide_by
    assert by is not None
    deciding.decide(request, Decision(FlexibleRequest.AGREED), by=make_desk(), at=now())
    make_request(theirs, outside=True)
    assert chase_on(by + DAY) == 0


def test_more_time_is_chased_anew_for_its_own_day() -> None:
    _manager, _manages, theirs = managed()
    request = make_request(theirs)
    by = request.decide_by
    assert by is not None
    assert chase_on(by - 14 * DAY) == 1
    rules.extend(request, until=by + 30 * DAY, agreed="By mail", by=make_desk(), at=now())
    assert chase_on(by + DAY) == 0
    assert chase_on(by + 16 * DAY) == 1


def test_of_an_appeal_the_manager_above_hears() -> None:
    top = make_account(person=make_person(emails=["top@borth.example"]))
    _top, above = make_manager(account=top)
    manager, manages = make_manager(manager=above)
    request = make_refused(make_request(make_employment(manager=manages)), by=manager)
    rules.appeal(request, words="Cover was found", on=today(), by=make_desk(), at=now())
    by = request.decide_by
    assert by is not None
    assert chase_on(by - 3 * DAY) == 1
    assert len(subjects(above.person)) == 1


def test_a_reader_of_welsh_is_told_in_welsh_that_we_are_late() -> None:
    _manager, _manages, theirs = managed()
    Person.objects.filter(pk=theirs.person_id).update(language="cy")
    by = make_request(theirs).decide_by
    assert by is not None
    chase_on(by + DAY)
    assert subjects(theirs.person) == ["Eich cais am weithio hyblyg: rydym yn hwyr"]


def make_process() -> None:
    step = StepDefinition
    make_service(
        step("recv", "Receive", "desk", 1, outcomes=("statutory", "non_statutory")),
        step("clock", "Clock", "desk", 2, after=("recv",)),
        step("easy", "Easy", "desk", 2, after=("recv",), outcomes=("agree", "consult")),
        step("meet", "Meet", "desk", 2, after=("easy",), when="easy == consult",
             outcomes=("held", "missed_twice_withdrawn")),
        step("alt", "Alternatives", "desk", 2, after=("meet",), when="easy == consult"),
        step("decide", "Decide", "desk", 2, after=("alt", "easy"),
             outcomes=("agreed", "trial", "agreed_modified", "refused")),
        step("vary", "Vary", "desk", 2, after=("decide",)),
        key="flexible_working",
    )  # fmt: skip


def done() -> dict[str, str]:
    return dict(Step.objects.filter(state=Step.DONE).values_list("key", "outcome"))


def test_the_steps_of_its_case_tick_as_a_request_is_agreed_and_its_terms_are_written() -> None:
    make_process()
    request = make_request()
    assert done() == {"recv": "statutory", "clock": ""}
    agreed = deciding.decide(request, Decision(FlexibleRequest.AGREED), by=make_desk(), at=now())
    assert done() | {"easy": "agree", "decide": "agreed"} == done()
    assert not done().keys() & {"meet", "alt"}
    found = offered(agreed, "flexible_contract_change")
    assert found is not None
    write(agreed, found[0], sent=as_mail(), about_on=found[1], by=make_desk(), at=now())
    assert "vary" in done()


def test_the_steps_tick_through_a_meeting_to_a_refusal() -> None:
    make_process()
    request = make_request()
    make_meeting(request, FlexibleMeeting.EXCUSED)
    assert done()["easy"] == "consult"
    assert "meet" not in done()
    make_refused(request)
    assert done() | {"meet": "held", "decide": "refused"} == done()
    assert "flexible_contract_change" not in {each.key for each, _on in wanted_of(request)}
