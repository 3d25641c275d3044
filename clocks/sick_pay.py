"""Sick pay as dated facts: the statutory weekly rate and the day a police officer's pay halves."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

PENCE = Decimal("0.01")
POLICE_FULL_PAY_DAYS = 183
POLICE_WARNING_DAYS = 28


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


RATES = (
    SickPayRate(
        valid_from=dt.date(2025, 4, 6),
        valid_to=dt.date(2026, 4, 5),
        flat_rate=Decimal("118.75"),
        share_of_earnings=None,
        least_earnings=Decimal("125.00"),
        waiting_days=3,
        source="Paris Smith; HMRC Statutory Payments Manual SPM220400",
        source_read_on=dt.date(2026, 11, 22),
    ),
    SickPayRate(
        valid_from=dt.date(2026, 4, 6),
        valid_to=None,
        flat_rate=Decimal("123.25"),
        share_of_earnings=Decimal("0.80"),
        least_earnings=Decimal("0.00"),
        waiting_days=0,
        source="Employment Rights Act 2025; business.gov.uk; Make UK, 27 February 2026",
        source_read_on=dt.date(2026, 11, 22),
    ),
)


def sick_pay_rate(on: dt.date) -> SickPayRate:
    """The rule in force for a day of sickness. Raises ValueError before 6 April 2025."""
    for rate in RATES:
        if rate.valid_from <= on and (rate.valid_to is None or on <= rate.valid_to):
            return rate
    raise ValueError(f"No statutory sick pay rate is on record for {on}.")


def weekly_sick_pay(average_weekly_earnings: Decimal, on: dt.date) -> Decimal:
    """Statutory sick pay for a whole week, in pounds and pence, at the rate in force on that day.

    From 6 April 2026 the lower of the flat rate and 80 % of average weekly earnings. Nothing below the least
    earnings. Raises ValueError when earnings are below nought or no rate is on record.
    """
    if average_weekly_earnings < 0:
        raise ValueError("Average weekly earnings are never below nought.")
    rate = sick_pay_rate(on)
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

    183 days on full pay, less the paid sick days of the twelve months before; the warning goes out 28 days
    ahead but never before the first day of sickness. The chief officer may extend. Source: Police Regulations
    2003 reg. 28, Gloucestershire Police Federation, read 22 November 2026. Raises ValueError when the days
    are below nought.
    """
    if paid_days_in_year_before < 0:
        raise ValueError("Paid sick days are never below nought.")
    left = max(POLICE_FULL_PAY_DAYS - paid_days_in_year_before, 0)
    begins_on = first_day_sick + dt.timedelta(days=left)
    return HalfPay(begins_on, max(begins_on - dt.timedelta(days=POLICE_WARNING_DAYS), first_day_sick))
