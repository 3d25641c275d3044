"""Small numbers are hidden so that nobody can work them out."""

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.recruitment.rules.figures.hiding import Table, hide, rounded

BELOW = 3


@st.composite
def tables(draw: st.DrawFn) -> list[list[int]]:
    """Two to four groups, up to three stages; no more come through a stage than through the one before."""
    stages = draw(st.integers(1, 3))
    found = []
    for _group in range(draw(st.integers(2, 4))):
        line = [draw(st.integers(0, 6))]
        while len(line) < stages:
            line.append(draw(st.integers(0, line[-1])))
        found.append(line)
    return found


def fillings(
    table: Table, hidden: list[list[bool]], stage: int, before: list[int] | None
) -> Iterator[list[list[int]]]:
    """Every table that fits what is known, found by trying all: the totals, what is shown, and the order."""
    if stage == len(table[0]):
        yield [[] for _line in table]
        return
    total = sum(line[stage] for line in table)
    for column in columns(table, hidden, stage, before, 0, total):
        for rest in fillings(table, hidden, stage + 1, column):
            yield [[many, *line] for many, line in zip(column, rest, strict=True)]


def columns(
    table: Table, hidden: list[list[bool]], stage: int, before: list[int] | None, group: int, left: int
) -> Iterator[list[int]]:
    if group == len(table):
        if left == 0:
            yield []
        return
    most = left if before is None else min(left, before[group])
    choices = range(most + 1) if hidden[group][stage] else [table[group][stage]]
    for many in choices:
        if many <= most:
            for rest in columns(table, hidden, stage, before, group + 1, left - many):
                yield [many, *rest]


def worked_out(table: Table, hidden: list[list[bool]]) -> list[tuple[int, int]]:
    """The hidden numbers that are the same in every table that fits, of columns in which anybody is."""
    found: dict[tuple[int, int], set[int]] = {}
    for filling in fillings(table, hidden, 0, None):
        for group, line in enumerate(filling):
            for stage, many in enumerate(line):
                found.setdefault((group, stage), set()).add(many)
    return [
        (group, stage) for (group, stage), values in found.items()
        if hidden[group][stage] and len(values) == 1 and any(line[stage] for line in table)
    ]  # fmt: skip


@given(tables())
@settings(max_examples=400, deadline=None)
def test_no_small_number_is_shown_and_no_hidden_one_can_be_worked_out(table: list[list[int]]) -> None:
    hidden = hide(table, below=BELOW)
    shown = [
        many
        for line, mask in zip(table, hidden, strict=True)
        for many, is_hidden in zip(line, mask, strict=True)
        if not is_hidden
    ]
    assert not any(0 < many < BELOW for many in shown)
    assert worked_out(table, hidden) == []


def test_what_the_trial_finds_when_only_the_small_number_is_hidden() -> None:
    assert worked_out([[9], [1], [8]], [[False], [True], [False]]) == [(1, 0)]


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert hide([[9, 5], [8, 5], [0, 0]], below=5) == [[False, False]] * 3


def test_a_small_number_takes_the_next_smallest_with_it() -> None:
    assert hide([[40], [2], [12], [30]], below=5) == [[False], [True], [True], [False]]


def test_a_return_that_asks_for_small_numbers_hides_none() -> None:
    assert hide([[1, 0], [3, 1]], below=0) == [[False, False]] * 2


def test_numbers_are_rounded_halves_up() -> None:
    assert [rounded(many, 5) for many in (0, 2, 3, 7, 8)] == [0, 0, 5, 5, 10]
    assert rounded(7, 1) == 7
