"""A mail over a limit is read as far as the limit, and says so."""

import subprocess
import sys

import pytest

from moothall.enquiries.reading import Limits, Unreadable, read_mail
from moothall.enquiries.reading import words as said

from .samples import make_mail, make_multipart, make_part, steps


@pytest.mark.parametrize("raw", [b"", b"\0\0\0", b" \r\n\r\n"])
def test_nothing_at_all_is_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_mail(raw)
    assert (refusal.value.reason_key, refusal.value.sentence) == said.EMPTY


@pytest.mark.parametrize("raw", [b"Dear all,\n\nhello", b"\x89PNG\r\n\x1a\n" * 50, b"X-Thing: 1\n\nx"])
def test_what_has_no_header_of_a_mail_is_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_mail(raw)
    assert refusal.value.reason_key == "not_mail"


def test_of_a_mail_over_the_size_limit_the_beginning_is_read() -> None:
    raw = make_multipart(make_part("The text"), make_part(b"x" * 5_000, "application/pdf; name=big.pdf"))
    mail = read_mail(raw, limits=Limits(bytes=1_000))
    assert mail.text == "The text"
    assert said.TOO_BIG in mail.warnings
    assert len(mail.attachments[0].content) < 1_000


def test_of_too_many_parts_the_first_are_read() -> None:
    raw = make_multipart(make_part("The text"), *[make_part(b"x", "text/csv; name=a.csv")] * 50)
    mail = read_mail(raw, limits=Limits(parts=11))
    assert (mail.text, len(mail.attachments)) == ("The text", 9)
    assert said.TOO_MANY_PARTS in mail.warnings


def test_a_text_over_the_limit_is_cut_and_attached_whole() -> None:
    mail = read_mail(make_mail("word " * 1_000), limits=Limits(text_bytes=100))
    assert mail.text == ("word " * 20)
    assert mail.attachments[0].content == b"word " * 1_000
    assert mail.warnings == (said.TEXT_CUT,)


def test_the_limit_on_text_counts_for_the_whole_mail() -> None:
    raw = make_multipart(*[make_part("word " * 10)] * 20)
    mail = read_mail(raw, limits=Limits(text_bytes=100))
    assert mail.text.count("word") == 20
    assert said.TEXT_CUT in mail.warnings


def test_headers_over_the_limit_are_cut_and_the_text_is_still_found() -> None:
    raw = make_mail("The text", subject="First", **{"x_" + "y" * 20: "z" * 9_000, "keywords": "w" * 9_000})
    mail = read_mail(raw, limits=Limits(header_bytes=2_000))
    assert (mail.subject, mail.text) == ("First", "The text")
    assert said.HEADERS_CUT in mail.warnings


def test_of_very_many_recipients_the_first_are_listed() -> None:
    mail = read_mail(make_mail(cc=", ".join(f"p{number}@example.org" for number in range(900))))
    assert len(mail.cc) == 500
    assert said.RECIPIENTS_CUT in mail.warnings


def test_of_very_many_references_the_newest_are_kept() -> None:
    mail = read_mail(make_mail(references=" ".join(f"<{number}@x>" for number in range(900))))
    assert (len(mail.references), mail.references[0]) == (100, "899@x")


def nested(depth: int) -> bytes:
    body = b"Content-Type: text/plain\r\n\r\ninner"
    for level in range(depth):
        head = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n' % level
        body = head + b"--b%d\r\n" % level + body + b"\r\n--b%d--\r\n" % level
    return b"From: nia@example.org\r\n" + body


def test_parts_nested_beyond_the_limit_are_still_found() -> None:
    assert read_mail(nested(30)).warnings == ()
    mail = read_mail(nested(150))
    assert (mail.text, mail.warnings) == ("inner", (said.TOO_DEEP,))


def test_a_multipart_whose_boundary_never_comes_is_one_text() -> None:
    raw = make_mail("Hello there", content_type='multipart/mixed; boundary="never"')
    assert read_mail(raw).text == "Hello there"


def test_a_boundary_that_is_the_beginning_of_another_does_not_stand_for_it() -> None:
    inner = b'Content-Type: multipart/alternative; boundary="edge-2"\r\n\r\n--edge-2\r\n\r\none\r\n--edge-2--'
    assert read_mail(make_multipart(inner, make_part("two"))).text == "one\n\ntwo"


BURDENS = {
    "lines of two hyphens": lambda times: make_multipart(b"\r\n" + b"--\r\n" * times),
    "boundaries": lambda times: make_multipart(*[b"\r\nx"] * times),
    "short lines": lambda times: make_mail(b"x\n" * times),
    "headers": lambda times: b"From: nia@example.org\n" + b"X-A: b\n" * times,
    "folded headers": lambda times: b"From: nia@example.org\nSubject: a\n" + b" b\n" * times,
    "recipients": lambda times: make_mail(to="a@b.example, " * times),
    "brackets": lambda times: make_mail(to="(" * times),
    "encoded words": lambda times: make_mail(subject="=?utf-8?q?a?= " * times),
    "half encoded words": lambda times: make_mail(subject="=?utf-8?q?" * times),
    "references": lambda times: make_mail(references="<a@b> " * times),
    "parameters": lambda times: make_mail(content_type="text/plain" + "; a=b" * times),
    "continued parameters": lambda times: make_mail(content_type="text/plain" + "; a*0*=b" * times),
    "nested parts": nested,
}


@pytest.mark.parametrize("burden", sorted(BURDENS))
def test_the_work_on_a_mail_grows_no_faster_than_the_mail(burden: str) -> None:
    read_mail(BURDENS[burden](10))
    twice = steps(lambda: read_mail(BURDENS[burden](2_000)))
    assert twice < 2.5 * steps(lambda: read_mail(BURDENS[burden](1_000))) + 1_000


def test_reading_needs_no_database_and_no_framework() -> None:
    code = (
        "import sys, moothall.enquiries.reading;"
        "print({name.partition('.')[0] for name in sys.modules} & {'django', 'psycopg', 'procrastinate'})"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
