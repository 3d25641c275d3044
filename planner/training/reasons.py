"""Why somebody was left out: each session is tried, and what stands in the way is counted.

What no plan can cure (another date or another rule is needed) is kept apart from what this plan used up.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from planner.training.board import EVERYBODY, NOBODY, SERGEANTS, TASER, Board
from planner.training.patterns import cost
from planner.training.plan import Unplaced
from planner.training.problem import Demand, Problem

NO_RUN = "no run in the window"
PATTERN = "no run fits the shift pattern"
AWAY = "leave or court on every run"
MINIMUM = "the team is at its minimum on every run"
CLOSED = "the site is closed on every run"
FIRST = "what must come first has no place, or comes too late"
OWN = "other training of their own is in the way"
SKILL = "the team needs its sergeants or Taser-trained officers"
TEAM = "team slack used by other training"
FULL = "every run is full"
CLASSES = "no trainer or room for another class"
# the nearer to the end, the nearer the officer came to a place
ORDER = (NO_RUN, CLOSED, PATTERN, AWAY, MINIMUM, FIRST, SKILL, TEAM, OWN, CLASSES, FULL)
INCURABLE = frozenset({NO_RUN, CLOSED, PATTERN, AWAY, MINIMUM})


def reasons(problem: Problem, board: Board) -> tuple[Unplaced, ...]:
    """A reason for every demand without a place, in the order of the demands."""
    runs = defaultdict(list)
    for number, run in enumerate(problem.runs):
        runs[run.course].append(number)
    found = []
    for number in (board.place == NOBODY).nonzero()[0].tolist():
        demand = problem.demands[number]
        causes = _fixed(problem, demand, runs) if _nowhere(board, number) else _of_the_plan(board, number)
        reason = max(causes, key=ORDER.index) if causes else NO_RUN
        told = tuple(sorted(causes.items(), key=lambda cause: (-cause[1], cause[0])))
        found.append(Unplaced(demand.officer, demand.requirement, demand.module, reason, told))
    return tuple(found)


def _nowhere(board: Board, demand: int) -> bool:
    return bool(board.options_at[demand] == board.options_at[demand + 1])


def _fixed(problem: Problem, demand: Demand, runs: dict[int, list[int]]) -> Counter[str]:
    """Why no session was ever open to them."""
    officer = problem.officers[demand.officer]
    team = problem.teams[officer.team]
    causes: Counter[str] = Counter()
    for days, sites in _asked(problem, demand, runs):
        if all(not problem.sites[site].closed.isdisjoint(days) for site in sites):
            causes[CLOSED] += 1
        elif cost(team.duty, team.kind, days, problem.rested) is None:
            causes[PATTERN] += 1
        elif not officer.absent.isdisjoint(days):
            causes[AWAY] += 1
        else:
            causes[MINIMUM] += 1
    return causes


def _asked(
    problem: Problem, demand: Demand, runs: dict[int, list[int]]
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The days on which what is needed is held within the window, each with the sites it may be at."""
    if demand.requirement is None:
        near = problem.near[problem.teams[problem.officers[demand.officer].team].station]
        yield from (((day,), near) for day in problem.surge.days)
        return
    need = problem.requirements[demand.requirement]
    for run in (problem.runs[number] for number in runs[need.course]):
        if need.release <= run.days[0] and run.days[-1] <= need.due:
            yield run.days, (run.site,)


def _of_the_plan(board: Board, demand: int) -> Counter[str]:
    """What this plan used that they would have needed, session by session."""
    options = board.options[board.options_at[demand] : board.options_at[demand + 1]]
    return Counter(_cause(board, demand, session) for session in options.tolist())


def _cause(board: Board, demand: int, session: int) -> str:
    first = board.after[demand]
    if first != NOBODY and (
        board.place[first] == NOBODY
        or board.first[session] < board.last[board.place[first]] + board.wait[demand]
    ):
        return FIRST
    row = board.pattern[board.team[demand]] * board.daysets + board.dayset[session]
    cells = board.team[demand] * board.horizon + board.lost[board.lost_at[row] : board.lost_at[row + 1]]
    if (board.slack[EVERYBODY, cells] <= 0).any():
        return TEAM
    for kind in (SERGEANTS, TASER):
        if board.skill[demand] & kind and (board.slack[kind, cells] <= 0).any():
            return SKILL
    held = board.held[board.held_at[row] : board.held_at[row + 1]]
    if (board.busy[board.officer[demand], held] != NOBODY).any():
        return OWN
    return FULL if board.slot[session] < 0 else CLASSES
