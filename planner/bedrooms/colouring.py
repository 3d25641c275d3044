"""Which room of a class each of its stays gets: rooms of a class are alike, so any that is free will do.

Taken by arrival, all stays that still hold a room hold this very night, so there is a free room as long as no
night has more stays than rooms (interval graphs are perfect; Golumbic, 1980). That leaves the choice of the
room for kindness: the one somebody has, the one they were given before, the one beside whom they need.
"""

from collections.abc import Mapping
from datetime import date

from planner.bedrooms.problem import Bedroom, Stay


def colour(
    rooms: tuple[Bedroom, ...],
    stays: tuple[Stay, ...],
    today: date,
    given: Mapping[str, Bedroom],
    beside: Mapping[str, str],
) -> dict[str, Bedroom]:
    """A room for each stay of one class, by name. `given` are rooms of stays elsewhere, `beside` says who
    is to be next to whom, both ways round. Raises ValueError where a night has more stays than rooms."""
    mine = {room.name for room in rooms}
    found: dict[str, Bedroom] = {}
    until: dict[str, date] = {}
    for stay in sorted(stays, key=lambda one: turn(one, today, mine)):
        first = max(today, stay.arrives)
        free = [room for room in rooms if until.get(room.name, today) <= first]
        if not free:
            raise ValueError(f"There is no room of its class left for {stay.name}.")
        friend = found.get(beside.get(stay.name, "")) or given.get(beside.get(stay.name, ""))
        found[stay.name] = min(free, key=lambda room: unkindness(room, stay, friend))
        until[found[stay.name].name] = stay.leaves
    return found


def turn(stay: Stay, today: date, mine: set[str]) -> tuple[date, bool, bool, str]:
    """By arrival; on one day first who sleeps in a room of this class, then who was given one."""
    known = stay.room in mine
    return max(today, stay.arrives), not (stay.in_house and known), not known, stay.name


def unkindness(room: Bedroom, stay: Stay, friend: Bedroom | None) -> tuple[bool, int, bool, int, str]:
    """How little this room of the class suits, to be made small."""
    mine = room.name == stay.room
    apart = 0
    if friend is not None:
        apart = abs(room.number - friend.number) if room.corridor == friend.corridor else 1000
    return stay.in_house and not mine, apart, not mine, room.number, room.name
