"""Leave in somebody's own calendar: a secret address, made and ended by them, and what stands behind it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.bookings.rules.diary import DiaryLine, diary_file
from moothall.core.signed_links import new_token
from moothall.leave.models import LeaveLink, LeaveRequest
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.workforce.away import away_between
from moothall.workforce.models import Employment

BACK, AHEAD = dt.timedelta(days=92), dt.timedelta(days=400)


@transaction.atomic
def make_link(account: Account, *, shows: str, at: dt.datetime) -> LeaveLink:
    """A new address; the one before is dead."""
    LeaveLink.objects.filter(account=account, shows=shows, ended_at=None).update(ended_at=at)
    link = LeaveLink.objects.create(account=account, shows=shows, token=new_token(), made_at=at)
    append_audit("leave.link", about=link, by=account, at=at, detail={"shows": shows})
    return link


@transaction.atomic
def end_link(link: LeaveLink, *, by: Account, at: dt.datetime) -> None:
    LeaveLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=at)
    append_audit("leave.link_ended", about=link, by=by, at=at)


def calendar_of(link: LeaveLink, *, host: str, at: dt.datetime, today: dt.date) -> bytes:
    """Own leave with its kind and state, or who of the team is away, without why."""
    spans = _own(link, today) if link.shows == LeaveLink.OWN else _team(link, today)
    lines = [
        DiaryLine(
            uid=f"leave-{link.pk}-{first:%Y%m%d}-{last:%Y%m%d}-{number}@{host}", edition=1, starts_at=first,
            ends_at=last + dt.timedelta(days=1), title=words, tentative=tentative,
            takes_time=link.shows == LeaveLink.OWN,
        )
        for number, (first, last, words, tentative) in enumerate(spans)
    ]  # fmt: skip
    return diary_file(lines, at=at, name=str(link.get_shows_display()))


Span = tuple[dt.date, dt.date, str, bool]


def _own(link: LeaveLink, today: dt.date) -> list[Span]:
    mine = Employment.objects.of_account(link.account)
    rows = LeaveRequest.objects.standing().between(today - BACK, today + AHEAD).filter(employment__in=mine)
    return [
        (
            row.from_on, row.until_on, row.kind.name_in(link.account.language),
            row.state == LeaveRequest.REQUESTED,
        )
        for row in rows.select_related("kind").order_by("from_on", "id")
    ]  # fmt: skip


def _team(link: LeaveLink, today: dt.date) -> list[Span]:
    led = Employment.objects.managed_by(link.account, on=today).select_related("person")
    names = {each.pk: each.person.full_name for each in led}
    away = away_between(list(names), today - BACK, today + AHEAD)
    return [
        (
            each.from_on,
            each.until_on or today + AHEAD,
            _("%(name)s is away") % {"name": names[each.employment_id]},
            False,
        )
        for each in away
    ]
