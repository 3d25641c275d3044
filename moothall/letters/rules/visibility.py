"""Who sees letters about what: each upper app says which of its records an account may see."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from moothall.people.models import Account

VisibleIds = Callable[["Account"], "QuerySet[Any, Any] | Iterable[int]"]
_registered: dict[str, VisibleIds] = {}


def register(about_kind: str, visible_ids: VisibleIds) -> None:
    """Say which records of a kind (`cases.case`) an account may see: a queryset of ids, or the ids."""
    app, dot, model = about_kind.partition(".")
    if not (app and dot and model) or about_kind != about_kind.lower():
        raise ImproperlyConfigured(f"A kind of record is written app.model, not {about_kind!r}.")
    if about_kind in _registered and _registered[about_kind] != visible_ids:
        raise ImproperlyConfigured(f"There are two answers to who sees letters about {about_kind}.")
    _registered[about_kind] = visible_ids


def visible_to(account: "Account") -> Q:
    """The letters whose record the account may see; letters about any other kind are seen by nobody."""
    seen = Q(pk__in=[])
    for kind, visible_ids in _registered.items():
        seen |= Q(about_kind=kind, about_id__in=visible_ids(account))
    return seen
