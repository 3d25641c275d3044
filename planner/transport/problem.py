"""A day's journeys to be planned: who has to be taken where by when, and what there is to take them.

Times are whole seconds after midnight, or seconds long. Locations are numbered depots, then places, then
meeting points, then homes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
MORNING, AFTERNOON = "morning", "afternoon"
NO_ESCORT, SHARED, OWN = "none", "shared", "own"


class ProblemError(Exception):
    """What is wrong with a case or a plan, in a sentence."""


@dataclass(frozen=True)
class Place:
    """Where passengers are taken in the morning and fetched in the afternoon. In the morning they alight
    between `opens` and `closes`, in the afternoon they board then."""

    id: int
    opens: int
    closes: int


class Spot(NamedTuple):
    """A meeting point somebody can walk to, within their walking limit, and seconds of walking."""

    point: int
    walk: int


class Boarding(NamedTuple):
    """One way to be fetched: who, at which meeting point (None: at home), and seconds of walking."""

    passenger: int
    point: int | None
    walk: int


@dataclass(frozen=True)
class Passenger:
    """One who travels. `board` and `alight` are how long each takes; `max_ride` is the longest time
    from home's door to being there, walking included. `at_home` is whether they may be fetched at home,
    `spots` where else. `continuity` is what it costs, in pounds, when they are driven by none of the groups
    of drivers they know."""

    id: int
    place: int
    wheelchair: bool
    escort: str
    max_ride: int
    board: int
    alight: int
    alone: bool = False  # nobody else is aboard meanwhile
    at_home: bool = True
    spots: tuple[Spot, ...] = ()
    known: tuple[str, ...] = ()
    continuity: float = 0.0


@dataclass(frozen=True)
class Layout:
    """One way a vehicle can be fitted: so many seats with so many wheelchair bays."""

    seats: int
    bays: int


@dataclass(frozen=True)
class Kind:
    """Vehicles of one type. `fixed`, `hourly` and `by_mile` are pounds; `depots` are those it may stand at
    (empty: any). A contractor's vehicle has `ends_free`: its way to the first stop and home is not paid; a
    run of it may cost `minimum` at least, and its escorts may have prices of their own. `drivers` names the
    group, or the contractor, who drives it."""

    name: str
    layouts: tuple[Layout, ...]
    available: int
    fixed: float
    hourly: float
    by_mile: float = 0.0
    depots: tuple[int, ...] = ()
    ends_free: bool = False
    minimum: float = 0.0
    drivers: str = ""
    escort_fixed: float | None = None
    escort_hourly: float | None = None


@dataclass(frozen=True)
class Escorting:
    """What an escort costs on a run, and whether they take a passenger's seat."""

    fixed: float = 0.0
    hourly: float = 0.0
    takes_seat: bool = False


@dataclass(frozen=True)
class Drivers:
    """A group of drivers, or a contractor: so many at most drive at once, whatever the vehicles."""

    name: str
    available: int


@dataclass(frozen=True)
class Problem:
    """The whole day in one direction. `seconds` and `metres` are square, between all locations (on the disk
    rather than in memory, if they are large: a `numpy.memmap`); without `metres` nothing may be paid by the
    mile. Nobody of a pair in `apart` shares a vehicle with the other; both of a pair in `together` are on
    one run and aboard at once for a while, or neither travels. `slow` are seconds on a slow day (four days in
    five are better). `walking` is the price of an hour walked."""

    direction: str
    depots: int
    places: tuple[Place, ...]
    passengers: tuple[Passenger, ...]
    apart: tuple[tuple[int, int], ...]
    kinds: tuple[Kind, ...]
    seconds: Ints = field(repr=False)
    metres: Ints | None = field(default=None, repr=False)
    escorting: Escorting = Escorting()
    times_from: str = ""  # what the travel times stand on, said on every plan
    points: int = 0
    together: tuple[tuple[int, int], ...] = ()
    drivers: tuple[Drivers, ...] = ()
    walking: float = 0.0
    slow: Ints | None = field(default=None, repr=False)
    most_late: float | None = None  # the greatest share that may be late on a slow day
    lead: int = 0  # in the morning: seconds that runs leave before they must, as far as schools are open

    @cached_property
    def homes(self) -> int:
        """The location of the first passenger's home."""
        return self.depots + len(self.places) + self.points

    @cached_property
    def boardings(self) -> tuple[Boarding, ...]:
        """Every way to be fetched: of each passenger that at home, in order, whether it is allowed or not;
        then the others."""
        return (
            *(Boarding(one.id, None, 0) for one in self.passengers),
            *(Boarding(one.id, *spot) for one in self.passengers for spot in one.spots),
        )

    @cached_property
    def ways(self) -> dict[int, tuple[int, ...]]:
        """For each passenger the numbers of the ways in `boardings` that are allowed."""
        found: dict[int, list[int]] = {one.id: [one.id] * one.at_home for one in self.passengers}
        for number in range(len(self.passengers), len(self.boardings)):
            found[self.boardings[number].passenger].append(number)
        return {who: tuple(those) for who, those in found.items()}

    @cached_property
    def boarding_at(self) -> dict[tuple[int, int | None], int]:
        """The number of each way to be fetched, by passenger and meeting point."""
        return {(one.passenger, one.point): number for number, one in enumerate(self.boardings)}

    def stands(self, passenger: int, point: int | None) -> int:
        """The location where somebody is fetched."""
        return self.homes + passenger if point is None else self.depots + len(self.places) + point

    @cached_property
    def mates(self) -> dict[int, tuple[int, ...]]:
        """For each passenger in `together`, all who travel with them, and with those."""
        party: dict[int, set[int]] = {}
        for one, other in self.together:
            joined = party.get(one, {one}) | party.get(other, {other})
            party.update(dict.fromkeys(joined, joined))
        return {who: tuple(sorted(those - {who})) for who, those in party.items()}

    @cached_property
    def foes(self) -> dict[int, frozenset[int]]:
        """For each passenger in `apart`, who must not be in the same vehicle."""
        found: dict[int, set[int]] = {}
        for one, other in self.apart:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
        return {who: frozenset(those) for who, those in found.items()}

    def without(self, passengers: frozenset[int]) -> "Problem":
        """The same day without some passengers; who is left is numbered anew, in the same order."""
        return self.only([one.id for one in self.passengers if one.id not in passengers])

    def only(self, stay: Sequence[int]) -> "Problem":
        """The same day with these passengers alone, numbered anew in their order."""
        number = {old: new for new, old in enumerate(stay)}
        where = np.array([*range(self.homes), *(self.homes + old for old in stay)], np.int64)
        square = np.ix_(where, where)
        return replace(
            self,
            passengers=tuple(replace(self.passengers[old], id=new) for new, old in enumerate(stay)),
            apart=_renumbered(self.apart, number),
            together=_renumbered(self.together, number),
            seconds=np.ascontiguousarray(self.seconds[square], np.int32),
            metres=None if self.metres is None else np.ascontiguousarray(self.metres[square], np.int32),
            slow=None if self.slow is None else np.ascontiguousarray(self.slow[square], np.int32),
        )


def _renumbered(pairs: tuple[tuple[int, int], ...], number: dict[int, int]) -> tuple[tuple[int, int], ...]:
    return tuple((number[a], number[b]) for a, b in pairs if a in number and b in number)
