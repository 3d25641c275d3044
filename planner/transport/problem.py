"""A day's journeys to be planned: who has to be taken where by when, and what there is to take them.

Times are whole seconds after midnight, or seconds long. Locations are numbered depots, then places, then
homes.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property

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


@dataclass(frozen=True)
class Passenger:
    """One who travels. `board` and `alight` are how long each takes; `max_ride` is the longest time
    aboard."""

    id: int
    place: int
    wheelchair: bool
    escort: str
    max_ride: int
    board: int
    alight: int
    alone: bool = False  # nobody else is aboard meanwhile


@dataclass(frozen=True)
class Layout:
    """One way a vehicle can be fitted: so many seats with so many wheelchair bays."""

    seats: int
    bays: int


@dataclass(frozen=True)
class Kind:
    """Vehicles of one type. `fixed`, `hourly` and `by_mile` are pounds; `depots` are those it may stand at
    (empty: any). A contractor's vehicle has `ends_free`: its way to the first stop and home is not paid."""

    name: str
    layouts: tuple[Layout, ...]
    available: int
    fixed: float
    hourly: float
    by_mile: float = 0.0
    depots: tuple[int, ...] = ()
    ends_free: bool = False


@dataclass(frozen=True)
class Escorting:
    """What an escort costs on a run, and whether they take a passenger's seat."""

    fixed: float = 0.0
    hourly: float = 0.0
    takes_seat: bool = False


@dataclass(frozen=True)
class Problem:
    """The whole day in one direction. `seconds` and `metres` are square, between all locations; without
    `metres` nothing may be paid by the mile. Nobody of a pair in `apart` shares a vehicle with the other."""

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

    @cached_property
    def homes(self) -> int:
        """The location of the first passenger's home."""
        return self.depots + len(self.places)

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
        stay = [one.id for one in self.passengers if one.id not in passengers]
        number = {old: new for new, old in enumerate(stay)}
        where = np.array([*range(self.homes), *(self.homes + old for old in stay)], np.int64)
        square = np.ix_(where, where)
        return replace(
            self,
            passengers=tuple(replace(self.passengers[old], id=new) for new, old in enumerate(stay)),
            apart=tuple((number[a], number[b]) for a, b in self.apart if a in number and b in number),
            seconds=np.ascontiguousarray(self.seconds[square]),
            metres=None if self.metres is None else np.ascontiguousarray(self.metres[square]),
        )
