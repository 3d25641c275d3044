"""Runs of a plan carried over to another: in the numbers that its passengers have there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import Q

from moothall.transport.models import PlanHalf, Ride, RunPlan
from planner.transport.plan import Run, Stop
from planner.transport.writing import read_plan

from .case import Case, unpacked


@dataclass(frozen=True)
class Carried:
    """Runs that are to stay, and the office's numbers of them."""

    runs: tuple[Run, ...] = ()
    numbers: tuple[int, ...] = ()


def stops_of(run: Run, number_of: Mapping[int, int]) -> tuple[Stop, ...]:
    """Its stops without those who do not travel any more."""
    return tuple(
        replace(stop, passenger=number_of[stop.passenger])
        for stop in run.stops
        if stop.passenger in number_of
    )


def depot_of(case: Case, kind: str) -> int:
    depots = next(each["depots"] for each in case.said["fleet"] if each["type"] == kind)
    return int(depots[0]) if depots else 0


def locked_runs(plan: RunPlan, way: str, case: Case) -> Carried:
    """Those of a plan that are locked, or on which somebody is, in the numbers of another case. Whoever has
    moved house or does not travel any more is not on them."""
    half = PlanHalf.objects.select_related("case").filter(plan=plan, direction=way).first()
    wanted = locked_numbers(plan, way)
    if half is None or not wanted:
        return Carried()
    now = {tuple(row[:3]): number for number, row in enumerate(case.names["passengers"])}
    then = enumerate(half.case.names["passengers"])
    number_of = {old: now[tuple(row[:3])] for old, row in then if tuple(row[:3]) in now}
    said = unpacked(half.said)
    known = {each["type"] for each in case.said["fleet"]}
    found: dict[int, Run] = {}
    for route, run in zip(said["routes"], read_plan(said).runs, strict=True):
        stops = stops_of(run, number_of)
        if int(route["number"]) in wanted and stops and run.kind in known:
            depot = depot_of(case, run.kind)
            found[int(route["number"])] = replace(run, stops=stops, depot=depot, cost=0.0)
    return Carried(tuple(found.values()), tuple(found))


def locked_numbers(plan: RunPlan, way: str) -> set[int]:
    """The numbers of all runs that were to stay."""
    runs = plan.runs.filter(direction=way).order_by()
    riding = Ride.objects.filter(run__in=runs, locked=True).order_by().values("run")
    return set(runs.filter(Q(locked=True) | Q(pk__in=riding)).values_list("number", flat=True))
