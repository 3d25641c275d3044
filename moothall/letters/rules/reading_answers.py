"""Answers to invitations read from calendar files as mail programs write them, which is not always as told.

What is put up with: any line ends, coding and case of letters; a method that is not said; the whole list of
those invited instead of whoever answers; addresses without `mailto:` or beside it; and names of events that
Outlook wraps into its own.
"""

import binascii
import datetime as dt
import re
import warnings
from collections.abc import Iterator

from icalendar import Calendar, Component, vDDDTypes
from icalendar.error import GloballyUniqueTZIDGuessed

from moothall.core.clock import LONDON

from .calendar_answers import COUNTER, REPLY, SAID, CalendarAnswer

LARGEST = 200_000  # bytes; an answer has a few thousand
LONGEST_WORDS = 1000
CALENDAR = re.compile(r"BEGIN:VCALENDAR.*?END:VCALENDAR", re.IGNORECASE | re.DOTALL)
WRAPPED = re.compile(r"7643616C2D556964(?:01000000|02000000)((?:[0-9A-F]{2})+?)(?:00)?$", re.IGNORECASE)
MAKES_NO_SENSE = (AttributeError, IndexError, KeyError, TypeError, ValueError)  # as the library says it


def read_answers(content: bytes, *, sender: str) -> list[CalendarAnswer]:
    """The answers in a calendar file that came from this address; none where it holds no answer."""
    if len(content) > LARGEST:
        return []
    found = []
    for text in CALENDAR.findall(_text(content)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", GloballyUniqueTZIDGuessed)
                parts = Calendar.from_ical(text, multiple=True)
                found += [each for part in parts for each in _of_calendar(part, text, sender.lower())]
        except MAKES_NO_SENSE:
            continue
    return found


def _text(content: bytes) -> str:
    """Its letters, whatever they are coded in; nothing a database cannot keep."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", "replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
    return re.sub(r"\r\n?", "\n", text).replace("\0", "").replace("\n", "\r\n")


def _of_calendar(calendar: Component, text: str, sender: str) -> Iterator[CalendarAnswer]:
    method = str(calendar.get("METHOD", "")).strip().upper()
    for event in calendar.walk("VEVENT"):
        person = _who_answers(event, sender)
        if person is None or method not in (REPLY, COUNTER, ""):
            continue
        address, params = person
        says = str(params.get("PARTSTAT", "")).strip().upper()
        if says not in SAID:
            if method != COUNTER:
                continue  # not an answer: an invitation sent on, or a word nobody knows
            says = ""
        comment = str(params.get("X-RESPONSE-COMMENT", "") or _first(event.get("COMMENT")))
        yield CalendarAnswer(
            uid=_unwrapped(str(event.get("UID", "")).strip()), method=method or REPLY, attendee=address,
            says=says, comment=" ".join(comment.split())[:LONGEST_WORDS], sequence=_whole(event),
            stamped_at=_moment(event, "DTSTAMP"), starts_at=_moment(event, "DTSTART"),
            ends_at=_moment(event, "DTEND"), of_one_day="RECURRENCE-ID" in event, raw=text,
        )  # fmt: skip


def _who_answers(event: Component, sender: str) -> tuple[str, dict[str, object]] | None:
    """Whoever the mail came from, where several are listed; else the only one there is."""
    given = event.get("ATTENDEE", [])
    people = [(_address(each), dict(each.params)) for each in (given if isinstance(given, list) else [given])]
    own = [each for each in people if each[0] == sender]
    if own or len(people) == 1:
        return (own or people)[0]
    return None


def _address(attendee: object) -> str:
    said = re.sub(r"^mailto:", "", str(attendee).strip(), flags=re.IGNORECASE).strip("<> ")
    if "@" not in said:
        said = str(getattr(attendee, "params", {}).get("EMAIL", ""))
    return said.lower()[:320]


def _first(given: object) -> str:
    return str(given[0] if isinstance(given, list) and given else given or "")


def _unwrapped(uid: str) -> str:
    """Outlook writes the names of others' events into one of its own, as hexadecimal digits."""
    if wrapped := WRAPPED.search(uid):
        return binascii.unhexlify(wrapped[1]).decode("ascii", "replace")
    return uid


def _whole(event: Component) -> int | None:
    said = str(event.get("SEQUENCE", ""))
    return int(said) if said.isdecimal() and len(said) < 9 else None


def _moment(event: Component, name: str) -> dt.datetime | None:
    """An instant; days begin at midnight, and times without a zone are those of London."""
    given = event.get(name)
    said = given.dt if isinstance(given, vDDDTypes) else None
    if isinstance(said, dt.datetime):
        return said if said.tzinfo else said.replace(tzinfo=LONDON)
    if isinstance(said, dt.date):
        return dt.datetime(said.year, said.month, said.day, tzinfo=LONDON)
    return None
