"""A plan written in the published form, and read again."""

from collections.abc import Mapping
from typing import Any

from planner.transport.plan import PICKUP, SETDOWN, Plan, Run, Stop, Unserved
from planner.transport.problem import ProblemError


def written(plan: Plan, *, day: str = "") -> dict[str, Any]:
    """The plan in the published form, for JSON; with the day of the week it is for, if there is one."""
    return {
        **({"day": day} if day else {}),
        "cost": plan.cost,
        "vehicles": len(plan.runs),
        "hours": plan.hours,
        "comfort": plan.comfort,
        "rounds": plan.rounds,
        "times_from": plan.times_from,
        "unserved": [{"passenger": one.passenger, "reason": one.reason} for one in plan.unserved],
        "routes": [
            {
                "type": run.kind,
                "depot": run.depot,
                "seconds": run.seconds,
                "cost": round(run.cost, 2),
                "comfort": round(run.comfort, 2),
                "escorts": run.escorts,
                "stops": [_stop(stop) for stop in run.stops],
            }
            for run in plan.runs
        ],
    }


def _stop(stop: Stop) -> dict[str, Any]:
    """A stop; a meeting point is only named where it is one."""
    told = {"passenger": stop.passenger, "event": stop.event, "time": stop.time}
    return told if stop.point is None else {**told, "point": stop.point}


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
    stops = tuple(
        Stop(
            int(one["passenger"]), one["event"], int(one["time"]),
            None if one.get("point") is None else int(one["point"]),
        )
        for one in said["stops"]
    )  # fmt: skip
    if not all(stop.event in (PICKUP, SETDOWN) for stop in stops):
        raise ProblemError(f"A stop is neither a {PICKUP} nor a {SETDOWN}.")
    return Run(
        kind=str(said["type"]),
        depot=int(said["depot"]),
        stops=stops,
        seconds=int(said.get("seconds", 0)),
        cost=float(said.get("cost", 0.0)),
        escorts=int(said.get("escorts", 0)),
        comfort=float(said.get("comfort", 0.0)),
    )
