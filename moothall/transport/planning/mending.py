"""A plan in force brought up to date with as little change as can be: what is on record now against what it
knows, three options of the planner, and one of them taken."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext_noop

from moothall.core.aside import PATIENCE, aside
from moothall.core.child import MADE, WRONG, Child
from moothall.people.models import Account
from moothall.transport.models import Mending, MendingOption, NoRide, OffRoad, Ride, Run, RunPlan
from moothall.transport.models.plan import called
from moothall.transport.rules import mendings as rules
from moothall.transport.rules import plan_refusals as refusals
from moothall.transport.rules.mendings import Option
from moothall.transport.rules.plan_asked import asked_of, by_direction
from moothall.transport.rules.run_plans import Half
from planner.transport.changes import ADDED, MOVED_HOUSE, OTHER_TIMES, Changed
from planner.transport.plan import Plan
from planner.transport.problem import ProblemError

from .carrying import depot_of, stops_of
from .case import Case, asked_on, case_of, packed, packed_tables, roomy, unpacked, unpacked_tables
from .making import half_of_checked
from .mend_child import Answered, MendOrder, mend
from .moving import Desk, desk_of
from .tables import prepared

Clock = Callable[[], dt.datetime]
LISTENS: Final = 1.0
NO_VEHICLE = gettext_noop("their vehicle is off the road")
ADDED_SINCE = gettext_noop("They were added after this was worked out.")
WORDS = (
    gettext_noop("they had no run"), gettext_noop("it saves more than moving them costs"),
    gettext_noop("moved house"), gettext_noop("added"), gettext_noop("their school has other times"),
)  # fmt: skip
CHEAPER: Final = "it saves more than moving them costs"


def make_mending(mending_id: int, *, clock: Clock) -> None:
    """Look for the options that were asked for; safe to call twice."""
    mending = rules.begin_mending(mending_id, at=clock())
    if mending is None:
        return
    try:
        options = _Mending(mending, clock).options()
    except ProblemError as wrong:
        rules.end_without_options(mending.pk, problem=str(wrong), at=clock())
    else:
        rules.keep_options(mending.pk, options=options, at=clock())


@dataclass
class _Way:
    """One direction: the plan in force, and the case as it is now with the plan in its numbers."""

    desk: Desk
    case: Case
    order: MendOrder
    numbers: list[int]


class _Mending:
    def __init__(self, mending: Mending, clock: Clock) -> None:
        self.mending, self.clock = mending, clock
        self.wanted = rules.version_of(mending)

    def options(self) -> list[Option]:
        asked = by_direction(asked_of(self.wanted))
        streets = prepared(asked_on(self.wanted))
        ways = {
            way: self._way(way, case_of(self.wanted, way, asked[way], streets=streets, also=self._types(way)))
            for way in self.wanted.directions
        }
        found = {way: self._asked_for(each) for way, each in ways.items()}
        most = max(len(each) for each in found.values())
        made = []
        for number in range(most):
            chosen = {way: each[min(number, len(each) - 1)] for way, each in found.items()}
            if not self._moves_locked(ways, chosen):
                made.append(self._option(ways, chosen))
        return made

    def _types(self, way: str) -> list[tuple[int, int | None, int | None]]:
        rows = self.mending.plan.runs.filter(direction=way).order_by()
        return sorted(set(rows.values_list("kind_id", "depot_id", "contractor_id")), key=str)

    def _way(self, way: str, case: Case) -> _Way:
        desk = desk_of(self.mending.plan, way)
        case = roomy(case, self.mending.plan.figures.get(way, {}))
        problem = case.problem()
        plan, touched = _in_numbers_of(case, desk)
        off = self._off(way, desk, case, plan)
        spare = Counter(plan.runs[number].kind for number in off)
        kinds = tuple(replace(each, available=each.available + spare[each.name]) for each in problem.kinds)
        day = Changed(replace(problem, kinds=kinds), off=dict.fromkeys(off, NO_VEHICLE), touched=touched)
        return _Way(desk, case, MendOrder(day, plan), desk.numbers)

    def _off(self, way: str, desk: Desk, case: Case, plan: Plan) -> list[int]:
        """Runs for which no vehicle is left: those whose own is off the road, then those with fewest
        passengers."""
        there = {each["type"]: each["available"] for each in case.said["fleet"]}
        off_road = OffRoad.objects.in_force(self.wanted.from_on).values("vehicle")
        there_no_more = Run.objects.filter(plan=self.mending.plan, direction=way, vehicle__in=off_road)
        gone = set(there_no_more.values_list("number", flat=True))
        by_type: dict[str, list[int]] = defaultdict(list)
        for number, run in enumerate(plan.runs):
            by_type[run.kind].append(number)
        off: list[int] = []
        for kind, numbers in by_type.items():
            short = len(numbers) - there[kind]
            order = sorted(
                numbers, key=lambda at: (desk.numbers[at] not in gone, len(plan.runs[at].passengers))
            )
            off += order[: max(0, short)]
        return sorted(off)

    def _asked_for(self, way: _Way) -> list[Answered]:
        with Child(way.order, mend) as child:
            while True:
                rules.note_mending(self.mending.pk, at=self.clock())
                try:
                    said = child.hear(LISTENS)
                except (EOFError, ConnectionError) as gone:
                    raise ProblemError("") from gone
                match said:
                    case (str() as word, list() as made) if word == MADE:
                        return made
                    case (str() as word, str() as problem) if word == WRONG:
                        raise ProblemError(problem)

    def _moves_locked(self, ways: Mapping[str, _Way], chosen: Mapping[str, Answered]) -> bool:
        """Whether somebody is moved, for no need of their own, who is locked or is on a locked run."""
        plan = self.mending.plan
        runs = set(plan.runs.filter(locked=True).values_list("direction", "number"))
        rides = Ride.objects.filter(run__plan=plan, locked=True)
        people = set(rides.values_list("run__direction", "passenger"))
        for way, each in chosen.items():
            held = ways[way]
            for who, before, after, why in each.moved:
                ends = {(way, held.numbers[run]) for run in (before, after) if run is not None}
                them = (way, held.case.names["passengers"][who][0])
                if why == CHEAPER and (ends & runs or them in people):
                    return True
        return False

    def _option(self, ways: Mapping[str, _Way], chosen: Mapping[str, Answered]) -> Option:
        """Judged before anybody sees it."""
        halves, moved, shifted, cost, without = [], [], [], 0.0, 0
        for way, each in chosen.items():
            held = ways[way]
            said = _numbered(each, held.numbers)
            half = half_of_checked(way, held.case, said, kept_without=self._hopeless(way, held.case))
            halves.append((way, held.case, packed(said)))
            cost, without = cost + half.figures["cost"], without + half.figures["without"]
            people = held.case.names["passengers"]
            names: dict[int | None, str] = {at: called(way, each) for at, each in enumerate(held.numbers)}
            moved += [
                [people[who][0], way, names.get(before, ""), names.get(after, ""), why]
                for who, before, after, why in each.moved
            ]
            shifted += [[people[who][0], way, round(seconds / 60)] for who, seconds in each.shifted]
        figures = {"cost": round(cost, 2), "without": without, "moved": moved, "shifted": shifted}
        return Option(figures, [
            (way, case.digest(), packed(case.said), packed_tables(case.tables), case.names, said)
            for way, case, said in halves
        ])  # fmt: skip

    def _hopeless(self, way: str, case: Case) -> list[NoRide]:
        return [
            NoRide(
                plan=self.mending.plan, direction=way, passenger_id=one.passenger, home_id=one.home,
                centre_id=one.centre, weekdays=list(one.weekdays), reason=why,
            )
            for one, why in case.hopeless
        ]  # fmt: skip


def _in_numbers_of(case: Case, desk: Desk) -> tuple[Plan, dict[int, str]]:
    """The plan in force with the numbers that its passengers have now, and to whom something happened."""
    now: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, (passenger, _home, centre, _days) in enumerate(case.names["passengers"]):
        now[passenger, centre].append(number)
    then = desk.case.names["passengers"]
    number_of: dict[int, int] = {}
    touched: dict[int, str] = {}
    for old, (passenger, home, centre, _days) in enumerate(then):
        mine = now.get((passenger, centre), [])
        same = [each for each in mine if case.names["passengers"][each][1] == home]
        for each in (same or mine)[:1]:
            if each in number_of.values():
                continue
            number_of[old] = each
            if not same:
                touched[each] = MOVED_HOUSE
            elif _bell(case, each) != _bell(desk.case, old):
                touched[each] = OTHER_TIMES
    known = set(number_of.values())
    touched |= {each: ADDED for each in range(len(case.names["passengers"])) if each not in known}
    runs = tuple(
        replace(run, stops=stops_of(run, number_of), depot=depot_of(case, run.kind), cost=0.0)
        for run in desk.plan.runs
    )
    return Plan(runs, ()), touched


def _bell(case: Case, number: int) -> int:
    return int(case.said["schools"][case.said["passengers"][number]["school"]]["bell"])


def _numbered(each: Answered, numbers: Sequence[int]) -> dict[str, Any]:
    """Runs keep the numbers they had."""
    last, routes = max(numbers, default=0), []
    for route, was in zip(each.plan["routes"], each.was, strict=True):
        if was is None:
            last += 1
        routes.append({**route, "number": last if was is None else numbers[was]})
    return {**each.plan, "routes": routes}


def accept_option(
    mending: Mending, number: int, *, by: Account, at: dt.datetime, patience: float = PATIENCE
) -> RunPlan:
    """The option becomes another version of the plan, a draft until it is published. StillAtIt while it is
    being judged."""
    halves = aside.ask(f"option {mending.pk} {number}", halves_of, mending.pk, number, patience=patience)
    if not halves:
        raise refusals.OptionGone
    return rules.accept(mending, halves, by=by, at=at)


def halves_of(mending_id: int, number: int) -> list[Half]:
    """Each direction of an option, judged; done aside."""
    mending = Mending.objects.select_related("plan").get(pk=mending_id)
    kept = list(MendingOption.objects.select_related("case").filter(mending=mending, number=number))
    asked, halves = by_direction(asked_of(rules.version_of(mending))), []
    for row in kept:
        case = Case(unpacked(row.case.case), unpacked_tables(row.case.tables), row.case.names)
        known = {(each[0], each[1]) for each in case.names["passengers"]}
        left = [
            NoRide(
                direction=row.direction, passenger_id=one.passenger, home_id=one.home, centre_id=one.centre,
                weekdays=list(one.weekdays), reason=ADDED_SINCE,
            )
            for one in asked[row.direction]
            if (one.passenger, one.home) not in known
        ]  # fmt: skip
        halves.append(
            half_of_checked(row.direction, case, unpacked(row.said), kept_without=left, kept=row.case)
        )
    return halves
