"""Reads delivery reports: which of our mails did not arrive, and for whom."""

import re
from dataclasses import dataclass

from .addresses import read_message_id
from .charsets import decode_raw_header
from .headers import Headers
from .parts import Part, Splitter

_STATUS_TYPES = {"message/delivery-status", "message/global-delivery-status"}
_READ_TYPES = {"message/disposition-notification", "message/global-disposition-notification"}
_ORIGINAL_TYPES = {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"}
_ADDRESS = re.compile(r"[^\s<>;:,()\"'\[\]]{1,64}@[^\s<>;:,()\"'\[\]]{1,255}")
_ON_ITS_LINE = re.compile(rf"^\s*<?({_ADDRESS.pattern})>?\s*(?::.*)?$", re.MULTILINE)
_NAMED_ID = re.compile(r"^[> \t]*Message-ID:\s*(\S{1,400})", re.IGNORECASE | re.MULTILINE)
_MOST_RECIPIENTS = 50
_LOOK_AT = 100_000


@dataclass(frozen=True, slots=True)
class Report:
    """`outcome` is `failed`, `delayed`, `delivered`…, `read`, `unknown`, or None when there is no report."""

    outcome: str | None = None
    failed_recipients: tuple[str, ...] = ()
    original_message_id: str | None = None


def read_report(split: Splitter) -> Report:
    """The machine-readable report in a mail. Notices without one are read by `read_notice`."""
    status = _first(split, _STATUS_TYPES)
    if status is None or status.within("multipart/report") is None:
        read = _first(split, _READ_TYPES) or _other_report(split)
        if read is None:
            return Report()
        fields = Headers(split.content(read, _LOOK_AT))
        original = read_message_id(fields.first("original-message-id")) or _original(split)
        return Report("read", (), original)
    outcome, failed = _recipients(split.content(status, _LOOK_AT))
    return Report(outcome, failed, _original(split))


def read_notice(headers: Headers, text: str, own_addresses: frozenset[str]) -> Report:
    """A bounce written for people only: the addresses and the identifier its text names."""
    listed = headers.first("x-failed-recipients")
    named = (
        _ADDRESS.findall(listed)
        if listed
        else _ON_ITS_LINE.findall("\n".join(text[:_LOOK_AT].split("\n")[:60]))
    )
    own = {address.casefold() for address in own_addresses}
    found = (address.strip(".").casefold() for address in named)
    failed = tuple(dict.fromkeys(one for one in found if one not in own))[:_MOST_RECIPIENTS]
    original = _NAMED_ID.search(text[:_LOOK_AT])
    return Report("failed", failed, read_message_id(original[1]) if original else None)


def _first(split: Splitter, media_types: set[str]) -> Part | None:
    return next((part for part in split.leaves if part.media_type in media_types), None)


def _other_report(split: Splitter) -> Part | None:
    if split.root.media_type != "multipart/report" or not split.root.children:
        return None
    return split.root.children[min(1, len(split.root.children) - 1)]


def _recipients(status: bytes) -> tuple[str, tuple[str, ...]]:
    """The worst outcome in a delivery status, and for whom it failed."""
    outcomes: dict[str, None] = {}
    failed: dict[str, None] = {}
    for block in re.split(rb"\n[ \t\r]*\n", status)[: _MOST_RECIPIENTS + 1]:
        fields = Headers(block.lstrip(b"\r\n"))
        recipient = fields.first("final-recipient") or fields.first("original-recipient")
        action = fields.first("action").strip().lower()
        if not action and fields.first("status").strip().startswith("5"):
            action = "failed"
        if action:
            outcomes[action] = None
        address = _ADDRESS.search(recipient.rpartition(";")[2])
        if action == "failed" and address:
            failed[address[0].casefold()] = None
    outcome = "failed" if "failed" in outcomes else next(iter(outcomes), "unknown")
    return outcome, tuple(failed)


def _original(split: Splitter) -> str | None:
    """The identifier of the mail a report is about, from the copy it carries."""
    part = _first(split, _ORIGINAL_TYPES)
    if part is None:
        return None
    content = split.content(part, _LOOK_AT).lstrip()
    found = read_message_id(Headers(content).first("message-id"))
    if found:
        return found
    named = _NAMED_ID.search(decode_raw_header(content[:_LOOK_AT]))
    return read_message_id(named[1]) if named else None
