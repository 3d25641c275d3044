"""`python -m benchmarks --routes`, `--streets FILE`: published routes planned, streets prepared and asked."""

import gzip
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from planner.streets.asking import Streets
from planner.streets.keeping import open_prepared, prepare
from planner.streets.speeds import BANDS, given_speeds
from planner.vrp.checking import check_files
from planner.vrp.planning import Budget, plan_routes
from planner.vrp.reading import read_routing
from planner.vrp.writing import written

FOLDER = Path(__file__).parent / "data" / "routing"
BEST = {  # by distance, from the literature; of school buses what another solver without mixed loads needs
    "vrptw": {"R112.txt": 948.6, "RC208.txt": 776.1, "R1_4_5.txt": 9184.6, "R2_10_6.vrp": 29124.7},
    "pdptw": {
        "lrc105.txt": 1637.626,
        "lr208.txt": 734.844,
        "lr1_2_5.txt": 4221.623,
        "lrc1_4_5.txt": 8600.888,
    },
    "darp": {
        "a2-16.txt": 294.25,
        "a4-48.txt": 668.82,
        "b5-60.txt": 902.04,
        "R1a.txt": 190.02,
        "R4b.txt": 529.33,
    },
}
UNCONFIRMED = {"b5-60.txt", "R4b.txt"}  # best values nobody here has seen the source of: not in the mean
BUSES = {("RSRB01", 2700): 31, ("RSRB01", 5400): 31, ("RSRB03", 2700): 55, ("CSCB03", 2700): 64}
ROW = "{:<8}{:<14}{:>12}{:>12}{:>9}{:>10}{:>6}{:>8}{:>9}"
PLACES = 1500
Answer = TypeVar("Answer")


def measure_routes(*, seconds: float, seed: int, only: str) -> int:
    """Plan each for so many processor seconds and print the table; one where a rule is broken."""
    print(f"{seconds:g} processor seconds each, seed {seed}, compiled beforehand")
    print(ROW.format("", "", "cost", "best known", "gap", "vehicles", "left", "broken", "steps"))
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for format_, named in BEST.items():
            gaps = []
            for name, best in named.items():
                if only in f"{format_} {name}":
                    file = Path(folder) / name
                    file.write_bytes(gzip.decompress((FOLDER / format_ / f"{name}.gz").read_bytes()))
                    cost, broken = measured(format_, file, best, seconds, seed)
                    if name not in UNCONFIRMED:
                        gaps.append(100 * (cost / best - 1))
                    wrong += broken
            if gaps:
                print(
                    ROW.format(format_, "mean", "", "", f"{np.mean(gaps):.2f} %", "", "", "", ""), flush=True
                )
    for (name, ride), buses in BUSES.items():
        if only in f"sbrp {name}/{ride}":
            wrong += measured("sbrp", FOLDER / "sbrp" / name, buses, seconds, seed, float(ride))[1]
    return int(wrong > 0)


def measured(
    format_: str, file: Path, best: float, seconds: float, seed: int, ride: float = 0
) -> tuple[float, int]:
    problem = read_routing(file, format_, ride=ride)
    plan_routes(problem, budget=Budget(steps=1), fewest=format_ == "sbrp")
    plan = plan_routes(problem, budget=Budget(seconds), seed=seed, fewest=format_ == "sbrp")
    verdict = check_files(file, format_, json.loads(json.dumps(written(problem, plan))), ride)
    reached = verdict.vehicles if format_ == "sbrp" else verdict.cost
    words = (f"{verdict.cost:.2f}", best, f"{100 * (reached / best - 1):.2f} %", verdict.vehicles)
    name = f"{file.stem}/{ride:g}" if format_ == "sbrp" else file.stem
    if file.name in UNCONFIRMED:
        name += " (?)"
    print(ROW.format(format_, name, *words, len(plan.unserved), len(verdict.broken), plan.rounds), flush=True)
    return verdict.cost, len(verdict.broken)


def measure_streets(extract: Path) -> int:
    """Prepare an extract, and ask for 1,500 by 1,500 times; processor seconds of each part."""
    with tempfile.TemporaryDirectory() as folder:
        file = timed("prepare", lambda: prepare(extract, Path(folder)))
        made = timed("open the file", lambda: open_prepared(file))
        print(f"{len(made.drive.junctions):,} junctions, {len(made.drive.ends):,} streets; ", end="")
        print(
            f"on foot {len(made.walk.junctions):,} and {len(made.walk.ends):,}; {file.stat().st_size:,} bytes"
        )
    streets = Streets.of(made, given_speeds()[-1])
    low, high = (made.drive.junctions.min(axis=0) / 1e7, made.drive.junctions.max(axis=0) / 1e7)
    spots = low + (high - low) * np.random.default_rng(1).random((4 * PLACES, 2))
    spots = spots[streets.snap(spots).edge >= 0][:PLACES]
    timed("build the hierarchy", lambda: streets.drive.engine)
    placed = timed(f"place {len(spots):,}", lambda: streets.snap(spots))
    timed("customise for three bands", lambda: [streets.by_time(band) for band in BANDS])
    found = timed("1,500 x 1,500 times", lambda: streets.times(placed, placed, "morning"))
    print(f"{np.isnan(found).sum():,} without a way; mean {np.nanmean(found) / 60:.1f} minutes")
    timed("1,500 x 45 on foot", lambda: streets.walk(spots, spots[:45]))
    plain = Streets.of(made, given_speeds()[-1], plain=True)
    same = timed("150 x 1,500 by SciPy", lambda: plain.times(plain.snap(spots[:150]), placed, "morning"))
    print("both engines agree" if np.array_equal(same, found[:150], equal_nan=True) else "the engines DIFFER")
    return 0


def timed(what: str, do: Callable[[], Answer]) -> Answer:
    begun = time.process_time()
    answer = do()
    print(f"{what:<28}{time.process_time() - begun:8.3f} CPU s", flush=True)
    return answer
