"""Keep what came in, byte for byte, before anybody tries to understand it."""

import datetime as dt
import hashlib
import os
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal
from moothall.enquiries.models import Mailbox, RawMessage

WRITERS = 8  # disks put flushes that are asked for together into one


def path_of(sha256: str) -> Path:
    """Where the bytes with this sha256 are kept."""
    return Path(settings.RAW_HOME) / sha256[:2] / f"{sha256}.eml"


class BytesMissing(Refusal):
    sentence = _("The bytes of this message are missing from the disk.")
    next_step = _("Restore the folder of raw messages from a backup, then try again.")


def bytes_of(raw: RawMessage, *, most: int = -1) -> bytes:
    """The message exactly as it came, or no more than its first bytes."""
    try:
        with path_of(raw.sha256).open("rb") as file:
            return file.read(most)
    except FileNotFoundError as problem:
        raise BytesMissing from problem


def write_all_durably(every: Sequence[bytes]) -> list[str]:
    """All of them are on the disk when this returns, whatever happens next. Gives their sha256, in order."""
    digests = [hashlib.sha256(raw).hexdigest() for raw in every]
    new = {
        sha256: raw
        for sha256, raw in zip(digests, every, strict=True)
        if not _is_there(path_of(sha256), len(raw))
    }
    folders = {path_of(sha256).parent for sha256 in new}
    made = {folder.parent for folder in folders if not folder.exists()}
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    if len(new) > 1:
        with ThreadPoolExecutor(WRITERS) as writers:
            list(writers.map(_write, new.keys(), new.values()))
            list(writers.map(_sync_folder, folders | made))
    else:
        for sha256, raw in new.items():
            _write(sha256, raw)
        for folder in folders | made:
            _sync_folder(folder)
    return digests


def _is_there(path: Path, size: int) -> bool:
    return path.exists() and path.stat().st_size == size


def _write(sha256: str, raw: bytes) -> None:
    path = path_of(sha256)
    handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def keep_messages(
    found: Iterable[tuple[str, bytes]], *, mailbox: Mailbox, at: dt.datetime, answer: bool = False
) -> list[tuple[RawMessage, bool]]:
    """Keep each message (where it came from, its bytes): its row, and whether the mailbox had it already.

    Bytes first, then the rows: a crash in between leaves files without a row, which the next run takes up.
    """
    every = list(found)
    digests = write_all_durably([raw for _name, raw in every])
    named = dict(zip(reversed(digests), reversed(every), strict=True))
    with transaction.atomic():
        rows = _rows(mailbox, digests)
        had = set(rows)
        new = [
            RawMessage(
                mailbox=mailbox, sha256=sha256, size=len(named[sha256][1]), came_from=named[sha256][0][:300],
                kept_at=at, answer=answer,
            )
            for sha256 in sorted(set(digests) - had)
        ]  # fmt: skip
        if new:
            RawMessage.objects.bulk_create(new, ignore_conflicts=True)
            rows = _rows(mailbox, digests)
    kept: list[tuple[RawMessage, bool]] = []
    for sha256 in digests:
        kept.append((rows[sha256], sha256 in had))
        had.add(sha256)
    return kept


def _rows(mailbox: Mailbox, digests: Iterable[str]) -> dict[str, RawMessage]:
    rows = {row.sha256: row for row in RawMessage.objects.filter(mailbox=mailbox, sha256__in=digests)}
    for row in rows.values():
        row.mailbox = mailbox
    return rows
