"""Mail that nobody should send and somebody does: kept mails with bytes changed, and shapes made to hurt."""

import base64
import io
import zipfile
from collections.abc import Iterator
from random import Random

from moothall.enquiries.tests.reading.samples import every_mail

LARGEST = 60_000  # of a kept mail that is changed
FRAGMENTS = (
    b"\r\n", b"\n\n", b"\0", b"--", b'"', b"<", b">", b"(" * 60, b";", b"\xff\xfe", "ŷ".encode(),
    b"=?utf-8?B?4?=", b"=?x?Q?=ZZ?=", b"charset=utf-7", b"charset=utf-16", b"charset=no-such-thing",
    b"Content-Type: text/html\n", b'Content-Type: multipart/mixed; boundary="q"\n', b"Content-Type: /\n",
    b"Content-Type: message/rfc822\n\n", b"Content-Type: application/ms-tnef\n\n\x78\x9f\x3e\x22",
    b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: x-uuencode\n",
    b"filename*0*=utf-8''%ff", b"filename*9999999999999=x", b"Date: Mon, 99 Foo 99999 99:99:99 +9999\n",
    b"From: @\n", b"From: \n", b"Message-ID: <<[\n", b"<div><b><table><!--", b"Auto-Submitted: no\n",
    b"Content-Type: multipart/report\n", b"Action: failed\n", b"\xe2\x80\xae", b"In-Reply-To: <[x]>\n",
)  # fmt: skip


def mutations(many: int, rng: Random) -> Iterator[bytes]:
    """Kept mails, each with some bytes taken out and others put in."""
    kept = every_mail()
    for _number in range(many):
        raw = bytearray(rng.choice(kept)[:LARGEST])
        for _change in range(rng.randint(1, 12)):
            at = rng.randrange(min(len(raw), rng.choice((1500, LARGEST))) or 1)
            new = rng.choice(FRAGMENTS) if rng.random() < 0.8 else rng.randbytes(rng.randint(0, 12))
            raw[at : at + rng.randint(0, 60)] = new
        yield bytes(raw)


def awkward(rng: Random) -> Iterator[bytes]:
    """What the tests of mail libraries are full of."""
    yield b""
    yield b"\0" * 400
    yield rng.randbytes(5000)
    yield _plain(b"Is there a place?" * 400_000)
    yield _nested(100)
    yield _parts(1000)
    yield _headed(b'multipart/mixed; boundary=""', b"--\r\n\r\nx\r\n----")
    yield _headed(b"multipart/mixed", b"--a\r\n\r\nno boundary was named\r\n--a--")
    yield _headed(b'multipart/mixed; boundary="a"', b"--a\r\nContent-Type: text/plain\r\n\r\nnever ended")
    yield _headed(b"text/plain; charset=utf-8", b"caf\xe9 \xff\xfe \x80")
    yield _headed(b"text/plain; charset=idna", "ŷ".encode() * 900)
    yield _headed(b"text/html", b"<div>" * 30_000 + b"deep")
    yield _file("x" * 300 + ".txt", b"a name of 300 letters")
    yield _file("\u202egpj.exe", b"a name that is read backwards")
    yield _file("../../etc/passwd", b"a name that is a path")
    yield _file("bomb.zip", _bomb())
    yield _file("winmail.dat", b"\x78\x9f\x3e\x22" + rng.randbytes(3000), kind="application/ms-tnef")
    yield _headed(b"message/rfc822", b"From: x\r\n\r\n")
    yield b"From: a@example.org\r\n" + b"Subject: x\r\n" * 5000 + b"\r\nmany subjects"
    yield b"From: " + b", ".join(b"p%d@example.org" % each for each in range(2000)) + b"\r\n\r\nmany senders"
    yield b"References: " + b" ".join(b"<%d@example.org>" % each for each in range(5000)) + b"\r\n\r\nmany"


def loops(many: int) -> Iterator[bytes]:
    """Machines that answer whatever they get, and one that says it is no machine."""
    for number in range(many):
        for sender, mark in (
            ("vacation@example.org", "Auto-Submitted: auto-replied"),
            ("robot@example.org", "X-Auto-Response-Suppress: All"),
            ("list@example.org", "Precedence: bulk"),
            ("liar@example.org", "X-Mailer: Honest"),
        ):
            head = f"From: {sender}\r\nSubject: Re: We have your message\r\n{mark}\r\n"
            yield f"{head}Message-ID: <{number}.{sender}>\r\n\r\nI am away, number {number}.\r\n".encode()


def _headed(kind: bytes, body: bytes) -> bytes:
    return b"From: odd@example.org\r\nSubject: Odd\r\nContent-Type: " + kind + b"\r\n\r\n" + body


def _plain(body: bytes) -> bytes:
    return _headed(b"text/plain", body)


def _nested(deep: int) -> bytes:
    raw = b"From: inner@example.org\r\n\r\ninside"
    for _level in range(deep):
        raw = b"From: outer@example.org\r\nContent-Type: message/rfc822\r\n\r\n" + raw
    return raw


def _parts(many: int) -> bytes:
    part = b"--b\r\nContent-Type: text/plain\r\n\r\na part\r\n"
    return _headed(b'multipart/mixed; boundary="b"', part * many + b"--b--\r\n")


def _file(name: str, content: bytes, kind: str = "application/octet-stream") -> bytes:
    head = (
        f'--b\r\nContent-Type: {kind}; name="{name}"\r\n'
        f'Content-Disposition: attachment; filename="{name}"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return _headed(
        b'multipart/mixed; boundary="b"', head.encode() + base64.encodebytes(content) + b"\r\n--b--\r\n"
    )


def _bomb() -> bytes:
    """Thirty megabytes of nothing in thirty kilobytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("nothing.txt", b"\0" * 30_000_000)
    return packed.getvalue()
