"""The part of a pack about appraisal: frameworks, competencies at their levels, and marks."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.appraisal.models import Competency, Descriptor, Framework, InductionItem, Mark
from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.letters.rules.built_in import put_letters
from moothall.records.rules.audit import append_audit

from .wording import LETTERS


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """A version that is there stays as it is; other words under the same version are a mistake."""
    doc = pack.file("appraisal.yaml")
    if doc is None:
        return
    progress.begin(_("Appraisal"))
    put_letters(LETTERS, pack)
    fields = Fields(doc)
    for row in fields.mappings("frameworks"):
        _load_framework(row, pack)
        progress.advance()
    for position, row in enumerate(fields.mappings("inductions")):
        _load_induction(row, position)
    fields.finish()
    progress.end()


def _load_framework(row: Marked, pack: Pack) -> None:
    digest = hashlib.sha256(json.dumps(row, sort_keys=True, default=str).encode()).hexdigest()
    fields = Fields(row)
    read_on = fields.optional("source_read_on")
    key, version = fields.text("key"), fields.whole("version")
    values = _names(fields) | {
        "source": fields.text("source"), "is_unconfirmed": fields.flag("unconfirmed"), "digest": digest,
        "source_read_on": dt.date.fromisoformat(read_on) if read_on else None, "added_at": pack.at,
    }  # fmt: skip
    there = Framework.objects.filter(key=key, version=version).first()
    if there is not None and there.digest != digest:
        raise row.mistake(
            _("Version %(version)s of “%(key)s” is in the office already, in other words. Count it up.")
            % {"version": version, "key": key},
            at="version",
        )
    if there is not None:
        return
    framework = Framework.objects.create(key=key, version=version, **values)
    for position, competency in enumerate(fields.mappings("competencies")):
        _load_competency(competency, framework, position)
    for place, mark in enumerate(map(Fields, fields.mappings("marks"))):
        Mark.objects.create(
            framework=framework, key=mark.text("key"), place=place, withholds=mark.flag("withholds"),
            **_names(mark),
        )  # fmt: skip
        mark.finish()
    fields.finish()
    append_audit("appraisal.add_framework", about=framework, by=None, at=pack.at)


def _load_competency(row: Marked, framework: Framework, position: int) -> None:
    fields = Fields(row)
    kind = fields.choice("kind", dict(Competency.KINDS), Competency.COMPETENCY)
    made = Competency.objects.create(
        framework=framework, key=fields.text("key"), kind=kind, position=position, **_names(fields)
    )
    for number, level in enumerate(map(Fields, fields.mappings("levels")), 1):
        Descriptor.objects.create(
            competency=made, level=number, text=level.text("text"), text_cy=level.text("text_cy", "")
        )
        level.finish()
    fields.finish()


def _names(fields: Fields) -> dict[str, Any]:
    return {"name": fields.text("name")} | {
        name: fields.text(name, "") for name in ("name_cy", "about", "about_cy")
    }


def _load_induction(row: Marked, position: int) -> None:
    """One that is there stays as the office has it."""
    fields = Fields(row)
    values = {
        "name": fields.text("name"), "name_cy": fields.text("name_cy", ""), "position": position,
        "workforces": list(fields.words("workforces")), "days": fields.whole("days"),
        "owner": fields.choice("owner", dict(InductionItem.OWNERS)),
    }  # fmt: skip
    InductionItem.objects.get_or_create(key=fields.text("key"), defaults=values)
    fields.finish()
