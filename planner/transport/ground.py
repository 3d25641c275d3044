"""The day as arrays that searches only read. Afternoons are turned round, so that every search plans a
morning.

A *node* is a way to be fetched (numbered as the problem's `boardings`: a passenger's own number is being
fetched at home) or a visit to a place (boardings + place), where everybody aboard for it alights. Depots come
after the places. `people` has a row for each boarding, `kinds` for each vehicle type, and both a column for
each of the names below.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planner.transport.problem import AFTERNOON, OWN, SHARED, Kind, Problem

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Words = npt.NDArray[np.uint64]
Wide = npt.NDArray[np.int64]

# columns of `people`
GOES_TO, SEATS, BAYS, BOARD, ALIGHT, RIDE, SHARES, OWNS, CROWD = range(9)
WAS, WAS_AT = 9, 10  # at home's row, for a repair: the run they were on and when fetched, or UNKNOWN
# columns of `kinds`
FIXED, BY_SECOND, BY_METRE, ENDS_FREE, ESCORT_FIXED, ESCORT_BY_SECOND, MINIMUM = range(7)
# of `counts`: boardings, places, depots; then whether there are such things at all
PEOPLE, PLACES, DEPOTS, ESCORT_SEAT, MILES, COMFORTS, PARTIES = range(7)
LEAD = 7  # and seconds that runs leave before they must
# columns of `crews`: of each vehicle type where the group that drives it is in `fleet` and in `knows`, or -1
GROUP, BIT = 0, 1
OPENS, CLOSES = 0, 1
UNKNOWN = -(1 << 30)  # when somebody was fetched who was not
ALONE = 1 << 12  # what somebody who travels alone adds to the crowd
NEAR = 80
METRES_A_MILE = 1609.344
LIKE_PLACE, LIKE_BELL = 0.3, 0.15  # how much a second between places and between bells counts for being near


class Ground(NamedTuple):
    """See above. `layouts` has seats, bays and type; `depots` (types x depots) and `knows` (boardings x
    groups of drivers) have a one where a type may stand and whom somebody knows; `fleet` how many there are
    of each type, then of each group of drivers; `near` and `near_place` the passengers most like each (of any
    place, of the same; -1 where there are no more)."""

    counts: Ints
    people: Ints
    places: Ints
    seconds: Ints
    metres: Ints
    layouts: Ints
    kinds: Floats
    depots: Ints
    fleet: Ints
    near: Wide
    near_place: Wide
    foes_at: Wide
    foes: Wide
    ways_at: Wide
    ways: Wide  # passenger: the boardings that are allowed
    mates_at: Wide
    mates: Wide  # passenger: all who travel with them
    person: Wide  # boarding: whose it is
    crews: Ints
    walks: Floats  # boarding: what the walking costs
    knows: Ints
    strange: Floats  # boarding: what drivers they do not know cost
    names: Words  # a random number for each passenger: the sum names a set of them
    care: Floats  # passenger: what it costs to put them into another vehicle than before
    prices: Floats  # of leaving somebody out, of a pick-up more than five minutes off, of another type


def lay_out(problem: Problem) -> Ground:
    """The problem as arrays. Afternoons run backwards from midnight, with the journeys the other way
    round."""
    back = problem.direction == AFTERNOON
    people, boardings = len(problem.passengers), len(problem.boardings)
    square = np.ix_(*(_order(problem),) * 2)
    metres = np.zeros((1, 1), np.int32)
    if problem.metres is not None and any(kind.by_mile for kind in problem.kinds):
        metres = np.ascontiguousarray((problem.metres.T if back else problem.metres)[square], np.int32)
    places = [(-one.closes, -one.opens) if back else (one.opens, one.closes) for one in problem.places]
    seconds = np.ascontiguousarray((problem.seconds.T if back else problem.seconds)[square], np.int32)
    groups = _groups(problem)
    rows = _people(problem, back)
    windows = np.array(places, np.int32).reshape(-1, 2)
    near, near_place = _near(rows[:people], windows, seconds, boardings)
    walks, strange = _comfort(problem)
    counts = [
        boardings, len(places), problem.depots, problem.escorting.takes_seat, len(metres) > 1,
        walks.any() or strange.any(), len(problem.mates) > 0, 0 if back else problem.lead,
    ]  # fmt: skip
    return Ground(
        np.array(counts, np.int32),
        rows,
        windows,
        seconds,
        metres,
        np.array(_layouts(problem), np.int32),
        np.array([_kind(kind, problem) for kind in problem.kinds], np.float64),
        _depots(problem),
        np.array(_fleet(problem), np.int32),
        near,
        near_place,
        *_lists(problem.foes, people),
        *_lists(problem.ways, people),
        *_lists(problem.mates, people),
        person=np.array([one.passenger for one in problem.boardings], np.int64),
        crews=_crews(problem, groups),
        walks=walks,
        knows=_known(problem, groups),
        strange=strange,
        names=np.random.default_rng(1).integers(1, 2**63, max(1, people), np.uint64),
        care=np.zeros(people),
        prices=np.array([1_000.0, 0.0, 0.0]),
    )


def _fleet(problem: Problem) -> list[int]:
    """How many there are of each type, then of each group of drivers."""
    return [*(kind.available for kind in problem.kinds), *(one.available for one in problem.drivers)]


def _layouts(problem: Problem) -> list[tuple[int, int, int]]:
    """Seats, bays and type."""
    return [(one.seats, one.bays, k) for k, kind in enumerate(problem.kinds) for one in kind.layouts]


def _order(problem: Problem) -> Ints:
    """The locations in the order of the nodes: boardings, places, depots."""
    stand = (problem.stands(one.passenger, one.point) for one in problem.boardings)
    there = range(problem.depots, problem.depots + len(problem.places))
    return np.array([*stand, *there, *range(problem.depots)], np.int32)


def _groups(problem: Problem) -> dict[str, int]:
    """A number for each group of drivers that somebody knows."""
    known = {name for one in problem.passengers for name in one.known}
    return {name: bit for bit, name in enumerate(sorted(known))}


def _people(problem: Problem, back: bool) -> Ints:
    rows = np.full((len(problem.boardings), 11), -1, np.int32)
    rows[:, WAS_AT] = UNKNOWN
    for number, way in enumerate(problem.boardings):
        one = problem.passengers[way.passenger]
        services = (one.alight, one.board) if back else (one.board, one.alight)
        rows[number, :WAS] = (
            one.place, not one.wheelchair, one.wheelchair, *services, one.max_ride - way.walk,
            one.escort == SHARED, one.escort == OWN, 1 + ALONE * one.alone,
        )  # fmt: skip
    return rows


def _comfort(problem: Problem) -> tuple[Floats, Floats]:
    """For each boarding what walking costs, and what drivers cost whom they do not know."""
    walks = np.array([one.walk for one in problem.boardings], np.float64) * problem.walking / 3600
    those = (problem.passengers[one.passenger] for one in problem.boardings)
    return walks, np.array([one.continuity if one.known else 0.0 for one in those])


def _crews(problem: Problem, groups: Mapping[str, int]) -> Ints:
    names = {one.name: len(problem.kinds) + number for number, one in enumerate(problem.drivers)}
    crews = [(names.get(kind.drivers, -1), groups.get(kind.drivers, -1)) for kind in problem.kinds]
    return np.array(crews, np.int32).reshape(-1, 2)


def _kind(kind: Kind, problem: Problem) -> tuple[float, ...]:
    escort = problem.escorting
    fixed = escort.fixed if kind.escort_fixed is None else kind.escort_fixed
    hourly = escort.hourly if kind.escort_hourly is None else kind.escort_hourly
    return (
        kind.fixed, kind.hourly / 3600, kind.by_mile / METRES_A_MILE, kind.ends_free,
        fixed, hourly / 3600, kind.minimum,
    )  # fmt: skip


def _depots(problem: Problem) -> Ints:
    """One where a type may stand at a depot."""
    table = np.zeros((len(problem.kinds), problem.depots), np.int32)
    for row, kind in zip(table, problem.kinds, strict=True):
        row[list(kind.depots) or slice(None)] = 1
    return table


def _known(problem: Problem, groups: Mapping[str, int]) -> Ints:
    """One where whoever boards knows a group of drivers."""
    table = np.zeros((len(problem.boardings), max(1, len(groups))), np.int32)
    for row, way in zip(table, problem.boardings, strict=True):
        row[[groups[name] for name in problem.passengers[way.passenger].known]] = 1
    return table


def _lists(found: Mapping[int, Collection[int]], people: int) -> tuple[Wide, Wide]:
    """What belongs to each passenger one after the other, and where each begins."""
    those = [sorted(found.get(who, ())) for who in range(people)]
    at = np.cumsum([0, *(len(each) for each in those)])
    return at.astype(np.int64), np.array([one for each in those for one in each], np.int64)


def _near(rows: Ints, places: Ints, seconds: Ints, boardings: int) -> tuple[Wide, Wide]:
    """For each passenger those most like them: near home, place and bell; and of the same place alone."""
    count = len(rows)
    goes = rows[:, GOES_TO].astype(np.int64)
    width = max(1, min(NEAR, count - 1))
    near = np.full((count, width), -1, np.int64)
    same = np.full((count, width), -1, np.int64)
    for who in range(count):
        home = seconds[who, :count].astype(np.float64)
        apart = home + LIKE_PLACE * seconds[boardings + goes[who], boardings + goes]
        apart += LIKE_BELL * np.abs(places[goes, CLOSES] - places[goes[who], CLOSES])
        apart[who] = np.inf
        nearest = np.argsort(apart, kind="stable")[: min(width, count - 1)]
        near[who, : len(nearest)] = nearest
        fellows = np.flatnonzero((goes == goes[who]) & np.isfinite(apart))
        fellows = fellows[np.argsort(home[fellows], kind="stable")][:width]
        same[who, : len(fellows)] = fellows
    return near, same
