"""A case that makes no sense, refused in a sentence."""

from collections.abc import Sequence

import numpy as np

from planner.transport.problem import AFTERNOON, MORNING, Kind, Passenger, Problem, ProblemError

DAY = 2 * 86_400
MOST_GROUPS = 30  # of drivers that passengers may know


def refuse_nonsense(problem: Problem) -> None:
    """ProblemError naming the first thing that makes no sense."""
    _numbered("school", [one.id for one in problem.places])
    _numbered("passenger", [one.id for one in problem.passengers])
    if not problem.depots or not problem.kinds:
        raise ProblemError("The case has no depot or no vehicles.")
    if problem.direction not in (MORNING, AFTERNOON):
        raise ProblemError(f"The case is for “{problem.direction}”; it must be morning or afternoon.")
    for table in (problem.seconds, problem.slow):
        if table is not None and (table.min(initial=0) < 0 or table.max(initial=0) > DAY):
            raise ProblemError("A travel time is below nought or longer than two days.")
    for one in problem.passengers:
        _refuse_person(one, problem)
    _refuse_pairs(problem)
    _refuse_drivers(problem)
    for kind in problem.kinds:
        _refuse_kind(kind, problem)


def _refuse_person(one: Passenger, problem: Problem) -> None:
    if not 0 <= one.place < len(problem.places):
        raise ProblemError(f"Passenger {one.id} goes to school {one.place}, which the case does not have.")
    if min(one.max_ride, one.board, one.alight, *(spot.walk for spot in one.spots)) < 0:
        raise ProblemError(f"Passenger {one.id} has a time below nought.")
    if not all(0 <= spot.point < problem.points for spot in one.spots):
        raise ProblemError(f"Passenger {one.id} may walk to a meeting point the case does not have.")
    if len({spot.point for spot in one.spots}) < len(one.spots):
        raise ProblemError(f"Passenger {one.id} may walk to one meeting point in two ways.")
    if not one.at_home and not one.spots:
        raise ProblemError(f"Passenger {one.id} may be fetched neither at home nor at a meeting point.")
    if not np.isfinite(one.continuity) or one.continuity < 0:
        raise ProblemError(f"Passenger {one.id} has a price for other drivers below nought, or none.")
    groups = {kind.drivers for kind in problem.kinds}
    if not groups.issuperset(one.known):
        raise ProblemError(f"Passenger {one.id} knows drivers the case does not have.")


def _refuse_pairs(problem: Problem) -> None:
    people = range(len(problem.passengers))
    for pair in problem.apart:
        if pair[0] == pair[1] or not all(who in people for who in pair):
            raise ProblemError(f"The pair {pair[0]} and {pair[1]} to be kept apart makes no sense.")
    for pair in problem.together:
        if pair[0] == pair[1] or not all(who in people for who in pair):
            raise ProblemError(f"The pair {pair[0]} and {pair[1]} to be kept together makes no sense.")
        if any(problem.passengers[who].alone for who in pair):
            raise ProblemError(f"Passengers {pair[0]} and {pair[1]} travel together, but one travels alone.")
    for one, other in problem.apart:
        if other in problem.mates.get(one, ()):
            raise ProblemError(f"Passengers {one} and {other} are to be kept together and apart.")


def _refuse_drivers(problem: Problem) -> None:
    names = [one.name for one in problem.drivers]
    if len(set(names)) < len(names) or any(one.available < 0 for one in problem.drivers):
        raise ProblemError("A group of drivers is named twice, or has fewer than none.")
    groups = {kind.drivers for kind in problem.kinds} - {""}
    if not groups.issuperset(names):
        raise ProblemError("A group of drivers drives no vehicle of the case.")
    known = {name for one in problem.passengers for name in one.known}
    if len(known) > MOST_GROUPS:
        raise ProblemError(f"Passengers know {len(known)} groups of drivers; {MOST_GROUPS} is the most.")
    if not np.isfinite(problem.walking) or problem.walking < 0:
        raise ProblemError("The price of an hour walked is below nought, or none.")


def _numbered(what: str, ids: Sequence[int]) -> None:
    for number, said in enumerate(ids):
        if number != said:
            raise ProblemError(f"The {what} at place {number} has id {said}; ids count up from 0.")


def _refuse_kind(kind: Kind, problem: Problem) -> None:
    own = [one for one in (kind.escort_fixed, kind.escort_hourly) if one is not None]
    figures = [kind.available, kind.fixed, kind.hourly, kind.by_mile, kind.minimum, *own]
    if not np.isfinite(figures).all() or min(figures) < 0:
        raise ProblemError(f"Vehicles of type {kind.name} have a number below nought, or none.")
    if any(min(one.seats, one.bays) < 0 for one in kind.layouts):
        raise ProblemError(f"Vehicles of type {kind.name} have seats or bays below nought.")
    if not all(0 <= one < problem.depots for one in kind.depots):
        raise ProblemError(f"Vehicles of type {kind.name} stand at a depot the case does not have.")
    if kind.by_mile and problem.metres is None:
        raise ProblemError(f"Vehicles of type {kind.name} are paid by the mile, but the case has no metres.")
