"""What a run costs and when it is where, compiled: exact, so a run that is refused cannot be driven at all.

Late from the bells: going backwards, everything as late as the windows allow; where somebody would be aboard
too long, their place is visited earlier, until nothing changes. That is the greatest solution of a system of
difference constraints, so no timetable starts later (Bellman 1958). Then early from that start: going
forwards, everything as early as can be; where somebody would be aboard too long, they are fetched later,
which is the least solution. The time between start and end is the shortest there is: the end is a function
of the start that rises by at most a second for each second.
"""

import numpy as np
import numpy.typing as npt

from planner.compiled import inner
from planner.transport.ground import (
    ALIGHT,
    ALONE,
    BAYS,
    BOARD,
    BY_METRE,
    BY_SECOND,
    CLOSES,
    CROWD,
    DEPOTS,
    ENDS_FREE,
    ESCORT_BY_SECOND,
    ESCORT_FIXED,
    ESCORT_SEAT,
    FIXED,
    GOES_TO,
    MILES,
    OPENS,
    OWNS,
    PEOPLE,
    PLACES,
    RIDE,
    SEATS,
    SHARES,
    WAS_AT,
    Floats,
    Ground,
    Ints,
)

# rows of the desk, by position in the run
DROP, STAY, LEG, PURE, AT, BOUND, OFF_SEATS, OFF_BAYS, OFF_CROWD = range(9)
ROWS = 9
# what is noted of a run
MOST_SEATS, MOST_BAYS, ESCORTS, KIND, DEPOT, SPAN, TOTAL = range(7)
NOTES = 7
FAR = 1 << 30
TURNS = 16  # of a fixpoint; a run that needs more is refused
FIVE_MINUTES = 300
NOWHERE = -1.0
Desk = npt.NDArray[np.int32]


@inner
def loaded(run: Ints, length: int, ground: Ground, desk: Desk, visit: Ints, notes: Ints) -> bool:
    """Who alights where, how long each stop lasts, and how many are aboard at most. False where somebody who
    travels alone would not."""
    first, people = ground.counts[PEOPLE], ground.people
    for i in range(length - 1, -1, -1):
        v = run[i]
        if v >= first:
            visit[v - first] = i
            desk[STAY, i] = desk[OFF_SEATS, i] = desk[OFF_BAYS, i] = desk[OFF_CROWD, i] = 0
        else:
            d = visit[people[v, GOES_TO]]
            desk[DROP, i], desk[STAY, i] = d, people[v, BOARD]
            desk[STAY, d] += people[v, ALIGHT]
            desk[OFF_SEATS, d] += people[v, SEATS]
            desk[OFF_BAYS, d] += people[v, BAYS]
            desk[OFF_CROWD, d] += people[v, CROWD]
    return aboard(run, length, ground, desk, notes)


@inner
def aboard(run: Ints, length: int, ground: Ground, desk: Desk, notes: Ints) -> bool:
    """How many are aboard at most; the second half of `loaded`."""
    first, people = ground.counts[PEOPLE], ground.people
    seats = bays = crowd = most_seats = most_bays = shared = owned = 0
    for i in range(length):
        v = run[i]
        if v >= first:
            seats -= desk[OFF_SEATS, i]
            bays -= desk[OFF_BAYS, i]
            crowd -= desk[OFF_CROWD, i]
        else:
            seats += people[v, SEATS]
            bays += people[v, BAYS]
            crowd += people[v, CROWD]
            most_seats, most_bays = max(most_seats, seats), max(most_bays, bays)
            shared = max(shared, people[v, SHARES])
            owned += people[v, OWNS]
            if crowd > ALONE + 1:
                return False
    notes[MOST_SEATS], notes[MOST_BAYS], notes[ESCORTS] = most_seats, most_bays, shared + owned
    return True


@inner
def pure(run: Ints, length: int, ground: Ground, desk: Desk, notes: Ints) -> bool:
    """Seconds from the start without any waiting. False where somebody would be aboard too long even so."""
    first, seconds = ground.counts[PEOPLE], ground.seconds
    total = 0
    for i in range(length):
        if i > 0:
            leg = seconds[run[i - 1], run[i]]
            desk[LEG, i] = leg
            total += leg
        desk[PURE, i] = total
        total += desk[STAY, i]
    notes[TOTAL] = total
    for i in range(length):
        if run[i] < first:
            d = desk[DROP, i]
            ride = desk[PURE, d] + desk[STAY, d] - desk[PURE, i] - desk[STAY, i]
            if ride > ground.people[run[i], RIDE]:
                return False
    return True


@inner
def late(run: Ints, length: int, ground: Ground, desk: Desk) -> bool:
    """Everything as late as can be, in `desk[AT]`. False where there is no timetable."""
    first, places = ground.counts[PEOPLE], ground.places
    for i in range(length):
        v = run[i]
        desk[BOUND, i] = FAR if v < first else places[v - first, CLOSES] - desk[STAY, i]
    for _ in range(TURNS):
        x = FAR
        for i in range(length - 1, -1, -1):
            v = run[i]
            if i < length - 1:
                x -= desk[LEG, i + 1] + desk[STAY, i]
            x = min(x, desk[BOUND, i])
            if v >= first and x < places[v - first, OPENS]:
                return False
            desk[AT, i] = x
        settled = True
        for i in range(length):
            v = run[i]
            if v < first:
                d = desk[DROP, i]
                most = desk[AT, i] + desk[STAY, i] + ground.people[v, RIDE] - desk[STAY, d]
                if desk[AT, d] > most:
                    desk[BOUND, d] = most
                    settled = False
        if settled:
            return True
    return False


@inner
def early(run: Ints, length: int, ground: Ground, desk: Desk) -> bool:
    """Everything as early as can be after the start in `desk[AT, 0]`. True; False only if it did not
    settle."""
    first, places = ground.counts[PEOPLE], ground.places
    for i in range(length):
        v = run[i]
        desk[BOUND, i] = -FAR if v < first else places[v - first, OPENS]
    for _ in range(TURNS):
        x = desk[AT, 0]
        for i in range(length):
            if i > 0:
                x += desk[LEG, i]
            x = max(x, desk[BOUND, i])
            desk[AT, i] = x
            x += desk[STAY, i]
        settled = True
        for i in range(length):
            v = run[i]
            if v < first:
                d = desk[DROP, i]
                least = desk[AT, d] + desk[STAY, d] - ground.people[v, RIDE] - desk[STAY, i]
                if desk[AT, i] < least:
                    desk[BOUND, i] = least
                    settled = False
        if settled:
            return True
    return False


@inner
def timed(run: Ints, length: int, ground: Ground, desk: Desk, visit: Ints, notes: Ints) -> bool:
    """The shortest timetable of a run, in `desk[AT]` and `notes[SPAN]`. False where it breaks a rule."""
    if not loaded(run, length, ground, desk, visit, notes):
        return False
    if not pure(run, length, ground, desk, notes):
        return False
    if not late(run, length, ground, desk):
        return False
    last = length - 1
    waits = desk[AT, last] + desk[STAY, last] - desk[AT, 0] > notes[TOTAL]
    if waits and not early(run, length, ground, desk):
        return False
    notes[SPAN] = desk[AT, last] + desk[STAY, last] - desk[AT, 0]
    return True


@inner
def miles(run: Ints, length: int, ground: Ground) -> int:
    """Metres between the first stop and the last."""
    total = 0
    for i in range(1, length):
        total += ground.metres[run[i - 1], run[i]]
    return total


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
        if left[k] <= 0 or seats > ground.layouts[row, 0] or notes[MOST_BAYS] > ground.layouts[row, 1]:
            continue
        by_second = kinds[k, BY_SECOND] + notes[ESCORTS] * kinds[k, ESCORT_BY_SECOND]
        cost = kinds[k, FIXED] + notes[ESCORTS] * kinds[k, ESCORT_FIXED]
        cost += notes[SPAN] * by_second + metres * kinds[k, BY_METRE]
        if own >= 0 and own != k:
            cost += other
        if best >= 0.0 and cost >= best:
            continue
        for d in range(ground.counts[DEPOTS]):
            if ground.depots[k] >> d & 1:
                whole = cost + ends(run, length, ground, k, d, by_second)
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
        if v < ground.counts[PEOPLE] and ground.people[v, WAS_AT] > -FAR:
            count += abs(desk[AT, i] - ground.people[v, WAS_AT]) > FIVE_MINUTES
    return count


@inner
def eased(run: Ints, length: int, ground: Ground, desk: Desk) -> None:
    """Fetch everybody as late as the visits as they stand allow: waiting is done before they are aboard."""
    for i in range(length - 2, -1, -1):
        if run[i] < ground.counts[PEOPLE]:
            desk[AT, i] = desk[AT, i + 1] - desk[LEG, i + 1] - desk[STAY, i]


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
