"""Why somebody has no day: the exercise it fails on and the first rule that says no, in a sentence."""

from planner.selection.board import Board
from planner.selection.plan import Unseated
from planner.selection.problem import Problem

AWAY, ASSESSOR, ROOM, INTERPRETER, LONG, FULL = "away", "assessor", "room", "interpreter", "long", "full"


def unseated(board: Board, people: list[int]) -> tuple[Unseated, ...]:
    """Everybody who has no day, with the reason; the board has none of them on it."""
    if not people:
        return ()
    empty = Board(board.problem)
    return tuple(why(board, empty, who) for who in people)


def why(board: Board, empty: Board, who: int) -> Unseated:
    """The first exercise that could not be even in an empty house; else the fullest of this one."""
    for exercise in board.asked[who]:
        found = never(empty, who, exercise)
        if found is not None:
            return _said(board.problem, who, exercise, *found)
    return _said(board.problem, who, *crowded(board, who))


def _said(problem: Problem, who: int, exercise: int, rule: str, reason: str) -> Unseated:
    return Unseated(problem.candidates[who].id, problem.exercises[exercise].id, rule, reason)


def never(empty: Board, who: int, exercise: int) -> tuple[str, str] | None:
    """Why this candidate could not sit this exercise if nobody else came."""
    problem, candidate = empty.problem, empty.problem.candidates[who]
    asked, length = problem.exercises[exercise], empty.length(who, exercise)
    held = length + empty.hold(exercise)
    if not empty.own_starts(who, exercise, length):
        return AWAY, f"{candidate.id} is at no time there for the {length * problem.grid} minutes it takes."
    rooms = empty.rooms(who, exercise)
    if not rooms:
        kind = f"of the kind “{asked.room}” " if asked.room else ""
        free = "step-free and " if candidate.step_free else ""
        return ROOM, f"No room {kind}is {free}large enough for {_people(candidate.places)}."
    if not empty.room_starts(who, exercise, held):
        return ROOM, "No room that would do is open long enough."
    if not empty.enough_staff(who, exercise, held):
        return ASSESSOR, assessors(empty, who, exercise)
    if candidate.interpreter and not empty.some_interpreter(who, length):
        return INTERPRETER, f"Nobody who interprets {candidate.interpreter} is there long enough."
    if not empty.new_starts(who, exercise):
        return LONG, "Room, assessors and candidate are never free together."
    return None


def _people(places: int) -> str:
    return "one person" if places == 1 else f"{places} people"


def assessors(board: Board, who: int, exercise: int) -> str:
    """How many assessors each rule keeps away."""
    problem, candidate = board.problem, board.problem.candidates[who]
    asked = problem.exercises[exercise]
    counts = {"are not trained for it": 0, "know the candidate": 0, "are not there long enough": 0}
    speak = f"do not speak {candidate.language}"
    if candidate.language:
        counts[speak] = 0
    held = board.length(who, exercise) + board.hold(exercise)
    for number, one in enumerate(problem.assessors):
        if not board.trained[number][exercise]:
            counts["are not trained for it"] += 1
        elif candidate.id in one.conflicts:
            counts["know the candidate"] += 1
        elif candidate.language not in {"", *one.languages}:
            counts[speak] += 1
        elif not board.staff_starts(number, exercise, held):
            counts["are not there long enough"] += 1
    said = "; ".join(f"{times} {rule}" for rule, times in counts.items() if times)
    needed = "one is needed" if asked.assessors == 1 else f"{asked.assessors} are needed"
    return f"Of {len(problem.assessors)} assessors {said or 'none keeps away'}; {needed}."


def crowded(board: Board, who: int) -> tuple[int, str, str]:
    """The exercise with the fewest times left, and what there is too little of."""
    left = {
        one: len(board.new_start_list(who, one)) + sum(1 for _ in board.joins(who, one))
        for one in board.asked[who]
    }
    exercise = min(left, key=lambda one: (left[one], one))
    if left[exercise]:
        return exercise, FULL, "Each exercise still has times, but no day has times for all of them."
    length = board.length(who, exercise)
    held = length + board.hold(exercise)
    mine = board.own_starts(who, exercise, length)
    if not mine & board.room_starts(who, exercise, held):
        return exercise, FULL, "Every room that would do is taken whenever the candidate is there."
    if not mine & board.enough_staff(who, exercise, held):
        return exercise, FULL, "Too few assessors who would do are free whenever the candidate is there."
    return exercise, FULL, "Rooms, assessors and interpreters are never free together."
