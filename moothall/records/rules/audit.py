"""The audit: one row for everything done, in the transaction that did it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model

from moothall.people.models import Account
from moothall.records.models import AuditEvent

NOBODY = "Moothall"  # the office's own machinery: a rule that ran by the clock


def append_audit(
    verb: str,
    *,
    by: Account | None,
    at: dt.datetime,
    about: Model | None = None,
    detail: Mapping[str, Any] | None = None,
    about_kind: str = "",
    about_id: int | None = None,
) -> AuditEvent:
    """Write down one thing done. The row stands or falls with the caller's transaction."""
    event = audit_event(
        verb, by=by, at=at, about=about, detail=detail, about_kind=about_kind, about_id=about_id
    )
    event.save(force_insert=True)
    return event


def append_audits(events: Iterable[AuditEvent]) -> int:
    """Write down many things done, made by `audit_event`, in one statement; the answer is how many."""
    return len(AuditEvent.objects.bulk_create(events, batch_size=1000))


def append_audit_each(
    verb: str, *, by: Account | None, at: dt.datetime, about: Sequence[Model], detail: Mapping[str, Any]
) -> None:
    """Write down the same thing done to each of these records, in one statement."""
    append_audits(audit_event(verb, by=by, at=at, about=each, detail=detail) for each in about)


def audit_event(
    verb: str,
    *,
    by: Account | None,
    at: dt.datetime,
    about: Model | None = None,
    detail: Mapping[str, Any] | None = None,
    about_kind: str = "",
    about_id: int | None = None,
) -> AuditEvent:
    """One event, not yet written; `about` or its kind and id say which record it concerns."""
    if about is not None:
        about_kind, about_id = about._meta.label_lower, about.pk
    return AuditEvent(
        at=at,
        actor=by,
        actor_name=by.name if by else NOBODY,
        verb=verb,
        about_kind=about_kind,
        about_id=about_id,
        detail=storable(dict(detail or {})),
    )


def storable(value: Any) -> Any:
    """The same value without the two things that PostgreSQL cannot keep: NUL and half a character."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {storable(str(key)): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [storable(item) for item in value]
    return value
