"""Questions asked on every page, put into SQL once: Django otherwise words each anew at every asking,
which takes it longer than PostgreSQL takes to answer.

    @ready_query("case")
    def steps_of(*, case: int, most: int) -> QuerySet[Step]:
        return Step.objects.filter(case=case).select_related("team")[:most]

    steps_of(case=7, most=40)        # a list

What is named in the decorator differs from asking to asking, and is given as the database takes it. The other
arguments are part of the question: there is one SQL for each of their combinations, and those asked last are
kept. PostgreSQL, too, plans it once for each connection: with the walls of row security that took it longer
than the answer. The function depends on its arguments alone, never on the day, the language or the account of
whoever happens to ask first.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.backends.postgresql.base import ServerBindingCursor  # type: ignore[attr-defined]
from django.db.backends.postgresql.compiler import SQLCompiler  # type: ignore[import-untyped]
from django.db.models import QuerySet, Value
from django.db.models.sql import Query

Row = TypeVar("Row")
KEPT = 128


class Slot(Value):
    """Stands in the SQL for a value that comes with each asking, as the database takes it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def as_sql(self, *_: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class ReadyCompiler(SQLCompiler):  # type: ignore[misc]
    """Knows its SQL and its columns already, and has only to put the values in."""

    worded: tuple[str, tuple[Any, ...]]
    given: Mapping[str, Any]

    def word(self) -> None:
        sql, params = super().as_sql()
        self.worded = sql, tuple(params)

    def as_sql(self, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = self.worded
        return sql, tuple([self.given[each.name] if isinstance(each, Slot) else each for each in params])

    def execute_sql(self, *words: Any, **more: Any) -> Any:
        with preparing(self.connection):
            return super().execute_sql(*words, **more)


@contextmanager
def preparing(connection: Any) -> Iterator[None]:
    """Inside, values go to the server apart from the SQL, so that it keeps its plan; not while somebody
    writes questions down, who wants to read them whole."""
    if connection.queries_logged:
        yield
        return
    connection.ensure_connection()
    usual = connection.connection.cursor_factory
    connection.connection.cursor_factory = ServerBindingCursor
    try:
        yield
    finally:
        connection.connection.cursor_factory = usual


class ReadyQuery(Query):
    compiler_kept: ReadyCompiler
    given: Mapping[str, Any]

    def get_compiler(self, using: str | None = None, *_: Any, **__: Any) -> ReadyCompiler:
        compiler = copy(self.compiler_kept)
        compiler.connection = connections[using or "default"]
        compiler.given = self.given
        return compiler


class Ready(Generic[Row]):
    """A question with a place for each value; asked with all of them, it answers with its rows."""

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], slots: tuple[str, ...]) -> None:
        self.slots = slots
        self._build = build
        self._worded = lru_cache(maxsize=KEPT)(self._word)

    def __call__(self, **given: Any) -> list[Row]:
        values = {name: given.pop(name) for name in self.slots}
        rows = self._worded(**given)._clone()
        rows.query.given = values
        return list(rows)

    def _word(self, **constants: Any) -> Any:
        rows: Any = self._build(**{name: Slot(name) for name in self.slots}, **constants)
        query = rows.query.chain(klass=ReadyQuery)
        query.compiler_kept = ReadyCompiler(query, connections[rows.db], rows.db)
        query.compiler_kept.word()
        rows._query = query  # its setter would take values for dictionaries
        return rows

    def forget(self) -> None:
        """Word everything anew, in tests."""
        self._worded.cache_clear()


def ready_query(*slots: str) -> Callable[[Callable[..., QuerySet[Any, Row]]], Ready[Row]]:
    """Make a function that builds a queryset into a question that is put into SQL once."""
    return lambda build: Ready(build, slots)
