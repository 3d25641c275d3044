"""What the service plan asks of figures: set from a day on, withdrawn, restored; and how each stands."""

import datetime as dt
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Target

from .refusals import SourceNeeded
from .value_figures import BY_KEY, Figure

DAY: Final = dt.timedelta(days=1)
MET, NEARLY, MISSED, UNKNOWN = "MET", "NEARLY", "MISSED", "UNKNOWN"


class AmberIsBetter(Refusal):
    sentence = _("What is nearly met cannot be better than the target.")
    next_step = _("Give a figure on the other side of the target, or the target itself.")


class TargetGone(Refusal):
    sentence = _("This target is not in force any more.")
    next_step = _("Look at the targets again: a colleague may have been quicker.")


class TargetTaken(Refusal):
    sentence = _("Another target of this figure holds on these days.")
    next_step = _("Withdraw that one first.")


def stands(target: Target, value: Decimal | None) -> str:
    """Met, nearly met or missed, by the figure as it is shown."""
    if value is None:
        return UNKNOWN
    better = BY_KEY[target.figure].more_is_better
    for state, limit in ((MET, target.amount), (NEARLY, target.amber)):
        if value >= limit if better else value <= limit:
            return state
    return MISSED


def _refuse_wrong_amber(figure: Figure, amount: Decimal, amber: Decimal) -> None:
    if amber > amount if figure.more_is_better else amber < amount:
        raise AmberIsBetter


def _hold(figure: str) -> list[Target]:
    rows = Target.objects.select_for_update(of=("self",)).filter(figure=figure, withdrawn_at=None)
    return list(rows.order_by("from_on", "id"))


@transaction.atomic
def set_target(
    *, figure: str, amount: Decimal, amber: Decimal, from_on: dt.date, source: str, by: Account | None,
    at: dt.datetime, owner: Account | None = None,
) -> Target:  # fmt: skip
    """It holds from that day on: the one before ends the day before, and one that follows stays."""
    if not source.strip():
        raise SourceNeeded
    _refuse_wrong_amber(BY_KEY[figure], amount, amber)
    there = _hold(figure)
    if any(each.from_on == from_on for each in there):
        raise TargetTaken
    later = min((each.from_on for each in there if each.from_on > from_on), default=None)
    before = [each.pk for each in there if each.from_on < from_on and _reaches(each, from_on)]
    Target.objects.filter(pk__in=before).update(until_on=from_on - DAY)
    made = Target.objects.create(
        figure=figure, amount=amount, amber=amber, from_on=from_on, owner=owner, source=source.strip()[:300],
        until_on=later - DAY if later is not None else None, recorded_at=at, recorded_by=by,
    )  # fmt: skip
    append_audit("transport.set_target", about=made, by=by, at=at, detail={"amount": str(amount)})
    return made


def _reaches(row: Target, day: dt.date) -> bool:
    return row.until_on is None or row.until_on >= day


@transaction.atomic
def withdraw_target(target: Target, *, by: Account, at: dt.datetime) -> Target:
    """It was a mistake: the one before goes on in its place."""
    there = _hold(target.figure)
    held = next((each for each in there if each.pk == target.pk), None)
    if held is None:
        raise TargetGone
    Target.objects.filter(pk=held.pk).update(withdrawn_at=at, withdrawn_by=by)
    before = [each.pk for each in there if each.until_on == held.from_on - DAY]
    Target.objects.filter(pk__in=before).update(until_on=held.until_on)
    append_audit("transport.withdraw_target", about=held, by=by, at=at)
    held.refresh_from_db()
    return held


@transaction.atomic
def restore_target(target: Target, *, by: Account, at: dt.datetime) -> Target:
    """It was no mistake: the one before ends again where this begins."""
    there = _hold(target.figure)
    held = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
    if held.withdrawn_at is None:
        raise TargetGone
    following = Q(from_on__gte=held.from_on) & (Q(from_on__lte=held.until_on) if held.until_on else Q())
    if Target.objects.filter(following, figure=held.figure, withdrawn_at=None).exists():
        raise TargetTaken
    before = [each.pk for each in there if each.from_on < held.from_on and _reaches(each, held.from_on)]
    Target.objects.filter(pk__in=before).update(until_on=held.from_on - DAY)
    Target.objects.filter(pk=held.pk).update(withdrawn_at=None, withdrawn_by=None)
    append_audit("transport.restore_target", about=held, by=by, at=at)
    held.refresh_from_db()
    return held
