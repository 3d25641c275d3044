"""What a run costs, compiled: the cheapest vehicle that is left and fits, its escorts, its ways from and to
a depot."""

from planner.compiled import inner
from planner.transport.ground import (
    BIT,
    BY_METRE,
    BY_SECOND,
    COMFORTS,
    DEPOTS,
    ENDS_FREE,
    ESCORT_BY_SECOND,
    ESCORT_FIXED,
    ESCORT_SEAT,
    FIXED,
    GROUP,
    MILES,
    MINIMUM,
    PEOPLE,
    PLACES,
    WAS_AT,
    Floats,
    Ground,
    Ints,
)
from planner.transport.timing import (
    AT,
    DEPOT,
    ESCORTS,
    FAR,
    FIVE_MINUTES,
    KIND,
    MOST_BAYS,
    MOST_SEATS,
    NOWHERE,
    SPAN,
    Desk,
    eased,
    timed,
)


@inner
def miles(run: Ints, length: int, ground: Ground) -> int:
    """Metres between the first stop and the last."""
    total = 0
    for i in range(1, length):
        total += ground.metres[run[i - 1], run[i]]
    return total


@inner
def is_left(left: Ints, ground: Ground, k: int) -> bool:
    """Whether there is a vehicle of the type, and somebody to drive it."""
    group = ground.crews[k, GROUP]
    return bool(left[k] > 0 and (group < 0 or left[group] > 0))


@inner
def give(left: Ints, ground: Ground, k: int, vehicles: int) -> None:
    """Give vehicles of a type back, with who drives them; below nought: take them."""
    left[k] += vehicles
    if ground.crews[k, GROUP] >= 0:
        left[ground.crews[k, GROUP]] += vehicles


@inner
def discomfort(run: Ints, length: int, ground: Ground, k: int) -> float:
    """What walking costs, and drivers of this type of vehicle whom somebody does not know."""
    cost, bit = 0.0, ground.crews[k, BIT]
    for i in range(length):
        v = run[i]
        if v < ground.counts[PEOPLE]:
            cost += ground.walks[v]
            if bit < 0 or not ground.knows[v, bit]:
                cost += ground.strange[v]
    return cost


@inner
def cheapest(
    run: Ints, length: int, ground: Ground, left: Ints, own: int, other: float, notes: Ints
) -> float:
    """What the run costs with the cheapest vehicle that is left and fits, noted with its depot; below nought
    if none. `own` is the type it had (-1: none), `other` what another type costs besides."""
    best, kinds = NOWHERE, ground.kinds
    metres = miles(run, length, ground) if ground.counts[MILES] else 0
    seats = notes[MOST_SEATS] + notes[ESCORTS] * ground.counts[ESCORT_SEAT]
    for row in range(len(ground.layouts)):
        k = ground.layouts[row, 2]
        if seats > ground.layouts[row, 0] or notes[MOST_BAYS] > ground.layouts[row, 1]:
            continue
        if not is_left(left, ground, k):
            continue
        by_second = kinds[k, BY_SECOND] + notes[ESCORTS] * kinds[k, ESCORT_BY_SECOND]
        cost = kinds[k, FIXED] + notes[ESCORTS] * kinds[k, ESCORT_FIXED]
        cost += notes[SPAN] * by_second + metres * kinds[k, BY_METRE]
        extra = other if own >= 0 and own != k else 0.0
        if ground.counts[COMFORTS]:
            extra += discomfort(run, length, ground, k)
        cost += extra
        if best >= 0.0 and cost >= best:
            continue
        for d in range(ground.counts[DEPOTS]):
            if ground.depots[k, d]:
                whole = cost + ends(run, length, ground, k, d, by_second)
                whole = max(whole, kinds[k, MINIMUM] + extra)
                if best < 0.0 or whole < best:
                    best = whole
                    notes[KIND], notes[DEPOT] = k, d
    return best


@inner
def ends(run: Ints, length: int, ground: Ground, k: int, d: int, by_second: float) -> float:
    """What the ways from and to a depot cost."""
    if ground.kinds[k, ENDS_FREE] > 0:
        return 0.0
    depot = ground.counts[PEOPLE] + ground.counts[PLACES] + d
    first, last = run[0], run[length - 1]
    cost = (ground.seconds[depot, first] + ground.seconds[last, depot]) * by_second
    if ground.counts[MILES]:
        cost += (ground.metres[depot, first] + ground.metres[last, depot]) * ground.kinds[k, BY_METRE]
    return float(cost)


@inner
def shifted(run: Ints, length: int, ground: Ground, desk: Desk) -> int:
    """How many are fetched more than five minutes before or after they were."""
    count = 0
    for i in range(length):
        v = run[i]
        if v < ground.counts[PEOPLE]:
            before = ground.people[ground.person[v], WAS_AT]
            count += before > -FAR and abs(desk[AT, i] - before) > FIVE_MINUTES
    return count


@inner
def price(
    run: Ints, length: int, ground: Ground, left: Ints, own: int,
    desk: Desk, visit: Ints, notes: Ints,
) -> float:  # fmt: skip
    """What a run costs, with its timetable on the desk; below nought where it breaks a rule or nothing
    fits."""
    if not timed(run, length, ground, desk, visit, notes):
        return NOWHERE
    prices: Floats = ground.prices
    cost = cheapest(run, length, ground, left, own, prices[2], notes)
    if cost >= 0.0 and prices[1] > 0.0:
        eased(run, length, ground, desk)
        cost += prices[1] * shifted(run, length, ground, desk)
    return cost
