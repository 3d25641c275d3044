"""What takes people and rooms between two days, for the finder of times. Reads only.

Of an appointment it says that there is one, of what is private that it is, of an absence that somebody is
away: nobody learns from a search more than they may see elsewhere.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from moothall.bookings.engaged import Engaged, engaged_between
from moothall.bookings.models import (
    Appointment,
    Closure,
    ProtectedTime,
    Reservation,
    Resource,
    ResourcePart,
    SiteJourney,
    Taking,
)
from moothall.cases.rules.reckoning import working_calendar
from moothall.cases.wall import for_the_office
from moothall.people.models.working import (
    Span,
    absences_by_account,
    at_on,
    days_between,
    without,
    working_times,
)

ONE = dt.timedelta(days=1)
Kept = dict[int, list[Engaged]]


def whole(first: dt.date, last: dt.date) -> Span:
    return at_on(first, dt.time(0)), at_on(last + ONE, dt.time(0))


def people_taken(accounts: Collection[int], first: dt.date, last: dt.date) -> Kept:
    """What each of these is taken by: bookings, appointments, absences, hours not worked, and what the floors
    above know."""
    found: Kept = defaultdict(list)
    rows = [
        *_booked(accounts, first, last), *_appointed(accounts, first, last), *_away(accounts, first, last),
        *engaged_between(accounts, first, last),
    ]  # fmt: skip
    for each in rows:
        found[each.account_id].append(each)
    return found


def _booked(accounts: Collection[int], first: dt.date, last: dt.date) -> list[Engaged]:
    """Bookings to which they are invited, or for which their own diary is taken."""
    rows = Reservation.objects.standing().between(*whole(first, last)).filter(
        Q(attendees__account__in=accounts) | Q(takings__resource__account__in=accounts)
    ).distinct().prefetch_related("attendees", "takings__resource")  # fmt: skip
    found = []
    for each in rows:
        takings = list(each.takings.all())
        diaries = {taking.resource.account_id for taking in takings} | {
            one.account_id for one in each.attendees.all()
        }
        rooms = [taking.resource for taking in takings if taking.resource.kind == Resource.ROOM]
        why = _("a private booking") if each.is_private else each.title
        place = rooms[0].place_id if rooms else None
        found += [
            Engaged(who, each.starts_at, each.ends_at, why, place) for who in accounts if who in diaries
        ]
    return found


def _appointed(accounts: Collection[int], first: dt.date, last: dt.date) -> list[Engaged]:
    begins, ends = whole(first, last)
    with for_the_office():
        rows = Appointment.objects.standing().filter(
            staff__in=accounts, starts_at__lt=ends, ends_at__gt=begins
        )
        said = list(rows.order_by().values_list("staff_id", "starts_at", "ends_at", "room__place_id"))
    return [Engaged(who, one, other, _("an appointment"), place) for who, one, other, place in said]


def _away(accounts: Collection[int], first: dt.date, last: dt.date) -> list[Engaged]:
    """Absences, and for those whose hours are known the rest of each day."""
    found = []
    for who, rows in absences_by_account(accounts, first, last).items():
        for each in rows:
            day = max(each.from_on, first)
            while day <= min(each.until_on, last):
                found.append(Engaged(who, *each.spans(day), _("away"), tiring=False))
                day += ONE
    for (who, day), spans in working_times(accounts, first, last).items():
        for span in without([whole(day, day)], spans):
            found.append(Engaged(who, *span, _("does not work then"), tiring=False))
    return found


def rooms_taken(rooms: Collection[Resource], first: dt.date, last: dt.date) -> dict[int, list[Span]]:
    """When each of these rooms, or what it is a part of or made of, is taken or shut."""
    found: dict[int, list[Span]] = defaultdict(list)
    around = whole(first, last)
    ids = [each.pk for each in rooms]
    made_of = defaultdict(set)
    for one, part in ResourcePart.objects.filter(whole__in=ids).values_list("whole_id", "part_id"):
        made_of[part].add(one)
    taken = Taking.objects.between(*around).filter(resource__in={*ids, *made_of})
    for resource, span in taken.values_list("resource_id", "blocked"):
        for room in {resource, *made_of.get(resource, ())}:
            found[room].append((span.lower, span.upper))
    for shut in Closure.objects.between(*around):
        for each in rooms:
            if (shut.room_id or each.pk) == each.pk and (shut.place_id or each.place_id) == each.place_id:
                found[each.pk].append((shut.begins_at, shut.ends_at))
    return found


def closed_days(first: dt.date, last: dt.date) -> frozenset[dt.date]:
    """Weekdays on which the office does not work."""
    calendar = working_calendar(settings.OFFICE_CALENDAR)
    return frozenset(
        day for day in days_between(first, last) if day.weekday() < 5 and not calendar.is_working_day(day)
    )


def protected_spans(first: dt.date, last: dt.date) -> list[Span]:
    rows = list(ProtectedTime.objects.all())
    return [
        (at_on(day, each.begins), at_on(day, each.ends))
        for day in days_between(first, last)
        for each in rows
        if each.weekday is None or each.weekday == day.weekday()
    ]


def journeys() -> dict[tuple[str, str], int]:
    """Minutes between sites, by their numbers."""
    rows = SiteJourney.objects.order_by().values_list("one_id", "other_id", "minutes")
    return {(str(one), str(other)): minutes for one, other, minutes in rows}
