"""A run is late: said by its crew or the desk, or seen; those still ahead are told once a threshold."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moothall.core.serving import for_the_office
from moothall.letters.models import Letter
from moothall.letters.rules.fields import date_in
from moothall.letters.rules.outbox import recall_letter
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import DayMessage, DayNotice, LateRun, PlanningFigure, Run

from . import day_refusals as refusals
from .concerned import Line, To, concerned_by_runs, digest_of, moment, passed_by
from .day_notices import greeting, tell

MOST: Final = 600
MINUTE: Final = dt.timedelta(minutes=1)


def threshold_on(day: dt.date) -> int:
    """Those ahead are told each so many minutes; nought: no figure is on record, and nobody is."""
    return int(PlanningFigure.objects.on(day).get(PlanningFigure.TOLD_LATE, 0))


@dataclass(frozen=True)
class Telling:
    """Who would be told if a run were so late now, and what they were told last."""

    to: list[To]
    key: str
    told: int  # minutes, in this bout of lateness; nought: nothing
    threshold: int
    is_due: bool

    @property
    def digest(self) -> str:
        return digest_of(self.to)


def telling_of(run: Run, day: dt.date, minutes: int, *, by: Account | None) -> Telling:
    """Exactly those still ahead; due where a threshold is crossed that they have not heard of."""
    step = threshold_on(day)
    bout = DayMessage.objects.filter(run=run, day=day, kind=DayMessage.ON_TIME).count()
    before = f"late:{run.pk}:{day.isoformat()}:{bout}:"
    heard = DayMessage.objects.filter(key__startswith=before).order_by("-minutes").first()
    told = (heard.minutes or 0) if heard is not None else 0
    level = minutes // step if step else 0
    to = concerned_by_runs(day, {run.pk}, passed=passed_by({run.pk}, day), but=by)
    is_due = bool(to) and level > (told // step if step else 0)
    return Telling(to, f"{before}{level}", told, step, is_due)


@for_the_office()
@transaction.atomic
def say_late(
    run: Run, *, day: dt.date, minutes: int, by: Account | None, at: dt.datetime, because: str = "",
    seen: str = "",
) -> LateRun:  # fmt: skip
    """So many minutes late from now on. `seen` is the list that somebody of the desk looked at; without it
    whoever is still ahead is told."""
    held = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    minutes = min(minutes, MOST)
    standing = LateRun.objects.of_run(held, day)
    if standing is not None and standing.minutes == minutes:
        return standing
    telling = telling_of(held, day, minutes, by=by)
    if seen and telling.is_due and telling.digest != seen:
        raise refusals.OthersByNow
    LateRun.objects.standing().filter(run=held, day=day).update(ended_at=at, ended_by=by)
    made = LateRun.objects.create(run=held, day=day, minutes=minutes, because=because[:200], at=at, by=by)
    detail = {"run": held.called, "minutes": minutes}
    append_audit("transport.late", about=held.plan, by=by, at=at, detail=detail)
    if telling.is_due:
        tell(
            key=telling.key, kind=DayMessage.LATE, day=day, to=telling.to, run=held, minutes=minutes, by=by,
            at=at, about=held.called, say=lambda to: late_words(to, day, held, minutes, because),
        )  # fmt: skip
    return made


@for_the_office()
@transaction.atomic
def back_on_time(run: Run, *, day: dt.date, by: Account | None, at: dt.datetime) -> DayMessage | None:
    """What has not left is taken back; whoever was told and is still ahead hears that it is on time."""
    held = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if not LateRun.objects.standing().filter(run=held, day=day).update(ended_at=at, ended_by=by):
        raise refusals.NotLate
    append_audit("transport.on_time", about=held.plan, by=by, at=at, detail={"run": held.called})
    bout = DayMessage.objects.filter(run=held, day=day, kind=DayMessage.ON_TIME).count()
    told = DayNotice.objects.filter(message__key__startswith=f"late:{held.pk}:{day.isoformat()}:{bout}:")
    rows = list(told.select_related("letter"))
    if not rows:
        return None
    heard = {(each.person_id, each.centre_id) for each in rows if not taken_back(each, by=by, at=at)}
    ahead = concerned_by_runs(day, {held.pk}, passed=passed_by({held.pk}, day), but=by)
    to = [
        each for each in ahead
        if (each.person and each.person.pk, each.centre and each.centre.pk) in heard
    ]  # fmt: skip
    return tell(
        key=f"on-time:{held.pk}:{day.isoformat()}:{bout}", kind=DayMessage.ON_TIME, day=day, to=to, run=held,
        by=by, at=at, about=held.called, say=lambda each: on_time_words(each, day, held),
    )  # fmt: skip


def taken_back(notice: DayNotice, *, by: Account | None, at: dt.datetime) -> bool:
    """Whether they never heard: the letter has not left, or nobody rang."""
    if notice.letter is None:
        return notice.told_at is None
    if by is None or notice.letter.state != Letter.QUEUED:
        return False
    recall_letter(notice.letter, by=by, at=at)
    return True


def note_seen(run: Run, *, day: dt.date, minutes: int, at: dt.datetime) -> None:
    """It was at a stop, so many minutes late. What somebody said stands until it is seen to be later still;
    what was seen goes with what is seen now."""
    step, standing = threshold_on(day), LateRun.objects.of_run(run, day)
    if not step:
        return
    if minutes >= step:
        if standing is None or standing.minutes // step < minutes // step or standing.by_id is None:
            say_late(run, day=day, minutes=minutes, by=None, at=at)
    elif standing is not None and standing.by_id is None:
        back_on_time(run, day=day, by=None, at=at)


def late_words(to: To, day: dt.date, run: Run, minutes: int, because: str = "") -> tuple[str, str]:
    """Subject and body, in the language that is set."""
    many = ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    said = {"run": run.called, "minutes": many, "day": date_in(to.language, day)}
    parts = [greeting(to), _("Run %(run)s is about %(minutes)s late today, %(day)s.") % said]
    if to.who != DayNotice.CREW:
        parts += [_expected(line, day, run, minutes) for line in to.lines if line.at is not None]
    if because:
        parts.append(_("The reason: %(because)s") % {"because": because})
    parts.append(_("You need not do anything. If something has changed for you, ring us."))
    return _("Running late: run %(run)s, about %(minutes)s") % said, "\n\n".join(parts)


def _expected(line: Line, day: dt.date, run: Run, minutes: int) -> str:
    planned = line.at or run.leaves_at
    then = moment(day, run, planned) + minutes * MINUTE
    said = {"who": line.name, "at": f"{then:%H:%M}", "before": f"{planned:%H:%M}"}
    if line.name and line.there:
        return _("%(who)s: fetched at about %(at)s instead of %(before)s.") % said
    if line.name:
        return _("%(who)s: home at about %(at)s instead of %(before)s.") % said
    return _("With you at about %(at)s instead of %(before)s.") % said


def on_time_words(to: To, day: dt.date, run: Run) -> tuple[str, str]:
    said = {"run": run.called, "day": date_in(to.language, day)}
    body = [greeting(to), _("Run %(run)s is on time again today, %(day)s.") % said]
    body += [f"{line.name or line.run}: {line.at:%H:%M}" for line in to.lines if line.at is not None]
    return _("On time again: run %(run)s") % said, "\n\n".join(body)
