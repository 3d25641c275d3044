"""Whoever works with a mailbox is told when nothing can be fetched from it."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from moothall.core.clock import in_london
from moothall.core.notices import Notice
from moothall.enquiries.models import MailboxState

PATIENCE = dt.timedelta(minutes=15)
MOST = 5
WORDS = _(
    "Nothing could be fetched from %(address)s since %(since)s: %(problem)s What is sent there waits on its "
    "server and is not lost."
)


def mailboxes_out_of_reach(at: dt.datetime) -> list[Notice]:
    """One notice for each mailbox, for its own team; those who set mailboxes up see it too."""
    rows = MailboxState.objects.unreachable(since=at - PATIENCE).select_related("mailbox")
    notices = []
    for state in rows.order_by("failing_since", "pk")[:MOST]:
        since = in_london(state.failing_since or at).strftime("%d/%m/%Y %H:%M")
        given = {"address": state.mailbox.address, "since": since, "problem": state.problem}
        notices.append(Notice(WORDS, "enquiries.log", frozenset({state.mailbox.team_id}), given))
        notices.append(Notice(WORDS, "enquiries.mailboxes", None, given))
    return notices
