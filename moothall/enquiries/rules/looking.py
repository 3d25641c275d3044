"""Ask the worker to look into mailboxes, each in a job of its own."""

from collections.abc import Iterable
from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

FETCH = "enquiries.fetch"


def ask_for_a_look(mailbox_ids: Iterable[int]) -> None:
    """One job for each mailbox; one that waits already is enough."""
    for mailbox_id in mailbox_ids:
        with suppress(AlreadyEnqueued), transaction.atomic():
            app.configure_task(FETCH, queueing_lock=f"fetch-{mailbox_id}").defer(mailbox_id=mailbox_id)
