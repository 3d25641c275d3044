"""Who sees letters about what: each upper app says which of its records an account may see."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q, QuerySet

from moothall.core.lookups import held_by

if TYPE_CHECKING:
    from moothall.people.models import Account

VisibleIds = Callable[["Account"], "QuerySet[Any, Any] | Iterable[int]"]
Gate = Callable[["Account", int], str]
Read = Callable[["Account", int, str], None]
OnlyReads = Callable[["Account", int], bool]
_registered: dict[str, VisibleIds] = {}
_gates: dict[str, Gate] = {}
_reads: dict[str, Read] = {}
_only_reads: dict[str, OnlyReads] = {}


def register(
    about_kind: str,
    visible_ids: VisibleIds,
    *,
    gate: Gate | None = None,
    read: Read | None = None,
    only_reads: OnlyReads | None = None,
) -> None:
    """Say which records of a kind (`cases.case`) an account may see: a queryset of ids, or the ids.

    A record may be seen to exist and still ask for something before it is read, such as a reason:
    `gate(account, id)` answers with the address to go to first, or nothing.
    Whoever keeps a list of readers is told by `read(account, id, subject)` that a letter was read, and of
    whom `only_reads(account, id)` is true does nothing to a letter.
    """
    app, dot, model = about_kind.partition(".")
    if not (app and dot and model) or about_kind != about_kind.lower():
        raise ImproperlyConfigured(f"A kind of record is written app.model, not {about_kind!r}.")
    if about_kind in _registered and _registered[about_kind] != visible_ids:
        raise ImproperlyConfigured(f"There are two answers to who sees letters about {about_kind}.")
    _registered[about_kind] = visible_ids
    if gate is not None:
        _gates[about_kind] = gate
    if read is not None:
        _reads[about_kind] = read
    if only_reads is not None:
        _only_reads[about_kind] = only_reads


def gate_before(account: "Account", about_kind: str, about_id: int) -> str:
    """Where somebody who may see the record has to go before reading letters about it, or nothing."""
    gate = _gates.get(about_kind)
    return gate(account, about_id) if gate else ""


def letter_read(account: "Account", about_kind: str, about_id: int, *, subject: str) -> None:
    """Somebody read a letter; who keeps a list of readers of its record writes it down."""
    if about_kind in _reads:
        _reads[about_kind](account, about_id, subject)


def may_only_read(account: "Account", about_kind: str, about_id: int) -> bool:
    return about_kind in _only_reads and _only_reads[about_kind](account, about_id)


def visible_to(account: "Account") -> Q:
    """The letters whose record the account may see; letters about any other kind are seen by nobody."""
    seen = Q(pk__in=[])
    for kind, visible_ids in _registered.items():
        seen |= Q(about_kind=kind) & _among(visible_ids(account))
    return seen


def _among(found: "QuerySet[Any, Any] | Iterable[int]") -> Q:
    if isinstance(found, QuerySet):
        return Q(held_by(found, "about_id"))
    return Q(about_id__in=found)
