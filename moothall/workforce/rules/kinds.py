"""The part of a pack about kinds: skills, what people are given, papers of a file, details that change."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from moothall.core.marked_yaml import Fields, Marked, near_match
from moothall.core.packs import Pack, Progress
from moothall.letters.rules.built_in import put_letters
from moothall.people.models import Organisation
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import DetailKind, Employment, FileClass, ItemKind, ItemRule, Skill

from .details.wording import CONFIRMED

WORKFORCES = tuple(key for key, _words in Employment.WORKFORCES)


def load_part(pack: Pack, progress: Progress) -> None:
    """What is there already is left as it is."""
    doc = pack.file("staff-kinds.yaml")
    if doc is None:
        return
    progress.begin(_("Skills and what people are given"))
    fields = Fields(doc)
    for row in map(Fields, fields.mappings("skills")):
        values = {name: row.text(name, "") for name in ("name_cy", "group", "group_cy")}
        put(Skill, row.text("key"), {"name": row.text("name"), **values}, "workforce.add_skill_kind", pack)
        row.finish()
    for item in fields.mappings("items"):
        _item(item, pack)
    for each in map(Fields, fields.mappings("file_classes")):
        _file_class(each, pack)
    for detail in fields.mappings("details"):
        _detail(detail, pack)
    fields.finish()
    put_letters([CONFIRMED], pack)
    progress.end()


def _file_class(fields: Fields, pack: Pack) -> None:
    read_on = fields.optional("source_read_on")
    values = {
        "name": fields.text("name"), "name_cy": fields.text("name_cy", ""),
        "kept_months": fields.maybe_whole("kept_months"), "source": fields.text("source", ""),
        "counts_from": fields.choice("counts_from", [key for key, _w in FileClass.COUNTS], FileClass.ENDED),
        "source_read_on": dt.date.fromisoformat(read_on) if read_on else None,
        "own_sees": fields.flag("own_sees"),
    }  # fmt: skip
    key = fields.text("key")
    fields.finish()
    put(FileClass, key, values, "workforce.add_file_class", pack)


def _detail(row: Marked, pack: Pack) -> None:
    fields = Fields(row)
    filed = fields.optional("evidence_class")
    file_class = FileClass.objects.filter(key=filed).first() if filed else None
    if filed and file_class is None:
        raise row.mistake(_("There is no class of papers “%(key)s”.") % {"key": filed}, at="evidence_class")
    values = {
        "name": fields.text("name"), "name_cy": fields.text("name_cy", ""), "evidence_class": file_class,
        "changes": fields.choice("changes", [key for key, _w in DetailKind.CHANGES]),
        "way": fields.choice("way", [key for key, _w in DetailKind.WAYS], DetailKind.APPROVAL),
        "report": fields.text("report", ""), "report_cy": fields.text("report_cy", ""),
        "reported_by": list(fields.words("reported_by")),
    }  # fmt: skip
    key = fields.text("key")
    fields.finish()
    put(DetailKind, key, values, "workforce.add_detail_kind", pack)


def put(model: type[Any], key: str, values: dict[str, Any], verb: str, pack: Pack) -> tuple[Any, bool]:
    made, new = model.objects.get_or_create(key=key, defaults=values)
    if new:
        append_audit(verb, about=made, by=None, at=pack.at)
    return made, bool(new)


def _item(row: Marked, pack: Pack) -> None:
    fields = Fields(row)
    key = fields.text("key")
    values = {
        "name": fields.text("name"), "name_cy": fields.text("name_cy", ""), "owner": fields.text("owner"),
        "owner_cy": fields.text("owner_cy", ""), "has_number": fields.flag("has_number"),
        "comes_back": fields.flag("comes_back", True),
    }  # fmt: skip
    workforces, units, everybody = fields.words("for"), fields.words("units"), fields.flag("for_everybody")
    days = fields.maybe_whole("days_before") or 0
    fields.finish()
    unknown = [each for each in workforces if each not in WORKFORCES]
    if unknown:
        said = _("There is no workforce “%(key)s”.") % {"key": unknown[0]}
        raise row.mistake(said + near_match(unknown[0], WORKFORCES), at="for")
    kind, new = put(ItemKind, key, values, "workforce.add_item_kind", pack)
    if new:
        rules = [ItemRule(kind=kind, workforce=each, days_before=days) for each in workforces]
        rules += [ItemRule(kind=kind, unit=_unit(row, each), days_before=days) for each in units]
        rules += [ItemRule(kind=kind, days_before=days)] if everybody else []
        ItemRule.objects.bulk_create(rules)


def _unit(row: Marked, name: str) -> Organisation:
    found = Organisation.objects.filter(name=name).first()
    if found is None:
        raise row.mistake(_("There is no unit “%(name)s”.") % {"name": name}, at="units")
    return found
