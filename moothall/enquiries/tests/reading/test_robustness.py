"""Whatever the bytes, reading ends in a record or in Unreadable, and in nothing else."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from moothall.enquiries.reading import Unreadable, read_mail

from .samples import every_mail

FRAGMENTS = [
    b"\r\n", b"\n\n", b"\0", b"--", b'"', b"<", b">", b"(" * 60, b";", b"\xff\xfe", "ŷ".encode(),
    b"=?utf-8?B?4?=", b"=?x?Q?=ZZ?=", b"charset=utf-7", b"charset=utf-16", b"charset=punycode",
    b"Content-Type: text/html\n", b'Content-Type: multipart/mixed; boundary="q"\n', b"Content-Type: /\n",
    b"Content-Type: message/rfc822\n\n", b"Content-Type: application/ms-tnef\n\n\x78\x9f\x3e\x22",
    b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: x-uuencode\n",
    b"filename*0*=utf-8''%ff", b"filename*9999999999999=x", b"Date: Mon, 99 Foo 99999 99:99:99 +9999\n",
    b"From: @\n", b"Message-ID: <<[\n", b"<div><b><table><!--", b"On 2 March 2026 x wrote:\n",
    b"From: a@b\nSent: c\nTo: d\n", b"Content-Type: multipart/report\n", b"Action: failed\n",
]  # fmt: skip


def read_and_check(raw: bytes) -> None:
    try:
        mail = read_mail(raw)
    except Unreadable:
        return
    assert mail.new_text + mail.quoted_text == mail.text
    assert mail.may_answer is not bool(mail.why_not)
    for text in (mail.text, mail.html or "", mail.subject, mail.message_id or "", *mail.references):
        assert "\0" not in text
        assert text.encode() is not None
    for file in mail.attachments:
        assert not set(file.name) & set("/\\\0\n\r")
        assert file.name.isprintable()
        assert "\0" not in (file.content_id or "")
    for person in filter(None, (mail.sender, *mail.to, *mail.cc, *mail.reply_to)):
        assert "\0" not in person.name + person.address
        assert "@" in person.address


@settings(max_examples=100, deadline=None, database=None)
@given(st.binary(max_size=600))
def test_random_bytes_never_break_the_reading(raw: bytes) -> None:
    read_and_check(raw)
    read_and_check(b"From: nia@example.org\n" + raw)


@settings(max_examples=120, deadline=None, database=None)
@given(
    st.integers(0, len(every_mail()) - 1),
    st.lists(
        st.tuples(
            st.one_of(st.integers(0, 1_500), st.integers(0, 60_000)),
            st.integers(0, 60),
            st.one_of(st.sampled_from(FRAGMENTS), st.binary(max_size=12)),
        ),
        min_size=1,
        max_size=12,
    ),
)
@example(0, [(0, 60, b"")])
def test_mutated_mails_never_break_the_reading(number: int, changes: list[tuple[int, int, bytes]]) -> None:
    raw = bytearray(every_mail()[number][:60_000])
    for at, gone, new in changes:
        at %= len(raw) or 1
        raw[at : at + gone] = new
    read_and_check(bytes(raw))
