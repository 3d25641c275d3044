"""A day too large for one search: cut into districts, each searched by itself on any executor.

A district is a pure task: its passengers, the vehicles it may use, the runs it begins with, a seed and so
many rounds; the same task gives the same answer on any machine, and its name is the hash of what it says.
After each turn the runs of all districts are cut anew in another direction, so that every seam lies inside a
district in the next turn, where runs across it are mended; vehicles nobody uses are shared out anew, too. The
search cools over all turns as it does in one. What is cut is whole runs: no turn makes anything worse.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence, Set
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

import numpy as np

from planner.transport.cutting import Floats, Unit, cut, shares, vectors_of
from planner.transport.ground import lay_out
from planner.transport.plan import Plan, Run, Unserved
from planner.transport.problem import Drivers, Kind, Problem
from planner.transport.reasons import without_hope
from planner.transport.searching import COLD, HOT, STEP, Search
from planner.transport.standing import plan_of, standings

Thing = TypeVar("Thing", Kind, Drivers)
MOST = 600  # passengers of a district
TURNS = 6
SHELF, COLUMNS, NODES = 1 << 14, 16_000, 60
BAYS_COUNT = 5.0  # passengers that one in a wheelchair counts for, where vehicles with bays are shared out


@dataclass(frozen=True)
class Task:
    """One district for one turn. `begun` is a plan of `problem`; the search cools from `hot` to `cold`."""

    problem: Problem
    begun: Plan
    rounds: int
    hot: float
    cold: float
    seed: int
    last: bool

    @cached_property
    def name(self) -> str:
        """A hash of everything it says."""
        how = (self.begun.runs, self.rounds, self.hot, self.cold, self.seed, self.last)
        told = hashlib.sha256(repr((self.problem, how)).encode())
        for table in (self.problem.seconds, self.problem.metres):
            told.update(b"" if table is None else np.ascontiguousarray(table).tobytes())
        return told.hexdigest()


@dataclass(frozen=True)
class Turn:
    """How far it is: turns done of how many, districts, pounds, runs, and how many are left out."""

    done: int
    turns: int
    districts: int
    cost: float
    runs: int
    left_out: int


Tell = Callable[[Turn], None]


def solve(task: Task) -> Plan:
    """Search one district. Pure: the same task gives the same plan."""
    ground = lay_out(task.problem)
    search = Search(ground, task.seed, shelf=SHELF if task.last else 2)
    search.take_over(standings(task.problem, task.begun))
    search.begin()
    while search.rounds < task.rounds:
        heat = task.hot * (task.cold / task.hot) ** (search.rounds / task.rounds)
        search.go(min(STEP, task.rounds - search.rounds), heat)
    if task.last:
        search.choose(seconds=None, columns=COLUMNS, nodes=NODES)
    runs = search.best_runs
    return plan_of(task.problem, task.problem, ground, runs, (), search.rounds, told=task.last)


def plan_in_districts(
    problem: Problem, *, rounds: int, seed: int = 1, executor: Executor | None = None, most: int = MOST,
    turns: int = TURNS, gone: Mapping[int, str] = MappingProxyType({}),
    kept: MutableMapping[str, Plan] | None = None, tell: Tell = lambda _: None,
) -> Plan:  # fmt: skip
    """Plan a day in districts of at most about `most` passengers, with `rounds` of search in all. The same
    words give the same plan, whatever the executor; without one it is made here. A day that is one district
    has no seams, and is searched in one turn. `kept` are answers by the name of their task: one that is there
    is not asked for again."""
    hopeless = without_hope(problem, gone)
    cutting = _Cutting(problem, {one.passenger for one in hopeless}, most)
    plan = Plan((), tuple(Unserved(who, "") for who in cutting.those))
    turns = turns if len(cutting.those) > most else 1
    for turn in range(turns):
        parts = cutting.districts(plan, turn)
        tasks = list(cutting.tasks(parts, plan, turn, turns, rounds, seed))
        joined = _joined(parts, _solved(tasks, executor, {} if kept is None else kept))
        plan = replace(joined, rounds=plan.rounds + joined.rounds)
        left = len(plan.unserved) + len(hopeless)
        tell(Turn(turn + 1, turns, len(tasks), plan.cost, len(plan.runs), left))
    unserved = sorted((*hopeless, *plan.unserved), key=lambda one: one.passenger)
    return replace(plan, unserved=tuple(unserved), times_from=problem.times_from)


def _solved(
    tasks: Sequence[Task], executor: Executor | None, kept: MutableMapping[str, Plan]
) -> Iterator[Plan]:
    """The answers in the order of the tasks; each is worked out once, whatever its name is asked for."""
    missing = {task.name: task for task in tasks if task.name not in kept}
    ask = map if executor is None else executor.map
    for name, plan in zip(missing, ask(solve, missing.values()), strict=True):
        kept[name] = plan
    return (kept[task.name] for task in tasks)


class _Cutting:
    """The day, and how it is cut."""

    def __init__(self, problem: Problem, gone: set[int], most: int) -> None:
        self.problem, self.most = problem, most
        self.those = [one.id for one in problem.passengers if one.id not in gone]
        self._vectors: Floats = vectors_of(problem)

    def districts(self, plan: Plan, turn: int) -> list[list[int]]:
        """Passengers put together into districts: those of a run stay together, and those who travel
        together."""
        units: list[Unit] = [sorted(run.passengers) for run in plan.runs]
        seen: set[int] = set()
        for one in plan.unserved:
            if one.passenger not in seen:
                party = [one.passenger, *self.problem.mates.get(one.passenger, ())]
                units.append([who for who in party if who in self._travel])
                seen.update(party)
        return [
            sorted(who for number in part for who in units[number])
            for part in cut(self._vectors, units, self.most, turn)
        ]

    def tasks(
        self, parts: Sequence[Sequence[int]], plan: Plan, turn: int, turns: int, rounds: int, seed: int
    ) -> Iterator[Task]:
        """What is to be searched in a turn."""
        hot, cold = (HOT * (COLD / HOT) ** (at / turns) for at in (turn, turn + 1))
        for number, district in enumerate(self.days(parts, plan)):
            part = max(1, round(rounds * len(parts[number]) / max(1, len(self.those)) / turns))
            own = seed * 1_000_003 + turn * 1_009 + number
            begun = _begun(plan, parts[number])
            yield Task(district, begun, part, hot, cold, seed=own, last=turn == turns - 1)

    @cached_property
    def _travel(self) -> frozenset[int]:
        return frozenset(self.those)

    def days(self, parts: Sequence[Sequence[int]], plan: Plan) -> Iterator[Problem]:
        """Each district's own day: the vehicles its runs use now, and its share of those nobody uses."""
        part_of = {who: number for number, those in enumerate(parts) for who in those}
        home = [part_of[min(run.passengers)] for run in plan.runs]
        chairs = [sum(self.problem.passengers[who].wheelchair for who in those) for those in parts]

        def shared(available: int, names: Set[str], bays: bool) -> list[int]:
            those = [at for at, run in zip(home, plan.runs, strict=True) if run.kind in names]
            used = np.bincount(np.array(those, np.int64), minlength=len(parts))
            count = BAYS_COUNT * bays
            weights = [len(part) + count * sat for part, sat in zip(parts, chairs, strict=True)]
            return [int(one) for one in used + shares(available - int(used.sum()), weights)]

        kinds = [
            shared(kind.available, {kind.name}, any(layout.bays for layout in kind.layouts))
            for kind in self.problem.kinds
        ]
        driven = {
            one.name: {kind.name for kind in self.problem.kinds if kind.drivers == one.name}
            for one in self.problem.drivers
        }
        drivers = [shared(one.available, driven[one.name], False) for one in self.problem.drivers]
        for number, those in enumerate(parts):
            yield replace(
                self.problem.only(those),
                kinds=_so_many(self.problem.kinds, [each[number] for each in kinds]),
                drivers=_so_many(self.problem.drivers, [each[number] for each in drivers]),
            )


def _so_many(those: Sequence[Thing], available: Sequence[int]) -> tuple[Thing, ...]:
    return tuple(replace(one, available=count) for one, count in zip(those, available, strict=True))


def _begun(plan: Plan, those: Sequence[int]) -> Plan:
    """The runs of a district, its passengers numbered as in its own day."""
    number = {who: new for new, who in enumerate(those)}
    mine = [run for run in plan.runs if next(iter(run.passengers)) in number]
    return Plan(tuple(_named(run, number) for run in mine), ())


def _named(run: Run, names: Mapping[int, int] | Sequence[int]) -> Run:
    return replace(run, stops=tuple(replace(stop, passenger=names[stop.passenger]) for stop in run.stops))


def _joined(names: Sequence[Sequence[int]], plans: Iterator[Plan]) -> Plan:
    """One plan of those of all districts."""
    runs: list[Run] = []
    unserved: list[Unserved] = []
    rounds = 0
    for those, plan in zip(names, plans, strict=True):
        runs += (_named(run, those) for run in plan.runs)
        unserved += (replace(one, passenger=those[one.passenger]) for one in plan.unserved)
        rounds += plan.rounds
    return Plan(tuple(runs), tuple(unserved), rounds)
