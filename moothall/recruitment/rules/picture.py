"""The timetable of a campaign as a picture: one bar a stage, in SVG, beside the same as a table."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

WIDTH: Final = 640
LEFT: Final = 0
ROW: Final = 26
LEAST: Final = 4


@dataclass(frozen=True)
class Bar:
    """One stage."""

    words: str
    x: float
    y: int
    width: float
    over: bool


@dataclass(frozen=True)
class Tick:
    """The first day of a month."""

    day: dt.date
    x: float


@dataclass(frozen=True)
class Picture:
    """The bars of all stages, the months under them, and today, where it lies within."""

    bars: list[Bar]
    ticks: list[Tick]
    today_x: float | None
    width: int
    height: int


def picture_of(stages: Sequence[Any], *, today: dt.date) -> Picture | None:
    """None where there is nothing to show."""
    if not stages:
        return None
    first = min(each.begins_on for each in stages)
    days = max((max(each.target_on for each in stages) - first).days + 1, 1)
    scale = WIDTH / days

    def place(day: dt.date) -> float:
        return float(round((day - first).days * scale, 1))

    bars = [
        Bar(
            each.words,
            place(each.begins_on),
            number * ROW,
            max(round(((each.target_on - each.begins_on).days + 1) * scale, 1), LEAST),
            each.target_on < today,
        )
        for number, each in enumerate(stages)
    ]
    inside = 0 <= (today - first).days < days
    return Picture(
        bars, _ticks(first, days, scale), place(today) if inside else None, WIDTH, len(bars) * ROW + ROW
    )


def _ticks(first: dt.date, days: int, scale: float) -> list[Tick]:
    found = []
    for ahead in range(days):
        day = first + dt.timedelta(days=ahead)
        if day.day == 1:
            found.append(Tick(day, round(ahead * scale, 1)))
    most = 9
    every = -(-len(found) // most) or 1
    return found[::every]
