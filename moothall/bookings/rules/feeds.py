"""Diaries that calendars read along, at addresses nobody can guess; each can be withdrawn."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from moothall.bookings.engaged import engaged_between
from moothall.bookings.models import Appointment, CalendarFeed, Reservation, Resource, Taking
from moothall.core.clock import in_london
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .diary import DiaryLine, diary_file
from .inviting import host, line_of
from .refusals import named as name_of

BACK, AHEAD, MOST = dt.timedelta(days=31), dt.timedelta(days=366), 2000


def fingerprint(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()


@transaction.atomic
def open_feed(*, account: Account, resource: Resource | None, at: dt.datetime) -> tuple[CalendarFeed, str]:
    """A new address; the one before, if there was any, ends. It is told now and never again."""
    before = CalendarFeed.objects.standing().filter(account=account, resource=resource)
    before.update(withdrawn_at=at)
    address = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        account=account, resource=resource, fingerprint=fingerprint(address), made_at=at
    )
    append_audit("bookings.feed", about=feed, by=account, at=at)
    return feed, address


@transaction.atomic
def withdraw_feed(*, feed: CalendarFeed, by: Account, at: dt.datetime) -> None:
    if CalendarFeed.objects.standing().filter(pk=feed.pk).update(withdrawn_at=at):
        append_audit("bookings.feed_withdrawn", about=feed, by=by, at=at)


def feed_at(address: str) -> CalendarFeed | None:
    """The diary at this address; none once it is withdrawn, its account is not in use, or what it shows is
    not theirs to see any more."""
    found = CalendarFeed.objects.standing().filter(fingerprint=fingerprint(address))
    feed = found.select_related("account", "resource").first()
    if feed is None or not feed.account.is_active:
        return None
    return feed if feed.resource is None or feed.account.may("bookings.book") else None


def feed_file(feed: CalendarFeed, *, at: dt.datetime) -> bytes:
    """A month back and a year ahead. Of appointments it says when, and never who comes."""
    begins, ends = at - BACK, at + AHEAD
    if feed.resource is not None:
        return diary_file(_of_resource(feed, begins, ends), at=at, name=name_of(feed.resource))
    return diary_file(_of_account(feed.account, begins, ends), at=at, name=feed.account.name)


def _of_resource(feed: CalendarFeed, begins: dt.datetime, ends: dt.datetime) -> list[DiaryLine]:
    taken = Taking.objects.between(begins, ends).filter(resource=feed.resource_id)
    rows = taken.select_related("reservation").prefetch_related("reservation__takings__resource")
    return [_line(each, feed.account) for each in rows.order_by("shown", "id")[:MOST]]


def _line(taking: Taking, account: Account) -> DiaryLine:
    if taking.reservation is not None:
        private = taking.reservation.is_private and taking.reservation.made_by_id != account.pk
        return line_of(taking.reservation, named=not private)
    return DiaryLine(
        uid=f"taking-{taking.pk}@{host()}", edition=1, starts_at=taking.shown.lower,
        ends_at=taking.shown.upper, title="Appointment",
    )  # fmt: skip


def _of_account(account: Account, begins: dt.datetime, ends: dt.datetime) -> list[DiaryLine]:
    mine = Reservation.objects.standing().between(begins, ends).filter(
        Q(made_by=account) | Q(attendees__account=account) | Q(takings__resource__account=account)
    )  # fmt: skip
    rows = mine.distinct().prefetch_related("takings__resource").order_by("starts_at", "id")[:MOST]
    seen = Appointment.objects.standing().filter(staff=account, starts_at__lt=ends, ends_at__gt=begins)
    appointments = [
        DiaryLine(
            uid=f"appointment-{each.pk}@{host()}", edition=each.edition, starts_at=each.starts_at,
            ends_at=each.ends_at, title=each.kind.name, where=each.room.name if each.room else "",
        )
        for each in seen.select_related("kind", "room").order_by("starts_at", "id")[:MOST]
    ]  # fmt: skip
    days = in_london(begins).date(), in_london(ends).date()
    with translation.override("cy" if account.language == "cy" else "en-gb"):
        known = engaged_between([account.pk], *days)
    elsewhere = {each.line.uid: each.line for each in known if each.line is not None}
    return sorted(
        [*map(line_of, rows), *appointments, *elsewhere.values()],
        key=lambda line: (str(line.starts_at), line.uid),
    )
