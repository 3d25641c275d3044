"""Everything done is written down. The records floor keeps the book; the floors below it write here."""

import datetime as dt
from collections.abc import Mapping, Sequence
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


class ManyWriter(Protocol):
    """Writes the same thing done to many records, in one statement."""

    def __call__(
        self, verb: str, *, by: Any, at: dt.datetime, about: Sequence[Model], detail: Mapping[str, Any]
    ) -> object: ...


_writers: list[tuple[Writer, ManyWriter]] = []


def keep_the_book(writer: Writer, many: ManyWriter) -> None:
    """Say who writes the audit; there is one."""
    if _writers and _writers != [(writer, many)]:
        raise ImproperlyConfigured("There are two keepers of the audit.")
    _writers[:] = [(writer, many)]


def _keeper() -> tuple[Writer, ManyWriter]:
    if not _writers:
        raise ImproperlyConfigured("Nobody keeps the audit.")
    return _writers[0]


def write_down(
    verb: str,
    *,
    by: Any,
    at: dt.datetime,
    about: Model | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write one thing down; without a keeper nothing may be done."""
    _keeper()[0](verb, by=by, at=at, about=about, detail=detail)


def write_down_each(
    verb: str, *, by: Any, at: dt.datetime, about: Sequence[Model], detail: Mapping[str, Any]
) -> None:
    """Write down the same thing done to each of these records."""
    _keeper()[1](verb, by=by, at=at, about=about, detail=detail)
