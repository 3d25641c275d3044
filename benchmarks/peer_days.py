"""A morning as other solvers can be told it, and what they answer in the published form.

None of them knows one visit at which all alight: they are told stops one after the other, which take as long.
Only OR-Tools can be told a passenger's longest ride. The others are told to fetch nobody sooner than that
before the bell, which keeps every ride and leaves them less to choose from. What they answer is the order of
stops; each run is then given the best timetable it can have, so that they are judged at their best.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from planner.transport.problem import Passenger, Problem

Said = Mapping[str, Any]
DAY = 86_400
NO_PLACE = "No place was found."


@dataclass(frozen=True)
class Answer:
    """A plan in the published form, and the processor seconds it took."""

    name: str
    seconds: float
    plan: Said


class Halt(NamedTuple):
    """One boards or alights; `time` is the solver's own."""

    passenger: int
    fetched: bool
    time: int


class Route(NamedTuple):
    kind: str
    depot: int
    halts: list[Halt]


class Window(NamedTuple):
    """When boarding may begin, so that whoever is at their place by its bell cannot have ridden too long."""

    passenger: int
    opens: int
    closes: int


def windows(problem: Problem) -> list[Window]:
    """Of everybody who can be taken at all."""
    found = []
    for one in problem.passengers:
        bell = problem.places[one.place].closes
        direct = int(problem.seconds[problem.homes + one.id, problem.depots + one.place])
        opens = max(0, bell - one.max_ride - one.board)
        closes = bell - one.alight - direct - one.board
        if opens <= closes:
            found.append(Window(one.id, opens, closes))
    return found


def alighting(problem: Problem, one: Passenger) -> tuple[int, int]:
    """When alighting may begin."""
    place = problem.places[one.place]
    return place.opens, place.closes - one.alight


def parted(problem: Problem) -> dict[int, int]:
    """A number for everybody who must be kept apart from somebody: two of a pair have different ones."""
    found: dict[int, int] = {}
    for who in sorted(problem.foes):
        taken = {found.get(foe) for foe in problem.foes[who]}
        found[who] = next(number for number in range(len(taken) + 1) if number not in taken)
    return found


def published(problem: Problem, routes: Sequence[Route]) -> dict[str, Any]:
    """Routes in the published form; stops at one school one after the other are one visit."""
    people = problem.passengers
    served = {halt.passenger for route in routes for halt in route.halts}
    return {
        "routes": [
            {"type": route.kind, "depot": route.depot, "stops": _stops(problem, route.halts)}
            for route in routes
            if route.halts
        ],
        "unserved": [{"passenger": one.id, "reason": NO_PLACE} for one in people if one.id not in served],
    }


def _stops(problem: Problem, halts: Sequence[Halt]) -> list[dict[str, Any]]:
    visits = _visits(problem, halts)
    times = _best_times(problem, visits) or [visit[0].time for visit in visits]
    return [
        {"passenger": halt.passenger, "event": "pickup" if halt.fetched else "setdown", "time": time}
        for visit, time in zip(visits, times, strict=True)
        for halt in visit
    ]


def _visits(problem: Problem, halts: Sequence[Halt]) -> list[list[Halt]]:
    visits: list[list[Halt]] = []
    for halt in halts:
        last = visits[-1][0] if visits else None
        place = problem.passengers[halt.passenger].place
        if last and not (last.fetched or halt.fetched) and problem.passengers[last.passenger].place == place:
            visits[-1].append(halt)
        else:
            visits.append([halt])
    return visits


def _best_times(problem: Problem, visits: Sequence[Sequence[Halt]]) -> list[int] | None:
    """The shortest timetable of a run that keeps every window and ride, as a linear programme; None where
    there is none. The rows are differences, so whole numbers come of themselves."""
    from scipy.optimize import linprog

    rows, most = [], []
    bounds: list[tuple[float | None, float | None]] = []
    fetched: dict[int, int] = {}
    stays = [_stay(problem, visit) for visit in visits]
    where = [_where(problem, visit[0]) for visit in visits]

    def add(later: int, earlier: int, at_most: int) -> None:
        row = np.zeros(len(visits))
        row[later] += 1
        row[earlier] -= 1
        rows.append(row)
        most.append(at_most)

    for i, visit in enumerate(visits):
        place = problem.places[problem.passengers[visit[0].passenger].place]
        bounds.append((None, None) if visit[0].fetched else (place.opens, place.closes - stays[i]))
        if i:
            add(i - 1, i, -stays[i - 1] - int(problem.seconds[where[i - 1], where[i]]))
        for halt in visit:
            if halt.fetched:
                fetched[halt.passenger] = i
            else:
                at = fetched[halt.passenger]
                add(i, at, problem.passengers[halt.passenger].max_ride + stays[at] - stays[i])
    goal = np.zeros(len(visits))
    goal[0] -= 1
    goal[-1] += 1
    answer = linprog(goal, A_ub=np.array(rows), b_ub=most, bounds=bounds, method="highs-ds")
    return [round(time) for time in answer.x] if answer.status == 0 else None


def _stay(problem: Problem, visit: Sequence[Halt]) -> int:
    those = (problem.passengers[halt.passenger] for halt in visit)
    return sum(one.board if visit[0].fetched else one.alight for one in those)


def _where(problem: Problem, halt: Halt) -> int:
    one = problem.passengers[halt.passenger]
    return problem.homes + one.id if halt.fetched else problem.depots + one.place
