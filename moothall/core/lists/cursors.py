"""Where a row stands in a sorted list, as an opaque text an address can carry."""

import base64
import binascii
import datetime as dt
import json
import math
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import F, QuerySet

SORT_VALUE = "keyset_value"
LONGEST_CURSOR = 4000
BIGGEST = 2**63


class BadCursor(ValueError):
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


def may_be_null(rows: QuerySet[Any], order: Order) -> bool:
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
        if not may_be_null(rows, order):
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
