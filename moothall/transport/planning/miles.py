"""How far each run of a plan drives, by the distances that the plan was made with."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from moothall.transport.models import PlanHalf

from .case import unpacked, unpacked_tables

Run = tuple[int, str, int]
"""Plan, direction, number."""


def metres_of_plans(plans: list[int]) -> dict[Run, int]:
    """From the depot and back to it; of a contractor's run from its first stop to its last."""
    found: dict[Run, int] = {}
    for half in PlanHalf.objects.filter(plan__in=plans).select_related("case"):
        case, tables = unpacked(half.case.case), unpacked_tables(half.case.tables)
        for at, route in enumerate(unpacked(half.said)["routes"]):
            number = int(route.get("number", at + 1))
            way = list(_way(case, half.case.names, route))
            metres = sum(int(tables["metres"][a, b]) for a, b in pairwise(way))
            found[half.plan_id, half.direction, number] = metres
    return found


def _way(case: Mapping[str, Any], names: Mapping[str, Any], route: Mapping[str, Any]) -> Iterator[int]:
    """The locations that it comes to, by their numbers: depots, schools, homes."""
    depots, schools = len(case["depots"]), len(case["schools"])
    ours = names["fleet"][route["type"]][1] is not None
    if ours:
        yield int(route["depot"])
    back = case.get("direction") == "afternoon"
    for stop in route["stops"]:
        who = int(stop["passenger"])
        at_school = (stop["event"] == "pickup") == back
        yield depots + (int(case["passengers"][who]["school"]) if at_school else schools + who)
    if ours:
        yield int(route["depot"])
