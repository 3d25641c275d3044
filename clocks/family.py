"""The dates around a birth and other family leave, worked out from dated, sourced rows."""

import csv
import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from clocks.bank_holidays import DATA, nations_named

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(weeks=1)
REPLY = dt.timedelta(days=28)
CHANGE = dt.timedelta(days=28)
EARLY_RETURN = dt.timedelta(weeks=8)
COMPULSORY = dt.timedelta(weeks=2)
ORDINARY = dt.timedelta(weeks=26)
PAID = dt.timedelta(weeks=39)
KEEPING_IN_TOUCH_DAYS = 10


@dataclass(frozen=True)
class MaternityDates:
    """What falls when, all dates. Weeks begin on a Sunday, as the expected week of childbirth (EWC) does."""

    expected_week_begins: dt.date
    notice_week_begins: dt.date
    notice_by: dt.date
    earliest_start: dt.date
    illness_starts_leave_from: dt.date
    certificate_from: dt.date


def maternity_dates(due_on: dt.date) -> MaternityDates:
    """The maternity dates of a baby due on that day.

    Notice of the pregnancy is given by the Saturday that ends the 15th week before the EWC; leave starts at
    the earliest in the 11th week before it; absence for a pregnancy illness starts leave from the fourth week
    before it; the MATB1 certificate is issued from 20 weeks before it.
    Source: nibusinessinfo, LRD and XpertHR guides, read 22 November 2026; the same in all four nations.
    """
    week = due_on - dt.timedelta(days=(due_on.weekday() + 1) % 7)

    def before(weeks: int) -> dt.date:
        return week - dt.timedelta(weeks=weeks)

    return MaternityDates(
        expected_week_begins=week,
        notice_week_begins=before(15),
        notice_by=before(15) + dt.timedelta(days=6),
        earliest_start=before(11),
        illness_starts_leave_from=before(4),
        certificate_from=before(20),
    )


@dataclass(frozen=True)
class FamilyRule:
    """One kind of family leave, for whom and when: so many weeks at most (None: nobody has entered it), to be
    taken within so many weeks of the event, after so many weeks of service, with so many days of notice."""

    kind: str
    name: str
    name_cy: str
    nations: frozenset[str]
    workforces: frozenset[str]
    valid_from: dt.date
    valid_to: dt.date | None
    weeks: int | None
    within_weeks: int | None
    service_weeks: int
    notice_days: int | None
    unconfirmed: frozenset[str]
    source: str
    source_read_on: dt.date

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


@dataclass(frozen=True)
class FamilyPay:
    """What statutory pay is worked out from, in pounds a week; None where nobody has confirmed a figure."""

    valid_from: dt.date
    valid_to: dt.date | None
    flat_rate: Decimal | None
    share_of_earnings: Decimal
    first_weeks: int
    weeks: int
    least_earnings: Decimal
    unconfirmed: frozenset[str]
    source: str
    source_read_on: dt.date


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@cache
def load_family_rules() -> tuple[FamilyRule, ...]:
    """The committed kinds of family leave, in the order in which people look for them."""
    with (DATA / "family_leave.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            FamilyRule(
                kind=row["kind"],
                name=row["name"],
                name_cy=row["name_cy"],
                nations=nations_named(row["nations"].split()),
                workforces=frozenset(row["workforces"].split()),
                valid_from=dt.date.fromisoformat(row["valid_from"]),
                valid_to=_day(row["valid_to"]),
                weeks=_whole(row["weeks"]),
                within_weeks=_whole(row["within_weeks"]),
                service_weeks=int(row["service_weeks"]),
                notice_days=_whole(row["notice_days"]),
                unconfirmed=frozenset(row["unconfirmed"].split()),
                source=row["source"],
                source_read_on=dt.date.fromisoformat(row["source_read_on"]),
            )
            for row in csv.DictReader(lines)
        )


@cache
def load_family_pay() -> tuple[FamilyPay, ...]:
    """The committed rates, oldest first."""
    with (DATA / "family_pay.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            FamilyPay(
                valid_from=dt.date.fromisoformat(row["valid_from"]),
                valid_to=_day(row["valid_to"]),
                flat_rate=Decimal(row["flat_rate"]) if row["flat_rate"] else None,
                share_of_earnings=Decimal(row["share_of_earnings"]),
                first_weeks=int(row["first_weeks"]),
                weeks=int(row["weeks"]),
                least_earnings=Decimal(row["least_earnings"]),
                unconfirmed=frozenset(row["unconfirmed"].split()),
                source=row["source"],
                source_read_on=dt.date.fromisoformat(row["source_read_on"]),
            )
            for row in csv.DictReader(lines)
        )


def family_rule(kind: str, nation: str, workforce: str, on: dt.date) -> FamilyRule | None:
    """The rule of that kind for somebody whose event falls on that day, or None where there is none."""
    for rule in load_family_rules():
        speaks = rule.kind == kind and nation in rule.nations and workforce in rule.workforces
        if speaks and rule.valid_from <= on <= (rule.valid_to or dt.date.max):
            return rule
    return None


def family_pay(on: dt.date) -> FamilyPay | None:
    """The figures in force on that day, or None where none are on record."""
    held = [each for each in load_family_pay() if each.valid_from <= on <= (each.valid_to or dt.date.max)]
    return held[-1] if held else None


def last_day_of_leave(starts_on: dt.date, weeks: int) -> dt.date:
    """The last day of so many weeks that begin with the first day: 52 weeks from 22 February 2027 end on
    20 February 2028."""
    return starts_on + weeks * WEEK - DAY


def reply_by(notified_on: dt.date) -> dt.date:
    """The employer answers the notice within 28 days, with the last day of the leave."""
    return notified_on + REPLY


def starts_by_itself_on(
    due_on: dt.date, planned_on: dt.date, *, born_on: dt.date | None = None, ill_on: dt.date | None = None
) -> dt.date | None:
    """The day on which maternity leave starts by itself before it was planned to, or None.

    It starts the day after the birth, or the day after the first day of an absence for a pregnancy illness
    from the fourth week before the expected week on, whichever is first.
    """
    days = [] if born_on is None else [born_on + DAY]
    if ill_on is not None and ill_on >= maternity_dates(due_on).illness_starts_leave_from:
        days.append(ill_on + DAY)
    first = min(days, default=None)
    return first if first is not None and first < planned_on else None


def last_compulsory_day(born_on: dt.date) -> dt.date:
    """Nobody works in the two weeks that begin with the day of the birth."""
    return born_on + COMPULSORY - DAY


def notice_of_change_by(planned_on: dt.date, wanted_on: dt.date) -> dt.date:
    """The last day on which a change of the start may be told: 28 days before the earlier of the two."""
    return min(planned_on, wanted_on) - CHANGE


def earliest_return(told_on: dt.date) -> dt.date:
    """Who comes back before the end says so eight weeks before."""
    return told_on + EARLY_RETURN
