"""The part of a pack about audits: checklists with their questions, ratings, and within how many days. Rows
that are there already stay as the office has them."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.letters.rules.built_in import put_letters
from moothall.transport.models import AuditFigure, AuditRating, Checklist, ChecklistQuestion
from moothall.transport.models.checklist import SUBJECTS

from .audit_letters import LETTERS
from .contractor_pack import a_day, maybe_day


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    doc = pack.file("audits.yaml")
    if doc is None:
        return
    progress.begin(_("Audits and visits"))
    put_letters(LETTERS, pack)
    fields = Fields(doc)
    for row in fields.mappings("checklists"):
        _checklist(row)
        progress.advance()
    for place, row in enumerate(fields.mappings("ratings"), start=1):
        _rating(row, place)
    for row in fields.mappings("figures"):
        _figure(row)
    fields.finish()
    progress.end()


def _sourced(fields: Fields) -> dict[str, Any]:
    return {
        "until_on": maybe_day(fields, "until_on"), "source": fields.text("source"),
        "source_read_on": maybe_day(fields, "source_read_on"), "confirmed": fields.flag("confirmed"),
    }  # fmt: skip


def _checklist(row: Marked) -> None:
    fields = Fields(row)
    values = {
        "name": fields.text("name"), "name_cy": fields.text("name_cy", ""),
        "of": fields.choice("of", [key for key, _words in SUBJECTS]), **_sourced(fields),
    }  # fmt: skip
    key, from_on = fields.text("key"), a_day(fields, "from_on")
    made, new = Checklist.objects.get_or_create(key=key, from_on=from_on, defaults=values)
    for place, question in enumerate(fields.mappings("questions"), start=1):
        found = _question(question, place)
        if new:
            ChecklistQuestion.objects.create(checklist=made, **found)
    fields.finish()


def _question(row: Marked, place: int) -> dict[str, Any]:
    fields = Fields(row)
    found = {
        "place": place, "name": fields.text("asks"), "name_cy": fields.text("asks_cy", ""),
        "weight": fields.maybe_whole("weight") or 1, "is_critical": fields.flag("critical"),
    }  # fmt: skip
    fields.finish()
    return found


def _rating(row: Marked, place: int) -> None:
    fields = Fields(row)
    values = {
        "place": place, "name": fields.text("name"), "name_cy": fields.text("name_cy", ""),
        "score_from": fields.whole("score_from"), "critical_most": fields.maybe_whole("critical_most"),
        "again_days": fields.whole("again_days"), **_sourced(fields),
    }  # fmt: skip
    key, from_on = fields.text("key"), a_day(fields, "from_on")
    AuditRating.objects.get_or_create(key=key, from_on=from_on, defaults=values)
    fields.finish()


def _figure(row: Marked) -> None:
    fields = Fields(row)
    values = {"amount": fields.whole("days"), **_sourced(fields)}
    key = fields.choice("key", [key for key, _words in AuditFigure.KEYS])
    AuditFigure.objects.get_or_create(key=key, from_on=a_day(fields, "from_on"), defaults=values)
    fields.finish()
