"""The kept mails, and mails made for one test."""

import gzip
import lzma
import sys
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from types import FrameType

from moothall.enquiries.reading import split_mbox

MAIL = Path(__file__).parents[1] / "mail"
OWN = frozenset({"desk@peer.test"})


def hard_mail(name: str) -> bytes:
    """One of the difficult mails, by the beginning of its name."""
    (path,) = (MAIL / "hard").glob(f"{name}*")
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


@cache
def mailbox(name: str) -> tuple[bytes, ...]:
    """The messages of a kept mailbox file."""
    return tuple(split_mbox(BytesIO(lzma.decompress((MAIL / f"{name}.mbox.xz").read_bytes()))))


@cache
def every_mail() -> tuple[bytes, ...]:
    hard = tuple(hard_mail(path.name) for path in sorted((MAIL / "hard").iterdir()))
    return (*mailbox("public-lists"), *mailbox("awkward"), *hard)


def make_mail(body: str | bytes = "Hello", /, **headers: str | None) -> bytes:
    """A plain mail; headers are given as `content_type=…`, and left out when None."""
    fields: dict[str, str | None] = {
        "From": "Nia Rees <nia@example.org>",
        "To": "desk@peer.test",
        "Subject": "A question",
        "Message-ID": "<one@example.org>",
        "Date": "Mon, 02 Mar 2026 09:00:00 +0000",
    }
    fields |= {name.replace("_", "-").title().replace("-Id", "-ID"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
    content = body.encode() if isinstance(body, str) else body
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def make_multipart(*parts: bytes, kind: str = "mixed", **headers: str | None) -> bytes:
    """A mail of several parts, each given whole with its headers."""
    body = b"".join(b"--edge\r\n" + part + b"\r\n" for part in parts) + b"--edge--\r\n"
    content_type = headers.pop("content_type", None) or f'multipart/{kind}; boundary="edge"'
    return make_mail(body, content_type=content_type, **headers)


def make_part(content: str | bytes, content_type: str = "text/plain; charset=utf-8", **headers: str) -> bytes:
    fields = {"Content-Type": content_type}
    fields |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in fields.items()]
    return (
        "\r\n".join(lines).encode()
        + b"\r\n\r\n"
        + (content.encode() if isinstance(content, str) else content)
    )


def steps(work: Callable[[], object]) -> int:
    """How many calls a piece of work makes: a measure of time that no busy machine disturbs."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
