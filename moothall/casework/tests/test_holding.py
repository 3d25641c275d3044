"""Holding replies: thought of before the day has passed, in their language, never taken for the answer."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.cases.models import Case
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.definition import ClockDefinition
from moothall.cases.tests.make import ANSWER_CLOCK, clock_of, make_service, verbs_about
from moothall.casework.models import HoldingReply
from moothall.casework.rules import holding as rules
from moothall.core.clock import now, today
from moothall.letters.models import Letter
from moothall.people.models import Account, Team
from moothall.people.tests.make import make_team
from moothall.people.tests.pages import main, page, words

from .make import make_caseworker, make_new_case, make_person

pytestmark = pytest.mark.django_db
FIRST = ClockDefinition("acknowledge", "Acknowledge", "Cydnabod", target=10, met_on="acknowledged")


@pytest.fixture
def team() -> Team:
    return make_team(email="office@borth.example")


@pytest.fixture
def worker(client: Client, team: Team) -> Account:
    account = make_caseworker(team=team)
    client.force_login(account)
    return account


def near_its_day(team: Team, **changes: object) -> Case:
    """A case that is due tomorrow, whatever day it is."""
    service = make_service(team=team, clocks=(ANSWER_CLOCK, FIRST))
    given = {"requester": make_person("Nia Puw", language="cy")}
    case = make_new_case(service=service, **given | changes)
    Case.objects.filter(pk=case.pk).update(due_on=today() + dt.timedelta(days=1))
    case.refresh_from_db()
    return case


def raised(*, days: int = 0) -> int:
    later = dt.timedelta(days=days)
    return rules.raise_holding_replies(at=now() + later, today=today() + later)


def read(client: Client, address: str) -> str:
    return words(main(page(client.get(address))))


def sent(client: Client, case: Case) -> int:
    given = {
        "subject": "We are working on it", "text": "You will hear by {day}.",
        "promised_on": f"{today() + dt.timedelta(days=12):%d/%m/%Y}",
    }  # fmt: skip
    return client.post(f"/casework/holding/{case.reference}/", given).status_code


def test_a_case_near_its_day_stands_on_my_work_and_nothing_is_sent_by_itself(
    client: Client, worker: Account, team: Team
) -> None:
    far = make_new_case(service=make_service(team=team), requester=make_person())
    near_its_day(team, title="The lift")
    assert (raised(), raised()) == (1, 0)
    assert not HoldingReply.objects.filter(case=far).exists()
    assert not Letter.objects.exists()
    mine = read(client, "/")
    assert "Holding replies to send" in mine
    assert "The lift" in read(client, "/casework/holding/")
    client.force_login(make_caseworker(team=make_team()))
    assert "Holding replies to send" not in read(client, "/")


def test_it_is_in_their_language_acknowledges_and_leaves_the_answer_due(
    client: Client, worker: Account, team: Team
) -> None:
    case = near_its_day(team)
    raised()
    begun = client.get(f"/casework/holding/{case.reference}/").content.decode()
    assert "Annwyl Nia Puw" in begun
    assert sent(client, case) == 302
    letter = Letter.objects.get()
    assert (letter.language, letter.automatic) == ("cy", False)
    assert "{day}" not in letter.body
    case.refresh_from_db()
    assert (case.first_answered_at, case.waiting_on) == (None, Case.US)
    assert clock_of(case, "acknowledge").met_at is not None
    assert clock_of(case).met_at is None
    assert "sent a holding reply" in read(client, f"/cases/{case.reference}/")
    assert "casework.holding_reply" in verbs_about(case)
    assert "Holding replies to send" not in read(client, "/")


def test_whoever_was_told_another_day_is_left_alone_until_it_is_near(
    client: Client, worker: Account, team: Team
) -> None:
    case = near_its_day(team)
    sent(client, case)
    Case.objects.filter(pk=case.pk).update(due_on=today() + dt.timedelta(days=2))
    assert raised() == 0
    Case.objects.filter(pk=case.pk).update(due_on=today() + dt.timedelta(days=13))
    assert raised(days=13) == 1


def test_called_back_it_counts_for_nothing(client: Client, worker: Account, team: Team) -> None:
    case = near_its_day(team)
    sent(client, case)
    row = HoldingReply.objects.get()
    assert client.post(f"/casework/holding/{row.pk}/undoing/").status_code == 302
    assert Letter.objects.get().state == Letter.CANCELLED
    assert clock_of(case, "acknowledge").met_at is None
    assert HoldingReply.objects.to_send().get() == row


def test_an_answer_or_closing_makes_it_needless(client: Client, worker: Account, team: Team) -> None:
    answered, closed = near_its_day(team), near_its_day(team)
    raised()
    reply = {
        "to_address": "nia@borth.example", "subject": "The lift", "text": "It is mended.", "language": "en",
        "then": "PERSON",
    }  # fmt: skip
    assert client.post(f"/enquiries/replies/{answered.reference}/", reply).status_code == 302
    close_case(closed, by=worker, at=now(), outcome="answered")
    assert not HoldingReply.objects.to_send().exists()
    assert sent(client, answered) == 422
    assert raised() == 0


def test_several_at_once_each_in_their_language_and_those_without_an_address_are_named(
    client: Client, worker: Account, team: Team
) -> None:
    welsh = near_its_day(team)
    english = near_its_day(team, requester=make_person("Hamza Siddiqui", language="en"))
    nowhere = near_its_day(team, requester=make_person("Gwenda Tremlett", emails=[]))
    hidden = near_its_day(make_team())
    raised()
    ids = list(HoldingReply.objects.values_list("pk", flat=True))
    answer = client.post("/casework/holding/sending/", {"ids": ids, "back": "/casework/holding/"})
    assert answer.status_code == 302
    assert set(Letter.objects.values_list("about_id", "language")) == {
        (welsh.pk, "cy"), (english.pk, "en"),
    }  # fmt: skip
    assert set(HoldingReply.objects.to_send().values_list("case_id", flat=True)) == {nowhere.pk, hidden.pk}
    assert nowhere.reference in client.get("/casework/holding/").content.decode()


def test_a_day_that_has_passed_is_not_promised(client: Client, worker: Account, team: Team) -> None:
    given = {"subject": "Soon", "text": "By {day}", "promised_on": "1/1/2020"}
    case = near_its_day(team)
    assert client.post(f"/casework/holding/{case.reference}/", given).status_code == 422
    assert not Letter.objects.exists()


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    client: Client, worker: Account, team: Team
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/casework/holding/").status_code == 200
        return len(found)

    near_its_day(team)
    raised()
    asked()
    few = asked()
    for _each in range(6):
        near_its_day(team)
    raised()
    assert asked() == few
