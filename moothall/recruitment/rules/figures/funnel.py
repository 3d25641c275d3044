"""The funnel: how many came through each stage, and how they ended. Reads only."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from moothall.core.refusals import Words
from moothall.recruitment.models import FunnelStage, Monitoring

from .reached import OUTCOMES, HowFar, Reached

APPLIED = "applied"


@dataclass(frozen=True)
class Line:
    """One stage: how many came through it, of those before it."""

    key: str
    words: Words
    many: int
    of_applied: int | None
    of_before: int | None


@dataclass(frozen=True)
class Funnel:
    """Stages from top to bottom, and how everybody ended; every outcome is counted once."""

    lines: list[Line]
    outcomes: list[tuple[str, Words, int]]
    applied: int


def share(part: int, whole: int) -> int | None:
    """Of a hundred; nothing where there is nothing to divide by."""
    return round(100 * part / whole) if whole else None


def funnel_of(
    rows: Iterable[Reached | HowFar], ladder: Sequence[FunnelStage], name: Callable[[FunnelStage], Words],
    applied_words: Words,
) -> Funnel:  # fmt: skip
    passed: Counter[int] = Counter()
    ended: Counter[str] = Counter()
    for each in rows:
        passed[each.passed] += 1
        ended[each.ended] += 1
    whole = sum(passed.values())
    lines = [Line(APPLIED, applied_words, whole, share(whole, whole), None)]
    for stage in ladder:
        many = sum(count for place, count in passed.items() if place >= stage.place)
        before = lines[-1].many
        lines.append(Line(stage.key, name(stage), many, share(many, whole), share(many, before)))
    words = dict(Monitoring.ENDS)
    return Funnel(lines, [(key, words[key], ended[key]) for key in OUTCOMES], whole)


def of_stage(rows: Iterable[Reached], ladder: Sequence[FunnelStage], key: str) -> list[int]:
    """The applications a line counts."""
    places = {each.key: each.place for each in ladder}
    least = places.get(key, 0)
    return [each.pk for each in rows if each.passed >= least]


def of_outcome(rows: Iterable[Reached], key: str) -> list[int]:
    return [each.pk for each in rows if each.ended == key]
