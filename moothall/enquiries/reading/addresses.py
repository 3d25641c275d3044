"""People, message identifiers and dates as headers write them."""

import hashlib
import inspect
import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import getaddresses, parsedate_tz
from typing import Any

from .headers import decode_words, one_line
from .mail import Address

_SIMPLE = re.compile(r'\s*(?:"?([^"<>,;:()\\@]*)"?\s*<)?\s*([^\s<>,;:()"\\]+@[^\s<>,;:()"\\]+?)\s*>?\s*')
_LAX: dict[str, Any] = {"strict": False} if "strict" in inspect.signature(getaddresses).parameters else {}
_BRACKETED = re.compile(r"<\s*([^<>\s]{1,2000}?)\s*>")
_BARE = re.compile(r"(?<![^\s<>,;\"()])[^\s<>,;\"()@]{1,2000}@[^\s<>,;\"()]{1,2000}")
_LONGEST_ID = 400
_MOST_BRACKETS = 20
_CLOCK = re.compile(r"(\d{1,2})(:\d\d(?::\d\d)?)\s*([AaPp])\.?[Mm]\.?")
_FURTHEST_ZONE = 14 * 3600


def read_addresses(headers: list[str], most: int) -> tuple[Address, ...]:
    """Every mailbox in the headers, each once, at most `most`."""
    found: dict[str, Address] = {}
    for header in headers:
        for name, address in _pairs(header):
            one = _address(name, address)
            if one is not None:
                found.setdefault(one.key, one)
            if len(found) >= most:
                return tuple(found.values())
    return tuple(found.values())


def _pairs(header: str) -> list[tuple[str, str]]:
    simple = _SIMPLE.fullmatch(header)
    if simple:
        return [(simple[1] or "", simple[2])]
    if header.count("(") > _MOST_BRACKETS or header.count("[") > _MOST_BRACKETS:
        # Comments in comments are parsed by recursion, which an endless row of brackets would exhaust.
        header = re.sub(r"[()\[\]]", " ", header)
    return getaddresses([header], **_LAX)


def _address(name: str, address: str) -> Address | None:
    address = "".join(one_line(decode_words(address)).split())
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain:
        return None
    name = one_line(decode_words(name)).strip("\"' ")
    return Address(name=name[:200], address=f"{local}@{domain.lower()}"[:320])


def without_tag(address: str) -> tuple[str, str]:
    """Split `enquiries+LOD-26-00042@example.org` into the plain address, in small letters, and the tag."""
    local, _, domain = address.rpartition("@")
    base, _, tag = local.partition("+")
    return f"{base}@{domain}".casefold(), tag


def read_message_id(header: str) -> str | None:
    """The identifier without its angle brackets, however malformed; None when there is none."""
    found = _BRACKETED.search(header) or _BARE.search(header)
    text = found[found.lastindex or 0] if found else "".join(header.split()).strip("<>")
    return _kept_id(text)


def _kept_id(text: str) -> str | None:
    text = one_line(text)
    if len(text) > _LONGEST_ID:
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        text = f"{text[:200]}~{digest}"
    return text or None


def read_references(
    in_reply_to: list[str], references: list[str], *, own: str | None, most: int
) -> tuple[str, ...]:
    """What the mail answers: In-Reply-To first, then References, newest first; each once, itself left out."""
    ids = [one for header in in_reply_to for one in _ids(header)]
    ids += reversed([one for header in references for one in _ids(header)])
    return tuple(dict.fromkeys(one for one in ids if one != own))[:most]


def _ids(header: str) -> list[str]:
    found = _BRACKETED.findall(header) or _BARE.findall(header)
    return [kept for one in found if (kept := _kept_id(one))]


def read_date(header: str) -> datetime | None:
    """The moment in the header, in its own zone; UTC where it names none; None when it makes no sense."""
    if not header:
        return None
    clock = _CLOCK.search(header)
    try:
        fields = parsedate_tz(_CLOCK.sub(r"\1\2", header[:200], count=1) if clock else header[:200])
        if fields is None:
            return None
        offset = fields[9] or 0
        if abs(offset) > _FURTHEST_ZONE:
            return None
        zone = timezone(timedelta(seconds=offset)) if offset else UTC
        moment = datetime(*fields[:6], tzinfo=zone)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if clock and int(clock[1]) <= 12:
        moment = moment.replace(hour=int(clock[1]) % 12 + (12 if clock[3] in "pP" else 0))
    return moment if 1980 <= moment.year <= 2100 else None
