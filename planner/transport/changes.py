"""What may happen after a plan was published: each change gives the day as it is now.

Nothing here looks at how a plan is mended. A day is changed step by step, and `repair` mends the plan in
force by the last of them. Passengers keep their numbers; whoever is added comes after all others. Every
function raises ProblemError for somebody or something the day does not have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from planner.transport.problem import Ints, Passenger, Problem, ProblemError

ADDED, MOVED_HOUSE, OTHER_TIMES = "added", "moved house", "their school has other times"
VEHICLE_OFF, DRIVER_AWAY = "their vehicle is off the road", "their driver is away"


@dataclass(frozen=True)
class Changed:
    """A day as it is now: who does not travel and why, which runs of the plan cannot go out and why, and whom
    something happened to."""

    problem: Problem
    gone: Mapping[int, str] = field(default_factory=dict)
    off: Mapping[int, str] = field(default_factory=dict)
    touched: Mapping[int, str] = field(default_factory=dict)


def unchanged(problem: Problem) -> Changed:
    """The day as it was planned."""
    return Changed(problem)


def away(day: Changed, passenger: int, why: str) -> Changed:
    """A passenger is ill, on holiday or has left: `why` is the reason the plan gives."""
    _passenger(day, passenger)
    return replace(day, gone={**day.gone, passenger: why})


def vehicle_off(day: Changed, run: int) -> Changed:
    """The vehicle of a run is off the road, and there is none in its place."""
    return replace(day, off={**day.off, run: VEHICLE_OFF})


def driver_away(day: Changed, run: int) -> Changed:
    """The driver of a run is away, and nobody stands in."""
    return replace(day, off={**day.off, run: DRIVER_AWAY})


def added(day: Changed, passenger: Passenger, there: Sequence[int], back: Sequence[int]) -> Changed:
    """Somebody travels who did not. `there` and `back` are the seconds from their home to every location, in
    order, and from there."""
    problem, count = day.problem, len(day.problem.passengers)
    if passenger.id != count or not 0 <= passenger.place < len(problem.places):
        raise ProblemError(f"Whoever is added must be passenger {count} and go to a school of the day.")
    grown = replace(
        problem,
        passengers=(*problem.passengers, passenger),
        seconds=_grown(problem.seconds),
        metres=None if problem.metres is None else _grown(problem.metres),
        slow=None if problem.slow is None else _grown(problem.slow),
    )
    return _with_times(replace(day, problem=grown), count, there, back, ADDED)


def moved_house(day: Changed, passenger: int, there: Sequence[int], back: Sequence[int]) -> Changed:
    """A passenger lives elsewhere now; `there` and `back` as for `added`, nought for the own home. How far
    they would walk to meeting points is not known any more: they are fetched at home."""
    _passenger(day, passenger)
    those = list(day.problem.passengers)
    those[passenger] = replace(those[passenger], at_home=True, spots=())
    day = replace(day, problem=replace(day.problem, passengers=tuple(those)))
    return _with_times(day, passenger, there, back, MOVED_HOUSE)


def bell_moved(day: Changed, place: int, by: int) -> Changed:
    """A school opens and closes `by` seconds later that day; below nought: earlier."""
    problem = day.problem
    if not 0 <= place < len(problem.places):
        raise ProblemError(f"This day has no school {place}.")
    old = problem.places[place]
    new = replace(old, opens=old.opens + by, closes=old.closes + by)
    places = (*problem.places[:place], new, *problem.places[place + 1 :])
    those = {one.id: OTHER_TIMES for one in problem.passengers if one.place == place}
    return replace(day, problem=replace(problem, places=places), touched={**day.touched, **those})


def _with_times(day: Changed, passenger: int, there: Sequence[int], back: Sequence[int], why: str) -> Changed:
    problem = day.problem
    home = problem.homes + passenger
    seconds = problem.seconds.copy()
    if len(there) != len(seconds) or len(back) != len(seconds) or min(*there, *back) < 0:
        raise ProblemError(f"The travel times of passenger {passenger} are not to and from all locations.")
    seconds[home, :], seconds[:, home] = there, back
    seconds[home, home] = 0
    changed = replace(
        problem,
        seconds=seconds,
        metres=_guessed(problem.metres, problem, seconds, home),
        slow=_guessed(problem.slow, problem, seconds, home),
    )
    return replace(day, problem=changed, touched={**day.touched, passenger: why})


def _grown(table: Ints) -> Ints:
    larger = np.zeros((len(table) + 1,) * 2, np.int32)
    larger[:-1, :-1] = table
    return larger


def _guessed(table: Ints | None, problem: Problem, seconds: Ints, home: int) -> Ints | None:
    """Metres (or seconds on a slow day) from and to a new home, in the proportion of all other ways: nobody
    is promised them."""
    if table is None:
        return None
    pace = table.sum() / max(1, int(problem.seconds.sum()))
    new = table.copy()
    new[home, :], new[:, home] = seconds[home, :] * pace, seconds[:, home] * pace
    return new


def _passenger(day: Changed, passenger: int) -> None:
    if not 0 <= passenger < len(day.problem.passengers):
        raise ProblemError(f"This day has no passenger {passenger}.")
