"""Requests for flexible working as dated facts: how many a year, decided by when, refused on what grounds."""

import csv
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from clocks.bank_holidays import DATA, nations_named
from clocks.months import corresponding_date

YEAR = 12


@dataclass(frozen=True)
class FlexibleRule:
    """What holds for a request received while the rule is in force: how many in any 12 months (None: no
    limit), after how many weeks of service, and within how many months it is decided, any appeal included
    (None: nobody has entered it). `unconfirmed` names the figures nobody has confirmed at the source."""

    nations: frozenset[str]
    workforces: frozenset[str]
    valid_from: dt.date
    valid_to: dt.date | None
    is_statutory: bool
    requests: int | None
    service_weeks: int
    decision_months: int | None
    must_consult: bool
    unconfirmed: frozenset[str]
    source: str
    source_read_on: dt.date


@dataclass(frozen=True)
class Ground:
    """One reason for which a request may be refused. Kept for ever: old requests keep theirs."""

    key: str
    name: str
    name_cy: str
    valid_from: dt.date
    valid_to: dt.date | None
    source: str

    def in_force(self, on: dt.date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _whole(text: str) -> int | None:
    return int(text) if text else None


@cache
def load_flexible_rules() -> tuple[FlexibleRule, ...]:
    """The committed rules."""
    with (DATA / "flexible_working.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            FlexibleRule(
                nations=nations_named(row["nations"].split()),
                workforces=frozenset(row["workforces"].split()),
                valid_from=dt.date.fromisoformat(row["valid_from"]),
                valid_to=_day(row["valid_to"]),
                is_statutory=row["statutory"] == "yes",
                requests=_whole(row["requests"]),
                service_weeks=int(row["service_weeks"]),
                decision_months=_whole(row["decision_months"]),
                must_consult=row["consult"] == "yes",
                unconfirmed=frozenset(row["unconfirmed"].split()),
                source=row["source"],
                source_read_on=dt.date.fromisoformat(row["source_read_on"]),
            )
            for row in csv.DictReader(lines)
        )


@cache
def load_grounds() -> tuple[Ground, ...]:
    """Every ground of refusal, in the order of the law."""
    with (DATA / "flexible_grounds.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Ground(
                row["key"],
                row["name"],
                row["name_cy"],
                dt.date.fromisoformat(row["valid_from"]),
                _day(row["valid_to"]),
                row["source"],
            )
            for row in csv.DictReader(lines)
        )


def flexible_rule(nation: str, workforce: str, received_on: dt.date) -> FlexibleRule | None:
    """The rule for a request received that day, or None where neither law nor policy speaks of them."""
    for rule in load_flexible_rules():
        speaks = nation in rule.nations and workforce in rule.workforces
        if speaks and rule.valid_from <= received_on <= (rule.valid_to or dt.date.max):
            return rule
    return None


def decide_by(rule: FlexibleRule, received_on: dt.date) -> dt.date | None:
    """The day by which it is decided, any appeal included: 31 December and two months is 28 February."""
    if rule.decision_months is None:
        return None
    return corresponding_date(received_on, rule.decision_months)


def counted(earlier: Iterable[dt.date], received_on: dt.date) -> int:
    """How many earlier requests fall in the twelve months that end with that day."""
    begins = corresponding_date(received_on, -YEAR)
    return sum(begins < each <= received_on for each in earlier)


def may_ask_again_on(rule: FlexibleRule, earlier: Iterable[dt.date], on: dt.date) -> dt.date:
    """The first day from `on` on which another request is within the limit."""
    recent = sorted(each for each in earlier if corresponding_date(on, -YEAR) < each <= on)
    if rule.requests is None or len(recent) < rule.requests:
        return on
    return corresponding_date(recent[len(recent) - rule.requests], YEAR)
