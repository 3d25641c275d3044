"""The process in which a repair is looked for: it knows the planner alone, and says what it found."""

from collections.abc import Collection
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from moothall.core.child import answer
from planner.training.in_force import sessions_of
from planner.training.mending import Weights
from planner.training.plan import Plan, Unplaced
from planner.training.problem import Problem, ProblemError
from planner.training.proposing import Proposal
from planner.training.repair import Repair, accepted, repair
from planner.training.writing import written


@dataclass(frozen=True)
class RepairOrder:
    """The year as it is now, the plan in force, and what is asked. Days are numbers of the problem, `lost`
    the classes that are not held, `told` the demands of those who know their place."""

    problem: Problem
    plan: Plan
    today: int
    frozen_until: int
    weights: Weights
    lost: Collection[int] = ()
    told: Collection[int] = ()
    seed: int = 1


@dataclass(frozen=True)
class Mended:
    """What was found. Classes are those of the plan in force: `lost` their places by demand, with the class
    and the planner's reason; `taught` the trainers of a class whose own are away, None where there are none;
    `into` the class of each session a proposal names; `plan` all of it accepted, for the judge."""

    proposals: tuple[Proposal, ...]
    lost: tuple[tuple[int, int, str], ...]
    left: tuple[Unplaced, ...]
    taught: tuple[tuple[int, tuple[int, ...] | None], ...]
    into: dict[int, int]
    bound: int
    plan: dict[str, Any]


def mend(order: RepairOrder, line: Connection) -> None:
    """What the process does."""
    answer(line, lambda: mended(order), refused=ProblemError)


def mended(order: RepairOrder) -> Mended:
    """ProblemError when the plan in force makes no sense of the year."""
    found = repair(
        order.problem, order.plan, today=order.today, frozen_until=order.frozen_until, weights=order.weights,
        lost=order.lost, told=order.told, seed=order.seed,
    )  # fmt: skip
    after = accepted(found, range(len(found.proposals)))
    sessions = sessions_of(found.problem, order.plan.classes)
    return Mended(
        proposals=found.proposals,
        lost=tuple((one.demand, one.place.held, one.why) for one in found.withdrawn),
        left=found.left, taught=_taught(order, found), bound=found.bound, plan=written(after),
        into={session: held for held, session in sessions.items()},
    )  # fmt: skip


def _taught(order: RepairOrder, found: Repair) -> tuple[tuple[int, tuple[int, ...] | None], ...]:
    """By class what became of a run whose trainers are away; runs and classes have one order."""
    number = {id(run): at for at, run in enumerate(order.problem.runs)}
    return tuple(
        (number[id(one.before)], one.after.trainers if one.after is not None else None)
        for one in found.covered
    )
