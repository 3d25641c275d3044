"""Paging by position instead of by number: a page starts beyond the row the last one ended with.

Rows are in the order of (one sort column, id), both in the same direction, empty values always last.
The comparison is written as a row value, `(received_at, id) < (…, …)`, which PostgreSQL answers from an
index on the two columns at any depth. Rows with and without a value are asked for one after another,
because no index holds "descending, empty last".
"""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

from .cursors import SORT_VALUE, Order, Position, may_be_null, read_cursor, write_cursor

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Page(Generic[M]):
    rows: list[M]
    previous: str
    """Cursor of what stands before this page, or nothing at the beginning."""
    next: str
    """Cursor of what stands after this page, or nothing at the end."""


class Beyond(Func):
    """`(key, id) > (value, id)` as one row comparison."""

    output_field = BooleanField()

    def __init__(self, field: str, position: Position, sign: str) -> None:
        self.sign = sign
        super().__init__(F(field), F("pk"), Value(position.value), Value(position.id))

    def as_sql(self, compiler: SQLCompiler, _connection: Any, **_context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        pieces = [compiler.compile(source) for source in self.get_source_expressions()]
        key, row_id, value, value_id = (sql for sql, _ in pieces)
        sql = f"({key}, {row_id}) {self.sign} ({value}, {value_id})"
        return sql, [param for _, params in pieces for param in params]


def first_page(rows: QuerySet[M], order: Order, size: int) -> Page[M]:
    found = _take(rows, order, None, size + 1, forward=True)
    return _page(found, order, size, more_before=False)


def page_after(rows: QuerySet[M], order: Order, cursor: str, size: int) -> Page[M]:
    position = read_cursor(rows, order, cursor)
    found = _take(rows, order, position, size + 1, forward=True)
    return _page(found, order, size, more_before=True)


def page_before(rows: QuerySet[M], order: Order, cursor: str, size: int) -> Page[M]:
    position = read_cursor(rows, order, cursor)
    found = _take(rows, order, position, size + 1, forward=False)
    kept = found[size - 1 :: -1] if len(found) > size else found[::-1]
    return Page(
        kept,
        previous=write_cursor(kept[0], order) if len(found) > size else "",
        next=write_cursor(kept[-1], order) if kept else "",
    )


def in_order(rows: QuerySet[M], order: Order) -> QuerySet[M]:
    """All rows in the list's order, for an export; where values may be missing PostgreSQL has to sort."""
    if order.by_id:
        return rows.order_by("-pk" if order.descending else "pk")
    nulls_last = True if may_be_null(rows, order) else None
    keys = (F(order.field), F("pk"))
    if order.descending:
        return rows.order_by(keys[0].desc(nulls_last=nulls_last), keys[1].desc())
    return rows.order_by(keys[0].asc(nulls_last=nulls_last), keys[1].asc())


def _page(found: list[M], order: Order, size: int, *, more_before: bool) -> Page[M]:
    kept = found[:size]
    return Page(
        kept,
        previous=write_cursor(kept[0], order) if kept and more_before else "",
        next=write_cursor(kept[-1], order) if len(found) > size else "",
    )


def _take(rows: QuerySet[M], order: Order, start: Position | None, limit: int, *, forward: bool) -> list[M]:
    """Up to `limit` rows beyond `start`, nearest first."""
    descending = order.descending is forward
    if order.by_id:
        return list(_beyond_id(rows, start, descending).order_by("-pk" if descending else "pk")[:limit])
    rows = rows.annotate(**{SORT_VALUE: F(order.field)})
    keys = [F(order.field), F("pk")]
    rows = rows.order_by(*(key.desc() if descending else key.asc() for key in keys))
    found: list[M] = []
    for stretch in _stretches(rows, order, start, forward=forward):
        part = rows if stretch.nulls is None else rows.filter(**{f"{order.field}__isnull": stretch.nulls})
        if stretch.starts_here and start is not None:
            if start.value is None:
                part = _beyond_id(part, start, descending)
            else:
                part = part.filter(Beyond(order.field, start, "<" if descending else ">"))
        found += part[: limit - len(found)]
        if len(found) == limit:
            break
    return found


@dataclass(frozen=True)
class _Stretch:
    nulls: bool | None
    """Only rows without a value, only rows with one, or no difference as every row has one."""
    starts_here: bool


def _stretches(rows: QuerySet[Any], order: Order, start: Position | None, *, forward: bool) -> list[_Stretch]:
    """The stretches of the list still ahead, in the order they are walked through."""
    if not may_be_null(rows, order):
        return [_Stretch(None, starts_here=True)]
    ahead = [False, True] if forward else [True, False]
    if start is not None:
        ahead = ahead[ahead.index(start.value is None) :]
    return [_Stretch(nulls, starts_here=place == 0) for place, nulls in enumerate(ahead)]


def _beyond_id(rows: QuerySet[M], start: Position | None, descending: bool) -> QuerySet[M]:
    if start is None:
        return rows
    return rows.filter(**{"pk__lt" if descending else "pk__gt": start.id})
