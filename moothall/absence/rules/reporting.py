"""Recording that somebody is off sick, that they are back, and putting the record right."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from clocks.working_time import calendar
from moothall.absence.models import Episode, EpisodeChange, Figure, Reason
from moothall.cases.models import Case, Service
from moothall.cases.rules.opening import open_case
from moothall.core.clock import in_london
from moothall.core.templatetags.parts import spelled
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Employment

from . import refusals, ticking
from .evidence import brought_up_to_date
from .triggers import look_at_triggers

DAY = dt.timedelta(days=1)
SERVICE = "sickness_episode"
KEPT = (
    "reason_id", "first_day", "last_day", "half_first", "half_last", "expected_back_on", "on_duty_injury",
    "accident_on", "counts", "left_out_because", "keep_in_touch", "note", "interview_due_on", "withdrawn_at",
    "withdrawn_by_id",
)  # fmt: skip
READ: Final[dict[str, Callable[[str], dt.date]]] = dict.fromkeys(
    ("first_day", "last_day", "expected_back_on", "accident_on", "interview_due_on"), dt.date.fromisoformat
) | {"withdrawn_at": dt.datetime.fromisoformat}


@dataclass(frozen=True, kw_only=True)
class Report:
    """What is said when somebody rings in sick, or is put right later."""

    reason: Reason | None
    first_day: dt.date
    last_day: dt.date | None = None
    half_first: bool = False
    half_last: bool = False
    expected_back_on: dt.date | None = None
    on_duty_injury: bool = False
    accident_on: dt.date | None = None
    left_out_because: str = ""
    keep_in_touch: str = ""
    note: str = ""

    def values(self) -> dict[str, Any]:
        """As columns of the episode. What is left out is so by its reason, or because somebody says why."""
        counts = not self.left_out_because and (self.reason is None or self.reason.counts)
        accident = (self.accident_on or self.first_day) if self.on_duty_injury else None
        given = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return given | {"counts": counts, "accident_on": accident}


@transaction.atomic
def report_absence(
    employment: Employment, *, report: Report, by: Account | None, at: dt.datetime, with_case: bool = True
) -> Episode:
    """Somebody is off sick from a day. Whoever is off already is not off twice."""
    today = in_london(at).date()
    held = Employment.objects.select_for_update(of=("self",)).select_related("person").get(pk=employment.pk)
    _check_days(held, report.first_day, report.last_day, today=today)
    refuse_overlap(held, report.first_day, report.last_day)
    episode = Episode(employment=held, reported_at=at, reported_by=by, **report.values())
    if episode.last_day is not None:
        episode.interview_due_on = interview_day(episode)
    if with_case:
        episode.case = _case_for(episode, by=by, at=at)
    episode.save(force_insert=True)
    _note(episode, EpisodeChange.BEGUN, {}, by=by, at=at)
    look_at_triggers(held, on=today, at=at)
    for key in ("report", "trigger"):
        ticking.tick(episode, key, by=by, at=at)
    return brought_up_to_date(episode)


def _check_days(employment: Employment, first: dt.date, last: dt.date | None, *, today: dt.date) -> None:
    if last is not None and last < first:
        raise refusals.EndsBefore
    if first > today or (last is not None and last > today):
        raise refusals.NotYet
    if first < employment.started_on or (employment.ended_on is not None and first > employment.ended_on):
        raise refusals.NotEmployed


def refuse_overlap(
    employment: Employment, first: dt.date, last: dt.date | None, *, but: Episode | None = None
) -> None:
    rows = Episode.objects.standing().filter(employment=employment).filter(
        Q(last_day=None) | Q(last_day__gte=first)
    )  # fmt: skip
    if last is not None:
        rows = rows.filter(first_day__lte=last)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    found = rows.order_by("first_day").first()
    if found is not None:
        raise refusals.OffAlready(found.first_day, found.last_day)


def _case_for(episode: Episode, *, by: Account | None, at: dt.datetime) -> Case | None:
    """The case it hangs on, where the office has such a service. Its title says nothing of the reason."""
    service = Service.objects.filter(key=SERVICE, retired_at=None).select_related("team").first()
    if service is None:
        return None
    person = episode.employment.person
    with override("cy" if person.language == "cy" else "en-gb"):
        title = _("Off sick from %(day)s") % {"day": spelled(episode.first_day, "j F Y")}
    return open_case(
        service, at=at, title=title, channel="staff", received_at=at, by=by, requester=person, subject=person,
        language=person.language, confidentiality=Case.TEAM,
    )  # fmt: skip


def interview_day(episode: Episode) -> dt.date | None:
    """By when whoever is back has been talked with: so many working days after the first day at work."""
    if episode.last_day is None:
        return None
    figures = Figure.objects.on(episode.last_day, workforce=episode.employment.workforce)
    nation = {"ENG": "ENG", "WLS": "WLS", "SCT": "SCO", "NIR": "NI"}[episode.employment.nation]
    return calendar(nation).add_working_days(episode.last_day, figures.whole("interview_days"))


@transaction.atomic
def record_return(
    episode: Episode, *, last_day: dt.date, half_last: bool = False, by: Account, at: dt.datetime
) -> EpisodeChange:
    """They are back: this was the last day away."""
    held = _held(episode)
    if held.last_day is not None:
        raise refusals.BackAlready
    _check_days(held.employment, held.first_day, last_day, today=in_london(at).date())
    before = _as_it_stands(held)
    held.last_day, held.half_last = last_day, half_last
    held.interview_due_on = interview_day(held)
    ticking.tick(held, "return", outcome="full", by=by, at=at)
    return _save(held, EpisodeChange.RETURNED, before, by=by, at=at)


@transaction.atomic
def reopen_absence(episode: Episode, *, because: str, by: Account, at: dt.datetime) -> EpisodeChange:
    """They are not back after all: the same absence goes on."""
    held = _held(episode)
    if held.last_day is None:
        raise refusals.StillOff
    refuse_overlap(held.employment, held.first_day, None, but=held)
    before = _as_it_stands(held)
    held.last_day, held.half_last, held.interview_due_on = None, False, None
    ticking.untick(held, "return", because=because or _("They are not back after all."), by=by, at=at)
    return _save(held, EpisodeChange.REOPENED, before, because=because, by=by, at=at)


@transaction.atomic
def correct_absence(
    episode: Episode, *, report: Report, because: str, by: Account, at: dt.datetime
) -> EpisodeChange:
    """Put right what was recorded wrongly; how it stood before is kept."""
    held = _held(episode)
    _check_days(held.employment, report.first_day, report.last_day, today=in_london(at).date())
    refuse_overlap(held.employment, report.first_day, report.last_day, but=held)
    before = _as_it_stands(held)
    ended = report.last_day != held.last_day
    for name, value in report.values().items():
        setattr(held, name, value)
    if ended:
        held.interview_due_on = interview_day(held)
    return _save(held, EpisodeChange.CORRECTED, before, because=because, by=by, at=at)


@transaction.atomic
def split_absence(
    episode: Episode, *, last_day: dt.date, again_from: dt.date, because: str, by: Account, at: dt.datetime
) -> EpisodeChange:
    """They worked in between: one absence becomes two, and each certificate goes with the days it covers."""
    held = _held(episode)
    ends = held.last_day or in_london(at).date()
    if not held.first_day <= last_day < again_from - DAY or again_from > ends:
        raise refusals.NotWithin
    before = _as_it_stands(held)
    second = Episode(
        employment=held.employment, reported_at=at, reported_by=by, reason=held.reason, first_day=again_from,
        last_day=held.last_day, half_last=held.half_last, expected_back_on=held.expected_back_on,
        counts=held.counts, left_out_because=held.left_out_because, keep_in_touch=held.keep_in_touch,
        interview_due_on=held.interview_due_on,
    )  # fmt: skip
    held.last_day, held.half_last = last_day, False
    held.interview_due_on = interview_day(held)
    change = _save(held, EpisodeChange.SPLIT, before, because=because, by=by, at=at)
    second.save(force_insert=True)
    EpisodeChange.objects.filter(pk=change.pk).update(other=second)
    held.certificates.filter(from_on__gt=last_day).update(episode=second)
    brought_up_to_date(second)
    brought_up_to_date(held)
    return change


@transaction.atomic
def withdraw_absence(episode: Episode, *, because: str, by: Account, at: dt.datetime) -> EpisodeChange:
    """It was recorded by mistake: it is kept, and counts for nothing."""
    held = _held(episode)
    before = _as_it_stands(held)
    held.withdrawn_at, held.withdrawn_by, held.interview_due_on = at, by, None
    return _save(held, EpisodeChange.WITHDRAWN, before, because=because, by=by, at=at)


@transaction.atomic
def undo_change(change: EpisodeChange, *, by: Account, at: dt.datetime) -> Episode:
    """Put the absence back as it stood before its latest change; the first record is withdrawn."""
    held = Episode.objects.select_for_update(of=("self",)).get(pk=change.episode_id)
    latest = held.changes.filter(undone_at=None).first()
    if latest is None or latest.pk != change.pk:
        raise refusals.UndoneAlready
    if latest.kind == EpisodeChange.BEGUN:
        held.withdrawn_at, held.withdrawn_by, held.interview_due_on = at, by, None
    else:
        _put_back(held, latest, by=by, at=at)
    held.save(update_fields=[name.removesuffix("_id") for name in KEPT])
    EpisodeChange.objects.filter(pk=latest.pk).update(undone_at=at, undone_by=by)
    append_audit("absence.undo", about=held, by=by, at=at, detail={"change": latest.kind})
    look_at_triggers(held.employment, on=in_london(at).date(), at=at)
    return brought_up_to_date(held)


def _put_back(held: Episode, change: EpisodeChange, *, by: Account, at: dt.datetime) -> None:
    for name, value in change.before.items():
        read = READ.get(name)
        setattr(held, name, read(value) if read and value is not None else value)
    if change.other_id is not None:
        second = Episode.objects.select_for_update(of=("self",)).get(pk=change.other_id)
        second.certificates.update(episode=held)
        Episode.objects.filter(pk=second.pk).update(withdrawn_at=at, withdrawn_by=by, interview_due_on=None)
    if held.withdrawn_at is None:
        refuse_overlap(held.employment, held.first_day, held.last_day, but=held)


def _held(episode: Episode) -> Episode:
    rows = Episode.objects.select_for_update(of=("self",)).select_related("employment__person")
    held = rows.get(pk=episode.pk)
    if held.withdrawn_at is not None:
        raise refusals.Withdrawn
    return held


def _as_it_stands(episode: Episode) -> dict[str, Any]:
    values = {name: getattr(episode, name) for name in KEPT}
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()
    }


def _save(
    held: Episode,
    kind: str,
    before: dict[str, Any],
    *,
    because: str = "",
    by: Account | None,
    at: dt.datetime,
) -> EpisodeChange:
    held.save(update_fields=[name.removesuffix("_id") for name in KEPT])
    change = _note(held, kind, before, because=because, by=by, at=at)
    look_at_triggers(held.employment, on=in_london(at).date(), at=at)
    brought_up_to_date(held)
    return change


def _note(
    episode: Episode, kind: str, before: dict[str, Any], *, because: str = "", by: Account | None,
    at: dt.datetime,
) -> EpisodeChange:  # fmt: skip
    change = EpisodeChange.objects.create(
        episode=episode, kind=kind, before=before, because=because.strip()[:300], by=by, at=at
    )
    append_audit(
        f"absence.{kind.lower()}", about=episode, by=by, at=at,
        detail={"employment": episode.employment.number, "because": because.strip()[:300]},
    )  # fmt: skip
    return change
