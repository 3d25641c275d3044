"""Bring a mailbox in from files: safe to run twice, safe to stop at any moment."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal
from moothall.enquiries.models import Import, Mailbox, RawMessage
from moothall.enquiries.reading import Found, UnreadableSource, iter_source
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .arrivals import ADDED, DUPLICATE, NEW, QUARANTINED, Arrival
from .intake import Desk, reader, take_in_all
from .keeping import keep_messages

BATCH = 100
MOST_BYTES = 8 * 2**20  # of one batch, so that big messages are few at a time
INTAKE_LOCK = 7_240_961
LEFT_BEHIND = dt.timedelta(minutes=2)


@dataclass
class Tally:
    """What became of the messages read so far. `read` is always the sum of the other four."""

    counts: dict[str, int] = field(default_factory=lambda: {NEW: 0, ADDED: 0, DUPLICATE: 0, QUARANTINED: 0})

    @classmethod
    def of(cls, run: Import) -> "Tally":
        """As far as a run had come when it was stopped."""
        return cls({name: getattr(run, name) for name in (NEW, ADDED, DUPLICATE, QUARANTINED)})

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
    """A run is written down before it starts, so that it can be gone on with."""
    run = Import.objects.create(
        mailbox=mailbox, source=source[:300], path=str(path), started_by=by, started_at=at, answer=answer
    )
    append_audit("enquiries.import", about=run, by=by, at=at, detail={"source": source})
    return run


def run_import(
    run: Import,
    *,
    clock: Callable[[], dt.datetime],
    answer: bool | None = None,
    progress: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Read every message of the run's file or folder. Each batch is kept before any of it is understood.

    A run that was stopped goes on after the last batch it had finished. What cannot be read as mail at all
    is said on the run, and raised.
    """
    run.refresh_from_db()
    tally = Tally.of(run)
    if run.finished_at is not None:
        return tally
    desk = Desk(reader())
    answered = run.answer if answer is None else answer
    try:
        for batch in _batches(islice(iter_source(Path(run.path)), tally.read, None)):
            at = clock()
            found = [(each.name, each.raw) for each in batch]
            kept = keep_messages(found, mailbox=run.mailbox, at=at, answer=answered)
            tally = _understand(run, batch, kept, tally, at=at, desk=desk)
            progress(tally)
    except UnreadableSource as refusal:
        _give_up(run, refusal.sentence, at=clock())
        raise
    except OSError as problem:
        _give_up(run, problem.strerror or str(problem), at=clock())
        raise
    Import.objects.filter(pk=run.pk).update(finished_at=clock(), **tally.as_dict())
    return tally


def _give_up(run: Import, problem: str, *, at: dt.datetime) -> None:
    """Whatever was kept before stays, and is read by whoever comes next."""
    Import.objects.filter(pk=run.pk).update(finished_at=at, problem=problem)


@transaction.atomic
def _understand(
    run: Import,
    batch: Sequence[Found],
    kept: Sequence[tuple[RawMessage, bool]],
    before: Tally,
    *,
    at: dt.datetime,
    desk: Desk,
) -> Tally:
    """Take a batch in and count it, both or neither."""
    results = take_in_kept([found.raw for found in batch], kept, at=at, desk=desk)
    tally = Tally(dict(before.counts))
    for result in results:
        tally.add(result)
    Import.objects.filter(pk=run.pk).update(**tally.as_dict())
    return tally


def take_in_kept(
    raws: Sequence[bytes], kept: Sequence[tuple[RawMessage, bool]], *, at: dt.datetime, desk: Desk
) -> list[str]:
    """Take in what was kept a moment ago, in the caller's transaction; what became of each, copies last."""
    take_turn()
    states = dict(RawMessage.objects.filter(pk__in=[row.pk for row, _had in kept]).values_list("pk", "state"))
    arrivals: dict[int, Arrival] = {}
    for raw, (row, _had) in zip(raws, kept, strict=True):
        if states[row.pk] == RawMessage.KEPT and row.pk not in arrivals:
            arrivals[row.pk] = Arrival(row, raw)
    results = take_in_all(list(arrivals.values()), at=at, desk=desk)
    return results + [DUPLICATE] * (len(kept) - len(results))


def take_turn() -> None:
    """One batch at a time is understood, so that the same message never becomes two cases."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [INTAKE_LOCK])


def _batches(found: Iterator[Found]) -> Iterator[list[Found]]:
    """What was found before the source turned out unreadable comes out first."""
    batch: list[Found] = []
    size = 0
    problem: UnreadableSource | None = None
    try:
        for each in found:
            batch.append(each)
            size += len(each.raw)
            if len(batch) == BATCH or size > MOST_BYTES:
                yield batch
                batch, size = [], 0
    except UnreadableSource as refusal:
        problem = refusal
    if batch:
        yield batch
    if problem is not None:
        raise problem


class OnlyItsFirstLines(Refusal):
    sentence = _("This message was too large: only its first lines are here.")
    next_step = _("Open it in the mailbox itself, then settle it by hand.")


@transaction.atomic
def retry_quarantined(row: RawMessage, *, by: Account, at: dt.datetime) -> str:
    """Try to read a quarantined message again."""
    take_turn()
    fresh = _rows().select_for_update(of=("self",)).get(pk=row.pk)
    if fresh.state != RawMessage.QUARANTINED:
        return DUPLICATE
    if not fresh.whole:
        raise OnlyItsFirstLines
    [result] = take_in_all([Arrival(fresh)], at=at, desk=Desk(reader()))
    append_audit("enquiries.retry", about=fresh, by=by, at=at, detail={"result": result})
    return result


def take_up_unfinished(*, at: dt.datetime) -> Tally:
    """Messages that were kept but not read, because somebody pulled the plug in between."""
    left = RawMessage.objects.filter(state=RawMessage.KEPT, kept_at__lt=at - LEFT_BEHIND)
    return _take_up(in_order_of_arrival(left), at=at)


def take_up_fetched(mailbox: Mailbox, *, at: dt.datetime) -> Tally:
    """The same for what was fetched from this mailbox, by whoever alone fetches from it: at once."""
    left = RawMessage.objects.filter(state=RawMessage.KEPT, mailbox=mailbox, remote_messages__isnull=False)
    return _take_up(in_order_of_arrival(left), at=at)


def in_order_of_arrival(rows: QuerySet[RawMessage]) -> list[int]:
    """A question is read before its answer: rows are made in no order, the mail server counts in one."""
    found = rows.order_by("kept_at", "remote_messages__uid", "id").values_list("id", flat=True)
    return list(dict.fromkeys(found))


def _take_up(ids: Sequence[int], *, at: dt.datetime) -> Tally:
    tally = Tally()
    if not ids:
        return tally
    desk = Desk(reader())
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            take_turn()
            some = ids[start : start + BATCH]
            rows = {row.pk: row for row in _rows().filter(pk__in=some, state=RawMessage.KEPT)}
            arrivals = [Arrival(rows[pk]) for pk in some if pk in rows]
            for result in take_in_all(arrivals, at=at, desk=desk):
                tally.add(result)
    return tally


def _rows() -> QuerySet[RawMessage]:
    return RawMessage.objects.select_related("mailbox__service", "mailbox__team")
