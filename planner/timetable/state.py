"""A timetable with everything that is counted about it, in arrays that the search changes where they are."""

from typing import NamedTuple

import numpy as np

from planner.timetable.arrays import Arrays, Ints

DAY_SHORT = 5
STANDS_ALONE = 2


class State(NamedTuple):
    """A timetable and everything counted about it; the search changes these arrays where they are."""

    period: Ints  # L
    room: Ints  # L
    holds: Ints  # P x R: the lecture there, or -1
    near: Ints  # C x P: lectures in that period that the course may not be at once with, itself among them
    on_day: Ints  # C x D: lectures
    in_room: Ints  # C x R: lectures
    spread: Ints  # C: days with a lecture
    taken: Ints  # Q x D: the periods of the day taken, as bits


def state(a: Arrays, period: Ints, room: Ints) -> State:
    """The state of a timetable that keeps every hard rule; `period` and `room` (L each) are copied."""
    courses, slots = a.open.shape
    s = State(
        period=period.astype(np.int32),
        room=room.astype(np.int32),
        holds=np.full((slots, a.short.shape[1]), -1, np.int32),
        near=np.zeros((courses, slots), np.int32),
        on_day=np.zeros((courses, a.days), np.int32),
        in_room=np.zeros(a.short.shape, np.int32),
        spread=np.zeros(courses, np.int32),
        taken=np.zeros((max(1, a.group_count), a.days), np.int32),
    )
    for i, c in enumerate(a.course_of):
        p, r = int(s.period[i]), int(s.room[i])
        s.holds[p, r] = i
        s.near[:, p] += a.clash[:, c]
        s.on_day[c, p // a.periods] += 1
        s.in_room[c, r] += 1
        for q in a.groups[a.group_start[c] : a.group_start[c + 1]]:
            s.taken[q, p // a.periods] |= 1 << (p % a.periods)
    s.spread[:] = (s.on_day > 0).sum(axis=1)
    return s


def cost(a: Arrays, s: State) -> int:
    """The whole penalty of a state, counted afresh, in points."""
    seats = int(a.short[a.course_of, s.room].sum())
    days = DAY_SHORT * int(np.maximum(0, a.least_days - s.spread).sum())
    alone = STANDS_ALONE * int(a.lonely[s.taken].sum())
    rooms = int(((s.in_room > 0).sum(axis=1) - 1).clip(min=0).sum())
    return seats + days + alone + rooms
