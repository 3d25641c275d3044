"""A mailbox sent from the browser: stored, then read by the worker while the page shows how far it is."""

import datetime as dt
import os
import shutil
import zipfile
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal
from moothall.enquiries.models import Import, Mailbox
from moothall.people.models import Account

from .importing import begin_import

KINDS = {".mbox", ".eml", ".zip"}
MOST_UNPACKED = 2 * 2**30
MOST_FILES = 100_000


class NotMail(Refusal):
    sentence = _("This is not a file of mail.")
    next_step = _("Choose an .mbox file, an .eml file, or a .zip of .eml files.")


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
    path = folder / f"upload{kind}"
    with path.open("wb") as kept:
        shutil.copyfileobj(file, kept)
        kept.flush()
        os.fsync(kept.fileno())
    if kind == ".zip":
        path = _unpack(path, folder / "mail")
    run = begin_import(mailbox, source=name, path=path, by=by, at=at, answer=answer)
    import_in_background.defer(import_id=run.pk)
    return run


def clear_away(run: Import) -> None:
    """Every message of a finished upload is kept by itself: the upload need not be."""
    uploads = Path(settings.RAW_HOME) / "uploads"
    path = Path(run.path)
    if path.is_relative_to(uploads) and run.finished_at is not None:
        shutil.rmtree(uploads / path.relative_to(uploads).parts[0], ignore_errors=True)


def _unpack(archive: Path, into: Path) -> Path:
    """Only .eml and .mbox members, under names of our own, and no more than the archive says it holds."""
    into.mkdir()
    try:
        with zipfile.ZipFile(archive) as found:
            members = [m for m in found.infolist() if Path(m.filename).suffix.lower() in {".eml", ".mbox"}]
            if sum(m.file_size for m in members) > MOST_UNPACKED or len(members) > MOST_FILES:
                raise TooMuchMail
            for number, member in enumerate(members):
                suffix = Path(member.filename).suffix.lower()
                with found.open(member) as source, (into / f"{number:06}{suffix}").open("wb") as target:
                    _copy(source, target, limit=member.file_size)
    except zipfile.BadZipFile as problem:
        raise NotMail from problem
    return into


def _copy(source: IO[bytes], target: IO[bytes], *, limit: int) -> None:
    left = limit
    while chunk := source.read(min(2**20, left + 1)):
        left -= len(chunk)
        if left < 0:
            raise TooMuchMail
        target.write(chunk)
