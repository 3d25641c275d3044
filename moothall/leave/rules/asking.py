"""Asking for leave, with the effect worked out first; and withdrawing it."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clocks.leave_entitlement import ask_by
from clocks.months import corresponding_date
from moothall.leave.models import LeaveDay, LeaveEvent, LeaveKind, LeaveRequest
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Employment
from moothall.workforce.rules.assigning import hold

from .balance import Balance, balance_of
from .cover import Cover, cover_for
from .refusals import BadHalves, DaysTaken, NoteNeeded, NothingToTake, NotWaiting, TooFarAhead, TooMuch
from .working import ZERO, scheme_of, work_of

HALF = Decimal("0.5")


@dataclass(frozen=True)
class Asked:
    """What somebody asks for, before anything is kept."""

    kind: LeaveKind
    from_on: dt.date
    until_on: dt.date
    begins_at_noon: bool = False
    ends_at_noon: bool = False
    note: str = ""


@dataclass
class Effect:
    """What a request would do: its days, the balances after it, the cover, and any word of warning."""

    days: list[tuple[dt.date, Decimal]]
    balances: list[Balance]
    cover: Cover
    warnings: list[str] = field(default_factory=list)

    @property
    def hours(self) -> Decimal:
        return sum((hours for _day, hours in self.days), ZERO)


def days_of(employment: Employment, asked: Asked) -> list[tuple[dt.date, Decimal]]:
    """The working days that it takes up, each with its hours: half of them where a half day is meant."""
    if asked.until_on < asked.from_on:
        raise NothingToTake
    if asked.from_on == asked.until_on and asked.begins_at_noon and asked.ends_at_noon:
        raise BadHalves
    if (asked.until_on - asked.from_on).days > 2 * 366:
        raise TooFarAhead
    worked = work_of(employment, asked.from_on, asked.until_on)
    found = []
    for day, hours in worked.working_days(asked.from_on, asked.until_on):
        halves = (day == asked.from_on and asked.begins_at_noon) + (
            day == asked.until_on and asked.ends_at_noon
        )
        found.append((day, (hours * HALF).quantize(Decimal("0.01")) if halves else hours))
    if not found:
        raise NothingToTake
    return found


def work_out_effect(employment: Employment, asked: Asked, *, today: dt.date) -> Effect:
    """What it would do if it were sent now. Refuses what could not be sent."""
    if abs((asked.from_on - today).days) > 2 * 366 or (today - asked.from_on).days > 366:
        raise TooFarAhead
    days = days_of(employment, asked)
    if asked.kind.needs_note and not asked.note.strip():
        raise NoteNeeded
    _refuse_days_taken(employment, days)
    _refuse_beyond_the_year(employment, asked, days)
    scheme, effect = scheme_of(employment), Effect(days, [], Cover(()))
    for first in sorted({scheme.year_of(day)[0] for day, _hours in days}):
        balance = balance_of(employment, on=first, today=today)
        in_year = sum((hours for day, hours in days if balance.first <= day <= balance.last), ZERO)
        balance.used[asked.kind.counts, LeaveRequest.REQUESTED] += in_year
        effect.balances.append(balance)
        _refuse_too_much(asked.kind, balance)
    worked = work_of(employment, asked.from_on, asked.until_on)
    effect.cover = cover_for(worked, [day for day, _hours in days])
    length = Decimal(len(days)) * scheme.notice_times / 2
    if (by := ask_by(asked.from_on, length)) < today <= asked.from_on:
        effect.warnings.append(
            _("It was to be asked for by %(day)s: your manager may say no for that alone.")
            % {"day": date_format(by, "j F Y")}
        )
    return effect


def _refuse_days_taken(employment: Employment, days: list[tuple[dt.date, Decimal]]) -> None:
    """Two requests may share a day only when both are halves of it."""
    wanted = dict(days)
    held = LeaveDay.objects.counted().filter(employment=employment, day__in=list(wanted))
    worked = work_of(employment, days[0][0], days[-1][0])
    for row in held.order_by().values("day").annotate(held=Sum("hours")):
        if row["held"] + wanted[row["day"]] > worked.hours_on(row["day"]):
            raise DaysTaken


def _refuse_beyond_the_year(
    employment: Employment, asked: Asked, days: list[tuple[dt.date, Decimal]]
) -> None:
    """A kind with so many weeks in any twelve months, such as carer's leave, has no more than these."""
    if asked.kind.most_weeks is None:
        return
    since = corresponding_date(asked.until_on, -12)
    held = LeaveDay.objects.counted().filter(
        employment=employment, request__kind=asked.kind, day__gt=since, day__lte=asked.until_on
    )
    total = (held.aggregate(total=Sum("hours"))["total"] or ZERO) + sum((hours for _d, hours in days), ZERO)
    assignment = work_of(employment, asked.until_on, asked.until_on).assigned(asked.until_on)
    if assignment is not None and total > assignment.weekly_hours * asked.kind.most_weeks:
        raise TooMuch(
            _("In any twelve months there are %(weeks)s weeks of this leave at most.")
            % {"weeks": asked.kind.most_weeks.normalize()}
        )


def _refuse_too_much(kind: LeaveKind, balance: Balance) -> None:
    held = {
        LeaveKind.ANNUAL: balance.left,
        LeaveKind.BANK_HOLIDAY: balance.left,
        LeaveKind.TOIL: balance.toil,
    }
    after = held.get(kind.counts)
    if after is not None and after < 0:
        raise TooMuch(
            _("That is %(hours)s hours more than there are in the leave year from %(day)s.")
            % {"hours": -after, "day": date_format(balance.first, "j F Y")}
        )


@transaction.atomic
def ask_for_leave(
    employment: Employment, asked: Asked, *, by: Account | None, at: dt.datetime, today: dt.date
) -> LeaveRequest:
    """Keep the request with the hours of each day; it waits for the manager."""
    hold(employment)
    effect = work_out_effect(employment, asked, today=today)
    request = LeaveRequest.objects.create(
        employment=employment, kind=asked.kind, from_on=effect.days[0][0], until_on=effect.days[-1][0],
        begins_at_noon=asked.begins_at_noon and effect.days[0][0] == asked.from_on,
        ends_at_noon=asked.ends_at_noon and effect.days[-1][0] == asked.until_on,
        hours=effect.hours, note=asked.note.strip()[:300], asked_by=by, asked_at=at,
    )  # fmt: skip
    LeaveDay.objects.bulk_create(
        LeaveDay(request=request, employment=employment, day=day, hours=hours) for day, hours in effect.days
    )
    LeaveEvent.objects.create(request=request, kind=LeaveEvent.ASKED, at=at, by=by)
    detail = {"kind": asked.kind.key, "from": request.from_on.isoformat(), "hours": str(request.hours)}
    append_audit("leave.ask", about=request, by=by, at=at, detail=detail)
    return request


@transaction.atomic
def withdraw_leave(request: LeaveRequest, *, by: Account, at: dt.datetime, reason: str = "") -> LeaveEvent:
    """Not wanted any more, or cancelled; its days are free again."""
    held = hold_request(request)
    if not held.keeps_its_days:
        raise NotWaiting
    return write_event(held, LeaveEvent.WITHDRAWN, LeaveRequest.WITHDRAWN, by=by, at=at, reason=reason)


def hold_request(request: LeaveRequest) -> LeaveRequest:
    """The request as it now stands, held until the transaction ends."""
    held = LeaveRequest.objects.select_for_update(of=("self",), no_key=True).select_related(
        "kind", "employment__person"
    )
    return held.get(pk=request.pk)


def write_event(
    request: LeaveRequest, kind: str, state: str, *, by: Account | None, at: dt.datetime, reason: str = "",
    cover: Cover | None = None,
) -> LeaveEvent:  # fmt: skip
    """Bring a request into a state, and keep how it stood before."""
    before = {
        "state": request.state, "reason": request.reason, "decided_by": request.decided_by_id,
        "decided_at": request.decided_at.isoformat() if request.decided_at else None,
    }  # fmt: skip
    changes = {"state": state, "reason": reason.strip()[:300], "decided_by": by, "decided_at": at}
    LeaveRequest.objects.filter(pk=request.pk).update(**changes)
    for name, value in changes.items():
        setattr(request, name, value)
    event = LeaveEvent.objects.create(
        request=request, kind=kind, at=at, by=by, reason=reason.strip()[:300], before=before,
        cover=cover.as_record() if cover else [],
    )  # fmt: skip
    append_audit(f"leave.{kind}", about=request, by=by, at=at, detail={"reason": reason} if reason else {})
    return event
