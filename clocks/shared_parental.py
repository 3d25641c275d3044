"""Shared parental leave in blocks: what a notice may ask for, when it is answered, what holds if not."""

import csv
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from clocks.bank_holidays import DATA, nations_named
from clocks.months import corresponding_date

DAY = dt.timedelta(days=1)
WEEK = 7
Block = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class SharedRule:
    """For whom and from when: so many weeks between both parents, within so many months of the birth, told so
    many days before a block begins, in so many notices; the days of an answer, each from the notice; and how
    many days each parent may work in it without ending it."""

    nations: frozenset[str]
    workforces: frozenset[str]
    valid_from: dt.date
    valid_to: dt.date | None
    weeks: int
    within_months: int
    service_weeks: int
    notice_days: int
    notices: int
    answer_days: int
    withdraw_days: int
    choose_days: int
    touch_days: int
    unconfirmed: frozenset[str]
    source: str
    source_read_on: dt.date


@cache
def load_shared_rules() -> tuple[SharedRule, ...]:
    """The committed rows, by nation."""
    numbers = (
        "weeks", "within_months", "service_weeks", "notice_days", "notices", "answer_days", "withdraw_days",
        "choose_days", "touch_days",
    )  # fmt: skip
    with (DATA / "shared_parental.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            SharedRule(
                nations=nations_named(row["nations"].split()),
                workforces=frozenset(row["workforces"].split()),
                valid_from=dt.date.fromisoformat(row["valid_from"]),
                valid_to=dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                unconfirmed=frozenset(row["unconfirmed"].split()),
                source=row["source"],
                source_read_on=dt.date.fromisoformat(row["source_read_on"]),
                **{name: int(row[name]) for name in numbers},
            )
            for row in csv.DictReader(lines)
        )


def shared_rule(nation: str, workforce: str, on: dt.date) -> SharedRule | None:
    """The rule for a child born or placed on that day, or None where there is none."""
    for rule in load_shared_rules():
        speaks = nation in rule.nations and workforce in rule.workforces
        if speaks and rule.valid_from <= on <= (rule.valid_to or dt.date.max):
            return rule
    return None


def weeks_of(blocks: Sequence[Block]) -> int:
    """How many weeks the blocks come to; each is of whole weeks."""
    return sum(((last - first).days + 1) // WEEK for first, last in blocks)


def is_whole_weeks(block: Block) -> bool:
    """Whether it is a week or more and ends as a week does, on whichever day it begins."""
    days = (block[1] - block[0]).days + 1
    return days > 0 and days % WEEK == 0


def joined(blocks: Sequence[Block]) -> list[Block]:
    """The same days in order, with blocks that follow on each other made one; one left is continuous."""
    found: list[Block] = []
    for first, last in sorted(blocks):
        if found and found[-1][1] + DAY == first:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def last_day_for_blocks(rule: SharedRule, event_on: dt.date) -> dt.date:
    """The day before the child has been here for so many months: born on 10 March 2027, 9 March 2028."""
    return corresponding_date(event_on, rule.within_months) - DAY


def first_block_from(rule: SharedRule, received_on: dt.date) -> dt.date:
    """A block begins eight weeks after its notice at the earliest."""
    return received_on + rule.notice_days * DAY


def answer_by(rule: SharedRule, received_on: dt.date) -> dt.date:
    """Separate blocks are talked about until then; without an agreement they are not granted."""
    return received_on + rule.answer_days * DAY


def withdraw_by(rule: SharedRule, received_on: dt.date) -> dt.date:
    """Until then a notice that was not agreed is withdrawn and does not count."""
    return received_on + rule.withdraw_days * DAY


def choose_by(rule: SharedRule, received_on: dt.date) -> dt.date:
    """Until then the person says when the one block begins that they may take instead."""
    return received_on + rule.choose_days * DAY


def one_block(blocks: Sequence[Block], starts_on: dt.date | None = None) -> Block:
    """All the weeks of a notice as one block, from the day chosen or else from its first."""
    begins = starts_on or min(first for first, _last in blocks)
    return begins, begins + weeks_of(blocks) * WEEK * DAY - DAY
