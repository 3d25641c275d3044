"""A table is brought in by steps: kept, read, tried without writing, opened, and undone if need be.

Every step is a job that may be stopped at any moment and run twice: each row says what became of it.
"""

import datetime as dt
import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Service
from moothall.core.refusals import Refusal
from moothall.enquiries.models import TableImport, TableMapping, TableRow
from moothall.enquiries.reading import safe_name
from moothall.people.models import Account, Team
from moothall.records.rules.audit import append_audit

from .meaning import Known, Means, Reader
from .reading import KINDS, LARGEST, NotATable, TooLarge, read_table

BATCH = 500


class NotNow(Refusal):
    sentence = _("This table is at another step now.")
    next_step = _("Look at its page again.")


class TitleOrText(Refusal):
    sentence = _("An enquiry needs a title or a text.")
    next_step = _("Say which column has it.")


@transaction.atomic
def take_table(
    file: UploadedFile, *, team: Team, service: Service, by: Account, at: dt.datetime
) -> TableImport:
    """Keep the file as it came, and have the worker read it."""
    from moothall.enquiries.tasks import bring_table_on

    name = Path(file.name or "").name
    if Path(name).suffix.lower() not in KINDS:
        raise NotATable
    if (file.size or 0) > LARGEST:
        raise TooLarge
    folder = new_folder()
    try:
        path = folder / safe_name(name, otherwise="table.csv")
        with path.open("wb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
        table = keep_table(path, source=name, team=team, service=service, by=by, at=at)
        bring_table_on.defer(table_id=table.pk)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return table


def new_folder() -> Path:
    """Where one table is kept as it came."""
    folder = Path(settings.RAW_HOME) / "tables" / uuid4().hex
    folder.mkdir(parents=True)
    return folder


@transaction.atomic
def keep_table(
    path: Path, *, source: str, team: Team, service: Service, by: Account | None, at: dt.datetime
) -> TableImport:
    with path.open("rb") as kept:
        sha256 = hashlib.file_digest(kept, "sha256").hexdigest()
    table = TableImport.objects.create(
        team=team, service=service, source=source[:300], path=str(path), sha256=sha256, started_by=by,
        started_at=at,
    )  # fmt: skip
    append_audit(
        "enquiries.keep_table", about=table, by=by, at=at, detail={"source": source, "sha256": sha256}
    )
    return table


def read_rows(table: TableImport) -> None:
    """Write down every row as it stands in the file; a file that is no table says so on its page."""
    try:
        found = read_table(Path(table.path))
    except (Refusal, OSError) as problem:
        TableImport.objects.filter(pk=table.pk).update(state=TableImport.STOPPED, problem=str(problem))
        return
    with transaction.atomic():
        held = TableImport.objects.select_for_update(of=("self",)).get(pk=table.pk)
        if held.state != TableImport.KEPT:
            return
        TableRow.objects.bulk_create(
            (TableRow(table=held, number=number, cells=cells) for number, cells in found.rows),
            batch_size=1000,
        )
        TableImport.objects.filter(pk=table.pk).update(
            state=TableImport.READ, columns=found.columns, rows=len(found.rows)
        )


@transaction.atomic
def say_what_it_means(
    table: TableImport, means: Means, *, name: str = "", by: Account | None, at: dt.datetime,
    by_worker: bool = True,
) -> None:  # fmt: skip
    """Set the mapping, keep it under a name if one is given, and have every row tried."""
    from moothall.enquiries.tasks import bring_table_on

    if not {"title", "text"} & set(means.columns):
        raise TitleOrText
    ready = (TableImport.READ, TableImport.CHECKED)
    go_to_step(table, ready, TableImport.CHECKING, means=means.as_dict())
    table.lines.exclude(result="").update(result="", reason="", key="")
    if name.strip():
        TableMapping.objects.update_or_create(
            team_id=table.team_id, name=name.strip()[:120],
            defaults={"means": means.as_dict(), "saved_by": by, "saved_at": at},
        )  # fmt: skip
    append_audit("enquiries.map_table", about=table, by=by, at=at, detail={"columns": dict(means.columns)})
    if by_worker:
        bring_table_on.defer(table_id=table.pk)


def go_to_step(table: TableImport, expected: Sequence[str], to: str, **also: object) -> None:
    moved = TableImport.objects.filter(pk=table.pk, state__in=expected).update(state=to, done=0, **also)
    if not moved:
        raise NotNow
    table.refresh_from_db()


def reader_of(table: TableImport) -> Reader:
    return Reader(Means.of(table.means), table.columns, Known.now(), service=table.service, team=table.team)


def batches(table: TableImport, result: str, size: int = BATCH) -> Iterator[list[TableRow]]:
    """Rows that stand at this result, some at a time; each batch has to move them on."""
    while rows := list(table.lines.filter(result=result).order_by("number")[:size]):
        yield rows


def check_rows(table: TableImport, *, at: dt.datetime) -> None:
    """Say of each row what would become of it. Nothing but the rows themselves is written."""
    reader, seen = reader_of(table), _keys_before(table)
    for rows in batches(table, ""):
        there = opened_before(table, rows, reader, at=at)
        for row in rows:
            _judge(row, there, seen, table)
        with transaction.atomic():
            TableRow.objects.bulk_update(rows, ["result", "reason", "key"])
            TableImport.objects.filter(pk=table.pk).update(done=F("done") + len(rows))
    TableImport.objects.filter(pk=table.pk, state=TableImport.CHECKING).update(state=TableImport.CHECKED)


def _keys_before(table: TableImport) -> set[str]:
    """Keys of rows tried before a stop."""
    return set(table.lines.filter(result=TableRow.NEW).values_list("key", flat=True))


def opened_before(
    table: TableImport, rows: Iterable[TableRow], reader: Reader, *, at: dt.datetime
) -> set[str]:
    """Read these rows, leaving key and reasons on each; the answer is which of their keys stand already."""
    for row in rows:
        enquiry, wrong = reader.read(row.cells, at=at)
        row.key, row.reason = (enquiry.key if enquiry else ""), " ".join(wrong)
    keys = [scoped(table, row.key) for row in rows if row.key]
    there = TableRow.objects.filter(opened_key__in=keys).values_list("opened_key", flat=True)
    return {key for key in there if key}


def _judge(row: TableRow, there: set[str], seen: set[str], table: TableImport) -> None:
    if row.reason:
        row.result = TableRow.REFUSED
    elif scoped(table, row.key) in there:
        row.result, row.reason = TableRow.COPY, str(_("It was brought in before."))
    elif row.key in seen:
        row.result, row.reason = TableRow.TWICE, str(_("It stands higher up in this file."))
    else:
        row.result = TableRow.NEW
        seen.add(row.key)


def scoped(table: TableImport, key: str) -> str:
    """Numbers of another system mean something only within the team that uses it."""
    return f"{table.team_id}:{key}"[:200]
