"""How many have to be left; and hours given or taken with who and why."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from clocks.leave_rules import carry_over_rule
from moothall.leave.models import CoverRule, LeaveEntry
from moothall.people.models import Account, Organisation, Post
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Employment
from moothall.workforce.rules.assigning import hold

from .refusals import NothingOnRecord, NumberOrShare, TakenBack, TooManyCarried, WhyNeeded
from .working import NATIONS, ZERO, scheme_of, work_of


@transaction.atomic
def add_cover_rule(
    unit: Organisation, *, from_on: dt.date, by: Account | None, at: dt.datetime, least: int | None = None,
    percent: int | None = None, post: Post | None = None, weekdays: Collection[int] = (),
    until_on: dt.date | None = None, why: str = "",
) -> CoverRule:  # fmt: skip
    """From that day on so many of the unit, or of the post in it, have to be left."""
    if (least is None) == (percent is None):
        raise NumberOrShare
    rule = CoverRule.objects.create(
        unit=unit, post=post, least=least, percent=percent, weekdays=sorted(weekdays), from_on=from_on,
        until_on=until_on, why=why.strip()[:200], entered_by=by, entered_at=at,
    )  # fmt: skip
    detail = {"unit": unit.pk, "least": least, "percent": percent, "from": from_on.isoformat()}
    append_audit("leave.cover", about=rule, by=by, at=at, detail=detail)
    return rule


@transaction.atomic
def withdraw_cover_rule(rule: CoverRule, *, by: Account, at: dt.datetime) -> None:
    """The rule holds no more; decisions that were taken by it stand."""
    found = CoverRule.objects.filter(pk=rule.pk, withdrawn_at=None)
    if not found.update(withdrawn_at=at, withdrawn_by=by):
        raise TakenBack
    append_audit("leave.cover_withdrawn", about=rule, by=by, at=at)


@transaction.atomic
def restore_cover_rule(rule: CoverRule, *, by: Account, at: dt.datetime) -> None:
    found = CoverRule.objects.filter(pk=rule.pk, withdrawn_at__isnull=False)
    if not found.update(withdrawn_at=None, withdrawn_by=None):
        raise TakenBack
    append_audit("leave.cover_restored", about=rule, by=by, at=at)


@transaction.atomic
def add_entry(
    employment: Employment, *, kind: str, hours: Decimal, counts_on: dt.date, why: str, by: Account | None,
    at: dt.datetime, ground: str = "",
) -> LeaveEntry:  # fmt: skip
    """Hours given or taken in the leave year of that day. What is carried over keeps to the rule of its
    ground, and lapses when that says."""
    hold(employment)
    if not why.strip():
        raise WhyNeeded
    until = None
    if kind == LeaveEntry.CARRIED:
        until = _carried_until(employment, ground, hours, counts_on)
    entry = LeaveEntry.objects.create(
        employment=employment, kind=kind, ground=ground if kind == LeaveEntry.CARRIED else "", hours=hours,
        counts_on=counts_on, until_on=until, why=why.strip()[:200], entered_by=by, entered_at=at,
    )  # fmt: skip
    detail = {"kind": kind, "ground": ground, "hours": str(hours), "on": counts_on.isoformat()}
    append_audit("leave.entry", about=entry, by=by, at=at, detail=detail)
    return entry


def _carried_until(employment: Employment, ground: str, hours: Decimal, counts_on: dt.date) -> dt.date | None:
    year_ends_on = scheme_of(employment).year_of(counts_on)[0] - dt.timedelta(days=1)
    nation = NATIONS[employment.nation]
    rule = carry_over_rule(ground, nation=nation, year_ends_on=year_ends_on) if ground else None
    if rule is None:
        raise NothingOnRecord
    assignment = work_of(employment, year_ends_on, year_ends_on).assigned(year_ends_on)
    most = rule.weeks * (assignment.weekly_hours if assignment else ZERO)
    if hours > most:
        raise TooManyCarried(
            _("On this ground %(hours)s hours are carried over at most.")
            % {"hours": most.quantize(Decimal("0.01"))}
        )
    return rule.until(year_ends_on)


@transaction.atomic
def withdraw_entry(entry: LeaveEntry, *, by: Account, at: dt.datetime) -> None:
    """It was wrong: it counts no more, and stays on the record."""
    found = LeaveEntry.objects.filter(pk=entry.pk, withdrawn_at=None)
    if not found.update(withdrawn_at=at, withdrawn_by=by):
        raise TakenBack
    append_audit("leave.entry_withdrawn", about=entry, by=by, at=at)


@transaction.atomic
def restore_entry(entry: LeaveEntry, *, by: Account, at: dt.datetime) -> None:
    found = LeaveEntry.objects.filter(pk=entry.pk, withdrawn_at__isnull=False)
    if not found.update(withdrawn_at=None, withdrawn_by=None):
        raise TakenBack
    append_audit("leave.entry_restored", about=entry, by=by, at=at)
