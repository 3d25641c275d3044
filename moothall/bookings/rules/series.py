"""Bookings that repeat: made in one statement, those that clash listed; cancelled from a day on."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import Reservation, ReservationSeries, Resource
from moothall.core.clock import LONDON
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.people.models.working import Span
from moothall.records.rules.audit import append_audit, append_audits, audit_event

from .free import Nearest, nearest_free
from .refusals import Clash, Taken, WrongWayRound
from .reserving import (
    Wanted,
    check_wanted,
    clashes_of,
    closure_of,
    first_state,
    free_again,
    let_go_of_overdue,
    lock_resources,
)

MOST, HOUR = 400, dt.timedelta(hours=1)
TAKE = """
INSERT INTO bookings_taking (resource_id, reservation_id, shown, blocked, asked_for, rate, stands)
SELECT resource, reservation, tstzrange(begins, ends), tstzrange(before, after), asked, rate, true
  FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[],
              %s::timestamptz[], %s::boolean[], %s::numeric[])
       AS one(resource, reservation, begins, ends, before, after, asked, rate)
 ORDER BY begins, resource
ON CONFLICT DO NOTHING RETURNING reservation_id
"""


class TooManyTimes(Refusal):
    sentence = _("A series has at most 400 bookings.")
    next_step = _("Give an earlier last day, and make the rest as another series.")


@dataclass(frozen=True)
class NotTaken:
    """One time of a series that could not be had: why, and what is free instead."""

    span: Span
    why: str
    instead: Nearest

    def kept(self) -> dict[str, object]:
        times = [one.isoformat() for one, _other in self.instead.times]
        others = [each.name for each in self.instead.others]
        return {"begins": self.span[0].isoformat(), "why": self.why, "times": times, "others": others}


@dataclass(frozen=True)
class SeriesMade:
    series: ReservationSeries
    made: tuple[Reservation, ...]
    missed: tuple[NotTaken, ...]


def spans_of_series(
    *, first: dt.date, last: dt.date, begins: dt.time, ends: dt.time, every_days: int
) -> list[Span]:
    """The same time on the wall every so many days, whichever clock then holds; both days are included.

    A time that the clocks leave out in spring is moved on by the hour that is left out.
    """
    days = [first + dt.timedelta(days=number) for number in range(0, (last - first).days + 1, every_days)]
    return [wall_span(day, begins, ends) for day in days]


def wall_span(day: dt.date, begins: dt.time, ends: dt.time) -> Span:
    """From one time on the wall of that day until another, of the next day where it is earlier."""
    over_night = dt.timedelta(days=1 if ends <= begins else 0)
    one, other = _at(day, begins), _at(day + over_night, ends)
    return one, other if other > one else other + HOUR


def _at(day: dt.date, wall: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, wall, tzinfo=LONDON).astimezone(dt.UTC)


def reserve_series(
    *,
    title: str,
    resources: Sequence[Resource],
    spans: Sequence[Span],
    every_days: int,
    by: Account | None,
    at: dt.datetime,
    setup_minutes: int = 0,
    cleardown_minutes: int = 0,
    people: int = 0,
    note: str = "",
    is_private: bool = False,
) -> SeriesMade:
    """Take what is free of these times, in one statement; the answer lists those that clash, with what is
    free instead. Where nothing at all is free, nothing is made."""
    if len(spans) > MOST:
        raise TooManyTimes
    if not spans:
        raise WrongWayRound
    each_wanted = [
        Wanted(tuple(resources), begins, ends, setup_minutes, cleardown_minutes) for begins, ends in spans
    ]
    for wanted in each_wanted:
        check_wanted(wanted, people=people)
    with transaction.atomic():
        locked = lock_resources(each_wanted[0])
        let_go_of_overdue(locked, at=at)
        held = list(locked)
        series = ReservationSeries.objects.create(every_days=every_days, made_by=by, made_at=at)
        asked = Reservation.objects.bulk_create(
            Reservation(
                title=title[:200], starts_at=each.starts_at, ends_at=each.ends_at, series=series,
                setup_minutes=setup_minutes, cleardown_minutes=cleardown_minutes, people=people,
                note=note[:500], is_private=is_private, state=first_state(held, None, by), state_since=at,
                made_by=by, made_at=at,
            )
            for each in each_wanted
        )  # fmt: skip
        taken = take_what_is_free(asked, each_wanted, held)
        open_ = [
            each
            for each, wanted in zip(asked, each_wanted, strict=True)
            if taken[each.pk] == len(held) and closure_of(wanted, dict.fromkeys(held, (at, at))) is None
        ]
        stays = {each.pk for each in open_}
        if not stays:
            transaction.set_rollback(True)
        else:
            Reservation.objects.filter(series=series).exclude(pk__in=stays).delete()
            append_audit("bookings.series", about=series, by=by, at=at, detail={"made": len(stays)})
            append_audits(
                audit_event("bookings.reservation_made", about=each, by=by, at=at) for each in open_
            )
    lost = [wanted for each, wanted in zip(asked, each_wanted, strict=True) if each.pk not in stays]
    missed = tuple(_why_not(wanted, held, at=at) for wanted in lost)
    ReservationSeries.objects.filter(pk=series.pk).update(missed=[each.kept() for each in missed])
    return SeriesMade(series, tuple(open_), missed)


def take_what_is_free(
    asked: Sequence[Reservation], each_wanted: Sequence[Wanted], held: Sequence[Resource]
) -> dict[int, int]:
    """One statement for all of them; the answer is how many resources each reservation got."""
    chosen = {each.pk for each in each_wanted[0].resources}
    rows = [
        (one.pk, each.pk, wanted.starts_at, wanted.ends_at, *wanted.blocked(one), one.pk in chosen,
         one.rate if one.pk in chosen else Decimal(0))
        for each, wanted in zip(asked, each_wanted, strict=True)
        for one in held
    ]  # fmt: skip
    found: dict[int, int] = defaultdict(int)
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [list(column) for column in zip(*rows, strict=True)])
        for (reservation,) in cursor.fetchall():
            found[reservation] += 1
    return found


def _why_not(wanted: Wanted, held: Sequence[Resource], *, at: dt.datetime) -> NotTaken:
    clashes: list[Clash] = clashes_of({each: wanted.blocked(each) for each in held})
    instead = nearest_free(
        wanted.resources, starts_at=wanted.starts_at, ends_at=wanted.ends_at, at=at,
        setup_minutes=wanted.setup_minutes, cleardown_minutes=wanted.cleardown_minutes,
    )  # fmt: skip
    why = str(Taken.by(clashes).sentence) if clashes else str(_("It is shut at that time."))
    return NotTaken((wanted.starts_at, wanted.ends_at), why, instead)


@transaction.atomic
def cancel_series(
    *, series: ReservationSeries, from_at: dt.datetime, because: str, by: Account, at: dt.datetime
) -> list[Reservation]:
    """All of it that begins from then on is free again; the answer is what was."""
    rows = Reservation.objects.standing().filter(series=series, starts_at__gte=from_at)
    ids = set(rows.values_list("takings__resource_id", flat=True))
    list(Resource.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    found = list(rows.order_by("starts_at", "id"))
    for each in found:
        free_again(each, "cancelled", by=by, at=at, reason=because)
    return found
