"""Weeks drawn by chance, to measure and to test with: lines twice a day, commercial jobs, stand-by.

What hours people may work is read from `data/hours.json`, rows with their days and sources.
"""

import json
import random
from pathlib import Path
from typing import Any

Said = dict[str, Any]
HOURS = Path(__file__).parent / "data" / "hours.json"
FIRST = "2026-11-23"
VEHICLE_NEEDS = {
    "car": {"driver": ["licence B"]},
    "minibus": {"driver": ["licence D1", "MiDAS"]},
    "accessible minibus": {"driver": ["licence D1", "MiDAS", "wheelchair securement"], "escort": ["PATS"]},
}
ALWAYS = {"driver": ["DBS"], "escort": ["DBS"]}


def hours() -> list[Said]:
    """The rows that come with the planner."""
    rows: list[Said] = json.loads(HOURS.read_text(encoding="utf-8"))["hours"]
    return rows


def drawn(people: int = 500, lines: int = 200, depots: int = 5, seed: int = 1) -> Said:
    """A week of a fleet: half of the people drive, four in ten escort, one in ten does both."""
    chance = random.Random(seed)  # noqa: S311 # nosec B311  (a search, not a secret)
    names = [f"depot {number}" for number in range(1, depots + 1)]
    tasks = _runs(chance, lines, names)
    fleet = [_person(chance, number, people, names) for number in range(people)]
    _acquaint(chance, fleet, tasks)
    return {
        "first_day": FIRST,
        "days": 7,
        "early_before": 6 * 60 + 45,
        "hours": hours(),
        "ways": [[a, b, 25] for a in names for b in names if abs(names.index(a) - names.index(b)) == 1],
        "vehicle_needs": VEHICLE_NEEDS,
        "passenger_needs": {f"p{n}": {"escort": ["epilepsy rescue"]} for n in range(0, lines * 7, 40)},
        "known_weight": {f"p{n}": 4 for n in range(0, lines * 7, 9)},
        "people": fleet,
        "tasks": [*tasks, *_jobs(chance, lines // 8, names), *_standbys(names)],
    }


def _runs(chance: random.Random, lines: int, depots: list[str]) -> list[Said]:
    found: list[Said] = []
    for line in range(lines):
        kind = chance.choices(list(VEHICLE_NEEDS), (4, 3, 3))[0]
        riders = [f"p{7 * line + n}" for n in range({"car": 3, "minibus": 7}.get(kind, 5))]
        posts = ["driver", *["escort"] * (0 if kind == "car" and line % 2 else 1 + (line % 15 == 14))]
        morning, afternoon = chance.randrange(380, 460, 5), chance.randrange(860, 910, 5)
        for half, begins in (("am", morning), ("pm", afternoon)):
            long = chance.randrange(70, 125, 5)
            found += [
                {
                    "id": f"{line + 1}{half} {day}", "line": f"{line + 1}{half}", "day": day,
                    "depot": depots[line % len(depots)], "begins": begins, "ends": begins + long,
                    "driving": long - 20, "vehicle": kind, "passengers": riders, "posts": posts,
                    "needs": ALWAYS,
                }
                for day in range(5)
            ]  # fmt: skip
    return found


def _jobs(chance: random.Random, a_day: int, depots: list[str]) -> list[Said]:
    """Commercial private hire: between the runs, in the evening, at the weekend."""
    found: list[Said] = []
    for day in range(7):
        for number in range(a_day):
            begins = (
                chance.choice((590, 620, 650, 1110, 1140)) if day < 5 else chance.randrange(480, 1200, 30)
            )
            long = chance.randrange(60, 200, 10)
            found.append({
                "id": f"job {day}-{number + 1}", "kind": "job", "day": day, "depot": chance.choice(depots),
                "begins": begins, "ends": begins + long, "driving": long - 30, "vehicle": "minibus",
                "worth": 1_000 + 10 * long, "posts": ["driver"], "needs": ALWAYS,
            })  # fmt: skip
    return found


def _standbys(depots: list[str]) -> list[Said]:
    return [
        {
            "id": f"stand-by {half} {depot} {day}", "kind": "standby", "day": day, "depot": depot,
            "begins": begins, "ends": begins + 180, "vehicle": "minibus",
            "posts": ["driver", "driver", "escort"], "needs": ALWAYS,
        }
        for day in range(5) for depot in depots for half, begins in (("am", 375), ("pm", 855))
    ]  # fmt: skip


def _person(chance: random.Random, number: int, people: int, depots: list[str]) -> Said:
    share = number % 10
    roles = ["driver"] if share < 5 else ["escort"] if share < 9 else ["driver", "escort"]
    kinds = ["DBS"]
    if "driver" in roles:
        kinds += ["licence B"] + ["licence D1", "MiDAS"] * (chance.random() < 0.85)
        kinds += ["wheelchair securement"] * (chance.random() < 0.75)
    if "escort" in roles:
        kinds += ["PATS"] * (chance.random() < 0.8) + ["epilepsy rescue"] * (chance.random() < 0.4)
    ends = [chance.choice(("2027-06-30", "2028-01-31", None)) for _ in kinds]
    if chance.random() < 0.05:
        ends[chance.randrange(len(ends))] = "2026-11-24"
    return {
        "id": f"{'-'.join(roles)} {number + 1}",
        "depot": depots[(number // 10) % len(depots)],
        "roles": roles,
        "credentials": [
            {"kind": kind, "from_on": "2024-01-01", "until_on": end}
            for kind, end in zip(kinds, ends, strict=True)
        ],
        "away": sorted(
            range(7) if chance.random() < 0.05 else {chance.randrange(5)} if chance.random() < 0.1 else ()
        ),
        "most": chance.choice((1_500, 1_800, 2_220, 2_400)),
        "early": chance.randrange(0, 12),
        "ended": -chance.choice((360, 600, 3_600, 3_600)),
        "rested": chance.random() < 0.9,
    }


def _acquaint(chance: random.Random, fleet: list[Said], tasks: list[Said]) -> None:
    """Passengers know who took them until now: two people of the depot for each post of a line."""
    by_depot: dict[tuple[str, str], list[Said]] = {}
    for person in fleet:
        person["known"] = []
        for role in person["roles"]:
            by_depot.setdefault((person["depot"], role), []).append(person)
    seen = set()
    for task in tasks:
        if task["line"] in seen:
            continue
        seen.add(task["line"])
        for role in task["posts"]:
            able = by_depot.get((task["depot"], role), [])
            for person in chance.sample(able, min(2, len(able))):
                person["known"] = sorted({*person["known"], *task["passengers"]})
