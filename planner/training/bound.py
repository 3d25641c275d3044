"""A limit on the places anybody could give, proved at once: seats and windows alone, as a flow of people."""

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_flow

from planner.training.board import Board
from planner.training.problem import Problem


def quick_bound(problem: Problem, board: Board) -> int:
    """No more people than can flow from demands through the runs open to them into their seats (maximum flow,
    Dinic), and no more in the surge than have a day, or than trainers could teach. Slack is left out: a limit
    on an easier problem is a limit on this one."""
    sessions = np.diff(board.options_at)
    surge = np.array([demand.module is not None for demand in problem.demands], bool)
    seats = int(board.week_trainers.sum()) // max(1, problem.surge.class_trainers) * problem.surge.size
    return min(int((sessions[surge] > 0).sum()), seats) + _flow(board, ~surge)


def _flow(board: Board, chosen: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> int:
    if not board.runs or not chosen.any():
        return 0
    demands, runs = len(board.place), board.runs
    source, sink = demands + runs, demands + runs + 1
    counts = np.where(chosen, np.diff(board.options_at), 0)
    tails = np.repeat(np.arange(demands), counts)
    heads = demands + np.concatenate(
        [board.options[board.options_at[one] : board.options_at[one + 1]] for one in np.flatnonzero(chosen)]
    )
    asking, giving = np.flatnonzero(chosen), np.arange(demands, demands + runs)
    rows = np.concatenate([tails, np.full(len(asking), source), giving])
    columns = np.concatenate([heads, asking, np.full(runs, sink)])
    capacity = np.concatenate([np.ones(len(tails) + len(asking), np.int32), board.size[:runs]]).astype(
        np.int32
    )
    graph = csr_matrix((capacity, (rows, columns)), shape=(sink + 1, sink + 1))
    return int(maximum_flow(graph, source, sink).flow_value)
