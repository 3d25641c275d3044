"""What the words on a way of OpenStreetMap mean: who may go along it, which way, and how fast.

The meanings are those of wiki.openstreetmap.org: Key:highway, Key:oneway, Key:access, Key:maxspeed and
OSM_tags_for_routing/Access_restrictions (United Kingdom). What depends on the hour
(`motor_vehicle:conditional`, school streets) and turns that are forbidden are not read.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

Tags = Mapping[str, str]

KINDS = (
    "motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link", "secondary",
    "secondary_link", "tertiary", "tertiary_link", "unclassified", "residential", "living_street", "service",
)  # fmt: skip
KIND = {name: number for number, name in enumerate(KINDS)} | {"road": KINDS.index("unclassified")}
NO_STOPPING = frozenset(KIND[name] for name in KINDS if name == "motorway" or name.endswith("_link"))
CLOSED = frozenset({"no", "private", "agricultural", "forestry", "military", "emergency", "use_sidepath"})
NOT_FOR_CARS = frozenset({"parking_aisle", "drive-through", "emergency_access", "bus", "slipway"})
NOT_ON_FOOT = frozenset(
    {"motorway", "motorway_link", "construction", "proposed", "abandoned", "razed", "planned", "raceway"}
    | {
        "bus_guideway",
        "busway",
        "escape",
        "rest_area",
        "services",
        "corridor",
        "elevator",
        "via_ferrata",
        "no",
    }
)
ROUND = frozenset({"roundabout", "circular"})
STOPS_CARS = frozenset(
    {"bollard", "block", "cycle_barrier", "motorcycle_barrier", "kissing_gate", "stile", "turnstile"}
    | {"full-height_turnstile", "chain", "jersey_barrier", "log", "debris", "bus_trap", "sump_buster"}
)
MAY_BE_SHUT = frozenset(
    {"gate", "lift_gate", "swing_gate", "barrier", "hampshire_gate", "sliding_gate", "yes"}
)
NATIONAL = {
    "national": 96, "nsl_single": 96, "nsl_dual": 113, "motorway": 113, "nsl_restricted": 48, "urban": 48,
    "walk": 6,
}  # fmt: skip
KMH_PER_MPH = 1.609344
FASTEST = 130
SPEED = re.compile(r"^\s*(\d{1,3})(?:\.\d+)?\s*(mph|km/?h|kph)?\s*$", re.IGNORECASE)


class Road(NamedTuple):
    """How a car may use a way."""

    kind: int  # of KINDS
    forth: bool  # in the order of its nodes
    back: bool
    limit: int  # km/h; nought where none is said
    stop: bool  # whether somebody may be picked up here: no motorway, no slip road, no motor road


def road(tags: Tags) -> Road | None:
    """The way as a car sees it, or nothing where cars may not go."""
    kind = KIND.get(tags.get("highway", ""))
    if kind is None or tags.get("area") == "yes" or not open_to_cars(tags):
        return None
    forth, back = directions(tags)
    if not forth and not back:
        return None
    stop = kind not in NO_STOPPING and tags.get("motorroad") != "yes"
    return Road(kind, forth, back, speed_limit(tags.get("maxspeed", "")), stop)


def open_to_cars(tags: Tags) -> bool:
    """The most particular word counts: cars, then motor vehicles, then vehicles, then everybody."""
    if tags.get("service") in NOT_FOR_CARS and tags.get("highway") == "service":
        return False
    for key in ("motorcar", "motor_vehicle", "vehicle", "access"):
        if key in tags:
            return tags[key] not in CLOSED
    return True


def directions(tags: Tags) -> tuple[bool, bool]:
    """Whether a car may go along the order of the nodes, and against it."""
    said = tags.get("oneway:motor_vehicle", tags.get("oneway:motorcar", tags.get("oneway", "")))
    if said in ("-1", "reverse"):
        return False, True
    if said == "reversible":
        return False, False
    implied = tags.get("junction") in ROUND or tags.get("highway") in ("motorway", "motorway_link")
    if said in ("yes", "true", "1") or (implied and said not in ("no", "false", "0")):
        return True, False
    return True, True


def speed_limit(said: str) -> int:
    """km/h, rounded; nought where the word says none that can be read. The first of several counts."""
    first = said.split(";")[0].split(":")[-1].strip()
    if first in NATIONAL:
        return NATIONAL[first]
    found = SPEED.match(first)
    if found is None:
        return 0
    number, unit = int(found[1]), (found[2] or "").lower()
    return min(FASTEST, round(number * KMH_PER_MPH) if unit == "mph" else number)


def on_foot(tags: Tags) -> bool:
    """Whether a child, accompanied as necessary, may walk along it: ways of every kind that are open."""
    highway = tags.get("highway")
    if highway is None or highway in NOT_ON_FOOT or tags.get("motorroad") == "yes":
        return False
    return tags.get("foot", tags.get("access", "yes")) not in CLOSED


def stops_cars(tags: Tags) -> bool:
    """Whether this point of a way, such as a bollard, lets no car through."""
    barrier = tags.get("barrier", "")
    for key in ("motorcar", "motor_vehicle", "vehicle", "access"):
        if key in tags:
            return bool(barrier) and tags[key] in CLOSED
    return barrier in STOPS_CARS or (barrier in MAY_BE_SHUT and tags.get("locked") == "yes")
