"""How the fetching from a mailbox goes: what was found, what failed, and when it is tried again."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from moothall.enquiries.models import MailboxState
from moothall.records.rules.audit import append_audit

from .faults import MailboxFault, wait_after
from .inbox import Waiting


@transaction.atomic
def begin_folder(state: MailboxState, *, folder: str, uid_validity: int, read_only: bool) -> None:
    """A folder that was made anew, or another one, counts from the beginning: what was kept before is known
    by its bytes."""
    changes: dict[str, Any] = {"read_only": read_only}
    if (state.folder, state.uid_validity) != (folder, uid_validity):
        changes |= {"folder": folder, "uid_validity": uid_validity, "seen_up_to": 0}
    MailboxState.objects.filter(pk=state.pk).update(**changes)
    for name, value in changes.items():
        setattr(state, name, value)


def note_waiting(state: MailboxState, waiting: Sequence[Waiting]) -> None:
    came = [each.arrived_at for each in waiting if each.arrived_at is not None]
    MailboxState.objects.filter(pk=state.pk).update(
        waiting=len(waiting), oldest_waiting_at=min(came, default=None)
    )


@transaction.atomic
def note_success(state: MailboxState, *, at: dt.datetime) -> None:
    fresh = MailboxState.objects.select_for_update().get(pk=state.pk)
    if fresh.failing_since is not None:
        detail = {"since": fresh.failing_since}
        append_audit("enquiries.mailbox_back", about=fresh.mailbox, by=None, at=at, detail=detail)
    MailboxState.objects.filter(pk=state.pk).update(
        tried_at=at, looked_at=at, due_at=at, failing_since=None, failures=0, problem=""
    )


@transaction.atomic
def note_fault(state: MailboxState, fault: MailboxFault, *, at: dt.datetime) -> None:
    """How long the mailbox has been out of reach, why, and when it is tried again."""
    fresh = MailboxState.objects.select_for_update().get(pk=state.pk)
    if fresh.failing_since is None:
        detail = {"problem": str(fault.sentence)}
        append_audit("enquiries.mailbox_lost", about=fresh.mailbox, by=None, at=at, detail=detail)
    failures = fresh.failures + 1
    MailboxState.objects.filter(pk=state.pk).update(
        tried_at=at, due_at=at + wait_after(failures, fault.kind), failing_since=fresh.failing_since or at,
        failures=failures, problem=str(fault.sentence),
    )  # fmt: skip
