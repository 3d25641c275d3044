"""Everything done is written down. The records floor keeps the book; the floors below it write here."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Protocol

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model


class Writer(Protocol):
    """Writes one thing done, in the caller's transaction. `by` is an account, or None for the office."""

    def __call__(
        self,
        verb: str,
        *,
        by: Any,
        at: dt.datetime,
        about: Model | None = None,
        detail: Mapping[str, Any] | None = None,
    ) -> object: ...


_writers: list[Writer] = []


def keep_the_book(writer: Writer) -> None:
    """Say who writes the audit; there is one."""
    if _writers and _writers != [writer]:
        raise ImproperlyConfigured("There are two keepers of the audit.")
    _writers[:] = [writer]


def write_down(
    verb: str,
    *,
    by: Any,
    at: dt.datetime,
    about: Model | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write one thing down; without a keeper nothing may be done."""
    if not _writers:
        raise ImproperlyConfigured("Nobody keeps the audit.")
    _writers[0](verb, by=by, at=at, about=about, detail=detail)
