"""The part of a pack about crews: what drivers and escorts may work. Rows that are there already stay."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.transport.models import HoursRule
from moothall.transport.models.crew import ROLES


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    doc = pack.file("crews.yaml")
    if doc is None:
        return
    progress.begin(_("Hours of crews"))
    fields = Fields(doc)
    for row in fields.mappings("hours"):
        _hours(row)
        progress.advance()
    fields.finish()
    progress.end()


def _hours(row: Marked) -> None:
    fields = Fields(row)
    numbers = {name: fields.maybe_whole(name) for name in HoursRule.NUMBERS}
    values = {name: number for name, number in numbers.items() if number is not None}
    from_on, until_on = _day(fields, "from_on"), _day(fields, "until_on")
    if from_on is None:
        raise fields.missing("from_on")
    HoursRule.objects.get_or_create(
        role=fields.choice("role", [key for key, _words in ROLES]), from_on=from_on,
        defaults={"source": fields.text("source"), "until_on": until_on, **values},
    )  # fmt: skip
    fields.finish()


def _day(fields: Fields, key: str) -> dt.date | None:
    said = fields.raw(key)
    if said is None:
        return None
    try:
        return dt.date.fromisoformat(str(said))
    except ValueError as wrong:
        raise fields.wrong(key, _("a day like 2026-09-01")) from wrong
