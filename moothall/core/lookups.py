"""What a column can be asked beyond Django's own questions."""

from typing import Any

from django.db import models
from django.db.models.lookups import BuiltinLookup


class Begins(BuiltinLookup):  # type: ignore[type-arg]
    """`reference__begins="LOD-26"`. Unlike LIKE, PostgreSQL trusts this operator to look at rows before the
    row security does, so that it may use the index that is made for LIKE."""

    lookup_name = "begins"

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        return f"^@ {rhs}"


class OneOf(BuiltinLookup):  # type: ignore[type-arg]
    """`pk__one_of=ids`, where the list comes with each asking of a question that is put into SQL once: `in`
    has a place for each of its values, and so another SQL for each number of them."""

    lookup_name = "one_of"
    prepare_rhs = False

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        return f"= any({rhs})"


def held_by(rows: models.QuerySet[Any, Any], field: str) -> models.Subquery:
    """Whether the row that `field` names is one of these: asked of each row by itself.

    Of `in` and `exists` beside an `or` PostgreSQL may think it quicker to look at all `rows` first.
    """
    found = rows.order_by().filter(pk=models.OuterRef(field)).annotate(is_held=models.Value(True))
    return models.Subquery(found.values("is_held")[:1], output_field=models.BooleanField())


def add_lookups() -> None:
    models.BigAutoField.register_lookup(OneOf)
    models.CharField.register_lookup(Begins)
