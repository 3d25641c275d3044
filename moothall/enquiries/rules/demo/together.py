"""A large year is written by several processes at once, and kept when all of them are done or not at all."""

import gc
import multiprocessing
import os
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, cast

from django.db import connection, connections, transaction
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from moothall.cases.models import (
    Case,
    CaseAccess,
    CaseClock,
    CaseSearch,
    ClockEvent,
    Entry,
    NamedSearch,
    Step,
)
from moothall.core.copying import become_unhindered
from moothall.core.packs import Progress
from moothall.core.refusals import Refusal
from moothall.enquiries.models import Contact, ContactCase
from moothall.letters.models import Letter
from moothall.records.models import AuditEvent

from .year import Day, Year, reserved

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess

FROM = 20_000  # cases: below, one process is done before others have begun
WRITTEN = (
    *(Case, CaseAccess, CaseClock, CaseSearch, ClockEvent, Entry, NamedSearch, Step),
    *(AuditEvent, Contact, ContactCase, Letter),
)
KEEP, READY = "keep", "ready"
FOR_MANY_ROWS = "set local gin_pending_list_limit = '64MB'; set local work_mem = '64MB'"


class YearNotWritten(Refusal):
    sentence = _("The sample year could not be written; nothing of it was kept.")
    next_step = _("Read the error above, then load the pack again.")


class Reported(Progress):
    """Tells the first process how far this one has come."""

    def __init__(self, to: Connection) -> None:
        self.to = to

    def advance(self, by: int = 1) -> None:
        self.to.send(by)


def may_be_together(year: Year) -> bool:
    """Whether there is enough to do for several, and each can have a transaction of its own."""
    return year.cases >= FROM and processes() > 1 and not connection.in_atomic_block


def processes() -> int:
    """As many as there are processors, unless MOOTHALL_LOADERS says otherwise."""
    return int(os.environ.get("MOOTHALL_LOADERS") or os.cpu_count() or 1)


def write_together(year: Year, progress: Progress) -> None:
    """Deal the days out to processes, and have all of them keep what they wrote once all are ready."""
    year.number_from(*reserved(year.cases))
    days, many = year.days(), processes()
    connections.close_all()
    gc.freeze()
    started = [_start(year, days[first::many]) for first in range(many)]
    try:
        _until_ready([ours for _process, ours in started], progress)
        for _process, ours in started:
            ours.send(KEEP)
    finally:
        for process, ours in started:
            ours.close()
            process.join()
    if any(process.exitcode for process, _ours in started):
        raise YearNotWritten
    looking = multiprocessing.get_context("fork").Process(target=_look_at_what_is_there)
    looking.start()
    looking.join()


def _look_at_what_is_there() -> None:
    """Have PostgreSQL look at its full tables now, in a process of its own: until it has, it plans for empty
    ones. Only their owner may ask for it; otherwise it looks by itself within minutes."""
    if become_unhindered(WRITTEN):
        with connection.cursor() as cursor:
            for model in WRITTEN:
                cursor.execute(sql.SQL("analyze {}").format(sql.Identifier(model._meta.db_table)))
    connections.close_all()


def _start(year: Year, days: Sequence[Day]) -> "tuple[ForkProcess, Connection]":
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_write, args=(year, days, theirs, ours), name="a part of the year")
    process.start()
    theirs.close()
    return process, ours


def _until_ready(waiting: list[Connection], progress: Progress) -> None:
    """Pass on how far each has come until every one is ready to keep what it wrote."""
    waiting = list(waiting)
    while waiting:
        for each in cast(list[Connection], wait(waiting)):
            try:
                said = each.recv()
            except EOFError:
                raise YearNotWritten from None
            if said == READY:
                waiting.remove(each)
            else:
                progress.advance(said)


def _write(year: Year, days: Sequence[Day], to: Connection, other_end: Connection) -> None:
    """One process: write these days in one transaction, and keep them only when told to."""
    other_end.close()
    become_unhindered(WRITTEN)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(FOR_MANY_ROWS)
        year.write(days, Reported(to))
        to.send(READY)
        try:
            kept = to.recv() == KEEP
        except EOFError:
            kept = False
        if not kept:
            transaction.set_rollback(True)
    connections.close_all()
    if not kept:
        raise SystemExit(1)
