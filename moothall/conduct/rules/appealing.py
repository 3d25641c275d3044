"""Appeals: lodged in time, heard by somebody who had no part in it, and decided with reasons."""

import datetime as dt

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Entry
from moothall.cases.rules.refusals import need_reason
from moothall.conduct.models import Appeal, Meeting, Outcome, SanctionLevel
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.letters.models import Letter
from moothall.letters.rules.fields import LANGUAGES, date_in
from moothall.people.models import Account

from . import periods
from .deciding import levels_of
from .holding import hold, put_on_timeline, write
from .refusals import BeganLater, NotOfThisKind, ToldOfIt
from .telling import Sent, send_to_them


class OutOfTime(Refusal):
    sentence = _("The days to appeal are over.")
    next_step = _("Say why it is heard all the same, or do not write it down as an appeal.")


class NotTold(Refusal):
    sentence = _("They have not been told of this outcome in writing.")
    next_step = _("Tell them first: the days to appeal run from then.")


class AppealedAlready(Refusal):
    sentence = _("This outcome has been appealed against, or no longer stands.")
    next_step = _("Look at the matter again.")


class NotHeard(Refusal):
    sentence = _("An appeal is decided at an appeal hearing that has been held.")
    next_step = _("Arrange the appeal hearing with a chair who had no part in it, and hold it first.")


@transaction.atomic
def lodge_appeal(
    outcome: Outcome, *, lodged_on: dt.date, grounds: str, late_because: str, by: Account, at: dt.datetime
) -> Appeal:
    """They appeal; after the last day only with a reason why it is heard all the same."""
    hold(outcome.matter, by=by)
    need_reason(grounds)
    fresh = Outcome.objects.select_for_update(of=("self",)).get(pk=outcome.pk)
    if fresh.appeal_by is None:
        raise NotTold
    if fresh.set_aside_on is not None or Appeal.objects.filter(outcome=fresh).exists():
        raise AppealedAlready
    if lodged_on > in_london(at).date():
        raise BeganLater
    if lodged_on > fresh.appeal_by and not late_because.strip():
        raise OutOfTime
    appeal = Appeal.objects.create(
        outcome=fresh, lodged_on=lodged_on, grounds=grounds.strip(), late_because=late_because.strip(),
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    write("appeal", outcome.matter, by=by, at=at, outcome=outcome.pk)
    return appeal


@transaction.atomic
def decide_appeal(
    appeal: Appeal, *, meeting: Meeting | None, decision: str, reasons: str, decided_on: dt.date,
    level: SanctionLevel | None, by: Account, at: dt.datetime,
) -> Appeal:  # fmt: skip
    """Upheld, the outcome counts no longer; varied, another counts from the day of the first."""
    outcome = appeal.outcome
    matter = hold(outcome.matter, by=by)
    need_reason(reasons)
    fresh = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    if fresh.decision:
        raise AppealedAlready
    if meeting is None or meeting.kind != Meeting.APPEAL or meeting.held_at is None:
        raise NotHeard
    if decided_on > in_london(at).date():
        raise BeganLater
    instead = (
        _other_outcome(outcome, level, reasons=reasons, by=by, at=at) if decision == Appeal.VARIED else None
    )
    Appeal.objects.filter(pk=fresh.pk).update(
        meeting=meeting, decision=decision, reasons=reasons.strip(), decided_on=decided_on, instead=instead
    )
    if decision != Appeal.DISMISSED:
        Outcome.objects.filter(pk=outcome.pk).update(
            set_aside_on=decided_on, set_aside_because=reasons.strip()
        )
    words = str(dict(Appeal.DECISIONS)[decision])
    put_on_timeline(matter, f"{words}\n\n{reasons.strip()}", by=by, at=at, kind=Entry.DECISION)
    write("decide_appeal", matter, by=by, at=at, outcome=outcome.pk, decision=decision)
    fresh.refresh_from_db()
    return fresh


def _other_outcome(
    outcome: Outcome, level: SanctionLevel | None, *, reasons: str, by: Account, at: dt.datetime
) -> Outcome:
    """It counts from the day the first was decided, so that an appeal never makes it longer."""
    if level is None or level == outcome.level or level not in levels_of(outcome.matter):
        raise NotOfThisKind
    return Outcome.objects.create(
        matter=outcome.matter, meeting=outcome.meeting, level=level, reasons=reasons.strip(),
        decided_on=outcome.decided_on, live_until=periods.live_until(level, decided_on=outcome.decided_on),
        tells_when_lapsed=outcome.tells_when_lapsed, decided_by=by, decided_at=at,
    )  # fmt: skip


@transaction.atomic
def tell_appeal(
    appeal: Appeal, *, sent: Sent, by: Account, at: dt.datetime, given_on: dt.date | None = None
) -> Letter | None:
    """They are told in writing what was decided on their appeal, once."""
    hold(appeal.outcome.matter, by=by)
    fresh = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    if not fresh.decision:
        raise NotHeard
    if fresh.told_on is not None:
        raise ToldOfIt
    letter = send_to_them(appeal.outcome.matter, sent, by=by, at=at)
    Appeal.objects.filter(pk=fresh.pk).update(told_on=given_on or in_london(at).date(), letter=letter)
    write("tell_appeal", appeal.outcome.matter, by=by, at=at, outcome=appeal.outcome_id)
    return letter


def said_in(language: str, appeal: Appeal) -> dict[str, str]:
    """What the letter about a decided appeal may say."""
    with translation.override(LANGUAGES[language]):
        decision = str(dict(Appeal.DECISIONS).get(appeal.decision, ""))
    return {
        "outcome.name": appeal.outcome.level.said("name", language), "appeal.decision": decision,
        "appeal.reasons": appeal.reasons,
        "appeal.decided_on": date_in(language, appeal.decided_on) if appeal.decided_on else "",
    }  # fmt: skip
