"""Busy times of a calendar kept elsewhere: looked at first, brought in, and given back together."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.bookings.models import BroughtCalendar, Reservation, Resource, Taking
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .busy import Busy, NotACalendar, busy_spans
from .free import with_parts
from .refusals import Clash
from .reserving import Wanted, free_again, lock_resources, resources_of
from .series import take_what_is_free

KIND = "bookings.broughtcalendar"
AHEAD, MOST, LARGEST = dt.timedelta(days=366), 400, 2_000_000


class NoCalendar(Refusal):
    sentence = gettext_lazy("This is not a calendar that can be read; nothing was changed.")
    next_step = gettext_lazy("Export it as an iCalendar file (.ics), and choose that file.")


class TooMuchCalendar(Refusal):
    sentence = gettext_lazy("The calendar has more than 400 busy times in the coming year, or is too large.")
    next_step = gettext_lazy("Export fewer of its calendars, or a shorter time.")


class NotYourDiary(Refusal):
    sentence = gettext_lazy("Only your own diary, or one that you set up, takes a calendar.")
    next_step = gettext_lazy("Ask whoever sets up what can be booked.")


@dataclass(frozen=True)
class Line:
    """One busy time, and what stands in its way here; nothing where it can be taken."""

    busy: Busy
    clash: Clash | None


@dataclass(frozen=True)
class Brought:
    calendar: BroughtCalendar
    taken: int
    clashes: tuple[Line, ...]


def read_calendar(raw: bytes, *, at: dt.datetime) -> list[Busy]:
    """What lies ahead of it, within a year; what overlaps is one time."""
    if len(raw) > LARGEST:
        raise TooMuchCalendar
    try:
        spans = busy_spans(raw, since=at, until=at + AHEAD)
    except NotACalendar as wrong:
        raise NoCalendar from wrong
    together: list[Busy] = []
    for each in spans:
        if together and each.starts_at < together[-1].ends_at:
            last = together[-1]
            words = "; ".join(dict.fromkeys(part for part in (last.words, each.words) if part))
            together[-1] = Busy(last.starts_at, max(last.ends_at, each.ends_at), last.kind, words)
        else:
            together.append(each)
    if len(together) > MOST:
        raise TooMuchCalendar
    return together


def look_at_calendar(*, resource: Resource, name: str, raw: bytes, at: dt.datetime) -> list[Line]:
    """What would happen; nothing is written. What the same calendar took before is not in its own way."""
    before = _standing(resource, name)
    own = set(Reservation.objects.about(KIND, before.pk).values_list("pk", flat=True)) if before else set()
    return _lines(read_calendar(raw, at=at), resource, own)


def _standing(resource: Resource, name: str) -> BroughtCalendar | None:
    return BroughtCalendar.objects.standing().filter(resource=resource, name=name).first()


def _lines(spans: Sequence[Busy], resource: Resource, own: Collection[int]) -> list[Line]:
    """Each with the first that stands in its way; asks once for all."""
    if not spans:
        return []
    around = spans[0].starts_at, max(each.ends_at for each in spans)
    taken = Taking.objects.between(*around).filter(resource__in=with_parts([resource.pk]))
    rows = taken.select_related("resource", "reservation__made_by").order_by("blocked", "id")
    stand = [each for each in rows if each.reservation_id not in own]
    found = []
    for span in spans:
        clash = next(
            (
                each
                for each in stand
                if each.blocked.lower < span.ends_at and span.starts_at < each.blocked.upper
            ),
            None,
        )
        found.append(Line(span, Clash.of(clash) if clash else None))
    return found


def may_bring(account: Account, resource: Resource) -> bool:
    return resource.account_id == account.pk or account.may("bookings.manage")


@transaction.atomic
def bring_in(
    *, resource: Resource, name: str, raw: bytes, is_private: bool, by: Account, at: dt.datetime
) -> Brought:
    """Its busy times are taken in one statement; those that clash are listed and left out. Brought in again,
    the earlier one gives way first."""
    if not may_bring(by, resource):
        raise NotYourDiary
    spans = read_calendar(raw, at=at)
    locked = list(lock_resources(Wanted((resource,), at, at + AHEAD)))
    if before := _standing(resource, name):
        give_back(calendar=before, by=by, at=at)
    calendar = BroughtCalendar.objects.create(
        resource=resource, name=name[:120], until=at + AHEAD, made_at=at, made_by=by
    )
    asked = Reservation.objects.bulk_create(
        Reservation(
            title=(each.words or _("Busy"))[:200], starts_at=each.starts_at, ends_at=each.ends_at,
            state=Reservation.CONFIRMED, state_since=at, is_private=is_private, about_kind=KIND,
            about_id=calendar.pk, made_by=by, made_at=at,
        )
        for each in spans
    )  # fmt: skip
    wanted = [Wanted((resource,), each.starts_at, each.ends_at) for each in spans]
    taken = take_what_is_free(asked, wanted, locked) if asked else {}
    lost = [each.pk for each in asked if taken.get(each.pk, 0) < len(locked)]
    missed = [spans[number] for number, each in enumerate(asked) if each.pk in lost]
    Reservation.objects.filter(pk__in=lost).delete()
    detail = {"taken": len(asked) - len(lost), "clashes": len(lost)}
    append_audit("bookings.calendar_brought", about=calendar, by=by, at=at, detail=detail)
    return Brought(calendar, len(asked) - len(lost), tuple(_lines(missed, resource, ())))


@transaction.atomic
def give_back(*, calendar: BroughtCalendar, by: Account, at: dt.datetime) -> int:
    """Everything it took is free again; the answer is how much that was."""
    rows = Reservation.objects.standing().about(KIND, calendar.pk)
    standing = [each for each in rows if each.ends_at > at]
    for each in standing:
        lock_resources(Wanted((calendar.resource,), each.starts_at, each.ends_at), resources_of(each))
        free_again(each, "cancelled", by=by, at=at, reason=calendar.name)
    BroughtCalendar.objects.filter(pk=calendar.pk, withdrawn_at=None).update(withdrawn_at=at)
    append_audit("bookings.calendar_given_back", about=calendar, by=by, at=at)
    return len(standing)
