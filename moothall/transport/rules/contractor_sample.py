"""Sample contractors of a demo office: contracts, vehicles, crews and papers, some of them running out."""

import datetime as dt
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.clock import in_london
from moothall.core.marked_yaml import Fields
from moothall.core.packs import Pack, Progress
from moothall.people.models import Account
from moothall.people.rules.persons import add_person
from moothall.transport.models import (
    Contractor,
    ContractorStaff,
    Paper,
    PaperKind,
    PaperRule,
    Vehicle,
    VehicleKind,
)

from . import allotting, contracting
from .accounting import owner_of_all
from .papers import Holder, column_of, parts_of

SINCE: Final = dt.date(2026, 9, 1)
DAY: Final = dt.timedelta(days=1)
SPREAD: Final = (61, 94, 140, 187, 233, 310)  # days until a paper runs out that nothing is said of


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only in a demo office."""
    doc = pack.file("demo/contractors.yaml") if pack.demo else None
    if doc is None or Contractor.objects.exists():
        return
    fields = Fields(doc)
    rows = list(fields.mappings("contractors"))
    progress.begin(_("Sample contractors"), len(rows))
    _kinds(fields)
    for row in rows:
        _contractor(Fields(row), pack, owner_of_all())
        progress.advance()
    fields.finish()
    progress.end()


def _kinds(fields: Fields) -> None:
    """Kinds of vehicle that the contractors bring, unless the office has them."""
    for row in map(Fields, fields.mappings("vehicle_kinds")):
        values = {
            "name": row.text("name"), "name_cy": row.text("name_cy", ""),
            "layouts": [[int(seats), int(bays)] for seats, bays in [row.words("layout")]],
        }  # fmt: skip
        VehicleKind.objects.get_or_create(key=row.text("key"), defaults=values)
        row.finish()


def _contractor(fields: Fields, pack: Pack, by: Account) -> None:
    given = {name: fields.text(name) for name in ("number", "name", "contact", "phone")}
    made = contracting.add_contractor(
        **given, name_cy=fields.text("name_cy", ""), email=fields.text("email", ""),
        language=fields.text("language", "en"), by=by, at=pack.at,
    )  # fmt: skip
    late = dict(_late(each) for each in fields.words("late"))
    _contracts(made, fields, pack, by)
    _papers(made, late, pack, by)
    vehicles = {
        row["registration"]: _vehicle(made, Fields(row), late, pack, by)
        for row in fields.mappings("vehicles")
    }
    crew = {row["name"]: _member(made, Fields(row), late, pack, by) for row in fields.mappings("crew")}
    for row in map(Fields, fields.mappings("jobs")):
        assistant = row.text("assistant", "")
        allotting.allot(
            job=row.text("job"), contractor=made, vehicle=vehicles[row.text("vehicle")],
            driver=crew[row.text("driver")], assistant=crew[assistant] if assistant else None,
            from_on=max(SINCE, in_london(pack.at).date() - DAY * 20), by=by, at=pack.at,
        )  # fmt: skip
        row.finish()
    fields.finish()


def _late(said: str) -> tuple[tuple[str, str], int]:
    """`FX21ABC/mot/9`: the paper of that holder runs out in nine days."""
    holder, kind, days = said.split("/")
    return (holder, kind), int(days)


def _contracts(made: Contractor, fields: Fields, pack: Pack, by: Account) -> None:
    contract = contracting.add_contract(
        made, number=fields.text("contract"), name=_("Home to school and day centres 2026/27"), from_on=SINCE,
        until_on=dt.date(2027, 7, 21), by=by, at=pack.at,
    )  # fmt: skip
    for row in map(Fields, fields.mappings("prices")):
        contracting.set_price(
            contract, unit=row.text("unit"), amount=Decimal(row.text("amount")), job=row.text("job", ""),
            from_on=SINCE, by=by, at=pack.at,
        )  # fmt: skip
        row.finish()


def _vehicle(
    made: Contractor, fields: Fields, late: dict[tuple[str, str], int], pack: Pack, by: Account
) -> Vehicle:
    kind = VehicleKind.objects.get(key=fields.text("kind"))
    vehicle = contracting.add_contractor_vehicle(
        made, registration=fields.text("registration"), kind=kind.pk, by=by, at=pack.at,
        fuel=fields.text("fuel", "DIESEL"),
    )  # fmt: skip
    fields.finish()
    _papers(vehicle, late, pack, by)
    return vehicle


def _member(
    made: Contractor, fields: Fields, late: dict[tuple[str, str], int], pack: Pack, by: Account
) -> ContractorStaff:
    person = add_person(full_name=fields.text("name"), by=by, at=pack.at)
    member = contracting.add_contractor_staff(
        made, person=person, badge=fields.text("badge"), drives=fields.flag("drives"),
        assists=fields.flag("assists"), from_on=SINCE, by=by, at=pack.at,
    )  # fmt: skip
    fields.finish()
    _papers(member, late, pack, by)
    return member


def _papers(holder: Holder, late: dict[tuple[str, str], int], pack: Pack, by: Account) -> None:
    """One of each kind that is needed, seen by somebody; what is said of some runs out soon."""
    today = in_london(pack.at).date()
    needed = PaperRule.objects.in_force(today).filter(of__in=parts_of(holder)).select_related("kind")
    kinds: dict[str, PaperKind] = {each.kind.key: each.kind for each in needed if each.seats_over is None}
    rows = []
    for place, (key, kind) in enumerate(kinds.items()):
        days = late.get((str(holder), key), SPREAD[(holder.pk + place) % len(SPREAD)])
        rows.append(
            Paper(
                kind=kind, number=f"{kind.key[:2].upper()}-{20_000 + holder.pk * 17 + place}",
                authority=_("Bryn Gororau Licensing") if "licence" in key else "",
                issued_on=today - DAY * 54, expires_on=None if key == "right-to-work" else today + DAY * days,
                recorded_at=pack.at, recorded_by=by, verified_at=pack.at, verified_by=by,
                **{column_of(holder): holder},
            )
        )  # fmt: skip
    Paper.objects.bulk_create(rows)
