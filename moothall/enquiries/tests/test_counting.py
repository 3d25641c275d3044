"""What comes in and becomes no case is counted beside the cases."""

import datetime as dt

import pytest

from moothall.enquiries.models import Contact
from moothall.people.tests.make import make_team
from moothall.workload.models import DemandHour
from moothall.workload.rules.demand import count_demand

pytestmark = pytest.mark.django_db


def test_a_contact_counts_unless_it_became_a_case() -> None:
    team, at = make_team(), dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
    for result in (Contact.ANSWERED, Contact.CASE):
        Contact.objects.create(
            channel="PHONE", result=result, team=team, subject="Hours", received_at=at, logged_at=at
        )
    count_demand(today=dt.date(2026, 11, 23))
    assert list(DemandHour.objects.values_list("on", "hour", "count")) == [(at.date(), 10, 1)]
