"""Sick pay as dated facts: the statutory weekly rate and the day a police officer's pay halves."""

import csv
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from clocks.bank_holidays import DATA
from clocks.rule_book import rule

PENCE = Decimal("0.01")


@dataclass(frozen=True)
class SickPayRate:
    """One year's rule: the flat weekly rate, the share of earnings it may not exceed, the least earnings
    that qualify, and the waiting days before it is paid. Pounds a week."""

    valid_from: dt.date
    valid_to: dt.date | None
    flat_rate: Decimal
    share_of_earnings: Decimal | None
    least_earnings: Decimal
    waiting_days: int
    source: str
    source_read_on: dt.date


@cache
def load_sick_pay_rates() -> tuple[SickPayRate, ...]:
    """The committed rates, oldest first."""
    with (DATA / "sick_pay.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            SickPayRate(
                valid_from=dt.date.fromisoformat(row["valid_from"]),
                valid_to=dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                flat_rate=Decimal(row["flat_rate"]),
                share_of_earnings=Decimal(row["share_of_earnings"]) if row["share_of_earnings"] else None,
                least_earnings=Decimal(row["least_earnings"]),
                waiting_days=int(row["waiting_days"]),
                source=row["source"],
                source_read_on=dt.date.fromisoformat(row["source_read_on"]),
            )
            for row in csv.DictReader(lines)
        )


def sick_pay_rate(on: dt.date, rates: Iterable[SickPayRate] | None = None) -> SickPayRate:
    """The rate in force for a day of sickness; `rates` default to the committed ones.

    Raises ValueError when none is on record for that day.
    """
    for rate in load_sick_pay_rates() if rates is None else rates:
        if rate.valid_from <= on and (rate.valid_to is None or on <= rate.valid_to):
            return rate
    raise ValueError(f"No statutory sick pay rate is on record for {on}.")


def weekly_sick_pay(
    average_weekly_earnings: Decimal, on: dt.date, rates: Iterable[SickPayRate] | None = None
) -> Decimal:
    """Statutory sick pay for a whole week, in pounds and pence, at the rate in force on that day.

    From 6 April 2026 the lower of the flat rate and 80 % of average weekly earnings. Nothing below the least
    earnings. Raises ValueError when earnings are below nought or no rate is on record.
    """
    if average_weekly_earnings < 0:
        raise ValueError("Average weekly earnings are never below nought.")
    rate = sick_pay_rate(on, rates)
    if average_weekly_earnings < rate.least_earnings:
        return Decimal("0.00")
    pay = rate.flat_rate
    if rate.share_of_earnings is not None:
        pay = min(pay, average_weekly_earnings * rate.share_of_earnings)
    return pay.quantize(PENCE, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class HalfPay:
    """The first day on half pay and the day by which the officer is warned of it."""

    begins_on: dt.date
    warn_by: dt.date


def police_half_pay(first_day_sick: dt.date, paid_days_in_year_before: int = 0) -> HalfPay:
    """When a police officer's sick pay falls to half.

    The full-pay days of rule POL-HALF-PAY, less the paid sick days of the twelve months before; the warning
    goes out as far ahead as POL-HALF-WARN stands before it, but never before the first day of sickness. The
    chief officer may extend. Raises ValueError when the days are below nought.
    """
    if paid_days_in_year_before < 0:
        raise ValueError("Paid sick days are never below nought.")
    full_days = rule("POL-HALF-PAY", first_day_sick).length
    ahead = full_days - rule("POL-HALF-WARN", first_day_sick).length
    begins_on = first_day_sick + dt.timedelta(days=max(full_days - paid_days_in_year_before, 0))
    return HalfPay(begins_on, max(begins_on - dt.timedelta(days=ahead), first_day_sick))
