"""Hours, absences, presence and languages of the people who work here."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.core.audit import write_down
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.people.models.working import Absence, LanguageSkill, Presence, WorkHours


class HoursOverlap(Refusal):
    sentence = _("Two of these hours on one day overlap, or end before they begin.")
    next_step = _("Give each day hours that follow one another.")


class AwayAlready(Refusal):
    sentence = _("They are away already on one of these days.")
    next_step = _("Take the earlier absence back first, or choose other days.")


class DaysBackwards(Refusal):
    sentence = _("It would end before it begins.")
    next_step = _("Give a later end.")


@dataclass(frozen=True)
class DayHours:
    """On this day of the week, from when until when."""

    weekday: int
    begins: dt.time
    ends: dt.time


@transaction.atomic
def set_week(
    account: Account, *, hours: Sequence[DayHours], from_on: dt.date, by: Account | None, at: dt.datetime
) -> list[WorkHours]:
    """From this day on somebody works these hours; the hours they worked before are kept as they were."""
    ordered = sorted(hours, key=lambda each: (each.weekday, each.begins))
    pairs = pairwise(ordered)
    if any(one.ends <= one.begins for one in ordered) or any(
        one.weekday == other.weekday and other.begins < one.ends for one, other in pairs
    ):
        raise HoursOverlap
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    held = WorkHours.objects.filter(account=account)
    held.filter(from_on__gte=from_on).delete()
    held.filter(Q(until_on=None) | Q(until_on__gte=from_on)).update(until_on=from_on - dt.timedelta(days=1))
    rows = [
        WorkHours(account=account, weekday=each.weekday, begins=each.begins, ends=each.ends, from_on=from_on)
        for each in ordered
    ]
    WorkHours.objects.bulk_create(rows)
    write_down("people.hours", by=by, at=at, about=account, detail={"from": from_on.isoformat()})
    return rows


@transaction.atomic
def enter_absence(
    account: Account,
    *,
    kind: str,
    from_on: dt.date,
    until_on: dt.date,
    by: Account | None,
    at: dt.datetime,
    begins: dt.time | None = None,
    ends: dt.time | None = None,
) -> Absence:
    """Somebody will not be at work. What it is for is seen by themselves and by those who plan the work."""
    if until_on < from_on or (begins and (not ends or ends <= begins or from_on != until_on)):
        raise DaysBackwards
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if begins is None and Absence.objects.between(from_on, until_on).filter(account=account).exists():
        raise AwayAlready
    absence = Absence.objects.create(
        account=account, kind=kind, from_on=from_on, until_on=until_on, begins=begins,
        ends=ends if begins else None, entered_by=by, entered_at=at,
    )  # fmt: skip
    detail = {"from": from_on.isoformat(), "until": until_on.isoformat()}
    write_down("people.absence", by=by, at=at, about=account, detail=detail)
    return absence


@transaction.atomic
def withdraw_absence(absence: Absence, *, by: Account, at: dt.datetime) -> bool:
    """They will be at work after all. True the first time."""
    done = Absence.objects.standing().filter(pk=absence.pk).update(withdrawn_by=by, withdrawn_at=at)
    if done:
        write_down("people.absence_withdrawn", by=by, at=at, about=absence.account)
    return bool(done)


@transaction.atomic
def restore_absence(absence: Absence, *, by: Account, at: dt.datetime) -> None:
    """The absence stands after all."""
    between = Absence.objects.between(absence.from_on, absence.until_on)
    if between.filter(account=absence.account_id).exists():
        raise AwayAlready
    Absence.objects.filter(pk=absence.pk).update(withdrawn_by=None, withdrawn_at=None)
    write_down("people.absence", by=by, at=at, about=absence.account)


@transaction.atomic
def say_presence(account: Account, *, day: dt.date, is_in: bool, by: Account, at: dt.datetime) -> Presence:
    """They are in, or out, today."""
    said = Presence.objects.create(account=account, day=day, is_in=is_in, said_by=by, said_at=at)
    write_down("people.presence", by=by, at=at, about=account, detail={"in": is_in})
    return said


@transaction.atomic
def say_language(
    account: Account, *, language: str, level: int, by: Account | None, at: dt.datetime
) -> LanguageSkill | None:
    """How well somebody works in a language; level 0 is not at all."""
    if level == 0:
        LanguageSkill.objects.filter(account=account, language=language).delete()
        skill = None
    else:
        skill, _made = LanguageSkill.objects.update_or_create(
            account=account, language=language, defaults={"level": level}
        )
    write_down("people.language", by=by, at=at, about=account, detail={"language": language, "level": level})
    return skill
