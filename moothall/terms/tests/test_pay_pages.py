"""The pages of pay: one's own, the desk's, and runs of increments."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import today
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_person
from moothall.terms.models import Increment, IncrementRun
from moothall.workforce.tests.make import make_employment, make_manager

from .make import make_scale, place_on

pytestmark = pytest.mark.django_db


def make_pay_desk() -> Account:
    return make_account("workforce.view", "workforce.edit", "workforce.private")


def words(day: dt.date) -> str:
    return day.strftime("%d/%m/%Y")


def begun(client: Client) -> IncrementRun:
    first, last = today(), today() + dt.timedelta(days=360)
    client.post(reverse("begin_increments"), {"first": words(first), "last": words(last)})
    return IncrementRun.objects.order_by("-pk")[0]


def test_pay_is_seen_by_oneself_and_the_desk_and_not_by_the_manager(client: Client) -> None:
    manager, above = make_manager()
    mine = make_account()
    employment = make_employment(account=mine, manager=above)
    place_on(employment, make_scale(name="Quillon grade"), 2)
    address = reverse("pay_history", args=[employment.number])
    record = reverse("staff_record", args=[employment.number])
    for account, status in ((mine, 200), (make_pay_desk(), 200), (manager, 403), (make_account(), 404)):
        client.force_login(account)
        answer = client.get(address)
        assert answer.status_code == status
        assert ("Quillon grade" in answer.content.decode()) == (status == 200)
    client.force_login(manager)
    assert "Quillon grade" not in client.get(record).content.decode()
    client.force_login(mine)
    assert "Quillon grade" in client.get(record).content.decode()
    assert client.get(reverse("place_on_point", args=[employment.number])).status_code == 403


def test_the_desk_places_somebody_and_takes_it_back(client: Client) -> None:
    employment, scale = make_employment(), make_scale()
    client.force_login(make_pay_desk())
    sent = {"point": scale.points.get(position=1).pk, "from_on": words(today()), "because": "Appointed"}
    assert client.post(reverse("place_on_point", args=[employment.number]), sent).status_code == 302
    page = client.get(reverse("pay_history", args=[employment.number])).content.decode()
    assert "Appointed" in page
    assert "no confirmed figure" in page
    later = sent | {
        "point": scale.points.get(position=2).pk,
        "from_on": words(today() + dt.timedelta(days=9)),
    }
    client.post(reverse("place_on_point", args=[employment.number]), later)
    client.post(reverse("take_back_placement", args=[employment.number]))
    assert employment.placements.standing().get().point.position == 1


def test_a_run_is_begun_decided_sent_to_payroll_and_compared(client: Client) -> None:
    scale = make_scale(increments="APRIL")
    up, stays = make_employment(make_person(full_name="Up Owusu")), make_employment()
    for employment in (up, stays):
        place_on(employment, scale, 1)
    client.force_login(make_pay_desk())
    run = begun(client)
    page = client.get(reverse("increment_run", args=[run.pk])).content.decode()
    assert "Up Owusu" in page
    assert "Award all 2 that are due" in page
    line = run.increments.get(employment=stays)
    address = reverse("withhold_increment", args=[run.pk, line.pk])
    assert client.post(address, {"because": "Not met"}).status_code == 302
    client.post(reverse("reopen_increment", args=[run.pk, line.pk]))
    client.post(reverse("award_increment", args=[run.pk, line.pk]))
    client.post(reverse("award_increments", args=[run.pk]))
    assert set(run.increments.values_list("state", flat=True)) == {Increment.AWARDED}
    file = client.post(reverse("payroll_file", args=[run.pk])).content
    assert up.number in file.decode()
    compared = reverse("reconcile_increments", args=[run.pk])
    sent = {"file": SimpleUploadedFile("back.csv", file, "text/csv")}
    assert "Nothing differs" in client.post(compared, sent).content.decode()
    wrong = {"file": SimpleUploadedFile("back.csv", b"a,b\n1,2\n", "text/csv")}
    assert client.post(compared, wrong).status_code == 422
    assert client.post(reverse("write_increment_letters", args=[run.pk])).status_code == 302


def test_a_run_does_not_exist_for_whoever_may_not_see_what_is_private(client: Client) -> None:
    client.force_login(make_pay_desk())
    run = begun(client)
    client.force_login(make_account("workforce.view", "workforce.edit"))
    assert client.get(reverse("increment_run", args=[run.pk])).status_code == 403


@pytest.mark.parametrize("route", ["increment_runs", "increment_run"])
def test_the_pages_ask_as_often_for_many_as_for_few(client: Client, route: str) -> None:
    scale = make_scale(increments="APRIL")
    client.force_login(make_pay_desk())

    def more(count: int) -> list[int]:
        for _each in range(count):
            place_on(make_employment(), scale, 1)
        return [begun(client).pk] if route == "increment_run" else []

    def asked(given: list[int]) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse(route, args=given)).status_code == 200
        return len(caught)

    first = more(2)
    asked(first)
    few = asked(first)
    assert asked(more(8)) == few
