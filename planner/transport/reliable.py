"""A plan that holds on a slow day, too: what is for nothing first, then travel times as long as is needed.

In the morning runs leave so much earlier as the doors of schools are open; that costs nothing, and changes no
run. Where that is not enough, and in the afternoon, travel times are taken longer than they are: a tenth of
the time scouts in steps, up to those of the slow day, until few enough are late and no more are left out than
without. What is left of the time plans with that. A long search packs runs tighter than a scout does; where
too many are late after all, the next step gets half of the time that the one before had. (A margin before the
bell, `lateness.with_margin`, asks the same of short runs as of long ones, and those are late.)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from planner.transport.holding import Holding, hold
from planner.transport.lateness import lateness, paced
from planner.transport.plan import PICKUP, Plan, Run
from planner.transport.problem import AFTERNOON, Problem
from planner.transport.searching import GoOn, Progress, cpu_seconds, plan_transport

STEPS: Final = 4  # from the times as they are to those of the slow day
LEADS: Final = (0, 300, 600, 900)  # seconds
SCOUTING: Final = 0.1  # of the time


@dataclass(frozen=True)
class Scouted:
    """One pace as far as a search knows it: travel times so many times as long, pounds, the share that is
    late, how many are left out; and how many seconds earlier runs leave than they must."""

    pace: float
    cost: float
    late: float
    left_out: int
    lead: int = 0


@dataclass(frozen=True)
class Reliable:
    """The plan, with those held (see `holding`), by travel times of its pace; whether it is reliable enough.
    `scouted` are the paces that were looked at, from 1 on."""

    plan: Plan
    holding: Holding
    pace: float
    lead: int
    enough: bool
    scouted: tuple[Scouted, ...]

    @property
    def extra(self) -> float | None:
        """Pounds more than by the times as they are, as the scouts know it."""
        found = {one.pace: one.cost for one in self.scouted}
        return found[self.pace] - found[1.0] if self.pace in found else None


def leading(problem: Problem, plan: Plan, lead: int) -> Plan:
    """Every run of a morning so many seconds earlier, as far as each school that it visits is open. Whoever
    draws up its timetable anew with this `lead` of the problem comes to the same times."""
    if problem.direction == AFTERNOON or not lead:
        return plan
    return replace(plan, runs=tuple(_earlier(problem, run, lead) for run in plan.runs))


def _earlier(problem: Problem, run: Run, lead: int) -> Run:
    opens = (
        stop.time - problem.places[problem.passengers[stop.passenger].place].opens
        for stop in run.stops
        if stop.event != PICKUP
    )
    by = max(0, min(lead, *opens))
    return replace(run, stops=tuple(replace(stop, time=stop.time - by) for stop in run.stops))


@dataclass
class _Search:
    """What is searched for, and what may be used up."""

    problem: Problem
    held: Sequence[Run]
    most: float
    slow: float
    seed: int
    seconds: float | None
    rounds: int | None
    lead: int

    @property
    def paces(self) -> list[float]:
        return [round(1 + (self.slow - 1) * step / STEPS, 4) for step in range(STEPS + 1)]

    def plan(self, pace: float, share: float, tell: GoOn) -> Reliable:
        """With a share of what may be used up; runs lead by as little as is enough."""
        problem = replace(self.problem, seconds=paced(self.problem.seconds, pace))
        holding = hold(problem, self.held)
        rest = plan_transport(
            holding.rest, seed=self.seed, tell=tell,
            seconds=None if self.seconds is None else self.seconds * share,
            rounds=None if self.rounds is None else max(1, round(self.rounds * share)),
        )  # fmt: skip
        together = holding.together(rest)
        leads = (0,) if problem.direction == AFTERNOON else [one for one in LEADS if one >= self.lead]
        for lead in leads or (self.lead,):
            plan = leading(problem, together, lead)
            late = lateness(problem, plan, self.slow / pace).share
            if late <= self.most:
                break
        one = Scouted(pace, plan.cost, late, len(plan.unserved), lead)
        return Reliable(plan, holding, pace, lead, enough=False, scouted=(one,))

    def badness(self, one: Scouted, without: Scouted) -> tuple[bool, int, float, float]:
        """What is enough goes before what is not; of the first the smallest, of the others the closest."""
        more = max(0, one.left_out - without.left_out)
        if one.late <= self.most and not more:
            return False, 0, 0.0, one.pace
        return True, more, one.late, one.pace

    def is_enough(self, one: Scouted, without: Scouted) -> bool:
        return not self.badness(one, without)[0]


def plan_reliably(
    problem: Problem, *, most: float, slow: float, held: Sequence[Run] = (), lead: int = 0, seed: int = 1,
    seconds: float | None = None, rounds: int | None = None, tell: GoOn = lambda _: True,
    goes_on: Callable[[], bool] = lambda: True,
) -> Reliable:  # fmt: skip
    """Plan so that at most a share of `most` is late where legs take `slow` times as long; `held` are runs
    that stay, and leave `lead` seconds early. `tell` hears of the search, `goes_on` is asked while paces are
    scouted. The same words give the same plan where no seconds are given."""
    search = _Search(problem, held, most, slow, seed, seconds, rounds, lead)
    began = cpu_seconds()
    scouted = _scouted(search, goes_on)
    pace = min(scouted, key=lambda one: search.badness(one, scouted[0])).pace
    share = 1.0
    if seconds:
        share = max(0.5, 1 - (cpu_seconds() - began) / seconds)
    stopped = _Stopped(tell)
    found: list[Reliable] = []
    for each in (one for one in search.paces if one >= pace):
        found.append(search.plan(each, share, stopped))
        if stopped.now or search.is_enough(found[-1].scouted[0], scouted[0]):
            break
        share /= 2
    best = min(found, key=lambda each: search.badness(each.scouted[0], scouted[0]))
    enough = search.is_enough(best.scouted[0], scouted[0])
    return replace(best, enough=enough, scouted=tuple(scouted))


class _Stopped:
    """Hears whether the search was asked to end."""

    def __init__(self, tell: GoOn) -> None:
        self.tell, self.now = tell, False

    def __call__(self, far: Progress) -> bool:
        self.now = not self.tell(far) or self.now
        return not self.now


def _scouted(search: _Search, goes_on: Callable[[], bool]) -> list[Scouted]:
    """From the times as they are on, until one pace is enough."""
    found: list[Scouted] = []
    for pace in search.paces:
        found += search.plan(pace, SCOUTING / (STEPS + 1), lambda _far: goes_on()).scouted
        if search.is_enough(found[-1], found[0]) or not goes_on():
            break
    return found
