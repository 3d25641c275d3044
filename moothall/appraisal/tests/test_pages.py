"""The pages of appraisal: a year by both sides, completion that drills to its rows, and who sees what."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.appraisal.beside import to_see_to
from moothall.appraisal.models import Appraisal, Cycle
from moothall.core.clock import now, today
from moothall.people.tests.make import make_account
from moothall.workforce.tests.make import make_employment, make_unit

from .make import agree_one, give_rating, make_cycle, make_framework, make_pair

pytestmark = pytest.mark.django_db
KEEPER = ("workforce.view", "workforce.edit")


def words(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def page(client: Client, route: str, *args: Any, **query: Any) -> str:
    return client.get(reverse(route, args=args), query).content.decode()


def test_a_cycle_is_planned_looked_at_and_opened(client: Client) -> None:
    framework = make_framework()
    make_employment()
    client.force_login(make_account(*KEEPER))
    assert "There is no cycle yet" in page(client, "appraisal_cycles")
    sent = {
        "name": "Appraisal 2026/27", "framework": framework.pk, "from_on": words(0), "until_on": words(364),
        "objectives_by": words(30), "self_by": words(200), "rating_by": words(220), "sign_by": words(300),
        "starters_until": words(0),
    }  # fmt: skip
    wrong = client.post(reverse("plan_cycle"), sent | {"self_by": words(10)})
    assert wrong.status_code == 422
    assert "Appraisal 2026/27" in wrong.content.decode()
    client.post(reverse("plan_cycle"), sent)
    cycle = Cycle.objects.get()
    assert "1 person would be in it" in page(client, "appraisal_cycle", cycle.pk)
    client.post(reverse("open_cycle", args=[cycle.pk]))
    assert "0 of 1" in page(client, "appraisal_cycle", cycle.pk)
    client.post(reverse("close_cycle", args=[cycle.pk]))
    client.post(reverse("reopen_cycle", args=[cycle.pk]))
    cycle.refresh_from_db()
    assert cycle.is_running


def test_both_sides_go_through_a_year_on_one_page(client: Client) -> None:
    pair = make_pair(at=now())
    number = pair.appraisal.pk
    employee, manager, above = Client(), Client(), Client()
    for signed_in, account in ((employee, pair.employee), (manager, pair.manager), (above, pair.above)):
        signed_in.force_login(account)
    assert employee.get(reverse("my_appraisal")).headers["Location"] == reverse("appraisal", args=[number])
    objective = {"text": "Answer in ten days", "measure": "The figures", "due_on": words(90)}
    employee.post(reverse("write_objective", args=[number]), objective)
    assert "Waits for the manager" in page(employee, "appraisal", number)
    manager.post(reverse("agree_all", args=[number]))
    employee.post(reverse("add_evidence", args=[number]), {"text": "Letters of thanks"})
    employee.post(reverse("write_own_view", args=[number]), {"said": "It went well."})
    framework = pair.appraisal.cycle.framework
    good = framework.marks.get(name="Good").pk
    names = [*(f"c{each.pk}" for each in framework.competencies.all()), "overall"]
    rated = dict.fromkeys(names, good) | {f"{name}-why": "Seen often" for name in names}
    half = manager.post(reverse("rate_appraisal", args=[number]), rated | {"overall-why": ""})
    assert half.status_code == 422
    assert "Seen often" in half.content.decode()
    manager.post(reverse("rate_appraisal", args=[number]), rated)
    assert "For your second look" in page(above, "team_appraisals")
    above.post(reverse("look_again", args=[number]), {"agrees": "yes"})
    refused = employee.post(reverse("sign_appraisal", args=[number]), {"agrees": "no", "said": ""})
    assert refused.status_code == 422
    employee.post(reverse("sign_appraisal", args=[number]), {"agrees": "no", "said": "The pilot was mine."})
    manager.post(reverse("sign_as_manager", args=[number]))
    shown = page(manager, "appraisal", number)
    assert "Complete" in shown
    assert "The pilot was mine." in shown
    assert "Letters of thanks" in shown


def test_an_appraisal_does_not_exist_for_a_colleague(client: Client) -> None:
    pair = make_pair(at=now())
    client.force_login(make_pair(at=now()).employee)
    assert client.get(reverse("appraisal", args=[pair.appraisal.pk])).status_code == 404
    client.force_login(pair.above)
    assert client.get(reverse("appraisal", args=[pair.appraisal.pk])).status_code == 200
    assert client.get(reverse("rate_appraisal", args=[pair.appraisal.pk])).status_code == 403


def test_whoever_sees_staff_records_sees_how_far_it_is_and_not_what_is_said(client: Client) -> None:
    pair = make_pair(at=now(), name="Ines Cadogan")
    give_rating(pair, at=now())
    client.force_login(make_account(*KEEPER))
    assert "Ines Cadogan" in page(client, "cycle_people", pair.appraisal.cycle_id)
    record = page(client, "staff_record", pair.employment.number)
    assert "Second look to take" in record
    assert reverse("appraisal", args=[pair.appraisal.pk]) not in record
    assert client.get(reverse("appraisal", args=[pair.appraisal.pk])).status_code == 404


def test_every_number_of_a_cycle_leads_to_as_many_rows(client: Client) -> None:
    unit = make_unit(name="Transport")
    cycle = make_cycle(at=now())
    for _each in range(3):
        make_employment(unit=unit)
    pair = make_pair(at=now(), framework=cycle.framework)
    agree_one(pair, at=now())
    cycle = pair.appraisal.cycle
    Cycle.objects.filter(pk=cycle.pk).update(objectives_by=today() - dt.timedelta(days=1), from_on=today()
                                             - dt.timedelta(days=9))  # fmt: skip
    client.force_login(make_account(*KEEPER))
    shown = page(client, "appraisal_cycle", cycle.pk)
    found = re.findall(rf'href="({reverse("cycle_people", args=[cycle.pk])}\?[^"]+)">(\d+)</a>', shown)
    assert len(found) > 8
    for address, number in found:
        rows = client.get(address.replace("&amp;", "&")).content.decode()
        assert len(re.findall(r"<tr[^>]*data-row", rows)) == int(number), address


def test_my_work_says_what_waits_for_whom() -> None:
    pair = make_pair(at=now())
    assert to_see_to(pair.employee) is None
    agree_one(pair, at=now())
    assert to_see_to(pair.employee) is not None
    assert to_see_to(pair.manager) is None
    give_rating(pair, at=now())
    Appraisal.objects.filter(pk=pair.appraisal.pk).update(stage=Appraisal.SIGN)
    for account in (pair.employee, pair.manager):
        shown = to_see_to(account)
        assert shown is not None
        assert [each.pk for each in shown["rows"]] == [pair.appraisal.pk]
    assert to_see_to(make_account()) is None


@pytest.mark.parametrize("route", ["appraisal_cycle", "cycle_people", "team_appraisals"])
def test_the_pages_ask_as_often_for_many_as_for_few(client: Client, route: str) -> None:
    pair = make_pair(at=now())
    account = pair.manager if route == "team_appraisals" else make_account(*KEEPER)
    args = [] if route == "team_appraisals" else [pair.appraisal.cycle_id]
    client.force_login(account)

    def more(count: int) -> None:
        for _each in range(count):
            employment = make_employment(manager=pair.manages)
            Appraisal.objects.create(cycle=pair.appraisal.cycle, employment=employment)

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse(route, args=args)).status_code == 200
        return len(caught)

    more(2)
    asked()
    few = asked()
    more(8)
    assert asked() == few
