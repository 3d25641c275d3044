"""What somebody has, has taken and has left in a leave year. Always worked out, never kept."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from clocks.leave_entitlement import (
    ROUNDINGS,
    Entitlement,
    Pot,
    Stretch,
    accrued_by_hours,
    bank_holidays_between,
    divide_taken,
    entitlement,
)
from moothall.leave.models import LeaveDay, LeaveEntry, LeaveKind, LeaveRequest, LeaveScheme
from moothall.workforce.known import may_have
from moothall.workforce.models import Assignment, Employment, WorkPattern

from .working import ZERO, Worked, read_work, schemes, works_bank_holidays

STATUTORY_DAYS = 28  # nobody earns more by hours worked: 5.6 weeks, and never more than so many days
NONE = Entitlement(ZERO, ZERO, ZERO, ZERO)


@dataclass
class Balance:
    """One leave year of one employment, in hours."""

    employment: Employment
    first: dt.date
    last: dt.date
    full_day_hours: Decimal
    given: Entitlement = NONE
    accrued: Decimal = ZERO
    closed: Decimal = ZERO
    entries: list[LeaveEntry] = field(default_factory=list)
    used: dict[tuple[str, str], Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))

    def _used(self, counts: str, *states: str) -> Decimal:
        return sum((self.used[counts, state] for state in states), ZERO)

    def _entered(self, *kinds: str) -> Decimal:
        return sum((each.hours for each in self.entries if each.kind in kinds), ZERO)

    @property
    def annual(self) -> Decimal:
        """What there is for the year besides bank holidays."""
        return self.given.annual + self.accrued + self._entered("CARRIED", "ADJUSTED", "PAID")

    @property
    def taken(self) -> Decimal:
        return self._used(LeaveKind.ANNUAL, "TAKEN")

    @property
    def booked(self) -> Decimal:
        return self._used(LeaveKind.ANNUAL, "APPROVED")

    @property
    def asked(self) -> Decimal:
        return self._used(LeaveKind.ANNUAL, "REQUESTED")

    @property
    def bank_holidays_used(self) -> Decimal:
        """Days on which the office is closed for them, and those that they booked."""
        return self.closed + self._used(LeaveKind.BANK_HOLIDAY, "TAKEN", "APPROVED", "REQUESTED")

    @property
    def bank_holidays_left(self) -> Decimal:
        return self.given.bank_holidays - self.bank_holidays_used

    @property
    def left(self) -> Decimal:
        """Annual leave, with what is only asked for counted as gone. Bank holidays are one pot with it: what
        they give too little or too much is evened out here."""
        return self.annual - self.taken - self.booked - self.asked + self.bank_holidays_left

    @property
    def toil(self) -> Decimal:
        return self._entered("TOIL") - self._used(LeaveKind.TOIL, "TAKEN", "APPROVED", "REQUESTED")

    @property
    def days_left(self) -> Decimal:
        return (self.left / self.full_day_hours).quantize(Decimal("0.1"))

    def lines(self) -> list[tuple[str, Decimal]]:
        """The sum, line by line: they add up to what is left."""
        found = [
            (_("The law’s 4 weeks"), self.given.basic),
            (_("The law’s 1.6 weeks"), self.given.additional),
            (_("More by contract"), self.given.contractual),
            (_("Earned by hours worked"), self.accrued),
            *((f"{each.get_kind_display()}: {each.why}", each.hours) for each in self._moving()),
            (_("Bank holidays, closed"), -self.closed),
            (_("Bank holidays, booked"), self.closed - self.bank_holidays_used),
            (_("Taken"), -self.taken),
            (_("Approved, to come"), -self.booked),
            (_("Asked for"), -self.asked),
        ]
        return [(words, hours) for words, hours in found if hours]

    def _moving(self) -> list[LeaveEntry]:
        return [each for each in self.entries if each.kind in {"CARRIED", "ADJUSTED", "PAID"}]

    def parts(self) -> list[tuple[str, Decimal, Decimal]]:
        """The law's two parts, the contract's and what was carried over: what there was of each, and what of
        it was taken. What lapses first is taken first."""
        names = {
            "basic": _("The law’s 4 weeks"), "additional": _("The law’s 1.6 weeks"),
            "contract": _("More by contract"), "accrued": _("Earned by hours worked"),
        }  # fmt: skip
        pots = []
        for each in self.entries:
            if each.kind == LeaveEntry.CARRIED and each.hours > 0:
                names[f"carried {each.pk}"] = f"{_('Carried over')}: {each.get_ground_display()}"
                pots.append(Pot(f"carried {each.pk}", each.hours, each.until_on))
        held = (self.given.basic, self.given.additional, self.given.contractual, self.accrued)
        pots += [
            Pot(key, hours, self.last)
            for key, hours in zip(("basic", "additional", "contract", "accrued"), held, strict=True)
        ]
        used, _beyond = divide_taken(self.taken + self.bank_holidays_used, pots)
        return [(names[pot.key], pot.hours, used[pot.key]) for pot in pots if pot.hours]


def read_balances(employments: Iterable[Employment], *, on: dt.date, today: dt.date) -> dict[int, Balance]:
    """The leave year in which `on` lies, of each of these, in a handful of queries."""
    held, kept = list(employments), schemes()
    found: dict[int, Balance] = {}
    for each in held:
        scheme = kept[each.workforce]
        first, last = scheme.year_of(on)
        found[each.pk] = Balance(each, first, last, scheme.full_day_hours)
    if not found:
        return found
    first = min(each.first for each in found.values())
    last = max(each.last for each in found.values())
    if any(may_have(each, LeaveEntry) for each in held):
        _read_entries(found, first, last)
    if any(may_have(each, LeaveDay) for each in held):
        _read_days(found, first, last, today)
    for pk, worked in read_work(held, first, last).items():
        _work_out(found[pk], worked, kept[worked.employment.workforce])
    return found


def balance_of(employment: Employment, *, on: dt.date, today: dt.date) -> Balance:
    return read_balances([employment], on=on, today=today)[employment.pk]


def _read_entries(found: dict[int, Balance], first: dt.date, last: dt.date) -> None:
    rows = LeaveEntry.objects.standing().filter(
        employment__in=list(found), counts_on__gte=first, counts_on__lte=last
    )
    for row in rows.order_by("counts_on", "id"):
        balance = found[row.employment_id]
        if balance.first <= row.counts_on <= balance.last:
            balance.entries.append(row)


def _read_days(found: dict[int, Balance], first: dt.date, last: dt.date, today: dt.date) -> None:
    rows = LeaveDay.objects.counted().between(first, last).filter(employment__in=list(found))
    named = rows.order_by().values_list(
        "employment_id", "day", "hours", "request__state", "request__kind__counts"
    )
    for pk, day, hours, state, counts in named:
        balance = found[pk]
        if balance.first <= day <= balance.last:
            over = state == LeaveRequest.APPROVED and day < today
            balance.used[counts, "TAKEN" if over else state] += hours


def _work_out(balance: Balance, worked: Worked, scheme: LeaveScheme) -> None:
    employment = worked.employment
    steady = [each for each in worked.assignments if not _irregular(each)]
    stretches = [stretch for each in steady if (stretch := _stretch(each, balance, scheme))]
    given = entitlement(
        stretches, balance.first, balance.last, nation=worked.nation, workforce=employment.workforce,
        continuous_from=employment.continuous_from,
    )  # fmt: skip
    balance.given = given.rounded(scheme.rounding)
    balance.accrued = _accrued(balance, worked)
    balance.closed = sum(
        (
            _closed_hours(worked, day)
            for day in bank_holidays_between(worked.nation, balance.first, balance.last)
        ),
        ZERO,
    )


def _irregular(assignment: Assignment) -> bool:
    """Whether leave is earned by the hours worked: casual work, and work for a part of the year."""
    term_time = assignment.pattern is not None and assignment.pattern.kind == WorkPattern.TERM_TIME
    return term_time or assignment.contract == Assignment.CASUAL


def _stretch(assignment: Assignment, balance: Balance, scheme: LeaveScheme) -> Stretch | None:
    ended = balance.employment.ended_on or dt.date.max
    first = max(assignment.from_on, balance.first)
    last = min(assignment.until_on or dt.date.max, ended, balance.last)
    if last < first:
        return None
    return Stretch(
        first, last, assignment.weekly_hours, days_a_week(assignment), scheme.full_day_hours, assignment.fte
    )


def days_a_week(assignment: Assignment) -> Decimal:
    """On how many days of a week they work; broken for shifts."""
    if assignment.pattern is None:
        return Decimal(5)
    cycle = assignment.pattern.hours
    return max(Decimal(sum(hours > 0 for hours in cycle)) * 7 / len(cycle), Decimal("0.1"))


def _accrued(balance: Balance, worked: Worked) -> Decimal:
    """12.07 % of the hours of casual work that were entered, and of those that a term-time pattern has, up to
    the 28 days of the law."""
    hours = [each.hours for each in balance.entries if each.kind == LeaveEntry.WORKED]
    for each in worked.assignments:
        stretch = _stretch(each, balance, LeaveScheme()) if _irregular(each) else None
        if stretch is not None and each.contract != Assignment.CASUAL:
            days = range((stretch.until_on - stretch.from_on).days + 1)
            hours.append(sum((each.hours_on(stretch.from_on + dt.timedelta(days=n)) for n in days), ZERO))
    if not hours:
        return ZERO
    try:
        earned = accrued_by_hours(
            hours,
            year_begins=balance.first,
            nation=worked.nation,
            workforce=worked.employment.workforce,
            cap=STATUTORY_DAYS * balance.full_day_hours,
        )
    except ValueError:  # no such rule is on record there: somebody enters what they have
        return ZERO
    return ROUNDINGS["nearest_hour"](earned)


def _closed_hours(worked: Worked, day: dt.date) -> Decimal:
    """What they would have worked on a bank holiday, unless they work shifts and book it themselves."""
    assignment, ended = worked.assigned(day), worked.employment.ended_on
    if assignment is None or works_bank_holidays(assignment) or _irregular(assignment):
        return ZERO
    if ended is not None and ended < day:
        return ZERO
    return assignment.hours_on(day).quantize(Decimal("0.01"))


def years_with_leave(
    employment: Employment, scheme: LeaveScheme, *, today: dt.date, most: int = 6
) -> Sequence[dt.date]:
    """The first days of this leave year and those before it, newest first: as many as are kept."""
    first = scheme.year_of(today)[0]
    years = [first.replace(year=first.year - back) for back in range(most + 1)]
    began = scheme.year_of(employment.started_on)[0]
    return [year for year in years if year >= began]
