"""One folder on a mail server, over IMAP: what is in it, its bytes, and what is done with a message after.

Nothing here knows of cases or of the database.
"""

import datetime as dt
import imaplib
import ssl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any, Self

from django.utils.translation import gettext as _
from imapclient import DELETED, SEEN, IMAPClient, SocketTimeout

from moothall.core.sealing import unseal
from moothall.enquiries.models import Connection
from moothall.enquiries.models.connection import LEAVE, MOVE, OPEN, STARTTLS, TLS

from .faults import ABORTED, SAID_NO, MailboxFault, SetUpWrong, fault_of, words_of
from .presets import is_this_machine
from .tokens import access_token

TIMEOUT = SocketTimeout(connect=10, read=60)
MOST_AT_ONCE = 500
MOST_HEADER = 1_000_000


@dataclass(frozen=True)
class Access:
    """Everything needed to open a folder, the password or token included; kept in memory alone."""

    host: str
    port: int
    security: str
    user_name: str
    secret: str
    by_token: bool
    folder: str

    def __repr__(self) -> str:
        return f"Access({self.user_name} on {self.host})"


@dataclass(frozen=True)
class Waiting:
    """A message on the server: its number, size and day of arrival."""

    uid: int
    size: int
    arrived_at: dt.datetime | None


class Inbox:
    """An open folder. `uid_validity` names it as it is now; if `read_only` nothing can be marked."""

    def __init__(self, access: Access, *, write: bool = True, make: bool = False) -> None:
        self.access, self.write, self.make = access, write, make
        self.client: IMAPClient = None
        self.uid_validity = 0
        self.read_only = False
        self.open()

    def open(self) -> Self:
        """Connect, sign in and choose the folder; also after the connection was lost."""
        self.close()
        self.client = _signed_in(self.access)
        try:
            self._choose(self.access.folder)
        except BaseException:
            self.close()
            raise
        return self

    def _choose(self, folder: str) -> None:
        try:
            found = self._selected(folder)
        except SAID_NO as problem:
            if isinstance(problem, ABORTED):
                raise
            words = {"folder": folder, "words": words_of(problem)}
            raise SetUpWrong(_("The folder %(folder)s cannot be opened: %(words)s") % words) from problem
        self.uid_validity = int(found[b"UIDVALIDITY"])
        self.read_only = self.read_only or b"READ-ONLY" in found

    def _selected(self, folder: str) -> Any:
        if self.make and not self.client.folder_exists(folder):
            self.client.create_folder(folder)
        try:
            return self.client.select_folder(folder, readonly=not self.write)
        except imaplib.IMAP4.readonly:
            self.read_only = True
            return self.client.select_folder(folder, readonly=True)

    def close(self) -> None:
        _let_go(self.client)
        self.client = None

    def numbers(self, *, above: int, since: dt.date, recent: dt.date) -> list[int]:
        """The messages above a number, and all that came lately, whatever their number: in ascending order.

        `n:*` always names the last message, whether it is above n or not.
        """
        found = self.client.search(["UID", f"{above + 1}:*", "SINCE", since])
        later = {each for each in found if each > above}
        lately = set(self.client.search(["SINCE", max(since, recent)]))
        return sorted(later | lately)

    def has_folder(self, folder: str) -> bool:
        return bool(self.client.folder_exists(folder))

    def is_there(self, uid: int) -> bool:
        return uid in self.client.search(["UID", str(uid)])

    def sizes(self, uids: Sequence[int]) -> list[Waiting]:
        """How large each is and when it came, before any of it is fetched."""
        found: list[Waiting] = []
        for start in range(0, len(uids), MOST_AT_ONCE):
            part = self.client.fetch(uids[start : start + MOST_AT_ONCE], ["RFC822.SIZE", "INTERNALDATE"])
            for uid in sorted(part):
                arrived = part[uid].get(b"INTERNALDATE")
                size = int(part[uid].get(b"RFC822.SIZE") or 0)
                found.append(Waiting(uid, size, arrived if arrived and arrived.tzinfo else None))
        return found

    def bytes_of(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The messages exactly as they lie there, without marking them as read."""
        return self._fetched(uids, "BODY.PEEK[]", b"BODY[]")

    def first_lines(self, uid: int) -> bytes:
        """The header of a message that is too large to be fetched."""
        found = self._fetched([uid], f"BODY.PEEK[HEADER]<0.{MOST_HEADER}>", b"BODY[HEADER]<0>")
        return found.get(uid, b"")

    def _fetched(self, uids: Sequence[int], item: str, key: bytes) -> dict[int, bytes]:
        found = self.client.fetch(list(uids), [item])
        return {uid: data[key] for uid, data in found.items() if isinstance(data.get(key), bytes)}

    def put_away(self, uids: Sequence[int], *, afterwards: str, folder: str) -> None:
        """Mark or move what has been kept."""
        if not uids or afterwards == LEAVE:
            return
        self.client.add_flags(uids, [SEEN], silent=True)
        if afterwards == MOVE:
            self._move(uids, folder)

    def _move(self, uids: Sequence[int], folder: str) -> None:
        if not self.client.folder_exists(folder):
            self.client.create_folder(folder)
        if self.client.has_capability("MOVE"):
            self.client.move(uids, folder)
            return
        self.client.copy(uids, folder)
        self.client.add_flags(uids, [DELETED], silent=True)
        if self.client.has_capability("UIDPLUS"):
            self.client.uid_expunge(uids)

    def keep_copy(self, raw: bytes, *, message_id: str, at: dt.datetime) -> bool:
        """Put a letter that has left among those sent, unless it lies there already."""
        if self.client.search(["HEADER", "Message-ID", message_id]):
            return False
        self.client.append(self.access.folder, raw, flags=[SEEN], msg_time=at)
        return True


def access_to(connection: Connection, *, at: dt.datetime, folder: str = "") -> Access:
    """What opens a folder of this mailbox; asks for a token where one is needed."""
    secret = access_token(connection, at=at) if connection.by_token else unseal(connection.sealed_password)
    return Access(
        connection.imap_host, connection.imap_port, connection.imap_security, connection.user_name, secret,
        connection.by_token, folder or connection.folder,
    )  # fmt: skip


@contextmanager
def open_inbox(
    connection: Connection, *, at: dt.datetime, folder: str = "", write: bool = True, make: bool = False
) -> Iterator[Inbox]:
    """A folder of the mailbox, open while the block lasts. A token that was refused is asked for anew, once.
    Whatever goes wrong is a `MailboxFault`."""
    inbox: Inbox | None = None
    try:
        access = access_to(connection, at=at, folder=folder)
        try:
            inbox = Inbox(access, write=write, make=make)
        except MailboxFault as fault:
            if fault.kind != "turned away" or not connection.by_token:
                raise
            fresh = access_token(connection, at=at, afresh=True)
            inbox = Inbox(replace(access, secret=fresh), write=write, make=make)
        yield inbox
    except (*ABORTED, *SAID_NO) as problem:
        raise fault_of(problem, host=connection.imap_host, port=connection.imap_port) from problem
    finally:
        if inbox is not None:
            inbox.close()


def _signed_in(access: Access) -> IMAPClient:
    refuse_in_the_clear(access.host, access.security)
    client: Any = None
    try:
        secure = ssl.create_default_context() if access.security != OPEN else None
        client = IMAPClient(
            access.host, access.port, ssl=access.security == TLS, ssl_context=secure, timeout=TIMEOUT
        )
        client.normalise_times = False
        if access.security == STARTTLS:
            client.starttls(secure)
        if access.by_token:
            client.oauth2_login(access.user_name, access.secret)
        else:
            client.login(access.user_name, access.secret)
    except (*ABORTED, *SAID_NO, UnicodeError) as problem:
        _let_go(client)
        raise fault_of(problem, host=access.host, port=access.port) from problem
    return client


def _let_go(client: Any) -> None:
    if client is not None:
        with suppress(*ABORTED, *SAID_NO):
            client.shutdown()


def refuse_in_the_clear(host: str, security: str) -> None:
    """A password goes over no network unencrypted."""
    if security == OPEN and not is_this_machine(host):
        raise SetUpWrong(_("Without encryption a mail server can only be used on this machine itself."))


def in_batches(waiting: Iterable[Waiting], *, messages: int, size: int) -> Iterator[list[Waiting]]:
    """As many at once as are few and small."""
    batch: list[Waiting] = []
    for each in waiting:
        if batch and (len(batch) == messages or sum(one.size for one in batch) + each.size > size):
            yield batch
            batch = []
        batch.append(each)
    if batch:
        yield batch
