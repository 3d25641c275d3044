"""How a case begins."""

import datetime as dt
import re

import pytest

from moothall.cases.models import Case, CaseAccess, Step
from moothall.cases.rules.definition import ClockDefinition, ServiceDefinition
from moothall.cases.rules.opening import NewCase, NoSuchService, ReceivedLater, open_by_hand, open_cases
from moothall.cases.rules.services import save_service_version
from moothall.core.clock import LONDON
from moothall.people.tests.make import make_account, make_person, make_team
from moothall.records.models import AuditEvent

from .make import AT, MANAGER, clock_of, later, make_case, make_service, make_step, make_worker, states

pytestmark = pytest.mark.django_db


def test_a_case_gets_a_reference_that_says_its_office_and_year() -> None:
    case = make_case()
    assert re.fullmatch(r"TST-26-\d{5}", case.reference)
    assert int(make_case().reference[-5:]) > int(case.reference[-5:])


def test_the_year_of_a_reference_is_the_one_on_the_wall_in_london() -> None:
    new_year = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    assert make_case(received_at=new_year, at=new_year).reference.startswith("TST-26-")
    after_midnight = dt.datetime(2026, 12, 31, 23, 59, tzinfo=LONDON) + dt.timedelta(minutes=2)
    assert make_case(received_at=after_midnight, at=after_midnight).reference.startswith("TST-27-")


def test_a_case_begins_with_its_clocks_running_and_the_nearest_deadline_on_it() -> None:
    acknowledge = ClockDefinition("acknowledge", "Acknowledge", target=2, met_on="acknowledged")
    answer = ClockDefinition("answer", "Answer", target=10, met_on="answered")
    case = make_case(service=make_service(clocks=(acknowledge, answer)))
    case.refresh_from_db()
    assert clock_of(case, "acknowledge").due_on == dt.date(2026, 11, 25)
    assert clock_of(case, "answer").due_on == dt.date(2026, 12, 7)
    assert (case.due_on, case.amber_on) == (dt.date(2026, 11, 25), dt.date(2026, 11, 24))


def test_a_case_begins_with_its_first_steps_ready_and_the_others_not_yet() -> None:
    case = make_case(service=make_service(make_step("read"), make_step("ask"), make_step("decide", "read")))
    assert states(case) == {"read": Step.READY, "ask": Step.READY, "decide": Step.PENDING}


def test_received_is_told_apart_from_logged_and_starts_the_clock() -> None:
    case = make_case(received_at=later(days=-7))
    assert (case.received_at, case.logged_at) == (later(days=-7), AT)
    assert clock_of(case).due_on == dt.date(2026, 11, 30)


def test_a_case_cannot_be_received_in_the_future() -> None:
    with pytest.raises(ReceivedLater):
        make_case(received_at=later(minutes=1))


def test_a_service_that_is_no_longer_offered_opens_no_case() -> None:
    service = make_service()
    service.retired_at = AT
    with pytest.raises(NoSuchService):
        make_case(service=service)


def test_a_case_is_found_by_its_reference_title_person_and_words() -> None:
    person = make_person(full_name="Nia Tŵr-Evans")
    case = make_case(requester=person, words="The kettle in room four is broken.")
    for asked in (case.reference, "warden", "twr", "kettles"):
        assert list(Case.objects.mentioning(asked)) == [case], asked


def test_an_empty_title_becomes_the_name_of_the_service() -> None:
    case = make_case(title="   ")
    assert case.title == case.service.name


def test_a_running_case_keeps_the_version_it_began_under() -> None:
    service = make_service(make_step("read"))
    old = make_case(service=service)
    changed = make_service(make_step("read"), make_step("check", "read"))
    definition = changed.versions.get().definition
    new_one = ServiceDefinition.from_json({**definition, "key": service.key, "team": service.team.key})
    save_service_version(service, new_one, by=None, at=AT)
    assert set(states(make_case(service=service))) == {"read", "check"}
    assert set(states(old)) == {"read"}
    assert old.version.number == 1


def test_many_cases_open_in_as_many_statements_as_one(django_assert_max_num_queries: object) -> None:
    service = make_service()
    wanted = [
        NewCase(service=service, title=f"Question {number}", channel="mail", received_at=AT)
        for number in range(30)
    ]
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        cases = open_cases(wanted, at=AT)
    assert len({case.reference for case in cases}) == 30
    assert [case.title for case in cases] == [f"Question {number}" for number in range(30)]
    assert Case.objects.late(dt.date(2026, 12, 8)).count() == 30


def test_a_clock_whose_rule_the_law_did_not_have_yet_does_not_run() -> None:
    complaint = ClockDefinition("answer", "Complaint", rule="LG-C1")
    old = dt.datetime(2012, 5, 1, 12, tzinfo=dt.UTC)
    case = make_case(service=make_service(clocks=(complaint,)), received_at=old)
    assert (case.due_on, case.clocks.count()) == (None, 0)


@pytest.mark.parametrize("level", [Case.RESTRICTED, Case.SEALED])
def test_a_service_that_begins_confidential_is_seen_by_its_opener_and_its_teams_lead(level: str) -> None:
    team = make_team()
    team.lead, opener, other = (make_worker(team=team) for _ in range(3))
    team.save()
    case = make_case(service=make_service(team=team, confidentiality=level), by=opener)
    seen_by = [each for each in (team.lead, opener, other) if case in Case.objects.visible_to(each)]
    assert seen_by == [team.lead, opener]


def test_a_confidential_case_that_nobody_opened_is_seen_by_those_who_may_restrict() -> None:
    team = make_team()
    manager, _worker = make_account(*MANAGER, team=team), make_worker(team=team)
    make_account(*MANAGER, team=make_team())
    case = make_case(service=make_service(team=team, confidentiality=Case.SEALED))
    named = CaseAccess.objects.in_force().filter(case=case).values_list("account_id", flat=True)
    assert list(named) == [manager.pk]


def test_a_case_opened_by_hand_keeps_what_was_typed_and_the_day_it_came() -> None:
    worker = make_worker(team=make_team())
    person = make_person(language="cy")
    asked = {
        "service": make_service(), "title": "Cwrs", "requester": person, "priority": "2",
        "received": dt.date(2026, 11, 20), "text": "Hoffwn le ar y cwrs.",
    }  # fmt: skip
    case = open_by_hand(asked, by=worker, at=AT)
    assert case.received_at == dt.datetime(2026, 11, 20, 9, tzinfo=LONDON)
    assert (case.language, case.priority, case.logged_by) == ("cy", 2, worker)
    assert [entry.text for entry in case.entries.all()] == ["Hoffwn le ar y cwrs."]
    opened = AuditEvent.objects.get(verb="cases.open", about_id=case.pk)
    assert opened.actor == worker
