"""Paging by position instead of by number: a page starts beyond the row the last one ended with.

Rows are in the order of (one sort column, id), both in the same direction, empty values always last.
The comparison is written as a row value, `(received_at, id) < (…, …)`, which PostgreSQL answers from an
index on the two columns at any depth. Rows with and without a value are asked for one after another,
because no index holds "descending, empty last".
"""

import base64
import binascii
import datetime as dt
import json
import math
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=models.Model)
SORT_VALUE = "keyset_value"
LONGEST_CURSOR = 4000
BIGGEST = 2**63


class BadCursor(ValueError):  # noqa: N818
    """The address names no position in this list."""


@dataclass(frozen=True)
class Order:
    """How a list is sorted: by `field` (a lookup path or an annotation), then by id."""

    field: str
    descending: bool = False

    @property
    def token(self) -> str:
        return f"-{self.field}" if self.descending else self.field

    @property
    def by_id(self) -> bool:
        return self.field in {"id", "pk"}


@dataclass(frozen=True)
class Position:
    """Where a row stands: the value it is sorted by, and its id."""

    value: Any
    id: int


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
    nulls_last = True if _may_be_null(rows, order) else None
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
    if not _may_be_null(rows, order):
        return [_Stretch(None, starts_here=True)]
    ahead = [False, True] if forward else [True, False]
    if start is not None:
        ahead = ahead[ahead.index(start.value is None) :]
    return [_Stretch(nulls, starts_here=place == 0) for place, nulls in enumerate(ahead)]


def _beyond_id(rows: QuerySet[M], start: Position | None, descending: bool) -> QuerySet[M]:
    if start is None:
        return rows
    return rows.filter(**{"pk__lt" if descending else "pk__gt": start.id})


def _may_be_null(rows: QuerySet[Any], order: Order) -> bool:
    """Only a plain column declared not null is sure to hold a value."""
    try:
        field = rows.model._meta.get_field(order.field)
    except FieldDoesNotExist:
        return True
    return bool(field.null)


def _field_of(rows: QuerySet[Any], order: Order) -> Any:
    """The field behind the sort column; through a relation or an annotation where it is one."""
    found: Any = F(order.field).resolve_expression(rows.query).output_field
    while isinstance(found, models.ForeignKey | models.GeneratedField):
        found = found.target_field if isinstance(found, models.ForeignKey) else found.output_field
    return found


def write_cursor(row: models.Model, order: Order) -> str:
    """An opaque text naming where this row stands."""
    value = None if order.by_id else _spelt(getattr(row, SORT_VALUE))
    text = json.dumps([order.token, value, row.pk], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(rows: QuerySet[Any], order: Order, cursor: str) -> Position:
    """The position a cursor names. Anything may stand in an address, so everything is checked."""
    if len(cursor) > LONGEST_CURSOR:
        raise BadCursor
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        token, value, row_id = json.loads(text)
        if token != order.token or not _is_whole(row_id):
            raise BadCursor
        return Position(_read_value(rows, order, value), row_id)
    except (ValueError, TypeError, ArithmeticError, RecursionError, binascii.Error) as problem:
        raise BadCursor from problem


def _read_value(rows: QuerySet[Any], order: Order, value: Any) -> Any:
    if order.by_id:
        return None
    if value is None:
        if not _may_be_null(rows, order):
            raise BadCursor
        return None
    field = _field_of(rows, order)
    for kind, read in READERS:
        if isinstance(field, kind):
            return read(value)
    return _read_words(value)


def _spelt(value: Any) -> Any:
    """A value as JSON can hold it without losing anything."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    return value


def _is_whole(value: Any) -> bool:
    return type(value) is int and -BIGGEST < value < BIGGEST


def _read_instant(value: str) -> dt.datetime:
    found = dt.datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise BadCursor
    return found.astimezone(dt.UTC)


def _read_whole(value: Any) -> int:
    if not _is_whole(value):
        raise BadCursor
    return int(value)


def _read_decimal(value: str) -> Decimal:
    found = Decimal(value)
    if not found.is_finite() or abs(found.adjusted()) > 100 or len(value) > 100:
        raise BadCursor
    return found


def _read_float(value: Any) -> float:
    if type(value) not in {int, float} or not math.isfinite(value):
        raise BadCursor
    return float(value)


def _read_truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadCursor
    return value


def _read_words(value: Any) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise BadCursor
    value.encode()
    return value


READERS: tuple[tuple[type[Any], Callable[[Any], Any]], ...] = (
    (models.DateTimeField, _read_instant),
    (models.DateField, dt.date.fromisoformat),
    (models.DecimalField, _read_decimal),
    (models.IntegerField, _read_whole),
    (models.FloatField, _read_float),
    (models.BooleanField, _read_truth),
    (models.UUIDField, uuid.UUID),
)
