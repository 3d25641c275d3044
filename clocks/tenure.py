"""What length of service brings: protection from unfair dismissal, and the end of a chain of fixed terms."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from clocks.bank_holidays import DATA
from clocks.months import corresponding_date
from clocks.service import employers_notice_weeks, service_complete_on

QUALIFYING, FIXED_TERM = "QUALIFYING", "FIXED_TERM"
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


@dataclass(frozen=True)
class TenureRule:
    """So many months of service bring something, on days between the two, in these nations.

    `confirmed` is false where the figure is generally known but was not read in its source.
    """

    key: str
    nations: frozenset[str]
    months: int
    valid_from: dt.date | None
    valid_to: dt.date | None
    confirmed: bool
    source: str
    source_read_on: dt.date


@cache
def load_tenure_rules() -> tuple[TenureRule, ...]:
    """The committed rules, oldest first."""
    with (DATA / "tenure.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            TenureRule(
                key=row["key"],
                nations=frozenset(row["nations"].split()),
                months=int(row["months"]),
                valid_from=_day(row["valid_from"]),
                valid_to=_day(row["valid_to"]),
                confirmed=row["confirmed"] == "yes",
                source=row["source"],
                source_read_on=dt.date.fromisoformat(row["source_read_on"]),
            )
            for row in csv.DictReader(lines)
        )


def _day(words: str) -> dt.date | None:
    return dt.date.fromisoformat(words) if words else None


def _of(key: str, nation: str, rules: Iterable[TenureRule] | None) -> Iterator[TenureRule]:
    for rule in load_tenure_rules() if rules is None else rules:
        if rule.key == key and nation in rule.nations:
            yield rule


def qualifies_on(
    started_on: dt.date, nation: str, rules: Iterable[TenureRule] | None = None
) -> dt.date | None:
    """The first last day of employment with which somebody is protected from unfair dismissal.

    Whoever has served the new, shorter time when a rule begins is protected from its first day. None where
    no rule is on record for that nation (ENG, WLS, SCO, NI). Source: clocks/data/tenure.csv.
    """
    found = []
    for rule in _of(QUALIFYING, nation, rules):
        day = max(service_complete_on(started_on, rule.months), rule.valid_from or dt.date.min)
        if rule.valid_to is None or day <= rule.valid_to:
            found.append(day)
    return min(found, default=None)


def last_safe_day(
    started_on: dt.date, nation: str, *, contract_weeks: int = 0, rules: Iterable[TenureRule] | None = None
) -> dt.date | None:
    """The last day on which notice can be given so that employment ends before protection begins.

    Statutory notice counts towards service whether it is worked or paid in lieu (Employment Rights Act 1996
    s.97(2)); `contract_weeks` is a longer notice of the contract. None where no rule is on record.
    """
    line = qualifies_on(started_on, nation, rules)
    if line is None:
        return None
    day = line - DAY
    while (
        day >= started_on
        and day + max(employers_notice_weeks(started_on, day), contract_weeks) * WEEK >= line
    ):
        day -= DAY
    return max(day, started_on)


def permanent_from(
    continuous_from: dt.date, nation: str, rules: Iterable[TenureRule] | None = None
) -> tuple[dt.date, TenureRule] | None:
    """From which day one fixed term after another is a permanent contract, unless there is good reason, and
    by which rule; None where no rule is on record. Service before the rule began does not count."""
    for rule in _of(FIXED_TERM, nation, rules):
        begun = max(continuous_from, rule.valid_from or dt.date.min)
        return corresponding_date(begun, rule.months), rule
    return None
