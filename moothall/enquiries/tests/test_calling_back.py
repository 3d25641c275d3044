"""Ringing people back: promised with a time, on My work when it comes, settled in a line, and undone."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.cases.models import Case, Entry
from moothall.cases.tests.make import make_case, make_service, make_worker
from moothall.core.clock import now
from moothall.enquiries.models import CallBack, CallBackTry, Contact
from moothall.enquiries.rules import calling_back
from moothall.enquiries.rules.calling_back import Window
from moothall.people.models import Account
from moothall.people.tests.make import audited, make_person, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    team = make_team()
    asker = make_person(phones=["01632 960 111"])
    return make_case(team=team, service=make_service(team=team), requester=asker)


@pytest.fixture
def worker(client: Client, case: Case) -> Account:
    account = make_worker(team=case.team)
    client.force_login(account)
    return account


def ask(case: Case, by: Account, *, hours: float = 1, **changes: object) -> CallBack:
    at = now()
    begins = at + dt.timedelta(hours=hours)
    given: dict[str, object] = {
        "about": "The enrolment", "window": Window(begins, begins + dt.timedelta(hours=1)), "team": case.team,
        "person": case.requester, "case": case, "by": by, "at": at,
    }  # fmt: skip
    return calling_back.ask_for_call_back(**given | changes)  # type: ignore[arg-type]


def make_late(call_back: CallBack) -> None:
    at = now()
    CallBack.objects.filter(pk=call_back.pk).update(
        from_at=at - dt.timedelta(hours=3), until_at=at - dt.timedelta(hours=2)
    )


def tomorrow() -> str:
    return (now() + dt.timedelta(days=1)).strftime("%d/%m/%Y")


def test_a_call_back_takes_the_number_we_know(case: Case, worker: Account) -> None:
    assert ask(case, worker).number == "01632 960 111"


def test_a_call_back_without_any_number_is_refused(case: Case, worker: Account) -> None:
    with pytest.raises(calling_back.NumberNeeded):
        ask(case, worker, person=None)


def test_a_time_that_has_passed_is_refused(case: Case, worker: Account) -> None:
    with pytest.raises(calling_back.WindowPassed):
        ask(case, worker, hours=-5)


def test_asking_stands_on_the_timeline_and_in_the_audit(client: Client, case: Case, worker: Account) -> None:
    call_back = ask(case, worker)
    assert case.entries.get(kind=Entry.CALL).detail["verb"] == "call_back"
    assert [event.verb for event in audited(call_back)] == ["enquiries.call_back"]
    assert "asked for a call back" in client.get(reverse("case_page", args=[case.reference])).text


def test_a_case_asks_for_a_call_back_and_takes_it_back_with_one_press(
    client: Client, case: Case, worker: Account
) -> None:
    data = {
        "about": "The fee",
        "number": "01632 960 222",
        "on": tomorrow(),
        "after": "9.30",
        "owner": worker.pk,
    }
    page = client.post(reverse("ask_call_back", args=[case.reference]), data, follow=True)
    [call_back] = CallBack.objects.all()
    assert (call_back.owner, call_back.until_at - call_back.from_at) == (worker, dt.timedelta(hours=1))
    assert reverse("withdraw_call_back", args=[call_back.pk]) in page.text
    client.post(reverse("withdraw_call_back", args=[call_back.pk]))
    call_back.refresh_from_db()
    assert call_back.result == CallBack.WITHDRAWN


def test_logging_a_call_can_ask_for_a_call_back(client: Client, case: Case, worker: Account) -> None:
    data = {
        "channel": "PHONE", "result": "ANSWERED", "subject": "Opening hours", "new_name": "Osian Achterberg",
        "new_reach": "01632 960 333", "call_on": tomorrow(), "call_after": "10:00", "call_before": "12:00",
        "call_owner": "me",
    }  # fmt: skip
    assert client.post(reverse("log_contact"), data).status_code == 302
    [call_back] = CallBack.objects.all()
    assert call_back.contact == Contact.objects.get()
    assert (call_back.number, call_back.owner) == ("01632 960 333", worker)
    assert call_back.person is not None
    assert call_back.person.full_name == "Osian Achterberg"


def test_a_day_without_a_time_is_asked_about(client: Client, case: Case, worker: Account) -> None:
    data = {"channel": "PHONE", "result": "ANSWERED", "subject": "Hours", "call_on": tomorrow()}
    page = client.post(reverse("log_contact"), data)
    assert page.status_code == 422
    assert "Say from when." in page.text


def test_my_work_shows_calls_of_today_the_late_ones_first(
    client: Client, case: Case, worker: Account
) -> None:
    ask(case, worker, about="Not until next week", hours=24 * 7)
    ask(case, worker, about="Somebody else rings", owner=make_worker(team=case.team))
    soon, late = (
        ask(case, worker, about="Ring about now", hours=0),
        ask(case, worker, about="Should have rung"),
    )
    make_late(late)
    page = client.get(reverse("my_work")).text
    assert page.index(late.about) < page.index(soon.about)
    assert "Ring now" in page
    assert "Not until next week" not in page
    assert "Somebody else rings" not in page


def test_what_a_team_takes_leaves_the_others_work(client: Client, case: Case, worker: Account) -> None:
    call_back = ask(case, worker, about="Anybody may ring", hours=0)
    other = make_worker(team=case.team)
    calling_back.take_call_back(call_back, by=other, at=now())
    assert "Anybody may ring" not in client.get(reverse("my_work")).text


def test_somebody_rung_is_settled_and_it_stands_on_the_case(
    client: Client, case: Case, worker: Account
) -> None:
    call_back = ask(case, worker)
    data = {"result": "DONE", "note": "She has enrolled now.", "minutes": 6}
    page = client.post(reverse("call_back", args=[call_back.pk]), data, follow=True)
    call_back.refresh_from_db()
    assert (call_back.result, call_back.settled_by) == (CallBack.DONE, worker)
    assert "She has enrolled now." in page.text
    assert "rang back" in page.text


def test_no_answer_tries_again_at_another_time(client: Client, case: Case, worker: Account) -> None:
    call_back = ask(case, worker)
    address = reverse("call_back", args=[call_back.pk])
    assert client.post(address, {"result": "NO_ANSWER"}).status_code == 422
    client.post(address, {"result": "NO_ANSWER", "on": tomorrow(), "after": "14:00"})
    before = call_back.until_at
    call_back.refresh_from_db()
    assert call_back.is_open
    assert call_back.until_at > before


@pytest.mark.parametrize("result", [CallBackTry.DONE, CallBackTry.GIVEN_UP, CallBackTry.NO_ANSWER])
def test_any_try_is_undone(client: Client, case: Case, worker: Account, result: str) -> None:
    call_back, at = ask(case, worker), now()
    again = Window(at + dt.timedelta(days=1), at + dt.timedelta(days=2))
    tried = calling_back.record_try(call_back, result=result, again=again, by=worker, at=at)
    client.post(reverse("undo_call_back", args=[call_back.pk, tried.pk]))
    held = CallBack.objects.get(pk=call_back.pk)
    assert (held.from_at, held.until_at, held.result) == (call_back.from_at, call_back.until_at, "")
    assert case.entries.exclude(undone_at=None).get().detail["call_back"] == call_back.pk


def test_only_the_last_try_is_undone(case: Case, worker: Account) -> None:
    call_back, at = ask(case, worker), now()
    again = Window(at + dt.timedelta(days=1), at + dt.timedelta(days=2))
    first = calling_back.record_try(call_back, result="NO_ANSWER", again=again, by=worker, at=at)
    calling_back.record_try(call_back, result="GIVEN_UP", by=worker, at=at)
    with pytest.raises(calling_back.NothingToTakeBack):
        calling_back.take_back_try(first, by=worker, at=at)


def test_two_people_do_not_settle_one_call_back(case: Case, worker: Account) -> None:
    call_back = ask(case, worker)
    calling_back.record_try(call_back, result="DONE", by=worker, at=now())
    with pytest.raises(calling_back.SettledAlready):
        calling_back.record_try(call_back, result="DONE", by=make_worker(team=case.team), at=now())


def test_a_call_back_about_a_case_that_is_hidden_does_not_exist(
    client: Client, case: Case, worker: Account
) -> None:
    call_back = ask(case, worker, about="A delicate thing", hours=0)
    Case.objects.filter(pk=case.pk).update(confidentiality="RESTRICTED")
    assert "A delicate thing" not in client.get(reverse("call_backs")).text
    assert "A delicate thing" not in client.get(reverse("my_work")).text
    assert client.get(reverse("call_back", args=[call_back.pk])).status_code == 404


def test_the_list_shows_what_is_open_and_may_show_all(client: Client, case: Case, worker: Account) -> None:
    rung = ask(case, worker, about="Rung already")
    calling_back.record_try(rung, result="DONE", by=worker, at=now())
    ask(case, worker, about="Still to ring")
    page = client.get(reverse("call_backs") + "?settled=open").text
    assert ("Still to ring" in page, "Rung already" in page) == (True, False)
    assert "Rung already" in client.get(reverse("call_backs") + "?settled=settled").text


@pytest.mark.parametrize("route", ["my_work", "call_backs"])
def test_a_page_of_calls_asks_as_often_for_many_as_for_few(
    client: Client, case: Case, worker: Account, route: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(route)).status_code == 200
        return len(asked)

    ask(case, worker, hours=0)
    queries()
    few = queries()
    for _ in range(8):
        ask(case, worker, hours=0, person=make_person(phones=["01632 960 444"]))
    assert queries() == few
