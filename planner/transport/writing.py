"""A plan written in the published form, and read again."""

from collections.abc import Mapping
from typing import Any

from planner.transport.plan import PICKUP, SETDOWN, Plan, Run, Stop, Unserved
from planner.transport.problem import ProblemError


def written(plan: Plan) -> dict[str, Any]:
    """The plan in the published form, for JSON."""
    return {
        "cost": plan.cost,
        "vehicles": len(plan.runs),
        "hours": plan.hours,
        "rounds": plan.rounds,
        "times_from": plan.times_from,
        "unserved": [{"passenger": one.passenger, "reason": one.reason} for one in plan.unserved],
        "routes": [
            {
                "type": run.kind,
                "depot": run.depot,
                "seconds": run.seconds,
                "cost": round(run.cost, 2),
                "escorts": run.escorts,
                "stops": [
                    {"passenger": stop.passenger, "event": stop.event, "time": stop.time}
                    for stop in run.stops
                ],
            }
            for run in plan.runs
        ],
    }


def read_plan(said: Mapping[str, Any]) -> Plan:
    """A plan from what its file said. ProblemError when it does not have the published form."""
    try:
        return Plan(
            runs=tuple(_run(one) for one in said["routes"]),
            unserved=tuple(Unserved(int(one["passenger"]), str(one["reason"])) for one in said["unserved"]),
            rounds=int(said.get("rounds", 0)),
            times_from=str(said.get("times_from", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise ProblemError(
            f"The plan does not have the published form: {wrong!r} is missing or wrong."
        ) from wrong


def _run(said: Mapping[str, Any]) -> Run:
    stops = tuple(Stop(int(one["passenger"]), one["event"], int(one["time"])) for one in said["stops"])
    if not all(stop.event in (PICKUP, SETDOWN) for stop in stops):
        raise ProblemError(f"A stop is neither a {PICKUP} nor a {SETDOWN}.")
    return Run(
        kind=str(said["type"]),
        depot=int(said["depot"]),
        stops=stops,
        seconds=int(said.get("seconds", 0)),
        cost=float(said.get("cost", 0.0)),
        escorts=int(said.get("escorts", 0)),
    )
