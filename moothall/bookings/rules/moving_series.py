"""A series that moves: to another day of the week or time of day, each booking with everything it takes."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import Reservation, ReservationSeries, Resource
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .refusals import NothingChosen
from .reserving import move
from .series import wall_span


class NothingAhead(NothingChosen):
    sentence = _("Nothing of this series lies ahead.")
    next_step = _("Make a new series.")


@dataclass(frozen=True)
class SeriesMoved:
    """What moved, and what stayed with the reason."""

    moved: tuple[Reservation, ...]
    stayed: tuple[tuple[Reservation, str], ...]


@transaction.atomic
def move_series(
    *,
    series: ReservationSeries,
    from_at: dt.datetime,
    days: int,
    begins: dt.time,
    ends: dt.time,
    by: Account,
    at: dt.datetime,
    reason: str = "",
) -> SeriesMoved:
    """Whatever of it begins from then on, by so many days, to these times on the wall. The last goes first
    where it moves on, the first where it moves back, so that a series does not stand in its own way."""
    rows = Reservation.objects.standing().filter(series=series, starts_at__gte=from_at)
    ids = set(rows.values_list("takings__resource_id", flat=True)) - {None}
    list(Resource.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    found = list(rows.order_by("starts_at", "id"))
    if not found:
        raise NothingAhead
    first = found[0]
    later = wall_span(in_london(first.starts_at).date() + dt.timedelta(days=days), begins, ends)
    moved, stayed = [], []
    for each in reversed(found) if later[0] > first.starts_at else found:
        day = in_london(each.starts_at).date() + dt.timedelta(days=days)
        one, other = wall_span(day, begins, ends)
        try:
            moved.append(move(reservation=each, starts_at=one, ends_at=other, by=by, at=at, reason=reason))
        except Refusal as refusal:
            stayed.append((each, str(refusal)))
    missed = [
        {"begins": one.starts_at.isoformat(), "why": why, "times": [], "others": []} for one, why in stayed
    ]
    ReservationSeries.objects.filter(pk=series.pk).update(missed=missed)
    append_audit("bookings.series_moved", about=series, by=by, at=at, detail={"moved": len(moved)})
    moved.sort(key=lambda one: (one.starts_at, one.pk))
    return SeriesMoved(tuple(moved), tuple(stayed))
