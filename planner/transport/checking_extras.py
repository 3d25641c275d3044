"""What else a plan of runs is judged by: walking, who travels with whom, who is driven by whom, slow days."""

from collections.abc import Iterable, Sequence

from planner.transport.case import Case, Said, Visit


def walked(case: Case, run: Said) -> Iterable[str]:
    """Everybody is fetched at home, or where they can walk to."""
    for stop in run["stops"]:
        at_home = (stop["event"] == "pickup") != case.after
        if not at_home and stop.get("point") is not None:
            yield f"passenger {stop['passenger']} is at a meeting point where their school should be."
        elif at_home and case.walk(stop["passenger"], stop) is None:
            where = "home" if stop.get("point") is None else f"meeting point {stop['point']}"
            yield f"passenger {stop['passenger']} cannot be fetched at {where}."


def parties(case: Case, plan: Said) -> Iterable[str]:
    """Those who travel together are on one run and aboard at once, or both left out."""
    aboard: dict[int, tuple[int, int, int]] = {}
    for number, run in enumerate(plan["routes"]):
        begun: dict[int, int] = {}
        for i, stop in enumerate(run["stops"]):
            if stop["event"] == "pickup":
                begun[stop["passenger"]] = i
            elif stop["passenger"] in begun:
                aboard[stop["passenger"]] = number, begun[stop["passenger"]], i
    away = {who for who in range(len(case.people)) if not case.travels(who)}
    for a, b in case.said.get("together", ()):
        if {a, b} & away or (a not in aboard and b not in aboard):
            continue
        one, other = aboard.get(a), aboard.get(b)
        if one is None or other is None or one[0] != other[0]:
            yield f"Passengers {a} and {b} must travel together and do not."
        elif one[1] > other[2] or other[1] > one[2]:
            yield f"Passengers {a} and {b} are on one run and never aboard together."


def comfort_of(case: Case, run: Said) -> float:
    """What walking and unknown drivers on a run count for, in pounds nobody pays."""
    hourly = float(case.said.get("walking", {}).get("hourly", 0.0))
    drivers = case.kinds[run["type"]].get("drivers", "")
    pounds = 0.0
    for stop in run["stops"]:
        one = case.people[stop["passenger"]]
        if (stop["event"] == "pickup") != case.after:
            pounds += hourly * (case.walk(stop["passenger"], stop) or 0) / 3600
        elif one.get("known") and drivers not in one["known"]:
            pounds += float(one.get("continuity", 0.0))
    return pounds


def late_when_slow(case: Case, runs: Iterable[Sequence[Visit]]) -> Iterable[str]:
    """No greater share is late on a slow day than the case allows. Only in mornings: in afternoons nobody is
    waiting for the bell."""
    if "most_late" not in case.said or case.after:
        return
    late = travel = 0
    for visits in runs:
        clock, before = 0, None
        for visit in visits:
            if before is not None:
                name = "slow" if case.knows_slow else "seconds"
                clock += before.stays + case.between(name, before.where, visit.where)
            clock, before = max(clock, visit.time), visit
            opening = case.opening(visit.where)
            travel += len(visit.on)
            stayed = 0
            for who in visit.off if opening is not None else ():
                stayed += int(case.people[who]["alight"])
                late += opening is not None and clock + stayed > opening[1]
    if late > float(case.said["most_late"]) * travel:
        yield f"On a slow day {late} of {travel} passengers would be late; {case.said['most_late']} may."
