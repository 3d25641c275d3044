"""Leave that somebody asked for keeps their record, when the extract that added it is taken back."""

import pytest

from moothall.core.clock import now
from moothall.people.tests.make import AT, make_account
from moothall.workforce.models import Employment, StaffImport, StaffRow
from moothall.workforce.rules.bringing.unjoining import take_out
from moothall.workforce.tests.make import make_employment

from .make import make_request

pytestmark = pytest.mark.django_db


def row_of(table: StaffImport, employment: Employment) -> StaffRow:
    return StaffRow.objects.create(
        table=table, number=employment.pk, cells=[], key=employment.number, kind=StaffRow.JOINER,
        employment=employment, person=employment.person, done_at=AT,
    )  # fmt: skip


def test_whoever_asked_for_leave_stays_and_the_others_go() -> None:
    keeper = make_account()
    table = StaffImport.objects.create(file="staff.csv", started_by=keeper, started_at=AT)
    stays, goes = make_employment(), make_employment()
    make_request(stays)
    took = take_out([row_of(table, stays), row_of(table, goes)], by=keeper, at=now())
    assert (took.gone, took.settled) == (1, 2)
    assert list(Employment.objects.values_list("pk", flat=True)) == [stays.pk]
