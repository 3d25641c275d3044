"""The part of a pack that staff records draw on: ways of working, and why people leave."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import LeavingReason, WorkPattern

KINDS = tuple(kind for kind, _words in WorkPattern.KINDS)


def load_part(pack: Pack, progress: Progress) -> None:
    """What is there already is left as it is."""
    doc = pack.file("workforce.yaml")
    if doc is None:
        return
    progress.begin(_("Ways of working and reasons for leaving"))
    fields = Fields(doc)
    for row in fields.mappings("patterns"):
        _pattern(row, pack)
    for row in fields.mappings("leaving_reasons"):
        inner = Fields(row)
        key, values = inner.text("key"), {"name": inner.text("name"), "name_cy": inner.text("name_cy", "")}
        inner.finish()
        _add(LeavingReason, key, values, "workforce.add_reason", pack)
    fields.finish()
    progress.end()


def _pattern(row: Marked, pack: Pack) -> None:
    fields = Fields(row)
    hours = [Decimal(str(each)) for each in fields.raw("hours") or []]
    if not hours or any(not 0 <= each <= 24 for each in hours):
        raise row.mistake(_("A pattern gives the hours of each day of its cycle, from 0 to 24."), at="hours")
    key = fields.text("key")
    values = {
        "name": fields.text("name"), "name_cy": fields.text("name_cy", ""), "hours": hours,
        "kind": fields.choice("kind", KINDS, WorkPattern.WEEKLY),
    }  # fmt: skip
    fields.finish()
    _add(WorkPattern, key, values, "workforce.add_pattern", pack)


def _add(model: type[Any], key: str, values: dict[str, Any], verb: str, pack: Pack) -> None:
    made, new = model.objects.get_or_create(key=key, defaults=values)
    if new:
        append_audit(verb, about=made, by=None, at=pack.at)
