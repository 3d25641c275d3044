"""Of a year before a day: how many pass each stage of a way in, and how many days they take. Reads only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from moothall.recruitment.models import Places

from .lives import Life

A_YEAR: Final = dt.timedelta(days=365)


@dataclass(frozen=True)
class Rate:
    """Of those decided at a place, how many came to the next, and in how many days each of these."""

    decided: int
    days: tuple[int, ...]
    own: bool = True

    @property
    def share(self) -> float:
        return len(self.days) / self.decided if self.decided else 0.0

    @property
    def of_hundred(self) -> int:
        return round(100 * self.share)

    @property
    def middle(self) -> int | None:
        return self.days[len(self.days) // 2] if self.days else None


class Rates:
    """By way in and place; of all ways in together where that one had nobody."""

    def __init__(self, known: Sequence[Life], paths: Mapping[int, list[int]], *, on: dt.date) -> None:
        passed: dict[tuple[int | None, int], list[int]] = defaultdict(list)
        ended: dict[tuple[int | None, int], int] = defaultdict(int)
        for each in known:
            for place, days in _decided(each, paths.get(each.route, []), since=on - A_YEAR):
                for key in ((each.route, place), (None, place)):
                    if days is None:
                        ended[key] += 1
                    else:
                        passed[key].append(days)
        self._kept = {
            key: Rate(len(passed[key]) + ended[key], tuple(sorted(passed[key])), own=key[0] is not None)
            for key in {*passed, *ended}
        }

    def find(self, route: int, place: int) -> Rate | None:
        return self._kept.get((route, place)) or self._kept.get((None, place))


def _decided(life: Life, path: Sequence[int], *, since: dt.date) -> Iterator[tuple[int, int | None]]:
    """Each place that it left since that day, and after how many days; none where it ended there. A stage
    that was gone over unwritten was passed on the day of the next."""
    came = [place for place in path if place <= life.place]
    day = life.days[0]
    for place, after in pairwise(came):
        left = min(at for where, at in life.days.items() if where >= after)
        if left >= since:
            yield place, max((left - day).days, 0)
        day = max(left, day)
    if came and came[-1] != path[-1] and life.ended_on is not None and life.ended_on >= since:
        yield came[-1], None


@dataclass(frozen=True)
class Fill:
    """Of the places of cohorts that began in the year before, how many were taken."""

    taken: int
    places: int
    own: bool = True

    @property
    def share(self) -> float:
        return min(self.taken / self.places, 1.0) if self.places else 0.0

    @property
    def of_hundred(self) -> int:
        return round(100 * self.share)


class Fills:
    def __init__(self, known: Sequence[Life], cohorts: Sequence[Places], last: int, *, on: dt.date) -> None:
        joined: dict[tuple[int, int], int] = defaultdict(int)
        for each in known:
            joined[each.campaign, each.route] += last in each.days
        began = [each for each in cohorts if each.starts_on and on - A_YEAR <= each.starts_on < on]
        counted: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for pair in {(each.campaign_id, each.route_id) for each in began}:
            counted[pair[1]][0] += joined[pair]
        for cohort in began:
            counted[cohort.route_id][1] += cohort.places
        self._kept = {route: Fill(taken, places) for route, (taken, places) in counted.items()}
        both = [sum(column) for column in zip(*counted.values(), strict=True)]
        self._all = Fill(both[0], both[1], own=False) if both else None

    def find(self, route: int) -> Fill | None:
        return self._kept.get(route) or self._all
