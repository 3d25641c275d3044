"""Views of a list that somebody keeps. The app that owns accounts registers where they are stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class KeptView:
    id: int
    name: str
    """Empty for the view the list opens with."""
    query: str


class ViewStore(Protocol):
    """Where saved views are kept; every method is about one account's own views only."""

    def views_of(self, account: Any, list_key: str) -> Sequence[KeptView]: ...

    def keep(self, account: Any, *, list_key: str, name: str, query: str) -> None:
        """Keep a view under this name, in place of the one that has it."""

    def forget(self, account: Any, *, view_id: int) -> None: ...


class _NoStore:
    def views_of(self, _account: Any, _list_key: str) -> Sequence[KeptView]:
        return ()

    def keep(self, _account: Any, *, list_key: str, name: str, query: str) -> None:
        raise ImproperlyConfigured(f"No store of saved views is registered: {list_key}, {name}, {query}.")

    def forget(self, _account: Any, *, view_id: int) -> None:
        raise ImproperlyConfigured(f"No store of saved views is registered: {view_id}.")


_store: list[ViewStore] = [_NoStore()]


def register_store(store: ViewStore) -> None:
    """Called once, from the `apps.py` of the app that owns accounts."""
    if not isinstance(_store[0], _NoStore):
        raise ImproperlyConfigured("A store of saved views is already registered.")
    _store[0] = store


def store() -> ViewStore:
    return _store[0]
