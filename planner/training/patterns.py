"""What a course costs a team: the duties that are lost, from the shift pattern and the days alone.

The rules are a table. A duty that ends too late to leave eleven hours of rest before the first morning
(Working Time Regulations 1998, regulation 10) stands in the way of a course of one day, and is lost to a
longer one. Rest days may make up a share of a longer course, and each one used is given back on a later duty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

REST = "R"
REST_HOURS = 11
COURSE_STARTS = 9
ENDS = {"E": 16, "L": 22, "N": 31, "D": 17}  # hours after midnight of the day the duty begins
GIVEN_BACK_ON = "ELD"  # the duties on which a rest day used is given back


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
def cost(duty: str, kind: str, days: tuple[int, ...]) -> Cost | None:
    """The cost of a course on `days` (ascending, numbered from the first letter of `duty`) to somebody whose
    team works `duty`; None when the pattern rules it out. ValueError for an unknown kind or no days."""
    if kind not in AGREEMENTS:
        raise ValueError(f"No agreement is known for teams of the kind {kind!r}.")
    if not days or days[-1] >= len(duty):
        raise ValueError("A course needs days inside the pattern.")
    eve = days[0] - 1
    tired = eve >= 0 and _too_late(duty[eve])
    if len(days) == 1:
        return None if duty[days[0]] == REST or tired else Cost(days, days)
    rests = sum(duty[day] == REST for day in days)
    if rests > int(len(days) * AGREEMENTS[kind].rest_share):
        return None
    back = _given_back(duty, days[-1] + 1, rests)
    if back is None:
        return None
    worked = [day for day in days if duty[day] != REST]
    return Cost(tuple(sorted([*worked, *back, *([eve] if tired else [])])), (*days, *back))


def _too_late(letter: str) -> bool:
    return letter != REST and 24 + COURSE_STARTS - ENDS[letter] < REST_HOURS


def _given_back(duty: str, start: int, count: int) -> Sequence[int] | None:
    """The first `count` duties from `start` on which time can be given back; None if the year has too few."""
    back: list[int] = []
    for day in range(start, len(duty)):
        if len(back) == count:
            break
        if duty[day] in GIVEN_BACK_ON:
            back.append(day)
    return back if len(back) == count else None
