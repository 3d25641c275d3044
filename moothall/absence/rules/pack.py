"""The part of a pack about absence: reasons, who signs, figures, questions and triggers."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from moothall.absence.models import ContactStage, Figure, Issuer, PayBand, Question, Reason, TriggerRule
from moothall.core.marked_yaml import Fields, Marked, read_yaml
from moothall.core.packs import Pack, Progress
from moothall.letters.rules.built_in import put_letters

from .wording import LETTERS

EVER = "2010-04-06"
READ_ON = "2026-11-22"
OURS = Path(__file__).parent / "absence.yaml"


def load_part(pack: Pack, progress: Progress) -> None:
    """Each list once: where the office has rows of a kind, they stay as they are."""
    doc = pack.file("absence.yaml") or read_yaml(OURS, name="moothall/absence/rules/absence.yaml")
    progress.begin(_("Absence"))
    put_letters(LETTERS, pack)
    fields = Fields(doc)
    for name, model, read in LISTS:
        rows = [_made(read, position, row) for position, row in enumerate(fields.mappings(name))]
        if not model.objects.exists():
            model.objects.bulk_create(model(**row) for row in rows)
        progress.advance()
    fields.finish()
    progress.end()


def _made(read: Any, position: int, row: Marked) -> dict[str, Any]:
    fields = Fields(row)
    until = fields.optional("until_on")
    values: dict[str, Any] = {
        "from_on": dt.date.fromisoformat(fields.text("from_on", EVER)),
        "until_on": dt.date.fromisoformat(until) if until else None,
        "source": fields.text("source", ""),
        "source_read_on": dt.date.fromisoformat(fields.text("source_read_on", READ_ON)),
    }
    values |= read(fields, position)
    fields.finish()
    return values


def _named(fields: Fields, position: int) -> dict[str, Any]:
    return {
        "key": fields.text("key"), "name": fields.text("name"), "name_cy": fields.text("name_cy", ""),
        "position": position,
    }  # fmt: skip


def _reason(fields: Fields, position: int) -> dict[str, Any]:
    flags = {"counts": fields.flag("counts", True), "refer_at_once": fields.flag("refer_at_once", False)}
    return _named(fields, position) | flags


def _figure(fields: Fields, _position: int) -> dict[str, Any]:
    value = fields.maybe_whole("value")
    return {
        "key": fields.text("key"), "value": Decimal(value) if value is not None else None,
        "workforce": fields.text("workforce", ""), "note": fields.text("note", ""),
    }  # fmt: skip


def _band(fields: Fields, _position: int) -> dict[str, Any]:
    return {name: fields.whole(name) for name in ("service_months", "full_months", "half_months")}


def _question(fields: Fields, position: int) -> dict[str, Any]:
    return _named(fields, position) | {
        "hint": fields.text("hint", ""), "hint_cy": fields.text("hint_cy", ""),
        "is_needed": fields.flag("needed", False),
    }  # fmt: skip


def _stage(fields: Fields, _position: int) -> dict[str, Any]:
    return {"from_day": fields.whole("from_day"), "every_days": fields.whole("every_days")}


def _trigger(fields: Fields, position: int) -> dict[str, Any]:
    kinds = tuple(kind for kind, _words in TriggerRule.KINDS)
    return _named(fields, position) | {
        "kind": fields.choice("kind", kinds), "threshold": Decimal(fields.whole("threshold")),
        "weeks": fields.maybe_whole("weeks") or 0, "months": fields.maybe_whole("months") or 0,
        "advice": fields.text("advice", ""), "advice_cy": fields.text("advice_cy", ""),
        "workforce": fields.text("workforce", ""),
    }  # fmt: skip


LISTS: tuple[tuple[str, Any, Any], ...] = (
    ("reasons", Reason, _reason),
    ("issuers", Issuer, _named),
    ("figures", Figure, _figure),
    ("sick_pay", PayBand, _band),
    ("contact", ContactStage, _stage),
    ("questions", Question, _question),
    ("triggers", TriggerRule, _trigger),
)
