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


def add_lookups() -> None:
    models.CharField.register_lookup(Begins)
