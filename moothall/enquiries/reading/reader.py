"""Reads one mail: raw bytes in, a frozen record out."""

import hashlib
import re
from dataclasses import replace
from datetime import datetime

from . import words
from .addresses import read_addresses, read_date, read_message_id, read_references, without_tag
from .attachments import Files, content_id
from .bodies import Body, BodyReader, is_text
from .copies import body_fingerprint
from .html_cleaning import Pictures, clean_html
from .html_text import html_to_text
from .kinds import judge
from .language import language_hint
from .mail import Address, Forwarded, Limits, MailKind, Notes, ReadMail, Unreadable
from .parts import Splitter
from .quoting import fold
from .reports import read_notice, read_report

CASE_REFERENCE = re.compile(r"(?<![A-Za-z0-9-])[A-Za-z]{2,5}-\d{2}-\d{4,6}(?![A-Za-z0-9]|-\d)")
_HYPHENS = str.maketrans("‐‑‒–−", "-----")
_FORWARDED_TYPES = {"message/rfc822", "message/global"}
_USUAL_HEADERS = (
    *("from", "to", "subject", "date", "message-id", "received", "return-path", "reply-to", "content-type"),
    *("mime-version", "sender", "delivered-to", "cc", "x-mailer", "user-agent"),
)
_DELIVERED = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to")


def read_mail(
    raw: bytes,
    *,
    own_addresses: frozenset[str] = frozenset(),
    limits: Limits = Limits(),  # noqa: B008 - frozen
    case_reference: re.Pattern[str] = CASE_REFERENCE,
) -> ReadMail:
    """Read a mail as it came off the wire. Raises Unreadable, and nothing else, when nothing can be shown.

    `own_addresses` are those of the office's mailboxes; `case_reference` finds case references in a subject.
    """
    return _MailReader(raw, own_addresses, limits).read(case_reference)


class _MailReader:
    def __init__(self, raw: bytes, own_addresses: frozenset[str], limits: Limits) -> None:
        self._raw = raw
        self._own = own_addresses
        self._limits = limits
        self._notes = Notes()
        self._split = Splitter(_prepared(raw), limits, self._notes)
        self._headers = self._split.root.headers
        self._files = Files(self._split, limits, self._notes)
        if not raw.strip(b"\0 \t\r\n"):
            raise Unreadable(*words.EMPTY)
        if not any(name in self._headers for name in _USUAL_HEADERS):
            raise Unreadable(*words.NOT_MAIL)

    def read(self, case_reference: re.Pattern[str]) -> ReadMail:
        headers = self._headers
        pictures = Pictures(frozenset(filter(None, map(content_id, self._split.leaves))))
        body = self._body(pictures)
        sender = self._sender()
        subject = headers.words("subject")
        message_id = read_message_id(headers.first("message-id"))
        report = read_report(self._split)
        verdict = judge(headers, sender=sender, report=report.outcome, own_addresses=self._own)
        if verdict.kind == MailKind.BOUNCE and report.outcome is None:
            report = read_notice(headers, body.text, self._own)
        new_text, quoted_text = fold(body.text, subject=subject)
        tokens = self._plus_tokens()
        return ReadMail(
            message_id=message_id,
            references=self._references(message_id),
            sender=sender,
            reply_to=self._people("reply-to"),
            to=self._people("to"),
            cc=self._people("cc"),
            subject=subject,
            sent_at=self._sent_at(),
            received_at=read_date(headers.first("received").rpartition(";")[2].strip()),
            text=body.text,
            html=body.html,
            blocked_images=pictures.blocked,
            new_text=new_text,
            quoted_text=quoted_text,
            attachments=self._files.as_tuple(pictures.used),
            forwarded=self._forwarded(),
            kind=verdict.kind,
            may_answer=verdict.may_answer,
            why_not=verdict.why_not,
            failed_recipients=report.failed_recipients,
            original_message_id=report.original_message_id,
            language=language_hint(new_text),
            case_references=_case_references(subject, tokens, case_reference),
            plus_tokens=tokens,
            warnings=self._notes.as_tuple(),
            fingerprint=hashlib.sha256(self._raw).hexdigest(),
            body_fingerprint=body_fingerprint(sender, subject, body.text),
        )

    def _body(self, pictures: Pictures) -> Body:
        """The text of the mail; everything that is not text becomes a file on the way."""
        texts = []
        for part in self._split.leaves:
            if is_text(part):
                texts.append(part)
            else:
                self._files.add_part(part)
            if part.media_type == "application/pgp-encrypted":
                self._notes.add(words.ENCRYPTED)
        body = BodyReader(self._split, self._limits, self._notes).read(texts, pictures)
        if not body.text and self._files.unpacked:
            self._outlook_body(body, pictures)
        for part in body.long_parts:
            self._files.add_part(part)
        self._files.add_embedded(pictures)
        return body

    def _outlook_body(self, body: Body, pictures: Pictures) -> None:
        unpacked = self._files.unpacked
        if unpacked is None:
            return
        if unpacked.html:
            body.html = clean_html(unpacked.html, pictures=pictures, limits=self._limits, notes=self._notes)
        body.text = unpacked.text[: self._limits.text_bytes] or (html_to_text(body.html) if body.html else "")

    def _references(self, own: str | None) -> tuple[str, ...]:
        answered, named = self._headers.every("in-reply-to"), self._headers.every("references")
        return read_references(answered, named, own=own, most=self._limits.references)

    def _people(self, name: str) -> tuple[Address, ...]:
        people = read_addresses(self._headers.every(name), self._limits.recipients)
        if len(people) >= self._limits.recipients:
            self._notes.add(words.RECIPIENTS_CUT)
        return people

    def _sender(self) -> Address | None:
        return next(iter(self._people("from") or self._people("sender")), None)

    def _sent_at(self) -> datetime | None:
        header = self._headers.first("date")
        moment = read_date(header)
        if header and moment is None:
            self._notes.add(words.DATE_ABSURD)
        return moment

    def _plus_tokens(self) -> tuple[str, ...]:
        """What stands behind the plus sign of our own addresses (of any address when ours are not given)."""
        own = {without_tag(address)[0] for address in self._own}
        headers = [header for name in _DELIVERED for header in self._headers.every(name)]
        tokens: dict[str, None] = {}
        for person in read_addresses(headers, self._limits.recipients):
            base, token = without_tag(person.address)
            if token and (not own or base in own):
                tokens[token[:200]] = None
        return tuple(tokens)

    def _forwarded(self) -> tuple[Forwarded, ...]:
        """The messages carried inside, outermost first, each with its subject and text."""
        small = replace(self._limits, text_bytes=200_000, html_chars=100_000, html_tags=2_000)
        waiting = [(part, self._split, self._files.places.get(id(part)), 1) for part in self._split.leaves]
        found: list[Forwarded] = []
        while waiting:
            part, split, place, depth = waiting.pop(0)
            if part.media_type not in _FORWARDED_TYPES or place is None:
                continue
            if len(found) >= self._limits.forwards or depth > self._limits.forward_depth:
                self._notes.add(words.FORWARDS_CUT)
                break
            raw = split.content(part)
            if not raw.strip():
                continue
            inner = Splitter(_prepared(raw), self._limits, self._notes)
            found.append(_forwarded(inner, place, small))
            waiting += [(leaf, inner, place, depth + 1) for leaf in inner.leaves]
        return tuple(found)


def _forwarded(split: Splitter, place: int, limits: Limits) -> Forwarded:
    headers, notes = split.root.headers, Notes()
    body = BodyReader(split, limits, notes).read(
        [part for part in split.leaves if is_text(part)], Pictures(frozenset())
    )
    return Forwarded(
        attachment=place,
        message_id=read_message_id(headers.first("message-id")),
        sender=next(iter(read_addresses(headers.every("from"), 1)), None),
        subject=headers.words("subject"),
        sent_at=read_date(headers.first("date")),
        text=body.text,
    )


def _prepared(raw: bytes) -> bytes:
    """Without what editors put before the headers, and with line ends where old Macintosh files have none."""
    if raw[:1] in b"\xef\r\n":
        raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    return raw if b"\n" in raw else raw.replace(b"\r", b"\n")


def _case_references(subject: str, tokens: tuple[str, ...], pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Case references the mail names: those in the address it came to first, then those in the subject."""
    named = [token for token in tokens if pattern.fullmatch(token)]
    named += [found[0] for found in pattern.finditer(subject.translate(_HYPHENS))]
    return tuple(dict.fromkeys(reference.upper() for reference in named))
