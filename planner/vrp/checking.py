"""A plan judged from the published file alone. Nothing here is shared with what reads or solves it.

The plan says when service begins at each stop; the judge reads windows, loads, rides and distances from the
file again, in its own way, and counts the cost anew.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

CLOSE = 1e-4
RIDE_OF_BUSES = 2700.0


class Place(NamedTuple):
    x: float
    y: float
    load: float
    begin: float
    end: float
    service: float


@dataclass
class Rules:
    """What the file says, in the judge's own words. `partner` names where each that is fetched is brought."""

    places: dict[str, Place]
    depot: str
    partner: dict[str, str]
    capacity: float
    vehicles: int
    ride: float = math.inf
    route: float = math.inf
    cut: bool = False


@dataclass(frozen=True)
class Verdict:
    broken: tuple[str, ...]
    cost: float
    vehicles: int


def check_files(path: Path, format_: str, plan: Mapping[str, Any], ride: float = RIDE_OF_BUSES) -> Verdict:
    """Judge a plan, as `writing` writes it."""
    if format_ == "sbrp":
        return check_buses(path, plan, ride)
    rules = {"vrptw": visits, "pdptw": pairs, "darp": rides}[format_](path.read_text(encoding="utf-8"))
    routes = [[(stop["node"], float(stop["time"])) for stop in route["stops"]] for route in plan["routes"]]
    times = [(float(route["start"]), float(route["end"])) for route in plan["routes"]]
    broken = [*whole(rules, [name for route in routes for name, _ in route], plan["unserved"])]
    cost = 0.0
    for number, (route, (start, end)) in enumerate(zip(routes, times, strict=True), 1):
        broken += [f"route {number}: {what}" for what in one_route(rules, route, start, end)]
        names = [rules.depot, *(name for name, _ in route), rules.depot]
        cost += sum(far(rules, a, b) for a, b in pairwise(names))
    if len(routes) > rules.vehicles:
        broken.append(f"{len(routes)} vehicles are used and there are {rules.vehicles}")
    if abs(cost - float(plan["cost"])) > 0.01:
        broken.append(f"the plan says it costs {plan['cost']}, and it costs {cost:.3f}")
    return Verdict(tuple(broken), cost, len(routes))


def numbers(text: str) -> Iterator[list[float]]:
    for line in text.splitlines():
        try:
            row = [float(word) for word in line.split()]
        except ValueError:
            continue
        if row:
            yield row


def visits(text: str) -> Rules:
    if "NODE_COORD_SECTION" in text:
        return vrplib(text)
    (vehicles, capacity), *table = numbers(text)
    places = {str(int(n)): Place(x, y, q, a, b, s) for n, x, y, q, a, b, s in table}
    return Rules(places, "0", {}, capacity, int(vehicles), cut=True)


def vrplib(text: str) -> Rules:
    head, _, rest = text.partition("NODE_COORD_SECTION")
    said = dict(line.replace(" ", "").split(":") for line in head.splitlines() if ":" in line)
    parts = {"AT": rest.split("DEMAND_SECTION")[0].split("TIME_WINDOW_SECTION")[0]}
    for word in ("DEMAND", "TIME_WINDOW", "SERVICE_TIME"):
        if f"{word}_SECTION" in rest:
            parts[word] = rest.split(f"{word}_SECTION")[1]
    tables = {}
    for word, part in parts.items():
        rows = {}
        for line in part.splitlines()[0 if word == "AT" else 1 :]:
            if line.strip().endswith("_SECTION") or line.strip() == "EOF":
                break
            if line.split():
                rows[int(line.split()[0])] = [float(value) for value in line.split()[1:]]
        tables[word] = rows
    flat = float(said.get("SERVICE_TIME", 0))
    places = {}
    for n, (x, y) in tables["AT"].items():
        stays = tables["SERVICE_TIME"][n][0] if "SERVICE_TIME" in tables else flat * (n > 1)
        begin, end = tables["TIME_WINDOW"][n]
        places[str(n - 1)] = Place(x, y, tables["DEMAND"][n][0], begin, end, stays)
    return Rules(places, "0", {}, float(said["CAPACITY"]), int(said["VEHICLES"]), cut=True)


def pairs(text: str) -> Rules:
    (vehicles, capacity, _), *table = numbers(text)
    places = {str(int(row[0])): Place(*row[1:7]) for row in table}
    partner = {str(int(row[0])): str(int(row[8])) for row in table if row[8]}
    return Rules(places, "0", partner, capacity, int(vehicles))


def rides(text: str) -> Rules:
    (vehicles, _, route, capacity, ride), *table = numbers(text)
    count = (len(table) - 1) // 2
    places = {
        str(int(n)): Place(x, y, q, a, b, s)
        for n, x, y, s, q, a, b in (row[:7] for row in table[: 2 * count + 1])
    }
    partner = {str(n): str(n + count) for n in range(1, count + 1)}
    return Rules(places, "0", partner, capacity, int(vehicles), ride, route)


def far(rules: Rules, a: str, b: str) -> float:
    one, two = rules.places[a], rules.places[b]
    line = math.dist((one.x, one.y), (two.x, two.y))
    return math.floor(line * 10 + 1e-9) / 10 if rules.cut else line


def whole(rules: Rules, stops: list[str], unserved: list[str]) -> Iterator[str]:
    """Everybody exactly once, or among those left out."""
    brought = set(rules.partner.values())
    wanted = [name for name in rules.places if name != rules.depot and name not in brought]
    for name in wanted:
        times = stops.count(name) + list(unserved).count(name)
        if times != 1:
            yield f"{name} is served or left out {times} times"
        if name in rules.partner and stops.count(name) != stops.count(rules.partner[name]):
            yield f"{name} is fetched {stops.count(name)} times and brought otherwise"
    yield from (f"there is no {name}" for name in stops if name not in rules.places)


def one_route(rules: Rules, route: list[tuple[str, float]], start: float, end: float) -> Iterator[str]:
    depot = rules.places[rules.depot]
    clock, before, load = start, rules.depot, 0.0
    when = dict(route)
    if start < depot.begin - CLOSE:
        yield "it starts before the depot opens"
    for name, at in route:
        place = rules.places[name]
        if at < clock + far(rules, before, name) - CLOSE:
            yield f"{name} is served before the vehicle is there"
        if not place.begin - CLOSE <= at <= place.end + CLOSE:
            yield f"{name} is served at {at:.2f}, outside its window"
        load += place.load
        if load > rules.capacity + CLOSE:
            yield f"{load:g} are aboard after {name}"
        clock, before = at + place.service, name
        yield from one_ride(rules, name, when, clock)
    if end < clock + far(rules, before, rules.depot) - CLOSE or end > depot.end + CLOSE:
        yield "it comes back to the depot too late, or before it can"
    if end - start > rules.route + CLOSE:
        yield f"it takes {end - start:.2f}"


def one_ride(rules: Rules, name: str, when: Mapping[str, float], aboard: float) -> Iterator[str]:
    """What is wrong with the ride of who boards here, from the end of boarding."""
    brought = rules.partner.get(name)
    if brought is None:
        return
    if brought not in when or when[brought] < when[name]:
        yield f"{name} is not brought to {brought} afterwards"
    elif when[brought] - aboard > rules.ride + CLOSE:
        yield f"{name} rides {when[brought] - aboard:.2f}"


def check_buses(folder: Path, plan: Mapping[str, Any], ride: float) -> Verdict:
    """School buses: unloading takes 154.4 s and ends in the window; boarding 19 s and 2.6 s a child."""
    schools = {row[0]: row[1:] for row in tabbed(folder / "Schools.txt")}
    stops = {row[0]: row[1:] for row in tabbed(folder / "Stops.txt")}
    broken: list[str] = []
    seen: list[str] = []
    feet = 0.0
    for number, route in enumerate(plan["routes"], 1):
        judged = Bus(schools, stops, ride)
        for stop in route["stops"]:
            judged.go(stop["node"], stop["event"], float(stop["time"]))
        broken += [f"bus {number}: {what}" for what in judged.broken]
        broken += [f"bus {number}: {name} is never unloaded" for name in judged.aboard]
        seen += judged.done
        feet += judged.feet
    for name in stops:
        if seen.count(name) + list(plan["unserved"]).count(name) != 1:
            broken.append(f"{name} is served or left out {seen.count(name)} times")
    if abs(feet - float(plan["cost"])) > 1:
        broken.append(f"the plan says it costs {plan['cost']}, and it costs {feet:.1f}")
    return Verdict(tuple(broken), feet, len(plan["routes"]))


def tabbed(path: Path) -> list[list[str]]:
    return [line.split() for line in path.read_text(encoding="utf-8").splitlines()[1:] if line.split()]


@dataclass
class Bus:
    """One bus on its way. A stop's children are set down at their school by an event of their own."""

    schools: dict[str, list[str]]
    stops: dict[str, list[str]]
    ride: float

    def __post_init__(self) -> None:
        self.at: tuple[float, float] | None = None
        self.school = ""
        self.clock, self.feet = -math.inf, 0.0
        self.aboard: dict[str, float] = {}
        self.done: list[str] = []
        self.broken: list[str] = []

    def go(self, name: str, event: str, time: float) -> None:
        if event == "pickup":
            self.pick_up(name, time)
        else:
            self.set_down(name, time)

    def drive(self, x: float, y: float) -> float:
        """Seconds to there; the first place is free."""
        feet = 0.0 if self.at is None else abs(x - self.at[0]) + abs(y - self.at[1])
        self.feet += feet
        self.at = (x, y)
        return feet / (88 / 3)

    def pick_up(self, name: str, time: float) -> None:
        x, y, _, children = self.stops[name]
        if time < self.clock + self.drive(float(x), float(y)) - CLOSE:
            self.broken.append(f"{name} boards before the bus is there")
        self.clock = time + 19 + 2.6 * int(children)
        self.aboard[name] = self.clock
        self.school = ""
        if sum(int(self.stops[other][3]) for other in self.aboard) > 66:
            self.broken.append(f"too many are aboard after {name}")

    def set_down(self, name: str, time: float) -> None:
        school = self.stops[name][2]
        x, y, early, late = self.schools[school]
        if self.school != school:
            arrived = self.clock + self.drive(float(x), float(y))
            if time < arrived + 154.4 - CLOSE:
                self.broken.append(f"{school} is unloaded before the bus is there")
            self.clock = time
        self.school = school
        if not seconds(early) - CLOSE <= time <= seconds(late) + CLOSE or time < self.clock - CLOSE:
            self.broken.append(f"{school} is unloaded outside its window")
        if name not in self.aboard:
            self.broken.append(f"{name} is set down and not aboard")
        elif time - 154.4 - self.aboard.pop(name) > self.ride + CLOSE:
            self.broken.append(f"{name} rides too long")
        self.clock = time
        self.done.append(name)


def seconds(hhmm: str) -> float:
    return int(hhmm[:-2]) * 3600.0 + int(hhmm[-2:]) * 60.0
