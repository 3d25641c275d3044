"""A mailbox sent from the browser: stored, then read by the worker while the page shows how far it is."""

import datetime as dt
import os
import shutil
import zipfile
import zlib
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal
from moothall.enquiries.models import Import, Mailbox
from moothall.enquiries.reading import safe_name
from moothall.people.models import Account

from .importing import begin_import

KINDS = {".mbox", ".eml", ".zip"}
MOST_UNPACKED = 2 * 2**30
MOST_FILES = 100_000
ENCRYPTED = 0x1


class NotMail(Refusal):
    sentence = _("This is not a file of mail.")
    next_step = _("Choose an .mbox file, an .eml file, or a .zip of .eml files.")


class NoMailInside(Refusal):
    sentence = _("There is no .eml and no .mbox file in this archive.")
    next_step = _("Export the mail as .eml or .mbox files, put them into a .zip, and try again.")


class Locked(Refusal):
    sentence = _("This archive is protected by a password.")
    next_step = _("Unpack it and make a .zip without a password.")


class PackedOtherwise(Refusal):
    sentence = _("This archive is packed in a way we cannot unpack.")
    next_step = _("Unpack it and make an ordinary .zip of it.")


class TooMuchMail(Refusal):
    sentence = _("This archive unpacks to more than we take in one go.")
    next_step = _("Split it into several files.")


@transaction.atomic
def take_upload(
    file: UploadedFile, *, mailbox: Mailbox, answer: bool, by: Account, at: dt.datetime
) -> Import:
    """Store the file, and have the worker read it."""
    from moothall.enquiries.tasks import import_in_background

    name = Path(file.name or "").name
    kind = Path(name).suffix.lower()
    if kind not in KINDS:
        raise NotMail
    folder = Path(settings.RAW_HOME) / "uploads" / uuid4().hex
    folder.mkdir(parents=True)
    try:
        path = _store(file, folder / safe_name(name, otherwise=f"upload{kind}"))
        run = begin_import(mailbox, source=name, path=path, by=by, at=at, answer=answer)
        import_in_background.defer(import_id=run.pk)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return run


def _store(file: UploadedFile, path: Path) -> Path:
    """Under its own name, so that each message says where it came from."""
    with path.open("wb") as kept:
        shutil.copyfileobj(file, kept)
        kept.flush()
        os.fsync(kept.fileno())
    return _unpack(path, path.parent / "mail") if path.suffix.lower() == ".zip" else path


def clear_away(run: Import) -> None:
    """Every message of a finished upload is kept by itself: the upload need not be."""
    uploads = Path(settings.RAW_HOME) / "uploads"
    path = Path(run.path)
    if path.is_relative_to(uploads) and run.finished_at is not None:
        shutil.rmtree(uploads / path.relative_to(uploads).parts[0], ignore_errors=True)


def _unpack(archive: Path, into: Path) -> Path:
    """Only .eml and .mbox members, numbered, and no more of each than the archive says it holds."""
    into.mkdir()
    try:
        with zipfile.ZipFile(archive) as found:
            members = [m for m in found.infolist() if _suffix(m) in {".eml", ".mbox"}]
            _refuse(members)
            for number, member in enumerate(members):
                name = f"{number:06}-{safe_name(member.filename, otherwise=_suffix(member))}"
                with found.open(member) as source, (into / name).open("wb") as to:
                    _copy(source, to, limit=member.file_size)
    except (zipfile.BadZipFile, zlib.error, EOFError) as problem:
        raise NotMail from problem
    except NotImplementedError as problem:
        raise PackedOtherwise from problem
    return into


def _suffix(member: zipfile.ZipInfo) -> str:
    return Path(member.filename).suffix.lower()


def _refuse(members: list[zipfile.ZipInfo]) -> None:
    if not members:
        raise NoMailInside
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise Locked
    if sum(member.file_size for member in members) > MOST_UNPACKED or len(members) > MOST_FILES:
        raise TooMuchMail


def _copy(source: IO[bytes], target: IO[bytes], *, limit: int) -> None:
    left = limit
    while chunk := source.read(min(2**20, left + 1)):
        left -= len(chunk)
        if left < 0:
            raise TooMuchMail
        target.write(chunk)
