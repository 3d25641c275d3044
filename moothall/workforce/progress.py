"""What is said for or against somebody going up a pay point on a day: each upper floor tells what it knows.
Filled in from each `apps.py`."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

PERFORMANCE, WARNING = "PERFORMANCE", "WARNING"
Days = Mapping[int, dt.date]


@dataclass(frozen=True)
class Word:
    """What one source says of an employment, in both languages; it never says more than a manager of pay
    has to know."""

    employment_id: int
    kind: str
    is_against: bool
    text: str
    text_cy: str


Source = Callable[[Days], Iterable[Word]]
_sources: list[Source] = []


def register_progress(source: Source) -> None:
    """Have this asked, in one query or two, about employments and the day each would go up."""
    if source not in _sources:
        _sources.append(source)


def words_on(days: Days) -> dict[int, list[Word]]:
    """Everything that is said of these, by employment."""
    found: dict[int, list[Word]] = defaultdict(list)
    if days:
        for source in _sources:
            for word in source(days):
                found[word.employment_id].append(word)
    return dict(found)


def against(words: Collection[Word], kinds: Collection[str]) -> tuple[str, str]:
    """What stands against it, of the kinds that count, in English and Welsh; empty where nothing does."""
    counts = [each for each in words if each.is_against and each.kind in kinds]
    return "; ".join(each.text for each in counts), "; ".join(each.text_cy for each in counts)
