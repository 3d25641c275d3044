"""Shared parental leave in blocks: whole weeks, joined where they touch, and the days of an answer."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from clocks.shared_parental import (
    DAY,
    WEEK,
    answer_by,
    choose_by,
    first_block_from,
    is_whole_weeks,
    joined,
    last_day_for_blocks,
    load_shared_rules,
    one_block,
    shared_rule,
    weeks_of,
    withdraw_by,
)

TOLD = dt.date(2027, 1, 4)
BORN = dt.date(2027, 3, 10)


def test_the_rule_is_that_of_the_nation_on_the_day_of_the_birth() -> None:
    assert shared_rule("ENG", "employee", dt.date(2014, 11, 30)) is None
    assert shared_rule("ENG", "employee", dt.date(2014, 12, 1)) is not None
    assert shared_rule("NI", "employee", dt.date(2015, 3, 14)) is None
    assert shared_rule("NI", "employee", dt.date(2015, 3, 15)) is not None
    assert shared_rule("ENG", "police_officer", BORN) is None


def test_every_row_says_where_it_was_read_and_what_nobody_confirmed() -> None:
    for rule in load_shared_rules():
        assert rule.source
        assert {"weeks", "service_weeks"} <= rule.unconfirmed


def test_each_parent_may_work_twenty_days_in_it() -> None:
    assert {rule.touch_days for rule in load_shared_rules()} == {20}


def test_the_days_of_a_notice_count_from_the_day_it_came() -> None:
    rule = shared_rule("WLS", "employee", BORN)
    assert rule is not None
    assert answer_by(rule, TOLD) == dt.date(2027, 1, 18)
    assert withdraw_by(rule, TOLD) == dt.date(2027, 1, 19)
    assert choose_by(rule, TOLD) == dt.date(2027, 1, 23)
    assert first_block_from(rule, TOLD) == dt.date(2027, 3, 1)
    assert last_day_for_blocks(rule, BORN) == dt.date(2028, 3, 9)


def test_a_block_is_of_whole_weeks_on_whichever_day_it_begins() -> None:
    assert is_whole_weeks((TOLD, TOLD + 6 * DAY))
    assert is_whole_weeks((TOLD + 2 * DAY, TOLD + 15 * DAY))
    assert not is_whole_weeks((TOLD, TOLD + 7 * DAY))
    assert not is_whole_weeks((TOLD, TOLD - DAY))


def test_blocks_that_follow_on_each_other_are_one() -> None:
    later = (TOLD + 7 * DAY, TOLD + 20 * DAY)
    assert joined([later, (TOLD, TOLD + 6 * DAY)]) == [(TOLD, TOLD + 20 * DAY)]
    apart = (TOLD + 28 * DAY, TOLD + 34 * DAY)
    assert joined([apart, (TOLD, TOLD + 6 * DAY)]) == [(TOLD, TOLD + 6 * DAY), apart]


@given(
    gaps=st.lists(st.tuples(st.integers(0, 9), st.integers(1, 8)), min_size=1, max_size=6),
    later=st.integers(0, 60),
)
def test_one_block_instead_has_the_same_weeks_and_joining_loses_no_day(
    gaps: list[tuple[int, int]], later: int
) -> None:
    blocks, day = [], TOLD
    for pause, weeks in gaps:
        first = day + pause * DAY
        blocks.append((first, first + weeks * WEEK * DAY - DAY))
        day = blocks[-1][1] + DAY
    total = weeks_of(blocks)
    assert weeks_of(joined(blocks)) == total
    for chosen in (None, TOLD + later * DAY):
        begins, ends = one_block(blocks, chosen)
        assert begins == (chosen or blocks[0][0])
        assert weeks_of([(begins, ends)]) == total
        assert is_whole_weeks((begins, ends))
