"""A season of the workforce, walked day by day on a small office, as a year is of 9,000 people."""

import datetime as dt

import pytest

from benchmarks.year import VOLUMES, prove, table, walk
from moothall.core.clock import today
from moothall.credentials.models import Reminder
from moothall.credentials.tests.make import make_kind
from moothall.leave.tests.make import make_kind as make_leave_kind
from moothall.people.tests.make import make_account
from moothall.reports.tests.make import make_reason
from moothall.workforce.tests.make import make_employment, make_leaving_reason, make_manager, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_nobody_is_forgotten_and_nobody_is_written_to_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(VOLUMES, "credentials", 4000)
    make_kind()
    make_leave_kind()
    make_leaving_reason()
    make_reason()
    _account, boss = make_manager()
    units = [make_unit(), make_unit()]
    for number in range(24):
        make_employment(manager=boss, unit=units[number % 2])
    year = walk(by=make_account(), first=today() + dt.timedelta(days=1), days=90)
    assert prove(year) == []
    for what in ("absences", "leave", "credentials", "jobs run"):
        assert year.counts[what] > 0, table(year)
    assert Reminder.objects.exists()
