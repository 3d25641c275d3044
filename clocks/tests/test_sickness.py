import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clocks.sickness import (
    BRADFORD,
    COVERED,
    DAYS,
    EXPIRED,
    EXPIRING,
    LONG_TERM,
    NOTE,
    NOTE_MISSING,
    NOTE_WANTED,
    SELF,
    SELF_LATE,
    SELF_WANTED,
    SPELLS,
    Cover,
    Spell,
    Trigger,
    bradford,
    gaps,
    judge,
    longest_note,
    overlaps,
    standing,
)

ON = dt.date(2026, 11, 22)
FIRST = dt.date(2026, 6, 1)


def day(number: int) -> dt.date:
    """The day of this number of a spell that began on the first of June."""
    return FIRST + dt.timedelta(days=number - 1)


def spells(how_many: int, days: int) -> list[Spell]:
    """So many spells of so many days, each beginning twenty days after the one before."""
    begins = [ON - dt.timedelta(days=300 - 20 * number) for number in range(how_many)]
    return [Spell(n, begin, begin + dt.timedelta(days=days - 1)) for n, begin in enumerate(begins)]


@pytest.mark.parametrize(("how_many", "days", "score"), [(10, 1, 1000), (5, 2, 250), (2, 5, 40), (1, 10, 10)])
def test_ten_days_weigh_the_more_the_oftener_they_begin(how_many: int, days: int, score: int) -> None:
    assert bradford(spells(how_many, days), ON).score == score


def test_a_spell_that_does_not_count_makes_no_factor() -> None:
    kept = [*spells(2, 5), Spell(9, ON - dt.timedelta(days=9), ON, counts=False)]
    assert bradford(kept, ON).score == 40


def test_days_before_the_window_are_not_counted() -> None:
    across = Spell(1, ON - dt.timedelta(weeks=52, days=3), ON - dt.timedelta(weeks=52) + dt.timedelta(days=2))
    assert bradford([across], ON).days == 2


def test_only_days_that_would_have_been_worked_are_lost_where_a_pattern_is_known() -> None:
    week = Spell(1, dt.date(2026, 11, 9), dt.date(2026, 11, 22))
    assert bradford([week], ON, works=lambda each: each.weekday() < 5).days == 10


def test_half_days_are_halves() -> None:
    assert Spell(1, day(1), day(3), half_first=True, half_last=True).days(day(1), day(9)) == 2
    assert Spell(1, day(1), day(1), half_first=True).days(day(1), day(9)) == Decimal("0.5")
    assert Spell(1, day(1), day(1), half_first=True, half_last=True).days(day(1), day(9)) == Decimal("0.5")


dates = st.dates(dt.date(2025, 6, 1), dt.date(2026, 11, 22))
some_spells = st.lists(st.tuples(dates, st.integers(0, 40), st.booleans()), max_size=12).map(
    lambda rows: [
        Spell(number, first, first + dt.timedelta(days=length), counts)
        for number, (first, length, counts) in enumerate(rows)
    ]
)


@given(some_spells)
def test_one_more_spell_never_lowers_the_factor(known: list[Spell]) -> None:
    more = Spell(99, dt.date(2026, 10, 1), dt.date(2026, 10, 2))
    assert bradford([*known, more], ON).score > bradford(known, ON).score


@given(some_spells)
def test_the_factor_is_of_those_that_count_alone(known: list[Spell]) -> None:
    assert bradford(known, ON) == bradford([each for each in known if each.counts], ON)


@given(some_spells, st.integers(1, 1000))
def test_a_trigger_is_explained_by_spells_that_count(known: list[Spell], threshold: int) -> None:
    hit = judge(Trigger("b", BRADFORD, Decimal(threshold), weeks=52), known, ON)
    if hit is None:
        assert bradford(known, ON).score < threshold
    else:
        assert hit.value >= threshold
        assert all(each.counts for each in hit.spells)


def test_three_spells_in_thirteen_weeks_are_reached_with_the_third() -> None:
    trigger = Trigger("three", SPELLS, Decimal(3), weeks=13)
    last = [
        Spell(n, ON - dt.timedelta(days=80 - 30 * n), ON - dt.timedelta(days=79 - 30 * n)) for n in range(3)
    ]
    hit = judge(trigger, last, ON)
    assert hit is not None
    assert [each.key for each in hit.spells] == [0, 1, 2]
    assert judge(trigger, last[:2], ON) is None
    assert judge(trigger, last, ON + dt.timedelta(days=30)) is None


def test_ten_days_in_twelve_months_are_counted_to_the_day() -> None:
    trigger = Trigger("ten", DAYS, Decimal(10), months=12)
    long = Spell(1, dt.date(2025, 11, 14), dt.date(2025, 12, 2))
    assert judge(trigger, [long], ON) is not None  # 23 November to 2 December
    assert judge(trigger, [long], ON + dt.timedelta(days=1)) is None


def test_a_spell_is_long_on_its_twenty_eighth_day_and_while_it_lasts() -> None:
    trigger = Trigger("long", LONG_TERM, Decimal(28))
    assert judge(trigger, [Spell(1, day(1))], day(27)) is None
    hit = judge(trigger, [Spell(1, day(1))], day(28))
    assert hit is not None
    assert hit.value == 28
    assert judge(trigger, [Spell(1, day(1), day(28))], day(29)) is None
    assert judge(trigger, [Spell(1, day(1), counts=False)], day(40)) is None


def test_a_kind_nobody_knows_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="kind"):
        judge(Trigger("odd", "ODD", Decimal(1)), spells(1, 1), ON)


def test_a_spell_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Spell(1, day(2), day(1))


def test_seven_days_are_the_persons_own_word_and_the_eighth_is_not() -> None:
    own = [Cover(1, SELF, day(1), day(10))]
    assert gaps(Spell(1, day(1)), own, day(7), self_days=7) == []
    (gap,) = gaps(Spell(1, day(1)), own, day(9), self_days=7)
    assert (gap.first, gap.last, gap.needs) == (day(8), day(9), NOTE)


def test_a_gap_between_two_notes_is_named_by_its_days() -> None:
    notes = [Cover(1, NOTE, day(1), day(10)), Cover(2, NOTE, day(14), day(20))]
    (gap,) = gaps(Spell(1, day(1), day(20)), notes, day(30), self_days=7)
    assert (gap.first, gap.last, gap.needs) == (day(11), day(13), NOTE)


def test_notes_that_speak_of_the_same_days_overlap() -> None:
    found = overlaps([Cover(2, NOTE, day(9), day(20)), Cover(1, NOTE, day(1), day(10))])
    assert [(each.first, each.last, each.keys) for each in found] == [(day(9), day(10), (1, 2))]
    assert overlaps([Cover(1, SELF, day(1), day(7)), Cover(2, NOTE, day(5), day(20))]) == []


some_covers = st.lists(
    st.tuples(st.sampled_from([SELF, NOTE]), st.integers(1, 60), st.integers(0, 30)), max_size=6
).map(
    lambda rows: [
        Cover(number, kind, day(first), day(first + length))
        for number, (kind, first, length) in enumerate(rows)
    ]
)


@given(some_covers, st.integers(1, 90))
def test_every_day_of_a_spell_is_covered_or_in_one_gap(covers: list[Cover], lasts: int) -> None:
    spell = Spell(1, day(1), day(lasts))
    missing = gaps(spell, covers, day(lasts), self_days=7)
    for number in range(1, lasts + 1):
        noted = any(
            each.first <= day(number) <= each.last and (each.kind == NOTE or number <= 7) for each in covers
        )
        within = [each for each in missing if each.first <= day(number) <= each.last]
        assert len(within) == (0 if noted else 1)
        assert not within or within[0].needs == (SELF if number <= 7 else NOTE)


@pytest.mark.parametrize(
    ("covers", "on", "rung"),
    [
        ([], 1, SELF_WANTED),
        ([], 7, SELF_WANTED),
        ([], 8, NOTE_MISSING),
        ([Cover(1, SELF, day(1), day(7))], 1, COVERED),
        ([Cover(1, SELF, day(1), day(7))], 2, NOTE_WANTED),
        ([Cover(1, SELF, day(1), day(7))], 8, NOTE_MISSING),
        ([Cover(1, NOTE, day(1), day(20))], 14, COVERED),
        ([Cover(1, NOTE, day(1), day(20))], 15, EXPIRING),
        ([Cover(1, NOTE, day(1), day(20))], 20, EXPIRING),
        ([Cover(1, NOTE, day(1), day(20))], 21, EXPIRED),
        ([Cover(1, NOTE, day(8), day(20))], 9, SELF_LATE),
    ],
)
def test_evidence_climbs_its_ladder_day_by_day(covers: list[Cover], on: int, rung: str) -> None:
    assert standing(Spell(1, day(1)), covers, day(on), self_days=7, warn_days=5).rung == rung


def test_whoever_is_back_by_the_seventh_day_owes_their_own_word_alone() -> None:
    back = Spell(1, day(1), day(3))
    assert standing(back, [], day(4), self_days=7, warn_days=5).rung == SELF_LATE
    covered = [Cover(1, SELF, day(1), day(3))]
    assert standing(back, covered, day(9), self_days=7, warn_days=5).rung == COVERED


def test_a_note_is_three_months_at_most_in_the_first_six() -> None:
    assert longest_note(FIRST, FIRST, months=3, during=6) == dt.date(2026, 8, 31)
    assert longest_note(FIRST, dt.date(2026, 11, 30), months=3, during=6) == dt.date(2027, 2, 28)
    assert longest_note(FIRST, dt.date(2026, 12, 1), months=3, during=6) is None
