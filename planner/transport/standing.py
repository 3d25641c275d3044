"""Runs of nodes made into a plan with times, vehicles and costs; and good runs into columns to choose
from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.transport.board import LONGEST, NOBODY, Board, empty_board
from planner.transport.choosing import Choice
from planner.transport.entering import price_shelf, put_all, time_it
from planner.transport.ground import BIT, COMFORTS, ENDS_FREE, Ground
from planner.transport.plan import PICKUP, SETDOWN, Plan, Run, Stop, Unserved
from planner.transport.problem import AFTERNOON, Problem, ProblemError
from planner.transport.reasons import reasons
from planner.transport.timing import AT, DROP, ESCORTS, SPAN, STAY


@dataclass(frozen=True)
class Standing:
    """A run as nodes, and the number of its vehicle type."""

    nodes: tuple[int, ...]
    kind: int


def plan_of(
    problem: Problem, asked: Problem, ground: Ground, runs: Sequence[Standing],
    hopeless: Sequence[Unserved], rounds: int, *, told: bool = True,
) -> Plan:  # fmt: skip
    """The plan these runs make, in their order, with a reason for everybody left out unless nobody is to be
    `told`. `asked` is the problem without those for whom there is no hope; `ground` belongs to it."""
    gone = {one.passenger for one in hopeless}
    names = [one.id for one in problem.passengers if one.id not in gone]
    board = empty_board(ground, shelf=1)
    put_on(board, ground, runs)
    made = tuple(_run(asked, ground, board, a, names) for a in range(len(runs)))
    left = [names[p] for p in np.flatnonzero(board.on == NOBODY).tolist()]
    plan = Plan(made, tuple(hopeless), rounds, problem.times_from)
    unserved = (*hopeless, *(reasons(problem, plan, left) if told else (Unserved(p, "") for p in left)))
    return replace(plan, unserved=tuple(sorted(unserved, key=lambda one: one.passenger)))


def put_on(board: Board, ground: Ground, runs: Sequence[Standing]) -> None:
    """Put runs on an empty board. ValueError when one breaks a rule or has no vehicle."""
    for a, run in enumerate(runs):
        board.nodes[a, : len(run.nodes)], board.size[a] = run.nodes, len(run.nodes)
    kinds = np.array([run.kind for run in runs], np.int64)
    wrong = put_all(board, ground, kinds)
    if wrong >= 0:
        raise ValueError(f"Run {wrong} breaks a rule, or no vehicle is left for it.")


def _run(problem: Problem, ground: Ground, board: Board, a: int, names: Sequence[int]) -> Run:
    cost = time_it(board, ground, a)
    kind, depot = int(board.kind[a]), int(board.depot[a])
    nodes, escorts = board.nodes[a, : board.size[a]].tolist(), int(board.notes[ESCORTS])
    comfort = comfort_of(ground, nodes, kind)
    base = len(problem.boardings) + len(problem.places)
    ends = 0
    if not ground.kinds[kind, ENDS_FREE]:
        ends = int(ground.seconds[base + depot, nodes[0]] + ground.seconds[nodes[-1], base + depot])
    stops = [stop for i, v in enumerate(nodes) for stop in _stops(problem, board, nodes, names, i, v)]
    if problem.direction == AFTERNOON:
        stops.reverse()
    return Run(
        kind=problem.kinds[kind].name,
        depot=depot,
        stops=tuple(stops),
        seconds=int(board.notes[SPAN]) + ends,
        cost=cost - comfort,
        escorts=escorts,
        comfort=comfort,
    )


def comfort_of(ground: Ground, nodes: Sequence[int], kind: int) -> float:
    """Pounds that nobody pays: for walking, and for drivers somebody does not know."""
    if not ground.counts[COMFORTS]:
        return 0.0
    those = np.array([v for v in nodes if v < len(ground.walks)], np.int32)
    bit = int(ground.crews[kind, BIT])
    known = ground.knows[those, bit] > 0 if bit >= 0 else np.zeros(len(those), bool)
    return float(ground.walks[those].sum() + ground.strange[those][~known].sum())


def _stops(
    problem: Problem, board: Board, nodes: Sequence[int], names: Sequence[int], i: int, v: int
) -> list[Stop]:
    """What happens at a node: one is fetched, or all for a place alight (the other way round in
    afternoons)."""
    desk, ways = board.desk, problem.boardings
    back, time = problem.direction == AFTERNOON, time_at(problem, board, i)
    if v < len(ways):
        return [Stop(names[ways[v].passenger], SETDOWN if back else PICKUP, time, ways[v].point)]
    those = [ways[nodes[j]].passenger for j in range(i) if nodes[j] < len(ways) and desk[DROP, j] == i]
    return [Stop(names[p], PICKUP if back else SETDOWN, time) for p in those]


def time_at(problem: Problem, board: Board, i: int) -> int:
    """When the stop at a position of the run on the desk begins; afternoons were turned round."""
    at, stay = int(board.desk[AT, i]), int(board.desk[STAY, i])
    return -(at + stay) if problem.direction == AFTERNOON else at


def standings(problem: Problem, plan: Plan) -> list[Standing]:
    """The runs of a plan as nodes. ProblemError for one that does not fit the problem."""
    kinds = {kind.name: number for number, kind in enumerate(problem.kinds)}
    return [_standing(problem, run, kinds) for run in plan.runs]


def _standing(problem: Problem, run: Run, kinds: Mapping[str, int]) -> Standing:
    people, back = len(problem.passengers), problem.direction == AFTERNOON
    first, ways = len(problem.boardings), problem.boarding_at
    if run.kind not in kinds or any(not 0 <= stop.passenger < people for stop in run.stops):
        raise ProblemError("A run has a vehicle or a passenger that the case does not have.")
    nodes: list[int] = []
    at_home = SETDOWN if back else PICKUP
    for stop in reversed(run.stops) if back else run.stops:
        place = first + problem.passengers[stop.passenger].place
        if stop.event == at_home:
            if (stop.passenger, stop.point) not in ways:
                raise ProblemError(f"Passenger {stop.passenger} is fetched where they cannot walk to.")
            nodes.append(ways[stop.passenger, stop.point])
        elif not nodes or nodes[-1] != place:
            nodes.append(place)
    _refuse_odd(problem, nodes)
    return Standing(tuple(nodes), kinds[run.kind])


def _refuse_odd(problem: Problem, nodes: Sequence[int]) -> None:
    """A run of at most LONGEST stops on which nobody rides past their place."""
    ways = problem.boardings
    ahead: set[int] = set()
    for v in reversed(nodes):
        if v >= len(ways):
            ahead.add(v)
        elif len(ways) + problem.passengers[ways[v].passenger].place not in ahead:
            who = ways[v].passenger
            raise ProblemError(f"Passenger {who} is fetched by a run that does not go to their place after.")
    if len(nodes) > LONGEST:
        raise ProblemError(f"A run has {len(nodes)} stops; {LONGEST} is the most.")


def columns_of(
    ground: Ground, board: Board, best: Sequence[Standing], most: int
) -> tuple[list[Standing], Choice]:
    """The best plan and the newest runs on the shelf as columns, and the run of each column. A run is there
    with the cheapest type it fits into, and with dearer ones as long as the cheaper are all used."""
    prices = np.empty((len(board.shelf_size), len(ground.kinds)))
    price_shelf(board, ground, prices)
    there = empty_board(ground, shelf=1)
    put_on(there, ground, best)
    runs, costs = list(best), [float(there.cost[a]) for a in range(len(best))]
    for row in np.argsort(-board.shelf_when, kind="stable")[:most].tolist():
        nodes = tuple(board.shelf_nodes[row, : board.shelf_size[row]].tolist())
        fitting = np.flatnonzero(prices[row] >= 0.0)
        for k in fitting[np.argsort(prices[row, fitting], kind="stable")].tolist():
            runs.append(Standing(nodes, k))
            costs.append(float(prices[row, k]))
            if there.left[k] > 0:
                break
    who = ground.person[:].tolist()
    those = [[who[v] for v in run.nodes if v < len(who)] for run in runs]
    return runs, Choice(
        costs=np.array(costs),
        starts=np.cumsum([0, *(len(each) for each in those)]).astype(np.int32),
        rows=np.array([p for each in those for p in each], np.int32),
        kinds=np.array([run.kind for run in runs], np.int32),
        groups=ground.crews[[run.kind for run in runs], 0],
        passengers=len(ground.care),
        fleet=ground.fleet,
        begun=np.arange(len(best), dtype=np.int32),
    )
