"""Keeping files: checked on the way in, stored once by their content, handed out as downloads."""

import datetime as dt
import hashlib
import os
import secrets
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO

from django.conf import settings
from django.http import FileResponse
from django.utils.translation import gettext as _

from moothall.people.models import Account
from moothall.records.models import Document

from .archives import look_inside
from .file_types import HEAD, kind_of, safe_name
from .pictures import check_picture
from .refusals import DocumentMissing, Empty, Infected, TooLarge
from .scanning import Verdict, scan

CHUNK = 2**18
LOCKED = "Protected by a password: nobody could look inside."
SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"})
NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"


def keep_document(
    content: bytes | IO[bytes],
    *,
    name: str,
    by: Account | None,
    at: dt.datetime,
    declared_type: str = "",
    previous: Document | None = None,
) -> Document:
    """Check a file and keep it; what may not be kept raises a `DocumentRefused`.

    The bytes are on disk for good before the row is written, so that no row is ever without its file.
    """
    name = safe_name(name)
    incoming = folder() / ".incoming"
    incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = incoming / secrets.token_hex(16)
    try:
        with draft.open("xb+") as file:
            draft.chmod(0o600)
            sha256, size = copy(BytesIO(content) if isinstance(content, bytes) else content, file)
            media_type, verdict = check(file, draft, name, size, declared_type)
            file.flush()
            os.fsync(file.fileno())
        settle(draft, path_of(sha256), size)
    finally:
        draft.unlink(missing_ok=True)
    return Document.objects.create(
        sha256=sha256,
        name=name,
        media_type=media_type,
        size=size,
        state=verdict.state,
        scan_note=verdict.note,
        previous=previous,
        added_by=by,
        added_at=at,
    )


def folder() -> Path:
    return Path(settings.FILES_HOME)


def path_of(sha256: str) -> Path:
    """Where the bytes with this digest lie."""
    return folder() / sha256[:2] / sha256[2:4] / sha256


def _megabytes() -> int:
    return int(settings.DOCUMENT_SIZE_LIMIT // 2**20)


def copy(content: IO[bytes], file: BinaryIO) -> tuple[str, int]:
    """Write the bytes, counting and digesting them; too many or none are refused."""
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK):
        size += len(chunk)
        if size > settings.DOCUMENT_SIZE_LIMIT:
            raise TooLarge(_("The file is larger than this office keeps: %d MB at most.") % _megabytes())
        digest.update(chunk)
        file.write(chunk)
    if not size:
        raise Empty
    file.flush()
    return digest.hexdigest(), size


def check(file: BinaryIO, path: Path, name: str, size: int, declared_type: str) -> tuple[str, Verdict]:
    """Every check there is, the cheap ones first; answers with the media type and the scanner's word."""
    file.seek(0)
    media_type = kind_of(name, file.read(HEAD), declared_type)
    whole = look_inside(file, name=name, size=size)
    check_picture(file, media_type)
    verdict = scan(path)
    return media_type, verdict if whole else Verdict(Document.UNSCANNED, LOCKED)


def settle(draft: Path, place: Path, size: int) -> None:
    """Give the bytes their place for good. The same bytes already there stay, as new: a row is coming."""
    if place.exists() and place.stat().st_size == size:
        os.utime(place)
        return
    new_folders = [parent for parent in (place.parent, place.parent.parent) if not parent.exists()]
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft.replace(place)
    for changed in {place.parent, *(made.parent for made in new_folders)}:
        sync_folder(changed)


def sync_folder(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network disks cannot
            os.fsync(handle)
    finally:
        os.close(handle)


def open_document(document: Document) -> BinaryIO:
    """The bytes of a document, from the beginning."""
    if document.state == Document.INFECTED:
        raise Infected
    try:
        return path_of(document.sha256).open("rb")
    except FileNotFoundError as problem:
        raise DocumentMissing from problem


def read_document(document: Document) -> bytes:
    with open_document(document) as file:
        return file.read()


def download_response(document: Document, name: str = "", *, inline: bool = False) -> FileResponse:
    """The document as an answer to a browser: a download, or shown in place when it is safe to show.

    Whatever it holds, nothing in it runs and nothing in it reaches this site.
    """
    shown = inline and document.media_type in SHOWN_INLINE
    response = FileResponse(
        open_document(document),
        as_attachment=not shown,
        filename=safe_name(name or document.name),
        content_type=served_as(document.media_type),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Security-Policy"] = NOTHING_RUNS
    return response


def served_as(media_type: str) -> str:
    """Text and mark-up are handed out as bytes, so that no browser is tempted to show them."""
    readable = media_type.startswith(("text/", "message/")) or media_type.endswith(("xml", "json", "yaml"))
    return "application/octet-stream" if readable else media_type
