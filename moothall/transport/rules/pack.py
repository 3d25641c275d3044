"""The part of a pack about transport: who is entitled and what it costs, calendars with their terms, schools
and centres with their bells. Rows that are there already stay as the office has them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.marked_yaml import Fields, Marked, near_match
from moothall.core.packs import Pack, Progress
from moothall.letters.rules.built_in import put_letters
from moothall.transport.models import (
    Bell,
    Centre,
    Closure,
    EligibilityRule,
    PlanningFigure,
    Term,
    TermCalendar,
    TransportRate,
)
from moothall.transport.models.eligibility import FACTS

from .wording import LETTERS

SCHOOL_DAYS = [0, 1, 2, 3, 4]


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    doc = pack.file("transport.yaml")
    if doc is None:
        return
    progress.begin(_("Passenger transport"))
    put_letters(LETTERS, pack)
    fields = Fields(doc)
    for row in fields.mappings("rules"):
        _rule(row)
    for row in fields.mappings("rates"):
        _rate(row)
    for row in fields.mappings("planning"):
        _figure(row)
    calendars = {row["key"]: _calendar(row, pack) for row in fields.mappings("calendars")}
    for row in fields.mappings("centres"):
        _centre(row, calendars, pack)
        progress.advance()
    fields.finish()
    progress.end()


def _day(fields: Fields, key: str) -> dt.date | None:
    said = fields.raw(key)
    if said is None:
        return None
    try:
        return dt.date.fromisoformat(str(said))
    except ValueError as wrong:
        raise fields.wrong(key, _("a day like 2026-09-01")) from wrong


def _a_day(fields: Fields, key: str) -> dt.date:
    found = _day(fields, key)
    if found is None:
        raise fields.missing(key)
    return found


def _amount(fields: Fields, key: str) -> Decimal | None:
    said = fields.optional(key)
    return Decimal(said) if said else None


def _rule(row: Marked) -> None:
    fields = Fields(row)
    known = {key for key, _words in FACTS}
    for each in fields.words("needs"):
        if each not in known:
            said = _("There is no fact “%(name)s”.") % {"name": each}
            raise row.mistake(said + near_match(each, known), at="needs")
    values: dict[str, Any] = {
        "nation": fields.choice("nation", ("ENG", "WLS")), "place": fields.whole("place"),
        "name": fields.text("name"), "name_cy": fields.text("name_cy", ""),
        "phases": list(fields.words("phases")), "age_from": fields.maybe_whole("age_from"),
        "age_below": fields.maybe_whole("age_below"), "miles_from": _amount(fields, "miles_from"),
        "miles_included": fields.flag("miles_included"), "miles_until": _amount(fields, "miles_until"),
        "needs": list(fields.words("needs")), "is_law": fields.flag("law", True),
        "until_on": _day(fields, "until_on"), "source": fields.text("source"),
        "source_read_on": _day(fields, "source_read_on"), "confirmed": fields.flag("confirmed"),
    }  # fmt: skip
    EligibilityRule.objects.get_or_create(
        key=fields.text("key"), from_on=_a_day(fields, "from_on"), defaults=values
    )
    fields.finish()


def _rate(row: Marked) -> None:
    fields = Fields(row)
    values = {
        "amount": Decimal(fields.text("amount")), "source": fields.text("source"),
        "source_read_on": _day(fields, "source_read_on"), "confirmed": fields.flag("confirmed"),
    }  # fmt: skip
    key = fields.choice("key", [key for key, _words in TransportRate.KEYS])
    TransportRate.objects.get_or_create(key=key, from_on=_a_day(fields, "from_on"), defaults=values)
    fields.finish()


def _figure(row: Marked) -> None:
    fields = Fields(row)
    values = {
        "amount": Decimal(fields.text("amount")), "source": fields.text("source"),
        "source_read_on": _day(fields, "source_read_on"), "confirmed": fields.flag("confirmed"),
    }  # fmt: skip
    key = fields.choice("key", [key for key, _words in PlanningFigure.KEYS])
    PlanningFigure.objects.get_or_create(key=key, from_on=_a_day(fields, "from_on"), defaults=values)
    fields.finish()


def _calendar(row: Marked, pack: Pack) -> TermCalendar:
    fields = Fields(row)
    names = {"name": fields.text("name"), "name_cy": fields.text("name_cy", "")}
    made, new = TermCalendar.objects.get_or_create(key=fields.text("key"), defaults=names)
    for term in map(Fields, fields.mappings("terms")):
        values = {"name": term.text("name"), "last_on": _a_day(term, "last_on")}
        Term.objects.get_or_create(calendar=made, first_on=_a_day(term, "first_on"), defaults=values)
        term.finish()
    for closure in fields.mappings("closures"):
        values = _closure(closure)
        if new:
            Closure.objects.create(calendar=made, recorded_at=pack.at, **values)
    fields.finish()
    return made


def _closure(row: Marked) -> dict[str, Any]:
    fields = Fields(row)
    first = _a_day(fields, "first_on")
    values = {
        "kind": fields.choice("kind", (Closure.HOLIDAY, Closure.INSET, Closure.SHUT)), "first_on": first,
        "last_on": _day(fields, "last_on") or first, "because": fields.text("because"),
    }  # fmt: skip
    fields.finish()
    return values


def _centre(row: Marked, calendars: dict[str, TermCalendar], pack: Pack) -> None:
    fields = Fields(row)
    calendar = fields.optional("calendar")
    if calendar and calendar not in calendars:
        said = _("There is no calendar “%(name)s”.") % {"name": calendar}
        raise row.mistake(said + near_match(calendar, calendars), at="calendar")
    place = [float(each) for each in fields.words("at")]
    values: dict[str, Any] = {
        "name": fields.text("name"), "name_cy": fields.text("name_cy", ""),
        "kind": fields.choice("kind", [key for key, _words in Centre.KINDS]),
        "nation": fields.choice("nation", ("ENG", "WLS"), "ENG"),
        "calendar": calendars[calendar] if calendar else None, "address": fields.text("address", ""),
        "phone": fields.text("phone", ""), "latitude": place[0], "longitude": place[1],
    }  # fmt: skip
    made, new = Centre.objects.get_or_create(key=fields.text("key"), defaults=values)
    for bell in fields.mappings("bells"):
        _bell(bell, made if new else None, pack)
    fields.finish()


def _bell(row: Marked, centre: Centre | None, pack: Pack) -> None:
    fields = Fields(row)
    begins, ends = (dt.time.fromisoformat(fields.text(key)) for key in ("begins", "ends"))
    days = [int(each) for each in fields.words("weekdays")] or SCHOOL_DAYS
    session, from_on = fields.text("session", "day"), _a_day(fields, "from_on")
    fields.finish()
    if centre is not None:
        Bell.objects.create(
            centre=centre, session=session, weekdays=days, begins=begins, ends=ends, from_on=from_on,
            recorded_at=pack.at,
        )  # fmt: skip
