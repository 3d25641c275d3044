"""A plan in force mended after changes: how few are moved against what it costs, as a curve to choose from.

Everybody who can stay where they are is put back there. Whoever cannot is inserted at the least cost with
nobody else moved: the first point of the curve. Then the same search as for plans goes on from there, near
those to whom something happened; each passenger on another run than before costs `keep` pounds, each fetched
more than five minutes off a quarter of it, each run with another type of vehicle twice. With every lower
`keep` it goes on from the point before, so that the points cost less and less and move more and more."""

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from planner.transport.board import LONGEST, NOBODY
from planner.transport.changes import DRIVER_AWAY, MOVED_HOUSE, Changed
from planner.transport.entering import is_run
from planner.transport.ground import GROUP, WAS, WAS_AT, Ground, Wide, lay_out
from planner.transport.plan import PICKUP, SETDOWN, Plan
from planner.transport.problem import AFTERNOON, ProblemError
from planner.transport.reasons import without_hope
from planner.transport.searching import COLD, Search
from planner.transport.standing import Standing, plan_of, standings
from planner.transport.timing import FIVE_MINUTES

KEEPS = (20.0, 5.0, 1.0, 0.0)  # pounds for each passenger on another run
SHIFTING, RETYPING = 0.25, 2.0
WARM = 1.0  # pounds: the heat a point begins with
ROUNDS_EACH, MOST_ROUNDS = 250, 12_000  # for each change, and in all, for a point
AROUND = 40  # near passengers that may be moved for each to whom something happened
STEPS = 10  # of cooling
RUN_OFF = 6  # changes that a run which cannot go out counts for
CHEAPER = "it saves more than moving them costs"
NEW = "they had no run"


@dataclass(frozen=True)
class Moved:
    """Somebody on another run than before; None is none, `why` is what happened to them or what it is for."""

    passenger: int
    before: int | None
    after: int | None
    why: str


@dataclass(frozen=True)
class Shifted:
    """Somebody on the run they were on, at home's door so many seconds later (below nought: earlier)."""

    passenger: int
    seconds: int


@dataclass(frozen=True)
class Point:
    """One plan of the curve. `keep` is None where nobody else was moved. `was` is, for each run, its number
    in the plan in force, or None for a new one."""

    keep: float | None
    plan: Plan
    was: tuple[int | None, ...]
    moved: tuple[Moved, ...]
    shifted: tuple[Shifted, ...]

    @property
    def unaffected_moved(self) -> int:
        """How many were moved to whom nothing had happened."""
        return sum(one.why == CHEAPER for one in self.moved)


def repair(
    day: Changed, plan: Plan, *, keeps: Sequence[float] = KEEPS, rounds: int | None = None, seed: int = 1
) -> list[Point]:
    """The curve: nobody else moved, then one point for each of `keeps`, from dear to cheap. `rounds` of
    search for each point; by the number of changes if not given. ProblemError when the plan is not one of
    the day."""
    mending = _Mending(day, plan, seed)
    points = [mending.point(None)]
    for keep in keeps:
        mending.search_on(keep, rounds)
        points.append(mending.point(keep))
    return points


def three(points: Sequence[Point]) -> tuple[Point, ...]:
    """The three to show side by side: fewest moved, the best trade at five pounds a passenger, the cheapest;
    fewer where they are the same."""
    fewest = min(points, key=lambda one: (len(one.plan.unserved), len(one.moved), one.plan.cost))
    trade = min(points, key=lambda one: one.plan.cost + 5 * len(one.moved) + 1_000 * len(one.plan.unserved))
    cheapest = min(points, key=lambda one: one.plan.cost + 1_000 * len(one.plan.unserved))
    found: list[Point] = []
    for one in (fewest, trade, cheapest):
        if all(one.plan != other.plan for other in found):
            found.append(one)
    return tuple(found)


class _Mending:
    """The plan in force on a board, as far as it can still be driven, and the search that mends it."""

    def __init__(self, day: Changed, plan: Plan, seed: int) -> None:
        if any(not 0 <= run < len(plan.runs) for run in day.off):
            raise ProblemError("A run that cannot go out is not in the plan.")
        self.day, self.plan = day, plan
        self.hopeless = without_hope(day.problem, day.gone)
        out = frozenset(one.passenger for one in self.hopeless)
        self.asked = day.problem.without(out)
        self.names = [one.id for one in day.problem.passengers if one.id not in out]
        self.number = {old: new for new, old in enumerate(self.names)}
        self.before = runs_of(plan)
        self.ground = self._with_past(lay_out(self.asked))
        self.search = Search(self.ground, seed, shelf=1, least=len(plan.runs))
        self.search.take_over(self._still_driven())
        self.search.board = self.search.board._replace(focus=self._around())
        self.search.begin()

    def _with_past(self, ground: Ground) -> Ground:
        """The ground with where everybody was and when, and without the vehicles that are off."""
        people, fleet = ground.people.copy(), ground.fleet.copy()
        kinds = {kind.name: number for number, kind in enumerate(self.asked.kinds)}
        for number, why in self.day.off.items():
            kind = kinds[self.plan.runs[number].kind]
            group = int(ground.crews[kind, GROUP])
            fleet[group if why == DRIVER_AWAY and group >= 0 else kind] -= 1
        doors = doors_of(self.plan, self.day.problem.direction)
        for new, old in enumerate(self.names):
            if old in self.before and self.before[old] not in self.day.off:
                stays = self.asked.passengers[new].alight
                back = self.asked.direction == AFTERNOON
                people[new, WAS] = self.before[old]
                people[new, WAS_AT] = -(doors[old] + stays) if back else doors[old]
        care = (people[: len(self.names), WAS] != NOBODY).astype(np.float64)
        return ground._replace(people=people, fleet=np.maximum(0, fleet), care=care)

    def _still_driven(self) -> list[Standing]:
        """Each run of the plan in force without those who are gone or live elsewhere; without those whose
        school has other times where it cannot be driven with them, and without anybody where not even so."""
        found = []
        board, run = self.search.board, np.zeros(LONGEST, np.int64)
        elsewhere = {who for who, why in self.day.touched.items() if why == MOVED_HOUSE}
        for number, old in enumerate(standings(self.day.problem, self._as_if_at_home(elsewhere))):
            best = Standing((), old.kind)
            for missing in (elsewhere, set(self.day.touched)) if number not in self.day.off else ():
                nodes = self._renumbered(old.nodes, missing)
                run[: len(nodes)] = nodes
                if is_run(board, self.ground, run, len(nodes), old.kind):
                    best = Standing(nodes, old.kind)
                    break
            board.own[number] = old.kind if best.nodes else NOBODY
            found.append(best)
        return found

    def _as_if_at_home(self, those: Set[int]) -> Plan:
        """The plan in force with some fetched at home, who will not be fetched there anyway."""
        return replace(
            self.plan,
            runs=tuple(
                replace(
                    run, stops=tuple(replace(s, point=None) if s.passenger in those else s for s in run.stops)
                )
                for run in self.plan.runs
            ),
        )

    def _renumbered(self, nodes: Sequence[int], missing: Set[int]) -> tuple[int, ...]:
        """Nodes of the day as nodes of those who are asked for, without visits nobody needs."""
        ways, kept = self.day.problem.boardings, list[int]()
        waiting: Counter[int] = Counter()
        for v in nodes:
            if v >= len(ways):
                if waiting.pop(v - len(ways), 0):
                    kept.append(v - len(ways) + len(self.asked.boardings))
                continue
            who, point, _ = ways[v]
            if who in self.number and who not in missing:
                waiting[self.day.problem.passengers[who].place] += 1
                kept.append(self.asked.boarding_at[self.number[who], point])
        return tuple(kept)

    def _around(self) -> Wide:
        """Those without a run or to whom something happened, those who shared a run with somebody gone, and
        those near them: whoever may be moved."""
        first = set(np.flatnonzero(self.search.board.on == NOBODY).tolist())
        first |= {self.number[who] for who in self.day.touched if who in self.number}
        for run in self.plan.runs:
            if run.passengers & self.day.gone.keys():
                first |= {self.number[who] for who in run.passengers if who in self.number}
        near = {int(other) for who in first for other in self.ground.near[who, :AROUND] if other >= 0}
        return np.array(sorted(first | near) or range(len(self.names)), np.int64)

    def search_on(self, keep: float, rounds: int | None) -> None:
        """Go on from where it is with another price for moving somebody."""
        prices = [self.ground.prices[0], keep * SHIFTING, keep * RETYPING]
        self.search.ground = self.ground._replace(care=self.ground.care * keep, prices=np.array(prices))
        self.search.take_over(self.search.best_by_number)
        changes = len(self.day.gone) + len(self.day.touched) + RUN_OFF * len(self.day.off)
        most = min(MOST_ROUNDS, ROUNDS_EACH * max(1, changes)) if rounds is None else rounds
        for step in range(STEPS):
            heat = WARM * (COLD / WARM) ** (step / STEPS)
            self.search.go(max(1, most // STEPS), heat)

    def point(self, keep: float | None) -> Point:
        """The best plan seen at this price, and what differs from the one in force."""
        numbered = self.search.best_by_number
        driven = [number for number, run in enumerate(numbered) if run.nodes]
        plan = plan_of(
            self.day.problem, self.asked, self.ground, [numbered[number] for number in driven],
            self.hopeless, self.search.rounds,
        )  # fmt: skip
        there = len(self.plan.runs)
        was = tuple(None if number >= there or number in self.day.off else number for number in driven)
        after = {who: was[number] for who, number in runs_of(plan).items()}
        moved = (self._moved(who, after.get(who), who in after) for who in self.names)
        old, new = doors_of(self.plan, self.asked.direction), doors_of(plan, self.asked.direction)
        same = (who for who in self.names if who in after and self.before.get(who, NOBODY) == after[who])
        shifted = (Shifted(who, new[who] - old[who]) for who in same)
        return Point(
            keep=keep,
            plan=plan,
            was=was,
            moved=tuple(one for one in moved if one is not None),
            shifted=tuple(one for one in shifted if abs(one.seconds) > FIVE_MINUTES),
        )

    def _moved(self, who: int, after: int | None, served: bool) -> Moved | None:
        before = self.before.get(who)
        if served and before is not None and before == after:
            return None
        why = self.day.touched.get(who) or self.day.off.get(NOBODY if before is None else before)
        return Moved(who, before, after, why or (NEW if before is None else CHEAPER))


def runs_of(plan: Plan) -> dict[int, int]:
    """The number of the run of each passenger who is on one."""
    return {who: number for number, run in enumerate(plan.runs) for who in run.passengers}


def doors_of(plan: Plan, direction: str) -> dict[int, int]:
    """When each passenger is fetched at home, or set down there in the afternoon."""
    event = SETDOWN if direction == AFTERNOON else PICKUP
    return {stop.passenger: stop.time for run in plan.runs for stop in run.stops if stop.event == event}
