"""Placing somebody on a pay point: a starter, a move, an increment, or putting right what was wrong."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.terms.models import PayPoint, PayPointRate, Placement
from moothall.workforce.models import Employment

from .refusals import NotEmployedThen, Warned

DAY = dt.timedelta(days=1)


class ThereAlready(Refusal):
    sentence = gettext_lazy("They stand on that point already from that day.")


class NothingToTakeBack(Refusal):
    sentence = gettext_lazy(
        "The last change has been taken back already, or something was written on top of it."
    )
    next_step = gettext_lazy("Look at the record again.")


class ChangesThePast(Warned):
    """A day in the past changes what was paid: whoever does it says they have seen what."""

    def __init__(self, changes: "list[Change]") -> None:
        lines = [
            _("%(first)s to %(last)s: %(before)s becomes %(after)s")
            % {
                "first": date_format(one.first, "j F Y"),
                "last": date_format(one.last, "j F Y") if one.last else _("further notice"),
                "before": one.before or _("no point"),
                "after": one.after,
            }
            for one in changes
        ]
        super().__init__(_("This changes the past. %(lines)s.") % {"lines": "; ".join(lines)}, self.next_step)


@dataclass(frozen=True)
class Change:
    """What changes between two days when somebody is placed."""

    first: dt.date
    last: dt.date | None
    before: PayPoint | None
    after: PayPoint


def what_changes(employment: Employment, point: PayPoint, *, from_on: dt.date) -> list[Change]:
    """From that day on this point holds, until the next placement that was to begin later."""
    rows = _standing(employment)
    covering = next((row for row in rows if _covers(row, from_on)), None)
    last = _until(rows, from_on)
    return [Change(from_on, last, covering.point if covering else None, point)]


def _standing(employment: Employment) -> list[Placement]:
    rows = employment.placements.standing().select_related("point__scale")
    return list(rows.order_by("from_on", "id"))


def _covers(row: Placement, day: dt.date) -> bool:
    return row.from_on <= day and (row.until_on is None or row.until_on >= day)


def _until(rows: list[Placement], from_on: dt.date) -> dt.date | None:
    later = [row.from_on for row in rows if row.from_on > from_on]
    return min(later) - DAY if later else None


@transaction.atomic
def place(
    employment: Employment,
    *,
    point: PayPoint,
    from_on: dt.date,
    by: Account | None,
    at: dt.datetime,
    today: dt.date,
    because: str = "",
    warned: bool = False,
) -> Placement:
    """They stand on this point from that day. What held until then is kept as it was."""
    held = Employment.objects.select_for_update(no_key=True).get(pk=employment.pk)
    if from_on < held.started_on or (held.ended_on is not None and from_on > held.ended_on):
        raise NotEmployedThen
    rows = _standing(held)
    covering = next((row for row in rows if _covers(row, from_on)), None)
    if covering is not None and covering.point_id == point.pk:
        raise ThereAlready
    if from_on < today and covering is not None and not warned:
        raise ChangesThePast(what_changes(held, point, from_on=from_on))
    until_on = _until(rows, from_on)
    if covering is not None:
        _end(covering, from_on - DAY, by=by, at=at)
    made = _write(held, point, from_on, until_on, because, by=by, at=at)
    detail = {"point": point.pk, "from": from_on.isoformat(), "because": because}
    append_audit("terms.place", about=held, by=by, at=at, detail=detail)
    return made


def _end(row: Placement, last: dt.date, *, by: Account | None, at: dt.datetime) -> None:
    """The row is withdrawn; where it held before that day, its beginning is kept as a row of its own."""
    Placement.objects.filter(pk=row.pk, withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=by)
    if row.from_on <= last:
        Placement.objects.create(
            employment=row.employment, point=row.point, from_on=row.from_on, until_on=last,
            because=row.because, recorded_by=row.recorded_by, recorded_at=at,
        )  # fmt: skip


def _write(
    employment: Employment, point: PayPoint, from_on: dt.date, until_on: dt.date | None, because: str, *,
    by: Account | None, at: dt.datetime,
) -> Placement:  # fmt: skip
    return Placement.objects.create(
        employment=employment, point=point, from_on=from_on, until_on=until_on, because=because.strip()[:200],
        recorded_by=by, recorded_at=at,
    )  # fmt: skip


@transaction.atomic
def take_back_placement(employment: Employment, *, by: Account, at: dt.datetime) -> None:
    """What was written last is withdrawn, and what it withdrew holds again."""
    held = Employment.objects.select_for_update(no_key=True).get(pk=employment.pk)
    newest = held.placements.standing().order_by("-recorded_at", "-id").first()
    if newest is None or held.placements.filter(withdrawn_at__gt=newest.recorded_at).exists():
        raise NothingToTakeBack
    moment = newest.recorded_at
    before = list(held.placements.filter(withdrawn_at=moment).select_related("point"))
    written = held.placements.standing().filter(recorded_at=moment)
    if written.filter(increment__isnull=False).exists():
        raise NothingToTakeBack
    ids = list(written.values_list("pk", flat=True))
    written.update(withdrawn_at=at, withdrawn_by=by)
    for row in before:
        _write(held, row.point, row.from_on, row.until_on, row.because, by=row.recorded_by, at=at)
    append_audit("terms.take_back_placement", about=held, by=by, at=at, detail={"withdrawn": ids})


def rates_on(points: list[int], day: dt.date) -> dict[int, PayPointRate]:
    """What each point is worth on that day, by its latest rate."""
    found: dict[int, PayPointRate] = {}
    rows = PayPointRate.objects.filter(point__in=points, from_on__lte=day).order_by("point", "from_on")
    for row in rows:
        found[row.point_id] = row
    return found


def yearly(rate: PayPointRate | None, fte: Decimal = Decimal(1)) -> Decimal | None:
    """Pounds a year for this share of whole time, only by a confirmed rate."""
    if rate is None or not rate.is_confirmed:
        return None
    return (rate.amount * fte).quantize(Decimal("0.01"))
