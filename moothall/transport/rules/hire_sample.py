"""Sample hire jobs of a demo office: one quoted, one booked, one on an invoice. Nobody in them exists."""

import datetime as dt
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.clock import LONDON, in_london
from moothall.core.marked_yaml import Fields
from moothall.core.packs import Pack, Progress
from moothall.people.models import Account
from moothall.transport.models import Depot, HireJob, Vehicle, VehicleKind

from .accounting import owner_of_all
from .hiring import book_hire, invoice_hire, quote_hire

DAY: Final = dt.timedelta(days=1)
ROOM: Final = 8
WORDS: Final = ("customer", "contact", "what", "from_place", "to_place")
NUMBERS: Final = ("driving", "people", "in_wheelchairs", "escorts")


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only in a demo office."""
    doc = pack.file("demo/hires.yaml") if pack.demo else None
    depot, kind = Depot.objects.filter(closed_on=None).first(), _roomy_kind()
    if doc is None or depot is None or kind is None or HireJob.objects.exists():
        return
    fields = Fields(doc)
    progress.begin(_("Sample hire jobs"))
    for row in fields.mappings("hires"):
        _job(Fields(row), pack, depot, kind, owner_of_all())
        progress.advance()
    fields.finish()
    progress.end()


def _roomy_kind() -> VehicleKind | None:
    """Of our own vehicles the first kind with seats for everybody in the sample."""
    own = Vehicle.objects.filter(contractor=None).select_related("kind").order_by("pk")
    kinds = (each.kind for each in own)
    return next((kind for kind in kinds if any(seats >= ROOM for seats, _bays in kind.layouts)), None)


def _job(fields: Fields, pack: Pack, depot: Depot, kind: VehicleKind, by: Account) -> None:
    day = in_london(pack.at).date() + DAY * int(fields.text("ahead"))
    asked = pack.at - 14 * DAY
    times = (dt.time.fromisoformat(fields.text(name)) for name in ("leaves", "back"))
    begins, ends = (dt.datetime.combine(day, time, tzinfo=LONDON) for time in times)
    job = quote_hire(
        **{name: fields.text(name) for name in WORDS}, **{name: int(fields.text(name)) for name in NUMBERS},
        day=day, begins_at=begins, ends_at=ends, miles=Decimal(fields.text("miles")),
        price=Decimal(fields.text("price")), depot=depot, kind=kind, by=by, at=asked,
        today=in_london(asked).date(),
    )  # fmt: skip
    state, invoice = fields.text("state"), fields.text("invoice", "")
    if state != HireJob.QUOTED:
        job = book_hire(job, by=by, at=asked, today=in_london(asked).date())
    if state == HireJob.INVOICED:
        invoice_hire(job, number=invoice, by=by, at=pack.at)
    fields.finish()
