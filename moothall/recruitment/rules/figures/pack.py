"""The part of a pack about figures of recruitment: stages of the funnel and rules of counting. What is there
stays as the office has it."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.marked_yaml import Fields, Marked, near_match
from moothall.core.packs import Pack, Progress
from moothall.recruitment.models import FigureRule, FunnelStage, Route


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    doc = pack.file("recruitment-figures.yaml")
    if doc is None:
        return
    progress.begin(_("Figures of recruitment"))
    fields = Fields(doc)
    for place, row in enumerate(fields.mappings("stages"), start=1):
        _stage(row, place)
    for row in fields.mappings("rules"):
        _rule(row)
        progress.advance()
    fields.finish()
    progress.end()


def _stage(row: Marked, place: int) -> None:
    fields = Fields(row)
    key = fields.text("key")
    values = {
        "name": fields.text("name"), "name_cy": fields.text("name_cy"), "steps": _steps(fields),
        "place": place,
    }  # fmt: skip
    fields.finish()
    FunnelStage.objects.get_or_create(key=key, defaults=values)


def _steps(fields: Fields) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for service, steps in fields.mapping("steps").items():
        if not isinstance(steps, dict):
            raise fields.wrong("steps", _("steps of a process, each with the outcomes that pass"))
        found[service] = {key: [str(each) for each in passes or []] for key, passes in steps.items()}
    return found


def _rule(row: Marked) -> None:
    fields = Fields(row)
    kinds = [key for key, _words in FigureRule.KEYS]
    key, route = fields.choice("key", kinds), _route(row, fields.text("route", ""))
    from_on = _day(fields, "from_on")
    if from_on is None:
        raise fields.missing("from_on")
    scope = fields.text("scope", "")
    values: dict[str, Any] = {
        "amount": _amount(fields), "caveat": fields.text("caveat", ""),
        "caveat_cy": fields.text("caveat_cy", ""), "until_on": _day(fields, "until_on"),
        "source": fields.text("source"), "source_read_on": _day(fields, "source_read_on"),
        "confirmed": fields.flag("confirmed"),
    }  # fmt: skip
    fields.finish()
    FigureRule.objects.get_or_create(key=key, scope=scope, route=route, from_on=from_on, defaults=values)


def _route(row: Marked, key: str) -> Route | None:
    if not key:
        return None
    found = Route.objects.filter(key=key).first()
    if found is None:
        said = _("There is no route “%(name)s”.") % {"name": key}
        raise row.mistake(
            said + near_match(key, set(Route.objects.values_list("key", flat=True))), at="route"
        )
    return found


def _amount(fields: Fields) -> Decimal:
    try:
        return Decimal(str(fields.raw("amount")))
    except InvalidOperation as wrong:
        raise fields.wrong("amount", _("a number")) from wrong


def _day(fields: Fields, key: str) -> dt.date | None:
    said = fields.raw(key)
    if said is None:
        return None
    try:
        return dt.date.fromisoformat(str(said))
    except ValueError as wrong:
        raise fields.wrong(key, _("a day like 2026-09-01")) from wrong
