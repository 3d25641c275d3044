"""The training of a manager's people as calendars read it, at an address nobody can guess."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.bookings.rules.diary import DiaryLine, diary_file
from moothall.bookings.rules.inviting import host
from moothall.core.clock import LONDON, in_london
from moothall.leave.models import decided_by
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import CohortClass, PlaceDay, TeamFeed

from .pathways.class_days import class_line, classes_between

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
    """Whoever is on the team today, a month back and a year ahead: who, which course, where; and who
    learns in a cohort or teaches one."""
    today = in_london(at).date()
    team = dict(decided_by(feed.account, on=today).order_by().values_list("pk", "person__full_name"))
    rows = PlaceDay.objects.filter(
        employment__in=team, day__gte=today - BACK, day__lte=today + AHEAD
    ).select_related(
        "employment__person", "nomination__session__version__course", "nomination__session__place"
    )  # fmt: skip
    lines = [_line(each) for each in rows.order_by("day", "pk")[:MOST]]
    lines += _classes(team, today - BACK, today + AHEAD)
    return diary_file(lines, at=at, name=_("My team’s training"))


def _classes(team: Mapping[int, str], first: dt.date, last: dt.date) -> Iterator[DiaryLine]:
    """One event for each class of each of them."""
    taught = CohortClass.objects.filter(trainer__in=team, first_on__lte=last, last_on__gte=first)
    full = taught.select_related("module", "group__cohort").order_by("first_on", "pk")
    pairs = [(who, held, False) for who, held in classes_between(first, last, list(team))]
    pairs += [(held.trainer_id, held, True) for held in full if held.trainer_id is not None]
    language = "cy" if get_language() == "cy" else "en"
    for who, held, teaches in pairs:
        line = class_line(held, host=host(), language=language, teaches=teaches)
        yield replace(line, uid=f"{who}-{line.uid}", title=f"{team[who]}: {line.title}")


def _line(place: PlaceDay) -> DiaryLine:
    session = place.nomination.session
    return DiaryLine(
        uid=f"training-{place.pk}@{host()}", edition=1,
        starts_at=dt.datetime.combine(place.day, session.begins, tzinfo=LONDON),
        ends_at=dt.datetime.combine(place.day, session.ends, tzinfo=LONDON),
        title=f"{place.employment.person.full_name}: {session.version.course}",
        where=session.place.name if session.place else "",
    )  # fmt: skip
