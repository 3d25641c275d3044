"""A plan in force laid on the board of a year that has changed: which places stand, and which cannot."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from planner.training.board import NOBODY, Board, Ints, lay_out, surge_session
from planner.training.greedy import Ledger
from planner.training.plan import Held, Place, Plan
from planner.training.problem import Problem, ProblemError

LOST = "the class is not held"
CLOSED = "the site is closed"
AWAY = "away on a day of the class"
PATTERN = "the class no longer fits their duties or what they need"
TEAM = "the team would fall below its minimum"
TRAINERS = "no trainer or room is left for the class"
FIRST = "what comes first has lost its place"


@dataclass(frozen=True)
class Broken:
    """A place of the plan in force that breaks a rule now, and which (a code)."""

    demand: int
    place: Place
    why: str


@dataclass(frozen=True)
class Standing:
    """What is left of the plan in force. `home` and `kept` are by demand a session or NOBODY: where they were
    and where they still are; those who `hang` are kept only if what comes first finds a place again.
    `withdrawn` had to go; `begun` break a rule too, but their class has begun. Those `told` know
    their place."""

    board: Board
    home: Ints
    kept: Ints
    hang: frozenset[int]
    withdrawn: tuple[Broken, ...]
    begun: tuple[Broken, ...]
    told: frozenset[int] = frozenset()


def number_of(problem: Problem) -> dict[tuple[int, int | None, int | None], int]:
    """The demand of an officer for a requirement or a module."""
    return {(one.officer, one.requirement, one.module): at for at, one in enumerate(problem.demands)}


def stand(
    problem: Problem, plan: Plan, *, today: int, lost: Collection[int] = (), told: Collection[int] = ()
) -> Standing:
    """Lay the plan on an empty board of the year as it is now. `lost` are ids of classes of the plan that are
    not held whatever the year allows, `told` the demands of those who know their place: they lose it last.
    Classes with a day up to `today` have begun and are left alone. ProblemError when the plan gives a place
    that nobody asked for."""
    board = lay_out(problem)
    return _Reading(problem, board, plan, today, frozenset(lost), frozenset(told)).standing()


class _Reading:
    def __init__(
        self, problem: Problem, board: Board, plan: Plan, today: int, lost: frozenset[int],
        those_told: frozenset[int],
    ) -> None:  # fmt: skip
        self.problem, self.board, self.plan, self.today = problem, board, plan, today
        self.those_told = those_told
        self.held = {one.id: one for one in plan.classes}
        self.session = {
            number: session
            for number, session in sessions_of(problem, plan.classes).items()
            if number not in lost
        }
        self.place: dict[int, Place] = {}
        self.why: dict[int, str] = {}  # demand: what it breaks
        numbers = number_of(problem)
        for place in plan.places:
            demand = numbers.get((place.officer, place.requirement, place.module))
            if demand is None or place.held not in self.held:
                raise ProblemError(f"The plan gives officer {place.officer} a place nobody asked for.")
            self.place[demand] = place

    def standing(self) -> Standing:
        for demand, place in self.place.items():
            why = self._broken(demand, self.held[place.held])
            if why:
                self.why[demand] = why
        self._close_classes()
        self._keep_teams()
        hang = self._hanging()
        begun = {demand for demand in self.why if self._has_begun(demand)}
        home = np.full(len(self.board.place), NOBODY, np.int32)
        kept = home.copy()
        for demand, place in self.place.items():
            home[demand] = self.session.get(place.held, NOBODY)
            if demand not in self.why or demand in begun:
                kept[demand] = home[demand]
        for demand in hang:
            self.why[demand] = FIRST

        def told(those: set[int] | frozenset[int]) -> tuple[Broken, ...]:
            return tuple(Broken(one, self.place[one], self.why[one]) for one in sorted(those))

        wide = roomy(self.board, kept)
        return Standing(wide, home, kept, hang, told(set(self.why) - begun), told(begun), self.those_told)

    def _has_begun(self, demand: int) -> bool:
        held = self.held[self.place[demand].held]
        return held.days[0] <= self.today and held.id in self.session

    def _broken(self, demand: int, held: Held) -> str | None:
        """What a place breaks by itself, whoever else has one."""
        problem, board = self.problem, self.board
        if held.id not in self.session:
            return LOST
        if not problem.sites[held.site].closed.isdisjoint(held.days):
            return CLOSED
        if not problem.officers[problem.demands[demand].officer].absent.isdisjoint(held.days):
            return AWAY
        row = board.pattern[board.team[demand]] * board.daysets + board.dayset[self.session[held.id]]
        if board.held_at[row] == board.held_at[row + 1]:
            return PATTERN
        options = board.options[board.options_at[demand] : board.options_at[demand + 1]]
        cells = board.team[demand] * board.horizon + board.lost[board.lost_at[row] : board.lost_at[row + 1]]
        if self.session[held.id] not in options:
            return TEAM if (board.slack[0, cells] <= 0).any() else PATTERN
        return None

    def _close_classes(self) -> None:
        """Close the thinnest classes of the surge where trainers or rooms are too few now."""
        members: dict[int, list[int]] = defaultdict(list)
        for demand, place in self.place.items():
            if demand not in self.why:
                members[place.held].append(demand)
        for course in [one for one in members if self.held[one].module is None]:
            members[course].sort(key=lambda one: one not in self.those_told)
            for demand in members[course][int(self.board.size[self.session[course]]) :]:
                self.why[demand] = TRAINERS
        surge = {one: len(those) for one, those in members.items() if self.held[one].module is not None}
        thin = sorted(surge, key=lambda one: (self.held[one].days[0] <= self.today, surge[one], one))
        for number in thin:
            if not self._too_many(number, surge):
                continue
            del surge[number]
            for demand in members[number]:
                self.why[demand] = TRAINERS

    def _too_many(self, number: int, surge: Mapping[int, int]) -> bool:
        """Whether the classes on the day of this one are more than can be taught there."""
        board, held = self.board, self.held[number]
        day, week = held.days[0], held.days[0] // 7
        people: Counter[tuple[int, int]] = Counter()
        for one, count in surge.items():
            if self.held[one].days[0] // 7 == week:
                people[self.session[one], self.held[one].days[0]] += count
        classes = {key: -(-count // self.problem.surge.size) for key, count in people.items()}
        each = board.class_trainers
        on_day = sum(count for (_, that), count in classes.items() if that == day)
        here = sum(
            count
            for (session, that), count in classes.items()
            if that == day and board.site[session] == held.site
        )
        slot = int(board.slot[self.session[number]])
        return bool(
            on_day * each > board.day_trainers[slot]
            or sum(classes.values()) * each > board.week_trainers[week]
            or here > board.rooms[held.site]
        )

    def _keep_teams(self) -> None:
        """Withdraw people until every team keeps its minimum: those stay whose class has begun, then those
        who were told, then those who cost the fewest duties, then those who could hardly go at another
        time."""
        board, ledger = self.board, Ledger(self.board)

        def firm(demand: int) -> tuple[bool, bool, int, int, int]:
            row = board.pattern[board.team[demand]] * board.daysets
            row += board.dayset[self.session[self.place[demand].held]]
            choice = int(board.options_at[demand + 1] - board.options_at[demand])
            return (
                not self._has_begun(demand),
                demand not in self.those_told,
                int(board.lost_at[row + 1] - board.lost_at[row]),
                choice,
                demand,
            )

        in_session = [one for one in self.place if self.place[one].held in self.session]
        for demand in sorted(in_session, key=firm):
            session = self.session[self.place[demand].held]
            if self._has_begun(demand):
                ledger.charge(demand, session)
            elif demand not in self.why and not ledger.put(demand, session):
                self.why[demand] = TEAM

    def _hanging(self) -> frozenset[int]:
        """Those kept whose place hangs on something that comes first and has lost its own."""
        found: set[int] = set()
        for demand in sorted(self.place, key=lambda one: self.held[self.place[one].held].days):
            first = int(self.board.after[demand])
            loose = first in found or (first in self.why and not self._has_begun(first))
            if first != NOBODY and loose and demand not in self.why and not self._has_begun(demand):
                found.add(demand)
        return frozenset(found)


def sessions_of(problem: Problem, classes: Collection[Held]) -> dict[int, int]:
    """For each class that can still be held its session: the run of the same course, days and site, if
    possible with the same trainers; in the surge the module at the site on the day."""
    runs: dict[object, list[int]] = defaultdict(list)
    for number, run in enumerate(problem.runs):
        runs[run.course, run.days, run.site].append(number)
    slots = {day: slot for slot, day in enumerate(problem.surge.days)}
    found: dict[int, int] = {}
    for held in classes:
        if held.module is not None and held.days[0] in slots:
            found[held.id] = surge_session(problem, held.module, held.site, slots[held.days[0]])
    courses = [held for held in classes if held.module is None]
    for same_trainers in (True, False):
        for held in courses:
            like = runs[held.course, held.days, held.site]
            for number in like if held.id not in found else ():
                if not same_trainers or problem.runs[number].trainers == held.trainers:
                    found[held.id] = number
                    like.remove(number)
                    break
    return found


def roomy(board: Board, places: Ints) -> Board:
    """The board with room for everybody in `places`, though they are more than the limits of today."""
    placed = np.flatnonzero(places != NOBODY)
    rows = board.pattern[board.team[placed]] * board.daysets + board.dayset[places[placed]]
    used = np.zeros(board.slack.shape[1], np.int32)
    for demand, row in zip(placed.tolist(), rows.tolist(), strict=True):
        days = board.lost[board.lost_at[row] : board.lost_at[row + 1]]
        used[board.team[demand] * board.horizon + days] += 1
    seats = int(np.bincount(places[placed]).max(initial=0)) if len(placed) else 0
    return board._replace(
        missing=np.zeros((len(used), max(board.missing.shape[1], int(used.max(initial=0)))), np.int32),
        people=np.zeros((len(board.people), max(board.people.shape[1], seats)), np.int32),
    )
