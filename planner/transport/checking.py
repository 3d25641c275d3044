"""A plan of runs judged from the files alone. Nothing here is shared with what makes plans: the case is read
again, the rules are written again, costs are counted again, and every breach is told in a sentence."""

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from planner.transport.case import Case, Said, Visit
from planner.transport.checking_extras import comfort_of, late_when_slow, parties, walked
from planner.transport.shortest import shortest_hours

MILE = 1609.344
TOLERANCE = 0.02  # pounds a run


@dataclass
class Verdict:
    """What a plan comes to when counted again, and every rule it breaks. `between` are the hours from the
    first stop of each run to its last; `shortest` what the same runs would take with their best timetables
    (a linear programme), or None where one has none."""

    cost: float = 0.0
    vehicles: int = 0
    hours: float = 0.0
    comfort: float = 0.0
    between: float = 0.0
    shortest: float | None = None
    served: int = 0
    left_out: int = 0
    breaches: list[str] = field(default_factory=list)
    day: str = ""


def check_files(case: Path, plan: Path) -> list[Verdict]:
    """Judge the plan in one file, or those of the days of a week, by the case in another, travel times beside
    it. OSError or ValueError when one cannot be read."""
    with np.load(case.with_name(case.name.split(".")[0] + ".npz"), allow_pickle=False) as kept:
        tables = {name: kept[name] for name in kept.files}
    raw = case.read_bytes()
    said = json.loads(gzip.decompress(raw) if case.suffix == ".gz" else raw)
    made = json.loads(plan.read_bytes())
    return [check(said, tables, one) for one in made.get("days", [made])]


def check(said: Said, tables: Mapping[str, Any], plan: Said) -> Verdict:
    """Judge a plan by the published rules. KeyError when case or plan lacks a part of the published form."""
    case = Case(said, tables, str(plan.get("day", "")))
    verdict = Verdict(vehicles=len(plan["routes"]), day=case.day)
    verdict.breaches += _everybody_once(case, plan)
    verdict.breaches += parties(case, plan)
    verdict.breaches += _fleet(case, plan["routes"])
    runs: list[list[Visit]] = []
    seconds = 0
    for number, run in enumerate(plan["routes"]):
        name = f"Run {number}"
        known = _known(case, run)
        if known:
            verdict.breaches.append(f"{name} {known}")
            continue
        visits, wrong = _visits(case, run)
        verdict.breaches += [f"{name}: {one}" for one in wrong]
        verdict.breaches += [f"{name}: {one}" for one in walked(case, run)]
        verdict.breaches += [f"{name}: {one}" for one in _ridden(case, run, visits)]
        verdict.breaches += [f"{name}: {one}" for one in _aboard(case, run, visits)]
        took, cost = _paid(case, run, visits)
        if abs(float(run.get("cost", cost)) - cost) > TOLERANCE:
            verdict.breaches.append(f"{name} says it costs {run['cost']} and costs {cost:.2f}.")
        comfort = comfort_of(case, run)
        if abs(float(run.get("comfort", comfort)) - comfort) > TOLERANCE:
            verdict.breaches.append(f"{name} says {run['comfort']} for comfort; it is {comfort:.2f}.")
        seconds, verdict.cost = seconds + took, verdict.cost + cost
        verdict.comfort += comfort
        verdict.between += (visits[-1].time + visits[-1].stays - visits[0].time) / 3600
        runs.append(visits)
    verdict.cost, verdict.hours = round(verdict.cost, 2), round(seconds / 3600, 2)
    verdict.left_out = len({one["passenger"] for one in plan["unserved"]})
    verdict.served = len(case.people) - verdict.left_out
    verdict.shortest = shortest_hours(case, runs)
    verdict.breaches += _sums(verdict, plan)
    verdict.breaches += late_when_slow(case, runs)
    return verdict


def _everybody_once(case: Case, plan: Said) -> Iterable[str]:
    """Each passenger is fetched once and set down once, or left out once with a reason."""
    told: Counter[tuple[int, str]] = Counter()
    for run in plan["routes"]:
        told.update((stop["passenger"], stop["event"]) for stop in run["stops"])
    for one in plan["unserved"]:
        told[one["passenger"], "unserved"] += 1
        if not one.get("reason"):
            yield f"Passenger {one['passenger']} is left out without a reason."
    for who in range(len(case.people)):
        counts = tuple(told.pop((who, what), 0) for what in ("pickup", "setdown", "unserved"))
        if counts not in ((1, 1, 0), (0, 0, 1)):
            yield (
                f"Passenger {who} is fetched {counts[0]} times, set down {counts[1]} times and "
                f"left out {counts[2]} times."
            )
        elif counts[0] and not case.travels(who):
            yield f"Passenger {who} is fetched on a day on which they do not travel."
    for who, what in told:
        yield f"Passenger {who} ({what}) is not in the case."


def _fleet(case: Case, routes: Sequence[Said]) -> Iterable[str]:
    for kind, count in Counter(run["type"] for run in routes).items():
        if kind in case.kinds and count > case.kinds[kind]["available"]:
            yield f"{count} vehicles of type {kind} are out; there are {case.kinds[kind]['available']}."
    driven = Counter(case.kinds[run["type"]].get("drivers") for run in routes if run["type"] in case.kinds)
    for group in case.said.get("drivers", ()):
        if driven[group["name"]] > group["available"]:
            count = driven[group["name"]]
            yield f"{count} vehicles are driven by {group['name']}, who are {group['available']}."


def _known(case: Case, run: Said) -> str:
    """What is so wrong with a run that nothing else can be said of it; or nothing."""
    if run["type"] not in case.kinds:
        return f"has a vehicle of type {run['type']}, which the case does not have."
    if not 0 <= run["depot"] < case.depots:
        return f"starts at depot {run['depot']}, which the case does not have."
    allowed = case.kinds[run["type"]].get("depots")
    if allowed and run["depot"] not in allowed:
        return f"starts at depot {run['depot']}, where no {run['type']} stands."
    if not run["stops"]:
        return "has no stops."
    people = range(len(case.people))
    if any(
        stop["passenger"] not in people or stop["event"] not in ("pickup", "setdown") for stop in run["stops"]
    ):
        return "has a stop of somebody or something the case does not have."
    return ""


def _visits(case: Case, run: Said) -> tuple[list[Visit], list[str]]:
    """The stops put together by spot, and what is wrong with their times."""
    visits: list[Visit] = []
    wrong: list[str] = []
    for stop in run["stops"]:
        who, fetched, time = stop["passenger"], stop["event"] == "pickup", int(stop["time"])
        where = case.school(who) if fetched == case.after else case.stands(who, stop)
        stays = int(case.people[who]["board" if fetched else "alight"])
        on, off = ((who,), ()) if fetched else ((), (who,))
        last = visits[-1] if visits else None
        if last is not None and last.where == where and case.opening(where) is not None:
            if time != last.time:
                wrong.append(f"passenger {who} is at the same visit as others at another time.")
            visits[-1] = Visit(where, last.time, last.stays + stays, last.on + on, last.off + off)
        else:
            visits.append(Visit(where, time, stays, on, off))
    for before, after in pairwise(visits):
        needs = before.time + before.stays + case.between("seconds", before.where, after.where)
        if after.time < needs:
            wrong.append(f"it is at a stop at {after.time} and cannot be before {needs}.")
    for visit in visits:
        opening = case.opening(visit.where)
        if opening and not opening[0] <= visit.time <= opening[1] - visit.stays:
            wrong.append(f"it is at school {visit.where - case.depots} at {visit.time}, outside its time.")
    return visits, wrong


def _ridden(case: Case, run: Said, visits: Sequence[Visit]) -> Iterable[str]:
    """Nobody is aboard and walking too long, and everybody boards before they alight. In the morning a ride
    is from the end of boarding to the end of alighting; in the afternoon from the start of boarding to that
    of alighting."""
    since: dict[int, int] = {}
    walks = {stop["passenger"]: case.walk(stop["passenger"], stop) or 0 for stop in _at_homes(case, run)}
    for visit in visits:
        for who in visit.on:
            since[who] = visit.time + (0 if case.after else visit.stays)
        for who in visit.off:
            if who not in since:
                yield f"passenger {who} is set down before they are fetched."
                continue
            aboard = visit.time + (0 if case.after else visit.stays) - since.pop(who)
            most = int(case.people[who]["max_ride"]) - walks.get(who, 0)
            if aboard > most:
                yield f"passenger {who} is aboard for {aboard} seconds; {most} at most."
    for who in since:
        yield f"passenger {who} is never set down."


def _at_homes(case: Case, run: Said) -> Iterable[Said]:
    """The stops at homes and meeting points."""
    return (stop for stop in run["stops"] if (stop["event"] == "pickup") != case.after)


def _aboard(case: Case, run: Said, visits: Sequence[Visit]) -> Iterable[str]:
    """Seats and bays, escorts, who travels alone, and who must be kept apart."""
    kind, aboard = case.kinds[run["type"]], set[int]()
    seats = bays = 0
    for visit in visits:
        aboard = (aboard | set(visit.on)) - set(visit.off)
        chairs = sum(bool(case.people[who]["wheelchair"]) for who in aboard)
        seats, bays = max(seats, len(aboard) - chairs), max(bays, chairs)
        for who in aboard:
            if case.people[who].get("alone") and len(aboard) > 1:
                yield f"passenger {who} has to travel alone and does not."
    those = {who for visit in visits for who in (*visit.on, *visit.off)}
    needed = _escorts(case, those)
    said = int(run.get("escorts", needed))
    if said < needed:
        yield f"it has {said} escorts and needs {needed}."
    seats += said * bool(case.escorting.get("takes_seat"))
    layouts = kind.get("layouts") or [[kind["seats"], kind["bays"]]]
    if not any(seats <= fits[0] and bays <= fits[1] for fits in layouts):
        yield f"it needs {seats} seats and {bays} bays, and a {run['type']} does not have both."
    for pair in case.said["not_together"]:
        if set(pair) <= those:
            yield f"passengers {pair[0]} and {pair[1]} must be kept apart."


def _escorts(case: Case, those: Iterable[int]) -> int:
    """One for all who can share, and one for each who needs their own."""
    needs = [case.people[who]["escort"] for who in those]
    return needs.count("own") + int(any(need in (True, "shared") for need in needs))


def _paid(case: Case, run: Said, visits: Sequence[Visit]) -> tuple[int, float]:
    """How long a run is on the road, and what it costs."""
    kind, route = case.kinds[run["type"]], [visit.where for visit in visits]
    seconds = visits[-1].time + visits[-1].stays - visits[0].time
    if not kind.get("ends_free"):
        route = [run["depot"], *route, run["depot"]]
        seconds += case.between("seconds", route[0], route[1]) + case.between("seconds", route[-2], route[-1])
    those = {who for visit in visits for who in visit.on}
    escorts = int(run.get("escorts", _escorts(case, those)))
    paid = {**case.escorting, **kind.get("escorting", {})}
    hourly = float(kind.get("hourly", 18.0)) + escorts * float(paid.get("hourly", 0.0))
    cost = float(kind["fixed_cost"]) + escorts * float(paid.get("fixed", 0.0))
    if kind.get("by_mile"):
        metres = sum(case.between("metres", a, b) for a, b in pairwise(route))
        cost += metres / MILE * float(kind["by_mile"])
    return seconds, max(cost + hourly * seconds / 3600, float(kind.get("minimum", 0.0)))


def _sums(verdict: Verdict, plan: Said) -> Iterable[str]:
    """What the plan says of itself is so."""
    if abs(float(plan.get("cost", verdict.cost)) - verdict.cost) > TOLERANCE * max(1, verdict.vehicles):
        yield f"The plan says it costs {plan['cost']} and costs {verdict.cost}."
    if int(plan.get("vehicles", verdict.vehicles)) != verdict.vehicles:
        yield f"The plan says {plan['vehicles']} vehicles and has {verdict.vehicles}."
    if abs(float(plan.get("hours", verdict.hours)) - verdict.hours) > TOLERANCE:
        yield f"The plan says {plan['hours']} hours and takes {verdict.hours}."
