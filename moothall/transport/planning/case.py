"""What was read of the office, written down as a case of the published form."""

import datetime as dt
import gzip
import hashlib
import io
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext_noop

from moothall.core.clock import in_london
from moothall.core.earth import Point
from moothall.transport.models import (
    Bell,
    Centre,
    Depot,
    HomeAddress,
    KindPrice,
    Needs,
    PlanningFigure,
    RunPlan,
    Separation,
    Vehicle,
    VehicleKind,
)
from moothall.transport.models.journey import TO
from moothall.transport.rules.plan_asked import Asked
from planner.transport.lateness import paced
from planner.transport.problem import AFTERNOON, MORNING, Problem, ProblemError
from planner.transport.reading import problem_of

from .tables import tables_between

if TYPE_CHECKING:
    from planner.streets.asking import Streets

MINUTE: Final = 60
SLOW: Final = 1.2
NO_HOME = gettext_noop("Nobody has said where this home is: it has no place on the map.")
NO_BELL = gettext_noop("Nobody has said when it begins and ends there on these days.")
TWO_SEATS = gettext_noop("They take more than one seat: arrange their journey by hand.")
NO_VEHICLES = gettext_noop("There are no vehicles with a price on the first day of the plan.")
NO_FIGURES = gettext_noop("The figures that plans keep to are not all on record.")
ESCORTS: Final = {Needs.NO_ESCORT: "none", Needs.SHARED: "shared", Needs.OWN: "own"}


@dataclass(frozen=True)
class Case:
    """A case with its travel times, and which rows its numbers stand for; `hopeless` are those who are not
    in it, with the reason."""

    said: dict[str, Any]
    tables: dict[str, Any]
    names: dict[str, Any]
    hopeless: list[tuple[Asked, str]] = field(default_factory=list)

    def problem(self) -> Problem:
        return problem_of(self.said, self.tables)

    def digest(self) -> str:
        """Of what both say, whatever compressed them."""
        told = hashlib.sha256(json.dumps(self.said, sort_keys=True).encode())
        for name in sorted(self.tables):
            told.update(np.ascontiguousarray(self.tables[name]).tobytes())
        return told.hexdigest()


def packed(said: Any) -> bytes:
    """As JSON, compressed, without the time in it: the same always gives the same."""
    return gzip.compress(json.dumps(said, sort_keys=True, separators=(",", ":")).encode(), mtime=0)


def unpacked(kept: bytes | memoryview) -> Any:
    return json.loads(gzip.decompress(bytes(kept)))


def packed_tables(tables: Mapping[str, Any]) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, **tables)
    return file.getvalue()


def unpacked_tables(kept: bytes | memoryview) -> dict[str, Any]:
    with np.load(io.BytesIO(bytes(kept)), allow_pickle=False) as found:
        return {name: found[name] for name in found.files}


def roomy(case: Case, figures: Mapping[str, Any]) -> Case:
    """The case with the room that a plan was given for slow days: longer travel times, and runs that leave
    before they must. Whoever changes the plan comes to the same times by it."""
    pace, lead = float(figures.get("pace") or 1.0), int(figures.get("lead") or 0)
    said = {**case.said, **({"lead": lead} if lead else {})}
    if pace == 1.0:
        return replace(case, said=said)
    said["slow"] = float(said.get("slow", SLOW)) / pace
    return replace(case, said=said, tables={**case.tables, "seconds": paced(case.tables["seconds"], pace)})


Type = tuple[int, int | None, int | None]
"""Kind of vehicle, depot, contractor."""


def case_of(
    plan: RunPlan, direction: str, asked: Sequence[Asked], *, streets: "Streets | None",
    also: Collection[Type] = (),
) -> Case:  # fmt: skip
    """The case of one direction. `also` are types of vehicle that it knows even where none can go out.
    ProblemError where there is nothing to plan with."""
    office = _Office(plan, direction, asked, also)
    points = [*office.depot_points, *(office.point(each) for each in office.schools), *office.home_points]
    band = "morning" if direction == TO else "afternoon"
    found = tables_between(points, band=band, streets=streets, on=asked_on(plan))
    tables = {"seconds": found.seconds, "metres": found.metres}
    return Case(office.said(found.times_from), tables, office.names(), office.hopeless)


def asked_on(plan: RunPlan) -> dt.date:
    """What was learned of speeds by that day gives its times; a later version keeps those of the first."""
    while plan.version_of is not None:
        plan = plan.version_of
    return in_london(plan.asked_at).date()


class _Office:
    """The rows that matter for one direction, each kind asked for once."""

    def __init__(self, plan: RunPlan, direction: str, asked: Sequence[Asked], also: Collection[Type]) -> None:
        self.plan, self.direction = plan, direction
        self.figures = PlanningFigure.objects.on(plan.from_on)
        if {PlanningFigure.RIDE, PlanningFigure.RIDE_PRIMARY, PlanningFigure.BOARD} - self.figures.keys():
            raise ProblemError(NO_FIGURES)
        who = {each.passenger for each in asked}
        self.needs = {
            each.passenger_id: each
            for each in Needs.objects.in_force(plan.from_on)
            .filter(passenger__in=who)
            .order_by("from_on", "id")
        }
        rows = HomeAddress.objects.filter(home__in={each.home for each in asked if each.home})
        self.homes: dict[int | None, Point] = {
            each.home_id: (each.latitude, each.longitude)
            for each in rows
            if each.latitude is not None and each.longitude is not None
        }
        self.centres = Centre.objects.in_bulk({each.centre for each in asked})
        self.hopeless: list[tuple[Asked, str]] = []
        self.asked = [each for each in asked if self._can_be_asked(each)]
        self.schools = sorted({(each.centre, each.bell_at or dt.time()) for each in self.asked})
        self._read_fleet(also)

    def _can_be_asked(self, one: Asked) -> bool:
        needs = self.needs.get(one.passenger)
        why = ""
        if one.home not in self.homes:
            why = NO_HOME
        elif one.bell_at is None:
            why = NO_BELL
        elif needs is not None and needs.seats > 1:
            why = TWO_SEATS
        if why:
            self.hopeless.append((one, why))
        return not why

    def _read_fleet(self, also: Collection[Type]) -> None:
        """So many of each kind at each depot and of each contractor, with what they cost."""
        on = self.plan.from_on
        there = Vehicle.objects.on_the_road(on).filter(Q(contractor=None) | Q(contractor__ended_on=None))
        counts: Counter[Type] = Counter(there.values_list("kind_id", "depot_id", "contractor_id"))
        counts.update(dict.fromkeys(also, 0))
        prices: dict[tuple[int, int | None], KindPrice] = {}
        for each in KindPrice.objects.in_force(on):
            prices[each.kind_id, each.contractor_id] = each
        self.kinds = VehicleKind.objects.in_bulk({kind for kind, _depot, _contractor in counts})
        self.fleet = []
        for (kind, depot, contractor), count in sorted(counts.items(), key=str):
            price = prices.get((kind, contractor)) or prices.get((kind, None))
            if price is not None:
                self.fleet.append((kind, depot, contractor, count, price))
        if not self.fleet:
            raise ProblemError(NO_VEHICLES)
        self.depots = sorted({depot for _kind, depot, *_rest in self.fleet if depot is not None})
        rows = Depot.objects.in_bulk(self.depots)
        self.depot_points = [(rows[each].latitude, rows[each].longitude) for each in self.depots]
        if not self.depots:  # contractors alone: their ways from and to wherever they stand are not paid
            self.depot_points = [self.point(self.schools[0])] if self.schools else [(0.0, 0.0)]

    def point(self, school: tuple[int, dt.time]) -> Point:
        centre = self.centres[school[0]]
        return centre.latitude, centre.longitude

    @property
    def home_points(self) -> list[Point]:
        return [self.homes[each.home] for each in self.asked]

    def said(self, times_from: str) -> dict[str, Any]:
        window, margin = self._window()
        number = {each: at for at, each in enumerate(self.schools)}
        there = self.direction == TO
        return {
            "direction": MORNING if there else AFTERNOON,
            "window_before_bell" if there else "window_after_bell": window,
            "depots": [{"id": at} for at in range(max(1, len(self.depots)))],
            "schools": [
                {"id": at, "bell": _seconds(bell) - margin} for at, (_centre, bell) in enumerate(self.schools)
            ],
            "passengers": [
                self._passenger(at, each, number[each.centre, each.bell_at or dt.time()])
                for at, each in enumerate(self.asked)
            ],
            "not_together": self._apart(),
            "fleet": [self._kind(*each) for each in self.fleet],
            "escorting": {
                "fixed": self.figures.get(PlanningFigure.ESCORT_RUN, 0.0),
                "hourly": self.figures.get(PlanningFigure.ESCORT_HOUR, 0.0), "takes_seat": True,
            },
            "slow": self.figures.get(PlanningFigure.SLOW, 1.2), "times_from": times_from,
        }  # fmt: skip

    def names(self) -> dict[str, Any]:
        """Which rows the numbers stand for."""
        return {
            "depots": self.depots,
            "schools": [[centre, f"{bell:%H:%M}"] for centre, bell in self.schools],
            "passengers": [
                [each.passenger, each.home, each.centre, list(each.weekdays)] for each in self.asked
            ],
            "fleet": {
                _type(kind, depot, contractor): [kind, depot, contractor]
                for kind, depot, contractor, _count, _price in self.fleet
            },
        }

    def _window(self) -> tuple[int, int]:
        """The shortest time in which a school may be visited, so that none is visited outside its own; and
        how long before the bell everybody is there."""
        rows = Bell.objects.in_force(self.plan.from_on).filter(centre__in={each for each, _b in self.schools})
        there = self.direction == TO
        minutes = [each.early_minutes if there else each.wait_minutes for each in rows] or [20]
        margin = int(self.figures.get(PlanningFigure.LATE, 0.0)) if there else 0
        return max(1, min(minutes) - margin) * MINUTE, margin * MINUTE

    def _passenger(self, at: int, one: Asked, school: int) -> dict[str, Any]:
        needs = self.needs.get(one.passenger) or Needs()
        in_chair = needs.wheelchair in Needs.STAYS_IN
        board = self.figures[PlanningFigure.BOARD]
        stays = int(self.figures.get(PlanningFigure.BOARD_CHAIR, board) if in_chair else board)
        primary = self.centres[one.centre].kind == Centre.PRIMARY
        usual = self.figures[PlanningFigure.RIDE_PRIMARY if primary else PlanningFigure.RIDE]
        return {
            "id": at, "school": school, "wheelchair": in_chair, "escort": ESCORTS[needs.escort],
            "max_ride": int((needs.most_minutes or usual) * MINUTE), "board": stays, "alight": stays,
            "alone": needs.travels_alone,
        }  # fmt: skip

    def _apart(self) -> list[list[int]]:
        numbers: dict[int, list[int]] = {}
        for at, each in enumerate(self.asked):
            numbers.setdefault(each.passenger, []).append(at)
        rows = Separation.objects.in_force(self.plan.from_on).filter(one__in=numbers, other__in=numbers)
        return sorted(
            [a, b] for each in rows for a in numbers[each.one_id] for b in numbers[each.other_id]
        )  # fmt: skip

    def _kind(
        self, kind: int, depot: int | None, contractor: int | None, count: int, price: KindPrice
    ) -> dict[str, Any]:
        return {
            "type": _type(kind, depot, contractor), "layouts": self.kinds[kind].layouts, "available": count,
            "fixed_cost": float(price.a_run), "hourly": float(price.an_hour), "by_mile": float(price.a_mile),
            "depots": [self.depots.index(depot)] if depot is not None else [],
            "ends_free": contractor is not None,
        }  # fmt: skip


def _type(kind: int, depot: int | None, contractor: int | None) -> str:
    return f"{kind}-c{contractor}" if contractor is not None else f"{kind}-d{depot}"


def _seconds(at: dt.time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second
