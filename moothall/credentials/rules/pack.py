"""The part of a pack about credentials: kinds, how long each counts, activities, and what asks for what."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.clock import in_london
from moothall.core.marked_yaml import Fields, Marked, near_match
from moothall.core.packs import Pack, Progress
from moothall.credentials.models import Activity, CredentialKind, Requirement, Validity
from moothall.letters.rules.built_in import put_letters
from moothall.people.models import Post

from .wording import LETTERS

SINCE = dt.timedelta(days=3 * 366)


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Rows that are there already stay as the office has them."""
    doc = pack.file("credentials.yaml")
    if doc is None:
        return
    progress.begin(_("Credentials"))
    fields = Fields(doc)
    put_letters(LETTERS, pack)
    for activity in map(Fields, fields.mappings("activities")):
        names = {"name": activity.text("name"), "name_cy": activity.text("name_cy", "")}
        Activity.objects.get_or_create(key=activity.text("key"), defaults=names)
        activity.finish()
    rows = list(fields.mappings("kinds"))
    fresh = {key for row in rows if (key := _load_kind(row)) is not None}
    known = {each.key: each for each in CredentialKind.objects.all()}
    for row in rows:
        kind = known[Fields(row).text("key")]
        if kind.key in fresh:
            kind.met_by.set(_named(known, row, "met_by"))
    for row in fields.mappings("requirements"):
        _load_requirement(row, known, pack)
        progress.advance()
    fields.finish()
    progress.end()


def _load_kind(row: Marked) -> str | None:
    """The key of the kind, where this office did not have it before."""
    fields = Fields(row)
    texts = {name: fields.text(name, "") for name in ("name_cy", "description", "description_cy")}
    flags = {
        "must_expire": fields.flag("must_expire", True),
        "second_check": fields.flag("second_check"),
        "opens_case": fields.flag("case", True),
    }
    months, ladder = fields.maybe_whole("evidence_months"), fields.raw("ladder")
    values: dict[str, Any] = {"name": fields.text("name"), **texts, **flags, "evidence_months": months}
    if ladder is not None:
        values["ladder"] = [int(each) for each in ladder]
    kind, new = CredentialKind.objects.get_or_create(key=fields.text("key"), defaults=values)
    fields.words("met_by")
    for validity in map(Fields, fields.mappings("validity")):
        _load_validity(validity, kind)
    fields.finish()
    return kind.key if new else None


def _load_validity(fields: Fields, kind: CredentialKind) -> None:
    read_on = fields.optional("source_read_on")
    values = {
        "months": fields.maybe_whole("months"), "source": fields.text("source"),
        "source_read_on": dt.date.fromisoformat(read_on) if read_on else None,
    }  # fmt: skip
    from_on = dt.date.fromisoformat(fields.text("from_on"))
    fields.finish()
    Validity.objects.get_or_create(kind=kind, from_on=from_on, defaults=values)


def _named(known: Mapping[str, CredentialKind], row: Marked, name: str) -> list[CredentialKind]:
    keys = Fields(row).words(name)
    for key in keys:
        if key not in known:
            said = _("There is no kind of credential “%(key)s”.") % {"key": key}
            raise row.mistake(said + near_match(key, known), at=name)
    return [known[key] for key in keys]


def _load_requirement(row: Marked, known: Mapping[str, CredentialKind], pack: Pack) -> None:
    fields = Fields(row)
    activity, workforce = fields.optional("activity"), fields.text("workforce", "")
    number = fields.optional("post")
    kinds = _named(known, row, "kinds")
    fields.words("kinds")
    fields.finish()
    asked = Activity.objects.filter(key=activity).first() if activity else None
    post = Post.objects.filter(number=number).first() if number else None
    if number and post is None:
        raise row.mistake(_("There is no post “%(key)s”.") % {"key": number}, at="post")
    if asked is None and post is None and not workforce:
        raise row.mistake(_("There is no activity “%(key)s”.") % {"key": activity or ""}, at="activity")
    since = in_london(pack.at).date() - SINCE
    for kind in kinds:
        Requirement.objects.get_or_create(
            kind=kind, activity=asked, workforce=workforce, post=post, unit=None,
            defaults={"from_on": since, "added_at": pack.at},
        )  # fmt: skip
