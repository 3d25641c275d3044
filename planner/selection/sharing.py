"""Who assesses what when times and rooms are fixed: a fair share for everybody, or the least handed over.

Shares are made fairer by handing one sitting at a time to somebody free who has done less. What is handed
over when somebody is away is exact, by CP-SAT: a switch for each sitting and each assessor it could have.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from ortools.sat.python import cp_model

from planner.selection.board import Board, Sit
from planner.selection.counting import PER_CENT, where
from planner.selection.problem import NEVER
from planner.selection.ticks import span

ROUNDS = 20
Had = Mapping[Sit, Collection[int]]


def share_out(board: Board) -> int:
    """The same sittings with fairer shares. How many were handed over."""
    was = in_force(board) if board.problem.published else {}
    done = 0
    for _ in range(ROUNDS):
        before = done
        for sit in list(board.sits):
            for staff in list(sit.staff):
                done += hand_over(board, sit, staff, was.get(sit, ()))
        if done == before:
            break
    return done


def hand_over(board: Board, sit: Sit, staff: int, was: Collection[int]) -> bool:
    """Give one seat to whoever makes it fairest; not to whom it is worth nothing."""
    held, weights = sit.length + board.hold(sit.exercise), board.problem.weights
    gain = weights.fair * (points(board, staff) - points(board, staff, -held)) - weights.handed * (
        staff in was
    )
    best: tuple[int, int] | None = None
    for one in set.intersection(*(set(board.fits(who, sit.exercise)) for who in sit.members)):
        if one in sit.staff or not board.staff_starts(one, sit.exercise, held) >> sit.first & 1:
            continue
        price = weights.fair * (points(board, one, held) - points(board, one)) - weights.handed * (one in was)
        if price < gain and (best is None or (price, one) < best):
            best = price, one
    if best is None:
        return False
    board.release(staff, sit)
    sit.staff[sit.staff.index(staff)] = best[1]
    board.engage(best[1], sit)
    return True


def points(board: Board, staff: int, more: int = 0) -> int:
    """What somebody's share counts, with so many ticks more."""
    return (PER_CENT * (sum(board.load[staff]) + more) // max(1, board.hours[staff])) ** 2 // PER_CENT


def give(board: Board, found: Had) -> None:
    """These assessors for these sittings."""
    for sit in found:
        for staff in sit.staff:
            board.release(staff, sit)
    for sit, those in found.items():
        sit.staff[:] = those
        for staff in those:
            board.engage(staff, sit)


def fewest_changes(
    board: Board, had: Had, *, seed: int, effort: float, hint: Had | None = None
) -> dict[Sit, list[int]]:
    """Assessors for each of these sittings, all or none where it cannot be: fewest without, then fewest
    handed over. What else stands on the board stays. The answer is never worse than the hint."""
    model, terms, hint = cp_model.CpModel(), [], hint or {}
    has: dict[Sit, dict[int, Any]] = {}
    at: dict[tuple[int, int], list[Any]] = defaultdict(list)
    load: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for sit in had:
        has[sit] = {staff: model.new_bool_var("") for staff in able(board, sit, had)}
        wanted = board.problem.exercises[sit.exercise].assessors
        there = model.new_bool_var("")
        model.add(sum(has[sit].values()) == wanted * there)
        likely = hint.get(sit, had[sit])
        model.add_hint(there, sum(one in has[sit] for one in likely) == wanted)
        terms.append(board.problem.weights.candidate * len(sit.members) * (1 - there))
        held = sit.length + board.hold(sit.exercise)
        for staff, way in has[sit].items():
            model.add_hint(way, staff in likely)
            terms.append(board.problem.weights.handed * (1 - way) if staff in had[sit] else way)
            load[staff, board.day(sit.first)].append(held * way)
            for tick in range(sit.first, sit.first + held):
                at[staff, tick].append(way)
    for those in {tuple(way.index for way in ways): ways for ways in at.values()}.values():
        if len(those) > 1:
            model.add_at_most_one(those)
    _most(board, model, load, had)
    model.minimize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.random_seed = 1, seed % 2**31
    solver.parameters.max_deterministic_time = effort
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return {}
    return {sit: [one for one, way in ways.items() if solver.boolean_value(way)] for sit, ways in has.items()}


def able(board: Board, sit: Sit, had: Had) -> list[int]:
    """Who could assess a sitting, were they free of all others that are in question."""
    those = set.intersection(*(set(board.fits(who, sit.exercise)) for who in sit.members))
    held = span(sit.first, sit.length + board.hold(sit.exercise))
    return [staff for staff in sorted(those) if may_work(board, staff, had) & held == held
            and board.trained[staff][sit.exercise] & held]  # fmt: skip


def may_work(board: Board, staff: int, had: Had) -> int:
    """When somebody is free, with what they assess now in these sittings given back."""
    bits = board.staff_free[staff]
    for sit in had:
        if staff in sit.staff:
            bits |= span(sit.first, sit.length + board.hold(sit.exercise))
    return bits


def _most(board: Board, model: Any, load: Mapping[tuple[int, int], list[Any]], had: Had) -> None:
    """What was agreed a day, less what is not in question."""
    for (staff, day), loads in load.items():
        most = board.problem.assessors[staff].most
        if most < NEVER:
            mine = [sit for sit in had if staff in sit.staff and board.day(sit.first) == day]
            fixed = board.load[staff][day] - sum(sit.length + board.hold(sit.exercise) for sit in mine)
            model.add(sum(loads) <= most // board.problem.grid - fixed)


def in_force(board: Board) -> dict[Sit, tuple[int, ...]]:
    """For each sitting that stands where it stood in the plan in force, who had it."""
    was = {(one.exercise, one.day, one.begins, one.room): one.assessors for one in board.problem.published}
    found: dict[Sit, tuple[int, ...]] = {}
    for sit in board.sits:
        names = was.get((board.problem.exercises[sit.exercise].id, *where(board, sit)), ())
        found[sit] = tuple(board.staff_number[name] for name in names if name in board.staff_number)
    return found
