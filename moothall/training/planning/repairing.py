"""A repair that was asked for is looked for: read, mended in a process of its own, judged and kept."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from moothall.core.child import MADE, WRONG, Child
from moothall.training.models import Repair
from moothall.training.rules import repairs as rules
from moothall.training.rules.repair_weights import weights_of
from planner.training.checking import check
from planner.training.mending import Weights
from planner.training.problem import ProblemError

from .answering import Answer
from .consulted import read_planned
from .in_force import InForce, in_force
from .mending import Mended, RepairOrder, mend
from .reading import TOLD
from .standing import Standing, apply_changes, read_standing

Clock = Callable[[], dt.datetime]
LISTENS: Final = 1.0
NOBODY_ELSE, WAITING = 1.0, 0.25


def make_repair(repair_id: int, *, clock: Clock, today: dt.date) -> None:
    """Look for the repair that was asked for; safe to call twice."""
    repair = rules.begin_repair(repair_id, at=clock())
    if repair is None:
        return
    read = read_planned if repair.of_draft else read_standing
    try:
        found = read(repair.version, today=today, offers_waiting=repair.offers_waiting)
        force = in_force(found)
        off = apply_changes(force.case, found, repair.changes.all()) | found.shut.keys()
        order = _order(repair, found, force, off, today)
    except ProblemError as wrong:
        rules.end_without_repair(repair.pk, state=Repair.FAILED, problem=str(wrong), at=clock())
        return
    made = _looked_for(repair, order, clock)
    if made is not None:
        _keep(repair, Answer(repair, found, force, made, force.lost(off)), clock)


def _order(repair: Repair, found: Standing, force: InForce, off: set[int], today: dt.date) -> RepairOrder:
    moving, told = weights_of(repair)
    return RepairOrder(
        force.problem, force.plan, today=(today - found.span.monday).days,
        frozen_until=(repair.frozen_until - found.span.monday).days,
        weights=Weights(
            touched=float(moving) if repair.moves_others else NOBODY_ELSE, told=float(told),
            waiting=WAITING if found.waiting else 0.0,
        ),
        lost=force.lost(off),
        told={
            demand
            for demand, one in enumerate(found.placed)
            if (one.session_id, one.employment_id) in found.told
        },
    )  # fmt: skip


def _looked_for(repair: Repair, order: RepairOrder, clock: Clock) -> Mended | None:
    """What was found, or None: what became of it is written on the repair then."""
    with Child(order, mend) as child:
        while True:
            rules.note_repair(repair.pk, phase=Repair.MENDING, at=clock())
            try:
                said = child.hear(LISTENS)
            except (EOFError, ConnectionError):
                rules.end_without_repair(repair.pk, state=Repair.BROKEN, problem="", at=clock())
                return None
            match said:
                case (str() as word, Mended() as made) if word == MADE:
                    return made
                case (str() as word, str() as problem) if word == WRONG:
                    rules.end_without_repair(repair.pk, state=Repair.FAILED, problem=problem, at=clock())
                    return None


def _keep(repair: Repair, answer: Answer, clock: Clock) -> None:
    """Judged before anybody sees it, with every proposal accepted."""
    rules.note_repair(repair.pk, phase=Repair.CHECKING, at=clock())
    if breaches := check(answer.force.case, answer.made.plan).breaches:
        problem = " ".join(breaches[:TOLD])
        rules.end_without_repair(repair.pk, state=Repair.REFUSED, problem=problem, at=clock())
        return
    rules.keep_repair(repair.pk, proposals=answer.proposals(), figures=answer.figures(), at=clock())
