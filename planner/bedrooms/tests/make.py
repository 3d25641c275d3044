"""A small house, and a centre of 84 rooms with a season of courses."""

import random
from datetime import date, timedelta
from typing import Any

from planner.bedrooms.problem import Bedroom, Stay

MONDAY = date(2027, 5, 3)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def make_stay(name: str, first: int = 0, last: int = 2, **changes: Any) -> Stay:
    """A stay from one day after the Monday until another."""
    return Stay(name, day(first), day(last), **changes)


def make_rooms(count: int, **changes: Any) -> tuple[Bedroom, ...]:
    return tuple(Bedroom(f"room {i:02}", number=i, **changes) for i in range(count))


def centre() -> tuple[Bedroom, ...]:
    """Six accessible en-suite rooms, 54 en-suite and 24 plain, on seven corridors of twelve."""
    step_free = frozenset({"step-free", "ground floor"})
    return tuple(
        Bedroom(
            f"{'ABCDEFG'[i // 12]}{i % 12:02}",
            2 if i < 6 else 1 if i < 60 else 0,
            "ABCDEFG"[i // 12],
            i % 12,
            step_free if i < 6 else frozenset(),
        )
        for i in range(84)
    )


def season(weeks: int, a_week: int, seed: int) -> list[Stay]:
    """Stays as courses make them: most arrive on a Sunday or Monday and stay four nights."""
    chance = random.Random(seed)
    stays = []
    for week in range(weeks):
        for i in range(a_week):
            nights = chance.choices([1, 2, 3, 4, 5, 9, 11], [14, 16, 16, 38, 6, 4, 6])[0]
            first = 7 * week + (chance.choice([0, 0, 1, 2]) if nights >= 4 else chance.randrange(5))
            kind = chance.choices([0, 1, 2], [35, 61, 4])[0]
            needs = frozenset({"step-free"}) if kind == 2 else frozenset()
            group = chance.choices("FM", [38, 62])[0]
            stays.append(
                make_stay(f"{week}-{i:03}", first, first + nights, kind=kind, needs=needs, group=group)
            )
    return stays
