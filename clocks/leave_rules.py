"""Leave as dated facts: how much the law and the contracts give, and what may be carried over."""

import csv
import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from clocks.bank_holidays import DATA, nations_named
from clocks.months import corresponding_date


@dataclass(frozen=True)
class LeaveRule:
    """One amount of leave: in which nations, for which workforces, from how many years of service, and when.

    `unit` is weeks or days of a year, or percent of hours worked. Of several rows in force for somebody the
    one with the most years of service holds.
    """

    key: str
    nations: frozenset[str]
    workforces: frozenset[str]
    service_years: int
    valid_from: dt.date
    valid_to: dt.date | None
    amount: Decimal
    unit: str
    source: str
    source_read_on: dt.date

    def speaks_of(self, key: str, nation: str, workforce: str) -> bool:
        return self.key == key and nation in self.nations and workforce in self.workforces

    def in_force(self, on: dt.date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class CarryOverRule:
    """What may be carried from one leave year into the next: at most so many weeks, for so many months."""

    kind: str
    nations: frozenset[str]
    weeks: Decimal
    months: int | None
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    source_read_on: dt.date

    def until(self, year_ends_on: dt.date) -> dt.date | None:
        """The last day on which it may be taken; None while the employer's failure goes on."""
        if self.months is None:
            return None
        return corresponding_date(year_ends_on + dt.timedelta(days=1), self.months) - dt.timedelta(days=1)


@cache
def load_leave_rules() -> tuple[LeaveRule, ...]:
    """The committed rows, in the order of the file."""
    with (DATA / "leave.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            LeaveRule(
                key=row["key"],
                nations=nations_named(row["nations"].split()),
                workforces=frozenset(row["workforces"].split()),
                service_years=int(row["service_years"]),
                amount=Decimal(row["amount"]),
                unit=row["unit"],
                **_dated(row),
            )
            for row in csv.DictReader(lines)
        )


@cache
def load_carry_over_rules() -> tuple[CarryOverRule, ...]:
    """The committed rows, in the order of the file."""
    with (DATA / "leave_carry_over.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            CarryOverRule(
                kind=row["kind"],
                nations=nations_named(row["nations"].split()),
                weeks=Decimal(row["weeks"]),
                months=int(row["months"]) if row["months"] else None,
                **_dated(row),
            )
            for row in csv.DictReader(lines)
        )


def _dated(row: dict[str, str]) -> dict[str, Any]:
    return {
        "valid_from": dt.date.fromisoformat(row["valid_from"]),
        "valid_to": dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        "source": row["source"],
        "source_read_on": dt.date.fromisoformat(row["source_read_on"]),
    }


def leave_rule(
    key: str, *, nation: str, workforce: str, on: dt.date, years_served: int = 0
) -> LeaveRule | None:
    """The row in force for somebody on that day, or None when none is on record."""
    found = [
        rule
        for rule in load_leave_rules()
        if rule.speaks_of(key, nation, workforce) and rule.in_force(on) and rule.service_years <= years_served
    ]
    return max(found, key=lambda rule: rule.service_years, default=None)


def carry_over_rule(kind: str, *, nation: str, year_ends_on: dt.date) -> CarryOverRule | None:
    """The rule for leave left at the end of that leave year, or None when none is on record."""
    for rule in load_carry_over_rules():
        in_force = rule.valid_from <= year_ends_on and (
            rule.valid_to is None or year_ends_on <= rule.valid_to
        )
        if rule.kind == kind and nation in rule.nations and in_force:
            return rule
    return None
