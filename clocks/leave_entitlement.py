"""How much leave somebody has in a leave year, in hours.

Hours are Decimals that nobody rounds on the way: a rounding has a name and is applied once, at the end. The
law's four weeks (the basic part), its 1.6 weeks (the additional part) and what a contract gives beyond them
are told apart, because they are carried over and recorded by different rules.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from clocks.bank_holidays import Holiday, load_holidays
from clocks.leave_rules import leave_rule, load_leave_rules
from clocks.months import corresponding_date
from clocks.service import months_of_service

ZERO = Decimal(0)
ONE_DAY = dt.timedelta(days=1)
HUNDREDTH = Decimal("0.01")
SUBSTITUTE = " (substitute day)"


def _to_step(step: str, rounding: str) -> Callable[[Decimal], Decimal]:
    size = Decimal(step)
    return lambda hours: ((hours / size).quantize(Decimal(1), rounding=rounding) * size).quantize(HUNDREDTH)


ROUNDINGS: Mapping[str, Callable[[Decimal], Decimal]] = MappingProxyType(
    {
        "hundredth": _to_step("0.01", ROUND_HALF_UP),
        "quarter_hour_up": _to_step("0.25", ROUND_CEILING),
        "half_hour_up": _to_step("0.5", ROUND_CEILING),
        "nearest_hour": _to_step("1", ROUND_HALF_UP),
    }
)


@dataclass(frozen=True)
class Stretch:
    """Days, both included, on which somebody works so many hours on so many days a week.

    `full_day_hours` is a full-timer's day and `fte` the share of a full-timer's week. Days a week may be
    broken, as for shifts.
    """

    from_on: dt.date
    until_on: dt.date
    weekly_hours: Decimal
    days_a_week: Decimal = Decimal(5)
    full_day_hours: Decimal = Decimal("7.4")
    fte: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        if self.until_on < self.from_on:
            raise ValueError(f"A stretch that begins on {self.from_on} cannot end on {self.until_on}.")
        if min(self.weekly_hours, self.full_day_hours, self.fte) < 0 or self.days_a_week <= 0:
            raise ValueError("Hours are never below nought, and a week has days of work.")


@dataclass(frozen=True)
class Entitlement:
    """Hours of leave in a year: the law's two parts and the contract's, and how much is for bank holidays."""

    basic: Decimal
    additional: Decimal
    contractual: Decimal
    bank_holidays: Decimal

    @property
    def total(self) -> Decimal:
        return self.basic + self.additional + self.contractual

    @property
    def annual(self) -> Decimal:
        """What is left to choose once the bank holidays are taken."""
        return self.total - self.bank_holidays

    def rounded(self, rule: str = "hundredth") -> "Entitlement":
        """The total rounded once by the named rule; the parts to a hundredth, so that they still add up.

        Raises KeyError on a rule of no name.
        """
        total, to_hundredth = ROUNDINGS[rule](self.total), ROUNDINGS["hundredth"]
        basic = min(to_hundredth(self.basic), total)
        additional = min(to_hundredth(self.additional), total - basic)
        bank_holidays = min(to_hundredth(self.bank_holidays), total)
        return Entitlement(basic, additional, total - basic - additional, bank_holidays)


def entitlement(
    stretches: Sequence[Stretch],
    first: dt.date,
    last: dt.date,
    *,
    nation: str,
    workforce: str,
    continuous_from: dt.date,
) -> Entitlement:
    """What somebody has for the leave year from `first` to `last`, both included, by the rules of each day.

    Each stretch of the same hours under the same rules gives its share of the year by days, so a joiner, a
    leaver, a change of hours and the fifth year of service all follow from one sum. Bank holidays give a
    full-timer's day times the share worked for each that falls while somebody is employed. The contract
    includes the law's minimum, never the other way about. Sources: the rows of clocks/data/leave.csv; the
    share of bank holidays is the part-timer's allowance of 8 × 7.4 × 0.6 = 35.52 hours.
    """
    days = (last - first).days + 1
    who = {"nation": nation, "workforce": workforce}
    basic = additional = contract = bank_holidays = ZERO
    for begins, ends, stretch in _pieces(stretches, first, last, continuous_from=continuous_from, **who):
        share = Decimal((ends - begins).days + 1)
        basic_a_year, additional_a_year = _statutory(stretch, begins, **who)
        years = months_of_service(continuous_from, begins) // 12 if continuous_from <= begins else 0
        contract_days = _days("CONTRACT", begins, years, **who) + _days("EXTRA", begins, years, **who)
        basic += basic_a_year * share
        additional += additional_a_year * share
        contract += contract_days * stretch.full_day_hours * stretch.fte * share
        bank_holidays += _holidays(nation, begins, ends) * stretch.full_day_hours * stretch.fte
    basic, additional = basic / days, additional / days
    by_contract = contract / days + bank_holidays if contract else ZERO
    return Entitlement(
        basic, additional, max(by_contract - basic - additional, ZERO),
        min(bank_holidays, max(by_contract, basic + additional)),
    )  # fmt: skip


def _pieces(
    stretches: Sequence[Stretch], first: dt.date, last: dt.date, *, continuous_from: dt.date, nation: str,
    workforce: str,
) -> Iterable[tuple[dt.date, dt.date, Stretch]]:  # fmt: skip
    """The year cut wherever the hours, the rule in force or the years of service change."""
    cuts = {first, last + ONE_DAY}
    for stretch in stretches:
        cuts |= {stretch.from_on, stretch.until_on + ONE_DAY}
    for rule in load_leave_rules():
        if nation in rule.nations and workforce in rule.workforces:
            cuts |= {rule.valid_from, corresponding_date(continuous_from, 12 * rule.service_years)}
            cuts |= {rule.valid_to + ONE_DAY} if rule.valid_to else set()
    within = sorted(cut for cut in cuts if first <= cut <= last + ONE_DAY)
    for begins, after in pairwise(within):
        for stretch in stretches:
            if stretch.from_on <= begins <= stretch.until_on:
                yield begins, after - ONE_DAY, stretch
                break


def _statutory(stretch: Stretch, on: dt.date, *, nation: str, workforce: str) -> tuple[Decimal, Decimal]:
    """The basic and additional hours of a whole year; the cap of 28 days takes from the additional part."""

    def amount(key: str) -> Decimal:
        rule = leave_rule(key, nation=nation, workforce=workforce, on=on)
        return rule.amount if rule else ZERO

    day = stretch.weekly_hours / stretch.days_a_week
    cap = amount("CAP") * day
    basic = min(amount("BASIC") * stretch.weekly_hours, cap)
    return basic, min(amount("ADDITIONAL") * stretch.weekly_hours, cap - basic)


def _days(key: str, on: dt.date, years: int, *, nation: str, workforce: str) -> Decimal:
    rule = leave_rule(key, nation=nation, workforce=workforce, on=on, years_served=years)
    return rule.amount if rule else ZERO


def _holidays(nation: str, first: dt.date, last: dt.date) -> int:
    return len(bank_holidays_between(nation, first, last))


def bank_holidays_between(nation: str, first: dt.date, last: dt.date) -> dict[dt.date, tuple[str, str]]:
    """The bank holidays of a nation, both days included: each with its name in English and in Welsh.

    Of a holiday that fell on a weekend and was moved only the substitute day counts.
    """
    return {row.day: (row.name, row.name_cy) for row in _of_nation(nation) if first <= row.day <= last}


@cache
def _of_nation(nation: str) -> tuple[Holiday, ...]:
    rows = [row for row in load_holidays() if nation in row.nations and not row.withdrawn]
    moved = {
        (row.name.removesuffix(SUBSTITUTE), row.day - dt.timedelta(days=ahead))
        for row in rows
        for ahead in range(1, 8)
        if row.name.endswith(SUBSTITUTE)
    }
    return tuple(row for row in rows if (row.name, row.day) not in moved)


def accrued_in_first_year(yearly: Decimal, started_on: dt.date, on: dt.date) -> Decimal:
    """What may be taken so far in a first year: a twelfth on the first day of each month of work.

    Three months of 28 days are 7. Nothing before the start; all of it from the twelfth month.
    Source: gov.uk/holiday-entitlement-rights, read 22 November 2026.
    """
    if on < started_on:
        return ZERO
    begun = min(months_of_service(started_on, on) + 1, 12)
    return yearly * begun / 12


def accrued_by_hours(
    hours_worked: Iterable[Decimal], *, year_begins: dt.date, nation: str, workforce: str,
    cap: Decimal | None = None,
) -> Decimal:  # fmt: skip
    """What irregular-hours and part-year workers earn: a percentage of the hours of each pay period.

    12.07 % for leave years that begin on or after 1 April 2024 in Great Britain; at most `cap` hours, the
    28 days. Not rounded: the law rounds to the nearest hour (`nearest_hour`). Raises ValueError when no such
    rule was in force at the beginning of the leave year, or on hours below nought.
    """
    rule = leave_rule("ACCRUAL", nation=nation, workforce=workforce, on=year_begins)
    if rule is None:
        raise ValueError(f"No leave by hours worked is on record for a leave year from {year_begins}.")
    worked = list(hours_worked)
    if any(hours < 0 for hours in worked):
        raise ValueError("Hours worked are never below nought.")
    earned = sum(worked, ZERO) * rule.amount / 100
    return earned if cap is None else min(earned, cap)


@dataclass(frozen=True)
class Pot:
    """Hours of one part of leave, and the last day on which they may be taken."""

    key: str
    hours: Decimal
    until: dt.date | None = None


def divide_taken(taken: Decimal, pots: Sequence[Pot]) -> tuple[dict[str, Decimal], Decimal]:
    """Which pots the hours taken came from, and what is beyond all of them.

    What lapses first is taken first; of pots that lapse together, or never, the one named first.
    """
    used: dict[str, Decimal] = {pot.key: ZERO for pot in pots}
    for pot in sorted(pots, key=lambda pot: pot.until or dt.date.max):
        part = min(max(taken, ZERO), pot.hours)
        used[pot.key] += part
        taken -= part
    return used, max(taken, ZERO)


def ask_by(first: dt.date, days: Decimal) -> dt.date:
    """The last day on which leave of so many days is asked for in time: twice its length ahead.

    Source: Working Time Regulations 1998 reg. 15; a contract may say otherwise.
    """
    return first - dt.timedelta(days=_whole(days * 2))


def refuse_by(first: dt.date, days: Decimal) -> dt.date:
    """The last day on which it is refused in time: as many days ahead as it is long. Source as above."""
    return first - dt.timedelta(days=_whole(days))


def _whole(days: Decimal) -> int:
    return int(days.to_integral_value(rounding=ROUND_CEILING))
