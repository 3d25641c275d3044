"""When schools and centres open: terms, bells, and the days on which they do not."""

import datetime as dt

from django.db import transaction

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Bell, Centre, Closure, Term, TermCalendar

from . import refusals
from .keeping import end_before


@transaction.atomic
def ring(
    centre: Centre, *, weekdays: list[int], begins: dt.time, ends: dt.time, from_on: dt.date,
    by: Account | None, at: dt.datetime, session: str = "day", early_minutes: int = 20,
    wait_minutes: int = 15,
) -> Bell:  # fmt: skip
    """On these days a session begins and ends then; bells of the same session and days end the day before."""
    if not weekdays:
        raise refusals.NoSuchDay
    if ends <= begins:
        raise refusals.EndsBeforeItBegins
    Centre.objects.select_for_update(of=("self",)).get(pk=centre.pk)
    same = Bell.objects.filter(centre=centre, session=session, weekdays__overlap=weekdays)
    end_before(same, from_on)
    made = Bell.objects.create(
        centre=centre, session=session, weekdays=sorted(set(weekdays)), begins=begins, ends=ends,
        early_minutes=early_minutes, wait_minutes=wait_minutes, from_on=from_on, recorded_at=at,
        recorded_by=by,
    )  # fmt: skip
    detail = {"centre": centre.key, "begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}"}
    append_audit("transport.bell", by=by, at=at, detail=detail)
    return made


@transaction.atomic
def close_days(
    *, kind: str, first_on: dt.date, last_on: dt.date, because: str, by: Account | None, at: dt.datetime,
    centre: Centre | None = None, calendar: TermCalendar | None = None, closes_at: dt.time | None = None,
) -> Closure:  # fmt: skip
    """A centre, or all on a calendar, does not open on these days, or closes early."""
    if last_on < first_on:
        raise refusals.EndsBeforeItBegins
    if not because.strip():
        raise refusals.ReasonNeeded
    made = Closure.objects.create(
        centre=centre, calendar=calendar, kind=kind, first_on=first_on, last_on=last_on,
        closes_at=closes_at if kind == Closure.EARLY else None, because=because.strip()[:200],
        recorded_at=at, recorded_by=by,
    )  # fmt: skip
    detail = {"kind": kind, "first": first_on.isoformat(), "last": last_on.isoformat()}
    append_audit("transport.close_days", by=by, at=at, detail=detail)
    return made


@transaction.atomic
def open_after_all(closure: Closure, *, by: Account, at: dt.datetime) -> None:
    found = Closure.objects.filter(pk=closure.pk, withdrawn_at=None)
    if not found.update(withdrawn_at=at, withdrawn_by=by):
        raise refusals.EndedAlready
    append_audit("transport.open_after_all", by=by, at=at, detail={"closure": closure.pk})


@transaction.atomic
def add_term(
    calendar: TermCalendar, *, name: str, first_on: dt.date, last_on: dt.date, by: Account | None,
    at: dt.datetime,
) -> Term:  # fmt: skip
    if last_on < first_on:
        raise refusals.EndsBeforeItBegins
    made, _new = Term.objects.update_or_create(
        calendar=calendar, first_on=first_on, defaults={"name": name.strip()[:80], "last_on": last_on}
    )
    append_audit(
        "transport.term", by=by, at=at, detail={"calendar": calendar.key, "first": first_on.isoformat()}
    )
    return made
