"""What a course costs a team: the duties that are lost, from the shift pattern, the days and the rest due.

The rules are a table. A duty that leaves too little rest before the first morning of a course, or after its
last evening (Working Time Regulations 1998, regulation 10), stands in the way of a course of one day, and is
lost to a longer one. A case says how many hours are due, when sessions are and when duties are; in one that
says nothing only the duty before the first day counts, and eleven hours. Rest days may make up a share of a
longer course, and each one used is given back on a later duty.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

REST = "R"
GIVEN_BACK_ON = "ELD"  # the duties on which a rest day used is given back


@dataclass(frozen=True)
class Rested:
    """How many hours of rest are due between a duty and a session, and when both are, in hours after midnight
    of the day on which they begin: `duties` by letter. Where `everywhere` is not set, only the duty before
    the first day of a course is looked at."""

    hours: float
    begins: float
    ends: float
    duties: tuple[tuple[str, float, float], ...]
    everywhere: bool = True

    def times(self, letter: str) -> tuple[float, float]:
        """From when until when a duty is. KeyError for a letter that nobody has written down."""
        return {one: (begins, ends) for one, begins, ends in self.duties}[letter]

    def is_late(self, letter: str) -> bool:
        """Whether a duty of the day before leaves too little rest."""
        return letter != REST and 24 + self.begins - self.times(letter)[1] < self.hours

    def is_early(self, letter: str) -> bool:
        """Whether a duty of the day after leaves too little rest."""
        return letter != REST and 24 + self.times(letter)[0] - self.ends < self.hours


PUBLISHED = Rested(11, 9, 17, (("E", 7, 16), ("L", 14, 22), ("N", 22, 31), ("D", 9, 17)), everywhere=False)


@dataclass(frozen=True)
class Agreement:
    """What was agreed for a kind of team: the share of a longer course that may stand on rest days."""

    rest_share: float


AGREEMENTS = {"response": Agreement(0.5), "weekday": Agreement(0.0)}


@dataclass(frozen=True)
class Cost:
    """What attending costs: `lost` is each day on which the team is one duty short, `held` each day on which
    the officer can do nothing else (the course's days and the days given back)."""

    lost: tuple[int, ...]
    held: tuple[int, ...]


@cache
def cost(duty: str, kind: str, days: tuple[int, ...], rested: Rested = PUBLISHED) -> Cost | None:
    """The cost of a course on `days` (ascending, numbered from the first letter of `duty`) to somebody whose
    team works `duty`; None when the pattern rules it out. ValueError for an unknown kind or no days."""
    if kind not in AGREEMENTS:
        raise ValueError(f"No agreement is known for teams of the kind {kind!r}.")
    if not days or days[-1] >= len(duty):
        raise ValueError("A course needs days inside the pattern.")
    tired = set(_unrested(duty, days, rested))
    if len(days) == 1:
        return None if duty[days[0]] == REST or tired else Cost(days, days)
    rests = sum(duty[day] == REST for day in days)
    if rests > int(len(days) * AGREEMENTS[kind].rest_share):
        return None
    after = days[-1] + 1
    back = _given_back(duty, after + (after in tired), rests)
    if back is None:
        return None
    worked = [day for day in days if duty[day] != REST]
    return Cost(tuple(sorted([*worked, *back, *tired])), (*days, *back))


def _unrested(duty: str, days: tuple[int, ...], rested: Rested) -> Iterator[int]:
    """The days beside those of the course whose duty leaves too little rest between the two."""
    first = [days[0]]
    for day in days if rested.everywhere else first:
        if day > 0 and day - 1 not in days and rested.is_late(duty[day - 1]):
            yield day - 1
        if not rested.everywhere or day + 1 in days or day + 1 >= len(duty):
            continue
        if rested.is_early(duty[day + 1]):
            yield day + 1


def _given_back(duty: str, start: int, count: int) -> Sequence[int] | None:
    """The first `count` duties from `start` on which time can be given back; None if the year has too few."""
    back: list[int] = []
    for day in range(start, len(duty)):
        if len(back) == count:
            break
        if duty[day] in GIVEN_BACK_ON:
            back.append(day)
    return back if len(back) == count else None
