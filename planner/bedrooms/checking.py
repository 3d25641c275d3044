"""Whether a rooming keeps the rules: night by night and room by room; shares no code with what chose it."""

from collections.abc import Iterator
from datetime import date, timedelta

from planner.bedrooms.problem import Bedroom, Rooming, Stay


def check(rooms: tuple[Bedroom, ...], stays: tuple[Stay, ...], made: Rooming, today: date) -> tuple[str, ...]:
    """A sentence for every rule that is broken."""
    return (*of_each(rooms, stays, made, today), *of_each_night(rooms, stays, made, today))


def of_each(rooms: tuple[Bedroom, ...], stays: tuple[Stay, ...], made: Rooming, today: date) -> Iterator[str]:
    by_name = {room.name: room for room in rooms}
    without = {one.stay for one in made.without}
    moved = {name for name, _, _ in made.moved}
    for stay in stays:
        room = by_name.get(made.rooms.get(stay.name, ""))
        if stay.leaves <= today:
            continue
        if (room is None) != (stay.name in without):
            yield f"{stay.name} has neither a room nor a reason, or both."
        if room is None:
            continue
        same = room.name == stay.room
        if stay.in_house and same == (stay.name in moved):
            yield f"{stay.name} is moved and nobody says so, or the other way round."
        if stay.locked and not same:
            yield f"{stay.name} was promised {stay.room}."
        if not (stay.in_house or stay.locked) or not same:
            if room.kind < stay.kind:
                yield f"{stay.name} is given less than was sold."
            if not stay.needs <= room.has:
                yield f"{stay.name} needs {', '.join(sorted(stay.needs - room.has))}."


def of_each_night(
    rooms: tuple[Bedroom, ...], stays: tuple[Stay, ...], made: Rooming, today: date
) -> Iterator[str]:
    taken: dict[tuple[str, date], str] = {}
    shut = {room.name: room.shut for room in rooms}
    for stay in stays:
        room, night = made.rooms.get(stay.name, ""), max(today, stay.arrives)
        while room and night < stay.leaves:
            if (room, night) in taken:
                yield f"{taken[room, night]} and {stay.name} are both in {room} on {night}."
            taken[room, night] = stay.name
            if any(first <= night < until for first, until in shut.get(room, ())):
                yield f"{stay.name} is in {room} on {night}, when it is out of use."
            night += timedelta(days=1)
