"""Answers to invitations as calendars write them: read whatever the program made of them."""

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.letters.rules.calendar_answers import CalendarAnswer
from moothall.letters.rules.reading_answers import LARGEST, read_answers

SENDER = "ffion@borth.example"
PLAIN = f"""BEGIN:VCALENDAR
METHOD:REPLY
PRODID:-//Any//Calendar//EN
VERSION:2.0
BEGIN:VEVENT
UID:training-7@borth.example
DTSTAMP:20261123T093000Z
DTSTART:20261221T090000Z
DTEND:20261221T170000Z
SEQUENCE:2
ATTENDEE;PARTSTAT=ACCEPTED:mailto:{SENDER}
END:VEVENT
END:VCALENDAR
"""


def read(text: str | bytes, sender: str = SENDER) -> CalendarAnswer:
    [answer] = read_answers(text.encode() if isinstance(text, str) else text, sender=sender)
    return answer


def test_an_answer_says_who_answers_what_to_which_edition_and_when() -> None:
    answer = read(PLAIN)
    assert (answer.uid, answer.method, answer.attendee) == ("training-7@borth.example", "REPLY", SENDER)
    assert (answer.says, answer.sequence, answer.of_one_day) == ("ACCEPTED", 2, False)
    assert answer.stamped_at == dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
    assert answer.raw.split() == PLAIN.split()


def outlook(text: str) -> str:
    """The name of the event inside one of its own, in hexadecimal digits."""
    wrapped = b"training-7@borth.example".hex().upper()
    stem = "040000008200E00074C5B7101A82E00800000000" + "00" * 16 + "240000007643616C2D55696401000000"
    return text.replace("UID:training-7@borth.example", f"UID:{stem}{wrapped}00")


ODD: dict[str, Callable[[str], str | bytes]] = {
    "line ends of a Unix": lambda text: text,
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "line ends of an old Macintosh": lambda text: text.replace("\n", "\r"),
    "a mark before the first line": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "two bytes a letter": lambda text: text.encode("utf-16"),
    "letters of Windows": lambda text: text.replace("PRODID:", "PRODID:Café ").encode("cp1252"),
    "an address in capitals": lambda text: text.replace("mailto:ffion", "MAILTO:Ffion"),
    "an address without its kind": lambda text: text.replace("mailto:", ""),
    "an address beside": lambda text: text.replace(
        f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{SENDER}",
        f"ATTENDEE;EMAIL={SENDER};PARTSTAT=ACCEPTED:/principals/12/",
    ),
    "small letters": lambda text: text.replace("ACCEPTED", "accepted").replace("REPLY", "reply"),
    "no method": lambda text: text.replace("METHOD:REPLY\n", ""),
    "names with commas and quotes": lambda text: text.replace(
        "ATTENDEE;", 'ATTENDEE;CN="Adeyemi, Ffion";X-NUM-GUESTS=0;'
    ),
    "a folded line": lambda text: text.replace("PARTSTAT=ACCEPTED", "CUTYPE=INDIVIDUAL;PARTSTAT=A\n CCEPTED"),
    "all who were invited": lambda text: text.replace(
        "ATTENDEE;", "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:other@borth.example\nATTENDEE;"
    ),
    "a line that is none": lambda text: text.replace("SEQUENCE:2", "SEQUENCE:2\nthis is no line"),
    "a zone of its maker's own": lambda text: text.replace(
        "DTSTART:20261221T090000Z", "DTSTART;TZID=GMT Standard Time:20261221T090000"
    ),
    "words before and after": lambda text: f"You have an answer.\n\n{text}\n-- \nSent by a telephone",
    "a name inside another": outlook,
    "nothing kept that a database cannot keep": lambda text: text.replace("PRODID:", "PRODID:\0"),
}


@pytest.mark.parametrize("made", ODD.values(), ids=ODD.keys())
def test_odd_calendars_are_read_like_any(made: Callable[[str], str | bytes]) -> None:
    answer = read(made(PLAIN))
    assert (answer.uid, answer.attendee) == ("training-7@borth.example", SENDER)
    assert (answer.says, answer.sequence) == ("ACCEPTED", 2)
    assert answer.starts_at == dt.datetime(2026, 12, 21, 9, tzinfo=dt.UTC)
    assert "\0" not in answer.raw


def test_an_edition_or_a_time_that_makes_no_sense_is_left_out() -> None:
    answer = read(PLAIN.replace("SEQUENCE:2", "SEQUENCE:two").replace("20261123T093000Z", "this morning"))
    assert (answer.sequence, answer.stamped_at, answer.says) == (None, None, "ACCEPTED")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("COMMENT:I will be\\, at most\\, ten minutes late", "I will be, at most, ten minutes late"),
        ("COMMENT;LANGUAGE=cy:Yn hwyr", "Yn hwyr"),
    ],
)
def test_what_somebody_writes_beside_it_is_read(line: str, words: str) -> None:
    assert read(PLAIN.replace("SEQUENCE:2", f"SEQUENCE:2\n{line}")).comment == words
    beside = PLAIN.replace("ATTENDEE;", 'ATTENDEE;X-RESPONSE-COMMENT="On the later train";')
    assert read(beside).comment == "On the later train"


def test_another_time_is_asked_for_with_or_without_yes_or_no() -> None:
    asked = PLAIN.replace("METHOD:REPLY", "METHOD:COUNTER")
    assert (read(asked).method, read(asked).says) == ("COUNTER", "ACCEPTED")
    assert read(asked.replace("PARTSTAT=ACCEPTED", "PARTSTAT=NEEDS-ACTION")).says == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Thank you, I will come.",
        PLAIN.replace("METHOD:REPLY", "METHOD:REQUEST"),
        PLAIN.replace("METHOD:REPLY\n", "").replace("ACCEPTED", "NEEDS-ACTION"),
        PLAIN.replace("ATTENDEE;PARTSTAT=ACCEPTED", "CONTACT"),
        PLAIN.replace("END:VEVENT\n", "").replace("BEGIN:VEVENT", "BEGIN:VALARM"),
        "BEGIN:VCALENDAR\nEND:VCALENDAR",
        PLAIN + "x" * LARGEST,
    ],
)
def test_what_is_no_answer_is_none(text: str) -> None:
    assert read_answers(text.encode(), sender=SENDER) == []


@given(st.binary(max_size=400), st.integers(0, len(PLAIN)))
def test_no_bytes_whatever_break_the_reading(noise: bytes, at: int) -> None:
    whole = PLAIN.encode()
    for found in read_answers(whole[:at] + noise + whole[at:], sender=SENDER):
        assert found.says or found.method == "COUNTER"
