"""A training plan judged from the files alone. Nothing here is shared with what makes plans: the case is read
again, the rules are written again, and every breach is told in a sentence."""

import gzip
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

Case = Mapping[str, Any]
WORKING = "ELND"


@dataclass
class Verdict:
    """What a plan comes to: how many places it gives, and every rule it breaks."""

    placed: int = 0
    classes: int = 0
    thin: int = 0  # classes of the surge with fewer people than the least a class should have
    breaches: list[str] = field(default_factory=list)


def check_files(case: Path, plan: Path) -> Verdict:
    """Judge the plan in one file by the case in another. OSError or ValueError when one cannot be read."""
    return check(_read(case), _read(plan))


def check(case: Case, plan: Mapping[str, Any]) -> Verdict:
    """Judge a plan by the published rules. KeyError when either lacks a part of the published form."""
    verdict = Verdict(placed=len(plan["places"]), classes=len(plan["classes"]))
    classes = {one["id"]: one for one in plan["classes"]}
    if len(classes) != len(plan["classes"]):
        verdict.breaches.append("Two classes have the same id.")
    members: dict[Any, list[Mapping[str, Any]]] = defaultdict(list)
    for place in plan["places"]:
        if place["class"] not in classes:
            verdict.breaches.append(
                f"Officer {place['officer']} is in class {place['class']}, which is not held."
            )
        else:
            members[place["class"]].append(place)
    said = verdict.breaches
    for number, one in classes.items():
        said += _class_held(case, one)
        said += _class_filled(case, one, members[number])
        verdict.thin += one["kind"] == "surge" and len(members[number]) < case["surge"]["min_size"]
    said += _rooms(case, classes.values())
    said += _trainers(case, classes.values())
    attended = [(place, classes[place["class"]]) for place in plan["places"] if place["class"] in classes]
    said += _officers(case, attended)
    said += _resilience(case, attended)
    said += _everybody_told(case, plan)
    return verdict


def _read(path: Path) -> Any:
    raw = path.read_bytes()
    return json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)


def _class_held(case: Case, one: Mapping[str, Any]) -> Iterable[str]:
    name, days, trainers = f"Class {one['id']}", one["days"], one["trainers"]
    if len(set(trainers)) != len(trainers):
        yield f"{name} counts a trainer twice."
    if one["kind"] == "surge":
        if len(days) != 1 or days[0] not in case["surge"]["days"]:
            yield f"{name} is not on one day of the surge."
        if len(trainers) != case["surge"]["per_class_trainers"]:
            yield f"{name} has {len(trainers)} trainers."
        return
    course = case["courses"][one["course"]]
    if len(days) != course["dur"] or sorted(set(days)) != list(days) or not set(days) <= set(case["teach"]):
        yield f"{name} is not on {course['dur']} teaching days."
    if one["site"] not in course["sites"]:
        yield f"{name} is at a site that does not teach course {one['course']}."
    if len(trainers) != course["trainers"]:
        yield f"{name} has {len(trainers)} trainers instead of {course['trainers']}."
    for trainer in trainers:
        if one["course"] not in case["trainers"][trainer]["skills"]:
            yield f"{name}: trainer {trainer} does not teach course {one['course']}."


def _class_filled(case: Case, one: Mapping[str, Any], members: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    surge = one["kind"] == "surge"
    size = case["surge"]["size"] if surge else case["courses"][one["course"]]["size"]
    if len(members) > size:
        yield f"Class {one['id']} has {len(members)} people for {size} places."
    for place in members:
        who = f"Officer {place['officer']} in class {one['id']}"
        if place["kind"] != one["kind"]:
            yield f"{who} has a place of another kind."
        elif surge:
            yield from _in_surge(case, one, place, who)
        else:
            need = case["reqs"][place["requirement"]]
            if need["o"] != place["officer"] or need["c"] != one["course"]:
                yield f"{who}: requirement {place['requirement']} is somebody else's or for another course."
            if one["days"][0] < need["rel"] or one["days"][-1] > need["due"]:
                yield f"{who} is outside days {need['rel']} to {need['due']}."


def _in_surge(case: Case, one: Mapping[str, Any], place: Mapping[str, Any], who: str) -> Iterable[str]:
    if place["module"] != one["module"]:
        yield f"{who} came for another module."
    if place["module"] == 2 and place["officer"] not in case["surge"]["sup"]:
        yield f"{who} is no supervisor."
    minutes = case["travel"][case["teams"][case["officers"][place["officer"]]["team"]]["station"]]
    if minutes[one["site"]] > max(case["surge"]["max_minutes"], min(minutes)):
        yield f"{who} travels {minutes[one['site']]:g} minutes."


def _rooms(case: Case, classes: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    used = Counter((one["kind"] == "surge", one["site"], day) for one in classes for day in one["days"])
    for (surge, site, day), count in used.items():
        if count > case["sites"][site]["surge_rooms" if surge else "bg_rooms"]:
            yield f"Site {site} holds {count} {'surge ' if surge else ''}classes on day {day}."
        if day in case["sites"][site].get("closed", ()):
            yield f"Site {site} is closed on day {day}."


def _trainers(case: Case, classes: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    used = Counter(
        (one["kind"] == "surge", trainer, day)
        for one in classes
        for trainer in one["trainers"]
        for day in one["days"]
    )
    weeks = Counter((surge, trainer, day // 7) for surge, trainer, day in used)
    for (surge, trainer, day), count in used.items():
        person = (case["surge"]["trainers"] if surge else case["trainers"])[trainer]
        if count > 1:
            yield f"Trainer {trainer} teaches {count} classes on day {day}."
        if day in person["absent"]:
            yield f"Trainer {trainer} is away on day {day}."
    for (surge, trainer, week), count in weeks.items():
        most = 4 if surge else case["trainers"][trainer]["days_per_week"]
        if count > most:
            yield f"Trainer {trainer} teaches on {count} days of week {week}."


def _officers(case: Case, attended: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Iterable[str]:
    taken: Counter[tuple[int, int]] = Counter()
    needs: Counter[tuple[str, int, int]] = Counter()
    span: dict[tuple[str, int, int], tuple[int, int]] = {}
    for place, one in attended:
        officer = case["officers"][place["officer"]]
        for day in one["days"]:
            taken[officer["id"], day] += 1
            if day in officer["absent"]:
                yield f"Officer {officer['id']} is away on day {day}."
        what = one["module"] if one["kind"] == "surge" else one["course"]
        needs[one["kind"], officer["id"], what] += 1
        span[one["kind"], officer["id"], what] = one["days"][0], one["days"][-1]
    for (who, day), count in taken.items():
        if count > 1:
            yield f"Officer {who} is in {count} classes on day {day}."
    for (_, who, what), count in needs.items():
        if count > 1:
            yield f"Officer {who} has {count} places for the same thing ({what})."
    yield from _one_after_the_other(case, span)


def _one_after_the_other(case: Case, span: Mapping[tuple[str, int, int], tuple[int, int]]) -> Iterable[str]:
    wanted = {(need["o"], need["c"]) for need in case["reqs"]}
    for need in case["reqs"]:
        here = span.get(("course", need["o"], need["c"]))
        if here and need["pre"] is not None and (need["o"], need["pre"]) in wanted:
            before = span.get(("course", need["o"], need["pre"]))
            if before is None or before[1] >= here[0]:
                yield f"Officer {need['o']} takes course {need['c']} without having done {need['pre']}."
    for (kind, who, module), (first, _) in span.items():
        if kind == "surge" and module == 1:
            opening = span.get(("surge", who, 0))
            if opening is None or first - opening[1] < case["surge"]["gap"]:
                yield f"Officer {who} takes module 1 without module 0 long enough before."


def _resilience(case: Case, attended: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Iterable[str]:
    """Nobody goes where the pattern forbids it, and no team goes below what it must keep."""
    away: Counter[tuple[str, int, int]] = Counter()
    for place, one in attended:
        officer = case["officers"][place["officer"]]
        team = case["teams"][officer["team"]]
        lost = _duties_lost(team["duty"], team["kind"], one["days"], case.get("rest"))
        if lost is None:
            yield from _against_the_pattern(case, team, officer["id"], one)
            continue
        for day in lost:
            away["officers", team["id"], day] += 1
            away["sergeants", team["id"], day] += bool(officer["sgt"])
            away["Taser-trained officers", team["id"], day] += bool(officer["taser"])
    members: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for officer in case["officers"]:
        members[officer["team"]].append(officer)
    for (what, number, day), count in away.items():
        spare = _spare(case["teams"][number], members[number], what, day)
        if count > spare:
            yield f"Team {number} lends {count} {what} on day {day} and can spare {spare}."


def _against_the_pattern(
    case: Case, team: Mapping[str, Any], officer: int, one: Mapping[str, Any]
) -> Iterable[str]:
    """Said with the hours of rest, where those are what is wrong."""
    yield f"Officer {officer} goes to class {one['id']} against the shift pattern."
    if len(one["days"]) == 1 and "rest" in case:
        for day, hours in _short_of_rest(team["duty"], one["days"], case["rest"]):
            yield (
                f"Officer {officer} has {hours:g} hours of rest between the duty of day {day} and class "
                f"{one['id']}; {case['rest']['hours']:g} are due."
            )


def _spare(team: Mapping[str, Any], members: Sequence[Mapping[str, Any]], what: str, day: int) -> int:
    if what == "officers":
        return int(max(0, team["slack"][day]))
    those = [one for one in members if one["sgt" if what == "sergeants" else "taser"]]
    stay = 1 if what == "sergeants" else math.ceil(len(those) / 2)
    return max(0, sum(day not in one["absent"] for one in those) - stay)


def _duties_lost(
    duty: str, kind: str, days: Sequence[int], rest: Mapping[str, Any] | None = None
) -> list[int] | None:
    beside = sorted({day for day, _hours in _short_of_rest(duty, days, rest)})
    if len(days) == 1:
        return None if duty[days[0]] not in WORKING or beside else list(days)
    off = [day for day in days if duty[day] not in WORKING]
    if len(off) * 2 > len(days) or (off and kind != "response"):
        return None
    lost = [day for day in days if duty[day] in WORKING] + beside
    later = (day for day in range(days[-1] + 1, len(duty)) if day not in beside and duty[day] in "ELD")
    owed = list(islice(later, len(off)))
    return lost + owed if len(owed) == len(off) else None


def _short_of_rest(
    duty: str, days: Sequence[int], rest: Mapping[str, Any] | None
) -> Iterable[tuple[int, float]]:
    """The days before and after those of a class whose duty leaves too few hours between the two, with how
    many. Where a case names no rest, a night before the first day is one."""
    if rest is None:
        if days[0] > 0 and duty[days[0] - 1] == "N":
            yield days[0] - 1, 2.0
        return
    opens, closes = rest["session"]
    for day in sorted(set(range(days[0] - 1, days[-1] + 2)) - set(days)):
        if not 0 <= day < len(duty) or duty[day] not in WORKING:
            continue
        starts, stops = (24 * day + hour for hour in rest["duties"][duty[day]])
        gaps = [24 * one + opens - stops for one in days if one == day + 1]
        gaps += [starts - 24 * one - closes for one in days if one == day - 1]
        yield from ((day, gap) for gap in gaps if gap < rest["hours"])


def _everybody_told(case: Case, plan: Mapping[str, Any]) -> Iterable[str]:
    """Each place that was asked for is either given or refused with a reason, once."""
    asked = Counter(("course", need["o"], number) for number, need in enumerate(case["reqs"]))
    if case["surge"]["days"]:
        asked.update(("surge", officer["id"], module) for officer in case["officers"] for module in (0, 1))
        asked.update(("surge", officer, 2) for officer in case["surge"]["sup"])
    answered = Counter(_what(place) for place in plan["places"])
    for left in plan["unplaced"]:
        answered[_what(left)] += 1
        if not left["reason"]:
            yield f"Officer {left['officer']} is left out without a reason."
    for what in asked | answered:
        if answered[what] != asked[what]:
            yield f"Officer {what[1]}: {what[0]} place {what[2]} is answered {answered[what]} times."


def _what(said: Mapping[str, Any]) -> tuple[str, int, int]:
    if "module" in said:
        return "surge", said["officer"], said["module"]
    return "course", said["officer"], said["requirement"]
