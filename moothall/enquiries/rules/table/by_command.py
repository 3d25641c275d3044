"""A table brought in by command: every step at once, with one line at the end."""

import shutil
from collections import Counter
from pathlib import Path

from moothall.cases.models import Service
from moothall.core.clock import now
from moothall.enquiries.models import TableImport, TableMapping

from .bringing import check_rows, keep_table, new_folder, read_rows, say_what_it_means
from .meaning import Means
from .opening import begin_opening, open_rows
from .reading import NotATable


def bring_in_by_command(
    file: Path, mapping: TableMapping, service: Service, *, dry_run: bool
) -> tuple[TableImport, Counter[str]]:
    """Keep, read, try and, unless told otherwise, open; the answer counts what came of the rows."""
    if not file.is_file():
        raise NotATable
    path = Path(shutil.copy2(file, new_folder() / file.name))
    table = keep_table(path, source=file.name, team=mapping.team, service=service, by=None, at=now())
    read_rows(table)
    table.refresh_from_db()
    if table.state == TableImport.READ:
        say_what_it_means(table, Means.of(mapping.means), by=None, at=now(), by_worker=False)
        check_rows(table, at=now())
        table.refresh_from_db()
        if not dry_run:
            begin_opening(table, by=None, at=now(), by_worker=False)
            open_rows(table, at=now())
            table.refresh_from_db()
    return table, Counter(table.lines.values_list("result", flat=True))
