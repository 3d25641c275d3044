"""Letters to departments: asked by a day, put before somebody when it passes, reminded, answered, let be."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.cases.models import Case, Entry
from moothall.cases.rules.closing import close_case
from moothall.cases.tests.make import clock_of, make_service, verbs_about
from moothall.casework.models import Approach, Habit
from moothall.casework.rules import approaching as rules
from moothall.core.clock import now, today
from moothall.knowledge.models import Signpost
from moothall.letters.models import Letter
from moothall.letters.rules.outbox import recall_letter
from moothall.people.models import Account, Team
from moothall.people.tests.make import make_team
from moothall.people.tests.pages import main, page, words

from .make import make_approach, make_authority, make_basis, make_caseworker, make_new_case, make_person

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(days=15)


@pytest.fixture
def team() -> Team:
    return make_team(email="office@borth.example")


@pytest.fixture
def worker(client: Client, team: Team) -> Account:
    account = make_caseworker(team=team)
    client.force_login(account)
    return account


@pytest.fixture
def case(team: Team) -> Case:
    asked = make_person("Nia Puw")
    return make_new_case(service=make_service(team=team), title="The lift", requester=asked)


def read(client: Client, address: str) -> str:
    return words(main(page(client.get(address))))


def letter(**changes: object) -> dict[str, object]:
    given = {
        "body": "Lift inspectorate", "channel": "MAIL", "address": "lifts@borth.example", "language": "en",
        "subject": "The lift", "text": "Please answer by {day}.",
        "reply_by": f"{today() + dt.timedelta(days=14):%d/%m/%Y}",
    }  # fmt: skip
    return given | changes


def test_a_letter_to_another_body_answers_nobody_who_asked(
    client: Client, worker: Account, case: Case
) -> None:
    assert client.post(f"/casework/writing/{case.reference}/", letter()).status_code == 302
    approach = Approach.objects.get()
    sent = approach.letter
    assert (sent.to_address, sent.from_address) == ("lifts@borth.example", "office@borth.example")
    assert "{day}" not in sent.body
    assert str((today() + dt.timedelta(days=14)).year) in sent.body
    case.refresh_from_db()
    assert case.first_answered_at is None
    assert clock_of(case).met_at is None
    assert case.entries.filter(kind=Entry.MAIL_OUT).get().letter == sent
    assert "casework.approach" in verbs_about(case)
    beside = read(client, f"/cases/{case.reference}/")
    assert "Other bodies written to" in beside
    assert "Lift inspectorate" in beside


def test_what_it_begins_with_says_for_whom_and_by_what_authority(
    client: Client, worker: Account, case: Case
) -> None:
    emrys = make_person("Emrys Puw")
    Case.objects.filter(pk=case.pk).update(subject=emrys)
    make_authority(
        representative=case.requester, represented=emrys,
        basis=make_basis(name="their consent", name_cy="eu cydsyniad"),
    )  # fmt: skip
    address = f"/casework/writing/{case.reference}/"
    english, welsh = (client.get(f"{address}?language={each}").content.decode() for each in ("en", "cy"))
    assert "Emrys Puw has asked us to write to you" in english
    assert "We act by their consent" in english
    assert "Mae Emrys Puw wedi gofyn" in welsh
    assert "eu cydsyniad" in welsh


def test_the_directory_fills_in_who_and_where(client: Client, worker: Account, case: Case) -> None:
    signpost = Signpost.objects.create(
        key="lifts", name="Lift inspectorate", when_to_use="Lifts", checked_on=today(),
        how="Write to lifts@borth.example. They answer in three weeks.",
    )  # fmt: skip
    address = f"/casework/writing/{case.reference}/"
    begun = client.get(f"{address}?signpost={signpost.pk}").content.decode()
    assert "Lift inspectorate" in begun
    assert "lifts@borth.example<" in begun
    client.post(address, letter(signpost=signpost.pk))
    assert Approach.objects.get().signpost == signpost


@pytest.mark.parametrize(
    "wrong",
    [{"address": "no address"}, {"reply_by": "1/1/2020"}, {"text": ""}, {"body": ""}],
    ids=["address", "day", "words", "body"],
)
def test_a_letter_that_cannot_go_is_kept_on_the_page(
    client: Client, worker: Account, case: Case, wrong: dict[str, str]
) -> None:
    assert client.post(f"/casework/writing/{case.reference}/", letter(**wrong)).status_code == 422
    assert not Approach.objects.exists()


def test_the_day_asked_for_is_counted_in_working_days_of_the_offices_habit() -> None:
    assert rules.day_for_answer(dt.date(2026, 12, 23)) == dt.date(2027, 1, 25)
    Habit.objects.create(reply_days=1, saved_at=now())
    assert rules.day_for_answer(dt.date(2026, 12, 24)) == dt.date(2026, 12, 29)


def test_one_that_is_late_is_put_before_whoever_has_the_case_once_and_nothing_is_sent(
    client: Client, worker: Account, case: Case
) -> None:
    make_approach(case, by=worker)
    assert rules.raise_chasers(at=now() + LATER, today=today()) == 0
    assert "Other bodies to remind" not in read(client, "/")
    assert rules.raise_chasers(at=now() + LATER, today=today() + LATER) == 1
    assert rules.raise_chasers(at=now() + LATER, today=today() + LATER) == 0
    assert "Other bodies to remind" in read(client, "/")
    assert Letter.objects.count() == 1
    client.force_login(make_caseworker(team=make_team()))
    assert "Other bodies to remind" not in read(client, "/")


def test_a_reminder_asks_for_another_day_and_is_counted(client: Client, worker: Account, case: Case) -> None:
    approach = make_approach(case, by=worker)
    rules.raise_chasers(at=now(), today=today() + LATER)
    address = f"/casework/approaches/{approach.pk}/"
    begun = client.get(f"{address}reminder/").content.decode()
    assert "Reminder: The lift" in begun
    assert "This is reminder 1" in begun
    given = {"subject": "Reminder", "text": "Please, by {day}.", "reply_by": letter()["reply_by"]}
    assert client.post(f"{address}reminder/", given).status_code == 302
    approach.refresh_from_db()
    assert (approach.raised_at, approach.chasers.count()) == (None, 1)
    assert Letter.objects.count() == 2
    assert "Reminders" in read(client, address)


def test_the_answer_is_written_down_and_ends_the_waiting_until_taken_back(
    client: Client, worker: Account, case: Case
) -> None:
    approach = make_approach(case, by=worker)
    address = f"/casework/approaches/{approach.pk}/"
    assert client.post(f"{address}answer/", {"answer": ""}).status_code == 422
    assert client.post(f"{address}answer/", {"answer": "It is mended."}).status_code == 302
    assert "It is mended." in read(client, address)
    assert client.post(f"{address}answer/", {"answer": "Again."}).status_code == 422
    assert not Approach.objects.late(today() + LATER).exists()
    assert client.post(f"{address}reopening/").status_code == 302
    assert Approach.objects.late(today() + LATER).get() == approach
    assert client.post(f"{address}reopening/").status_code == 409


def test_an_approach_is_let_be_with_a_reason(client: Client, worker: Account, case: Case) -> None:
    approach = make_approach(case, by=worker)
    address = f"/casework/approaches/{approach.pk}/"
    assert client.post(f"{address}closure/", {"because": ""}).status_code == 422
    assert client.post(f"{address}closure/", {"because": "The lift is mended."}).status_code == 302
    with pytest.raises(rules.SettledAlready):
        rules.chase(
            approach, subject="Reminder", text="Please", reply_by=today() + LATER, by=worker, at=now()
        )


def test_a_letter_called_back_is_no_approach(client: Client, worker: Account, case: Case) -> None:
    approach = make_approach(case, by=worker)
    assert client.post(f"/casework/approaches/{approach.pk}/undoing/").status_code == 302
    assert Letter.objects.get().state == Letter.CANCELLED
    assert client.get(f"/casework/approaches/{approach.pk}/").status_code == 404
    other = make_approach(case, by=worker)
    recall_letter(other.letter, by=worker, at=now())
    assert rules.raise_chasers(at=now(), today=today() + LATER) == 0
    assert "Not sent" in read(client, f"/casework/approaches/{other.pk}/")


def test_nobody_is_chased_about_a_closed_case(client: Client, worker: Account, case: Case) -> None:
    make_approach(case, by=worker)
    rules.raise_chasers(at=now(), today=today() + LATER)
    close_case(case, by=worker, at=now(), outcome="answered")
    assert "Other bodies to remind" not in read(client, "/")


def test_letters_on_another_teams_case_are_not_there(client: Client, worker: Account) -> None:
    away = make_team()
    hidden = make_new_case(service=make_service(team=away))
    approach = make_approach(hidden, by=make_caseworker(team=away), body="Quillon office")
    assert client.get(f"/casework/approaches/{approach.pk}/").status_code == 404
    assert "Quillon office" not in read(client, "/casework/approaches/?state=open")


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    client: Client, worker: Account, case: Case
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/casework/approaches/").status_code == 200
        return len(found)

    make_approach(case, by=worker)
    asked()
    few = asked()
    for _each in range(8):
        make_approach(case, by=worker)
    assert asked() == few
