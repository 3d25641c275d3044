"""From kept bytes to a case: read messages, find their threads or open cases, and count the contacts.

Messages are taken in by the batch: read first, then placed together in a few statements. If that fails for
any reason they are placed one by one, and the one that cannot be is set aside with its bytes.
"""

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from moothall.cases.models import ServiceVersion
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.enquiries.models import Mailbox, RawMessage
from moothall.enquiries.reading import ReadMail, Unreadable, read_mail
from moothall.people.models import Team
from moothall.records.rules.audit import append_audit

from .arrivals import ADDED, DUPLICATE, NEW, QUARANTINED, Arrival
from .calendar_answers import settle_answers
from .coming_back import come_back
from .copies import Copies
from .keeping import BytesMissing, bytes_of
from .placing import find_places, open_new_places
from .writing_in import write_copies, write_messages

Reader = Callable[[bytes], ReadMail]
log = logging.getLogger("moothall.enquiries.intake")


@dataclass
class Desk:
    """What stays the same while many messages are taken in: how they are read, and services in force."""

    read: Reader
    versions: dict[int, ServiceVersion] = field(default_factory=dict)


def own_addresses() -> frozenset[str]:
    """The addresses we write from: what comes from them is never answered."""
    ours = [*Mailbox.objects.values_list("address", flat=True), settings.DEFAULT_FROM_EMAIL]
    ours += Team.objects.exclude(email="").values_list("email", flat=True)
    return frozenset(address.rpartition("<")[2].strip("> ").lower() for address in ours)


def reader() -> Reader:
    """How messages are read here, with our own addresses known."""
    ours = own_addresses()
    return lambda raw: read_mail(raw, own_addresses=ours)


def take_in(
    row: RawMessage, *, at: dt.datetime, read: Reader, raw: bytes | None = None, answer: bool | None = None
) -> str:
    """Read one kept message. Whatever goes wrong, its bytes stay and its row says why."""
    if answer is not None:
        row.answer = answer
    return take_in_all([Arrival(row, raw)], at=at, desk=Desk(read))[0]


@for_the_office()
def take_in_all(arrivals: Sequence[Arrival], *, at: dt.datetime, desk: Desk) -> list[str]:
    """Read messages that are kept and put each on its case; the answers say what became of each."""
    for arrival in arrivals:
        _read(arrival, at=at, desk=desk)
    readable = [arrival for arrival in arrivals if arrival.mail is not None]
    if readable and not _placed(readable, at=at, desk=desk):
        for arrival in readable:
            arrival.begin_again()
            if not _placed([arrival], at=at, desk=desk):
                arrival.result = quarantine(arrival.row, reason=arrival.row.reason, at=at)
    return [arrival.result for arrival in arrivals]


def _read(arrival: Arrival, *, at: dt.datetime, desk: Desk) -> None:
    try:
        raw = arrival.raw if arrival.raw is not None else bytes_of(arrival.row)
        arrival.mail = desk.read(raw)
    except Unreadable as problem:
        arrival.result = quarantine(arrival.row, reason=problem.sentence, at=at)
    except BytesMissing as missing:
        arrival.result = quarantine(arrival.row, reason=str(missing.sentence), at=at)


def _placed(arrivals: Sequence[Arrival], *, at: dt.datetime, desk: Desk) -> bool:
    """Put these messages on their cases, all or none. A fault of the database itself is not theirs."""
    try:
        with transaction.atomic():
            _place(arrivals, at=at, desk=desk)
    except (OperationalError, InterfaceError):
        raise
    except Refusal as refusal:
        arrivals[0].row.reason = str(refusal)
    except Exception as problem:
        log.exception("%s messages could not be put on cases together", len(arrivals))
        fault = f"{type(problem).__name__}: {problem}"[:500].replace("\0", " ")
        arrivals[0].row.reason = _("It could not be put on a case, through a fault of ours: %s") % fault
    else:
        return True
    return False


def _place(every: Sequence[Arrival], *, at: dt.datetime, desk: Desk) -> None:
    arrivals = settle_answers(every, at=at)
    if not arrivals:
        return
    copies = Copies([arrival.said for arrival in arrivals])
    for arrival in arrivals:
        arrival.original = copies.of(arrival.row, arrival.said)
        if arrival.original is None:
            copies.remember(arrival.row, arrival.said, arrival.case)
    new = [arrival for arrival in arrivals if arrival.original is None]
    again = [arrival for arrival in arrivals if arrival.original is not None]
    find_places(new, at=at)
    words = open_new_places(new, at=at, versions=desk.versions)
    write_messages(new, also=words, at=at)
    write_copies(again, at=at)
    come_back([*new, *again], at=at)
    for arrival in arrivals:
        arrival.result = DUPLICATE if arrival.original else NEW if arrival.opens else ADDED


@transaction.atomic
def quarantine(row: RawMessage, *, reason: str, at: dt.datetime) -> str:
    """Set a message aside with its reason; its bytes are kept and it can be tried again."""
    RawMessage.objects.filter(pk=row.pk).update(
        state=RawMessage.QUARANTINED, reason=reason, attempts=row.attempts + 1
    )
    row.state, row.reason, row.attempts = RawMessage.QUARANTINED, reason, row.attempts + 1
    append_audit("enquiries.quarantine", about=row, by=None, at=at, detail={"reason": reason})
    return QUARANTINED
