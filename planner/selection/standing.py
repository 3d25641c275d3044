"""A plan in force put on a board, as far as it still holds."""

from planner.selection.board import Board, Sit
from planner.selection.problem import Sitting
from planner.selection.sharing import fewest_changes, give
from planner.selection.ticks import span, starts

EFFORT = 3.0
CHAIN = 200  # sittings in question at most, those at the times of the torn first


def stand(board: Board, seed: int = 1) -> None:
    """Sittings of the plan in force at their times and in their rooms, with the assessors they had as far as
    can be: the fewest seats are handed to somebody else. What nobody can assess does not stand."""
    torn: dict[Sit, tuple[int, ...]] = {}
    whole: dict[Sit, tuple[int, ...]] = {}
    for one in board.problem.published:
        sit = again(board, one)
        if sit is None:
            continue
        had = tuple(board.staff_number[name] for name in one.assessors if name in board.staff_number)
        board.stand(sit)
        if manned(board, sit, had):
            whole[sit] = had
        else:
            torn[sit] = had
    hand_over_torn(board, torn, whole, seed)


def manned(board: Board, sit: Sit, had: tuple[int, ...]) -> bool:
    """Give the sitting to those who had it, where each of them still may."""
    held = sit.length + board.hold(sit.exercise)
    fit = len(had) == board.problem.exercises[sit.exercise].assessors and all(
        board.staff_starts(one, sit.exercise, held) >> sit.first & 1
        and all(one in board.fits(who, sit.exercise) for who in sit.members)
        for one in had
    )
    if fit:
        give(board, {sit: list(had)})
    return fit


def hand_over_torn(
    board: Board, torn: dict[Sit, tuple[int, ...]], whole: dict[Sit, tuple[int, ...]], seed: int
) -> None:
    """First whoever is free; where that leaves a sitting without, others hand over theirs to come to it."""
    if not torn:
        return
    found = fewest_changes(board, torn, seed=seed, effort=EFFORT)
    if any(not found.get(sit) for sit in torn if board.problem.exercises[sit.exercise].assessors):
        near = sorted(whole, key=lambda sit: min(abs(sit.first - one.first) for one in torn))[:CHAIN]
        still = {sit: whole[sit] for sit in near}
        wider = fewest_changes(board, {**torn, **still}, seed=seed, effort=EFFORT, hint={**still, **found})
        found = wider or found
    give(board, found)
    for sit in (*torn, *whole):
        if len(sit.staff) < board.problem.exercises[sit.exercise].assessors:
            board.fall(sit)


def again(board: Board, said: Sitting) -> Sit | None:
    """The sitting with no assessors yet, or none where its room, its time or all its people no longer do."""
    exercise, room = board.exercise.get(said.exercise), board.room_number.get(said.room)
    if exercise is None or room is None or not 0 <= said.day < len(board.house):
        return None
    grid = board.problem.grid
    if said.begins % grid or (said.ends - said.begins) % grid:
        return None
    first, length = said.day * board.a_day + said.begins // grid, (said.ends - said.begins) // grid
    if not starts(board.room_free[room], length + board.hold(exercise)) >> first & 1:
        return None
    sit = Sit(exercise, first, length, room, [], [])
    for name in said.candidates:
        who = board.number.get(name)
        if who is not None and _still(board, who, sit):
            _join(board, who, sit, dict(said.interpreters).get(name))
    return sit if sit.members else None


def _still(board: Board, who: int, sit: Sit) -> bool:
    """Whether a candidate can still be in a sitting that stood."""
    candidate, exercise = board.problem.candidates[who], board.problem.exercises[sit.exercise]
    return (
        sit.exercise in board.asked[who]
        and sit.exercise not in board.seats[who]
        and len(sit.members) < exercise.size
        and board.length(who, sit.exercise) <= sit.length
        and bool(board.own_starts(who, sit.exercise, sit.length) >> sit.first & 1)
        and board.suits(candidate, exercise, sit.room)
        and board.welcome(who, sit)
    )


def _join(board: Board, who: int, sit: Sit, name: str | None) -> None:
    if board.problem.candidates[who].interpreter:
        wanted, usual = span(sit.first, sit.length), board.staff_number.get(name or "")
        free = [one for one in board.interprets(who) if board.staff_free[one] & wanted == wanted]
        chosen = usual if usual in free else next(iter(free), None)
        if chosen is None:
            return
        board.interpret(who, sit, chosen)
    sit.members.append(who)
    board.seats[who][sit.exercise] = sit
