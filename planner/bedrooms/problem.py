"""Bedrooms, stays and which goes into which: frozen.

A stay holds its nights from `arrives` until `leaves`, the morning on which the next guest may come. Kinds are
nested: who is sold kind 1 may be given kind 2.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Why = Literal["no such room", "full", "crowded out"]


class StayError(ValueError):
    """The rooms or stays make no sense; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Bedroom:
    """`number` is where it stands along its corridor; `shut` are (from, until) in which it is out of use."""

    name: str
    kind: int = 0
    corridor: str = ""
    number: int = 0
    has: frozenset[str] = frozenset()  # "step-free", "hoist", "quiet", "ground floor" …
    shut: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody's nights. `room` is the one they were given so far, and `in_house` whether they sleep in it.

    `group` is for corridors that are better not mixed, `beside` another stay to be next to (a carer, an
    interpreter), `locked` a room that was promised for a need that was told.
    """

    name: str
    arrives: date
    leaves: date
    kind: int = 0
    needs: frozenset[str] = frozenset()
    group: str = ""
    beside: str = ""
    room: str = ""
    in_house: bool = False
    locked: bool = False

    def nights(self, since: date) -> tuple[date, ...]:
        """The nights still to come from that day on."""
        first = max(since, self.arrives)
        return tuple(first + timedelta(days=i) for i in range(max(0, (self.leaves - first).days)))


@dataclass(frozen=True, slots=True)
class Without:
    """A stay that has no room, and why: `night` is the first that is full where that is the reason."""

    stay: str
    why: Why
    night: date | None = None


@dataclass(frozen=True, slots=True)
class Rooming:
    """The room of each stay, who in the house is moved (from, to), who has none; `proved`: none is better."""

    rooms: dict[str, str]
    moved: tuple[tuple[str, str, str], ...]
    without: tuple[Without, ...]
    mixed_corridors: tuple[str, ...]
    proved: bool


def refuse_nonsense(rooms: tuple[Bedroom, ...], stays: tuple[Stay, ...]) -> None:
    """Raises StayError where names are used twice or unknown, or a stay has no night."""
    names = {room.name for room in rooms}
    if len(names) != len(rooms) or len({stay.name for stay in stays}) != len(stays):
        raise StayError("A room or a stay is named twice.")
    for stay in stays:
        if stay.leaves <= stay.arrives:
            raise StayError(f"{stay.name} leaves before a night is over.")
        if (stay.in_house or stay.locked) and stay.room not in names:
            raise StayError(f"{stay.name} is in a room that nobody knows.")
