"""A few candidates put together anew on one day by CP-SAT, everything else held fast.

The plan as it stands is the hint. Times, rooms, assessors and interpreters are all open; a place in a sitting
that stands is a way, too. Work is counted in the solver's own steps, so the same piece has the same answer.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python import cp_model

from planner.selection.board import Board, Sit
from planner.selection.counting import published
from planner.selection.keeping import restore, standing
from planner.selection.problem import NEVER
from planner.selection.ticks import listed, starts

STAFF = 14  # assessors looked at for a sitting: those of the piece first
ROOMS = 8


@dataclass(slots=True)
class Draft:
    """A sitting that may come to be: its beginning, room and assessors are open."""

    exercise: int
    length: int
    there: Any
    first: Any
    rooms: dict[int, Any] = field(default_factory=dict)
    staff: dict[int, Any] = field(default_factory=dict)
    members: dict[int, Any] = field(default_factory=dict)


class Piece:
    """The model of some candidates on one day."""

    def __init__(self, board: Board, people: Sequence[int], day: int) -> None:
        self.board, self.people, self.day = board, list(people), day
        self.model = cp_model.CpModel()
        self.before = standing(board, self.people)
        self.was = {who: dict(board.seats[who]) for who in self.people}
        self.old = list(dict.fromkeys(sit for sits in self.was.values() for sit in sits.values()))
        board.lift(self.people)
        self.seated: dict[int, Any] = {}
        self.begin: dict[tuple[int, int], Any] = {}
        self.taken: dict[tuple[int, int], Any] = {}  # ticks, longer where somebody slower sits it too
        self.drafts: list[Draft] = []
        self.joins: dict[tuple[int, int], dict[Sit, Any]] = defaultdict(dict)
        self.interpreters: dict[tuple[int, int], dict[int, Any]] = {}
        self.staff_spans: dict[int, list[Any]] = defaultdict(list)
        self.room_spans: dict[int, list[Any]] = defaultdict(list)
        self.load: dict[int, list[Any]] = defaultdict(list)
        self.terms: list[Any] = []

    def undo(self) -> None:
        """As it was before."""
        self.board.lift(self.people)
        restore(self.board, self.before)

    def solve(self, seed: int, effort: float) -> bool:
        """Put the best found on the board. False, and it is as before, where none was found."""
        self._lay_out()
        solver = cp_model.CpSolver()
        solver.parameters.num_workers, solver.parameters.random_seed = 1, seed % 2**31
        solver.parameters.max_deterministic_time = effort
        if solver.solve(self.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.undo()
            return False
        self._put(solver)
        return True

    def _lay_out(self) -> None:
        for who in self.people:
            self._candidate(who)
        for exercise in sorted({one for who in self.people for one in self.board.asked[who]}):
            if self.board.problem.exercises[exercise].size > 1:
                self._together(exercise)
        for who in self.people:
            self._waits(who)
            for exercise in self.board.asked[who]:
                self._interpreter(who, exercise)
        for those in (*self.staff_spans.values(), *self.room_spans.values()):
            self.model.add_no_overlap(those)
        self._most()
        self._rooms()
        self.model.minimize(sum(self.terms))

    def _domain(self, ticks: int) -> Any:
        return cp_model.Domain.from_values(listed(ticks & self.board.house[self.day]))

    def _candidate(self, who: int) -> None:
        board, model = self.board, self.model
        seated = self.seated[who] = model.new_bool_var("")
        model.add_hint(seated, bool(self.was[who]))
        self.terms.append(board.problem.weights.candidate * (1 - seated))
        spans = []
        for exercise in board.asked[who]:
            length = board.length(who, exercise)
            allowed = listed(starts(board.open[who], length) & board.house[self.day])
            if not allowed:
                model.add(seated == 0)
                allowed = [0]
            begin = model.new_int_var_from_domain(cp_model.Domain.from_values(allowed), "")
            self.begin[who, exercise] = begin
            if exercise in self.was[who] and (first := self.was[who][exercise].first) in allowed:
                model.add_hint(begin, first)
            taken: Any = length
            if board.problem.exercises[exercise].size > 1:
                taken = model.new_int_var(length, board.a_day, "")
            self.taken[who, exercise] = taken
            with_rest = taken + board.rest(who, exercise)
            ends = model.new_int_var(0, len(board.house) * board.a_day * 2, "")
            spans.append(model.new_optional_interval_var(begin, with_rest, ends, seated, ""))
            if board.problem.exercises[exercise].size == 1:
                self._alone(who, exercise, length)
            else:
                self._joins(who, exercise)
        model.add_no_overlap(spans)
        self._order(who)

    def _order(self, who: int) -> None:
        board = self.board
        for exercise in board.asked[who]:
            for name in board.problem.exercises[exercise].after:
                first = board.exercise[name]
                if first in board.asked[who]:
                    ends = self.begin[who, first] + self.taken[who, first] + board.rest(who, first)
                    self.model.add(self.begin[who, exercise] >= ends).only_enforce_if(self.seated[who])

    def _alone(self, who: int, exercise: int, length: int) -> None:
        draft = Draft(exercise, length, self.seated[who], self.begin[who, exercise])
        draft.members[who] = self.seated[who]
        self._open(draft, [who])

    def _joins(self, who: int, exercise: int) -> None:
        """Places in sittings of others."""
        board = self.board
        for sit in board.joins(who, exercise):
            if board.day(sit.first) != self.day:
                continue
            way = self.model.new_bool_var("")
            self.joins[who, exercise][sit] = way
            self.model.add(self.begin[who, exercise] == sit.first).only_enforce_if(way)
            self.model.add(self.taken[who, exercise] == sit.length).only_enforce_if(way)
            self.model.add_hint(way, self.was[who].get(exercise) is sit)

    def _together(self, exercise: int) -> None:
        """Sittings of several: those that stand have room for so many; new ones, one more than fell."""
        board, model, asked = self.board, self.model, self.board.problem.exercises[exercise]
        people = [who for who in self.people if exercise in board.asked[who]]
        fallen = [sit for sit in self.old if sit.exercise == exercise and sit not in board.sits]
        longest = max(board.length(who, exercise) for who in people)
        for sit in fallen:
            self._new(exercise, sit.length, people, sit)
        if longest > max((sit.length for sit in fallen), default=0):
            self._new(exercise, longest, people, None)
        for who in people:
            ways = [*self.joins[who, exercise].values()]
            ways += [
                one.members[who] for one in self.drafts
                if one.exercise == exercise and who in one.members
            ]  # fmt: skip
            model.add(sum(ways) == self.seated[who])
        for sit in board.of[exercise]:
            mine = [(who, self.joins[who, exercise][sit]) for who in people
                    if sit in self.joins.get((who, exercise), {})]  # fmt: skip
            if mine:
                model.add(sum(way for _, way in mine) <= asked.size - len(sit.members))
                model.add(self._places(mine) <= self._free_places(sit))

    def _new(self, exercise: int, length: int, people: list[int], sit: Sit | None) -> None:
        board, model = self.board, self.model
        there = model.new_bool_var("")
        ticks = self._domain(starts(board.house[self.day], length))
        draft = Draft(exercise, length, there, model.new_int_var_from_domain(ticks, ""))
        model.add_hint(there, sit is not None)
        if sit is not None:
            model.add_hint(draft.first, sit.first)
        for who in people:
            if board.length(who, exercise) <= length:
                way = draft.members[who] = model.new_bool_var("")
                model.add_implication(way, there)
                model.add(draft.first == self.begin[who, exercise]).only_enforce_if(way)
                model.add_hint(way, self.was[who].get(exercise) is sit and sit is not None)
                model.add(self.taken[who, exercise] == length).only_enforce_if(way)
                free = self._domain(starts(board.open[who], length))
                model.add_linear_expression_in_domain(draft.first, free).only_enforce_if(way)
        model.add(sum(draft.members.values()) <= board.problem.exercises[exercise].size * there)
        model.add(sum(draft.members.values()) >= there)
        self._open(draft, [who for who in people if who in draft.members], sit)

    def _open(self, draft: Draft, people: list[int], sit: Sit | None = None) -> None:
        """Room and assessors of a draft. `people` are all who might be in it."""
        board, model = self.board, self.model
        self.drafts.append(draft)
        exercise, held = draft.exercise, draft.length + board.hold(draft.exercise)
        sit = sit or next((self.was[who].get(exercise) for who in people), None)
        places = [(who, draft.members[who]) for who in people]
        for room in self._some_rooms(exercise, people, sit):
            ticks = starts(board.room_free[room], held) & board.house[self.day]
            way = self._resource(draft, held, ticks, self.room_spans[room])
            if way is None:
                continue
            draft.rooms[room] = way
            model.add_hint(way, sit is not None and sit.room == room)
            for who, member in places:
                if room not in board.rooms(who, exercise):
                    model.add_implication(way, member.negated())
            model.add(self._places(places) <= board.problem.rooms[room].seats).only_enforce_if(way)
        model.add(sum(draft.rooms.values()) == draft.there)
        old = sit.staff if sit is not None else []
        for staff in self._some_staff(exercise, people, old):
            ticks = board.staff_starts(staff, exercise, held) & board.house[self.day]
            way = self._resource(draft, held, ticks, self.staff_spans[staff])
            if way is None:
                continue
            draft.staff[staff] = way
            self.load[staff].append(held * way)
            model.add_hint(way, staff in old)
            for who, member in places:
                if staff not in board.fits(who, exercise):
                    model.add_bool_or([way.negated(), member.negated()])
        wanted = board.problem.exercises[exercise].assessors
        model.add(sum(draft.staff.values()) == wanted * draft.there)

    def _resource(self, draft: Draft, length: int, ticks: int, spans: list[Any]) -> Any:
        """A switch: this room or person is taken by the draft."""
        if not ticks:
            return None
        way = self.model.new_bool_var("")
        self.model.add_linear_expression_in_domain(draft.first, self._domain(ticks)).only_enforce_if(way)
        self.model.add_implication(way, draft.there)
        spans.append(self.model.new_optional_fixed_size_interval_var(draft.first, length, way, ""))
        return way

    def _some_rooms(self, exercise: int, people: list[int], sit: Sit | None) -> list[int]:
        board = self.board
        able = sorted({room for who in people for room in board.rooms(who, exercise)})
        mine = {one.room for one in self.old}
        able.sort(key=lambda room: (
            sit is None or sit.room != room, room not in mine,
            -(board.room_free[room] & board.house[self.day]).bit_count(), room,
        ))  # fmt: skip
        return able[:ROOMS]

    def _some_staff(self, exercise: int, people: list[int], old: list[int]) -> list[int]:
        board = self.board
        able = sorted({staff for who in people for staff in board.fits(who, exercise)})
        mine = {staff for sit in self.old for staff in sit.staff}
        able.sort(key=lambda one: (one not in old, one not in mine, board.keen(one)))
        return able[: STAFF + len(old)]

    def _interpreter(self, who: int, exercise: int) -> None:
        board, model = self.board, self.model
        if not board.problem.candidates[who].interpreter:
            return
        found = self.interpreters[who, exercise] = {}
        begin = self.begin[who, exercise]
        length = max([one.length for one in self.drafts if who in one.members and one.exercise == exercise]
                     + [sit.length for sit in self.joins.get((who, exercise), {})], default=1)  # fmt: skip
        old = self.before[who].get(exercise) if who in self.before else None
        for staff in board.interprets(who):
            ticks = starts(board.staff_free[staff], length) & board.house[self.day]
            way = self._resource(Draft(exercise, length, self.seated[who], begin), length, ticks,
                                 self.staff_spans[staff])  # fmt: skip
            if way is not None:
                found[staff] = way
                model.add_hint(way, old is not None and old[1] == staff)
        model.add(sum(found.values()) == self.seated[who])

    def _places(self, those: list[tuple[int, Any]]) -> Any:
        return sum(self.board.problem.candidates[who].places * way for who, way in those)

    def _free_places(self, sit: Sit) -> int:
        people, room = self.board.problem.candidates, self.board.problem.rooms[sit.room]
        return room.seats - sum(people[who].places for who in sit.members)

    def _waits(self, who: int) -> None:
        """Minutes on site, and what is moved of the plan in force."""
        board, model, weights = self.board, self.model, self.board.problem.weights
        last_tick = board.a_day * len(board.house)
        first, last = model.new_int_var(0, last_tick, ""), model.new_int_var(0, last_tick, "")
        for exercise in board.asked[who]:
            begin = self.begin[who, exercise]
            model.add(first <= begin)
            model.add(last >= begin + self.taken[who, exercise]).only_enforce_if(self.seated[who])
        model.add(last >= first)
        sat = sum(self.taken[who, exercise] for exercise in board.asked[who])
        waits = model.new_int_var(0, last_tick, "")
        model.add(waits >= last - first - sat)
        self.terms.append(weights.wait * board.problem.grid * waits)

    def _most(self) -> None:
        for staff, loads in self.load.items():
            most = self.board.problem.assessors[staff].most
            if most < NEVER:
                free = most // self.board.problem.grid - self.board.load[staff][self.day]
                self.model.add(sum(loads) <= free)

    def _rooms(self) -> None:
        """A room nobody else uses that day counts once; so does what is at another time than in force."""
        board, model = self.board, self.model
        here = board.house[self.day]
        used = {one.room for one in board.sits if board.day(one.first) == self.day}
        fresh: dict[int, list[Any]] = defaultdict(list)
        for draft in self.drafts:
            for room, way in draft.rooms.items():
                if room not in used and here:
                    fresh[room].append(way)
        for ways in fresh.values():
            once = model.new_bool_var("")
            model.add_max_equality(once, ways)
            self.terms.append(board.problem.weights.room * once)
        mine = set(self.people)
        for who, exercise, was in published(board):
            if who in mine and exercise in board.asked[who]:
                tick = was.day * board.a_day + was.begins // board.problem.grid
                same = model.new_bool_var("")
                model.add(self.begin[who, exercise] == tick).only_enforce_if(same)
                self.terms.append(board.problem.weights.moved * (1 - same))

    def _put(self, solver: Any) -> None:
        board, value = self.board, solver.boolean_value
        for (who, exercise), ways in self.joins.items():
            for sit, way in ways.items():
                if value(way):
                    sit.members.append(who)
                    board.seats[who][exercise] = sit
        for draft in self.drafts:
            if value(draft.there):
                board.stand(Sit(
                    draft.exercise, solver.value(draft.first), draft.length,
                    next(room for room, way in draft.rooms.items() if value(way)),
                    [who for who, way in draft.members.items() if value(way)],
                    [staff for staff, way in draft.staff.items() if value(way)],
                ))  # fmt: skip
        for (who, exercise), found in self.interpreters.items():
            for staff, way in found.items():
                if value(way):
                    board.interpret(who, board.seats[who][exercise], staff)
