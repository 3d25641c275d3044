"""Small numbers are hidden, and as many others with them that none can be worked out from what is shown.

A table is of groups (rows) and stages (columns). What a reader knows: the total of each column, each number
that is shown, that none is below nought, and that of a group no more come through a stage than through the
one before. A hidden number is safe if there is another table that fits all of this and in which it is another
number: such a table is made by moving one person from one hidden group to another in a run of columns.
Statistical offices call the two parts primary and secondary suppression.
"""

from collections.abc import Sequence

Table = Sequence[Sequence[int]]


def hide(table: Table, *, below: int) -> list[list[bool]]:
    """Which numbers are hidden: one line a group, one place a stage. Nothing is where `below` is 0 or 1."""
    hidden = [[0 < many < below for many in line] for line in table]
    if not any(any(line) for line in hidden):
        return hidden
    _complement(table, hidden, below)
    while (found := _first_unsafe(table, hidden)) is not None:
        if not _hide_one_more(table, hidden, *found):
            return [[True] * len(line) for line in table]
    return hidden


def _complement(table: Table, hidden: list[list[bool]], below: int) -> None:
    """In each column the hidden numbers together are not small either."""
    for stage in range(len(table[0])):
        while True:
            together = [table[group][stage] for group in range(len(table)) if hidden[group][stage]]
            if not together or (len(together) > 1 and sum(together) >= below):
                break
            if not _hide_in(table, hidden, stage):
                break


def _hide_in(table: Table, hidden: list[list[bool]], stage: int) -> bool:
    """The smallest number of a column that is still shown; noughts last."""
    shown = [group for group in range(len(table)) if not hidden[group][stage]]
    if not shown:
        return False
    smallest = min(shown, key=lambda group: (table[group][stage] == 0, table[group][stage], group))
    hidden[smallest][stage] = True
    return True


def _first_unsafe(table: Table, hidden: list[list[bool]]) -> tuple[int, int] | None:
    for group, line in enumerate(hidden):
        for stage, is_hidden in enumerate(line):
            some = any(each[stage] for each in table)  # of nobody there is nothing to hide
            if is_hidden and some and not is_safe(table, hidden, group, stage):
                return group, stage
    return None


def is_safe(table: Table, hidden: list[list[bool]], group: int, stage: int) -> bool:
    """Whether another table fits what is known, in which this number is another one."""
    others = [each for each in range(len(table)) if each != group and hidden[each][stage]]
    return any(
        _can_move(table, hidden, source, target, stage)
        for other in others
        for source, target in ((group, other), (other, group))
    )


def _can_move(table: Table, hidden: list[list[bool]], source: int, target: int, stage: int) -> bool:
    """Whether one person may move from one group to the other in a run of hidden columns with this one."""
    if table[source][stage] < 1:
        return False
    first = stage
    while first > 0 and table[target][first] + 1 > table[target][first - 1]:
        first -= 1
        if not (hidden[source][first] and hidden[target][first]):
            return False
    last = stage
    while last + 1 < len(table[source]) and table[source][last] - 1 < table[source][last + 1]:
        last += 1
        if not (hidden[source][last] and hidden[target][last]):
            return False
    return True


def _hide_one_more(table: Table, hidden: list[list[bool]], group: int, stage: int) -> bool:
    """One more of the same column; then the same group before it, with what that column needs."""
    if _hide_in(table, hidden, stage):
        return True
    for earlier in range(stage - 1, -1, -1):
        if not hidden[group][earlier]:
            hidden[group][earlier] = True
            return True
        if _hide_in(table, hidden, earlier):
            return True
    return any(_hide_in(table, hidden, later) for later in range(stage + 1, len(table[group])))


def rounded(many: int, to: int) -> int:
    """To the nearest multiple, halves up; as it is where there is nothing to round to."""
    return many if to < 2 else (many + to // 2) // to * to
