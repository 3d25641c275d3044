"""A family says that their child does not travel on some days, and takes that back."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction

from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Away, Carer

from . import refusals
from .accounting import account_for_passenger
from .journeys import journeys_of
from .travelling import record_away

DAY = dt.timedelta(days=1)
LONGEST = 28  # days in one report: whoever is away for longer speaks with the office


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for ahead in range((last - first).days + 1):
        yield first + DAY * ahead


@for_the_office()
@transaction.atomic
def report_not_travelling(
    carer: Carer, *, from_on: dt.date, until_on: dt.date, because: str, by: Account, at: dt.datetime,
    today: dt.date, there: bool = True, back: bool = True,
) -> Away:  # fmt: skip
    """From today on, for four weeks at most; whoever knows of one home alone, for journeys of that home."""
    if from_on < today:
        raise refusals.DayIsOver
    if (until_on - from_on).days >= LONGEST:
        raise refusals.TooManyDays
    if carer.home_id is not None:
        _refuse_other_homes(carer, from_on, until_on)
    made = record_away(
        carer.passenger, from_on=from_on, until_on=until_on, because=because, there=there, back=back,
        told_by=f"{carer.person.full_name}, {carer.relationship}", by=by, at=at,
    )  # fmt: skip
    account_for_passenger(carer.passenger, _days(from_on, until_on), by=by, at=at)
    return made


def _refuse_other_homes(carer: Carer, first: dt.date, last: dt.date) -> None:
    for day in _days(first, last):
        theirs = [each for each in journeys_of(day) if each.passenger == carer.passenger_id]
        if any(each.home != carer.home_id for each in theirs):
            raise refusals.DaysOfAnotherHome


@for_the_office()
@transaction.atomic
def travels_after_all(away: Away, *, by: Account, at: dt.datetime, today: dt.date) -> Away:
    """They travel after all, from today on: what somebody of the family said themself is taken back."""
    held = Away.objects.select_for_update(of=("self",)).get(pk=away.pk)
    if held.withdrawn_at is not None or held.recorded_by_id != by.pk or held.until_on is None:
        raise refusals.EndedAlready
    if held.until_on < today:
        raise refusals.DayIsOver
    if held.from_on < today:
        held.until_on = today - DAY
    else:
        held.withdrawn_at, held.withdrawn_by = at, by
    held.save(update_fields=["until_on", "withdrawn_at", "withdrawn_by"])
    append_audit("transport.travels_after_all", about=held.passenger, by=by, at=at, detail={"away": held.pk})
    last = away.until_on or today
    account_for_passenger(held.passenger, _days(max(held.from_on, today), last), by=by, at=at)
    return held
