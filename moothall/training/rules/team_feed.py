"""The training of a manager's people as calendars read it, at an address nobody can guess."""

import datetime as dt
import hashlib
import secrets
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from moothall.bookings.rules.diary import DiaryLine, diary_file
from moothall.core.clock import LONDON, in_london
from moothall.leave.models import decided_by
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import PlaceDay, TeamFeed

BACK, AHEAD = dt.timedelta(days=31), dt.timedelta(days=366)
MOST: Final = 3000


def fingerprint(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()


@transaction.atomic
def open_team_feed(*, account: Account, at: dt.datetime) -> str:
    """A new address; the one before, if there was any, ends. It is told now and never again."""
    TeamFeed.objects.filter(account=account, withdrawn_at=None).update(withdrawn_at=at)
    address = secrets.token_urlsafe(32)
    made = TeamFeed.objects.create(account=account, fingerprint=fingerprint(address), made_at=at)
    append_audit("training.open_team_feed", about=made, by=account, at=at)
    return address


@transaction.atomic
def withdraw_team_feed(*, account: Account, at: dt.datetime) -> None:
    for feed in TeamFeed.objects.select_for_update().filter(account=account, withdrawn_at=None):
        feed.withdrawn_at = at
        feed.save(update_fields=["withdrawn_at"])
        append_audit("training.withdraw_team_feed", about=feed, by=account, at=at)


def team_feed_at(address: str) -> TeamFeed | None:
    """None once it is withdrawn, or its account is not in use."""
    rows = TeamFeed.objects.filter(fingerprint=fingerprint(address), withdrawn_at=None)
    feed = rows.select_related("account").first()
    return feed if feed is not None and feed.account.is_active else None


def team_feed_file(feed: TeamFeed, *, at: dt.datetime) -> bytes:
    """Whoever is on the team today, a month back and a year ahead: who, which course, where."""
    today = in_london(at).date()
    rows = PlaceDay.objects.filter(
        employment__in=decided_by(feed.account, on=today).values("pk"), day__gte=today - BACK,
        day__lte=today + AHEAD,
    ).select_related(
        "employment__person", "nomination__session__version__course", "nomination__session__place"
    )  # fmt: skip
    lines = [_line(each) for each in rows.order_by("day", "pk")[:MOST]]
    return diary_file(lines, at=at, name=_("My team’s training"))


def _line(place: PlaceDay) -> DiaryLine:
    session = place.nomination.session
    host = settings.PUBLIC_URL.partition("//")[2].partition("/")[0]
    return DiaryLine(
        uid=f"training-{place.pk}@{host}", edition=1,
        starts_at=dt.datetime.combine(place.day, session.begins, tzinfo=LONDON),
        ends_at=dt.datetime.combine(place.day, session.ends, tzinfo=LONDON),
        title=f"{place.employment.person.full_name}: {session.version.course}",
        where=session.place.name if session.place else "",
    )  # fmt: skip
