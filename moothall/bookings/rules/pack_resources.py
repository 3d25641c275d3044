"""The part of a pack about what can be booked: features, layouts, food and drink, and resources; and, in a
demo, a week of bookings."""

import datetime as dt
from random import Random
from typing import Any

from django.utils.translation import gettext as _

from moothall.bookings.models import BedKind, Feature, Layout, Refreshment, Reservation, Resource
from moothall.core.clock import in_london
from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Place, Team
from moothall.people.models.working import at_on
from moothall.people.rules.pack import row_named

from .keeping import save_resource
from .reserving import reserve

KINDS = ("ROOM", "BED", "VEHICLE", "EQUIPMENT", "PERSON")
SAMPLES, AHEAD = 60, 12
MEETINGS = (
    "Promotion board", "Gold group", "Induction day", "One to one", "Policy review", "Interviews",
    "Staff forum", "Wellbeing drop-in", "Budget meeting", "Supervisors’ course",
)  # fmt: skip


def load_resources(pack: Pack, progress: Progress) -> None:
    doc = pack.file("bookings.yaml")
    if doc is None:
        return
    progress.begin(_("What can be booked"))
    fields = Fields(doc)
    for row in fields.mappings("features"):
        _named(row, Feature, "key", is_access=Fields.flag)
    for row in fields.mappings("layouts"):
        _named(row, Layout, "name")
    for row in fields.mappings("refreshments"):
        _named(row, Refreshment, "name", price=Fields.text)
    for row in fields.mappings("bed_kinds"):
        _named(row, BedKind, "level", level=Fields.text, rate=Fields.text)
    for row in fields.mappings("resources"):
        _resources(row, pack)
        progress.advance()
    fields.finish()
    progress.end()


def _named(row: Marked, model: Any, key: str, **more: Any) -> None:
    fields = Fields(row)
    values = {name: fields.text(name) for name in dict.fromkeys((key, "name"))}
    values["name_cy"] = fields.text("name_cy", "")
    values |= {name: read(fields, name) for name, read in more.items()}
    fields.finish()
    model.objects.get_or_create(**{key: values[key]}, defaults=values)


def _resources(row: Marked, pack: Pack) -> None:
    """One resource, or with `count` so many of them, numbered from `from`."""
    fields = Fields(row)
    count, first = int(fields.text("count", "0")), int(fields.text("from", "1"))
    name, name_cy = fields.text("name"), fields.text("name_cy", "")
    team = fields.text("team", "")
    values: dict[str, Any] = {
        "kind": fields.choice("kind", KINDS, "ROOM"),
        "place": row_named(Place, row, "place", fields.text("place"), field="name"),
        "capacity": int(fields.text("capacity", "1")), "step_free": fields.flag("step_free", True),
        "for_appointments": False, "asks_approval": fields.flag("asks_approval"),
        "setup_minutes": int(fields.text("setup", "0")), "rate": fields.text("rate", "0"),
        "cleardown_minutes": int(fields.text("cleardown", "0")), "notes": fields.text("notes", ""),
        "team": row_named(Team, row, "team", team) if team else None,
    }  # fmt: skip
    sold_as, corridors = fields.text("sold_as", ""), fields.words("corridors")
    if sold_as:
        values["bed_kind"] = row_named(BedKind, row, "sold_as", sold_as, field="name")
    features = [row_named(Feature, row, "features", key) for key in fields.words("features")]
    parts = [row_named(Resource, row, "parts", part, field="name") for part in fields.words("parts")]
    fields.finish()
    for number in range(first, first + count) if count else [0]:
        said = {"name": name.replace("#", str(number)), "name_cy": name_cy.replace("#", str(number))}
        if corridors:
            values |= {"corridor": corridors[(number - first) * len(corridors) // count], "along": number}
        if not Resource.objects.filter(place=values["place"], name=said["name"]).exists():
            save_resource(None, features=features, parts=parts, by=None, at=pack.at, **said, **values)


def load_sample_reservations(pack: Pack, progress: Progress) -> None:
    """Two weeks of bookings, unless there are any."""
    rooms = list(Resource.objects.of_kind(Resource.ROOM).filter(for_appointments=False))
    makers = list(Account.objects.in_use().order_by("id")[:12])
    if not (pack.demo and pack.scale and rooms and makers) or Reservation.objects.exists():
        return
    progress.begin(_("Sample bookings"))
    rng = Random(f"{pack.seed}/bookings")  # noqa: S311
    monday = in_london(pack.at).date() - dt.timedelta(days=in_london(pack.at).weekday())
    for _number in range(SAMPLES):
        day = monday + dt.timedelta(days=rng.randrange(AHEAD))
        begins = at_on(day, dt.time(rng.randrange(8, 17), rng.choice((0, 30))))
        _sample(pack, rng, rooms, makers, begins)
        progress.advance()
    progress.end()


def _sample(
    pack: Pack, rng: Random, rooms: list[Resource], makers: list[Account], begins: dt.datetime
) -> None:
    room = rng.choice(rooms)
    try:
        reserve(
            title=rng.choice(MEETINGS), resources=[room], starts_at=begins, by=rng.choice(makers), at=pack.at,
            ends_at=begins + dt.timedelta(minutes=rng.choice((30, 60, 60, 90, 180))),
            people=rng.randint(2, max(room.capacity, 2)),
        )  # fmt: skip
    except Refusal:
        return
