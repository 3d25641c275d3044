"""The part of a pack about what comes in: its mailboxes, and where it sends people."""

import datetime as dt

from django.utils.translation import gettext as _

from moothall.cases.models import Service
from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.enquiries.models import Mailbox, Signpost
from moothall.people.models import Team
from moothall.people.rules.pack import row_named
from moothall.records.rules.audit import append_audit


def load_part(pack: Pack, progress: Progress) -> None:
    progress.begin(_("Mailboxes and signposts"))
    for name, load in (("mailboxes", load_mailbox), ("signposts", load_signpost)):
        doc = pack.file(f"{name}.yaml")
        if doc is not None:
            fields = Fields(doc)
            for row in fields.mappings(name):
                load(row, pack)
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


def load_signpost(row: Marked, pack: Pack) -> None:
    fields = Fields(row)
    try:
        checked_on = dt.date.fromisoformat(fields.text("checked_on"))
    except ValueError as problem:
        raise fields.wrong("checked_on", _("a date such as 2026-05-01")) from problem
    values = {
        "name": fields.text("name"),
        "name_cy": fields.text("name_cy", ""),
        "when_to_use": fields.text("when_to_use"),
        "when_to_use_cy": fields.text("when_to_use_cy", ""),
        "how": fields.text("how"),
        "how_cy": fields.text("how_cy", ""),
        "checked_on": checked_on,
    }
    signpost, new = Signpost.objects.get_or_create(key=fields.text("key"), defaults=values)
    fields.finish()
    if new:
        append_audit("enquiries.add_signpost", by=None, at=pack.at, about=signpost)
