"""Rows in great number: gathered for each table and copied into the database at once."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection
from django.db.models import AutoField, GeneratedField, JSONField, Model

IDS_AT_ONCE: Final = 2000
AT_ONCE: Final = 500
# Whether anything but the check of a foreign key happens when a row is added (bit 4 is INSERT).
DOES_MORE: Final = """
select exists (
  select from pg_trigger
  join pg_class on pg_class.oid = pg_trigger.tgrelid
  where not tgisinternal and tgtype & 4 > 0 and relname = any(%s)
)
"""
GUARDED: Final = "select row_security_active(%s::regclass)"
Mark = dict[type[Model], int]


def numbers_from(sequence: str, at_once: int = IDS_AT_ONCE) -> Iterator[int]:
    """Numbers of a database sequence, many fetched at a time; nobody else gets the same."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute("select nextval(%s::regclass) from generate_series(1, %s)", [sequence, at_once])
            numbers = [number for (number,) in cursor.fetchall()]
        yield from numbers


_unhindered: list[Callable[[], Mapping[str, str]]] = []


def let_copying_be_unhindered(role: Callable[[], Mapping[str, str]]) -> None:
    """Say as which role (USER and PASSWORD) very many rows may be copied without a check of each."""
    _unhindered[:] = [role]


def become_unhindered(models: Iterable[type[Model]]) -> bool:
    """From here on this process connects as the role that need not check each row, if there is one.

    Nothing is given up that a trigger does: where a table of `models` has one, rows go the ordinary way.
    """
    if not _unhindered:
        return False
    with connection.cursor() as cursor:
        cursor.execute(DOES_MORE, [[model._meta.db_table for model in models]])
        does_more = cursor.fetchone()[0]
    if does_more:
        return False
    connection.close()
    connection.settings_dict.update(_unhindered[0]())
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
    return True


@contextmanager
def unhindered(models: Iterable[type[Model]]) -> Iterator[bool]:
    """The same for this block alone, between two transactions; whether there is such a role."""
    if connection.in_atomic_block:
        yield False
        return
    before = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    became = become_unhindered(models)
    try:
        yield became
    finally:
        if became:
            connection.close()
            connection.settings_dict.update(before)


def as_line(row: Sequence[Any]) -> str:
    """A row as COPY reads it: tabs between, and a backslash before what would be taken for a tab."""
    return "\t".join([as_text(value) for value in row]) + "\n"


def as_text(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        text = value.replace("\\", "\\\\")
        return text.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, list):
        return "{" + ",".join(str(int(each)) for each in value) + "}"
    return str(value)


class Table:
    """Rows of one model that wait to be copied. What a row does not say has the model's default."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        fields = [field for field in model._meta.concrete_fields if not isinstance(field, GeneratedField)]
        self.columns = [field.column for field in fields]
        self.names = [field.attname for field in fields]
        self.defaults = {
            field.attname: None if isinstance(field, AutoField) else field.get_default() for field in fields
        }
        self.written_as_json = [index for index, field in enumerate(fields) if isinstance(field, JSONField)]
        self.key = model._meta.pk.attname
        self.rows: list[list[Any]] = []
        self.ids = iter(numbers_from(self._sequence())) if self.key == "id" else iter(())

    def _sequence(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute("select pg_get_serial_sequence(%s, 'id')", [self.model._meta.db_table])
            row = cursor.fetchone()
        return str(row[0]) if row else ""

    def add(self, values: Mapping[str, Any]) -> int:
        """Keep a row for copying; the answer is the id that it will have."""
        row = {**self.defaults, **values}
        if self.key == "id" and row["id"] is None:
            row["id"] = next(self.ids)
        kept = [row[name] for name in self.names]
        for index in self.written_as_json:
            kept[index] = json.dumps(kept[index], ensure_ascii=False)
        self.rows.append(kept)
        if len(row) != len(self.names):
            unknown = ", ".join(sorted(row.keys() - set(self.names)))
            raise TypeError(f"{self.model.__name__} has no {unknown}.")
        return int(row[self.key])

    def copy(self) -> int:
        """Copy what waits into the database; the answer is how many rows."""
        if not self.rows:
            return 0
        quote = connection.ops.quote_name
        table, columns = quote(self.model._meta.db_table), ", ".join(quote(each) for each in self.columns)
        with connection.cursor() as cursor:
            cursor.execute(GUARDED, [self.model._meta.db_table])
            guarded = cursor.fetchone()[0]
            if guarded:
                # PostgreSQL refuses to copy into a table whose rows are guarded from this role.
                cursor.execute(f"create temporary table copied as select {columns} from {table} limit 0")  # noqa: S608
            with cursor.cursor.copy(f"copy {'copied' if guarded else table} ({columns}) from stdin") as copy:
                for first in range(0, len(self.rows), AT_ONCE):
                    copy.write("".join(map(as_line, self.rows[first : first + AT_ONCE])))
            if guarded:
                cursor.execute(f"insert into {table} ({columns}) select {columns} from copied")  # noqa: S608
                cursor.execute("drop table copied")
        count = len(self.rows)
        self.rows = []
        return count


class Tables:
    """The tables that sample work is written to, made when first asked for."""

    def __init__(self) -> None:
        self._tables: dict[type[Model], Table] = {}

    def add(self, model: type[Model], **values: Any) -> int:
        table = self._tables.get(model)
        if table is None:
            table = self._tables[model] = Table(model)
        return table.add(values)

    def __len__(self) -> int:
        """How many rows wait."""
        return sum(len(table.rows) for table in self._tables.values())

    def mark(self) -> Mark:
        """How far the rows have come, to be able to forget what follows."""
        return {model: len(table.rows) for model, table in self._tables.items()}

    def forget_since(self, mark: Mark) -> None:
        for model, table in self._tables.items():
            del table.rows[mark.get(model, 0) :]

    def copy(self) -> int:
        """Copy what waits into the database; the answer is how many rows."""
        return sum(table.copy() for table in self._tables.values())
