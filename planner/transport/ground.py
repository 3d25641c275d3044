"""The day as arrays that searches only read. Afternoons are turned round, so that every search plans a
morning.

A *node* is a passenger who boards (numbered as in the problem) or a visit to a place (passengers + place),
where everybody aboard for it alights. Depots come after the places. `people` and `kinds` have a row for each
passenger and vehicle type and a column for each of the names below.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planner.transport.problem import AFTERNOON, OWN, SHARED, Kind, Problem

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Words = npt.NDArray[np.uint64]

# columns of `people`
GOES_TO, SEATS, BAYS, BOARD, ALIGHT, RIDE, SHARES, OWNS, CROWD = range(9)
WAS, WAS_AT, PERSON = 9, 10, 11  # the run it was on and when it was fetched, or UNKNOWN: for a repair
# columns of `kinds`
FIXED, BY_SECOND, BY_METRE, ENDS_FREE, ESCORT_FIXED, ESCORT_BY_SECOND = range(6)
# of `counts`
PEOPLE, PLACES, DEPOTS, ESCORT_SEAT, MILES = range(5)
OPENS, CLOSES = 0, 1
UNKNOWN = -(1 << 30)  # when somebody was fetched who was not
ALONE = 1 << 12  # what somebody who travels alone adds to the crowd
NEAR = 80
METRES_A_MILE = 1609.344
LIKE_PLACE, LIKE_BELL = 0.3, 0.15  # how much a second between places and between bells counts for being near


class Ground(NamedTuple):
    """See above. `layouts` has seats, bays and type; `depots` a bit for each depot a type may stand at;
    `near` and `near_place` the passengers most like each (of any place, of the same; -1 where there are no
    more)."""

    counts: Ints
    people: Ints
    places: Ints
    seconds: Ints
    metres: Ints
    layouts: Ints
    kinds: Floats
    depots: Ints
    fleet: Ints
    near: Ints
    near_place: Ints
    foes_at: Ints
    foes: Ints
    names: Words  # a random number for each passenger: the sum names a set of them
    care: Floats  # passenger: what it costs to put them into another vehicle than before
    prices: Floats  # of leaving somebody out, of a pick-up more than five minutes off, of another type


def lay_out(problem: Problem) -> Ground:
    """The problem as arrays. Afternoons run backwards from midnight, with the journeys the other way
    round."""
    back = problem.direction == AFTERNOON
    people = len(problem.passengers)
    order = _order(problem)
    square = np.ix_(order, order)
    seconds = problem.seconds.T if back else problem.seconds
    metres = np.zeros((1, 1), np.int32)
    if problem.metres is not None and any(kind.by_mile for kind in problem.kinds):
        metres = np.ascontiguousarray((problem.metres.T if back else problem.metres)[square], np.int32)
    places = [(-one.closes, -one.opens) if back else (one.opens, one.closes) for one in problem.places]
    seconds = np.ascontiguousarray(seconds[square], np.int32)
    rows = _people(problem, back)
    windows = np.array(places, np.int32).reshape(-1, 2)
    near, near_place = _near(rows, windows, seconds)
    foes_at, foes = _foes(problem)
    return Ground(
        counts=np.array(
            [people, len(places), problem.depots, problem.escorting.takes_seat, metres.shape[0] > 1], np.int32
        ),
        people=rows,
        places=windows,
        seconds=seconds,
        metres=metres,
        layouts=np.array(
            [(one.seats, one.bays, k) for k, kind in enumerate(problem.kinds) for one in kind.layouts],
            np.int32,
        ),
        kinds=np.array([_kind(kind, problem) for kind in problem.kinds], np.float64),
        depots=np.array([_bits(kind, problem.depots) for kind in problem.kinds], np.int32),
        fleet=np.array([kind.available for kind in problem.kinds], np.int32),
        near=near,
        near_place=near_place,
        foes_at=foes_at,
        foes=foes,
        names=np.random.default_rng(1).integers(1, 2**63, max(1, people), np.uint64),
        care=np.zeros(people),
        prices=np.array([1_000.0, 0.0, 0.0]),
    )


def _order(problem: Problem) -> Ints:
    """The locations in the order of the nodes: homes, places, depots."""
    count = len(problem.seconds)
    return np.array(
        [*range(problem.homes, count), *range(problem.depots, problem.homes), *range(problem.depots)],
        np.int32,
    )


def _people(problem: Problem, back: bool) -> Ints:
    rows = np.full((len(problem.passengers), 12), -1, np.int32)
    rows[:, WAS_AT] = UNKNOWN
    for one in problem.passengers:
        services = (one.alight, one.board) if back else (one.board, one.alight)
        rows[one.id, :WAS] = (
            one.place, not one.wheelchair, one.wheelchair, *services, one.max_ride,
            one.escort == SHARED, one.escort == OWN, 1 + ALONE * one.alone,
        )  # fmt: skip
        rows[one.id, PERSON] = one.id
    return rows


def _kind(kind: Kind, problem: Problem) -> tuple[float, ...]:
    escort = problem.escorting
    return (
        kind.fixed, kind.hourly / 3600, kind.by_mile / METRES_A_MILE, kind.ends_free,
        escort.fixed, escort.hourly / 3600,
    )  # fmt: skip


def _bits(kind: Kind, depots: int) -> int:
    return sum(1 << one for one in kind.depots or range(depots))


def _foes(problem: Problem) -> tuple[Ints, Ints]:
    those = [sorted(problem.foes.get(one.id, ())) for one in problem.passengers]
    at = np.cumsum([0, *(len(each) for each in those)])
    return at.astype(np.int32), np.array([foe for each in those for foe in each], np.int32)


def _near(rows: Ints, places: Ints, seconds: Ints) -> tuple[Ints, Ints]:
    """For each passenger those most like them: near home, place and bell; and of the same place alone."""
    count = len(rows)
    goes = rows[:, GOES_TO].astype(np.int64)
    width = max(1, min(NEAR, count - 1))
    near = np.full((count, width), -1, np.int32)
    same = np.full((count, width), -1, np.int32)
    for who in range(count):
        home = seconds[who, :count].astype(np.float64)
        apart = home + LIKE_PLACE * seconds[count + goes[who], count + goes]
        apart += LIKE_BELL * np.abs(places[goes, CLOSES] - places[goes[who], CLOSES])
        apart[who] = np.inf
        nearest = np.argsort(apart, kind="stable")[: min(width, count - 1)]
        near[who, : len(nearest)] = nearest
        fellows = np.flatnonzero((goes == goes[who]) & np.isfinite(apart))
        fellows = fellows[np.argsort(home[fellows], kind="stable")][:width]
        same[who, : len(fellows)] = fellows
    return near, same
