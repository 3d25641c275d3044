"""Placements to match: a few, and a year's."""

import random
from typing import Any

from planner.placements.problem import Host, Matching, Wish

AREAS = ("Arfon", "Barry", "Cwmbran", "Dinas")


def make_wish(name: str = "Ada", **changes: Any) -> Wish:
    given: dict[str, Any] = {"id": name, "kind": "placement", "area": "Arfon", "periods": ("May",)}
    return Wish(**(given | changes))


def make_host(name: str = "library", **changes: Any) -> Host:
    given: dict[str, Any] = {
        "id": name, "kinds": frozenset({"placement"}), "area": "Barry", "places": {"May": 1},
    }  # fmt: skip
    return Host(**(given | changes))


def make_matching(wishes: list[Wish], hosts: list[Host], **changes: Any) -> Matching:
    given: dict[str, Any] = {
        "wishes": tuple(wishes),
        "hosts": tuple(hosts),
        "minutes": {(area, host.id): 30 for area in AREAS for host in hosts},
    }
    return Matching(**(given | changes))


def drawn(wishes: int = 600, practicals: int = 86, hosts: int = 60, seed: int = 1) -> Matching:
    """A year's placements and practicals, spread over eight periods."""
    chance = random.Random(seed)
    periods = [f"period {n}" for n in range(1, 9)]
    areas = [f"area {n}" for n in range(12)]
    names = [f"host {n}" for n in range(hosts)]
    each = -(-(wishes + practicals) * 5 // (4 * len(periods) * max(1, hosts)))
    return Matching(
        wishes=tuple(
            Wish(
                id=f"{'placement' if n < wishes else 'practical'} {n}",
                kind="placement" if n < wishes else "practical",
                area=chance.choice(areas),
                periods=tuple(chance.sample(periods, 2)),
                needs=frozenset({"step-free"} if chance.random() < 0.03 else ()),
                prefers=tuple(chance.sample(names, min(hosts, chance.randrange(4)))),
                been=frozenset(chance.sample(names, min(hosts, chance.randrange(2)))),
                apart=frozenset(chance.sample(names, 1) if chance.random() < 0.02 else ()),
            )
            for n in range(wishes + practicals)
        ),
        hosts=tuple(
            Host(
                id=name,
                kinds=frozenset({"placement", "practical"} if n % 3 == 0 else {"placement"}),
                area=chance.choice(areas),
                places=dict.fromkeys(periods, each + chance.randrange(2)),
                has=frozenset({"step-free"} if n % 2 else ()),
            )
            for n, name in enumerate(names)
        ),
        minutes={(area, name): chance.randrange(5, 110) for area in areas for name in names},
    )
