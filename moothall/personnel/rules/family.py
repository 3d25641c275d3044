"""Family leave: entered by the rule of its day, begun by itself, answered in time, ended early."""

import datetime as dt

from django.db import transaction

from clocks.family import (
    FamilyRule,
    earliest_return,
    family_rule,
    last_day_of_leave,
    load_family_rules,
    maternity_dates,
    reply_by,
    starts_by_itself_on,
)
from moothall.cases.rules.reckoning import working_calendar
from moothall.core.clock import in_london
from moothall.people.models import Account
from moothall.personnel.models import FamilyLeave, SharedBlock
from moothall.workforce.models import Employment
from moothall.workforce.rules.assigning import hold

from . import notice, refusals
from .family_case import open_for
from .flexible import NATIONS
from .notice import ADOPTION as ADOPTION
from .notice import LONG as LONG
from .notice import MATERNITY as MATERNITY
from .noting import happened

ANSWERED_IN = 5


def rule_of(leave: FamilyLeave) -> FamilyRule | None:
    employment = leave.employment
    return family_rule(leave.kind, NATIONS[employment.nation], employment.workforce, leave.event_on)


def kinds() -> list[FamilyRule]:
    """One rule of each kind, for its name."""
    return list({each.kind: each for each in load_family_rules()}.values())


def name_of(kind: str, language: str) -> str:
    return next((each.name_in(language) for each in kinds() if each.kind == kind), kind)


@transaction.atomic
def enter_leave(
    employment: Employment,
    *,
    kind: str,
    event_on: dt.date,
    notified_on: dt.date,
    starts_on: dt.date,
    by: Account | None,
    at: dt.datetime,
    ends_on: dt.date | None = None,
    late_because: str = "",
) -> FamilyLeave:
    """By the rule in force on the day of the event; without a last day, the whole of what the rule gives.
    Notice that came too late is accepted with a reason."""
    employment = hold(employment)
    if notified_on > in_london(at).date():
        raise refusals.InTheFuture
    rule = family_rule(kind, NATIONS[employment.nation], employment.workforce, event_on)
    if rule is None:
        raise refusals.NoFamilyRule
    _refuse_too_little_service(employment, rule, event_on)
    _refuse_too_early(kind, event_on, starts_on)
    if not late_because.strip():
        notice.refuse_late_notice(rule, event_on=event_on, notified_on=notified_on, starts_on=starts_on)
    full = last_day_of_leave(starts_on, rule.weeks) if rule.weeks is not None else ends_on
    if full is None:
        raise refusals.LengthNeeded
    last = ends_on or full
    if last > full or last < starts_on:
        raise refusals.TooLong
    refuse_overlap(employment, starts_on, last)
    notice.refuse_beyond_a_week(employment, rule, first=starts_on, last=last)
    made = FamilyLeave.objects.create(
        employment=employment,
        kind=kind,
        event_on=event_on,
        notified_on=notified_on,
        late_because=late_because.strip()[:300],
        starts_on=starts_on,
        ends_on=last,
        full_end_on=full,
        reply_by=_reply_by(kind, employment, notified_on),
        entered_by=by,
        entered_at=at,
    )
    happened("entered", made, by=by, at=at, leave=kind, starts_on=starts_on.isoformat())
    open_for(made, by=by, at=at)
    return made


def _reply_by(kind: str, employment: Employment, notified_on: dt.date) -> dt.date:
    """Of maternity and adoption within the law's 28 days, of the others within five working days."""
    if kind in LONG:
        return reply_by(notified_on)
    return working_calendar(NATIONS[employment.nation]).add_working_days(notified_on, ANSWERED_IN)


def _refuse_too_little_service(employment: Employment, rule: FamilyRule, on: dt.date) -> None:
    if (on - employment.continuous_from).days < 7 * rule.service_weeks:
        raise refusals.TooLittleService


def _refuse_too_early(kind: str, event_on: dt.date, starts_on: dt.date) -> None:
    if kind == MATERNITY and starts_on < maternity_dates(event_on).earliest_start:
        raise refusals.TooEarly


def refuse_overlap(employment: Employment, first: dt.date, last: dt.date, *, but: int | None = None) -> None:
    others = FamilyLeave.objects.filter(employment=employment).between(first, last)
    others = others.exclude(pk=but) if but is not None else others
    if others.exists():
        raise refusals.Overlaps


def _refuse_by_notice(leave: FamilyLeave) -> None:
    """What a notice of shared leave has booked is changed by another notice, which counts."""
    if SharedBlock.objects.filter(leave=leave).exists():
        raise refusals.NoticeInstead


def held(leave: FamilyLeave, *, by: Account | None, own: bool = False) -> FamilyLeave:
    """The leave as it now stands, held; who keeps records never keeps their own."""
    mine = by is not None and by.person_id is not None and by.person_id == leave.employment.person_id
    if mine and not own:
        raise refusals.AboutThemself
    fresh = FamilyLeave.objects.select_for_update(of=("self",)).shown().get(pk=leave.pk)
    if fresh.withdrawn_at is not None:
        raise refusals.NotWaiting
    return fresh


def _moved(leave: FamilyLeave, starts_on: dt.date, because: str) -> FamilyLeave:
    """The same length from another first day; what was told before has to be told again."""
    length = leave.ends_on - leave.starts_on
    full = leave.full_end_on - leave.starts_on
    refuse_overlap(leave.employment, starts_on, starts_on + length, but=leave.pk)
    FamilyLeave.objects.filter(pk=leave.pk).update(
        starts_on=starts_on, ends_on=starts_on + length, full_end_on=starts_on + full, starts_because=because
    )
    return FamilyLeave.objects.shown().get(pk=leave.pk)


@transaction.atomic
def change_start(
    leave: FamilyLeave,
    *,
    starts_on: dt.date,
    by: Account,
    at: dt.datetime,
    own: bool = False,
    late_because: str = "",
) -> FamilyLeave:
    """The person chooses another first day, before the leave has begun, and tells it in time."""
    fresh = held(leave, by=by, own=own)
    if fresh.starts_on <= in_london(at).date():
        raise refusals.HasBegun
    _refuse_by_notice(fresh)
    _refuse_too_early(fresh.kind, fresh.event_on, starts_on)
    rule = rule_of(fresh)
    if not late_because.strip():
        notice.refuse_late_change(
            rule, fresh.kind, planned_on=fresh.starts_on, wanted_on=starts_on, told_on=in_london(at).date()
        )
    if rule is not None:
        length = fresh.ends_on - fresh.starts_on
        notice.refuse_beyond_a_week(
            fresh.employment, rule, first=starts_on, last=starts_on + length, but=fresh.pk
        )
    moved = _moved(fresh, starts_on, FamilyLeave.NOTICE)
    happened("moved", moved, by=by, at=at, words=late_because, starts_on=starts_on.isoformat())
    return moved


@transaction.atomic
def record_birth(leave: FamilyLeave, *, born_on: dt.date, by: Account, at: dt.datetime) -> FamilyLeave:
    """Before the planned day, a birth begins maternity leave on the day after it."""
    fresh = held(leave, by=by)
    if born_on > in_london(at).date():
        raise refusals.InTheFuture
    FamilyLeave.objects.filter(pk=fresh.pk).update(born_on=born_on)
    fresh.born_on = born_on
    earlier = None
    if fresh.kind == MATERNITY:
        earlier = starts_by_itself_on(fresh.event_on, fresh.starts_on, born_on=born_on)
    moved = _moved(fresh, earlier, FamilyLeave.BIRTH) if earlier else fresh
    happened("born", moved, by=by, at=at, born_on=born_on.isoformat())
    return moved


@transaction.atomic
def record_illness(leave: FamilyLeave, *, ill_on: dt.date, by: Account, at: dt.datetime) -> FamilyLeave:
    """From the fourth week before the expected week a pregnancy illness begins the leave the day after."""
    fresh = held(leave, by=by)
    if ill_on > in_london(at).date():
        raise refusals.InTheFuture
    earlier = starts_by_itself_on(fresh.event_on, fresh.starts_on, ill_on=ill_on)
    if fresh.kind != MATERNITY or earlier is None:
        raise refusals.IllnessTooEarly
    moved = _moved(fresh, earlier, FamilyLeave.ILLNESS)
    happened("ill", moved, by=by, at=at, ill_on=ill_on.isoformat())
    return moved


@transaction.atomic
def see_evidence(leave: FamilyLeave, *, on: dt.date, by: Account, at: dt.datetime) -> FamilyLeave:
    """The MATB1, the matching certificate or what else shows it was seen that day."""
    return _done_on(leave, "certificate_on", "evidence", on=on, by=by, at=at)


@transaction.atomic
def assess_risk(leave: FamilyLeave, *, on: dt.date, by: Account, at: dt.datetime) -> FamilyLeave:
    """What is dangerous for somebody expecting was looked at, and dealt with."""
    return _done_on(leave, "risk_assessed_on", "risk", on=on, by=by, at=at)


def _done_on(
    leave: FamilyLeave, field: str, verb: str, *, on: dt.date, by: Account, at: dt.datetime
) -> FamilyLeave:
    fresh = held(leave, by=by)
    if on > in_london(at).date():
        raise refusals.InTheFuture
    FamilyLeave.objects.filter(pk=fresh.pk).update(**{field: on})
    happened(verb, fresh, by=by, at=at, on=on.isoformat())
    return fresh


@transaction.atomic
def confirm(leave: FamilyLeave, *, by: Account | None, at: dt.datetime) -> FamilyLeave:
    """They were told in writing when they are due back."""
    fresh = FamilyLeave.objects.select_for_update(of=("self",)).shown().get(pk=leave.pk)
    if fresh.confirmed_on is None:
        FamilyLeave.objects.filter(pk=fresh.pk).update(confirmed_on=in_london(at).date())
        happened("confirmed", fresh, by=by, at=at)
    return fresh


@transaction.atomic
def return_early(
    leave: FamilyLeave, *, returns_on: dt.date, told_on: dt.date, agreed: bool, by: Account, at: dt.datetime
) -> FamilyLeave:
    """Back before the end: eight weeks after it was told, or earlier where that is agreed."""
    fresh = held(leave, by=by)
    if told_on > in_london(at).date():
        raise refusals.InTheFuture
    if not fresh.starts_on < returns_on <= fresh.full_end_on:
        raise refusals.NotOnLeave
    if fresh.kind in LONG and not agreed and returns_on < earliest_return(told_on):
        raise refusals.NoticeOfReturn
    FamilyLeave.objects.filter(pk=fresh.pk).update(
        ends_on=returns_on - dt.timedelta(days=1), return_told_on=told_on
    )
    happened("returns", fresh, by=by, at=at, returns_on=returns_on.isoformat())
    return FamilyLeave.objects.shown().get(pk=fresh.pk)


@transaction.atomic
def withdraw_leave(leave: FamilyLeave, *, by: Account, at: dt.datetime, own: bool = False) -> FamilyLeave:
    """Taken back, by the person before it begins or by the desk; its days are free again."""
    fresh = held(leave, by=by, own=own)
    if own and fresh.starts_on <= in_london(at).date():
        raise refusals.HasBegun
    if own:
        _refuse_by_notice(fresh)
    FamilyLeave.objects.filter(pk=fresh.pk).update(withdrawn_at=at, withdrawn_by=by)
    happened("withdrawn", fresh, by=by, at=at)
    return FamilyLeave.objects.shown().get(pk=fresh.pk)


@transaction.atomic
def put_back_leave(leave: FamilyLeave, *, by: Account, at: dt.datetime) -> FamilyLeave:
    """What was withdrawn holds again, where its days are still free."""
    fresh = FamilyLeave.objects.select_for_update(of=("self",)).shown().get(pk=leave.pk)
    if fresh.withdrawn_at is None:
        raise refusals.NotWaiting
    refuse_overlap(fresh.employment, fresh.starts_on, fresh.ends_on, but=fresh.pk)
    if (rule := rule_of(fresh)) is not None:
        notice.refuse_beyond_a_week(
            fresh.employment, rule, first=fresh.starts_on, last=fresh.ends_on, but=fresh.pk
        )
    FamilyLeave.objects.filter(pk=fresh.pk).update(withdrawn_at=None, withdrawn_by=None)
    happened("put_back", fresh, by=by, at=at)
    return FamilyLeave.objects.shown().get(pk=fresh.pk)
