"""Leave taken against entitlement and appraisals, by unit, drilled to whose they are."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.leave.rules.balance import balance_of
from moothall.people.tests.make import make_account, make_team
from moothall.reports.models import LeaveTaken
from moothall.reports.rules.months import Scope
from moothall.reports.rules.progress import count_leave, leave_by_unit, leave_of
from moothall.workforce.tests.make import make_employment, make_pattern, make_post, make_unit

pytestmark = pytest.mark.django_db


def counted() -> int:
    return count_leave(today=today(), at=now())


def test_the_leave_of_a_unit_is_the_sum_of_its_people() -> None:
    unit = make_unit()
    since = dt.date(2020, 1, 6)
    first, second = (make_employment(unit=unit, pattern=make_pattern(), pattern_from=since) for _ in range(2))
    make_employment(unit=make_unit())
    assert counted() == 3
    assert counted() == 0  # nothing changed since
    [line] = leave_by_unit(Scope(unit=unit.pk))
    rows = leave_of(Scope(unit=unit.pk))
    assert line.people == 2
    assert line.entitled == sum(row.entitled for row in rows)
    there = [balance_of(each, on=today(), today=today()).annual for each in (first, second)]
    assert line.entitled == round(sum(there, Decimal(0)), 2)


def test_only_people_of_ones_teams_are_added_up() -> None:
    team = make_team()
    make_employment(post=make_post(team=team))
    make_employment(post=make_post(team=make_team()))
    counted()
    assert [line.people for line in leave_by_unit(Scope(frozenset({team.pk})))] == [1]
    assert leave_by_unit(Scope(frozenset())) == []


def test_the_page_shows_units_and_of_one_unit_its_people_in_as_many_queries(client: Client) -> None:
    client.force_login(make_account("workforce.view"))
    address = reverse("year_so_far")
    assert "It is every night." in client.get(address).content.decode()
    unit = make_unit(name="Harbour Division")
    employment = make_employment(unit=unit)
    counted()
    assert "Harbour Division" in client.get(address).content.decode()
    with CaptureQueriesContext(connection) as few:
        page = client.get(address, {"unit": unit.pk}).content.decode()
    assert employment.person.full_name in page
    for _number in range(5):
        make_employment(unit=unit)
    counted()
    with CaptureQueriesContext(connection) as many:
        client.get(address, {"unit": unit.pk})
    assert LeaveTaken.objects.count() == 6
    assert len(many) == len(few)
