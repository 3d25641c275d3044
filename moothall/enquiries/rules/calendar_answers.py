"""Answers of calendars that come in as mail: what nobody has to read is settled where the invitation is from.

The rest goes its usual way, onto a case, with a line that says what was answered and what is to be done.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from moothall.enquiries.models import Message, RawMessage
from moothall.enquiries.reading import ReadMail
from moothall.letters.rules.calendar_answers import Heard, Sent, hear
from moothall.letters.rules.reading_answers import read_answers
from moothall.records.rules.audit import append_audits, audit_event

from .arrivals import ADDED, Arrival

KINDS = {"text/calendar", "application/ics"}
BEGINS = "BEGIN:VCALENDAR"


def settle_answers(arrivals: Sequence[Arrival], *, at: dt.datetime) -> list[Arrival]:
    """Hear what calendars answered; the answer is the messages that are still to be put on cases."""
    for arrival in arrivals:
        arrival.heard = _heard(arrival, at=at)
    settled = [arrival for arrival in arrivals if arrival.heard is not None and arrival.heard.settled]
    if settled:
        _write(settled, at=at)
    return [arrival for arrival in arrivals if arrival.heard is None or not arrival.heard.settled]


def _heard(arrival: Arrival, *, at: dt.datetime) -> Heard | None:
    """Of a message that carries the same answer twice, as many do, the first counts."""
    mail = arrival.said
    if mail.sender is None:
        return None
    sent = Sent(mail.sender.address.lower(), arrival.came_at(at), _words(mail))
    for content in _calendars(mail):
        for answer in read_answers(content, sender=sent.sender):
            if (heard := hear(answer, sent, at=at)) is not None:
                return heard
    return None


def _calendars(mail: ReadMail) -> Iterator[bytes]:
    """Its calendar files; or itself, where it is nothing else."""
    for file in mail.attachments:
        if KINDS & {file.media_type, file.declared_type} or file.name.lower().endswith(".ics"):
            yield file.content
    if BEGINS in mail.text[:200].upper():
        yield mail.text.encode()


def _words(mail: ReadMail) -> str:
    return "" if BEGINS in mail.text[:200].upper() else mail.new_text.strip()


def _write(arrivals: Sequence[Arrival], *, at: dt.datetime) -> None:
    """They are read, and on no case."""
    Message.objects.bulk_create(message_of(arrival) for arrival in arrivals)
    rows = [arrival.row for arrival in arrivals]
    RawMessage.objects.filter(pk__in=[row.pk for row in rows]).update(state=RawMessage.READ, reason="")
    for row in rows:
        row.state, row.reason = RawMessage.READ, ""
    append_audits(audit_event("enquiries.calendar_answer", about=row, by=None, at=at) for row in rows)
    for arrival in arrivals:
        arrival.result = ADDED


def tell_where(arrivals: Sequence[Arrival]) -> None:
    """Those that became questions say on which case."""
    for arrival in arrivals:
        if arrival.heard is not None and arrival.heard.asked is not None:
            arrival.heard.asked(arrival.case().reference)


def message_of(arrival: Arrival) -> Message:
    """What is kept of a message that was read, without its case."""
    mail = arrival.said
    return Message(
        raw=arrival.row, message_id=(mail.message_id or "")[:998], body_fingerprint=mail.body_fingerprint,
        kind=str(mail.kind), may_answer=mail.may_answer, why_not=mail.why_not[:200],
        sender_name=(mail.sender.name if mail.sender else "")[:400],
        sender_address=(mail.sender.address if mail.sender else "")[:320].lower(),
        reply_address=(mail.reply_to[0].address if mail.reply_to else "")[:320],
        subject=mail.subject[:1000], sent_at=mail.sent_at, references=list(mail.references)[:200],
        warnings=list(mail.warnings),
    )  # fmt: skip
