"""Somebody moved to another run by hand: the plan as it would be, everybody else on the run they are on."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from planner.transport.board import LONGEST, empty_board
from planner.transport.entering import ask_for, is_run, put_back, take_off
from planner.transport.ground import Ground, lay_out
from planner.transport.plan import Plan
from planner.transport.problem import Problem, ProblemError
from planner.transport.standing import Standing, plan_of, put_on, standings


@dataclass(frozen=True)
class Moving:
    """The plan afterwards. `was` is, for each of its runs, its number in the plan before, or None for a new
    one; a run on which nobody is left is not driven."""

    plan: Plan
    was: tuple[int | None, ...]


def move(problem: Problem, plan: Plan, passenger: int, run: int | None) -> Moving | None:
    """Put somebody on a run (None: one of their own) at its cheapest spot, in the cheapest vehicle that is
    left for it. None where that cannot be. ProblemError when the plan is not one of the problem."""
    ground, runs = lay_out(problem), standings(problem, plan)
    after = _with(ground, runs, passenger, run)
    if after is None:
        return None
    number = len(runs) if run is None else run
    best: Moving | None = None
    for kind in _kinds_left(problem, after, number):
        tried = [*after[:number], Standing(after[number].nodes, kind), *after[number + 1 :]]
        made = _driven(problem, ground, plan, tried, passenger)
        if made is not None and (best is None or made.plan.cost < best.plan.cost):
            best = made
    return best


def _with(ground: Ground, runs: Sequence[Standing], passenger: int, run: int | None) -> list[Standing] | None:
    """All runs as nodes with the passenger where they are to be; a run of their own is the last."""
    board, found = empty_board(ground, shelf=1), np.zeros(2, np.int64)
    try:
        put_on(board, ground, runs)
    except ValueError as wrong:
        raise ProblemError(f"The plan cannot be driven: {wrong}") from wrong
    on = int(board.on[passenger])
    more = np.zeros(len(runs) + 1)
    take_off(board, ground, passenger)
    left = tuple(board.nodes[on, : board.size[on]].tolist()) if on >= 0 else ()
    ask_for(board, ground, passenger, len(runs) if run is None else run, more, found)
    chosen = tuple(board.chosen[: found[1]].tolist()) if found[0] >= 0 else ()
    put_back(board, ground)
    if not chosen:
        return None
    after = [Standing(left, each.kind) if at == on else each for at, each in enumerate(runs)]
    if run is None:
        return [*after, Standing(chosen, 0)]
    after[run] = Standing(chosen, runs[run].kind)
    return after


def _kinds_left(problem: Problem, runs: Sequence[Standing], number: int) -> Iterator[int]:
    """The types of which a vehicle is left for the run of this number, its own first."""
    used = Counter(each.kind for at, each in enumerate(runs) if at != number and each.nodes)
    own = runs[number].kind
    for kind in sorted(range(len(problem.kinds)), key=lambda each: each != own):
        if used[kind] < problem.kinds[kind].available:
            yield kind


def _driven(
    problem: Problem, ground: Ground, plan: Plan, runs: Sequence[Standing], passenger: int
) -> Moving | None:
    """The plan of these runs, or None where one of them breaks a rule."""
    board, nodes = empty_board(ground, shelf=1), np.zeros(LONGEST, np.int64)
    for each in runs:
        nodes[: len(each.nodes)] = each.nodes
        if each.nodes and not is_run(board, ground, nodes, len(each.nodes), each.kind):
            return None
    driven = [at for at, each in enumerate(runs) if each.nodes]
    gone = [one for one in plan.unserved if one.passenger != passenger]
    out = frozenset(one.passenger for one in gone)
    asked = problem.without(out)
    renumbered = [_renumbered(problem, runs[at], out) for at in driven]
    made = plan_of(problem, asked, lay_out(asked), renumbered, gone, plan.rounds)
    return Moving(made, tuple(at if at < len(plan.runs) else None for at in driven))


def _renumbered(problem: Problem, run: Standing, out: frozenset[int]) -> Standing:
    """The same run where those in `out` are not counted."""
    people = len(problem.passengers)
    stay = {who: new for new, who in enumerate(each for each in range(people) if each not in out)}
    nodes = tuple(stay[v] if v < people else v - people + len(stay) for v in run.nodes)
    return Standing(nodes, run.kind)
