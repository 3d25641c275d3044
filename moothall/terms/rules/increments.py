"""Increments: who comes to one and when, who gets it and who not and why, and what payroll is told."""

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from clocks.months import corresponding_date
from moothall.cases.models import Case, Service
from moothall.cases.rules.opening import open_case
from moothall.cases.rules.ticking import tick
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.terms.models import Increment, IncrementRun, PayPoint, PayScale, Placement

from .hearing import hear_again, heard
from .placing import place
from .refusals import ReasonNeeded

SERVICE = "increment"
A_YEAR = 12


class TooLong(Refusal):
    sentence = gettext_lazy("A run looks at one year at most, and begins before it ends.")
    next_step = gettext_lazy("Choose days that are nearer to each other.")


class DecidedAlready(Refusal):
    sentence = gettext_lazy("This increment is decided already.")
    next_step = gettext_lazy("Look at it again: a colleague may have been quicker. It can be taken back.")


class NotDecided(Refusal):
    sentence = gettext_lazy("This increment is not decided, or their pay was changed again since.")
    next_step = gettext_lazy("Look at their pay first.")


def next_increment(scale: PayScale, placed_on: dt.date) -> dt.date:
    """The day on which whoever came to a point that day comes to the next: a year later, or on 1 April; who
    has not been in the point for the scale's least months by then, once they have."""
    if scale.increments == PayScale.ANNIVERSARY:
        return corresponding_date(placed_on, max(A_YEAR, scale.least_months))
    april = dt.date(placed_on.year, 4, 1)
    if april <= placed_on:
        april = april.replace(year=april.year + 1)
    return max(april, corresponding_date(placed_on, scale.least_months))


def coming_increment(scale: PayScale, placed_on: dt.date, not_before: dt.date) -> dt.date:
    """The same, coming round each year for whoever did not get it, or is at the top."""
    due = next_increment(scale, placed_on)
    if due >= not_before:
        return due
    if scale.increments == PayScale.APRIL:
        april = not_before.replace(month=4, day=1)
        return april if april >= not_before else april.replace(year=april.year + 1)
    years = not_before.year - due.year
    day = corresponding_date(due, A_YEAR * years)
    return day if day >= not_before else corresponding_date(due, A_YEAR * (years + 1))


@transaction.atomic
def begin_run(*, first: dt.date, last: dt.date, by: Account | None, at: dt.datetime) -> IncrementRun:
    """Look at everybody who comes to an increment between the two days and was in no run for it before."""
    if last < first or last > corresponding_date(first, A_YEAR):
        raise TooLong
    run = IncrementRun.objects.create(first_on=first, last_on=last, begun_at=at, begun_by=by)
    made = heard(list(_lines(run, by)))
    Increment.objects.bulk_create(made, batch_size=2_000)
    _open_case(run, by=by, at=at)
    tick(run.case_id, "due", by=by, at=at)
    detail = {"first": first.isoformat(), "last": last.isoformat(), "count": len(made)}
    append_audit("terms.begin_run", about=run, by=by, at=at, detail=detail)
    return run


def _lines(run: IncrementRun, by: Account | None) -> Iterable[Increment]:
    first, last = run.first_on, run.last_on
    rows = Placement.objects.in_force(last).filter(
        Q(employment__ended_on=None) | Q(employment__ended_on__gte=last), point__scale__retired_on=None
    )
    if by is not None and by.person_id:
        rows = rows.exclude(employment__person=by.person_id)  # nobody awards themselves
    there = set(
        Increment.objects.filter(due_on__gte=first, due_on__lte=last).values_list("employment", "due_on")
    )
    above = _next_points()
    for row in rows.select_related("point__scale").order_by("employment"):
        scale = row.point.scale
        due, to = coming_increment(scale, row.from_on, first), above.get(row.point_id)
        if not first <= due <= last or (row.employment_id, due) in there:
            continue
        yield Increment(
            run=run, employment_id=row.employment_id, due_on=due, from_point=row.point, to_point=to,
            state=Increment.DUE if to else Increment.AT_TOP,
        )  # fmt: skip


def _next_points() -> dict[int, PayPoint]:
    """The point above each, by its id."""
    points = list(PayPoint.objects.order_by("scale", "position"))
    return {low.pk: high for low, high in pairwise(points) if low.scale_id == high.scale_id}


def _open_case(run: IncrementRun, *, by: Account | None, at: dt.datetime) -> None:
    """The run hangs on one case, where the office has such a service."""
    service = Service.objects.filter(key=SERVICE, retired_at=None).select_related("team").first()
    if service is None:
        return
    with override("en-gb"):
        title = _("Increments from %(first)s to %(last)s") % {"first": run.first_on, "last": run.last_on}
    run.case = open_case(
        service, at=at, title=title, channel="staff", received_at=at, by=by, confidentiality=Case.TEAM
    )
    run.save(update_fields=["case"])


@transaction.atomic
def award_increment(increment: Increment, *, by: Account, at: dt.datetime, today: dt.date) -> Increment:
    """They go up to the next point on the day."""
    held = _held(increment)
    if held.state not in Increment.OPEN or held.to_point is None:
        raise DecidedAlready
    placement = place(
        held.employment, point=held.to_point, from_on=held.due_on, because=str(_("Increment")), by=by, at=at,
        today=today, warned=True,
    )  # fmt: skip
    return _decide(held, Increment.AWARDED, by=by, at=at, placement=placement)


@transaction.atomic
def withhold_increment(increment: Increment, *, because: str, by: Account, at: dt.datetime) -> Increment:
    """They stay on their point; they read why."""
    held = _held(increment)
    if held.state not in Increment.OPEN:
        raise DecidedAlready
    if not because.strip():
        raise ReasonNeeded
    return _decide(held, Increment.WITHHELD, by=by, at=at, because=because.strip()[:300])


def award_all_due(run: IncrementRun, *, by: Account, at: dt.datetime, today: dt.date) -> int:
    """Everybody in the run who waits for nothing gets theirs; each is kept by itself, and a second press
    goes on where the first stopped. What is said of them is heard anew before."""
    hear_again(run)
    count = 0
    rows = run.increments.filter(state=Increment.DUE).exclude(employment__person=by.person_id or 0)
    for increment in rows.order_by("id"):
        award_increment(increment, by=by, at=at, today=today)
        count += 1
    return count


def withhold_all_against(run: IncrementRun, *, by: Account, at: dt.datetime) -> int:
    """Everybody in the run against whose increment something stands stays on their point, and reads what, in
    their language."""
    hear_again(run)
    count = 0
    rows = run.increments.filter(state=Increment.WAITS).exclude(against="")
    others = rows.exclude(employment__person=by.person_id or 0).select_related("employment__person")
    for increment in others.order_by("id"):
        because = increment.against_in(increment.employment.person.language)
        withhold_increment(increment, because=because, by=by, at=at)
        count += 1
    return count


@transaction.atomic
def reopen_increment(increment: Increment, *, by: Account, at: dt.datetime) -> Increment:
    """It was not decided after all: the point of before holds again."""
    held = _held(increment)
    if held.state not in (Increment.AWARDED, Increment.WITHHELD) or held.written_at is not None:
        raise NotDecided
    made = held.placement
    if made is not None:
        before = (
            held.employment.placements.filter(withdrawn_at=made.recorded_at).select_related("point").first()
        )
        if made.withdrawn_at is not None or before is None:
            raise NotDecided
        written = held.employment.placements.standing().filter(recorded_at=made.recorded_at)
        written.update(withdrawn_at=at, withdrawn_by=by)
        Placement.objects.create(
            employment=held.employment, point=before.point, from_on=before.from_on, until_on=before.until_on,
            because=before.because, recorded_by=before.recorded_by, recorded_at=at,
        )  # fmt: skip
    [heard_again] = heard([held])
    values = {
        "state": heard_again.state,
        "against": heard_again.against,
        "against_cy": heard_again.against_cy,
        "because": "",
        "decided_at": None,
        "decided_by": None,
        "placement": None,
    }
    Increment.objects.filter(pk=held.pk).update(**values)
    append_audit("terms.reopen_increment", about=held.employment, by=by, at=at, detail={"increment": held.pk})
    held.refresh_from_db()
    return held


def _held(increment: Increment) -> Increment:
    rows = Increment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("run", "employment__person", "from_point__scale", "to_point", "placement").get(
        pk=increment.pk
    )


def _decide(held: Increment, state: str, *, by: Account, at: dt.datetime, **given: object) -> Increment:
    values = {"state": state, "decided_at": at, "decided_by": by, **given}
    Increment.objects.filter(pk=held.pk).update(**values)
    for name, value in values.items():
        setattr(held, name, value)
    append_audit(
        "terms.decide_increment", about=held.employment, by=by, at=at,
        detail={"increment": held.pk, "state": state},
    )  # fmt: skip
    _tick_when_settled(held.run, by=by, at=at)
    return held


def _tick_when_settled(run: IncrementRun, *, by: Account, at: dt.datetime) -> None:
    """Once nothing in the run is open, its case goes on."""
    if run.case_id is not None and not run.increments.filter(state__in=Increment.OPEN).exists():
        awarded = run.increments.filter(state=Increment.AWARDED).exists()
        tick(run.case_id, "block", by=by, at=at, outcome="award" if awarded else "withhold")
