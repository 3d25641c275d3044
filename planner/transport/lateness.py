"""Who would be late on a slow day: the plan driven once more with longer legs, nobody leaving before their
time.

A plan that only holds when every road is free is no plan. The legs of a slow day are those four days in five
are not slower than (the 80th percentile), or all legs by the same factor where nothing better is known."""

from dataclasses import dataclass, replace

import numpy as np

from planner.transport.plan import PICKUP, Plan, Run
from planner.transport.problem import AFTERNOON, Ints, Passenger, Place, Problem, ProblemError

SLOW = 1.2
Slow = Ints | float | None
"""The legs of a slow day: a square of seconds like the problem's, or a factor; None is what it knows."""


@dataclass(frozen=True)
class Lateness:
    """Passengers who would be at school after the bell (in the afternoon: aboard longer than their limit),
    the share they are of all who travel, and the most seconds one of them is late."""

    passengers: tuple[int, ...]
    share: float
    worst: int


def lateness(problem: Problem, plan: Plan, slow: Slow = None) -> Lateness:
    """Drive the plan with the legs of a slow day; where nothing is said those of the problem, or a fifth
    longer ones if it knows none."""
    legs = _slow_legs(problem, slow)
    late: dict[int, int] = {}
    for run in plan.runs:
        late |= _late_on(problem, run, legs)
    travel = sum(len(run.passengers) for run in plan.runs)
    return Lateness(tuple(sorted(late)), len(late) / max(1, travel), max(late.values(), default=0))


def refuse_unreliable(found: Lateness, most: float) -> None:
    """ProblemError where more are late than the policy allows (`most`, a share)."""
    if found.share > most:
        raise ProblemError(
            f"On a slow day {len(found.passengers)} passengers would be late ({100 * found.share:.1f} %), "
            f"and {100 * most:.1f} % is the most; plan with a margin before the bell."
        )


def with_margin(problem: Problem, seconds: int, slow: Slow = None) -> Problem:
    """The same day, everybody to be at school so many seconds before the bell at the latest; in the afternoon
    everybody aboard for so much less than their limit, but not for less than the straight way home takes on a
    slow day."""
    if not seconds:
        return problem
    if problem.direction == AFTERNOON:
        legs = _slow_legs(problem, slow)
        those = tuple(_shortened(problem, one, seconds, legs) for one in problem.passengers)
        return replace(problem, passengers=those)
    return replace(problem, places=tuple(_narrowed(one, seconds) for one in problem.places))


def paced(seconds: Ints, pace: float) -> Ints:
    """Travel times so many times as long, in whole seconds."""
    return np.ceil(seconds * pace).astype(np.int32) if pace != 1.0 else seconds


def _slow_legs(problem: Problem, slow: Slow) -> Ints:
    if slow is None:
        slow = SLOW if problem.slow is None else problem.slow
    return slow if isinstance(slow, np.ndarray) else np.ceil(problem.seconds * slow).astype(np.int32)


def _narrowed(place: Place, seconds: int) -> Place:
    if place.closes - seconds < place.opens:
        raise ProblemError(f"School {place.id} is not open for a margin of {seconds} seconds.")
    return replace(place, closes=place.closes - seconds)


def _shortened(problem: Problem, one: Passenger, seconds: int, legs: Ints) -> Passenger:
    """Whoever lives so far away that no margin helps them keeps their limit."""
    school = problem.depots + one.place
    ways = (problem.boardings[number] for number in problem.ways[one.id])
    direct = (way.walk + one.board + int(legs[school, problem.stands(one.id, way.point)]) for way in ways)
    least = min(one.max_ride, min(direct, default=one.max_ride))
    return replace(one, max_ride=max(one.max_ride - seconds, least))


def _late_on(problem: Problem, run: Run, legs: Ints) -> dict[int, int]:
    """Who of a run is late, and by how many seconds."""
    clock, at, stayed = 0, -1, 0
    since: dict[int, int] = {}
    late: dict[int, int] = {}
    for stop in run.stops:
        one, fetched = problem.passengers[stop.passenger], stop.event == PICKUP
        is_school = fetched == (problem.direction == AFTERNOON)
        where = problem.depots + one.place if is_school else problem.stands(one.id, stop.point)
        if where != at:
            clock = max(stop.time, clock + stayed + (int(legs[at, where]) if at >= 0 else 0))
            at, stayed = where, 0
        stayed += one.board if fetched else one.alight
        if fetched:
            since[one.id] = clock
        elif problem.direction == AFTERNOON:
            walk = next((spot.walk for spot in one.spots if spot.point == stop.point), 0)
            _note(late, one.id, clock - since[one.id] - one.max_ride + walk)
        else:
            _note(late, one.id, clock + stayed - problem.places[one.place].closes)
    return late


def _note(late: dict[int, int], passenger: int, seconds: int) -> None:
    if seconds > 0:
        late[passenger] = seconds
