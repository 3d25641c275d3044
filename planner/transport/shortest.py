"""The best timetables of given runs, as one linear programme for HiGHS: the judge's own proof of every ride
and window, apart from how the planner times its runs."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np


class _Visit(Protocol):
    @property
    def where(self) -> int: ...
    @property
    def stays(self) -> int: ...
    @property
    def time(self) -> int: ...
    @property
    def on(self) -> tuple[int, ...]: ...
    @property
    def off(self) -> tuple[int, ...]: ...


class _Case(Protocol):
    after: bool
    people: Sequence[Mapping[str, Any]]

    def between(self, name: str, a: int, b: int) -> int: ...
    def opening(self, where: int) -> tuple[int, int] | None: ...


class _Rows:
    """Rows `t[a] - t[b] <= most`."""

    def __init__(self) -> None:
        self.first: list[int] = []
        self.second: list[int] = []
        self.most: list[int] = []

    def add(self, a: int, b: int, most: int) -> None:
        self.first.append(a)
        self.second.append(b)
        self.most.append(most)


def shortest_hours(case: _Case, runs: Sequence[Sequence[_Visit]]) -> float | None:
    """Hours from the first stop to the last of all runs together, each timed as short as can be with their
    order of stops; None where a run has no timetable that keeps every window and ride."""
    if not any(runs):
        return 0.0
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix

    rows, bounds, goal = _Rows(), list[tuple[float | None, float | None]](), list[float]()
    fixed = 0
    for run in runs:
        start = len(bounds)
        goal += [0.0] * len(run)
        goal[start] -= 1.0
        goal[-1] += 1.0
        fixed += run[-1].stays
        _timetable(case, run, start, rows, bounds)
    count = np.arange(len(rows.most))
    matrix = csr_matrix(
        (
            np.concatenate([np.ones(len(count)), -np.ones(len(count))]),
            (np.concatenate([count, count]), np.array(rows.first + rows.second)),
        ),
        (len(count), len(bounds)),
    )
    answer = linprog(goal, A_ub=matrix, b_ub=np.array(rows.most, float), bounds=bounds, method="highs")
    return round((float(answer.fun) + fixed) / 3600, 3) if answer.status == 0 else None


def _timetable(
    case: _Case,
    run: Sequence[_Visit],
    start: int,
    rows: _Rows,
    bounds: list[tuple[float | None, float | None]],
) -> None:
    """The rows and bounds of one run, whose first stop is variable `start`."""
    fetched: dict[int, int] = {}
    for i, visit in enumerate(run):
        opening = case.opening(visit.where)
        bounds.append((opening[0], opening[1] - visit.stays) if opening else (None, None))
        if i:
            least = run[i - 1].stays + case.between("seconds", run[i - 1].where, visit.where)
            rows.add(start + i - 1, start + i, -least)
        for who in visit.on:
            fetched[who] = i
        for who in visit.off:
            if who in fetched:
                at = fetched[who]
                most = int(case.people[who]["max_ride"])
                if not case.after:
                    most += run[at].stays - visit.stays
                rows.add(start + i, start + at, most)
