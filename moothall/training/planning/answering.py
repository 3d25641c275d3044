"""What the planner found for a repair, as rows of the office."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from moothall.training.models import Nomination, Repair, RepairMove, RepairProposal
from moothall.training.rules.repair_weights import weights_of
from moothall.training.rules.repairs import Proposed
from planner.training import in_force as broken
from planner.training import repair as codes
from planner.training.proposing import Move

from .in_force import InForce
from .mending import Mended
from .reading import CODES
from .standing import Standing

WHYS: Final = {
    broken.LOST: RepairMove.LOST, broken.CLOSED: RepairMove.CLOSED, broken.AWAY: RepairMove.AWAY,
    broken.PATTERN: RepairMove.PATTERN, broken.TEAM: RepairMove.TEAM, broken.TRAINERS: RepairMove.TRAINERS,
    broken.FIRST: RepairMove.PATTERN, codes.MAKES_ROOM: RepairMove.ROOM, codes.WAITED: RepairMove.WAITED,
}  # fmt: skip
OFF: Final = (RepairMove.LOST, RepairMove.CLOSED, RepairMove.SHUT)


@dataclass
class Answer:
    """What the planner found, as rows of the office."""

    repair: Repair
    found: Standing
    force: InForce
    made: Mended
    off: set[int]
    """The classes that are not held whatever the year allows."""

    def __post_init__(self) -> None:
        self.asked: list[Nomination] = [*self.found.placed, *self.found.waiting]
        self.lost = {demand: (held, self._why(held, why)) for demand, held, why in self.made.lost}
        placed = {move.demand for each in self.made.proposals for move in each.moves}
        self.left = sorted(self.lost.keys() - placed)
        self.because = {
            each.requirement: RepairMove.FROZEN if each.reason == codes.FROZEN else CODES[each.reason]
            for each in self.made.left
        }

    def _why(self, held: int, why: str) -> str:
        """Of a session that is shut, why it is."""
        return self.found.shut.get(self.force.sessions[held], WHYS[why]) if why == broken.LOST else WHYS[why]

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
        sessions = [*self._taught(), *self._rehoused(), *self._off()]
        shift = len(sessions)
        covered: Mapping[int | None, set[int]] = defaultdict(set)
        for at, each in enumerate(sessions):
            if each.row.sort in (RepairProposal.TRAINERS, RepairProposal.ROOMS):
                covered[each.row.session_id].add(at)
        people = []
        for proposal in self.made.proposals:
            moves = [self._move(move) for move in proposal.moves]
            needs = {shift + number for number in proposal.needs}
            needs.update(*(covered.get(move.into_id, ()) for move in moves))
            row = RepairProposal(
                sort=RepairProposal.PEOPLE, needs=sorted(needs), places=proposal.places,
                touched=proposal.touched, cost=self._cost(moves),
            )  # fmt: skip
            people.append(Proposed(row, moves))
        return [self._by_key(each) for each in (*sessions, *people, *self._leave())]

    def _cost(self, moves: Iterable[RepairMove]) -> Decimal:
        """Of moving those who could have stayed, more for those who were told of their place."""
        moving, told = weights_of(self.repair)
        those = [move for move in moves if move.why == RepairMove.ROOM]
        return sum((told if move.told_on else moving for move in those), Decimal(0))

    def _by_key(self, each: Proposed) -> Proposed:
        """Of a version that is only planned, sessions are named by the keys of their lines."""
        if keys := self.found.keys:
            each.row.line, each.row.session_id = keys.get(each.row.session_id or 0, ""), None
            for move in each.moves:
                move.out_of_line, move.out_of_id = keys.get(move.out_of_id or 0, ""), None
                move.into_line, move.into_id = keys.get(move.into_id or 0, ""), None
        return each

    def _move(self, move: Move) -> RepairMove:
        one = self.asked[move.demand]
        why = self.lost[move.demand][1] if move.demand in self.lost else WHYS[move.why]
        waits = move.demand >= len(self.found.placed)
        if waits and not one.session.is_standing:
            why = RepairMove.LOST
        return RepairMove(
            employment_id=one.employment_id, out_of_id=None if waits else one.session_id, why=why,
            into_id=self.force.sessions[self.made.into[move.session]],
            told_on=None if waits else self.found.told.get((one.session_id, one.employment_id)),
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

    def _rehoused(self) -> Iterable[Proposed]:
        """Sessions whose room is shut, in another."""
        off = {self.force.sessions[number] for number in self._classes_off()}
        for session, rooms in sorted(self.found.rehoused.items()):
            if session not in off:
                row = RepairProposal(
                    sort=RepairProposal.ROOMS, session_id=session, rooms=list(rooms.after),
                    rooms_before=list(rooms.before),
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
        return off | self.off

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
            move = RepairMove(
                employment_id=one.employment_id, out_of_id=one.session_id, why=RepairMove.LEFT,
                told_on=self.found.told.get((one.session_id, one.employment_id)),
            )  # fmt: skip
            yield Proposed(RepairProposal(sort=RepairProposal.LEAVE), [move])

    def _leaving(self, demand: int) -> RepairMove:
        one = self.asked[demand]
        return RepairMove(
            employment_id=one.employment_id, out_of_id=one.session_id, why=self.lost[demand][1],
            left_because=self.because.get(demand, ""),
            told_on=self.found.told.get((one.session_id, one.employment_id)),
        )  # fmt: skip
