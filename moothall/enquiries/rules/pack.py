"""The part of a pack about what comes in: mailboxes, and how many answers a day teams mean to give."""

from django.utils.translation import gettext as _

from moothall.cases.models import Service
from moothall.core.clock import in_london
from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.enquiries.models import Mailbox
from moothall.enquiries.models.wallboard import AnswerTarget
from moothall.people.models import Team
from moothall.people.rules.pack import row_named
from moothall.records.rules.audit import append_audit

from .wallboard import set_answer_target


def load_part(pack: Pack, progress: Progress) -> None:
    _load_mailboxes(pack, progress)
    _load_targets(pack)


def _load_targets(pack: Pack) -> None:
    doc = pack.file("targets.yaml")
    if doc is None:
        return
    fields = Fields(doc)
    for row in fields.mappings("answers_a_day"):
        asked = Fields(row)
        team = row_named(Team, row, "team", asked.text("team"))
        answers = int(asked.text("answers"))
        asked.finish()
        if not AnswerTarget.objects.filter(team=team).exists():
            set_answer_target(team, answers=answers, from_on=in_london(pack.at).date(), by=None, at=pack.at)
    fields.finish()


def _load_mailboxes(pack: Pack, progress: Progress) -> None:
    doc = pack.file("mailboxes.yaml")
    if doc is None:
        return
    progress.begin(_("Mailboxes"))
    fields = Fields(doc)
    for row in fields.mappings("mailboxes"):
        load_mailbox(row, pack)
        progress.advance()
    fields.finish()
    progress.end()


def load_mailbox(row: Marked, pack: Pack) -> None:
    fields = Fields(row)
    values = {
        "address": fields.text("address"),
        "name": fields.text("name"),
        "name_cy": fields.text("name_cy", ""),
        "team": row_named(Team, row, "team", fields.text("team")),
        "service": row_named(Service, row, "service", fields.text("service")),
        "acknowledge": fields.flag("acknowledge", True),
    }
    mailbox, new = Mailbox.objects.get_or_create(key=fields.text("key"), defaults=values)
    fields.finish()
    if new:
        append_audit("enquiries.add_mailbox", by=None, at=pack.at, about=mailbox)
