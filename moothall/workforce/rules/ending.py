"""Somebody leaves, or is found not to leave after all."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Assignment, Employment, LeavingReason

from .assigning import hold
from .items.planning import plan_leaving, plan_staying


class EndsAlready(Refusal):
    sentence = _("The day on which they leave is on the record already.")
    next_step = _("Take that back first.")


class EndsBeforeItStarts(Refusal):
    sentence = _("They would leave before they began.")
    next_step = _("Give a last day on or after the first.")


class DoesNotEnd(Refusal):
    sentence = _("No last day is on the record.")


@transaction.atomic
def end_employment(
    employment: Employment, *, last_day: dt.date, because: LeavingReason, by: Account | None, at: dt.datetime
) -> Employment:
    """They work here until the end of that day; whoever they manage has no manager from the day after."""
    held = hold(employment)
    if held.ended_on is not None:
        raise EndsAlready
    if last_day < held.started_on:
        raise EndsBeforeItStarts
    held.ended_on, held.ended_because = last_day, because
    held.save(update_fields=["ended_on", "ended_because"])
    detail = {"last_day": last_day.isoformat(), "because": because.key}
    append_audit("workforce.end", about=held, by=by, at=at, detail=detail)
    last = held.assignments.standing().filter(is_main=True).order_by("-from_on").first()
    plan_leaving(held, last.unit_id if last else None, last_day=last_day, by=by, at=at)
    return held


@transaction.atomic
def keep_employment(employment: Employment, *, by: Account, at: dt.datetime) -> Employment:
    """They do not leave after all."""
    held = hold(employment)
    if held.ended_on is None:
        raise DoesNotEnd
    detail = {"last_day": held.ended_on.isoformat()}
    held.ended_on, held.ended_because = None, None
    held.save(update_fields=["ended_on", "ended_because"])
    append_audit("workforce.keep", about=held, by=by, at=at, detail=detail)
    plan_staying(held, at=at)
    return held


def without_manager(on: dt.date) -> "list[Assignment]":
    """Assignments whose manager has left by then: somebody has to say who manages them now."""
    rows = Assignment.objects.in_force(on).filter(manager__ended_on__lt=on).in_full()
    return list(rows.select_related("employment__person").order_by("employment_id"))
