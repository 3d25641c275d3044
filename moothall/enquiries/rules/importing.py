"""Bring a mailbox in from files: safe to run twice, safe to stop at any moment."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.db import connection, transaction

from moothall.enquiries.models import Import, Mailbox, RawMessage
from moothall.enquiries.reading import Found, iter_source
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .intake import ADDED, DUPLICATE, NEW, QUARANTINED, Reader, reader, take_in
from .keeping import keep_messages

BATCH = 25
INTAKE_LOCK = 7_240_961
LEFT_BEHIND = dt.timedelta(minutes=2)


@dataclass
class Tally:
    """What became of the messages read so far. `read` is always the sum of the other four."""

    counts: dict[str, int] = field(default_factory=lambda: {NEW: 0, ADDED: 0, DUPLICATE: 0, QUARANTINED: 0})

    def add(self, result: str) -> None:
        self.counts[result] += 1

    @property
    def read(self) -> int:
        return sum(self.counts.values())

    def as_dict(self) -> dict[str, int]:
        return {"read": self.read, **self.counts}


@transaction.atomic
def begin_import(
    mailbox: Mailbox,
    *,
    source: str,
    path: Path,
    by: Account | None,
    at: dt.datetime,
    answer: bool = False,
) -> Import:
    run = Import.objects.create(
        mailbox=mailbox, source=source[:300], path=str(path), started_by=by, started_at=at, answer=answer
    )
    append_audit("enquiries.import", about=run, by=by, at=at, detail={"source": source})
    return run


def run_import(
    run: Import,
    *,
    clock: Callable[[], dt.datetime],
    answer: bool = False,
    progress: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Read every message of the run's file or folder. Each batch is kept before any of it is understood."""
    tally = Tally()
    read = reader()
    for batch in _batches(iter_source(Path(run.path))):
        at = clock()
        kept = keep_messages([(found.name, found.raw) for found in batch], mailbox=run.mailbox, at=at)
        with transaction.atomic():
            take_turn()
            _take_in_batch(batch, kept, tally, at=at, answer=answer, read=read)
            Import.objects.filter(pk=run.pk).update(**tally.as_dict())
        progress(tally)
    Import.objects.filter(pk=run.pk).update(finished_at=clock(), **tally.as_dict())
    return tally


def take_turn() -> None:
    """One batch at a time is understood, so that the same message never becomes two cases."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [INTAKE_LOCK])


def _take_in_batch(
    batch: list[Found], kept: list[tuple[RawMessage, bool]], tally: Tally,
    *, at: dt.datetime, answer: bool, read: Reader,
) -> None:  # fmt: skip
    rows = RawMessage.objects.select_related("mailbox__service", "mailbox__team")
    fresh = rows.in_bulk([row.pk for row, _had in kept])
    settled: set[int] = set()
    for found, (kept_row, _had) in zip(batch, kept, strict=True):
        row = fresh[kept_row.pk]
        if row.pk in settled or row.state != RawMessage.KEPT:
            tally.add(DUPLICATE)
        else:
            tally.add(take_in(row, at=at, read=read, raw=found.raw, answer=answer))
        settled.add(row.pk)


def _batches(found: Iterator[Found]) -> Iterator[list[Found]]:
    while batch := list(islice(found, BATCH)):
        yield batch


@transaction.atomic
def retry_quarantined(row: RawMessage, *, by: Account, at: dt.datetime) -> str:
    """Try to read a quarantined message again."""
    fresh = RawMessage.objects.select_for_update().get(pk=row.pk)
    if fresh.state != RawMessage.QUARANTINED:
        return DUPLICATE
    result = take_in(fresh, at=at, read=reader())
    append_audit("enquiries.retry", about=fresh, by=by, at=at, detail={"result": result})
    return result


def take_up_unfinished(*, at: dt.datetime) -> Tally:
    """Messages that were kept but not read, because somebody pulled the plug in between."""
    tally = Tally()
    read = reader()
    waiting = RawMessage.objects.filter(state=RawMessage.KEPT, kept_at__lt=at - LEFT_BEHIND).order_by("id")
    for row_id in waiting.values_list("id", flat=True):
        with transaction.atomic():
            take_turn()
            row = RawMessage.objects.select_related("mailbox__service", "mailbox__team").get(pk=row_id)
            if row.state == RawMessage.KEPT:
                tally.add(take_in(row, at=at, read=read))
    return tally
