"""The case as its files say it, for whoever judges a plan. Nothing here is shared with what makes plans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Said = Mapping[str, Any]
TABLES = ("seconds", "metres", "slow")


@dataclass(frozen=True)
class Visit:
    """Everything done at one spot at one time: one passenger at home, or several at their school."""

    where: int
    time: int
    stays: int
    on: tuple[int, ...]
    off: tuple[int, ...]


class Case:
    """The case as its files say it."""

    def __init__(self, said: Said, tables: Mapping[str, Any], day: str = "") -> None:
        self.said, self.day = said, day
        self.people: Sequence[Said] = said["passengers"]
        self.schools: Sequence[Said] = said["schools"]
        self.depots = len(said["depots"])
        self.after = said.get("direction") == "afternoon"
        self.window = int(said["window_after_bell" if self.after else "window_before_bell"])
        self.kinds = {one["type"]: one for one in said["fleet"]}
        self.escorting = said.get("escorting", {})
        self._tables = {name: np.asarray(tables[name]) for name in TABLES if name in tables}
        self.points = len(said.get("meeting_points", ()))
        self._count = self.depots + len(self.schools) + self.points + len(self.people)

    @property
    def knows_slow(self) -> bool:
        return "slow" in self._tables

    def between(self, name: str, a: int, b: int) -> int:
        """`seconds`, `metres` or `slow` seconds from one location to another."""
        table = self._tables[name]
        if table.ndim == 2 or a == b:
            return 0 if table.ndim == 1 else int(table[a, b])
        low, high = min(a, b), max(a, b)
        return int(table[self._count * low - low * (low + 1) // 2 + high - low - 1])

    def home(self, passenger: int) -> int:
        return self.depots + len(self.schools) + self.points + passenger

    def stands(self, passenger: int, stop: Said) -> int:
        """Where somebody is fetched, or set down again: at home or at a meeting point."""
        if stop.get("point") is None:
            return self.home(passenger)
        return self.depots + len(self.schools) + int(stop["point"])

    def walk(self, passenger: int, stop: Said) -> int | None:
        """Seconds to where somebody is fetched; None if they may not be fetched there."""
        one = self.people[passenger]
        if stop.get("point") is None:
            return 0 if one.get("at_home", True) else None
        for spot in one.get("spots", ()):
            if spot["point"] == stop["point"] and spot["walk"] <= one.get("max_walk", 0):
                return int(spot["walk"])
        return None

    def travels(self, passenger: int) -> bool:
        """Whether somebody travels on the day the plan is for."""
        one = self.people[passenger]
        closed = self.schools[int(one["school"])].get("closed", ())
        return not self.day or (self.day in one.get("days", (self.day,)) and self.day not in closed)

    def school(self, passenger: int) -> int:
        return self.depots + int(self.people[passenger]["school"])

    def opening(self, where: int) -> tuple[int, int] | None:
        """Between when a school may be visited; None for a home or a meeting point."""
        if where >= self.depots + len(self.schools):
            return None
        school = self.schools[where - self.depots]
        bell = int(school.get("bells", {}).get(self.day, school["bell"]))
        return (bell, bell + self.window) if self.after else (bell - self.window, bell)
