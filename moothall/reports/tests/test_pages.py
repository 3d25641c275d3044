"""The page of a month: by whom it is seen, what it drills to, how it is closed, and how much it asks."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.people.tests.make import make_account, make_team
from moothall.records.models import AuditEvent
from moothall.reports.models import MonthClosing
from moothall.reports.rules.counting import count_months
from moothall.reports.rules.months import month_of
from moothall.workforce.tests.make import make_employment, make_post, make_unit

from .make import make_off, make_reason

pytestmark = pytest.mark.django_db


def last_month() -> dt.date:
    """Its fifteenth day."""
    return (today().replace(day=1) - dt.timedelta(days=1)).replace(day=15)


def key() -> str:
    return f"{last_month():%Y-%m}"


def words(client: Client, name: str, *args: object, **asked: str | int) -> str:
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_month_is_shown_by_unit_with_what_is_lost_and_its_months_before(client: Client) -> None:
    unit = make_unit(name="Harbour Division")
    make_off(make_employment(unit=unit), last_month(), last_month(), reason=make_reason())
    count_months(today=today(), at=now())
    client.force_login(make_account("workforce.view", "workforce.private"))
    page = words(client, "figures", month=key())
    for each in ("Harbour Division", "Absence rate", "Headcount", "Cold", "counted "):
        assert each in page
    assert "Harbour Division" in words(client, "figures", month=key(), unit=unit.pk)
    rows = words(client, "figure_rows", key(), "headcount", unit=unit.pk)
    assert "1 row, which comes to 1." in rows


def test_a_unit_of_others_is_not_there(client: Client) -> None:
    team = make_team()
    mine, theirs = make_unit(name="Ours alone"), make_unit(name="Theirs alone")
    make_employment(unit=mine, post=make_post(team=team))
    make_employment(unit=theirs, post=make_post(team=make_team()))
    client.force_login(make_account("workforce.view", team=team))
    page = words(client, "figures", month=key())
    assert "Ours alone" in page
    assert "Theirs alone" not in page
    assert client.get(reverse("figures"), {"unit": theirs.pk}).status_code == 404


def test_whose_absence_makes_a_figure_is_for_those_who_record_it(client: Client) -> None:
    make_off(make_employment(), last_month(), last_month())
    client.force_login(make_account("workforce.view"))
    address = reverse("figure_rows", args=[key(), "days_lost"])
    assert address not in words(client, "figures", month=key())
    assert client.get(address).status_code == 403
    client.force_login(make_account("workforce.view", "absence.record"))
    assert address in words(client, "figures", month=key())
    assert client.get(address).status_code == 200


def test_a_month_is_closed_a_correction_shows_and_it_is_opened_again(client: Client) -> None:
    employment = make_employment()
    client.force_login(make_account("workforce.view", "workforce.edit"))
    answer = client.post(reverse("close_figures", args=[key()]), follow=True)
    assert "Closed by" in answer.content.decode()
    make_off(employment, last_month(), last_month() + dt.timedelta(days=6))
    assert "<strong>5</strong>" in words(client, "figures", month=key())
    client.post(reverse("reopen_figures", args=[key()]), {"because": "A late certificate"})
    assert not MonthClosing.objects.standing().exists()
    assert "Close this month" in words(client, "figures", month=key())


def test_a_month_is_a_file_and_that_is_written_down(client: Client) -> None:
    make_employment()
    client.force_login(make_account("workforce.view"))
    answer = client.post(reverse("export_figures", args=[key()]), {"kind": "csv"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert ["Headcount", "1"] in [row[2:4] for row in rows]
    excel = client.post(reverse("export_figures", args=[key()]), {"kind": "xlsx"})
    assert excel.content.startswith(b"PK")
    assert AuditEvent.objects.filter(verb="list.exported").count() == 2


def test_the_page_asks_as_much_of_many_as_of_few(client: Client) -> None:
    client.force_login(make_account("workforce.view", "workforce.private", "absence.record"))
    asked = []
    for number in range(1, 4):
        for _each in range(number * 2):
            make_off(make_employment(), last_month(), last_month(), reason=make_reason(f"r{number}{_each}"))
        count_months(today=today(), at=now())
        words(client, "figures", month=key())
        with CaptureQueriesContext(connection) as captured:
            words(client, "figures", month=key())
        asked.append(len(captured))
    assert asked[0] == asked[1] == asked[2]
    assert asked[0] <= 32


def test_rows_ask_as_much_for_many_as_for_few(client: Client) -> None:
    client.force_login(make_account("workforce.view", "workforce.private"))
    asked = []
    for _each in range(3):
        make_off(make_employment(), last_month(), last_month())
        make_off(make_employment(), last_month(), last_month())
        words(client, "figure_rows", key(), "days_lost")
        with CaptureQueriesContext(connection) as captured:
            words(client, "figure_rows", key(), "days_lost")
        asked.append(len(captured))
    assert asked[0] == asked[1] == asked[2]


def test_the_running_month_says_up_to_when_it_is_counted(client: Client) -> None:
    client.force_login(make_account("workforce.view"))
    page = words(client, "figures")
    this = month_of(today(), today=today())
    assert ("The month goes on" in page) is not this.is_over
