"""The part of a pack about promotion: ranks, what each asks for, and how long things last. Rows there
already stay as the office has them."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.marked_yaml import Fields, Marked, near_match
from moothall.core.packs import Pack, Progress
from moothall.credentials.models import CredentialKind
from moothall.letters.rules.built_in import put_letters
from moothall.promotion.models import Period, PromotionRule, Rank
from moothall.recruitment.models import Route

from .wording import LETTERS


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    doc = pack.file("promotion.yaml")
    if doc is None:
        return
    progress.begin(_("Promotion"))
    put_letters(LETTERS, pack)
    fields = Fields(doc)
    ranks: dict[str, Rank] = {}
    for place, row in enumerate(fields.mappings("ranks"), start=1):
        made = _rank(row, place, ranks)
        ranks[made.key] = made
    for place, row in enumerate(fields.mappings("rules"), start=1):
        _rule(row, place, ranks)
    for row in fields.mappings("periods"):
        _period(row)
    fields.finish()
    progress.end()


def _named(row: Marked, at: str, key: str, rows: dict[str, Any]) -> Any:
    if key and key not in rows:
        said = _("There is nothing called “%(name)s”.") % {"name": key}
        raise row.mistake(said + near_match(key, set(rows)), at=at)
    return rows.get(key)


def _rank(row: Marked, place: int, ranks: dict[str, Rank]) -> Rank:
    """Each comes after the one below it."""
    fields = Fields(row)
    key, route, exam = fields.text("key"), fields.text("route", ""), fields.text("exam", "")
    values = {
        "name": fields.text("name"), "name_cy": fields.text("name_cy", ""), "place": place,
        "titles": list(fields.words("titles")),
        "below": _named(row, "below", fields.text("below", ""), ranks),
        "route": _named(row, "route", route, {each.key: each for each in Route.objects.all()}),
        "exam": _named(row, "exam", exam, {each.key: each for each in CredentialKind.objects.all()}),
    }  # fmt: skip
    fields.finish()
    made, _new = Rank.objects.get_or_create(key=key, defaults=values)
    return made


def _day(fields: Fields, key: str) -> dt.date | None:
    said = fields.optional(key)
    if said is None:
        return None
    try:
        return dt.date.fromisoformat(said)
    except ValueError as wrong:
        raise fields.wrong(key, _("a day like 2026-09-01")) from wrong


def _dated(fields: Fields) -> dict[str, Any]:
    from_on = _day(fields, "from_on")
    if from_on is None:
        raise fields.missing("from_on")
    return {
        "from_on": from_on, "until_on": _day(fields, "until_on"), "source": fields.text("source"),
        "source_read_on": _day(fields, "source_read_on"), "confirmed": fields.flag("confirmed"),
    }  # fmt: skip


def _rule(row: Marked, place: int, ranks: dict[str, Rank]) -> None:
    fields = Fields(row)
    key = fields.text("key")
    values: dict[str, Any] = {
        "rank": _named(row, "rank", fields.text("rank", ""), ranks),
        "kind": fields.choice("kind", dict(PromotionRule.KINDS)), "amount": fields.maybe_whole("amount"),
        "looked_at_on": fields.choice("on", dict(PromotionRule.DAYS), PromotionRule.CLOSING),
        "told": fields.text("told"), "told_cy": fields.text("told_cy", ""),
        "stops": fields.flag("stops", True), "place": place, **_dated(fields),
    }  # fmt: skip
    fields.finish()
    PromotionRule.objects.get_or_create(key=key, from_on=values.pop("from_on"), defaults=values)


def _period(row: Marked) -> None:
    fields = Fields(row)
    what = fields.choice("what", dict(Period.WHAT))
    values: dict[str, Any] = {"length": fields.whole("length"), **_dated(fields)}
    fields.finish()
    Period.objects.get_or_create(what=what, from_on=values.pop("from_on"), defaults=values)
