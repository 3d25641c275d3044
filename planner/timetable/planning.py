"""A timetable planned: periods that can be kept at all, then chains of annealing side by side, in legs.

A leg is a pure function of numbers, so any `concurrent.futures.Executor` runs it, here or elsewhere. Between
legs the chains cool, say how far they are, and can be stopped; whoever stops them has the best so far.
"""

import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace

import numpy as np

from planner.timetable.annealing import Seed, walk
from planner.timetable.arrays import Arrays, Ints, arrays, timetable
from planner.timetable.periods import feasible_periods, rooms_by_size
from planner.timetable.problem import Problem, Timetable, TimetableError
from planner.timetable.state import cost, state

HOT, COLD = (20.0, 6.0), 0.12  # points; between them the heat falls by the same factor in the same time.
# Some weeks want a hot start and some more time in the cold: the chains take turns.
LEG = 5_000_000
SPREAD = 0x9E3779B97F4A7C15  # seeds close together begin far apart
FIRST = 60.0  # seconds at most for periods that keep every rule


@dataclass(frozen=True, slots=True)
class Budget:
    """How long: so many seconds, or so many rounds (a leg of `steps` steps of every chain), whichever ends
    first. Only rounds give the same plan again. `cpu` counts each chain's processor time, not the wall's."""

    seconds: float = 300.0
    rounds: int | None = None
    steps: int = LEG
    cpu: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the chains are: from 0 to 1, seconds gone, and the least penalty found, in points."""

    done: float
    seconds: float
    penalty: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Where a chain stands and the best it has seen: 2 x L, periods above rooms."""

    seed: Seed
    hot: float
    now: Ints
    penalty: int
    best: Ints
    least: int
    seconds: float = 0.0  # of the processor


def plan_timetable(
    problem: Problem,
    *,
    budget: Budget | None = None,
    seed: int = 1,
    chains: int = 2,
    executor: Executor | None = None,
    tell: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Timetable:
    """The best timetable found within `budget`; `executor` runs the chains, processes here if None.

    `tell` hears how far it is after every round; when `stop` says so, the best so far is the answer. The
    penalty is that of ITC-2007 track 3 in points. Raises NoTimetable when there is none, or none was found in
    time, and TimetableError for days of more periods than can be counted.
    """
    if problem.periods > 16:
        raise TimetableError("A day may have 16 periods at most.")
    a = arrays(problem)
    first = start(a, seed)
    all_chains = [replace(first, seed=spread(seed, i), hot=HOT[i % len(HOT)]) for i in range(chains)]
    with ExitStack() as stack:
        crew = executor or stack.enter_context(ProcessPoolExecutor(chains))
        all_chains = cool(a, all_chains, budget or Budget(), crew, tell, stop)
    won = min(all_chains, key=lambda chain: chain.least)
    plan = timetable(problem, a.course_of, won.best[0], won.best[1], won.least)
    return replace(plan, notes={"cpu_seconds": sum(chain.seconds for chain in all_chains)})


def start(a: Arrays, seed: int) -> Chain:
    """A chain at its beginning: every hard rule kept, nothing else looked at."""
    period = feasible_periods(a, seed=seed, seconds=FIRST)
    now = np.stack([period, rooms_by_size(a, period)])
    penalty = cost(a, state(a, now[0], now[1]))
    return Chain(np.ones(1, np.uint64), HOT[0], now, penalty, now, penalty)


def spread(seed: int, chain: int) -> Seed:
    return np.array([(SPREAD * (2 * seed + 1 + 1000 * chain)) % 2**64 or 1], np.uint64)


def cool(
    a: Arrays,
    chains: list[Chain],
    budget: Budget,
    crew: Executor,
    tell: Callable[[Progress], None] | None,
    stop: Callable[[], bool] | None,
) -> list[Chain]:
    """The chains, leg by leg, until the budget is spent, somebody stops them, or nothing is left to save."""
    began, rounds = time.monotonic(), 0
    while True:
        wall = time.monotonic() - began
        gone = max(chain.seconds for chain in chains) if budget.cpu else wall
        done = max(gone / budget.seconds, rounds / budget.rounds if budget.rounds else 0.0)
        least = min(chain.least for chain in chains)
        if tell is not None:
            tell(Progress(min(1.0, done), wall, least))
        if done >= 1.0 or least == 0 or (stop is not None and stop()):
            return chains
        legs = [crew.submit(leg, a, chain, cooled(chain.hot, done), budget.steps) for chain in chains]
        chains = [one.result() for one in legs]
        rounds += 1


def cooled(hot: float, done: float) -> float:
    return float(hot * (COLD / hot) ** done)


def leg(a: Arrays, chain: Chain, heat: float, steps: int) -> Chain:
    """The chain after `steps` steps more at this heat."""
    began = time.thread_time()
    seed, kept = chain.seed.copy(), np.empty_like(chain.now)
    s = state(a, chain.now[0], chain.now[1])
    penalty, least = walk(a, s, heat, steps, seed, chain.penalty, kept)
    better = least < chain.least
    return Chain(
        seed,
        chain.hot,
        np.stack([s.period, s.room]),
        penalty,
        kept if better else chain.best,
        least if better else chain.least,
        chain.seconds + time.thread_time() - began,
    )
