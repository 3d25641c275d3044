"""Nights of bedrooms by kind: what is left of each, and what is said where there is not enough.

The database counts every night itself (see `BedNight`); here is asked first, so that whoever is too late
hears which night is full and what is left instead.
"""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Func, IntegerField, Value
from django.db.models.functions import Greatest
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from moothall.bookings.models import BedKind, BedNight, Resource
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Place
from moothall.records.rules.audit import append_audit

COUNTED = "a_night_has_no_more_guests_than_beds"
MOST_NIGHTS, NEAR = 366, 7
DAY = dt.timedelta(days=1)
LEFT = """
SELECT day::date, min(coalesce(held.there_are - held.sold,
                               bookings_rooms_in_use(%(house)s, day::date, lowest, wanted)))
  FROM generate_series(%(first)s::timestamp, %(until)s::timestamp - interval '1 day', interval '1 day') AS day
 CROSS JOIN generate_series(0, %(level)s) AS lowest
 CROSS JOIN unnest(%(needs)s::text[]) AS wanted
  LEFT JOIN bookings_bednight held
    ON held.place_id = %(house)s AND held.night = day::date AND held.level = lowest AND held.need = wanted
 GROUP BY day ORDER BY day
"""


class BedsFull(Refusal):
    """It names the night that is full, and what is left instead."""

    sentence = gettext_lazy("There is no bedroom left for all of these nights.")
    next_step = gettext_lazy("Choose other nights, or another kind of bedroom.")

    def of_an_event(self, times: str) -> "BedsFull":
        """The same, with the times at which all of an event could be had."""
        return BedsFull(
            self.sentence,
            times or _("Nothing fits all of it within four weeks: take fewer beds, or another kind."),
        )


class NotNights(Refusal):
    sentence = gettext_lazy("Somebody who stays has at least one night, and at most a year of them.")
    next_step = gettext_lazy("Give a later day on which they leave.")


@dataclass(frozen=True)
class Nights:
    """What is asked of one bedroom: where, of which kind, from when until when, with what."""

    place: Place
    kind: BedKind
    first: dt.date
    until: dt.date
    needs: tuple[str, ...] = ()


def shelves(needs: Collection[str]) -> list[str]:
    """Everything that has to be there: a room at all, one with each of the needs, one with all of them."""
    return list(dict.fromkeys(["", *sorted(needs), "+".join(sorted(needs))]))


def left(asked: Nights) -> dict[dt.date, int]:
    """How many more could be sold of each night."""
    given: dict[str, Any] = {
        "house": asked.place.pk, "first": asked.first, "until": asked.until, "level": asked.kind.level,
        "needs": shelves(asked.needs),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(LEFT, given)
        return dict(cursor.fetchall())


def lock_house(*places: Place) -> None:
    """Whoever sells or rooms here waits in one line until the transaction ends."""
    rows = Place.objects.select_for_update(no_key=True).filter(pk__in={each.pk for each in places})
    list(rows.order_by("pk").values_list("pk", flat=True))


def check_nights(asked: Nights, number: int = 1) -> None:
    """Refuse where a night has not so many left; the place is locked."""
    if not dt.timedelta(0) < asked.until - asked.first <= MOST_NIGHTS * DAY:
        raise NotNights
    if short := [night for night, free in left(asked).items() if free < number]:
        raise full_on(asked, short[0], number)


def full_on(asked: Nights, night: dt.date, number: int) -> BedsFull:
    """Which night is full, and the three nearest first nights, and other kinds, that would do."""
    language = get_language() or "en"
    free = max(left(Nights(asked.place, asked.kind, night, night + DAY, asked.needs))[night], 0)
    said = {"kind": asked.kind.name_in(language), "night": day_in_words(night), "free": free, "asked": number}
    sentence = _("“%(kind)s”, the night of %(night)s: %(free)s left, %(asked)s asked for.") % said
    words = []
    if starts := nearest_nights(asked, number):
        days = ", ".join(day_in_words(each) for each in starts)
        words.append(_("As many nights are free from: %(days)s.") % {"days": days})
    if kinds := [each.name_in(language) for each in other_kinds(asked, number)]:
        words.append(_("Free on these nights: %(kinds)s.") % {"kinds": ", ".join(kinds)})
    return BedsFull(
        sentence, " ".join(words) or _("Nothing like it is free within a week: choose other nights.")
    )


def day_in_words(day: dt.date) -> str:
    return date_format(day, "l j F Y")


def nearest_nights(asked: Nights, number: int) -> list[dt.date]:
    """The first nights, at most three, nearest to the one asked for, from which as many are free."""
    length = asked.until - asked.first
    begin = asked.first - NEAR * DAY
    found = left(Nights(asked.place, asked.kind, begin, asked.until + NEAR * DAY, asked.needs))
    shifts = sorted(range(-NEAR, NEAR + 1), key=lambda one: (abs(one), one < 0))
    fits = [
        asked.first + shift * DAY
        for shift in shifts
        if all(found[asked.first + (shift + one) * DAY] >= number for one in range(length.days))
    ]
    return sorted(fits[:3])


def other_kinds(asked: Nights, number: int) -> list[BedKind]:
    kinds = BedKind.objects.filter(rooms__place=asked.place, rooms__retired_at=None).exclude(pk=asked.kind.pk)
    return [
        each
        for each in kinds.distinct()
        if min(left(Nights(asked.place, each, asked.first, asked.until, asked.needs)).values()) >= number
    ]


def counted(write: Callable[[], object]) -> None:
    """Do it; where the database counts more than there are, say so."""
    try:
        with transaction.atomic():
            write()
    except IntegrityError as clash:
        if COUNTED not in str(clash):
            raise
        raise BedsFull from clash


def count_beds_of(resource: Resource, *, by: Account | None, at: dt.datetime) -> None:
    """A bedroom was added, changed, taken out of use or put back: its place is counted anew."""
    if resource.kind == Resource.BED:
        count_anew(place=resource.place, today=in_london(at).date(), by=by, at=at)


@transaction.atomic
def count_anew(*, place: Place | None, today: dt.date, by: Account | None, at: dt.datetime) -> int:
    """Rooms came into use or fell out of it: how many there are of each night that is sold. What is sold
    already stays sold, and the page of bedrooms says so."""
    there = Func(
        F("place_id"), F("night"), F("level"), F("need"), function="bookings_rooms_in_use",
        output_field=IntegerField(),
    )  # fmt: skip
    rows = BedNight.objects.filter(night__gte=today)
    if place is not None:
        lock_house(place)
        rows = rows.filter(place=place)
    changed = rows.exclude(there_are=there).update(
        there_are=there, over=Greatest(Value(0), F("sold") - there, output_field=IntegerField())
    )
    if changed and place is not None:
        append_audit("bookings.beds_counted", about=place, by=by, at=at, detail={"nights": changed})
    return changed
