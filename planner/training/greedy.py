"""A first plan in seconds, as an office makes one: day by day, oldest due date and nearest station first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from planner.training.board import EVERYBODY, NOBODY, SERGEANTS, TASER, Board, surge_session
from planner.training.problem import A, B, C, Problem

FORTNIGHT = 14


class Ledger:
    """What is left of every team on every day, and of everybody's time, in plain lists."""

    def __init__(self, board: Board) -> None:
        self.slack = [board.slack[kind].tolist() for kind in (EVERYBODY, SERGEANTS, TASER)]
        self.place = [NOBODY] * len(board.place)
        self.busy: list[set[int]] = [set() for _ in range(len(board.busy))]
        self.officer, self.team = board.officer.tolist(), board.team.tolist()
        self.skill, self.horizon = board.skill.tolist(), board.horizon
        self.row = (board.pattern * board.daysets).tolist()
        self.dayset, self.last = board.dayset.tolist(), board.last.tolist()
        lost, held = board.lost.tolist(), board.held.tolist()
        self.lost = [lost[a:b] for a, b in zip(board.lost_at[:-1], board.lost_at[1:], strict=True)]
        self.held = [held[a:b] for a, b in zip(board.held_at[:-1], board.held_at[1:], strict=True)]

    def put(self, demand: int, session: int) -> bool:
        """Put the demand in unless it costs more than there is; seats are the caller's care."""
        row = self.row[self.team[demand]] + self.dayset[session]
        skill = self.skill[demand]
        if not self.busy[self.officer[demand]].isdisjoint(self.held[row]):
            return False
        start = self.team[demand] * self.horizon
        everybody, sergeants, taser = self.slack
        for day in self.lost[row]:
            cell = start + day
            if (
                everybody[cell] <= 0
                or (skill & 1 and sergeants[cell] <= 0)
                or (skill & 2 and taser[cell] <= 0)
            ):
                return False
        self.charge(demand, session)
        return True

    def charge(self, demand: int, session: int) -> None:
        """Put the demand in whatever it costs."""
        row = self.row[self.team[demand]] + self.dayset[session]
        skill, start = self.skill[demand], self.team[demand] * self.horizon
        everybody, sergeants, taser = self.slack
        for day in self.lost[row]:
            cell = start + day
            everybody[cell] -= 1
            sergeants[cell] -= skill & 1
            taser[cell] -= skill >> 1
        self.busy[self.officer[demand]].update(self.held[row])
        self.place[demand] = session


def first_plan(problem: Problem, board: Board) -> list[int]:
    """For each demand its session, or NOBODY. Nothing on the board is changed."""
    ledger = Ledger(board)
    starting, asking = _runs_by_day(problem), _askers(board, len(problem.runs))
    surge = _SurgeDays(problem, board, ledger)
    slot_of = {day: slot for slot, day in enumerate(problem.surge.days)}
    for day in sorted({*starting, *slot_of}):
        for run in starting[day]:
            _fill_run(problem, ledger, board, run, asking[run])
        if day in slot_of:
            surge.hold(day, slot_of[day])
    return ledger.place


def _runs_by_day(problem: Problem) -> dict[int, list[int]]:
    starting: dict[int, list[int]] = defaultdict(list)
    for number, run in enumerate(problem.runs):
        starting[run.days[0]].append(number)
    return starting


def _askers(board: Board, runs: int) -> list[list[int]]:
    """For each run the demands that could be in it."""
    asking: list[list[int]] = [[] for _ in range(runs)]
    options, at = board.options.tolist(), board.options_at.tolist()
    for demand in range(len(board.place)):
        if at[demand] < at[demand + 1] and options[at[demand]] < runs:
            for session in options[at[demand] : at[demand + 1]]:
                asking[session].append(demand)
    return asking


def _fill_run(problem: Problem, ledger: Ledger, board: Board, run: int, asking: Iterable[int]) -> None:
    waiting = [demand for demand in asking if ledger.place[demand] == NOBODY]
    site, first, room = problem.runs[run].site, problem.runs[run].days[0], int(board.size[run])

    def turn(demand: int) -> tuple[int, float]:
        need = problem.requirements[problem.demands[demand].requirement or 0]
        return need.due // FORTNIGHT, problem.travel[problem.teams[ledger.team[demand]].station][site]

    for demand in sorted(waiting, key=turn):
        before = problem.demands[demand].after
        if before is not None and (
            ledger.place[before] == NOBODY or ledger.last[ledger.place[before]] >= first
        ):
            continue
        room -= ledger.put(demand, run)
        if room == 0:
            return


class _SurgeDays:
    """The days of the surge, one after the other: at each site the first module anybody waits for."""

    def __init__(self, problem: Problem, board: Board, ledger: Ledger) -> None:
        self.problem, self.board, self.ledger = problem, board, ledger
        self.waiting: list[list[dict[int, None]]] = [[{} for _ in problem.teams] for _ in (A, B, C)]
        for number, demand in enumerate(problem.demands):
            if demand.module is not None and board.options_at[number] < board.options_at[number + 1]:
                self.waiting[demand.module][problem.officers[demand.officer].team][number] = None
        self.near = [self._by_journey(site.id) for site in problem.sites]
        self.week_used: dict[int, int] = defaultdict(int)

    def _by_journey(self, site: int) -> list[int]:
        """The teams that may be sent to a site, nearest first."""
        minutes = {
            team.id: self.problem.travel[team.station][site]
            for team in self.problem.teams
            if site in self.problem.near[team.station]
        }
        return sorted(minutes, key=minutes.__getitem__)

    def hold(self, day: int, slot: int) -> None:
        """The classes of one day, as many as rooms, trainers and people allow."""
        surge, left = self.problem.surge, int(self.board.day_trainers[slot])
        order = (A, C, B) if slot < len(surge.days) // 2 else (B, A, C)
        for site in self.problem.sites:
            for _ in range(0 if day in site.closed else site.surge_rooms):
                used = self.week_used[day // 7] + surge.class_trainers
                if left < surge.class_trainers or used > self.board.week_trainers[day // 7]:
                    return
                sessions = [surge_session(self.problem, module, site.id, slot) for module in order]
                if any(self._class(module, session) for module, session in zip(order, sessions, strict=True)):
                    left -= surge.class_trainers
                    self.week_used[day // 7] = used

    def _class(self, module: int, session: int) -> bool:
        chosen = list(islice(self._joining(module, session), self.problem.surge.size))
        for demand in chosen:
            del self.waiting[module][self.ledger.team[demand]][demand]
        return bool(chosen)

    def _joining(self, module: int, session: int) -> Iterator[int]:
        """Those who join, each put in as they are asked for; nearest stations first."""
        ledger, day, dayset = self.ledger, int(self.board.first[session]), self.ledger.dayset[session]
        free = ledger.slack[EVERYBODY]
        for team in self.near[int(self.board.site[session])]:
            if free[team * ledger.horizon + day] <= 0 or not ledger.lost[ledger.row[team] + dayset]:
                continue
            for demand in list(self.waiting[module][team]):
                if self._may(demand, day) and ledger.put(demand, session):
                    yield demand

    def _may(self, demand: int, day: int) -> bool:
        """Whether the officer is there, and what comes first was long enough ago."""
        asked = self.problem.demands[demand]
        if day in self.problem.officers[asked.officer].absent:
            return False
        if asked.after is None:
            return True
        before = self.ledger.place[asked.after]
        return before != NOBODY and self.ledger.last[before] + asked.wait <= day
