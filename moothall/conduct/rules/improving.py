"""Improvement notices: given after a meeting, with a window of no more than the procedure lets it have, made
longer with a reason, and judged when the window has closed."""

import datetime as dt

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from moothall.cases.models import Entry
from moothall.cases.rules.refusals import need_reason
from moothall.conduct.models import (
    ImprovementNotice,
    Matter,
    Meeting,
    Outcome,
    SanctionLevel,
    WindowExtension,
)
from moothall.core.clock import in_london
from moothall.letters.rules.fields import date_in
from moothall.people.models import Account

from . import periods
from .deciding import decide, levels_of
from .deciding import said_in as outcome_said_in
from .holding import hold, put_on_timeline, write
from .refusals import BeganLater, NoMoreStages, NoticeStands, NotImproving, WindowTooLong


def notices_of(matter: Matter) -> list[ImprovementNotice]:
    """Those given in this matter that still stand or were judged, by stage."""
    rows = ImprovementNotice.objects.filter(outcome__matter=matter, outcome__set_aside_on=None)
    return list(rows.select_related("outcome__level").order_by("stage", "id"))


def next_level(matter: Matter) -> SanctionLevel | None:
    """The notice of the next stage, by the rules of the day it began; none where a hearing decides."""
    stage = len(notices_of(matter)) + 1
    return next((each for each in levels_of(matter) if each.notice_stage == stage), None)


@transaction.atomic
def give_notice(
    matter: Matter, *, meeting: Meeting | None, targets: str, support: str, reasons: str, from_on: dt.date,
    until_on: dt.date, by: Account | None, at: dt.datetime, exceptional_because: str = "",
) -> ImprovementNotice:  # fmt: skip
    """The next stage: what has to get better, and until when. It comes out of a meeting that was held."""
    hold(matter, by=by)
    need_reason(targets)
    before = notices_of(matter)
    if any(not each.result for each in before):
        raise NoticeStands
    level = next_level(matter)
    if level is None:
        raise NoMoreStages
    refuse_long_window(matter, from_on, until_on, exceptional=exceptional_because)
    decided_on = min(from_on, in_london(at).date())
    outcome = decide(
        matter, level=level, meeting=meeting, reasons=reasons, decided_on=decided_on, by=by, at=at,
        tells_when_lapsed=True,
    )  # fmt: skip
    made = ImprovementNotice.objects.create(
        outcome=outcome, stage=len(before) + 1, targets=targets.strip(), support=support.strip(),
        from_on=from_on, until_on=until_on, exceptional_because=exceptional_because.strip(),
    )  # fmt: skip
    write("notice", matter, by=by, at=at, stage=made.stage, until_on=until_on.isoformat())
    return made


def refuse_long_window(matter: Matter, from_on: dt.date, until_on: dt.date, *, exceptional: str) -> None:
    """Not longer than the procedure says, and in an exceptional case, with the reason, no longer than it
    says of those; where it says nothing, no window is too long."""
    if until_on < from_on:
        raise WindowTooLong(_("The window closes before it opens."), _("Check both days."))
    last = periods.longest_window(matter.procedure, given_on=from_on, exceptional=bool(exceptional.strip()))
    if last is not None and until_on > last:
        language = "cy" if translation.get_language() == "cy" else "en"
        raise WindowTooLong(
            _("The window is too long: %(last)s is the last day it can have.")
            % {"last": date_in(language, last)}
        )


@transaction.atomic
def extend_window(
    notice: ImprovementNotice, *, until_on: dt.date, because: str, exceptional: bool, by: Account,
    at: dt.datetime,
) -> ImprovementNotice:  # fmt: skip
    """Longer, with the reason; counted from the day the window opened, so that it keeps to the limit."""
    fresh = _held(notice, by=by)
    need_reason(because)
    matter = fresh.outcome.matter
    if until_on <= fresh.until_on:
        raise WindowTooLong(_("That is not later than the window closes now."), _("Choose a later day."))
    said = because if exceptional or fresh.exceptional_because else ""
    refuse_long_window(matter, fresh.from_on, until_on, exceptional=said)
    WindowExtension.objects.create(
        notice=fresh, before_on=fresh.until_on, until_on=until_on, because=because.strip(), by=by, at=at
    )
    ImprovementNotice.objects.filter(pk=fresh.pk).update(
        until_on=until_on, exceptional_because=fresh.exceptional_because or said.strip()
    )
    write("extend_window", matter, by=by, at=at, stage=fresh.stage, until_on=until_on.isoformat())
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def review_notice(
    notice: ImprovementNotice, *, result: str, because: str, reviewed_on: dt.date, by: Account | None,
    at: dt.datetime,
) -> ImprovementNotice:  # fmt: skip
    """Improved enough or not; not, only once the window has closed, so that all of it could be used."""
    fresh = _held(notice, by=by)
    need_reason(because)
    if reviewed_on > in_london(at).date() or reviewed_on < fresh.from_on:
        raise BeganLater(_("That day is before the window opened, or yet to come."), _("Check the day."))
    if result == ImprovementNotice.NOT_IMPROVED and reviewed_on <= fresh.until_on:
        raise NotImproving
    ImprovementNotice.objects.filter(pk=fresh.pk).update(
        result=result, result_because=because.strip(), reviewed_on=reviewed_on, reviewed_by=by
    )
    matter = fresh.outcome.matter
    words = f"{dict(ImprovementNotice.RESULTS)[result]}\n\n{because.strip()}"
    put_on_timeline(matter, words, by=by, at=at, kind=Entry.DECISION)
    write("review_notice", matter, by=by, at=at, stage=fresh.stage, result=result)
    fresh.refresh_from_db()
    return fresh


def _held(notice: ImprovementNotice, *, by: Account | None) -> ImprovementNotice:
    matter = hold(notice.outcome.matter, by=by)
    rows = ImprovementNotice.objects.select_for_update(of=("self",)).select_related("outcome")
    fresh = rows.get(pk=notice.pk)
    fresh.outcome.matter = matter
    if fresh.result or fresh.outcome.set_aside_on is not None:
        raise NoticeStands(_("This notice has been judged or set aside."), _("Look at the matter again."))
    return fresh


def said_in(language: str, outcome: Outcome) -> dict[str, str]:
    """What the letter of a notice may say: of the outcome, and of what has to improve by when."""
    notice: ImprovementNotice | None = getattr(outcome, "notice", None)
    said = outcome_said_in(language, outcome)
    if notice is None:
        return said
    return said | {
        "notice.targets": "\n".join(f"• {each}" for each in notice.wanted()),
        "notice.support": notice.support, "notice.from_on": date_in(language, notice.from_on),
        "notice.until_on": date_in(language, notice.until_on), "notice.stage": str(notice.stage),
    }  # fmt: skip
