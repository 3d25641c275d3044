"""Rooms that are alike: of one kind, on one corridor, with the same about them. Only their number counts.

A room that is out of use for a time, or promised to somebody, is a class of its own.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from planner.bedrooms.problem import Bedroom, Stay
from planner.bedrooms.selling import out_of_use


@dataclass(frozen=True, slots=True)
class Alike:
    """Rooms of one class, by name."""

    kind: int
    corridor: str
    has: frozenset[str]
    rooms: tuple[Bedroom, ...]

    def on(self, night: date) -> int:
        """How many of them are in use on this night."""
        return sum(not out_of_use(room, night) for room in self.rooms)

    def suits(self, stay: Stay) -> bool:
        """Whether the stay may be in this class at all."""
        if stay.locked or (stay.in_house and any(room.name == stay.room for room in self.rooms)):
            return any(room.name == stay.room for room in self.rooms)
        return self.kind >= stay.kind and stay.needs <= self.has


def alike(rooms: tuple[Bedroom, ...], stays: tuple[Stay, ...]) -> list[Alike]:
    """The classes, in an order that does not depend on the order of the rooms."""
    promised = {stay.room for stay in stays if stay.locked}
    groups: dict[tuple[int, str, tuple[str, ...], str], list[Bedroom]] = defaultdict(list)
    for room in sorted(rooms, key=lambda one: (one.number, one.name)):
        alone = room.name if room.shut or room.name in promised else ""
        groups[room.kind, room.corridor, tuple(sorted(room.has)), alone].append(room)
    return [
        Alike(kind, corridor, frozenset(has), tuple(found))
        for (kind, corridor, has, _), found in sorted(groups.items())
    ]
