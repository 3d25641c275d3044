"""Where some candidates are, remembered to be put back."""

from collections import defaultdict
from collections.abc import Sequence

from planner.selection.board import Board, Sit

Before = dict[int, dict[int, tuple[Sit, int | None]]]


def standing(board: Board, people: Sequence[int]) -> Before:
    """Where these people sit what, and who interprets."""
    return {
        who: {exercise: (sit, sit.interpreters.get(who)) for exercise, sit in board.seats[who].items()}
        for who in people
    }


def restore(board: Board, before: Before) -> None:
    """Everybody back where they were; sittings that fell stand again as they stood."""
    fallen: dict[Sit, list[int]] = defaultdict(list)
    for who, sits in before.items():
        for exercise, (sit, _) in sits.items():
            if sit in board.sits:
                sit.members.append(who)
                board.seats[who][exercise] = sit
            else:
                fallen[sit].append(who)
    for sit, people in fallen.items():
        sit.members[:] = people
        board.stand(sit)
    for who, sits in before.items():
        for exercise, (_, staff) in sits.items():
            if staff is not None:
                board.interpret(who, board.seats[who][exercise], staff)
