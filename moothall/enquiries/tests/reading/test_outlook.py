"""Opening winmail.dat, and not being kept busy by a hostile one."""

import struct

import pytest
import tnefparse
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.enquiries.reading import read_mail
from moothall.enquiries.reading import words as said
from moothall.enquiries.reading.mail import Notes
from moothall.enquiries.reading.outlook import unpack

from .samples import make_multipart, make_part


def attribute(level: int, key: int, content: bytes) -> bytes:
    head = struct.pack("<BHHI", level, key, 6, len(content))
    return head + content + struct.pack("<H", sum(content) & 0xFFFF)


def texts(*pairs: tuple[int, str]) -> bytes:
    """Unicode properties."""
    out = struct.pack("<I", len(pairs))
    for key, text in pairs:
        value = text.encode("utf-16-le") + b"\0\0"
        out += struct.pack("<HHII", 0x1F, key, 1, len(value)) + value + b"\0" * (-len(value) % 4)
    return out


def binary(key: int, value: bytes) -> bytes:
    return struct.pack("<IHHII", 1, 0x102, key, 1, len(value)) + value + b"\0" * (-len(value) % 4)


def winmail(*attributes: bytes) -> bytes:
    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + attribute(1, 0x9007, struct.pack("<I", 1252))
        + b"".join(attributes)
    )


FILE = (
    attribute(2, 0x9002, b"\0" * 14)
    + attribute(2, 0x8010, b"LLYTHY~1.PDF\0")
    + attribute(2, 0x800F, b"%PDF-1.4")
)
LONG = attribute(2, 0x9005, texts((0x3707, "Llythyr tŷ.pdf"), (0x370E, "application/pdf"), (0x3712, "pic@x")))
WHOLE = winmail(attribute(1, 0x800C, b"Si\xe2n\0"), FILE, LONG, FILE)


def as_mail(content: bytes) -> bytes:
    part = make_part(content, "application/ms-tnef; name=winmail.dat")
    return make_multipart(make_part(""), part)


def test_the_files_and_the_text_in_winmail_are_the_mails() -> None:
    mail = read_mail(as_mail(WHOLE))
    assert mail.text == "Siân"
    assert [(one.name, one.media_type, one.content) for one in mail.attachments] == [
        ("Llythyr tŷ.pdf", "application/pdf", b"%PDF-1.4"),
        ("LLYTHY~1.PDF", "application/pdf", b"%PDF-1.4"),
    ]
    assert mail.attachments[0].content_id == "pic@x"
    assert mail.warnings == ()


def test_our_reading_agrees_with_tnefparse() -> None:
    theirs = tnefparse.TNEF(WHOLE)
    ours = unpack(WHOLE, Notes())
    assert [(one.long_filename(), one.data) for one in theirs.attachments] == [
        (one.name, one.content) for one in ours.files
    ]
    assert theirs.body.rstrip(b"\0").decode("cp1252") == ours.text


def test_a_page_in_winmail_is_cleaned_like_any_other() -> None:
    page = attribute(1, 0x9003, binary(0x1013, b"<p>Hello<script>alert(1)</script>"))
    mail = read_mail(as_mail(winmail(page)))
    assert (mail.text, mail.html) == ("Hello", "<p>Hello</p>")


def test_a_message_inside_winmail_gives_its_files() -> None:
    inner = bytes.fromhex("0703020000000000c000000000000046") + winmail(FILE)
    outer = winmail(attribute(2, 0x9002, b""), attribute(2, 0x9005, binary(0x3701, inner)))
    assert [one.name for one in unpack(outer, Notes()).files] == ["", "LLYTHY~1.PDF"]


HOSTILE = [
    b"",
    b"not winmail at all",
    WHOLE[:-20],
    winmail(attribute(1, 0x9003, struct.pack("<I", 0xFFFFFFFF))),
    winmail(attribute(1, 0x9003, struct.pack("<IHHI", 1, 0x1002, 0x3000, 0xFFFFFFFF))),
    winmail(attribute(1, 0x9003, struct.pack("<IHHII", 1, 0x1F, 0x3000, 1, 0xFFFFFFFF))),
    winmail(attribute(1, 0x9003, struct.pack("<IHHI", 1, 0x1F, 0x3000, 0xFFFFFFFF))),
    winmail(attribute(2, 0x9002, b"") * 500),
    winmail(attribute(1, 0x1234, b"") * 9_000),
]


@pytest.mark.parametrize("content", HOSTILE)
def test_a_broken_winmail_is_kept_as_it_is_and_said(content: bytes) -> None:
    mail = read_mail(as_mail(content))
    assert said.OUTLOOK_BROKEN in mail.warnings
    assert len(mail.attachments) <= 200
    if len(mail.attachments) < 200:
        assert mail.attachments[-1].content == content


@settings(max_examples=100, deadline=None, database=None)
@given(st.binary(max_size=60), st.integers(0, len(WHOLE)), st.integers(0, 40))
def test_no_winmail_can_break_the_reading(noise: bytes, at: int, gone: int) -> None:
    found = unpack(WHOLE[:at] + noise + WHOLE[at + gone :], Notes())
    assert len(found.files) <= 200
