"""What a plan on the board costs, in points, and its figures."""

from collections.abc import Iterable

from planner.selection.board import Board, Sit
from planner.selection.problem import Sitting

PER_CENT = 100


def cost(board: Board) -> int:
    """All points of the plan as it stands."""
    weights = board.problem.weights
    lost = sum(not board.seated(who) for who in range(len(board.seats)))
    points = weights.candidate * lost + weights.room * rooms_used(board)
    points += weights.wait * sum(waited(board, who) for who in range(len(board.seats)))
    points += weights.fair * sum(shares_squared(board))
    if board.problem.published:
        points += weights.moved * len(moved(board)) + weights.handed * len(handed(board))
    return points


def waited(board: Board, who: int) -> int:
    """Minutes this candidate is on site and in no exercise."""
    sits = board.seats[who].values()
    if not sits:
        return 0
    there = max(one.first + one.length for one in sits) - min(one.first for one in sits)
    return board.problem.grid * (there - sum(one.length for one in sits))


def rooms_used(board: Board) -> int:
    """Rooms, each counted on each day it is used."""
    return len({(one.room, board.day(one.first)) for one in board.sits})


def share(board: Board, staff: int) -> int:
    """Per cent of their hours that somebody assesses."""
    return PER_CENT * sum(board.load[staff]) // max(1, board.hours[staff])


def shares_squared(board: Board) -> Iterable[int]:
    for staff, one in enumerate(board.problem.assessors):
        if one.trained:
            yield share(board, staff) ** 2 // PER_CENT


def where(board: Board, sit: Sit) -> tuple[int, int, str]:
    """Day, minute and room of a sitting."""
    a_day, grid = board.a_day, board.problem.grid
    return sit.first // a_day, sit.first % a_day * grid, board.problem.rooms[sit.room].id


def published(board: Board) -> Iterable[tuple[int, int, Sitting]]:
    """Each candidate of the case in each sitting of the plan in force, by number."""
    for sitting in board.problem.published:
        for name in sitting.candidates:
            if name in board.number and sitting.exercise in board.exercise:
                yield board.number[name], board.exercise[sitting.exercise], sitting


def moved(board: Board) -> list[tuple[int, int, Sitting]]:
    """Who of the plan in force sits something at another time or in another room."""
    return [
        (who, exercise, was) for who, exercise, was in published(board)
        if exercise in board.seats[who]
        and where(board, board.seats[who][exercise]) != (was.day, was.begins, was.room)
    ]  # fmt: skip


def handed(board: Board) -> list[tuple[Sitting, str]]:
    """Assessors of the plan in force who no longer see a sitting that stands where it stood."""
    now = {(one.exercise, *where(board, one)): one for one in board.sits}
    found = []
    for was in board.problem.published:
        sit = now.get((board.exercise.get(was.exercise, -1), was.day, was.begins, was.room))
        if sit is not None:
            names = {board.problem.assessors[one].id for one in sit.staff}
            found += [(was, name) for name in was.assessors if name not in names]
    return found


def figures(board: Board) -> dict[str, int]:
    """What is counted of a plan."""
    people = range(len(board.seats))
    waits = sorted(waited(board, who) for who in people if board.seats[who])
    shares = [share(board, n) for n, one in enumerate(board.problem.assessors) if one.trained]
    said = {
        "candidates": len(board.seats),
        "seated": sum(board.seated(who) for who in people),
        "sittings": len(board.sits),
        "rooms": rooms_used(board),
        "waited": sum(waits),
        "longest_wait": max(waits, default=0),
        "most_share": max(shares, default=0),
        "least_share": min(shares, default=0),
    }
    if board.problem.published:
        said |= {"moved": len(moved(board)), "handed": len(handed(board))}
    return said
