"""Publishing a version of the Planning Schedule: all of it or nothing, in one transaction."""

import datetime as dt
from collections import Counter

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import Nomination, PlaceNews, Schedule, ScheduleLine, ScheduleVersion

from .announcing import tell_later
from .bulk_beds import take_beds, unname_those_who_left
from .carrying_out import Done, Work, carry_out, hold_sessions, link_lines
from .checking import find_problems
from .notices import write_notices
from .placing_many import AT_ONCE
from .planned import CHANGED, MOVED, WITHDRAWN, Difference, applied, compare, lines_of_version
from .refusals import CannotPublish, NothingBefore
from .schedule import draft_from, hold_open
from .taking_along import take_along
from .telling import ask_for_filling

MOST_SAID = 3


def published_of(schedule: Schedule) -> ScheduleVersion | None:
    return ScheduleVersion.objects.published().filter(schedule=schedule).first()


def differences_of(version: ScheduleVersion, *, today: dt.date) -> list[Difference]:
    """What publishing this version would change. What is over stays as it was, whatever the version says."""
    before = published_of(version.schedule)
    return _without_what_is_over(compare(lines_of_version(before), lines_of_version(version)), today)


def _without_what_is_over(found: list[Difference], today: dt.date) -> list[Difference]:
    """A session that a version leaves out and that has begun stays."""
    return [each for each in found if each.sort != WITHDRAWN or each.line.days[0] >= today]


@transaction.atomic
def publish(
    version: ScheduleVersion, *, by: Account | None, at: dt.datetime, today: dt.date, because: str = "",
    done: Done | None = None,
) -> ScheduleVersion:  # fmt: skip
    """Sessions are opened, moved and called off as the version differs from the one before; those planned in
    get their places, or wait with the reason; readers are sent what concerns them, and everybody whose place
    changed is written to, once, when this stands. `done` was done for people before, and is told now."""
    held = hold_open(version)
    before = published_of(held.schedule)
    old, new = lines_of_version(before), lines_of_version(held)
    differences = _without_what_is_over(compare(old, new), today)
    words = because.strip()[:300] or held.note or _("The Planning Schedule has changed")
    work = Work(held, differences, by, at, words, old=old, new=applied(old, differences))
    work.sessions = hold_sessions(before, [each.key for each in differences])
    _refuse_what_cannot_be(held, differences, work, today)
    _keep_what_is_over(held, before, today)
    placed = carry_out(work)
    if done is not None:
        work.add(done)
        placed += done.placed
    take_along(work)
    unname_those_who_left(work)
    taken = take_beds(work)
    link_lines(held, before, work)
    _replace(before, by=by, at=at)
    held.state, held.published_at, held.published_by = ScheduleVersion.PUBLISHED, at, by
    held.outcome = _outcome(work, placed)
    if held.schedule.bed_kind_id is not None:
        held.outcome |= {"beds": taken.beds, "without_bed": taken.short}
    held.save(update_fields=["state", "published_at", "published_by", "outcome"])
    write_notices(work)
    _note_news(work)
    append_audit("training.publish_schedule", about=held, by=by, at=at, detail=held.outcome)
    _fill_what_is_free(work)
    tell_later(held)
    return held


@transaction.atomic
def step_back(
    version: ScheduleVersion, *, by: Account, at: dt.datetime, today: dt.date, because: str = ""
) -> ScheduleVersion:
    """The published version is replaced by the one before it, as a new version."""
    rows = ScheduleVersion.objects.filter(schedule=version.schedule_id, state=ScheduleVersion.CHANGED)
    before = rows.order_by("-published_at", "-number").select_related("schedule").first()
    if version.state != ScheduleVersion.PUBLISHED or before is None:
        raise NothingBefore
    again = draft_from(before, note=_("Back to version %(number)s") % {"number": before.number}, by=by, at=at)
    return publish(again, by=by, at=at, today=today, because=because)


def _refuse_what_cannot_be(
    version: ScheduleVersion, differences: list[Difference], work: Work, today: dt.date
) -> None:
    stops = [each for each in find_problems(version, differences, today=today) if each.stops]
    small = [
        _("%(day)s: %(taken)s people have a place, and %(places)s are planned.")
        % {"day": f"{each.line.days[0]:%d/%m/%Y}", "taken": there, "places": each.line.places}
        for each in work.of(CHANGED, MOVED)
        if each.key in work.sessions
        and (there := work.sessions[each.key].taken - len(each.left)) > each.line.places
    ]
    if words := [str(each.words) for each in stops] + small:
        raise CannotPublish(" ".join(words[:MOST_SAID]))


def _keep_what_is_over(version: ScheduleVersion, before: ScheduleVersion | None, today: dt.date) -> None:
    """Sessions that have begun stand in the new version too, if it left them out."""
    if before is None:
        return
    there = set(version.lines.values_list("key", flat=True))
    kept = [each for each in before.lines.filter(first_on__lt=today) if each.key not in there]
    for each in kept:
        each.pk, each.version = None, version
    ScheduleLine.objects.bulk_create(kept, batch_size=AT_ONCE)


def _replace(before: ScheduleVersion | None, *, by: Account | None, at: dt.datetime) -> None:
    if before is not None:
        before.state, before.ended_at, before.ended_by = ScheduleVersion.CHANGED, at, by
        before.save(update_fields=["state", "ended_at", "ended_by"])


def _outcome(work: Work, placed: int) -> dict[str, int]:
    sorts = Counter(each.sort.lower() for each in work.differences)
    states = Counter(each.state for each in work.touched.values())
    return dict(sorts) | {
        "placed": placed, "waiting": states[Nomination.WAITING], "gone": states[Nomination.WITHDRAWN],
    }  # fmt: skip


def _note_news(work: Work) -> None:
    """Everybody whose place changed is written to once this stands."""
    rows = [PlaceNews(version=work.version, nomination=each) for each in work.touched.values()]
    PlaceNews.objects.bulk_create(rows, batch_size=AT_ONCE)


def _fill_what_is_free(work: Work) -> None:
    """Those who waited for a session that has places since are looked at."""
    mine = [each.pk for each in work.sessions.values() if each.is_standing]
    waiting = Nomination.objects.in_turn().filter(session__in=mine)
    rows = waiting.exclude(pk__in=[each.pk for each in work.touched.values()]).order_by()
    ask_for_filling(*sorted(set(rows.values_list("session_id", flat=True))))
