"""The part of a pack about contractors: kinds of paper, and who needs which, with the source. Rows that are
there already stay as the office has them."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.marked_yaml import Fields, Marked, near_match
from moothall.core.packs import Pack, Progress
from moothall.letters.rules.built_in import put_letters
from moothall.transport.models import PaperKind, PaperRule
from moothall.transport.models.paper import HOLDERS

from .chasing import LETTERS


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    doc = pack.file("contractors.yaml")
    if doc is None:
        return
    progress.begin(_("Contractors"))
    put_letters(LETTERS, pack)
    fields = Fields(doc)
    kinds = {row["key"]: _kind(row, place) for place, row in enumerate(fields.mappings("papers"), start=1)}
    for row in fields.mappings("rules"):
        _rule(row, kinds)
        progress.advance()
    fields.finish()
    progress.end()


def maybe_day(fields: Fields, key: str) -> dt.date | None:
    said = fields.raw(key)
    if said is None:
        return None
    try:
        return dt.date.fromisoformat(str(said))
    except ValueError as wrong:
        raise fields.wrong(key, _("a day like 2026-09-01")) from wrong


def a_day(fields: Fields, key: str) -> dt.date:
    found = maybe_day(fields, key)
    if found is None:
        raise fields.missing(key)
    return found


def _kind(row: Marked, place: int) -> PaperKind:
    fields = Fields(row)
    values = {"name": fields.text("name"), "name_cy": fields.text("name_cy", ""), "place": place}
    made, _new = PaperKind.objects.get_or_create(key=fields.text("key"), defaults=values)
    fields.finish()
    return made


def _rule(row: Marked, kinds: dict[str, PaperKind]) -> None:
    fields = Fields(row)
    key = fields.text("paper")
    if key not in kinds:
        said = _("There is no paper “%(name)s”.") % {"name": key}
        raise row.mistake(said + near_match(key, kinds), at="paper")
    of = fields.choice("of", [each for each, _words in HOLDERS])
    values: dict[str, Any] = {
        "months": fields.maybe_whole("months"), "seats_over": fields.maybe_whole("seats_over"),
        "is_law": fields.flag("law", True), "until_on": maybe_day(fields, "until_on"),
        "source": fields.text("source"),
    }  # fmt: skip
    from_on = a_day(fields, "from_on")
    PaperRule.objects.get_or_create(kind=kinds[key], of=of, from_on=from_on, defaults=values)
    fields.finish()
