"""Somebody is off sick: recorded from the page, seen on the list and on their record, put right, undone."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.absence.beside import absences_of, away_sick
from moothall.absence.models import Episode, EpisodeChange
from moothall.absence.rules import refusals, reporting
from moothall.absence.rules.reporting import Report
from moothall.cases.rules.definition import StepDefinition
from moothall.cases.tests.make import make_service
from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.tests.make import audited, make_account, make_team
from moothall.people.tests.pages import main, page, signed_in_as, words
from moothall.workforce.panels import Sight as RecordSight
from moothall.workforce.tests.make import make_employment, make_manager, make_post

from .make import days_ago, make_absence, make_reason, make_recorder

pytestmark = pytest.mark.django_db
LIST, NEW = "/absence/", "/absence/new/"


@pytest.fixture
def recorder() -> Account:
    return make_recorder()


def test_an_absence_recorded_on_the_page_is_on_the_list_and_on_the_staff_record(recorder: Account) -> None:
    employment, reason = make_employment(), make_reason()
    client = signed_in_as(recorder)
    sent = {"employee": employment.person.full_name, "employee-key": employment.number,
            "reason": reason.pk, "first_day": "yesterday", "keep_in_touch": "By text"}  # fmt: skip
    answer = client.post(NEW, sent)
    (episode,) = Episode.objects.all()
    assert answer["Location"] == reverse("absence", args=[episode.pk])
    assert (episode.first_day, episode.last_day, episode.reason) == (days_ago(1), None, reason)
    listed = words(main(page(client.get(LIST))))
    assert employment.person.full_name in listed
    assert "Cold or flu" in listed
    shown = words(main(page(client.get(answer["Location"]))))
    assert "A self-certificate for the first days is due by" in shown
    assert "By text" in shown
    panel = absences_of(recorder, employment, RecordSight(desk=True))
    assert panel is not None
    assert [row.pk for row in panel["rows"]] == [episode.pk]
    assert [away.employment_id for away in away_sick([employment.pk], today(), today())] == [employment.pk]


def test_an_absence_hangs_on_a_case_where_the_office_has_the_service() -> None:
    team = make_team()
    step = StepDefinition("report", "Report it", owner=f"team:{team.key}", target=1)
    make_service(step, key="sickness_episode", team=team)
    episode = make_absence()
    assert episode.case is not None
    assert episode.case.subject == episode.employment.person
    assert "Cold" not in episode.case.title


def test_nobody_is_off_sick_twice_at_once(recorder: Account) -> None:
    first = make_absence(first_day=days_ago(9), last_day=days_ago(5))
    with pytest.raises(refusals.OffAlready, match="off from"):
        make_absence(first.employment, first_day=days_ago(5))
    make_absence(first.employment, first_day=days_ago(4))
    with pytest.raises(IntegrityError), transaction.atomic():
        Episode.objects.filter(pk=first.pk).update(last_day=days_ago(3))


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (-1, None, refusals.NotYet),
        (3, 4, refusals.EndsBefore),
        (9000, None, refusals.NotEmployed),
        (3, -2, refusals.NotYet),
    ],
)
def test_impossible_days_are_refused(first: int, last: int | None, why: type[Exception]) -> None:
    with pytest.raises(why):
        make_absence(first_day=days_ago(first), last_day=days_ago(last) if last is not None else None)


def test_what_is_left_out_by_its_reason_does_not_count() -> None:
    pregnancy = make_reason(key="pregnancy", name="Connected with pregnancy", counts=False)
    assert not make_absence(reason=pregnancy).counts
    assert not make_absence(left_out_because="An agreed adjustment").counts
    assert make_absence().counts


def test_coming_back_sets_the_last_day_and_undo_takes_it_back(recorder: Account) -> None:
    episode, client = make_absence(first_day=days_ago(6)), signed_in_as(recorder)
    client.post(reverse("record_return", args=[episode.pk]), {"last_day": "yesterday"})
    episode.refresh_from_db()
    assert episode.last_day == days_ago(1)
    assert episode.interview_due_on is not None
    change = episode.changes.latest("id")
    client.post(reverse("undo_absence_change", args=[episode.pk, change.pk]))
    episode.refresh_from_db()
    assert not episode.last_day
    assert not episode.interview_due_on
    assert [event.verb for event in audited(episode)] == ["absence.begun", "absence.returned", "absence.undo"]


def test_undoing_the_first_record_withdraws_it_and_an_older_change_is_not_undone_first() -> None:
    by = make_recorder()
    episode = make_absence()
    begun = episode.changes.get()
    back = reporting.record_return(episode, last_day=days_ago(1), by=by, at=now())
    with pytest.raises(refusals.UndoneAlready):
        reporting.undo_change(begun, by=by, at=now())
    reporting.undo_change(back, by=by, at=now())
    assert reporting.undo_change(begun, by=by, at=now()).withdrawn_at is not None


def test_an_absence_is_split_where_they_worked_in_between_and_joined_again_by_undo() -> None:
    by, episode = make_recorder(), make_absence(first_day=days_ago(20))
    change = reporting.split_absence(
        episode, last_day=days_ago(15), again_from=days_ago(10), because="They worked", by=by, at=now()
    )
    spells = Episode.objects.standing().order_by("first_day").values_list("first_day", "last_day")
    assert list(spells) == [(days_ago(20), days_ago(15)), (days_ago(10), None)]
    change.refresh_from_db()
    reporting.undo_change(change, by=by, at=now())
    assert list(Episode.objects.standing().values_list("first_day", "last_day")) == [(days_ago(20), None)]


@pytest.mark.parametrize(("last", "again"), [(25, 10), (15, 14), (15, -1)])
def test_an_absence_is_split_only_within_its_days(last: int, again: int) -> None:
    episode = make_absence(first_day=days_ago(20))
    with pytest.raises(refusals.NotWithin):
        reporting.split_absence(
            episode, last_day=days_ago(last), again_from=days_ago(again), because="-", by=make_recorder(),
            at=now(),
        )  # fmt: skip


def test_a_correction_keeps_how_it_stood_and_reopening_goes_on() -> None:
    by, episode = make_recorder(), make_absence(first_day=days_ago(5), last_day=days_ago(2))
    report = Report(reason=episode.reason, first_day=days_ago(4), last_day=days_ago(2))
    change = reporting.correct_absence(episode, report=report, because="They said so", by=by, at=now())
    assert change.before["first_day"] == days_ago(5).isoformat()
    reporting.reopen_absence(episode, because="Ill again", by=by, at=now())
    episode.refresh_from_db()
    assert (episode.first_day, episode.last_day) == (days_ago(4), None)
    with pytest.raises(refusals.StillOff):
        reporting.reopen_absence(episode, because="Again", by=by, at=now())
    reporting.withdraw_absence(episode, because="A mistake", by=by, at=now())
    with pytest.raises(refusals.Withdrawn):
        reporting.record_return(episode, last_day=days_ago(1), by=by, at=now())


def test_the_manager_sees_the_dates_and_not_why_and_loses_sight_of_a_mover() -> None:
    manager, managing = make_manager()
    employment = make_employment(manager=managing)
    episode = make_absence(employment)
    client = signed_in_as(manager)
    shown = words(main(page(client.get(reverse("absence", args=[episode.pk])))))
    assert employment.person.full_name in shown
    assert "Cold" not in shown
    assert employment.person.full_name in words(main(page(client.get("/absence/team/"))))
    assert client.post(reverse("correct_absence", args=[episode.pk])).status_code == 403
    employment.assignments.update(manager=None)
    assert client.get(reverse("absence", args=[episode.pk])).status_code == 404
    assert employment.person.full_name not in words(main(page(client.get("/absence/team/"))))


def test_the_person_sees_their_own_absence_with_its_reason_and_changes_nothing() -> None:
    account = make_account()
    employment = make_employment(account=account)
    episode = make_absence(employment)
    client = signed_in_as(account)
    assert "Cold or flu" in words(main(page(client.get("/me/absence/"))))
    assert "Cold or flu" in words(main(page(client.get(reverse("absence", args=[episode.pk])))))
    assert client.get(reverse("record_return", args=[episode.pk])).status_code == 403
    assert absences_of(account, employment, RecordSight(own=True)) is not None


def test_whoever_records_for_one_team_finds_nobody_of_another() -> None:
    ours, theirs = make_team(), make_team()
    recorder = make_recorder(team=ours)
    here = make_employment(post=make_post(team=ours))
    there = make_employment(post=make_post(team=theirs))
    client = signed_in_as(recorder)
    assert client.get(reverse("absence", args=[make_absence(here).pk])).status_code == 200
    assert client.get(reverse("absence", args=[make_absence(there).pk])).status_code == 404
    assert there.number not in client.get(f"/absence/people/?q={there.number}").content.decode()
    assert here.number in client.get(f"/absence/people/?q={here.number}").content.decode()


def test_nobody_records_their_own_absence_at_the_desk() -> None:
    recorder = make_recorder()
    own = make_employment(account=recorder)
    assert own.number not in signed_in_as(recorder).get(f"/absence/people/?q={own.number}").content.decode()


def test_somebody_is_found_by_number_and_by_name(recorder: Account) -> None:
    employment = make_employment()
    client = signed_in_as(recorder)
    assert employment.number in client.get(f"/absence/people/?q={employment.number[:4]}").content.decode()
    assert employment.number in client.get("/absence/people/?q=adey ffi").content.decode()
    assert "Nothing found" in client.get("/absence/people/?q=zzzz").content.decode()


def test_the_list_asks_as_little_for_many_as_for_few(recorder: Account) -> None:
    client = signed_in_as(recorder)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(LIST).status_code == 200
        return len(caught)

    make_absence()
    client.get(LIST)
    few = queries()
    for _number in range(8):
        make_absence()
    assert queries() == few


def test_the_changes_of_an_absence_say_what_was_done() -> None:
    change = make_absence().changes.get()
    assert (change.kind, str(change)) == (EpisodeChange.BEGUN, "BEGUN")
    assert change.at - now() < dt.timedelta(seconds=1)
