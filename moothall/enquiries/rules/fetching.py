"""Fetch mail from a mailbox: kept and committed first, understood second, marked on the server last.

Whatever stops half-way, nothing is lost and nothing is doubled: what was not kept still lies on the server;
what was kept is known by (folder, UIDVALIDITY, UID), by its bytes and by its Message-ID; what was not marked
is marked the next time. A folder that can only be read is fetched from all the same.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection as database
from django.db import transaction
from django.utils.translation import gettext as _

from moothall.enquiries.models import Connection, Mailbox, MailboxState, RawMessage, RemoteMessage
from moothall.enquiries.models.connection import LEAVE

from .arrivals import ADDED, DUPLICATE, NEW, QUARANTINED
from .faults import ABORTED, SAID_NO, WRONG, MailboxFault, fault_of, wait_after, words_of
from .importing import take_in_kept, take_up_fetched
from .inbox import Inbox, Waiting, in_batches, open_inbox
from .intake import Desk, quarantine, reader
from .keeping import keep_messages
from .watching import begin_folder, note_fault, note_success, note_waiting

Clock = Callable[[], dt.datetime]
LARGEST = 50 * 2**20
MOST_A_RUN = 1000
BATCH, BATCH_BYTES = 50, 8 * 2**20
LOOK_BACK = dt.timedelta(days=3)  # numbers that a server gave out of order are found within these days
ANSWER_WITHIN = dt.timedelta(days=7)  # nobody wants to hear that a letter of last year has arrived
MOST_LOST = 3  # connections lost on single messages, in one run
LEASE = 7_240_962


@dataclass
class Fetched:
    """What a look into a mailbox brought."""

    counts: dict[str, int] = field(default_factory=lambda: {NEW: 0, ADDED: 0, DUPLICATE: 0, QUARANTINED: 0})
    not_fetched: int = 0
    waiting: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def add(self, results: Sequence[str]) -> None:
        for result in results:
            self.counts[result] += 1


@contextmanager
def lease(mailbox: Mailbox) -> Iterator[bool]:
    """Whether this process alone fetches from the mailbox. A process that dies lets go of it at once."""
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LEASE, mailbox.pk])
        mine = bool((cursor.fetchone() or [False])[0])
    try:
        yield mine
    finally:
        if mine and database.is_usable():
            with database.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LEASE, mailbox.pk])


def fetch_mailbox(mailbox: Mailbox, *, clock: Clock) -> Fetched | None:
    """Bring in what waits in the mailbox; None when somebody else is at it. A fault is written on the state
    of the mailbox, and raised."""
    with lease(mailbox) as mine:
        if not mine:
            return None
        way_in = Connection.objects.get(mailbox=mailbox)
        state, _new = MailboxState.objects.get_or_create(mailbox=mailbox)
        try:
            with open_inbox(way_in, at=clock()) as inbox:
                found = _look(Visit(mailbox, way_in, state, inbox, clock))
        except MailboxFault as fault:
            note_fault(state, fault, at=clock())
            raise
        note_success(state, at=clock())
        return found


@dataclass
class Visit:
    """One look into one folder."""

    mailbox: Mailbox
    way_in: Connection
    state: MailboxState
    inbox: Inbox
    clock: Clock
    desk: Desk = field(default_factory=lambda: Desk(reader()))
    fetched: Fetched = field(default_factory=Fetched)
    lost: int = 0

    def label(self, uid: int) -> str:
        return f"{self.mailbox.address} {self.state.folder} {self.state.uid_validity}/{uid}"


def _look(visit: Visit) -> Fetched:
    inbox, state = visit.inbox, visit.state
    begin_folder(
        state, folder=visit.way_in.folder, uid_validity=inbox.uid_validity, read_only=inbox.read_only
    )
    visit.fetched.counts = take_up_fetched(visit.mailbox, at=visit.clock()).counts
    _put_away(visit)
    waiting = _waiting(visit)
    note_waiting(state, waiting)
    small = [each for each in waiting if each.size <= LARGEST]
    for large in (each for each in waiting[:MOST_A_RUN] if each.size > LARGEST):
        _set_aside(visit, large)
    for batch in in_batches(small[:MOST_A_RUN], messages=BATCH, size=BATCH_BYTES):
        _take(visit, batch)
    left = waiting[MOST_A_RUN:]
    note_waiting(state, left)
    visit.fetched.waiting = len(left)
    return visit.fetched


def _waiting(visit: Visit) -> list[Waiting]:
    """What lies on the server and was not fetched yet, and what is to be tried again."""
    at, state = visit.clock(), visit.state
    recent = (at - LOOK_BACK).date()
    numbers = visit.inbox.numbers(above=state.seen_up_to, since=visit.way_in.since, recent=recent)
    known = dict(RemoteMessage.objects.in_folder(state).filter(uid__in=numbers).values_list("uid", "raw_id"))
    again = RemoteMessage.objects.in_folder(state).filter(raw=None, retry_at__lte=at)
    wanted = sorted({*(each for each in numbers if each not in known), *again.values_list("uid", flat=True)})
    return visit.inbox.sizes(wanted)


def _take(visit: Visit, batch: Sequence[Waiting]) -> None:
    """One batch: fetch, keep and commit, understand and commit, put away."""
    bodies = _bodies(visit, batch)
    came = [each for each in batch if each.uid in bodies]
    if came:
        at = visit.clock()
        kept = keep_fetched(visit, came, bodies, at=at)
        with transaction.atomic():
            raws = [bodies[each.uid] for each in came]
            visit.fetched.add(take_in_kept(raws, kept, at=at, desk=visit.desk))
    MailboxState.objects.filter(pk=visit.state.pk).update(seen_up_to=_seen(visit, batch))
    _put_away(visit)


def _seen(visit: Visit, batch: Sequence[Waiting]) -> int:
    visit.state.seen_up_to = max(visit.state.seen_up_to, *(each.uid for each in batch))
    return visit.state.seen_up_to


def _bodies(visit: Visit, batch: Sequence[Waiting]) -> dict[int, bytes]:
    """The bytes of a batch. If it cannot be had together each is fetched alone, and one that cannot be had
    at all is written down and tried again later: it never stops the others."""
    try:
        bodies = visit.inbox.bytes_of([each.uid for each in batch])
    except (*ABORTED, *SAID_NO) as problem:
        _reopen(visit, problem)
        bodies = {}
    for each in batch:
        if each.uid in bodies:
            continue
        try:
            bodies |= visit.inbox.bytes_of([each.uid])
            if each.uid not in bodies and visit.inbox.is_there(each.uid):
                _try_later(visit, each, _("The server names it but does not give it."))
        except (*ABORTED, *SAID_NO) as problem:
            visit.lost += 1
            _reopen(visit, problem)
            _try_later(visit, each, words_of(problem))
    return bodies


def _reopen(visit: Visit, problem: Exception) -> None:
    """After a connection was lost. A server that stays away, or loses us again and again, is left alone."""
    if visit.lost > MOST_LOST:
        raise fault_of(problem, host=visit.way_in.imap_host, port=visit.way_in.imap_port)
    if isinstance(problem, ABORTED):
        visit.inbox.open()
        if visit.inbox.uid_validity != visit.state.uid_validity:
            raise MailboxFault(_("The folder was made anew while it was being read."))


@transaction.atomic
def keep_fetched(
    visit: Visit, came: Sequence[Waiting], bodies: dict[int, bytes], *, at: dt.datetime
) -> list[tuple[RawMessage, bool]]:
    """Keep the bytes and remember their numbers, both or neither; the bytes are on the disk first."""
    kept: dict[int, tuple[RawMessage, bool]] = {}
    for answer in (False, True):
        some = [each for each in came if _is_new(each, at) is answer]
        found = [(visit.label(each.uid), bodies[each.uid]) for each in some]
        try:
            rows = keep_messages(found, mailbox=visit.mailbox, at=at, answer=answer)
        except OSError as problem:
            words = problem.strerror or str(problem)
            raise MailboxFault(_("Messages could not be written to our own disk: %s") % words) from problem
        kept |= {each.uid: row for each, row in zip(some, rows, strict=True)}
    remember(visit.state, [(each, kept[each.uid][0]) for each in came], at=at)
    return [kept[each.uid] for each in came]


def _is_new(message: Waiting, at: dt.datetime) -> bool:
    return message.arrived_at is None or message.arrived_at > at - ANSWER_WITHIN


def remember(state: MailboxState, kept: Sequence[tuple[Waiting, RawMessage]], *, at: dt.datetime) -> None:
    rows = [
        RemoteMessage(
            mailbox_id=state.mailbox_id, folder=state.folder, uid_validity=state.uid_validity, uid=each.uid,
            size=each.size, arrived_at=each.arrived_at, raw=raw, kept_at=at,
        )
        for each, raw in kept
    ]  # fmt: skip
    RemoteMessage.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["mailbox", "folder", "uid_validity", "uid"],
        update_fields=["raw", "kept_at", "problem", "retry_at"],
    )


def _set_aside(visit: Visit, large: Waiting) -> None:
    """A message that is too large stays on the server; its first lines are kept, and somebody is told."""
    at = visit.clock()
    try:
        first = visit.inbox.first_lines(large.uid)
    except (*ABORTED, *SAID_NO) as problem:
        visit.lost += 1
        _reopen(visit, problem)
        _try_later(visit, large, words_of(problem))
        return
    with transaction.atomic():
        [(row, had)] = keep_messages([(visit.label(large.uid), first)], mailbox=visit.mailbox, at=at)
        remember(visit.state, [(large, row)], at=at)
        if not had:
            RawMessage.objects.filter(pk=row.pk).update(whole=False)
            reason = _(
                "It has %(size)s MB, more than the %(most)s MB that are taken in. It is still in the mailbox."
            )
            numbers = {"size": -(-large.size // 2**20), "most": LARGEST // 2**20}
            visit.fetched.add([quarantine(row, reason=reason % numbers, at=at)])


@transaction.atomic
def _try_later(visit: Visit, message: Waiting, words: str) -> None:
    """One message that cannot be had: written down with the reason, and asked for again after a while."""
    at, state = visit.clock(), visit.state
    row, _new = RemoteMessage.objects.get_or_create(
        mailbox_id=state.mailbox_id, folder=state.folder, uid_validity=state.uid_validity, uid=message.uid,
        defaults={"size": message.size, "arrived_at": message.arrived_at, "problem": words},
    )  # fmt: skip
    attempts = row.attempts + 1
    RemoteMessage.objects.filter(pk=row.pk, raw=None).update(
        attempts=attempts, problem=words, retry_at=at + wait_after(attempts + 2, WRONG)
    )
    visit.fetched.not_fetched += 1


def _put_away(visit: Visit) -> None:
    """Mark or move on the server what is safely kept, what was left from last time included."""
    if visit.way_in.afterwards == LEAVE or visit.inbox.read_only:
        return
    mine = RemoteMessage.objects.to_put_away(visit.state)[:MOST_A_RUN]
    uids = list(mine.values_list("uid", flat=True))
    if not uids:
        return
    try:
        visit.inbox.put_away(uids, afterwards=visit.way_in.afterwards, folder=visit.way_in.done_folder)
    except ABORTED:
        raise
    except SAID_NO:  # some servers show a folder as writable and then refuse
        MailboxState.objects.filter(pk=visit.state.pk).update(read_only=True)
        visit.inbox.read_only = True
        return
    done = RemoteMessage.objects.in_folder(visit.state).filter(uid__in=uids)
    done.update(put_away_at=visit.clock())
