"""The part of a pack about what comes in: its mailboxes."""

from django.utils.translation import gettext as _

from moothall.cases.models import Service
from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.enquiries.models import Mailbox
from moothall.people.models import Team
from moothall.people.rules.pack import row_named
from moothall.records.rules.audit import append_audit


def load_part(pack: Pack, progress: Progress) -> None:
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
