"""Somebody is ill, a room is shut, a candidate withdraws: the plan in force kept with the least change.

First only assessors change hands, at the same times: the fewest, exactly. A candidate whose sitting nobody
can take has that one exercise at another time of the day; only where that cannot be, a day is made anew.
"""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from planner.selection.board import Board
from planner.selection.counting import cost
from planner.selection.pieces import Piece
from planner.selection.plan import Plan
from planner.selection.planning import plan_of
from planner.selection.problem import Problem, Sitting, Span
from planner.selection.seating import seat
from planner.selection.standing import stand

EFFORT = 1.0
PEOPLE = 5
ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Change:
    """What differs for a candidate in one exercise; none where it is not sat."""

    candidate: str
    exercise: str
    before: Sitting | None
    after: Sitting | None
    why: str = ""

    @property
    def moved(self) -> bool:
        """Whether the candidate has to be told of another time or room."""
        if self.before is None or self.after is None:
            return True
        return (self.before.day, self.before.begins, self.before.room) != (
            self.after.day, self.after.begins, self.after.room,
        )  # fmt: skip


@dataclass(frozen=True)
class Mended:
    """The new plan and what it changes, the candidates who have to be told first."""

    plan: Plan
    changes: tuple[Change, ...]

    @property
    def moved(self) -> tuple[str, ...]:
        """Candidates with another time or room, each once."""
        return tuple(dict.fromkeys(one.candidate for one in self.changes if one.moved))


def mend(problem: Problem, *, seconds: float = 10.0, rounds: int | None = None, seed: int = 1) -> Mended:
    """The plan in force of a case (`published`) in the case as it is now. With `rounds` the same on any
    machine."""
    board = Board(problem)
    stand(board, seed)
    torn = [who for who in range(len(board.seats)) if not board.seated(who)]
    for who in torn:
        _mend_one(board, who)
    _polish(board, torn, seconds, rounds, seed)
    plan = plan_of(board)
    return Mended(plan, changes(problem, plan))


def _mend_one(board: Board, who: int) -> None:
    """What is missing at another time beside what stands; else the whole day anew."""
    if seat(board, who):
        return
    kept = [(exercise, sit) for exercise, sit in board.seats[who].items() if len(sit.members) == 1]
    for exercise, _ in sorted(kept, key=lambda one: one[0]):
        board.take(who, exercise)
        if seat(board, who):
            return
    board.lift([who])
    seat(board, who)


def _polish(board: Board, torn: Sequence[int], seconds: float, rounds: int | None, seed: int) -> None:
    """Pieces round whoever was torn out of their day, kept where they cost less."""
    chance = random.Random(seed)  # noqa: S311 # nosec B311  (a search, not a secret)
    began, now, most = time.process_time(), cost(board), ROUNDS * len(torn) if rounds is None else rounds
    for done in range(most if torn else 0):
        if rounds is None and time.process_time() - began >= seconds:
            return
        who = torn[done % len(torn)]
        day = _day_of(board, who, chance)
        there = [
            one for one in range(len(board.seats))
            if one != who and board.seated(one) and _day_of(board, one, chance) == day
        ]  # fmt: skip
        piece = Piece(board, [who, *chance.sample(there, min(PEOPLE - 1, len(there)))], day)
        if not piece.solve(seed + done, EFFORT):
            continue
        after = cost(board)
        if after > now:
            piece.undo()
        else:
            now = after


def _day_of(board: Board, who: int, chance: random.Random) -> int:
    first = next(iter(board.seats[who].values()), None)
    return chance.randrange(len(board.house)) if first is None else board.day(first.first)


def changes(problem: Problem, plan: Plan) -> tuple[Change, ...]:
    """What a plan changes of the plan in force, for each candidate and exercise, with its reason."""
    before, after = _by_candidate(problem.published), _by_candidate(plan.sittings)
    lost = {one.candidate: one.reason for one in plan.unseated}
    found = []
    for who, exercise in dict.fromkeys([*before, *after]):
        was, now = before.get((who, exercise)), after.get((who, exercise))
        if was is None or now is None or not _same(was, now):
            why = lost.get(who, "") or (because(problem, was) if was is not None else "")
            found.append(Change(who, exercise, was, now, why))
    return tuple(sorted(found, key=lambda one: (not one.moved, one.candidate, one.exercise)))


def _by_candidate(sittings: Sequence[Sitting]) -> dict[tuple[str, str], Sitting]:
    return {(who, one.exercise): one for one in sittings for who in one.candidates}


def _same(one: Sitting, other: Sitting) -> bool:
    return (one.day, one.begins, one.ends, one.room, one.assessors) == (
        other.day, other.begins, other.ends, other.room, other.assessors,
    )  # fmt: skip


def because(problem: Problem, was: Sitting) -> str:
    """What no longer holds of a sitting of the plan in force; or that it makes room for another."""
    staff = {one.id: one for one in problem.assessors}
    for name in was.assessors:
        one = staff.get(name)
        if one is None:
            return f"{name} no longer assesses."
        if meets(was, one.away):
            return f"{name} is away."
        if not one.may(was.exercise, problem.days[was.day].on):
            return f"{name} is no longer trained for it."
        if set(was.candidates) & one.conflicts:
            return f"{name} knows the candidate."
    rooms = {one.id: one for one in problem.rooms}
    room = rooms.get(was.room)
    if room is None or meets(was, room.closed):
        return f"{was.room} cannot be used."
    return "It makes room for somebody else."


def meets(was: Sitting, spans: Sequence[Span]) -> bool:
    """Whether a sitting meets any of these times."""
    return any(day == was.day and first < was.ends and was.begins < until for day, first, until in spans)
