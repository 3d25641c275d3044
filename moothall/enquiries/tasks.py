"""Work of the enquiry desk that happens in the background."""

from contextlib import suppress

from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from moothall.core.clock import now
from moothall.letters.models import Letter

from .models import Connection, Import, Mailbox, MailboxState, TableImport
from .reading import UnreadableSource
from .rules.carrying import KEEP_COPY, keep_sent_copy
from .rules.faults import MailboxFault
from .rules.fetching import fetch_mailbox
from .rules.importing import run_import, take_up_unfinished
from .rules.incoming import understand_what_was_handed_in
from .rules.looking import ask_for_a_look
from .rules.table import bringing, opening
from .rules.triage import learning
from .rules.triage.learning import TooFewCases
from .rules.triage.suggesting import look_at_what_came_in
from .rules.uploading import clear_away

LOST = (OperationalError, InterfaceError)
WHEN_THE_DATABASE_IS_GONE = RetryStrategy(max_attempts=20, wait=5, retry_exceptions=set(LOST))


@app.task(name="enquiries.import", queue="intake", retry=WHEN_THE_DATABASE_IS_GONE)
def import_in_background(*, import_id: int) -> None:
    """Read an uploaded mailbox; safe to run twice."""
    run = Import.objects.select_related("mailbox__service", "mailbox__team").get(pk=import_id)
    with suppress(UnreadableSource):  # the run itself says so
        run_import(run, clock=now, answer=run.answer)
    run.refresh_from_db()
    clear_away(run)


@app.task(name="enquiries.fetch", queue="mailboxes", retry=WHEN_THE_DATABASE_IS_GONE)
def fetch(*, mailbox_id: int) -> None:
    """Look into one mailbox; safe to run twice. What went wrong is written on the mailbox."""
    mailbox = Mailbox.objects.filter(pk=mailbox_id, connection__isnull=False).first()
    if mailbox is None:
        return
    with suppress(MailboxFault):
        found = fetch_mailbox(mailbox, clock=now)
        if found is not None and found.waiting:
            ask_for_a_look([mailbox_id])


def fetch_due_mailboxes(timestamp: int) -> None:
    """Each mailbox that is due is looked into by a job of its own, so that none waits for another."""
    ask_for_a_look(MailboxState.objects.due(at=now()).values_list("mailbox_id", flat=True))


@app.task(
    name=KEEP_COPY,
    queue="mailboxes",
    retry=RetryStrategy(max_attempts=20, wait=600, retry_exceptions={MailboxFault, *LOST}),
)
def copy_sent_letter(*, letter_id: int, connection_id: int) -> None:
    """A letter that has left is put among those sent; safe to run twice."""
    letter = Letter.objects.filter(pk=letter_id).first()
    connection = Connection.objects.filter(pk=connection_id).first()
    if letter is not None and connection is not None:
        keep_sent_copy(letter, connection, at=now())


@app.task(name="enquiries.table", queue="intake", retry=WHEN_THE_DATABASE_IS_GONE)
def bring_table_on(*, table_id: int) -> None:
    """Do the next step of a table: read it, try it, open it or take it back; safe to run twice."""
    table = TableImport.objects.select_related("team", "service", "started_by", "undone_by").get(pk=table_id)
    if table.state == TableImport.KEPT:
        bringing.read_rows(table)
    elif table.state == TableImport.CHECKING:
        bringing.check_rows(table, at=now())
    elif table.state == TableImport.RUNNING:
        opening.open_rows(table, at=now())
    elif table.state == TableImport.UNDOING:
        opening.undo_rows(table, at=now())


def finish_what_was_kept(timestamp: int) -> None:
    """What was kept but never read, because a process died in between, is read now."""
    take_up_unfinished(at=now())
    understand_what_was_handed_in(at=now())


def suggest_for_what_came_in(timestamp: int) -> None:
    """Cases nobody has looked at are looked at, a few hundred at a time."""
    look_at_what_came_in(at=now())


def learn_from_closed_cases(timestamp: int) -> None:
    """What was learned yesterday is learned anew; until there is enough to learn from, nothing is."""
    with suppress(TooFewCases):
        learning.learn_from_closed_cases(at=now(), learner=learning.learn_elsewhere)
