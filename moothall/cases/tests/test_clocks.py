"""The clocks of a case: what starts, stops, moves and meets them."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from moothall.cases.models import Case, CaseClock, ClockEvent
from moothall.cases.rules.clocks import ClockCannot, ClockEnded, NotYet, computed, meet_clocks, record_event
from moothall.cases.rules.closing import close_case, reopen_case
from moothall.cases.rules.definition import ClockDefinition
from moothall.cases.rules.letter_fields import fields_of
from moothall.cases.rules.timeline import write_note
from moothall.people.tests.make import make_account, make_team

from .make import AT, clock_of, later, make_case, make_service, make_step, make_worker, verbs_about

pytestmark = pytest.mark.django_db
FOI = ClockDefinition("answer", "Answer", rule="FOI-20", met_on="answered")
COMPLAINT = (
    ClockDefinition("acknowledge", "Acknowledge", rule="LG-C1-ACK", met_on="acknowledged"),
    ClockDefinition("answer", "Answer", rule="LG-C1", met_on="answered"),
)


def make_clocked(*clocks: ClockDefinition, **changes: Any) -> Case:
    return make_case(service=make_service(clocks=clocks), **changes)


def due(case: Case, key: str = "answer") -> dt.date | None:
    return clock_of(case, key).due_on


def test_a_house_clock_counts_working_days_of_its_own_calendar() -> None:
    scots = ClockDefinition("scots", "Scots", target=5, calendar="SCO")
    case = make_clocked(ClockDefinition("answer", "Answer", target=5), scots)
    assert (due(case), due(case, "scots")) == (dt.date(2026, 11, 30), dt.date(2026, 12, 1))


def test_a_freedom_of_information_clock_skips_the_holidays_of_every_nation() -> None:
    received = dt.datetime(2026, 5, 20, 10, tzinfo=dt.UTC)
    case = make_clocked(FOI, received_at=received, at=received)
    assert due(case) == dt.date(2026, 6, 19)


def test_a_complaint_is_due_ten_days_after_it_was_really_acknowledged() -> None:
    case = make_clocked(*COMPLAINT)
    assert due(case, "acknowledge") == dt.date(2026, 11, 30)
    assert due(case) == dt.date(2026, 12, 14)  # as if acknowledged on the last day
    meet_clocks(case, "acknowledged", at=later(days=1), by=None)
    assert clock_of(case, "acknowledge").met_at == later(days=1)
    assert due(case) == dt.date(2026, 12, 8)
    assert clock_of(case).met_at is None
    case.refresh_from_db()
    assert case.due_on == dt.date(2026, 12, 8)


def test_an_answer_meets_the_acknowledgement_too() -> None:
    case = make_clocked(*COMPLAINT)
    meet_clocks(case, "answered", at=later(days=2), by=None)
    assert {clock.met_at for clock in case.clocks.all()} == {later(days=2)}
    case.refresh_from_db()
    assert case.due_on is None


def test_a_clock_of_our_own_starts_when_the_one_it_waits_for_is_met() -> None:
    first = ClockDefinition("acknowledge", "Acknowledge", target=2, met_on="acknowledged")
    then = ClockDefinition("answer", "Answer", target=5, starts_on="acknowledge", met_on="answered")
    case = make_clocked(first, then)
    assert not case.clocks.filter(key="answer").exists()
    meet_clocks(case, "acknowledged", at=later(days=1), by=None)
    meet_clocks(case, "acknowledged", at=later(days=2), by=None)
    assert due(case) == dt.date(2026, 12, 1)


def test_a_fee_stops_the_freedom_of_information_clock_until_it_is_paid() -> None:
    received = dt.datetime(2026, 5, 20, 10, tzinfo=dt.UTC)
    case = make_clocked(FOI, received_at=received, at=received)
    clock = clock_of(case)
    for kind, day in (("paused", 25), ("resumed", 28)):
        moment = dt.datetime(2026, 5, day, 12, tzinfo=dt.UTC)
        clock = record_event(clock, kind=kind, event_at=moment, by=None, at=moment, reason="Fees notice")
    case.refresh_from_db()
    assert clock.due_on == due(case) == case.due_on == dt.date(2026, 6, 24)
    assert clock.first_due_on == dt.date(2026, 6, 19)


def test_an_extension_lengthens_the_clock_and_is_refused_once_it_has_run_out() -> None:
    case = make_clocked(*COMPLAINT)
    meet_clocks(case, "acknowledged", at=AT, by=None)
    clock = clock_of(case)
    assert clock.due_on == dt.date(2026, 12, 7)
    record_event(clock, kind="extended", event_at=later(days=3), by=None, at=later(days=3), reason="Complex")
    assert due(case) == dt.date(2026, 12, 21)
    late = make_clocked(*COMPLAINT)
    with pytest.raises(ClockCannot):
        record_event(clock_of(late), kind="extended", event_at=later(days=60), by=None, at=later(days=60))
    assert due(late) == dt.date(2026, 12, 14)


def test_what_cannot_have_happened_leaves_the_clock_as_it_was() -> None:
    case = make_clocked(FOI)
    with pytest.raises(ClockCannot):
        record_event(clock_of(case), kind="resumed", event_at=AT, by=None, at=AT)
    assert ClockEvent.objects.filter(clock__case=case).count() == 1


def test_nothing_to_come_moves_a_clock() -> None:
    with pytest.raises(NotYet):
        record_event(clock_of(make_clocked(FOI)), kind="paused", event_at=later(days=1), by=None, at=AT)


def test_a_clock_that_has_ended_is_not_moved_any_more() -> None:
    case = make_clocked(FOI)
    stale = clock_of(case)
    meet_clocks(case, "answered", at=later(days=1), by=None)
    with pytest.raises(ClockEnded):
        record_event(stale, kind="paused", event_at=later(days=2), by=None, at=later(days=2))
    assert clock_of(case).met_at == later(days=1)


def test_amber_is_the_share_of_the_time_that_the_service_says() -> None:
    early = ClockDefinition("answer", "Answer", rule="FOI-20", amber_at=0.5)
    case = make_clocked(early)
    assert clock_of(case).amber_on == dt.date(2026, 12, 7)
    record_event(clock_of(case), kind="clarified", event_at=later(days=4), by=None, at=later(days=4))
    clock = clock_of(case)
    assert clock.due_on == dt.date(2026, 12, 30)
    assert clock.amber_on == dt.date(2026, 12, 13)  # halfway from when it started afresh


def test_the_nearest_running_clock_is_the_deadline_of_the_case() -> None:
    case = make_clocked(
        ClockDefinition("acknowledge", "Acknowledge", target=2, met_on="acknowledged"),
        ClockDefinition("answer", "Answer", target=10, met_on="answered"),
    )
    meet_clocks(case, "acknowledged", at=AT, by=None)
    case.refresh_from_db()
    assert (case.due_on, case.amber_on) == (dt.date(2026, 12, 7), dt.date(2026, 12, 4))


def test_closing_meets_what_runs_and_leaves_no_deadline() -> None:
    case = make_clocked(ClockDefinition("close", "Close", target=20))
    close_case(case, by=None, at=later(days=1), outcome="answered")
    clock = clock_of(case, "close")
    assert (clock.met_at, clock.stopped_at) == (later(days=1), None)
    case.refresh_from_db()
    assert case.due_on is None


@pytest.mark.parametrize("outcome", ["opened_by_mistake", "not_needed"])
def test_a_case_closed_with_nothing_done_only_stops_its_clocks(outcome: str) -> None:
    case = make_clocked(FOI)
    close_case(case, by=None, at=later(days=1), outcome=outcome)
    assert (clock_of(case).met_at, clock_of(case).stopped_at) == (None, later(days=1))


@pytest.mark.parametrize("outcome", ["answered", "opened_by_mistake"])
def test_a_case_taken_up_again_has_the_deadline_it_had(outcome: str) -> None:
    worker = make_worker(team=make_team())
    case = make_clocked(FOI)
    before = due(case)
    close_case(case, by=worker, at=later(days=1), outcome=outcome)
    reopen_case(case, by=worker, at=later(days=5), because="Not finished")
    clock = clock_of(case)
    assert (clock.met_at, clock.stopped_at, clock.due_on) == (None, None, before)
    case.refresh_from_db()
    assert case.due_on == before
    close_case(case, by=worker, at=later(days=6), outcome="answered")
    assert clock_of(case).met_at == later(days=6)


def test_a_clock_met_by_an_answer_stays_met_when_the_case_is_taken_up_again() -> None:
    case = make_clocked(
        FOI,
    )
    meet_clocks(case, "answered", at=later(days=1), by=None)
    close_case(case, by=None, at=later(days=1), outcome="answered")
    reopen_case(case, by=None, at=later(days=2), because="They wrote again")
    assert clock_of(case).met_at == later(days=1)


def test_every_move_of_a_clock_is_in_the_audit() -> None:
    worker = make_worker(team=make_team())
    case = make_clocked(FOI)
    record_event(clock_of(case), kind="paused", event_at=AT, by=worker, at=AT, reason="Fees notice")
    meet_clocks(case, "answered", at=later(days=1), by=worker)
    assert verbs_about(case) == ["cases.open", "clock.paused", "clock.met"]


def test_a_clock_says_how_it_came_to_its_deadline() -> None:
    case = make_clocked(FOI)
    clock = CaseClock.objects.get(case=case)
    explained = computed(clock, clock.events.all())
    assert "20 working days after Monday 23 November 2026" in explained.explanation("en")
    assert explained.explanation("cy") != explained.explanation("en")


def test_a_letter_promises_the_day_of_the_answer_and_not_of_the_acknowledgement() -> None:
    first = ClockDefinition("acknowledge", "Acknowledge", target=2, met_on="acknowledged")
    case = make_clocked(first, ClockDefinition("answer", "Answer", target=5, met_on="answered"))
    assert case.due_on == dt.date(2026, 11, 25)
    assert fields_of(case, "en")["case.due"] == "30 November 2026"
    assert fields_of(make_clocked(first), "en")["case.due"] == ""


def test_why_a_clock_says_what_it_says_is_told_in_welsh_too(client: Client) -> None:
    case = make_clocked(ClockDefinition("answer", "Answer", "Ateb", target=5))
    client.force_login(make_worker(team=case.team, language="cy"))
    page = client.get(f"/cases/{case.reference}/clocks/answer/").content.decode()
    assert '<h1 class="govuk-heading-l">Ateb</h1>' in page
    assert "Derbyniwyd</td>" in page
    assert "penwythnos</td>" in page
    assert "weekend" not in page


def test_whoever_only_reads_a_case_is_offered_nothing_they_would_be_refused(client: Client) -> None:
    service = make_service(make_step("read"), clocks=(ClockDefinition("answer", "Answer", target=5),))
    case = make_case(service=service)
    write_note(case, text="Rang, no answer.", by=make_worker(team=case.team), at=AT)
    client.force_login(make_account("cases.view", team=case.team))
    page = client.get(f"/cases/{case.reference}/").content.decode()
    why = client.get(f"/cases/{case.reference}/clocks/answer/").content.decode()
    assert "Rang, no answer." in page
    assert "Do this step" not in page
    assert "Record something that moves it" not in why


def test_whoever_works_no_cases_is_taken_to_a_page_of_their_own(client: Client) -> None:
    client.force_login(make_account("people.view"))
    assert client.get("/", follow=True).redirect_chain == [("/people/", 302)]
