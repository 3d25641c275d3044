"""Keep what came in, byte for byte, before anybody tries to understand it."""

import datetime as dt
import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.db import transaction

from moothall.enquiries.models import Mailbox, RawMessage


def path_of(sha256: str) -> Path:
    """Where the bytes with this sha256 are kept."""
    return Path(settings.RAW_HOME) / sha256[:2] / f"{sha256}.eml"


def bytes_of(raw: RawMessage) -> bytes:
    """The message exactly as it came."""
    return path_of(raw.sha256).read_bytes()


def write_durably(raw: bytes) -> str:
    """The bytes are on the disk when this returns, whatever happens next. Returns their sha256."""
    sha256 = hashlib.sha256(raw).hexdigest()
    path = path_of(sha256)
    if path.exists() and path.stat().st_size == len(raw):
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
    _sync_folder(path.parent)
    return sha256


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def keep_messages(
    found: Sequence[tuple[str, bytes]], *, mailbox: Mailbox, at: dt.datetime
) -> list[tuple[RawMessage, bool]]:
    """Keep each message (where it came from, its bytes): its row, and whether the mailbox had it already.

    Bytes first, then the row: a crash in between leaves a file without a row, which the next run takes up.
    """
    digests = [write_durably(raw) for _, raw in found]
    with transaction.atomic():
        had = set(
            RawMessage.objects.filter(mailbox=mailbox, sha256__in=digests).values_list("sha256", flat=True)
        )
        RawMessage.objects.bulk_create(
            (
                RawMessage(mailbox=mailbox, sha256=sha256, size=len(raw), came_from=name[:300], kept_at=at)
                for sha256, (name, raw) in zip(digests, found, strict=True)
                if sha256 not in had
            ),
            ignore_conflicts=True,
        )
    rows = {row.sha256: row for row in RawMessage.objects.filter(mailbox=mailbox, sha256__in=digests)}
    kept: list[tuple[RawMessage, bool]] = []
    for sha256 in digests:
        kept.append((rows[sha256], sha256 in had))
        had.add(sha256)
    return kept
