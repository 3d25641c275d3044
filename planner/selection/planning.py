"""Days planned: candidates one after the other, then a few of them put together anew, exactly.

The hardest to seat come first. Each is tried in every order of exercises that is allowed; the one that keeps
them least and ends first is taken. With rounds alone the plan is the same on any machine.
"""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from planner.selection.board import Board, Sit
from planner.selection.counting import cost, figures, waited
from planner.selection.keeping import restore, standing
from planner.selection.pieces import Piece
from planner.selection.plan import Plan, Progress
from planner.selection.problem import Problem, SelectionError, Sitting
from planner.selection.reasons import unseated
from planner.selection.seating import seat
from planner.selection.sharing import share_out
from planner.selection.standing import stand

EFFORT = 0.5  # of deterministic time, for a piece
PEOPLE = 6  # in a piece
CROWD = 7  # seated anew, one after the other
EXACTLY = 8  # in so many rounds one piece is exact
LATER = 3  # beginnings tried for each
Tell = Callable[[Progress], bool]


def plan_selection(
    problem: Problem, *, seconds: float | None = None, rounds: int | None = None, seed: int = 1,
    tell: Tell = lambda far: True,
) -> Plan:  # fmt: skip
    """The days planned. `seconds` are of the processor; without `rounds` and `seconds`, thirty. `tell` hears
    how far it is and says whether to go on. SelectionError when a search would last less than no time."""
    if (seconds is not None and seconds < 0) or (rounds is not None and rounds < 0):
        raise SelectionError("A search cannot last less than no time.")
    if seconds is None and rounds is None:
        seconds = 30.0
    search = Search(Board(problem), seed)
    search.start()
    done = search.go_on(seconds, rounds, tell)
    return plan_of(search.board, done)


def plan_of(board: Board, rounds: int = 0) -> Plan:
    """The plan as it stands, with its reasons and figures; nobody keeps half a day."""
    halves = [who for who in range(len(board.seats)) if not board.seated(who)]
    board.lift(halves)
    return Plan(sittings(board), unseated(board, halves), cost(board), rounds, figures(board))


def sittings(board: Board) -> tuple[Sitting, ...]:
    """What stands on the board, in order of time."""
    return tuple(named(board, one) for one in sorted(board.sits, key=lambda one: (one.first, one.room)))


def named(board: Board, sit: Sit) -> Sitting:
    problem, grid = board.problem, board.problem.grid
    people = problem.candidates
    begins = sit.first % board.a_day * grid
    return Sitting(
        exercise=problem.exercises[sit.exercise].id,
        day=board.day(sit.first),
        begins=begins,
        ends=begins + sit.length * grid,
        room=problem.rooms[sit.room].id,
        candidates=tuple(sorted(people[who].id for who in sit.members)),
        assessors=tuple(sorted(problem.assessors[one].id for one in sit.staff)),
        interpreters=tuple(
            sorted((people[who].id, problem.assessors[one].id) for who, one in sit.interpreters.items())
        ),
    )


@dataclass(slots=True)
class Search:
    """One search: the plan as it stands."""

    board: Board
    seed: int
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 # nosec B311  (a search, not a secret)

    def start(self) -> None:
        """The plan in force as far as it holds; then everybody once, the hardest first."""
        if self.board.problem.published:
            stand(self.board, self.seed)
        self.fill(range(len(self.board.seats)))
        share_out(self.board)

    def fill(self, people: Sequence[int]) -> None:
        for who in sorted(people, key=self.hard):
            if not self.board.seated(who):
                seat(self.board, who)

    def hard(self, who: int) -> tuple[int, int, int]:
        """Fewest ways first."""
        board, candidate = self.board, self.board.problem.candidates[who]
        asked = board.asked[who]
        few = min((len(board.fits(who, one)) * len(board.rooms(who, one)) for one in asked), default=0)
        special = bool(candidate.interpreter) + bool(candidate.language) + bool(candidate.away)
        return -special, few, -sum(board.length(who, one) for one in asked)

    def left(self) -> list[int]:
        return [who for who in range(len(self.board.seats)) if not self.board.seated(who)]

    def go_on(self, seconds: float | None, rounds: int | None, tell: Tell) -> int:
        """Piece after piece until the time is over. How many there were."""
        began, done, now = time.process_time(), 0, cost(self.board)
        while rounds is None or done < rounds:
            spent = time.process_time() - began
            if (seconds is not None and spent >= seconds) or not self.board.seats:
                break
            if not tell(Progress(done, spent, now, len(self.left()))):
                break
            now = self.improve(now, done)
            done += 1
        self.fill(self.left())
        share_out(self.board)
        return done

    def improve(self, now: int, done: int) -> int:
        """Some people anew; what it costs after. Kept when it costs no more."""
        if done % (2 if self.left() else EXACTLY) == 1:
            return self.exactly(now, done)
        people, day = self.draw(CROWD)
        before = standing(self.board, people)
        self.board.lift(people)
        self.chance.shuffle(people)
        for who in people:
            self.anew(who, day)
        after = cost(self.board)
        if after > now:
            self.board.lift(people)
            restore(self.board, before)
            return now
        return after

    def exactly(self, now: int, done: int) -> int:
        people, day = self.draw(PEOPLE)
        piece = Piece(self.board, people, day)
        if not piece.solve(self.seed + done, EFFORT):
            return now
        after = cost(self.board)
        if after > now:
            piece.undo()
            return now
        return after

    def anew(self, who: int, day: int) -> None:
        """The candidate where they wait least, beginning at one of a few times of the day."""
        a_day = self.board.a_day
        whole = self.board.house[day]
        opens, closes = (whole & -whole).bit_length() - 1 - day * a_day, whole.bit_length() - day * a_day
        begins = [opens, *(self.chance.randrange(opens, closes) for _ in range(LATER))]
        if not seat(self.board, who, days=[day], begins=begins, late=0):
            seat(self.board, who)

    def draw(self, so_many: int) -> tuple[list[int], int]:
        """Somebody with no day, or somebody who waits long, and others of the same day."""
        board, left = self.board, self.left()
        day = self.chance.randrange(len(board.house))
        there = [
            who for who in range(len(board.seats))
            if board.seated(who) and board.day(next(iter(board.seats[who].values())).first) == day
        ]  # fmt: skip
        there.sort(key=lambda who: (-waited(board, who), who))
        some = [self.chance.choice(left)] if left else there[: self.chance.randrange(3)]
        rest = [who for who in there if who not in some]
        return [*some, *self.chance.sample(rest, min(so_many - len(some), len(rest)))], day
