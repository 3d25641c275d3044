"""The part of a pack about knowledge: its directory and its articles. What is there already is left alone."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from moothall.cases.models import Service
from moothall.core.clock import in_london
from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.core.refusals import Refusal
from moothall.knowledge.models import Article, Signpost
from moothall.people.models import Team
from moothall.people.rules.pack import row_named

from .directory import FIELDS, LANGUAGES, add_signpost
from .writing import TEXTS, write_article

DATES = ("from_on", "until_on")


def load_part(pack: Pack, progress: Progress) -> None:
    for name, words, load in (
        ("signposts", _("Directory"), load_signpost),
        ("articles", _("Articles"), load_article),
    ):
        doc = pack.file(f"{name}.yaml")
        if doc is None:
            continue
        progress.begin(words)
        fields = Fields(doc)
        for row in fields.mappings(name):
            load(row, pack)
            progress.advance()
        fields.finish()
        progress.end()


def load_signpost(row: Marked, pack: Pack) -> None:
    fields = Fields(row)
    given: dict[str, Any] = {name: fields.text(name) for name in ("name", "when_to_use", "how")}
    given |= {name: fields.text(name, "") for name in FIELDS if name not in {*given, *DATES, *OTHERS}}
    given["languages"] = _languages(fields)
    given["public"] = fields.flag("public", True)
    given |= {name: _day(fields, name) for name in DATES if fields.optional(name)}
    given["checked_on"] = _day(fields, "checked_on")
    key = fields.text("key")
    fields.finish()
    if Signpost.objects.filter(key=key).exists():
        return
    try:
        add_signpost(given, key=key, by=None, at=pack.at)
    except Refusal as refusal:
        raise row.mistake(str(refusal)) from refusal


OTHERS = ("languages", "public")


def load_article(row: Marked, pack: Pack) -> None:
    """An article as it is published on the day of loading; `review_in` is in days from then."""
    fields = Fields(row)
    given: dict[str, Any] = {name: fields.text(name, "") for name in TEXTS}
    given["kind"] = fields.choice("kind", ("TEXT", "LIST"), "TEXT")
    given["audience"] = fields.choice("audience", ("STAFF", "PUBLIC"), "STAFF")
    given["team"] = row_named(Team, row, "team", fields.text("team"))
    given["services"] = [row_named(Service, row, "services", key) for key in fields.words("services")]
    given["review_on"] = in_london(pack.at).date() + dt.timedelta(days=fields.whole("review_in"))
    key = fields.text("key")
    fields.finish()
    if Article.objects.filter(key=key).exists():
        return
    given["owner"] = given["team"].lead
    try:
        write_article(given, key=key, by=None, at=pack.at, publish=True)
    except Refusal as refusal:
        raise row.mistake(str(refusal)) from refusal


def _languages(fields: Fields) -> list[str]:
    given = list(fields.words("languages"))
    if not set(given) <= LANGUAGES.keys():
        raise fields.wrong("languages", _("some of: %(codes)s") % {"codes": ", ".join(LANGUAGES)})
    return given


def _day(fields: Fields, name: str) -> dt.date:
    try:
        return dt.date.fromisoformat(fields.text(name))
    except ValueError as problem:
        raise fields.wrong(name, _("a date such as 2026-05-01")) from problem
