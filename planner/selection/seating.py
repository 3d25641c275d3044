"""One candidate given a day: every order of exercises that is allowed is tried on the board."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from planner.selection.board import Board, Way
from planner.selection.counting import waited

ORDERS = 120  # tried for each beginning
OPENED = 6  # ticks that a new sitting of several counts for
Steps = list[tuple[int, Way]]


def seat(
    board: Board, who: int, *, days: Sequence[int] | None = None, begins: Sequence[int] = (0,),
    wait: int = 2, late: int = 1,
) -> bool:  # fmt: skip
    """Give a candidate what they still have to sit, in the best order found, not before one of the ticks
    `begins` of a day. A tick of waiting counts as `wait`, one at which they end as `late`. False, and nothing
    is changed, where no order can be."""
    trial = _Trial(board, who, wait, late)
    todo = [one for one in board.asked[who] if one not in board.seats[who]]
    for day in range(len(board.house)) if days is None else days:
        for first in dict.fromkeys(begins):
            trial.left = ORDERS
            trial.go(todo, [], board.house[day] & (-1 << day * board.a_day + first))
    for exercise, way in trial.best:
        board.put(who, exercise, way)
    return bool(trial.best) or not todo


@dataclass(slots=True)
class _Trial:
    """The best order so far."""

    board: Board
    who: int
    wait: int
    late: int
    left: int = 0
    price: int = 0
    best: Steps = field(default_factory=list)

    def go(self, todo: Sequence[int], done: Steps, within: int) -> None:
        """What is left in every order, each put on the board and taken off again."""
        if not todo:
            self.weigh(done)
            return
        for exercise in todo:
            for way in self.board.ways(self.who, exercise, within):
                if self.left <= 0 or not self.board.put(self.who, exercise, way):
                    continue
                self.go([one for one in todo if one != exercise], [*done, (exercise, way)], within)
                self.board.take(self.who, exercise)

    def weigh(self, done: Steps) -> None:
        board, who = self.board, self.who
        self.left -= 1
        opened = sum(way.sit is None and board.problem.exercises[one].size > 1 for one, way in done)
        last = max((one.first + one.length for one in board.seats[who].values()), default=0)
        price = self.wait * waited(board, who) // board.problem.grid + OPENED * opened
        price += self.late * (last % board.a_day)
        if not self.best or price < self.price:
            self.price, self.best = price, list(done)
