"""A sample office of full size: how many of what it has, and its schools, depots and vehicles."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from random import Random
from typing import Final

from moothall.core.copying import Tables
from moothall.core.earth import Point
from moothall.core.marked_yaml import Fields
from moothall.core.packs import Pack
from moothall.transport.models import Bell, Centre, Depot, KindPrice, TermCalendar, Vehicle, VehicleKind

KEPT: Final = "demo/scale.yaml"
SINCE: Final = dt.date(2025, 9, 1)
BELLS_SINCE: Final = dt.date(2024, 9, 1)
WEEK: Final = [0, 1, 2, 3, 4]
DEGREE_NORTH, DEGREE_EAST = 111.2, 67.0  # kilometres, at these towns
AROUND: Final = 1.9  # kilometres, usually
SPEECH_OF: Final = {
    Centre.PRIMARY: "Primary School", Centre.SECONDARY: "Academy", Centre.SPECIAL: "School",
    Centre.COLLEGE: "College", Centre.DAY: "Day Centre",
}  # fmt: skip


@dataclass(frozen=True)
class KindOf:
    """Schools or centres of a kind: how many of a hundred, how many of a hundred passengers, bells, hours."""

    kind: str
    of: int
    going: int
    bells: Sequence[dt.time]
    hours: float
    names: Sequence[str]


@dataclass(frozen=True)
class Town:
    name: str
    at: Point
    of: int


@dataclass
class Large:
    """What the pack says of it, and what is made of that. Counts are of the whole office."""

    pack: Pack
    dice: Random
    passengers: int
    staff: int
    contractors: int
    centres: int
    shares: Mapping[str, float]
    kinds: Sequence[KindOf]
    towns: Sequence[Town]
    words: Mapping[str, Sequence[str]]
    depots: Sequence[Mapping[str, str]]
    drivers: float
    both: float
    fleet: Mapping[str, int]
    minibus: Mapping[str, Decimal]
    tables: Tables = field(default_factory=Tables)

    def point(self, town: Town, around: float = AROUND) -> Point:
        """Somewhere round a town."""
        north, east = (self.dice.gauss(0, around) for _each in range(2))
        return round(town.at[0] + north / DEGREE_NORTH, 5), round(town.at[1] + east / DEGREE_EAST, 5)

    def town(self) -> Town:
        return self.dice.choices(self.towns, [each.of for each in self.towns])[0]

    def has(self, share: str) -> bool:
        return self.dice.random() < self.shares[share]

    def name(self) -> tuple[str, str]:
        """Given and family name."""
        return self.dice.choice(self.words["given_names"]), self.dice.choice(self.words["family_names"])


def read_large(pack: Pack) -> Large | None:
    """None where the pack has no such office, or nobody asked for it."""
    doc = pack.file(KEPT) if pack.scale else None
    if doc is None:
        return None
    fields = Fields(doc)
    names = fields.mapping("centre_names")
    words = ("streets", "contractor_names", "contractor_endings", "taxi_run", "given_names", "family_names")
    large = Large(
        pack, Random(f"{pack.key}/{pack.seed}/large"),  # noqa: S311 # nosec B311  (a sample)
        passengers=round(fields.whole("passengers") * pack.scale),
        staff=round(fields.whole("staff") * pack.scale),
        contractors=round(fields.whole("contractors") * pack.scale),
        centres=round(fields.whole("centres") * min(1.0, pack.scale)),
        shares={name: float(share) for name, share in fields.mapping("shares").items()},
        kinds=[_kind(Fields(row), names) for row in fields.mappings("kinds")],
        towns=[_town(Fields(row)) for row in fields.mappings("towns")],
        words={name: fields.words(name) for name in words},
        depots=[dict(row) for row in fields.mappings("depots")],
        drivers=float(fields.text("drivers")), both=float(fields.text("both")),
        fleet={kind: int(many) for kind, many in fields.mapping("fleet").items()},
        minibus={name: Decimal(amount) for name, amount in fields.mapping("minibus").items()},
    )  # fmt: skip
    fields.finish()
    return large


def _kind(fields: Fields, names: Mapping[str, Sequence[str]]) -> KindOf:
    kind = fields.choice("kind", [key for key, _words in Centre.KINDS])
    made = KindOf(
        kind, fields.whole("of"), fields.whole("going"),
        [dt.time.fromisoformat(each) for each in fields.words("bells")], float(fields.text("hours")),
        names[kind],
    )  # fmt: skip
    fields.finish()
    return made


def _town(fields: Fields) -> Town:
    north, east = fields.words("at")
    made = Town(fields.text("name"), (float(north), float(east)), fields.whole("of"))
    fields.finish()
    return made


def add_centres(large: Large) -> None:
    """As many as it has, beside those of the pack; each round a town, with its own bell."""
    calendar = TermCalendar.objects.order_by("id").first()
    wanted = max(0, large.centres - Centre.objects.count())
    numbers = {each.kind: count() for each in large.kinds}
    for number in range(wanted):
        kind = large.dice.choices(large.kinds, [each.of for each in large.kinds])[0]
        at = next(numbers[kind.kind])
        name = kind.names[at % len(kind.names)]
        town = large.town()
        again = f" {town.name}" if at >= len(kind.names) else ""
        point = large.point(town)
        centre = large.tables.add(
            Centre, key=f"large-{number + 1}", name=f"{name}{again} {SPEECH_OF[kind.kind]}", kind=kind.kind,
            calendar_id=None if kind.kind == Centre.DAY or calendar is None else calendar.pk,
            address=town.name, phone=f"01632 96{1000 + number}", latitude=point[0], longitude=point[1],
        )  # fmt: skip
        begins = large.dice.choice(kind.bells)
        ends = dt.datetime.combine(SINCE, begins) + dt.timedelta(hours=kind.hours)
        large.tables.add(
            Bell, centre_id=centre, weekdays=WEEK, begins=begins,
            ends=(ends - dt.timedelta(minutes=ends.minute % 5)).time(), from_on=BELLS_SINCE,
            recorded_at=large.pack.at,
        )  # fmt: skip
    large.tables.copy()


def add_fleet(large: Large) -> None:
    """More depots, and vehicles of its own at all of them."""
    for row in large.depots:
        north, east = (float(each) for each in row["at"])
        Depot.objects.get_or_create(
            key=row["key"],
            defaults={"name": row["name"], "address": row["address"], "latitude": north, "longitude": east},
        )
    depots = list(Depot.objects.order_by("id"))
    kinds = {each.key: each for each in VehicleKind.objects.all()}
    drivers = large.staff * large.drivers
    numbers = count(1)
    for key, share in large.fleet.items():
        wanted = max(len(depots), round(drivers * share / 100))
        for each in range(wanted - Vehicle.objects.filter(kind=kinds[key]).count()):
            number = next(numbers)
            large.tables.add(
                Vehicle, registration=f"BG{70 + number % 6}{_letters(number)}", kind_id=kinds[key].pk,
                depot_id=depots[depot_of(each, len(depots))].pk, added_at=large.pack.at,
                fuel=large.dice.choices((Vehicle.DIESEL, Vehicle.ELECTRIC, Vehicle.HYBRID), (6, 2, 2))[0],
            )  # fmt: skip
    large.tables.copy()


def depot_of(number: int, depots: int) -> int:
    """Two of five at the first, the others shared out."""
    return 0 if number % 5 < 2 or depots == 1 else 1 + number % (depots - 1)


def _letters(number: int) -> str:
    found = ""
    for _each in range(3):
        number, letter = divmod(number, 26)
        found += chr(ord("A") + letter)
    return found


def price_minibuses(large: Large, kind: VehicleKind, contractors: Sequence[int]) -> None:
    """What contractors ask for a run of a plan."""
    for contractor in contractors:
        large.tables.add(
            KindPrice, kind_id=kind.pk, contractor_id=contractor, a_run=large.minibus["run"],
            an_hour=large.minibus["hour"], a_mile=large.minibus["mile"], from_on=SINCE,
            source="Framework of September 2026, lot 1", recorded_at=large.pack.at,
        )  # fmt: skip
