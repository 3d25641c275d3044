"""The pages of leave: what is shown to whom, and in how many queries."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.leave.models import LeaveRequest
from moothall.leave.rules.deciding import approve_leave
from moothall.leave.rules.showing import leave_of_record
from moothall.leave.rules.telling import to_decide, told_in_the_morning
from moothall.people.tests.make import make_account
from moothall.workforce.models import Employment
from moothall.workforce.panels import Sight
from moothall.workforce.tests.make import make_employment

from .make import account_of, make_kind, make_request, make_team, working_day

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def asked_now(employment: Employment, day: dt.date | None = None) -> LeaveRequest:
    return make_request(employment, day or working_day(), at=now(), on=today())


def sign_in(client: Client, employment: Employment) -> None:
    client.force_login(account_of(employment))


def test_whoever_has_no_employment_is_told_who_can_help(client: Client) -> None:
    client.force_login(make_account())
    assert "No employment is on record" in client.get(reverse("my_leave")).text
    assert client.get(reverse("ask_leave")).status_code == 404


def test_the_effect_is_shown_before_anything_is_sent(client: Client) -> None:
    _manager, [employment, *_others] = make_team()
    make_kind()
    sign_in(client, employment)
    form = {"kind": "annual", "from_on": working_day().strftime("%d/%m/%Y")}
    page = client.post(reverse("ask_leave"), form)
    assert "What this would mean" in page.text
    assert "2 of 3 left; 2 needed" in page.text
    assert not LeaveRequest.objects.exists()
    sent = client.post(reverse("ask_leave"), form | {"send": "1"}, follow=True)
    assert "It waits for your manager" in sent.text
    assert "Asked for" in client.get(reverse("my_leave")).text


def test_whoever_asks_sees_how_many_are_away_but_not_who(client: Client) -> None:
    manager, [one, other, _third] = make_team(3, least=2)
    approve_leave(asked_now(one), by=manager, at=now())
    sign_in(client, other)
    form = {"kind": "annual", "from_on": working_day().strftime("%d/%m/%Y")}
    page = client.post(reverse("ask_leave"), form).text
    assert "too few people would be left" in page
    assert "This would fit" in page
    assert one.person.full_name not in page
    request = asked_now(other)
    client.force_login(manager)
    assert one.person.full_name in client.get(reverse("leave_request", args=[request.pk])).text


def test_a_refusal_of_the_rule_stands_on_the_form(client: Client) -> None:
    _manager, [employment] = make_team(1)
    make_kind()
    sign_in(client, employment)
    page = client.post(reverse("ask_leave"), {"kind": "annual", "from_on": "5/6/2010"})
    assert page.status_code == 422
    assert "two years ahead" in page.text


def test_the_manager_decides_from_the_list_and_undoes(client: Client) -> None:
    manager, [one, *_others] = make_team()
    request = asked_now(one)
    client.force_login(manager)
    assert one.person.full_name in client.get(reverse("leave_to_decide")).text
    page = client.post(reverse("approve_fitting_leave"), {"ids": [request.pk, "x"]}, follow=True)
    assert "1 request is approved." in page.text
    event = request.events.first()
    assert event is not None
    client.post(reverse("undo_leave", args=[request.pk, event.pk]))
    request.refresh_from_db()
    assert request.state == LeaveRequest.REQUESTED
    client.post(reverse("refuse_leave", args=[request.pk]), {"reason": "Year end"})
    request.refresh_from_db()
    assert request.reason == "Year end"


def test_a_colleague_sees_nothing_of_it(client: Client) -> None:
    _manager, [one, other, _third] = make_team()
    request = asked_now(one)
    sign_in(client, other)
    assert client.get(reverse("leave_request", args=[request.pk])).status_code == 404
    assert client.post(reverse("approve_leave", args=[request.pk])).status_code == 404
    assert client.post(reverse("withdraw_leave", args=[request.pk])).status_code == 404
    assert one.person.full_name not in client.get(reverse("leave_to_decide")).text


def test_the_manager_is_reminded_on_my_work_and_in_the_morning() -> None:
    manager, [one, *_others] = make_team()
    assert to_decide(manager) is None
    assert told_in_the_morning(manager, today()) == []
    request = asked_now(one)
    shown = to_decide(manager)
    assert shown is not None
    assert shown["rows"] == [request]
    assert told_in_the_morning(manager, today()) == ["1 request for leave waits for your decision."]


def test_the_staff_record_shows_the_balance_to_those_whom_it_concerns() -> None:
    manager, [one, *_others] = make_team()
    request = asked_now(one)
    shown = leave_of_record(manager, one, Sight(manages=True))
    assert shown is not None
    assert shown["coming"] == [request]
    assert leave_of_record(manager, one, Sight(private=True)) is None


def test_the_list_to_decide_takes_as_many_queries_for_many_as_for_few(client: Client) -> None:
    manager, people = make_team(6)
    client.force_login(manager)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("leave_to_decide")).status_code == 200
        return len(asked)

    asked_now(people[0])
    queries()
    few = queries()
    for each in people[1:]:
        asked_now(each)
    assert queries() == few


def test_my_leave_takes_as_many_queries_for_many_requests_as_for_few(client: Client) -> None:
    employment = make_employment(account=make_account())
    sign_in(client, employment)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("my_leave")).status_code == 200
        return len(asked)

    day = working_day()
    asked_now(employment, day)
    queries()
    few = queries()
    for number in range(1, 4):
        asked_now(employment, working_day(30 + 7 * number))
    assert queries() == few
