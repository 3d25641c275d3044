"""The problem as integer arrays: what every search reads, and the places as they stand.

A *session* is something people can be put on: a run of a course (numbered as in the problem), or a module of
the surge at a site on a day. A *demand* is a place somebody needs. A *cell* is a team on a day,
`team * horizon + day`. Three *kinds* of slack are kept: of everybody, of sergeants, of Taser-trained.
"""

import math
from collections import defaultdict
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planner.training.patterns import cost
from planner.training.problem import MODULES, Problem, Run

Ints = npt.NDArray[np.int32]
NOBODY = -1
NEVER = 1 << 62  # the round until which somebody rests who is not to be moved at all
EVERYBODY, SERGEANTS, TASER = range(3)
ROOMY = 10_000  # the slack of a kind where no duty asks for it


class Board(NamedTuple):
    """Lists of different length lie one after the other in one array; `x_at[i]:x_at[i + 1]` is the i-th.

    Of demands: `officer`, `team`, `skill` (1 sergeant, 2 Taser, 3 both), `after`, `wait`, `later` (those that
    come after it), `options` (sessions it could be in). Of sessions: `first`, `last`, `size` of a class,
    `dayset`, `site`, `slot` (the place of its day among the surge's; -1 for a run). `lost` and `held` are by
    `pattern * daysets + dayset`. Then what is limited, and how things stand.
    """

    horizon: int
    daysets: int
    runs: int
    class_trainers: int
    officer: Ints
    team: Ints
    skill: Ints
    after: Ints
    wait: Ints
    later_at: Ints
    later: Ints
    options_at: Ints
    options: Ints
    minutes: Ints  # team, site
    pattern: Ints  # team
    first: Ints
    last: Ints
    size: Ints
    dayset: Ints
    site: Ints
    slot: Ints
    week: Ints  # of each slot
    lost_at: Ints
    lost: Ints
    held_at: Ints
    held: Ints
    day_trainers: Ints  # slot
    week_trainers: Ints  # week
    rooms: Ints  # site
    # how things stand
    slack: Ints  # kind, cell: what is left
    place: Ints  # demand: its session or NOBODY
    busy: Ints  # officer, day: the demand that holds the day or NOBODY
    missing: Ints  # cell, place: the demands that take a duty from it
    missed: Ints  # cell: how many
    people: Ints  # session, place: the demands in it
    filled: Ints  # session: how many
    day_used: Ints
    week_used: Ints
    room_used: Ints  # site, slot


class _Lists:
    """Lists of numbers laid one after the other."""

    def __init__(self) -> None:
        self.at = [0]
        self.parts: list[npt.NDArray[np.int32]] = []

    def add(self, numbers: object) -> None:
        part = np.asarray(numbers, dtype=np.int32)
        self.parts.append(part)
        self.at.append(self.at[-1] + len(part))

    def arrays(self) -> tuple[Ints, Ints]:
        joined = np.concatenate(self.parts) if self.parts else np.zeros(0, np.int32)
        return np.array(self.at, np.int32), joined.astype(np.int32)


def lay_out(problem: Problem) -> Board:
    """An empty board of the problem: nobody is placed yet."""
    sets, set_of = _day_sets(problem)
    patterns = sorted({(team.kind, team.duty) for team in problem.teams})
    pattern = np.array([patterns.index((team.kind, team.duty)) for team in problem.teams], np.int32)
    lost, held, allowed = _Lists(), _Lists(), np.zeros((len(patterns), len(sets)), bool)
    for row, (kind, duty) in enumerate(patterns):
        for number, days in enumerate(sets):
            price = cost(duty, kind, days, problem.rested)
            allowed[row, number] = price is not None
            lost.add(price.lost if price else ())
            held.add(price.held if price else ())
    slack = _slack(problem)
    lost_at, lost_days = lost.arrays()
    held_at, held_days = held.arrays()
    open_to = allowed[pattern]
    for team in range(len(problem.teams)):
        above = int(pattern[team]) * len(sets)
        for number in np.flatnonzero(open_to[team]).tolist():
            cells = team * problem.horizon + lost_days[lost_at[above + number] : lost_at[above + number + 1]]
            open_to[team, number] = slack[EVERYBODY, cells].min() > 0
    sessions = _sessions(problem, set_of)
    options_at, options = _options(problem, open_to, sessions)
    later_at, later = _later(problem)
    demands, surge, slots = problem.demands, problem.surge, max(1, len(problem.surge.days))
    rooms = _ints([site.surge_rooms for site in problem.sites])
    people_most = max([int(sessions["size"].max(initial=1)), surge.size * int(rooms.max(initial=1))])
    after = [NOBODY if demand.after is None else demand.after for demand in demands]
    teams = [problem.officers[demand.officer].team for demand in demands]
    skill = [_skill(problem, demand.officer) for demand in demands]
    return Board(
        problem.horizon, len(sets), len(problem.runs), surge.class_trainers,
        _ints([demand.officer for demand in demands]), _ints(teams), _ints(skill), _ints(after),
        _ints([demand.wait for demand in demands]), later_at, later, options_at, options,
        np.rint(np.array([problem.travel[team.station] for team in problem.teams])).astype(np.int32), pattern,
        sessions["first"], sessions["last"], sessions["size"], sessions["dayset"], sessions["site"],
        sessions["slot"], _ints([day // 7 for day in surge.days] or [0]),
        lost_at, lost_days, held_at, held_days, *_trainers(problem), rooms,
        slack, np.full(len(demands), NOBODY, np.int32),
        np.full((len(problem.officers), problem.horizon), NOBODY, np.int32),
        np.zeros((slack.shape[1], max(1, int(slack[EVERYBODY].max(initial=0)))), np.int32),
        np.zeros(slack.shape[1], np.int32), np.zeros((len(sessions["size"]), people_most), np.int32),
        np.zeros(len(sessions["size"]), np.int32), np.zeros(slots, np.int32),
        np.zeros(problem.horizon // 7 + 1, np.int32), np.zeros((len(problem.sites), slots), np.int32),
    )  # fmt: skip


def surge_session(problem: Problem, module: int, site: int, slot: int) -> int:
    """The number of the session of a module at a site on the slot-th day of the surge."""
    return len(problem.runs) + (module * len(problem.sites) + site) * len(problem.surge.days) + slot


def days_of(problem: Problem, session: int) -> tuple[int, ...]:
    """The days of a session."""
    if session < len(problem.runs):
        return problem.runs[session].days
    return (problem.surge.days[(session - len(problem.runs)) % len(problem.surge.days)],)


def module_of(problem: Problem, session: int) -> int:
    """Which module a session of the surge teaches."""
    return (session - len(problem.runs)) // (len(problem.sites) * len(problem.surge.days))


def _ints(numbers: list[int]) -> Ints:
    return np.array(numbers, np.int32)


def _skill(problem: Problem, officer: int) -> int:
    one = problem.officers[officer]
    return int(one.sergeant) + 2 * int(one.taser)


def _day_sets(problem: Problem) -> tuple[list[tuple[int, ...]], dict[tuple[int, ...], int]]:
    sets = sorted({run.days for run in problem.runs} | {(day,) for day in problem.surge.days})
    return sets, {days: number for number, days in enumerate(sets)}


def _sessions(problem: Problem, set_of: dict[tuple[int, ...], int]) -> dict[str, Ints]:
    rows = [
        (run.days[0], run.days[-1], _seats(problem, run), set_of[run.days], run.site, NOBODY)
        for run in problem.runs
    ]
    rows += [
        (day, day, problem.surge.size, set_of[(day,)], site.id, slot)
        for _ in range(MODULES)
        for site in problem.sites
        for slot, day in enumerate(problem.surge.days)
    ]
    table = np.array(rows, np.int32).reshape(-1, 6)
    names = ("first", "last", "size", "dayset", "site", "slot")
    return {name: np.ascontiguousarray(table[:, column]) for column, name in enumerate(names)}


def _seats(problem: Problem, run: Run) -> int:
    return problem.courses[run.course].size if run.seats is None else run.seats


def _slack(problem: Problem) -> Ints:
    """How many of each kind may be missing from each team on each day, before anybody trains."""
    slack = np.full((3, len(problem.teams) * problem.horizon), ROOMY, np.int32)
    slack[EVERYBODY] = np.array([team.slack for team in problem.teams], np.int32).reshape(-1)
    for kind, has in ((SERGEANTS, "sergeant"), (TASER, "taser")):
        members = defaultdict(list)
        for officer in problem.officers:
            if getattr(officer, has):
                members[officer.team].append(officer)
        for team, those in members.items():
            stay = 1 if kind == SERGEANTS else math.ceil(len(those) / 2)
            away = np.zeros(problem.horizon, np.int32)
            for officer in those:
                away[list(officer.absent)] += 1
            start = team * problem.horizon
            slack[kind, start : start + problem.horizon] = np.maximum(0, len(those) - away - stay)
    return slack


def _options(
    problem: Problem, open_to: npt.NDArray[np.bool_], sessions: dict[str, Ints]
) -> tuple[Ints, Ints]:
    """For each demand the sessions that its window, the officer's absences and the pattern allow."""
    away = np.zeros((len(problem.officers), problem.horizon), bool)
    for officer in problem.officers:
        away[officer.id, list(officer.absent)] = True
    team_of = np.array([officer.team for officer in problem.officers], np.int32)
    there = np.empty((len(problem.officers), len(problem.runs)), bool)
    for number, run in enumerate(problem.runs):
        there[:, number] = ~away[:, list(run.days)].any(axis=1) & open_to[team_of, sessions["dayset"][number]]
        there[:, number] &= problem.sites[run.site].closed.isdisjoint(run.days)
    by_course = {
        course.id: np.array([k for k, run in enumerate(problem.runs) if run.course == course.id], np.int32)
        for course in problem.courses
    }
    found, slots = _Lists(), np.arange(len(problem.surge.days))
    surge_sets = sessions["dayset"][len(problem.runs) :][: len(slots)]
    surge_days = np.array(problem.surge.days, np.int32)
    held = np.array([[day not in site.closed for day in problem.surge.days] for site in problem.sites], bool)
    for demand in problem.demands:
        if demand.requirement is not None:
            need = problem.requirements[demand.requirement]
            runs = by_course[need.course]
            in_time = (sessions["first"][runs] >= need.release) & (sessions["last"][runs] <= need.due)
            found.add(runs[in_time & there[demand.officer, runs]])
            continue
        team = problem.officers[demand.officer].team
        free = slots[open_to[team, surge_sets] & ~away[demand.officer, surge_days]]
        start = surge_session(problem, demand.module or 0, 0, 0)
        near = np.array(problem.near[problem.teams[team].station])
        at = start + near[:, None] * len(slots) + free[None, :]
        found.add(at[held[near[:, None], free[None, :]]])
    return found.arrays()


def _later(problem: Problem) -> tuple[Ints, Ints]:
    after = defaultdict(list)
    for number, demand in enumerate(problem.demands):
        if demand.after is not None:
            after[demand.after].append(number)
    found = _Lists()
    for number in range(len(problem.demands)):
        found.add(after[number])
    return found.arrays()


def _trainers(problem: Problem) -> tuple[Ints, Ints]:
    """Trainers of the surge there on each of its days, and the days they can give in each week."""
    days = problem.surge.days
    by_day = [sum(day not in one.absent for one in problem.surge.trainers) for day in days]
    by_week = [0] * (problem.horizon // 7 + 1)
    for one in problem.surge.trainers:
        there: dict[int, int] = defaultdict(int)
        for day in days:
            there[day // 7] += day not in one.absent
        for week, count in there.items():
            by_week[week] += min(one.days_a_week, count)
    return _ints(by_day or [0]), _ints(by_week)
