"""Looking at triggers: each is put before the manager once, with the absences that made it."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from django.db import transaction

from clocks import sickness
from moothall.absence.models import Episode, TriggerHit, TriggerRule
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Assignment, Employment

from .refusals import SettledAlready

LOOKING_BACK: Final = dt.timedelta(days=800)
WEEKEND: Final = 5


def works_of(employment: Employment, first: dt.date, last: dt.date) -> Callable[[dt.date], bool]:
    """Whether they were to work on a day: by the pattern of the assignment in force then, else Monday to
    Friday."""
    rows = Assignment.objects.between(first, last).filter(employment=employment, is_main=True)
    return works_by(list(rows.select_related("pattern")))


def works_by(found: Sequence[Assignment]) -> Callable[[dt.date], bool]:
    """Whether whoever held these, oldest first, was to work on a day."""

    def works(day: dt.date) -> bool:
        for each in found:
            if each.from_on <= day and (each.until_on is None or day <= each.until_on):
                return each.hours_on(day) > 0
        return day.weekday() < WEEKEND

    return works


def trigger_of(rule: TriggerRule) -> sickness.Trigger:
    return sickness.Trigger(rule.key, rule.kind, rule.threshold, rule.weeks, rule.months)


@for_the_office()
@transaction.atomic
def look_at_triggers(employment: Employment, *, on: dt.date, at: dt.datetime) -> list[TriggerHit]:
    """Raise what is reached on a day and was not before; of one kind only the highest. What was raised and,
    the record being put right, would not have been, lapses."""
    rows = Episode.objects.standing().filter(employment=employment, first_day__gte=on - LOOKING_BACK)
    episodes = {each.pk: each for each in rows.order_by("first_day")}
    spells = [each.spell for each in episodes.values()]
    works = works_of(employment, on - LOOKING_BACK, on)
    _let_lapse(employment, spells, works, at=at)
    rules = TriggerRule.objects.in_force(on).filter(workforce__in=["", employment.workforce])
    found = reached(rules.order_by("threshold", "position", "id"), spells, on, works)
    return [each for each in (_raise(*both, works=works, on=on, at=at) for both in found) if each]


def reached(
    rules: Iterable[TriggerRule], spells: Sequence[sickness.Spell], on: dt.date, works: sickness.Works
) -> list[tuple[TriggerRule, sickness.Hit]]:
    """What is reached on a day; of one kind only the highest. The rules come lowest first."""
    highest: dict[tuple[str, int, int], tuple[TriggerRule, sickness.Hit]] = {}
    for rule in rules:
        hit = sickness.judge(trigger_of(rule), spells, on, works)
        if hit is not None:
            highest[rule.kind, rule.weeks, rule.months] = (rule, hit)
    return list(highest.values())


def _raise(
    rule: TriggerRule, hit: sickness.Hit, *, works: sickness.Works, on: dt.date, at: dt.datetime
) -> TriggerHit | None:
    begins = trigger_of(rule).window_begins(on)
    latest = max(hit.spells, key=lambda spell: spell.first)
    counted = sickness.every_day if rule.kind == sickness.LONG_TERM else works
    since = latest.first if rule.kind == sickness.LONG_TERM else begins
    made_by = [
        {
            "episode": spell.key, "first": spell.first.isoformat(),
            "last": spell.last.isoformat() if spell.last else None,
            "days": str(spell.days(since, on, counted)),
        }
        for spell in hit.spells
    ]  # fmt: skip
    made, is_new = TriggerHit.objects.get_or_create(
        rule=rule, episode_id=latest.key,
        defaults={"value": hit.value, "made_by": made_by, "raised_on": on, "raised_at": at},
    )  # fmt: skip
    if not is_new:
        return None
    append_audit(
        "absence.trigger", about=made.episode, by=None, at=at,
        detail={"trigger": rule.key, "value": str(hit.value)},
    )  # fmt: skip
    return made


def _let_lapse(
    employment: Employment, spells: list[sickness.Spell], works: sickness.Works, *, at: dt.datetime
) -> None:
    waiting = TriggerHit.objects.waiting().filter(episode__employment=employment).select_related("rule")
    over = [
        each.pk
        for each in waiting.order_by("id")
        if sickness.judge(trigger_of(each.rule), spells, each.raised_on, works) is None
    ]
    TriggerHit.objects.filter(pk__in=over).update(lapsed_at=at)


@transaction.atomic
def settle_trigger(hit: TriggerHit, *, outcome: str, by: Account, at: dt.datetime) -> TriggerHit:
    """The manager says what came of it."""
    count = TriggerHit.objects.waiting().filter(pk=hit.pk).update(
        outcome=outcome.strip(), settled_at=at, settled_by=by
    )  # fmt: skip
    if not count:
        raise SettledAlready
    append_audit("absence.trigger_settled", about=hit.episode, by=by, at=at, detail={"hit": hit.pk})
    return hit


@transaction.atomic
def wait_again(hit: TriggerHit, *, by: Account, at: dt.datetime) -> TriggerHit:
    """It was not settled after all."""
    TriggerHit.objects.filter(pk=hit.pk).update(outcome="", settled_at=None, settled_by=None)
    append_audit("absence.trigger_reopened", about=hit.episode, by=by, at=at, detail={"hit": hit.pk})
    return hit
