"""Linear programmes solved by HiGHS, in a process of its own.

Its library and the one inside OR-Tools carry the same names and do not fit into one process: whichever came
second would fail to load.
"""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Programme:
    """Most of `gains @ x` where `matrix @ x <= limits` and `0 <= x <= most`; the matrix by columns."""

    gains: Numbers
    most: Numbers
    limits: Numbers
    starts: Indices
    rows: Indices
    values: Numbers


def solve(programme: Programme, *, seconds: float, threads: int = 1) -> tuple[Numbers, Numbers]:
    """The duals of the rows, none below nought, and the values of the variables, by interior points; noughts
    where the time ended before there were any."""
    with ProcessPoolExecutor(1, get_context("spawn")) as aside:
        return aside.submit(_solve_here, programme, seconds, threads).result()


def _solve_here(programme: Programme, seconds: float, threads: int) -> tuple[Numbers, Numbers]:
    import highspy

    columns, rows = len(programme.gains), len(programme.limits)
    asked = highspy.HighsLp()
    asked.num_col_, asked.num_row_ = columns, rows
    asked.col_cost_ = -programme.gains
    asked.col_lower_, asked.col_upper_ = np.zeros(columns), programme.most
    asked.row_lower_ = np.full(rows, -highspy.kHighsInf)
    asked.row_upper_ = programme.limits
    asked.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    asked.a_matrix_.start_, asked.a_matrix_.index_ = programme.starts, programme.rows
    asked.a_matrix_.value_ = programme.values
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False), ("solver", "ipm"), ("run_crossover", "off"),
        ("time_limit", float(seconds)), ("threads", threads),
    ):  # fmt: skip
        solver.setOptionValue(option, value)
    solver.passModel(asked)
    solver.run()
    answer = solver.getSolution()
    duals = np.maximum(0.0, -np.asarray(answer.row_dual, np.float64))
    values = np.asarray(answer.col_value, np.float64)
    return (
        duals if len(duals) == rows else np.zeros(rows),
        values if len(values) == columns else np.zeros(columns),
    )
