"""A repair that was asked for is looked for: read, mended in a process of its own, judged and kept."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from moothall.training.models import Nomination, Repair, RepairMove, RepairProposal
from moothall.training.rules import repairs as rules
from moothall.training.rules.repairs import Proposed
from planner.training import in_force as broken
from planner.training import repair as codes
from planner.training.checking import check
from planner.training.mending import Weights
from planner.training.problem import ProblemError
from planner.training.proposing import Move

from .child import MADE, WRONG, Child
from .in_force import InForce, in_force
from .mending import Mended, RepairOrder, mend
from .reading import CODES, TOLD
from .standing import Standing, apply_changes, read_standing

Clock = Callable[[], dt.datetime]
LISTENS: Final = 1.0
TOUCHED, NOBODY_ELSE, WAITING = 0.5, 1.0, 0.25
WHYS: Final = {
    broken.LOST: RepairMove.LOST, broken.CLOSED: RepairMove.CLOSED, broken.AWAY: RepairMove.AWAY,
    broken.PATTERN: RepairMove.PATTERN, broken.TEAM: RepairMove.TEAM, broken.TRAINERS: RepairMove.TRAINERS,
    broken.FIRST: RepairMove.PATTERN, codes.MAKES_ROOM: RepairMove.ROOM, codes.WAITED: RepairMove.WAITED,
}  # fmt: skip
OFF: Final = (RepairMove.LOST, RepairMove.CLOSED)


def make_repair(repair_id: int, *, clock: Clock, today: dt.date) -> None:
    """Look for the repair that was asked for; safe to call twice."""
    repair = rules.begin_repair(repair_id, at=clock())
    if repair is None:
        return
    try:
        found = read_standing(repair.version, today=today, offers_waiting=repair.offers_waiting)
        force = in_force(found)
        off = apply_changes(force.case, found, repair.changes.all())
        order = RepairOrder(
            force.problem, force.plan, today=(today - found.span.monday).days,
            frozen_until=(repair.frozen_until - found.span.monday).days,
            weights=Weights(
                touched=TOUCHED if repair.moves_others else NOBODY_ELSE,
                waiting=WAITING if found.waiting else 0.0,
            ),
            lost=force.lost(off),
        )  # fmt: skip
    except ProblemError as wrong:
        rules.end_without_repair(repair.pk, state=Repair.FAILED, problem=str(wrong), at=clock())
        return
    made = _looked_for(repair, order, clock)
    if made is not None:
        _keep(repair, _Answer(repair, found, force, made), clock)


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


def _keep(repair: Repair, answer: "_Answer", clock: Clock) -> None:
    """Judged before anybody sees it, with every proposal accepted."""
    rules.note_repair(repair.pk, phase=Repair.CHECKING, at=clock())
    if breaches := check(answer.force.case, answer.made.plan).breaches:
        problem = " ".join(breaches[:TOLD])
        rules.end_without_repair(repair.pk, state=Repair.REFUSED, problem=problem, at=clock())
        return
    rules.keep_repair(repair.pk, proposals=answer.proposals(), figures=answer.figures(), at=clock())


@dataclass
class _Answer:
    """What the planner found, as rows of the office."""

    repair: Repair
    found: Standing
    force: InForce
    made: Mended

    def __post_init__(self) -> None:
        self.asked: list[Nomination] = [*self.found.placed, *self.found.waiting]
        self.lost = {demand: (held, WHYS[why]) for demand, held, why in self.made.lost}
        placed = {move.demand for each in self.made.proposals for move in each.moves}
        self.left = sorted(self.lost.keys() - placed)
        self.because = {
            each.requirement: RepairMove.FROZEN if each.reason == codes.FROZEN else CODES[each.reason]
            for each in self.made.left
        }

    def figures(self) -> dict[str, int]:
        """Places lost, given back, offered to those who waited, others moved, and what is left."""
        moves = [move for each in self.made.proposals for move in each.moves]
        return {
            "sessions": len(self.found.sessions), "placed": len(self.found.placed),
            "lost": len(self.lost) + len(self.found.gone),
            "back": sum(move.demand in self.lost for move in moves),
            "moved": sum(move.why == codes.MAKES_ROOM for move in moves),
            "waited": sum(move.why == codes.WAITED for move in moves),
            "left": len(self.left) + len(self.found.gone), "bound": self.made.bound,
        }  # fmt: skip

    def proposals(self) -> list[Proposed]:
        """Sessions first, then people, then those for whom there is no other place."""
        sessions = [*self._taught(), *self._off()]
        shift = len(sessions)
        covered = {
            each.row.session_id: at
            for at, each in enumerate(sessions)
            if each.row.sort == RepairProposal.TRAINERS
        }
        people = []
        for each in self.made.proposals:
            moves = [self._move(move) for move in each.moves]
            needs = {shift + number for number in each.needs}
            needs |= {covered[move.into_id] for move in moves if move.into_id in covered}
            row = RepairProposal(
                sort=RepairProposal.PEOPLE, needs=sorted(needs), places=each.places, touched=each.touched
            )
            people.append(Proposed(row, moves))
        return [*sessions, *people, *self._leave()]

    def _move(self, move: Move) -> RepairMove:
        one = self.asked[move.demand]
        why = self.lost[move.demand][1] if move.demand in self.lost else WHYS[move.why]
        waits = move.demand >= len(self.found.placed)
        if waits and not one.session.is_standing:
            why = RepairMove.LOST
        return RepairMove(
            employment_id=one.employment_id, out_of_id=None if waits else one.session_id, why=why,
            into_id=self.force.sessions[self.made.into[move.session]],
        )  # fmt: skip

    def _taught(self) -> Iterable[Proposed]:
        """Sessions that others teach now."""
        for number, trainers in self.made.taught:
            if trainers is None or number in self._classes_off():
                continue
            session = self.force.sessions[number]
            after = {self.force.employment_of(each) for each in trainers}
            row = RepairProposal(
                sort=RepairProposal.TRAINERS, session_id=session, trainers=sorted(after - {0}),
                trainers_before=list(self.found.trainers.get(session, ())),
            )  # fmt: skip
            yield Proposed(row, [])

    def _classes_off(self) -> set[int]:
        """The sessions that cannot be held: nobody to teach them, a closed site, or somebody said so."""
        closed = [set(site["closed"]) for site in self.force.case["sites"]]
        off = {number for number, trainers in self.made.taught if trainers is None}
        off |= {
            number
            for number, run in enumerate(self.force.runs)
            if not closed[run["site"]].isdisjoint(run["days"])
        }
        said = self.repair.changes.filter(session__isnull=False)
        return off | self.force.lost(set(said.order_by().values_list("session_id", flat=True)))

    def _off(self) -> Iterable[Proposed]:
        """With those of their people for whom there is no other place."""
        left: Mapping[int, list[int]] = defaultdict(list)
        for demand in self.left:
            held, why = self.lost[demand]
            if why in OFF:
                left[held].append(demand)
        for number in sorted(self._classes_off()):
            row = RepairProposal(sort=RepairProposal.OFF, session_id=self.force.sessions[number])
            yield Proposed(row, [self._leaving(demand) for demand in left[number]])

    def _leave(self) -> Iterable[Proposed]:
        for demand in self.left:
            if self.lost[demand][1] not in OFF:
                yield Proposed(RepairProposal(sort=RepairProposal.LEAVE), [self._leaving(demand)])
        for one in self.found.gone:
            move = RepairMove(employment_id=one.employment_id, out_of_id=one.session_id, why=RepairMove.LEFT)
            yield Proposed(RepairProposal(sort=RepairProposal.LEAVE), [move])

    def _leaving(self, demand: int) -> RepairMove:
        one = self.asked[demand]
        return RepairMove(
            employment_id=one.employment_id, out_of_id=one.session_id, why=self.lost[demand][1],
            left_because=self.because.get(demand, ""),
        )  # fmt: skip
