"""An extract is brought in by steps: kept, read, compared without writing, carried out, undone if need be.

Every step is a job that may be stopped at any moment and run twice: each row says what became of it.
"""

import datetime as dt
import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.records.rules.file_types import safe_name
from moothall.records.rules.tables import KINDS, LARGEST, NotATable, TooLarge, as_csv, read_table
from moothall.workforce.models import StaffImport, StaffProfile, StaffRow

from .columns import Means, guess_source


class NotNow(Refusal):
    sentence = _("This file is at another step now.")
    next_step = _("Look at its page again.")


class NumberColumnNeeded(Refusal):
    sentence = _("Without employee numbers nobody can be told from another.")
    next_step = _("Say which column has them.")


class NothingChosen(Refusal):
    sentence = _("Nothing is chosen that could be carried out.")
    next_step = _("Tick joiners, movers, leavers or details.")


@transaction.atomic
def take_extract(file: UploadedFile, *, by: Account, at: dt.datetime) -> StaffImport:
    """Keep the file as it came, and have the worker read it."""
    from moothall.workforce.tasks import bring_staff_on

    with kept_raw(file, "staff") as path:
        table = keep_extract(path, name=Path(file.name or "").name, by=by, at=at)
        bring_staff_on.defer(import_id=table.pk)
    return table


@contextmanager
def kept_raw(file: UploadedFile, room: str) -> Iterator[Path]:
    """Where a table is kept as it came; it is not kept when what is done with it comes to nothing."""
    name = Path(file.name or "").name
    if Path(name).suffix.lower() not in KINDS:
        raise NotATable
    if (file.size or 0) > LARGEST:
        raise TooLarge
    folder = Path(settings.RAW_HOME) / room / uuid4().hex
    folder.mkdir(parents=True, mode=0o700)
    try:
        path = folder / safe_name(name)
        with path.open("wb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
        yield path
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


@transaction.atomic
def keep_extract(path: Path, *, name: str, by: Account | None, at: dt.datetime) -> StaffImport:
    with path.open("rb") as kept:
        sha256 = hashlib.file_digest(kept, "sha256").hexdigest()
    table = StaffImport.objects.create(
        file=name[:300], path=str(path), sha256=sha256, started_by=by, started_at=at
    )
    detail = {"file": name, "sha256": sha256}
    append_audit("workforce.keep_extract", about=table, by=by, at=at, detail=detail)
    return table


def read_rows(table: StaffImport) -> None:
    read_lines(table, StaffRow, lambda columns: {"source": guess_source(columns)})


def read_lines(
    table: Any, row: type[models.Model], also: Callable[[list[str]], dict[str, Any]] = lambda _columns: {}
) -> None:
    """Write down every row as it stands in the file; a file that is no table says so on its page."""
    tables = type(table).objects
    try:
        found = read_table(Path(table.path))
    except (Refusal, OSError) as problem:
        tables.filter(pk=table.pk).update(state=table.STOPPED, problem=str(problem))
        return
    with transaction.atomic():
        held = tables.select_for_update(of=("self",)).get(pk=table.pk)
        if held.state != table.KEPT:
            return
        lines = (row(table=held, number=number, cells=cells) for number, cells in found.rows)
        row._default_manager.bulk_create(lines, batch_size=1000)
        tables.filter(pk=table.pk).update(
            state=table.READ, columns=found.columns, rows=len(found.rows), **also(found.columns)
        )


@transaction.atomic
def say_what_it_means(
    table: StaffImport, means: Means, *, by: Account, at: dt.datetime, source: str = "", name: str = ""
) -> None:
    """Set the mapping, keep it under a name if one is given, and have every row compared."""
    from moothall.workforce.tasks import bring_staff_on

    if "number" not in means.columns:
        raise NumberColumnNeeded
    ready = (StaffImport.READ, StaffImport.CHECKED)
    go_to_step(table, ready, StaffImport.CHECKING, means=means.as_dict(), source=source or table.source)
    table.lines.exclude(kind="").update(kind="", reason="", key="", changes={}, employment=None)
    if name.strip():
        StaffProfile.objects.update_or_create(
            name=name.strip()[:120],
            defaults={
                "means": means.as_dict() | {"changes_from": ""}, "source": table.source, "saved_by": by,
                "saved_at": at,
            },
        )  # fmt: skip
    append_audit("workforce.map_extract", about=table, by=by, at=at, detail={"columns": dict(means.columns)})
    bring_staff_on.defer(import_id=table.pk)


@transaction.atomic
def begin_running(table: StaffImport, *, kinds: Sequence[str], by: Account, at: dt.datetime) -> None:
    """From now on what was compared is carried out: rows of these kinds, and no others."""
    from moothall.workforce.tasks import bring_staff_on

    wanted = [kind for kind in StaffRow.CARRIED_OUT if kind in kinds]
    if not wanted:
        raise NothingChosen
    go_to_step(table, (StaffImport.CHECKED,), StaffImport.RUNNING, wanted=wanted, run_by=by)
    append_audit("workforce.run_extract", about=table, by=by, at=at, detail={"kinds": wanted})
    bring_staff_on.defer(import_id=table.pk)


@transaction.atomic
def begin_undoing(table: StaffImport, *, by: Account, at: dt.datetime) -> None:
    """Take all of it back, as far as nobody has worked on the records since."""
    from moothall.workforce.tasks import bring_staff_on

    go_to_step(table, (StaffImport.FINISHED,), StaffImport.UNDOING, undone_by=by, undone_at=at)
    append_audit("workforce.undo_extract", about=table, by=by, at=at)
    bring_staff_on.defer(import_id=table.pk)


def go_to_step(table: Any, expected: Sequence[str], to: str, **also: object) -> None:
    """Of any table that is brought in by steps."""
    moved = type(table).objects.filter(pk=table.pk, state__in=expected).update(state=to, done=0, **also)
    if not moved:
        raise NotNow
    table.refresh_from_db()


def refused_rows(table: Any, why: str) -> bytes:
    """The rows that cannot be read, as they stand, with the reason: to be mended and sent again."""
    rows = table.lines.filter(kind="REFUSED").order_by("number")
    return as_csv([*table.columns, why], ([*row.cells, row.reason] for row in rows.iterator()))
