"""Try a mailbox: sign in everywhere, look, change nothing, and say in words how it went."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moothall.core.refusals import Refusal
from moothall.enquiries.models import Connection
from moothall.enquiries.models.connection import MOVE

from .carrying import try_smtp
from .inbox import open_inbox


@dataclass(frozen=True)
class Check:
    """One thing that was tried, whether it went well, and what there is to say."""

    what: str
    well: bool
    words: str


def try_mailbox(connection: Connection, *, at: dt.datetime) -> list[Check]:
    """Every check there is for this mailbox, in the order a message goes."""
    checks = [_tried(_("Fetching"), lambda: _look(connection, at=at))]
    if connection.can_send:
        checks.append(_tried(_("Sending"), lambda: _sign_in_to_send(connection, at=at)))
    return checks


def _tried(what: str, look: Callable[[], str]) -> Check:
    try:
        return Check(what, True, look())
    except Refusal as refusal:
        return Check(what, False, f"{refusal.sentence} {refusal.next_step}".strip())


def _look(connection: Connection, *, at: dt.datetime) -> str:
    with open_inbox(connection, at=at, write=connection.afterwards != "LEAVE") as inbox:
        many = len(inbox.numbers(above=0, since=connection.since, recent=connection.since))
        words = ngettext(
            "%(folder)s can be opened: it holds %(many)s message since %(since)s.",
            "%(folder)s can be opened: it holds %(many)s messages since %(since)s.",
            many,
        ) % {"folder": connection.folder, "many": many, "since": connection.since.strftime("%d/%m/%Y")}
        if inbox.read_only:
            words += " " + _("It can only be read: messages are fetched once and stay as they are.")
        elif connection.afterwards == MOVE and not inbox.has_folder(connection.done_folder):
            words += " " + _("%s is made when the first message is moved.") % connection.done_folder
    return words


def _sign_in_to_send(connection: Connection, *, at: dt.datetime) -> str:
    try_smtp(connection, at=at)
    return _("%s takes our sign-in. Nothing was sent.") % connection.smtp_host
