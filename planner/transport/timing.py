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
    CLOSES,
    CROWD,
    GOES_TO,
    LEAD,
    OPENS,
    OWNS,
    PARTIES,
    PEOPLE,
    RIDE,
    SEATS,
    SHARES,
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
    return ground.counts[PARTIES] == 0 or together(run, length, ground, desk)


@inner
def together(run: Ints, length: int, ground: Ground, desk: Desk) -> bool:
    """Whether those of a run who travel with one another are aboard at once for a while."""
    first = ground.counts[PEOPLE]
    for i in range(length):
        if run[i] >= first:
            continue
        p = ground.person[run[i]]
        for k in range(ground.mates_at[p], ground.mates_at[p + 1]):
            for j in range(i + 1, length):
                v = run[j]
                if v < first and ground.person[v] == ground.mates[k] and j > desk[DROP, i]:
                    return False
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
def eased(run: Ints, length: int, ground: Ground, desk: Desk) -> None:
    """Fetch everybody as late as the visits as they stand allow: waiting is done before they are aboard. Then
    the whole run is so much earlier as it is to lead, as far as schools are open."""
    first = ground.counts[PEOPLE]
    for i in range(length - 2, -1, -1):
        if run[i] < first:
            desk[AT, i] = desk[AT, i + 1] - desk[LEG, i + 1] - desk[STAY, i]
    earlier = ground.counts[LEAD]
    if earlier <= 0:
        return
    for i in range(length):
        if run[i] >= first:
            earlier = min(earlier, desk[AT, i] - ground.places[run[i] - first, OPENS])
    for i in range(length):
        desk[AT, i] -= max(0, earlier)
