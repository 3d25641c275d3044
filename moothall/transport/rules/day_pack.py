"""The part of a pack about the day: what is looked at on a vehicle, and figures. Rows that are there stay."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.transport.models import CheckItem, PlanningFigure


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    doc = pack.file("day.yaml")
    if doc is None:
        return
    progress.begin(_("What is looked at on vehicles"))
    fields = Fields(doc)
    for row in fields.mappings("figures"):
        _figure(row)
    for place, row in enumerate(fields.mappings("checks"), start=1):
        _item(row, place, pack)
        progress.advance()
    fields.finish()
    progress.end()


def _figure(row: Marked) -> None:
    fields = Fields(row)
    given = {"amount": Decimal(fields.text("amount")), "source": fields.text("source")}
    key = fields.choice("key", [key for key, _words in PlanningFigure.KEYS])
    PlanningFigure.objects.get_or_create(key=key, from_on=_day(fields), defaults=given)
    fields.finish()


def _item(row: Marked, place: int, pack: Pack) -> None:
    fields = Fields(row)
    given = {
        "place": place, "name": fields.text("name"), "name_cy": fields.text("name_cy"),
        "critical": fields.flag("critical"), "source": fields.text("source"), "recorded_at": pack.at,
    }  # fmt: skip
    CheckItem.objects.get_or_create(key=fields.text("key"), from_on=_day(fields), defaults=given)
    fields.finish()


def _day(fields: Fields) -> dt.date:
    said = fields.raw("from_on")
    try:
        return dt.date.fromisoformat(str(said))
    except ValueError as wrong:
        raise fields.wrong("from_on", _("a day like 2026-09-01")) from wrong
