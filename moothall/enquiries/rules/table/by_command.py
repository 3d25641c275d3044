"""A table brought in by command: every step at once, with one line at the end."""

import hashlib
import shutil
from collections import Counter
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Service
from moothall.core.clock import now
from moothall.core.refusals import Refusal
from moothall.enquiries.models import TableImport, TableMapping, TableRow

from .bringing import check_rows, keep_table, new_folder, read_rows, say_what_it_means
from .meaning import Means
from .opening import begin_opening, begin_undoing, open_rows, undo_rows
from .reading import NotATable


class NothingOfIt(Refusal):
    sentence = _("Nothing that came from this file is open.")
    next_step = _("Give the file exactly as it was brought in.")


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


def take_back_by_command(file: Path) -> tuple[TableImport, Counter[str]]:
    """Take back the newest table that came from exactly this file, as far as nobody has touched its cases."""
    if not file.is_file():
        raise NotATable
    with file.open("rb") as given:
        sha256 = hashlib.file_digest(given, "sha256").hexdigest()
    came = TableImport.objects.filter(
        sha256=sha256, state=TableImport.FINISHED, lines__result=TableRow.OPENED
    )
    table = came.order_by("-pk").first()
    if table is None:
        raise NothingOfIt
    begin_undoing(table, by=None, at=now(), by_worker=False)
    undo_rows(table, at=now())
    table.refresh_from_db()
    return table, Counter(table.lines.values_list("result", flat=True))
