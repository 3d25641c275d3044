"""Counting what comes in: by team, day and hour on the wall, the same however often it is counted."""

import datetime as dt

import pytest

from moothall.cases.models import Case
from moothall.cases.tests.make import AT, make_case, make_service, make_worker
from moothall.core.serving import NOBODY, serving
from moothall.people.models import Team
from moothall.people.tests.make import make_team
from moothall.workload.models import DemandHour
from moothall.workload.rules.demand import count_demand, set_pace
from moothall.workload.rules.staffing import staffing_of

from .make import make_hours

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)


def came(team: Team, at: dt.datetime) -> Case:
    return make_case(service=make_service(team=team), received_at=at, at=at)


def counted() -> list[tuple[dt.date, int, int]]:
    return list(DemandHour.objects.order_by("on", "hour").values_list("on", "hour", "count"))


def test_an_hour_is_that_on_the_wall() -> None:
    came(make_team(), dt.datetime(2026, 7, 1, 8, 30, tzinfo=dt.UTC))
    count_demand(today=TODAY)
    assert counted() == [(dt.date(2026, 7, 1), 9, 1)]


def test_counting_twice_counts_once_and_what_is_logged_late_is_found() -> None:
    team, at = make_team(), dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
    came(team, at)
    count_demand(today=TODAY)
    count_demand(today=TODAY)
    assert counted() == [(at.date(), 10, 1)]
    came(team, at)
    count_demand(today=TODAY + dt.timedelta(days=1))
    assert counted() == [(at.date(), 10, 2)]


def test_a_restricted_case_is_counted_whoever_counts() -> None:
    case = came(make_team(), dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC))
    Case.objects.filter(pk=case.pk).update(confidentiality=Case.SEALED)
    with serving(NOBODY):
        count_demand(today=TODAY)
    assert len(counted()) == 1


def test_too_few_hours_are_said_in_words() -> None:
    team = make_team()
    make_hours(make_worker(team=team), days=5, hours=4)
    rows = [
        DemandHour(team=team, on=TODAY - dt.timedelta(days=number), hour=10, count=20)
        for number in range(1, 200)
        if (TODAY - dt.timedelta(days=number)).weekday() < 5
    ]
    DemandHour.objects.bulk_create(rows)
    set_pace(team, minutes=15, percent=100, from_on=TODAY - dt.timedelta(days=9), by=None, at=AT)
    found = staffing_of(team, today=TODAY)
    first = found.halves[0]
    assert (round(first.expected), round(first.needed), round(first.there)) == (20, 5, 4)
    assert "1.0 hours short" in first.words
    assert first in found.short
