"""Outcomes: decided with reasons, told with the way to appeal, live until their day, then lapsed."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.cases.models import Entry
from moothall.cases.rules.refusals import need_reason
from moothall.conduct.models import Matter, Meeting, Outcome, SanctionLevel
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.letters.models import Letter
from moothall.letters.rules.fields import date_in
from moothall.people.models import Account

from . import periods
from .holding import hold, put_on_timeline, write
from .refusals import BeganLater, NotOfThisKind, NotYetHeld, ToldAlready
from .telling import Sent, send_to_them, write_by_itself
from .wording import LAPSED


def levels_of(matter: Matter) -> list[SanctionLevel]:
    """How this matter may end, by the rules of the day it began."""
    rows = SanctionLevel.objects.filter(kind=matter.kind_id).in_force(matter.began_on)
    return list(rows.order_by("position", "key"))


@transaction.atomic
def decide(
    matter: Matter, *, level: SanctionLevel, meeting: Meeting | None, reasons: str, decided_on: dt.date,
    by: Account | None, at: dt.datetime, tells_when_lapsed: bool = False,
) -> Outcome:  # fmt: skip
    """What was decided and why. A sanction comes out of a hearing that was held."""
    hold(matter, by=by)
    need_reason(reasons)
    if level not in levels_of(matter):
        raise NotOfThisKind
    if decided_on > in_london(at).date():
        raise BeganLater
    if level.live_months != 0 and (meeting is None or meeting.held_at is None):
        raise NotYetHeld
    outcome = Outcome.objects.create(
        matter=matter, meeting=meeting, level=level, reasons=reasons.strip(), decided_on=decided_on,
        live_until=periods.live_until(level, decided_on=decided_on), tells_when_lapsed=tells_when_lapsed,
        decided_by=by, decided_at=at,
    )  # fmt: skip
    put_on_timeline(matter, f"{level}\n\n{reasons.strip()}", by=by, at=at, kind=Entry.DECISION)
    write("decide", matter, by=by, at=at, outcome=outcome.pk, level=level.key)
    return outcome


@transaction.atomic
def tell_outcome(
    outcome: Outcome, *, sent: Sent, by: Account, at: dt.datetime, given_on: dt.date | None = None
) -> Letter | None:
    """They are told in writing, with reasons; the days to appeal run from then."""
    hold(outcome.matter, by=by)
    fresh = Outcome.objects.select_for_update(of=("self",)).get(pk=outcome.pk)
    if fresh.told_on is not None:
        raise ToldAlready
    told_on = given_on or in_london(at).date()
    letter = send_to_them(outcome.matter, sent, by=by, at=at)
    ends = periods.appeal_by(outcome.matter.procedure, told_on=told_on)
    Outcome.objects.filter(pk=outcome.pk).update(told_on=told_on, appeal_by=ends, letter=letter)
    write("tell", outcome.matter, by=by, at=at, outcome=outcome.pk, appeal_by=ends.isoformat())
    return letter


def said_in(language: str, outcome: Outcome) -> dict[str, str]:
    """What a letter about an outcome may say."""
    told_on = outcome.told_on or outcome.decided_on
    until = outcome.live_until if outcome.level.live_months else None
    return {
        "outcome.name": outcome.level.said("name", language), "outcome.reasons": outcome.reasons,
        "outcome.decided_on": date_in(language, outcome.decided_on),
        "outcome.live_until": date_in(language, until) if until else "",
        "outcome.appeal_by": date_in(
            language, outcome.appeal_by or periods.appeal_by(outcome.matter.procedure, told_on=told_on)
        ),
    }  # fmt: skip


@for_the_office()
def lapse_outcomes(*, at: dt.datetime, today: dt.date) -> int:
    """Write down which outcomes count no longer, since their day is over; the answer is how many."""
    due = Outcome.objects.to_lapse(today).order_by("id").values_list("pk", flat=True)
    return sum(_lapse(pk, at=at, today=today) for pk in list(due))


@transaction.atomic
def _lapse(pk: int, *, at: dt.datetime, today: dt.date) -> int:
    rows = Outcome.objects.to_lapse(today).select_for_update(of=("self",), skip_locked=True)
    outcome = (
        rows.select_related("level", "matter__case__team", "matter__employment__person").filter(pk=pk).first()
    )
    if outcome is None:
        return 0
    letter = None
    if outcome.level.live_months and outcome.tells_when_lapsed:
        letter = write_by_itself(outcome.matter, LAPSED, said=said_in, about=outcome, at=at)
    Outcome.objects.filter(pk=pk).update(lapsed_at=at, lapse_letter=letter)
    if outcome.level.live_months:
        words = _("It no longer counts: %(level)s.") % {"level": outcome.level}
        put_on_timeline(outcome.matter, words, by=None, at=at)
    write("lapse", outcome.matter, by=None, at=at, outcome=pk)
    return 1
