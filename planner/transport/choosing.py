"""Putting together anew: of all good runs ever seen, those that take everybody once at the least cost.

Set partitioning by HiGHS, in a process of its own (see `planner/highs.py`). Each run is one column for each
type of vehicle it fits into; a type has as many as there are. It begins from the plan that is there, so the
answer is never dearer.
"""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import current_process, get_context
from typing import Any

import numpy as np
import numpy.typing as npt

Indices = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """Columns: what each costs, which rows it covers (`rows[starts[c]:starts[c + 1]]`), its type, and its
    group of drivers (-1 for none, counted on from the types). The rows are passengers, each to be covered
    once; `fleet` is how many columns of each type and of each group there may be. `begun` are the columns of
    the plan that is there."""

    costs: Floats
    starts: Indices
    rows: Indices
    kinds: Indices
    groups: Indices
    passengers: int
    fleet: Indices
    begun: Indices


def choose(choice: Choice, *, seconds: float | None, nodes: int) -> list[int]:
    """The columns that are best, found in at most so many seconds or nodes of the search tree; those that
    were there already where nothing better was found."""
    if current_process().daemon:  # of a cluster: it may start none, and runs nothing that would be in the way
        return _choose_here(choice, seconds, nodes)
    with ProcessPoolExecutor(1, get_context("spawn")) as aside:
        return aside.submit(_choose_here, choice, seconds, nodes).result()


def _choose_here(choice: Choice, seconds: float | None, nodes: int) -> list[int]:
    import highspy

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    options: list[tuple[str, object]] = [
        ("output_flag", False), ("threads", 1), ("mip_max_nodes", nodes), ("mip_rel_gap", 1e-5),
        ("random_seed", 1), ("mip_heuristic_effort", 0.2),
    ]  # fmt: skip
    for option, value in options + ([("time_limit", float(seconds))] if seconds is not None else []):
        solver.setOptionValue(option, value)
    solver.passModel(_programme(choice, highspy))
    begun = highspy.HighsSolution()
    there = np.zeros(len(choice.costs))
    there[choice.begun] = 1.0
    begun.col_value = there.tolist()
    solver.setSolution(begun)
    solver.run()
    answer = np.asarray(solver.getSolution().col_value, np.float64)
    taken = np.flatnonzero(answer > 0.5) if len(answer) == len(choice.costs) else choice.begun
    return _whole(choice, taken.tolist())


def _whole(choice: Choice, taken: Sequence[int]) -> list[int]:
    """What was taken if it covers everybody once and is cheaper, else what was there."""
    covered = np.zeros(choice.passengers, np.int64)
    for column in taken:
        covered[choice.rows[choice.starts[column] : choice.starts[column + 1]]] += 1
    is_whole = bool((covered == 1).all()) and choice.costs[taken].sum() < choice.costs[choice.begun].sum()
    return list(taken) if is_whole else [int(one) for one in choice.begun]


def _programme(choice: Choice, highspy: Any) -> Any:
    """Columns by compressed rows: each has its passengers and, last, its type and its group of drivers."""
    columns = len(choice.costs)
    grouped = choice.groups >= 0
    starts = choice.starts + np.concatenate([[0], np.cumsum(1 + grouped)])
    rows = np.empty(len(choice.rows) + columns + int(grouped.sum()), np.int32)
    is_passenger = np.ones(len(rows), bool)
    ends = starts[1:] - 1
    for at, those in ((ends - grouped, choice.kinds), (ends[grouped], choice.groups[grouped])):
        rows[at], is_passenger[at] = choice.passengers + those, False
    rows[is_passenger] = choice.rows
    asked = highspy.HighsLp()
    asked.num_col_, asked.num_row_ = columns, choice.passengers + len(choice.fleet)
    asked.col_cost_ = choice.costs
    asked.col_lower_, asked.col_upper_ = np.zeros(columns), np.ones(columns)
    asked.row_lower_ = np.concatenate([np.ones(choice.passengers), np.zeros(len(choice.fleet))])
    asked.row_upper_ = np.concatenate([np.ones(choice.passengers), choice.fleet.astype(np.float64)])
    asked.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    asked.a_matrix_.start_, asked.a_matrix_.index_ = starts.astype(np.int32), rows
    asked.a_matrix_.value_ = np.ones(len(rows))
    asked.integrality_ = [highspy.HighsVarType.kInteger] * columns
    return asked
