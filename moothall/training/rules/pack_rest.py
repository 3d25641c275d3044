"""The part of a pack about rest between duties and sessions. Rows that are there already stay."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from django.utils.translation import gettext as _

from moothall.core.marked_yaml import Fields, Marked
from moothall.training.models import PartHours, RestRule
from moothall.training.models.ledger import PARTS

Read = TypeVar("Read")


def load_rest(fields: Fields) -> None:
    """How much is due, and when the parts of a day are."""
    for row in fields.mappings("rest"):
        _rest(Fields(row))
    for row in fields.mappings("parts_of_the_day"):
        _part(row)


def _rest(fields: Fields) -> None:
    given = {
        "hours": _read(fields, "hours", Decimal, _("hours, such as 11")), "source": fields.text("source"),
        "until_on": _maybe_day(fields, "until_on"), "source_read_on": _maybe_day(fields, "source_read_on"),
    }  # fmt: skip
    RestRule.objects.get_or_create(from_on=_day(fields, "from_on"), defaults=given)
    fields.finish()


def _part(row: Marked) -> None:
    fields = Fields(row)
    part, from_on = fields.choice("part", [part for part, _words in PARTS]), _day(fields, "from_on")
    given: dict[str, object] = {
        name: _read(fields, name, dt.time.fromisoformat, _("a time like 07:00"))
        for name in ("begins", "ends")
    }
    given |= {"source": fields.text("source"), "until_on": _maybe_day(fields, "until_on")}
    PartHours.objects.get_or_create(part=part, from_on=from_on, defaults=given)
    fields.finish()


def _day(fields: Fields, key: str) -> dt.date:
    found = _maybe_day(fields, key)
    if found is None:
        raise fields.missing(key)
    return found


def _maybe_day(fields: Fields, key: str) -> dt.date | None:
    if fields.raw(key) is None:
        return None
    return _read(fields, key, dt.date.fromisoformat, _("a day like 2026-09-01"))


def _read(fields: Fields, key: str, read: Callable[[str], Read], wanted: str) -> Read:
    try:
        return read(str(fields.raw(key)))
    except (ValueError, InvalidOperation) as wrong:
        raise fields.wrong(key, wanted) from wrong
