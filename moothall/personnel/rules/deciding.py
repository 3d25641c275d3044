"""A request for flexible working is decided, and what is agreed is written on the staff record."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from clocks.flexible_working import load_grounds
from moothall.cases.rules.ticking import tick
from moothall.core.clock import in_london
from moothall.people.models import Account
from moothall.personnel.models import FlexibleMeeting, FlexibleRequest
from moothall.workforce.models import Assignment, Employment
from moothall.workforce.rules.assigning import change_assignment

from . import refusals
from .flexible import DAY, Wanted, held, rule_for
from .noting import happened
from .ticking import tick_decision

TICK = dt.timedelta(microseconds=1)


@dataclass(frozen=True)
class Decision:
    """How a request is decided."""

    outcome: str
    reasons: str = ""
    ground: str = ""
    agreed_from: dt.date | None = None
    trial_until: dt.date | None = None
    wanted: Wanted | None = None


@transaction.atomic
def decide(request: FlexibleRequest, decision: Decision, *, by: Account, at: dt.datetime) -> FlexibleRequest:
    """Agreed, as asked or otherwise, agreed for a trial, or refused after the person was met. What is agreed
    is written on the staff record from its day."""
    fresh = held(request, by=by)
    if fresh.state not in (FlexibleRequest.ASKED, FlexibleRequest.TRIAL):
        raise refusals.NotWaiting
    today = in_london(at).date()
    values: dict[str, Any] = {"decided_on": today, "decided_by": by, "reasons": decision.reasons.strip()}
    if decision.outcome == FlexibleRequest.REFUSED:
        _refuse_hasty_refusal(fresh, decision)
        values |= {"state": FlexibleRequest.REFUSED, "ground": decision.ground}
        return _written(fresh, values, "refused", decision, by=by, at=at)
    values |= _agreed(fresh, decision, by=by, at=at)
    kind = "tried" if values["state"] == FlexibleRequest.TRIAL else "agreed"
    return _written(fresh, values, kind, decision, by=by, at=at)


def _written(
    fresh: FlexibleRequest,
    values: dict[str, Any],
    kind: str,
    decision: Decision,
    *,
    by: Account,
    at: dt.datetime,
) -> FlexibleRequest:
    FlexibleRequest.objects.filter(pk=fresh.pk).update(**values)
    happened(kind, fresh, by=by, at=at, words=decision.reasons, ground=decision.ground)
    done = FlexibleRequest.objects.shown().get(pk=fresh.pk)
    tick_decision(done, by=by, at=at)
    return done


def _refuse_hasty_refusal(fresh: FlexibleRequest, decision: Decision) -> None:
    if not decision.reasons.strip():
        raise refusals.ReasonNeeded
    rule = rule_for(fresh.employment, fresh.received_on)
    if not fresh.is_statutory or rule is None:
        return
    if rule.must_consult and not fresh.meetings.filter(state=FlexibleMeeting.HELD).exists():
        raise refusals.ConsultFirst
    if decision.ground not in {each.key for each in load_grounds() if each.in_force(fresh.received_on)}:
        raise refusals.GroundNeeded


def _agreed(fresh: FlexibleRequest, decision: Decision, *, by: Account, at: dt.datetime) -> dict[str, Any]:
    on_trial = decision.outcome == FlexibleRequest.TRIAL
    ended = fresh.trial_until + DAY if fresh.trial_until is not None else fresh.wanted_from
    first = decision.agreed_from or ended
    if on_trial and (decision.trial_until is None or decision.trial_until < first):
        raise refusals.DayNeeded
    asked = Wanted(fresh.weekly_hours, fresh.pattern, fresh.is_home_based)
    wanted = decision.wanted or asked
    write_terms(
        fresh.employment,
        wanted,
        from_on=first,
        trial_until=decision.trial_until if on_trial else None,
        by=by,
        at=at,
    )
    return {
        "state": decision.outcome,
        "agreed_from": first,
        "is_modified": wanted != asked,
        "trial_until": decision.trial_until if on_trial else None,
        "weekly_hours": wanted.weekly_hours,
        "pattern": wanted.pattern,
        "is_home_based": wanted.is_home_based,
    }


def write_terms(
    employment: Employment,
    wanted: Wanted,
    *,
    from_on: dt.date,
    trial_until: dt.date | None,
    by: Account,
    at: dt.datetime,
) -> None:
    """The changed assignment from its day; after a trial what was before holds again."""
    now_held = (
        Assignment.objects.in_force(from_on).filter(employment=employment, is_main=True).in_full().first()
    )
    if now_held is None:
        raise refusals.NotEmployed
    changes = _changes(now_held, wanted, from_on)
    if not changes:
        return
    because = "Flexible working"
    change_assignment(employment, from_on=from_on, by=by, at=at, because=because, **changes)
    if trial_until is not None:
        before = {name: getattr(now_held, name) for name in changes}
        change_assignment(
            employment, from_on=trial_until + DAY, by=by, at=at + TICK, because=because, **before
        )


def _changes(now_held: Assignment, wanted: Wanted, from_on: dt.date) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    hours = wanted.weekly_hours
    if hours is not None and hours != now_held.weekly_hours:
        changes["weekly_hours"] = hours
        if now_held.weekly_hours:
            share = (now_held.fte * hours / now_held.weekly_hours).quantize(Decimal("0.0001"))
            changes["fte"] = min(share, Decimal(1))
    if wanted.pattern is not None and wanted.pattern.pk != now_held.pattern_id:
        monday = from_on - dt.timedelta(days=from_on.weekday())
        changes |= {"pattern": wanted.pattern, "pattern_from": monday}
    if wanted.is_home_based is not None and wanted.is_home_based != now_held.is_home_based:
        changes["is_home_based"] = wanted.is_home_based
    return changes


@transaction.atomic
def decide_appeal(
    request: FlexibleRequest,
    *,
    upheld: bool,
    reasons: str,
    agreed_from: dt.date | None,
    by: Account,
    at: dt.datetime,
) -> FlexibleRequest:
    """By somebody who did not decide first. Upheld, what was asked for is written on the staff record."""
    fresh = held(request, by=by)
    if fresh.state != FlexibleRequest.APPEALED:
        raise refusals.NotWaiting
    if fresh.decided_by_id == by.pk:
        raise refusals.SameDecider
    if not reasons.strip():
        raise refusals.ReasonNeeded
    values: dict[str, Any] = {
        "appeal_decided_on": in_london(at).date(),
        "appeal_decided_by": by,
        "appeal_reasons": reasons.strip(),
        "state": FlexibleRequest.REFUSED,
    }
    if upheld:
        agreed = _agreed(fresh, Decision(FlexibleRequest.AGREED, agreed_from=agreed_from), by=by, at=at)
        values |= agreed
    FlexibleRequest.objects.filter(pk=fresh.pk).update(**values)
    happened("upheld" if upheld else "dismissed", fresh, by=by, at=at, words=reasons)
    tick(fresh.case_id, "appeal", by=by, at=at, outcome="upheld" if upheld else "dismissed")
    return FlexibleRequest.objects.shown().get(pk=fresh.pk)
