"""The daily digest: who gets one, when, what it names, and that it comes once."""

import datetime as dt

import pytest

from moothall.cases.models import Case, Digest
from moothall.cases.rules.access import set_confidentiality
from moothall.cases.rules.assigning import assign_case
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.digesting import write_digest, write_digests
from moothall.cases.rules.escalating import escalate_late
from moothall.letters.models import Letter
from moothall.people.models import Account, Team
from moothall.people.rules.accounts import choose_settings
from moothall.people.tests.make import make_team

from .make import make_case, make_manager, make_worker

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 12, 9, 7, 15, tzinfo=dt.UTC)  # a Wednesday in winter, two days after what is due


def at(hour: int, minute: int = 0, *, year: int = 2026, month: int = 12, day: int = 9) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=dt.UTC)


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def worker(team: Team) -> Account:
    return make_worker(team=team)


def make_late_case(team: Team, worker: Account | None, **changes: object) -> Case:
    case = make_case(team=team, **changes)
    if worker is not None:
        assign_case(case, to=worker, by=worker, at=case.received_at)
    return case


def letter() -> Letter:
    return Letter.objects.get(about_kind="cases.digest")


def test_what_is_late_is_named_with_why_and_where(team: Team, worker: Account) -> None:
    case = make_late_case(team, worker, title="A place on *first aid*")
    assert write_digests(at=MORNING) == 1
    assert letter().to_address == worker.email
    assert letter().subject == "1 case needs you, 1 late"
    assert f"[{case.reference}](http://localhost:8000/cases/{case.reference}/)" in letter().body
    assert "(Late" in letter().body
    assert "due 7 December" in letter().body


def test_it_comes_once_a_day_however_often_the_clock_strikes(team: Team, worker: Account) -> None:
    make_late_case(team, worker)
    assert [write_digests(at=MORNING), write_digests(at=at(7, 30)), write_digests(at=at(11))] == [1, 0, 0]
    assert write_digests(at=at(8, day=10)) == 1
    assert Digest.objects.count() == Letter.objects.filter(about_kind="cases.digest").count() == 2


def test_whoever_was_missed_is_written_to_when_the_worker_is_back(team: Team, worker: Account) -> None:
    make_late_case(team, worker)
    assert write_digests(at=at(10, 45)) == 1


@pytest.mark.parametrize(
    "moment",
    [
        at(6, 45),
        at(12),
        at(23),
        at(9, day=12),  # a Saturday
        at(9, day=25),  # Christmas Day
    ],
)
def test_it_comes_on_no_holiday_and_at_no_other_hour(
    moment: dt.datetime, team: Team, worker: Account
) -> None:
    make_late_case(team, worker)
    assert write_digests(at=moment) == 0


def test_seven_is_seven_in_london_in_summer_too(team: Team, worker: Account) -> None:
    make_late_case(team, worker)
    assert write_digests(at=at(5, 45, year=2027, month=7, day=14)) == 0
    assert write_digests(at=at(6, 15, year=2027, month=7, day=14)) == 1


def test_where_nothing_needs_anybody_nothing_comes(team: Team, worker: Account) -> None:
    case = make_late_case(team, worker)
    close_case(case, by=worker, at=case.received_at, outcome="answered")
    assert write_digests(at=MORNING) == 0
    assert not Letter.objects.filter(about_kind="cases.digest").exists()


def test_what_comes_up_later_in_the_morning_waits_for_the_next(team: Team, worker: Account) -> None:
    assert write_digests(at=MORNING) == 0
    make_late_case(team, worker)
    assert write_digests(at=at(9)) == 0
    assert write_digests(at=at(8, day=10)) == 1


def test_whoever_does_not_want_it_gets_none(team: Team, worker: Account) -> None:
    make_late_case(team, worker)
    choose_settings(worker, daily_digest=False, at=MORNING)
    assert write_digests(at=MORNING) == 0


def test_whoever_has_left_gets_none(team: Team, worker: Account) -> None:
    make_late_case(team, worker)
    Account.objects.filter(pk=worker.pk).update(is_active=False)
    assert write_digests(at=MORNING) == 0


def test_what_nobody_has_taken_is_counted_for_the_team(team: Team, worker: Account) -> None:
    make_late_case(team, None)
    make_late_case(team, None)
    make_late_case(make_team(), None)
    assert write_digests(at=MORNING) == 1
    assert letter().subject == "2 cases in your team"
    assert "2 cases in your teams have nobody yet." in letter().body


def test_a_lead_reads_what_was_escalated_and_how_much_else_is_late(team: Team, worker: Account) -> None:
    lead = team.lead = make_manager(team=team)
    team.save()
    case = make_late_case(team, worker, title="Manual handling")
    escalate_late(at=MORNING, today=MORNING.date())
    other = make_late_case(team, worker, title="Fire wardens")
    assert write_digest(lead, at=MORNING)
    assert "These were escalated to you:" in letter().body
    assert case.reference in letter().body
    assert other.reference not in letter().body
    assert "1 case of the teams you lead is late with a colleague." in letter().body


def test_a_sealed_case_is_called_by_its_reference_alone(team: Team, worker: Account) -> None:
    case = make_late_case(team, worker, title="A concern about Rhiannon")
    set_confidentiality(
        case, level=Case.SEALED, named=[worker], because="Only for two", by=worker, at=case.received_at
    )
    write_digest(worker, at=MORNING)
    assert case.reference in letter().body
    assert "Rhiannon" not in letter().body


def test_fifteen_are_named_and_the_rest_counted(team: Team, worker: Account) -> None:
    for _number in range(17):
        make_late_case(team, worker)
    write_digest(worker, at=MORNING)
    assert letter().body.count("/cases/") == 15
    assert "And 2 more." in letter().body


def test_it_is_in_the_language_of_who_reads_it_and_marked_as_automatic(team: Team, worker: Account) -> None:
    make_late_case(team, worker)
    choose_settings(worker, language="cy", at=MORNING)
    write_digest(Account.objects.get(pk=worker.pk), at=MORNING)
    assert letter().language == "cy"
    assert "Bore da" in letter().body
    assert letter().automatic
