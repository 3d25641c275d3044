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


def make_rich(people: int = 14, seed: int = 1, **changes: Any) -> tuple[Said, dict[str, Any]]:
    """The same with two meeting points, companions, known drivers, a contractor with his own prices and
    count, and slow legs. Every third passenger may walk, every ninth has to."""
    said, _ = make_said(people, seed, **changes)
    chance = np.random.default_rng(seed + 1)
    at = chance.uniform(0, 1500, (2 + 3 + 2 + people, 2))
    seconds = np.ceil(np.abs(at[:, None] - at[None]).sum(2)).astype(int)
    spots = [{"point": 0, "walk": 200}, {"point": 1, "walk": 400}]
    for one in said["passengers"]:
        if one["id"] % 3 == 0:
            one |= {"spots": spots, "max_walk": 300 + 100 * (one["id"] % 2), "at_home": one["id"] % 9 != 0}
        if one["id"] % 4 == 1:
            one |= {"known": ["Depot"], "continuity": 15.0}
    fleet = [
        {**FLEET[0], "drivers": "Depot"},
        {**FLEET[1], "drivers": "Depot"},
        {**FLEET[0], "type": "taxi", "drivers": "Blue Cabs", "fixed_cost": 9, "by_mile": 2.5,
         "ends_free": True, "minimum": 25, "escorting": {"fixed": 35}},
    ]  # fmt: skip
    said |= {
        "meeting_points": [{"id": 0}, {"id": 1}],
        "together": [[2, 3], [3, 5]] if people > 5 else [],
        "fleet": fleet,
        "drivers": [{"name": "Depot", "available": 7}, {"name": "Blue Cabs", "available": 2}],
        "walking": {"hourly": 6.0},
        "escorting": {"fixed": 20, "hourly": 12, "takes_seat": True},
        **{part: changes[part] for part in changes if part in ("together", "drivers", "fleet", "walking")},
    }
    return said, {"seconds": seconds, "metres": seconds * 10, "slow": np.ceil(seconds * 1.4).astype(int)}


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
