"""Assessment days drawn by chance, to measure and to test with."""

import random
from typing import Any

Said = dict[str, Any]
OPENS, CLOSES = 8 * 60, 18 * 60
EXERCISES: list[Said] = [
    {"id": "written", "minutes": 40, "size": 20, "assessors": 1, "room": "hall", "hold": 10},
    {"id": "group", "minutes": 40, "size": 6, "assessors": 3, "room": "seminar", "hold": 15, "rest": 10},
    {"id": "role play", "minutes": 15, "assessors": 1, "room": "small", "hold": 5, "rest": 10},
    {
        "id": "interview", "minutes": 35, "assessors": 2, "room": "small", "hold": 10, "after": ["written"],
        "rest": 10,
    },
]  # fmt: skip


def drawn(candidates: int = 200, days: int = 1, seed: int = 1, tight: float = 1.0) -> Said:
    """Candidates, one in ten of whom has an adjustment, and as many assessors and rooms as they need times
    `tight`. Some assessors speak Welsh, some interpret, one in thirty has training that has run out."""
    chance = random.Random(seed)  # noqa: S311 # nosec B311  (a search, not a secret)
    people = [_candidate(chance, number) for number in range(candidates)]
    names = [one["id"] for one in people]
    a_day = candidates / days
    small = max(2, round(a_day / 8 * tight) + 2)
    return {
        "days": [{"on": f"2026-12-{1 + day:02}", "opens": OPENS, "closes": CLOSES} for day in range(days)],
        "exercises": EXERCISES,
        "rooms": [
            *({"id": f"hall {n + 1}", "kinds": ["hall"], "seats": 30, "step_free": True} for n in range(2)),
            *(_room("seminar", n, 10) for n in range(max(1, round(a_day / 40 * tight) + 1))),
            *(_room("small", n, 5) for n in range(small)),
        ],
        "assessors": [
            *(_assessor(chance, n, days, names) for n in range(max(6, round(a_day / 2.2 * tight) + 3))),
            *({"id": f"interpreter {n + 1}", "interprets": ["bsl"]} for n in range(2)),
        ],
        "candidates": people,
    }


def _room(kind: str, number: int, seats: int) -> Said:
    return {"id": f"{kind} {number + 1}", "kinds": [kind], "seats": seats, "step_free": number % 3 == 0}


def _assessor(chance: random.Random, number: int, days: int, names: list[str]) -> Said:
    ended, welsh = number % 30 == 29, number % 4 == 0
    lunch = chance.choice((12 * 60, 12 * 60 + 30, 13 * 60))
    hours = []
    for day in range(days):
        until = chance.choice((CLOSES, CLOSES, 16 * 60))
        hours += [[day, OPENS, lunch], [day, lunch + 30, until]]
    return {
        "id": f"assessor {number + 1}",
        "trained": {one["id"]: "2026-11-30" if ended else "2027-06-30" for one in EXERCISES},
        "languages": ["cy"] if welsh else [],
        "conflicts": sorted(chance.sample(names, min(len(names) // 8, chance.randrange(3)))),
        "hours": hours,
        "most": 400,
    }


def _candidate(chance: random.Random, number: int) -> Said:
    said: Said = {"id": f"candidate {number + 1}"}
    if chance.random() < 0.06:
        said["language"] = "cy"
    kind = chance.randrange(60)
    adjustments: dict[int, Said] = {
        0: {"longer": 25}, 1: {"longer": 50, "rest": 15}, 2: {"step_free": True}, 3: {"carer": True},
        4: {"interpreter": "bsl"}, 5: {"away": [[0, OPENS, 11 * 60]]},
    }  # fmt: skip
    return {**said, **adjustments.get(kind, {})}
