"""Sample vehicles of a demo office: depots, kinds with their prices, and each vehicle."""

import datetime as dt
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.clock import in_london
from moothall.core.marked_yaml import Fields
from moothall.core.packs import Pack, Progress
from moothall.transport.models import Depot, Paper, Vehicle, VehicleKind
from moothall.transport.models.paper import OWN

from . import fleet
from .accounting import owner_of_all
from .papers import Held

SINCE: Final = dt.date(2026, 9, 1)
DAY: Final = dt.timedelta(days=1)
LAST: Final = (310, 142, 240, 188, 95, 276, 33, 201, 64, 159)  # days until a paper runs out
GARAGE: Final = (dt.date(2026, 11, 16), dt.date(2026, 12, 18))


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only in a demo office."""
    doc = pack.file("demo/fleet.yaml") if pack.demo else None
    if doc is None or Depot.objects.exists():
        return
    fields = Fields(doc)
    progress.begin(_("Sample vehicles"))
    depots = {row["key"]: _depot(Fields(row)) for row in fields.mappings("depots")}
    kinds = {row["key"]: _kind(Fields(row), pack) for row in fields.mappings("kinds")}
    for row in map(Fields, fields.mappings("vehicles")):
        made = fleet.add_vehicle(
            registration=row.text("registration"), kind=kinds[row.text("kind")],
            depot=depots[row.text("depot")], fuel=row.choice("fuel", [key for key, _w in Vehicle.FUELS]),
            by=None, at=pack.at,
        )  # fmt: skip
        if off := row.text("off", ""):
            fleet.take_off_road(made, from_on=GARAGE[0], until_on=GARAGE[1], because=off, by=None, at=pack.at)
        row.finish()
        progress.advance()
    fields.finish()
    give_papers(pack)
    progress.end()


def give_papers(pack: Pack) -> None:
    """Whatever is asked of vehicles of our own and is not there, seen by somebody; some run out soon."""
    today, by = in_london(pack.at).date(), owner_of_all()
    vehicles = list(Vehicle.objects.there(today).filter(contractor=None).select_related("kind"))
    held = Held(vehicles, today, today)
    lacks = [(each, lack) for each in vehicles for lack in held.lacking(each, OWN, on=today)]
    Paper.objects.bulk_create(
        Paper(
            vehicle=vehicle, kind=lack.kind, number=f"{lack.kind.key[:2].upper()}-{60_000 + place}",
            issued_on=today - DAY * 54, expires_on=today + DAY * LAST[place % len(LAST)], recorded_at=pack.at,
            recorded_by=by, verified_at=pack.at, verified_by=by,
        )
        for place, (vehicle, lack) in enumerate(lacks)
    )  # fmt: skip


def _depot(fields: Fields) -> Depot:
    north, east = fields.words("at")
    made = Depot.objects.create(
        key=fields.text("key"), name=fields.text("name"), address=fields.text("address"),
        latitude=float(north), longitude=float(east),
    )  # fmt: skip
    fields.finish()
    return made


def _kind(fields: Fields, pack: Pack) -> VehicleKind:
    layouts = [[int(each) for each in pair] for pair in fields.raw("layouts")]
    made = VehicleKind.objects.create(
        key=fields.text("key"), name=fields.text("name"), name_cy=fields.text("name_cy"), layouts=layouts
    )
    fleet.set_price(
        kind=made, contractor=None, a_run=Decimal(fields.text("run")), an_hour=Decimal(fields.text("hour")),
        a_mile=Decimal(fields.text("mile")), from_on=SINCE, source=_("Our own fleet, budget 2026/27"),
        by=None, at=pack.at,
    )  # fmt: skip
    fields.finish()
    return made
