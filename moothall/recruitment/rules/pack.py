"""The part of a pack about recruitment: routes of entry, who may come in, role profiles, and what is
asked for monitoring. Rows that are there already stay as the office has them."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.cases.models import Service
from moothall.core.marked_yaml import Fields, Marked, near_match
from moothall.core.packs import Pack, Progress
from moothall.letters.rules.built_in import put_letters
from moothall.recruitment.models import Criterion, EligibilityRule, MonitoringQuestion, RoleProfile, Route

from .bulk_wording import LETTERS as BULK_LETTERS
from .wording import LETTERS


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    doc = pack.file("recruitment.yaml")
    if doc is None:
        return
    progress.begin(_("Recruitment"))
    put_letters((*LETTERS, *BULK_LETTERS), pack)
    fields = Fields(doc)
    routes = {row["key"]: _route(row, place) for place, row in enumerate(fields.mappings("routes"), start=1)}
    for place, row in enumerate(fields.mappings("rules"), start=1):
        _rule(row, place, routes)
    for row in fields.mappings("profiles"):
        _profile(row, pack)
        progress.advance()
    for place, row in enumerate(fields.mappings("monitoring"), start=1):
        _question(row, place)
    fields.finish()
    progress.end()


def _plain(value: Any) -> Any:
    """Marked mappings and lists as plain data."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _route(row: Marked, place: int) -> Route:
    fields = Fields(row)
    key, service_key = fields.text("key"), fields.text("service")
    service = Service.objects.filter(key=service_key).first()
    if service is None:
        said = _("There is no service “%(name)s”.") % {"name": service_key}
        raise row.mistake(
            said + near_match(service_key, set(Service.objects.values_list("key", flat=True))), at="service"
        )
    values = {
        "name": fields.text("name"), "name_cy": fields.text("name_cy", ""), "about": fields.text("about", ""),
        "about_cy": fields.text("about_cy", ""), "service": service, "entry_step": fields.text("entry"),
        "facts": _plain(fields.mapping("facts")), "place": place,
    }  # fmt: skip
    fields.finish()
    made, _new = Route.objects.get_or_create(key=key, defaults=values)
    return made


def _day(fields: Fields, key: str) -> dt.date | None:
    said = fields.raw(key)
    if said is None:
        return None
    try:
        return dt.date.fromisoformat(str(said))
    except ValueError as wrong:
        raise fields.wrong(key, _("a day like 2026-09-01")) from wrong


def _rule(row: Marked, place: int, routes: dict[str, Route]) -> None:
    """One row for each route it names; of every route where it names none."""
    fields = Fields(row)
    key, from_on, named = fields.text("key"), _day(fields, "from_on"), fields.words("routes")
    if from_on is None:
        raise fields.missing("from_on")
    values: dict[str, Any] = {
        "place": place,
        "kind": fields.choice("kind", [kind for kind, _words in EligibilityRule.KINDS]),
        "amount": fields.maybe_whole("amount"),
        "asks": fields.text("asks", ""),
        "asks_cy": fields.text("asks_cy", ""),
        "told": fields.text("told"),
        "told_cy": fields.text("told_cy", ""),
        "stops": fields.flag("stops", True),
        "is_law": fields.flag("law"),
        "until_on": _day(fields, "until_on"),
        "source": fields.text("source"),
        "source_read_on": _day(fields, "source_read_on"),
        "confirmed": fields.flag("confirmed"),
    }
    fields.finish()
    for each in named:
        if each not in routes:
            said = _("There is no route “%(name)s”.") % {"name": each}
            raise row.mistake(said + near_match(each, set(routes)), at="routes")
    for name in named or [""]:
        own = f"{key}-{name.lower()}" if name else key
        EligibilityRule.objects.get_or_create(
            key=own, from_on=from_on, defaults=values | {"route": routes.get(name)}
        )


def _profile(row: Marked, pack: Pack) -> None:
    fields = Fields(row)
    values = {
        "name_cy": fields.text("name_cy", ""), "about": fields.text("about", ""),
        "about_cy": fields.text("about_cy", ""), "vetting_level": fields.text("vetting", RoleProfile.NONE),
        "disclosure_level": fields.choice(
            "disclosure", [key for key, _words in RoleProfile.LEVELS], RoleProfile.NONE
        ),
        "medical": fields.choice("medical", [key for key, _words in RoleProfile.MEDICALS], "form"),
        "added_at": pack.at,
    }  # fmt: skip
    made, new = RoleProfile.objects.get_or_create(name=fields.text("name"), defaults=values)
    for place, criterion in enumerate(fields.mappings("criteria"), start=1):
        _criterion(criterion, made if new else None, place)
    fields.finish()


def _criterion(row: Marked, profile: RoleProfile | None, place: int) -> None:
    fields = Fields(row)
    ways = {key.lower(): key for key, _words in Criterion.WAYS}
    values: dict[str, Any] = {
        "key": fields.text("key"), "name": fields.text("name"), "name_cy": fields.text("name_cy", ""),
        "necessity": Criterion.DESIRABLE if fields.flag("desirable") else Criterion.ESSENTIAL,
        "weight": fields.maybe_whole("weight") or 1, "most_words": fields.maybe_whole("most_words") or 300,
        "assessed_by": [ways[each] for each in fields.words("by") if each in ways], "place": place,
    }  # fmt: skip
    fields.finish()
    if profile is not None:
        Criterion.objects.create(profile=profile, **values)


def _question(row: Marked, place: int) -> None:
    fields = Fields(row)
    key = fields.text("key")
    choices = []
    for each in map(Fields, fields.mappings("choices")):
        choices.append(
            {"const": each.text("key"), "title": each.text("name"), "title_cy": each.text("name_cy", "")}
        )
        each.finish()
    question = {
        "type": "string",
        "title": fields.text("asks"),
        "title_cy": fields.text("asks_cy", ""),
        "oneOf": choices,
    }
    fields.finish()
    MonitoringQuestion.objects.get_or_create(key=key, defaults={"question": question, "place": place})
