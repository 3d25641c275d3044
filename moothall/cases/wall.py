"""The second wall: PostgreSQL itself shows a restricted or sealed case only to the people named on it.

A table whose rows lead to a case stands behind the wall by one line of a migration:

    operations = [..., behind_the_wall("bookings_callback")]                    # by its column case_id
    operations = [..., behind_the_wall("cases_entrydocument", entry_id="cases_entry")]

Who is served is said by `core/serving.py`. A row that leads nowhere (NULL) is before the wall. The tables'
owner, who migrates and takes backups, stands above it. `COPY … FROM` is not possible into such a table: rows
in great number are copied into a temporary table and inserted from there.
"""

from django.db.migrations.operations.special import RunSQL

from moothall.core.serving import for_the_office as for_the_office

CASES = "cases_case"
OFFICE = "(select current_setting('moothall.serves', true)) = 'office'"
UP = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY behind_the_wall ON {table} FOR ALL USING ({shown}) WITH CHECK ({shown})
"""
DOWN = "DROP POLICY behind_the_wall ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"


def behind_the_wall(table: str, *, only: str = "", **leading: str) -> RunSQL:
    """Put a table behind the wall: a row is there for whoever may see the rows that its columns lead to.

    `leading` names each such column and the table it leads to; without any it is `case_id`. `only` is a
    condition under which they lead there at all, where a column leads to several kinds of record.
    """
    ways = leading or {"case_id": CASES}
    shown = " and ".join(f"({_leads(table, column, to)})" for column, to in ways.items())
    if only:
        shown = f"not ({only}) or ({shown})"
    return wall(table, f"{OFFICE} or {shown}")


def _leads(table: str, column: str, to: str) -> str:
    # One row by its key at a time: PostgreSQL might answer an EXISTS by reading all cases into memory first.
    found = f"(select true from {to} led_to where led_to.id = {table}.{column})"  # noqa: S608
    return f"{table}.{column} is null or {found}"


def wall(table: str, shown: str) -> RunSQL:
    """Show the rows of a table only where this condition holds."""
    return RunSQL(UP.format(table=table, shown=shown), DOWN.format(table=table))
