"""A plan in force mended after something changed: the fewest people touched, then the most placed.

    changed = officer_away(site_closed(problem, 2, [80]), 17, range(80, 90))
    mended = repair(changed, plan, today=70, frozen_until=84)
    for proposal in mended.proposals: ...
    after = accepted(mended, [0, 3])

Whoever breaks a rule is withdrawn: that is a fact, not a proposal. They are offered other seats; then, if a
place is worth it, one other person is moved for one of them; at last those who waited get what is free. Until
the freeze ends nobody is asked to come or to move.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import numpy as np

from planner.training.board import NOBODY, Board, Ints, days_of, lay_out, module_of
from planner.training.bound import quick_bound
from planner.training.covering import Covered, covered
from planner.training.in_force import Broken, Standing, number_of, roomy, sessions_of, stand
from planner.training.mending import Mender, Weights, put_all_on
from planner.training.plan import Held, Plan, Unplaced
from planner.training.problem import Problem, ProblemError
from planner.training.proposing import Move, Proposal, Sitting, bundles, dependencies
from planner.training.reasons import reasons
from planner.training.rewriting import written_again

MAKES_ROOM = "makes room for somebody who lost a place"
WAITED = "was left out before, and there is a seat now"
FROZEN = "every class left is before the end of the freeze"


@dataclass(frozen=True)
class Repair:
    """`withdrawn` cannot keep their places, `begun` break a rule in a class that has begun and are left to a
    person, `covered` are runs taught by others now or not held, `left` the withdrawn for whom there is no
    other place, with the reason. `problem` is the year with those runs, `base` the session of each demand (or
    -1) before any proposal is accepted."""

    problem: Problem
    in_force: Plan
    bound: int
    covered: tuple[Covered, ...]
    withdrawn: tuple[Broken, ...]
    begun: tuple[Broken, ...]
    proposals: tuple[Proposal, ...]
    left: tuple[Unplaced, ...]
    base: tuple[int, ...]

    @property
    def touched(self) -> int:
        """How many people would be moved who could have stayed."""
        return sum(proposal.touched for proposal in self.proposals)


def repair(
    problem: Problem, in_force: Plan, *, today: int, frozen_until: int, weights: Weights | None = None,
    lost: Collection[int] = (), told: Collection[int] = (), rounds: int | None = None, seed: int = 1,
) -> Repair:  # fmt: skip
    """Mend the plan for the year as it is now (`changes` gives it). Days are numbers as in the problem: what
    has a day up to `today` has begun, and up to `frozen_until` nobody is asked to come. `lost` are ids of
    classes that are not held, `told` the demands of those who know their place: they are moved last. The same
    year, plan, rounds and seed give the same proposals. ProblemError when the plan gives a place that nobody
    asked for."""
    taught, changes = covered(problem)
    standing = stand(taught, in_force, today=today, lost=lost, told=told)
    shut = {one for number, one in sessions_of(taught, in_force.classes).items() if number in set(lost)}
    frozen, weights = max(today, frozen_until), weights or Weights()
    mender = Mender(standing, weights, frozen=frozen, shut=shut, rounds=rounds, seed=seed)
    mender.mend()
    base = standing.kept.copy()
    base[sorted(standing.hang)] = NOBODY
    bound = max(quick_bound(taught, standing.board), mender.placed)
    return Repair(
        taught, in_force, bound, changes, standing.withdrawn, standing.begun,
        proposals=_proposals(taught, in_force, mender, standing, base),
        left=_left(taught, mender, standing),
        base=tuple(base.tolist()),
    )  # fmt: skip


def accepted(mended: Repair, numbers: Iterable[int]) -> Plan:
    """The plan with these proposals accepted. ProblemError when one is unknown or needs another too."""
    chosen = sorted(set(numbers))
    base = np.array(mended.base, np.int32)
    for number in chosen:
        if not 0 <= number < len(mended.proposals):
            raise ProblemError(f"There is no proposal {number}.")
        missing = set(mended.proposals[number].needs) - set(chosen)
        if missing:
            raise ProblemError(f"Proposal {number} needs proposal {min(missing)} too.")
        for move in mended.proposals[number].moves:
            base[move.demand] = move.session
    board = roomy(lay_out(mended.problem), base)
    put_all_on(board, base)
    return written_again(mended.problem, board, mended.in_force, bound=mended.bound)


def _proposals(
    problem: Problem, in_force: Plan, mender: Mender, standing: Standing, base: Ints
) -> tuple[Proposal, ...]:
    """What changed from the base to the board, in bundles that can be accepted."""
    board, weights = mender.board, mender.weights
    moving = np.flatnonzero((board.place != NOBODY) & (board.place != base)).tolist()
    members, wants = bundles(len(moving), dependencies(problem, board, base, moving, mender.made_room))
    held = {one.id: one for one in in_force.classes}
    lost = {one.demand: (_sitting_of(held[one.place.held]), one.why) for one in standing.withdrawn}
    found = []
    for number, those in enumerate(members):
        moves = tuple(
            _move(problem, board, moving[place], base, lost, moving[place] in standing.told)
            for place in those
        )
        given = int(sum(base[move.demand] == NOBODY for move in moves))
        waited = sum(move.why == WAITED for move in moves)
        touched = len(moves) - given
        costs = sum(weights.of_moving(move.told) for move in moves if base[move.demand] != NOBODY)
        gain = given - waited + weights.waiting * waited - costs
        found.append(Proposal(number, moves, tuple(sorted(wants[number])), given, touched, gain))
    return tuple(found)


def _move(
    problem: Problem, board: Board, demand: int, base: Ints, lost: dict[int, tuple[Sitting, str]], told: bool
) -> Move:
    out_of: Sitting | None = None
    if demand in lost:
        out_of, why = lost[demand]
    elif base[demand] == NOBODY:
        why = WAITED
    else:
        out_of, why = _sitting(problem, board, int(base[demand])), MAKES_ROOM
    asked, session = problem.demands[demand], int(board.place[demand])
    into = _sitting(problem, board, session)
    return Move(demand, session, asked.officer, asked.requirement, asked.module, out_of, into, why, told)


def _sitting(problem: Problem, board: Board, session: int) -> Sitting:
    site, days = int(board.site[session]), days_of(problem, session)
    if session < len(problem.runs):
        return Sitting(None, problem.runs[session].course, site, days)
    return Sitting(module_of(problem, session), None, site, days)


def _sitting_of(held: Held) -> Sitting:
    return Sitting(held.module, held.course, held.site, held.days)


def _left(problem: Problem, mender: Mender, standing: Standing) -> tuple[Unplaced, ...]:
    """Those who lost their place and find no other, each with the reason."""
    gone = {one.place for one in standing.withdrawn if mender.board.place[one.demand] == NOBODY}
    lost = {(place.officer, place.requirement, place.module) for place in gone}
    whole, open_now = standing.board.options_at, mender.board.options_at
    numbers = number_of(problem)
    found = []
    for left in reasons(problem, mender.board):
        key = left.officer, left.requirement, left.module
        if key not in lost:
            continue
        demand = numbers[key]
        closed = open_now[demand] == open_now[demand + 1] and whole[demand] < whole[demand + 1]
        found.append(replace(left, reason=FROZEN, causes=()) if closed else left)
    return tuple(found)
