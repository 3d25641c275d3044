"""Occupational health is asked and answers; a phased return is agreed, ends by itself, or is ended early."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from clocks.phased_return import days_lost, last_day
from moothall.absence.models import Episode, Figure, PhasedPlan, Prompt, Referral
from moothall.core.clock import in_london
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Assignment

from . import refusals, ticking
from .writing import write_to

FULL_DAY = Decimal("7.4")


@transaction.atomic
def refer(
    episode: Episode, *, asked_on: dt.date, asks: str, provider: str, consent_on: dt.date | None,
    consent_how: str, by: Account, at: dt.datetime, sends_copy: bool = False,
) -> Referral:  # fmt: skip
    """Ask occupational health, once they have agreed to it."""
    held = (
        Episode.objects.select_for_update(of=("self",))
        .select_related("employment__person")
        .get(pk=episode.pk)
    )
    if held.withdrawn_at is not None:
        raise refusals.Withdrawn
    if consent_on is None or consent_on > asked_on:
        raise refusals.ConsentNeeded
    if asked_on > in_london(at).date():
        raise refusals.NotYet
    if held.referrals.waiting().exists():
        raise refusals.AskedAlready
    made = Referral.objects.create(
        episode=held, asked_on=asked_on, asks=asks.strip(), provider=provider.strip(), consent_on=consent_on,
        consent_how=consent_how.strip(), asked_by=by, asked_at=at,
    )  # fmt: skip
    append_audit("absence.referred", about=held, by=by, at=at, detail={"referral": made.pk})
    ticking.tick(held, "oh14", outcome="referred", by=by, at=at)
    if sends_copy:
        write_to(held, kind=Prompt.REFERRED, for_day=asked_on, by=by, at=at)
    return made


@transaction.atomic
def answer_referral(
    referral: Referral, *, answered_on: dt.date, outcome: str, advice: str, seen_on: dt.date | None,
    review_on: dt.date | None, by: Account, at: dt.datetime,
) -> Referral:  # fmt: skip
    """The outcome and what would help at work; nothing else of the answer is kept."""
    fresh = _waiting(referral)
    if answered_on > in_london(at).date() or answered_on < fresh.asked_on:
        raise refusals.NotWithin
    Referral.objects.filter(pk=fresh.pk).update(
        answered_on=answered_on, outcome=outcome, advice=advice.strip(), seen_on=seen_on, review_on=review_on,
        answered_by=by,
    )  # fmt: skip
    append_audit("absence.referral_answered", about=fresh.episode, by=by, at=at, detail={"outcome": outcome})
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def withdraw_referral(referral: Referral, *, because: str, by: Account, at: dt.datetime) -> Referral:
    """They take their consent back, or it is not needed any more."""
    fresh = _waiting(referral)
    if not because.strip():
        raise refusals.SayWhy
    Referral.objects.filter(pk=fresh.pk).update(withdrawn_at=at, withdrawn_because=because.strip()[:300])
    append_audit(
        "absence.referral_withdrawn", about=fresh.episode, by=by, at=at, detail={"referral": fresh.pk}
    )
    fresh.refresh_from_db()
    return fresh


def _waiting(referral: Referral) -> Referral:
    fresh = Referral.objects.select_for_update(of=("self",)).select_related("episode").get(pk=referral.pk)
    if not fresh.waits:
        raise refusals.AnsweredAlready
    return fresh


@transaction.atomic
def agree_plan(
    episode: Episode, *, from_on: dt.date, weeks: Sequence[Decimal], note: str, by: Account, at: dt.datetime
) -> PhasedPlan:
    """Once they are back: so many hours in each week, fewer than usual, and no longer than the office lets a
    plan be."""
    held = Episode.objects.select_for_update(of=("self",)).select_related("employment").get(pk=episode.pk)
    if held.last_day is None:
        raise refusals.StillOff
    if from_on < held.last_day or not weeks:
        raise refusals.NotWithin
    usual = usual_hours(held, from_on)
    most = Figure.objects.on(from_on, workforce=held.employment.workforce).whole("phased_weeks")
    if len(weeks) > most:
        raise refusals.PlanTooLong(most)
    if any(not 0 < each <= usual for each in weeks):
        raise refusals.HoursNotWithin(usual)
    if held.plans.filter(ended_on=None).exists():
        raise refusals.PlannedAlready
    made = PhasedPlan.objects.create(
        episode=held, from_on=from_on, until_on=last_day(from_on, weeks), weeks=list(weeks),
        usual_hours=usual, note=note.strip(), by=by, at=at,
    )  # fmt: skip
    append_audit("absence.phased", about=held, by=by, at=at, detail={"weeks": [str(each) for each in weeks]})
    ticking.tick_anew(
        held, "return", outcome="phased", because=_("A phased return was agreed."), by=by, at=at
    )
    return made


@transaction.atomic
def end_plan(
    plan: PhasedPlan, *, ended_on: dt.date, because: str, by: Account, at: dt.datetime
) -> PhasedPlan:
    """Earlier than it would have ended by itself."""
    fresh = PhasedPlan.objects.select_for_update(of=("self",)).select_related("episode").get(pk=plan.pk)
    if fresh.ended_on is not None or in_london(at).date() > fresh.until_on:
        raise refusals.PlanOver
    if not because.strip():
        raise refusals.SayWhy
    if ended_on > fresh.until_on:
        raise refusals.NotWithin
    PhasedPlan.objects.filter(pk=fresh.pk).update(ended_on=ended_on, ended_because=because.strip()[:300])
    append_audit("absence.phased_ended", about=fresh.episode, by=by, at=at, detail={"plan": fresh.pk})
    fresh.refresh_from_db()
    return fresh


def usual_hours(episode: Episode, on: dt.date) -> Decimal:
    """Of a week, by the assignment of that day."""
    rows = Assignment.objects.in_force(on).filter(employment=episode.employment_id, is_main=True)
    return rows.values_list("weekly_hours", flat=True).first() or Decimal(0)


def rules_of_days_lost() -> list[Figure]:
    """From when on hours not worked in a phased return count as days lost, and from when not."""
    rows = Figure.objects.filter(key="phased_counts", workforce="", value__isnull=False)
    return list(rows.order_by("from_on", "id"))


def lost_by_plan(plan: PhasedPlan, *, on: dt.date, rules: Sequence[Figure]) -> tuple[Decimal, Decimal]:
    """Hours not worked until that day, and the days lost they count for by the rule of its first day."""
    hours = plan.hours_left_out(on)
    held = [
        each for each in rules
        if each.from_on <= plan.from_on and (each.until_on is None or plan.from_on <= each.until_on)
    ]  # fmt: skip
    counts = bool(held and held[-1].value)
    return hours, days_lost(hours, full_day=FULL_DAY, counts=counts).quantize(Decimal("0.1"))
