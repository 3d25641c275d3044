"""Small days to plan: drawn, or cut out of the published morning."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from planner.transport.problem import Problem
from planner.transport.reading import problem_of

HERE = Path(__file__).parent
SMALL = HERE / "small-1.json"  # 60 passengers cut out of the published morning
Said = dict[str, Any]
FLEET = [
    {"type": "car", "seats": 4, "bays": 0, "fixed_cost": 38, "available": 6},
    {"type": "van", "seats": 6, "bays": 2, "fixed_cost": 62, "available": 4},
]


def make_said(people: int = 12, seed: int = 1, **changes: Any) -> tuple[Said, dict[str, Any]]:
    """A drawn day on a square of 25 minutes' drive: three schools, two depots, every fourth with an escort,
    every sixth in a wheelchair; and its travel times."""
    chance = np.random.default_rng(seed)
    at = chance.uniform(0, 1500, (2 + 3 + people, 2))
    seconds = np.ceil(np.abs(at[:, None] - at[None]).sum(2)).astype(int)
    direction = changes.get("direction", "morning")
    said = {
        "direction": direction,
        "window_after_bell" if direction == "afternoon" else "window_before_bell": 900,
        "depots": [{"id": 0}, {"id": 1}],
        "schools": [{"id": number, "bell": 30_600 + 900 * number} for number in range(3)],
        "passengers": [
            {
                "id": who,
                "school": int(chance.integers(3)),
                "wheelchair": who % 6 == 5,
                "escort": who % 4 == 3,
                "max_ride": 3_600,
                "board": 60 + 60 * int(chance.integers(3)),
                "alight": 30,
            }
            for who in range(people)
        ],
        "not_together": [[0, 1]] if people > 1 else [],
        "fleet": FLEET,
        **changes,
    }
    return said, {"seconds": seconds, "metres": seconds * 10}


def make_problem(people: int = 12, seed: int = 1, **changes: Any) -> Problem:
    return problem_of(*make_said(people, seed, **changes))


@cache
def small_said() -> Said:
    """What the small case says; do not change it."""
    said: Said = json.loads(SMALL.read_bytes())
    return said


@cache
def small_tables() -> dict[str, Any]:
    with np.load(SMALL.with_suffix(".npz"), allow_pickle=False) as kept:
        return {name: kept[name] for name in kept.files}
