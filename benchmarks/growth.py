"""`python -m benchmarks --growth 250,1500,20k`: invented mornings of any size, whole and in districts."""

import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from planner.transport.checking import check
from planner.transport.districts import Turn, plan_in_districts
from planner.transport.plan import Plan
from planner.transport.problem import Ints, Problem
from planner.transport.reading import problem_of
from planner.transport.searching import cpu_seconds, plan_transport
from planner.transport.writing import written
from planner.workers import executor

ROW = "{:<12}{:<12}{:>9}{:>9}{:>11}{:>9}{:>9}{:>7}{:>8}{:>9}"
HEADS = ("passengers", "", "CPU s", "wall s", "pounds", "each", "vehicles", "left", "broken", "to whole")
WHOLE = 3_000  # passengers up to which one search for all is measured beside districts
ROUNDS = 60  # of search for each passenger
AS_PUBLISHED = 1_500  # the size of the published morning, whose proportions are kept
SIDE = 21_000.0  # metres of its square
METRES_A_SECOND, DETOUR = 9.0, 1.35
FLEET = (("minibus16", 16, 0, 60, 90), ("car8", 8, 0, 38, 150), ("wav6", 8, 4, 62, 60))
IN_MEMORY = 4_000  # locations; more are kept on the disk


def morning(people: int, seed: int, folder: Path) -> tuple[dict[str, Any], Ints]:
    """An invented morning in the proportions of the published one, on a square that grows with it; and its
    seconds, on the disk where they are many."""
    chance = np.random.default_rng([seed, people])
    size = people / AS_PUBLISHED
    schools, depots = max(3, round(45 * size)), max(2, round(3 * size))
    towns = chance.uniform(0, SIDE * size**0.5, (max(2, round(9 * size)), 2))
    at = np.concatenate(
        [
            chance.uniform(0, SIDE * size**0.5, (depots, 2)),
            _around(towns, schools, chance),
            _around(towns, people, chance),
        ]
    )
    primary = chance.random(schools) < 0.4
    bells = 30_600 + 600 * chance.integers(0, 10, schools)
    goes = _schools(at, depots, schools, people, chance)
    direct = np.ceil(np.hypot(*(at[depots + schools :] - at[depots + goes]).T) * DETOUR / METRES_A_SECOND)
    fleet = [
        {
            "type": name,
            "seats": seats,
            "bays": bays,
            "fixed_cost": fixed,
            "available": max(2, round(n * size)),
        }
        for name, seats, bays, fixed, n in FLEET
    ]
    said = {
        "window_before_bell": 900,
        "depots": [{"id": one} for one in range(depots)],
        "schools": [{"id": one, "bell": int(bells[one])} for one in range(schools)],
        "passengers": _passengers(goes, direct, primary, chance),
        "not_together": [[2 * k, 2 * k + 1] for k in range(people // 75)],
        "fleet": fleet,
        "times_from": "invented",
    }
    return said, _seconds(at, folder / f"{people}-{seed}.npy")


def _passengers(goes: Any, direct: Any, primary: Any, chance: np.random.Generator) -> list[dict[str, Any]]:
    """One in eleven in a wheelchair, three in eight with an escort; 45 or 75 minutes aboard, or as long as
    it takes."""
    chair, escort = chance.random(len(goes)) < 0.088, chance.random(len(goes)) < 0.366
    return [
        {
            "id": who,
            "school": int(goes[who]),
            "wheelchair": bool(chair[who]),
            "escort": bool(escort[who]),
            "max_ride": max(2_700 if primary[goes[who]] else 4_500, int(direct[who]) + 660),
            "board": 180 if chair[who] else 60,
            "alight": 90 if chair[who] else 30,
        }
        for who in range(len(goes))
    ]


def _around(towns: Any, count: int, chance: np.random.Generator) -> Any:
    return towns[chance.integers(0, len(towns), count)] + chance.normal(0, 3_000, (count, 2))


def _schools(at: Any, depots: int, schools: int, people: int, chance: np.random.Generator) -> Any:
    """Whither everybody goes: mostly a near school, now and then any within 25 km."""
    there, homes = at[depots : depots + schools], at[depots + schools :]
    goes = np.empty(people, np.int64)
    for who in range(people):
        far = np.hypot(*(there - homes[who]).T)
        near = np.exp(-far / 6_000) * (far < 25_000) + 1e-12 * (far == far.min())
        goes[who] = chance.choice(schools, p=near / near.sum())
    return goes


def _seconds(at: Any, file: Path) -> Ints:
    count = len(at)
    if count <= IN_MEMORY:
        table = np.empty((count, count), np.int32)
    else:
        table = np.lib.format.open_memmap(file, "w+", np.int32, (count, count))
    for begin in range(0, count, 1_000):
        far = np.hypot(*(at[begin : begin + 1_000, None] - at[None]).transpose(2, 0, 1))
        table[begin : begin + 1_000] = np.ceil(far * DETOUR / METRES_A_SECOND)
    return table


def measure_growth(
    sizes: list[int], *, seed: int, workers: int, rounds: int = ROUNDS, dask: bool = False
) -> int:
    """Plan each size, whole where it is not too large and in districts; judge every plan."""
    where = "workers of a Dask cluster" if dask else "processes"
    print(f"{rounds} rounds a passenger, seed {seed}, {workers} {where} for districts")
    print(ROW.format(*HEADS), flush=True)
    wrong = 0
    with TemporaryDirectory() as folder:
        for size in sizes:
            said, seconds = morning(size, seed, Path(folder))
            problem = problem_of({**said}, {"seconds": seconds})
            whole = 0.0
            if size <= WHOLE:
                began, cpu = time.perf_counter(), cpu_seconds()
                plan = plan_transport(problem, rounds=rounds * size, seed=seed)
                whole = plan.cost
                wrong += _told(size, "whole", cpu, began, plan, said, seconds, 0.0)
            began, cpu = time.perf_counter(), cpu_seconds()
            with many(workers, dask=dask) as there:
                plan = in_districts(problem, rounds * size, seed, there)
            wrong += _told(size, "districts", cpu, began, plan, said, seconds, whole)
    return int(wrong > 0)


@contextmanager
def many(workers: int, *, dask: bool) -> Iterator[Executor]:
    """So many processes, or so many workers of a Dask cluster on this machine."""
    if not dask:
        with executor(workers=workers) as here:
            yield here
        return
    distributed: Any = import_module("distributed")
    with (
        distributed.LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as local,
        executor(workers=0, cluster=local.scheduler_address) as there,
    ):
        yield there


def in_districts(problem: Problem, rounds: int, seed: int, there: Executor) -> Plan:
    def tell(turn: Turn) -> None:
        print(
            f"    turn {turn.done} of {turn.turns}: {turn.districts} districts, {turn.cost:,.0f} pounds, "
            f"{turn.runs} runs, {turn.left_out} left out",
            flush=True,
        )

    return plan_in_districts(problem, rounds=rounds, seed=seed, executor=there, tell=tell)


def _told(
    size: int,
    how: str,
    cpu: float,
    began: float,
    plan: Plan,
    said: dict[str, Any],
    seconds: Ints,
    whole: float,
) -> int:
    spent, wall = cpu_seconds() - cpu, time.perf_counter() - began
    verdict = check(said, {"seconds": seconds}, written(plan))
    beside = f"{100 * (verdict.cost / whole - 1):+.2f} %" if whole else ""
    print(
        ROW.format(
            f"{size:,}", how, f"{spent:.0f}", f"{wall:.0f}", f"{verdict.cost:,.0f}",
            f"{verdict.cost / size:.2f}", verdict.vehicles, verdict.left_out, len(verdict.breaches), beside,
        ),
        flush=True,
    )  # fmt: skip
    return len(verdict.breaches)
