"""An enquiry that another system hands in: kept as it came, then understood. One key, one enquiry."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import EntryDocument
from moothall.cases.rules.opening import ReceivedLater
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.enquiries.models import Incoming, IncomingFile, KeyLife
from moothall.people.models import Account
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit
from moothall.records.rules.documents import keep_document

from .understanding import understand_incoming

MOST_FILES: Final = 20
FILES_WITHIN: Final = dt.timedelta(days=1)
LEFT_BEHIND: Final = dt.timedelta(minutes=1)
MOST_AT_ONCE: Final = 200


class KeyUsed(Refusal):
    sentence = _("This key has been used for another enquiry.")
    next_step = _("Give each enquiry a key of its own; send the same key only with exactly the same enquiry.")


class EarlierNeedsReason(Refusal):
    sentence = _("This came in before today, and nothing says why it is handed in only now.")
    next_step = _("Say why in received_because: the clocks run from the day it came in.")


class TooManyFiles(Refusal):
    sentence = _("An enquiry has 20 files at most.")
    next_step = _("Put several into one document, or hand in the rest with another message on the same case.")


class TooLateForFiles(Refusal):
    sentence = _("This enquiry came in more than a day ago.")
    next_step = _("Hand in the file with another message on the same case.")


@dataclass(frozen=True)
class Sent:
    """A file as it was sent."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@for_the_office()
def hand_in(
    said: Mapping[str, Any], files: Sequence[Sent], *, key: str | None, by: Account, at: dt.datetime
) -> tuple[Incoming, bool]:
    """Keep what was said, for good, and then put it on a case; the answer says whether it is new.

    The same again under the same key changes nothing. What cannot be understood now stays kept with the
    reason, and is tried again by the clock.
    """
    kept, new = keep_incoming(said, files, key=key, by=by, at=at)
    try:
        understand_incoming(kept, at=at)
    except Refusal as refusal:
        note_problem(kept, problem=str(refusal))
    return _whole().get(pk=kept.pk), new


@transaction.atomic
def keep_incoming(
    said: Mapping[str, Any], files: Sequence[Sent], *, key: str | None, by: Account, at: dt.datetime
) -> tuple[Incoming, bool]:
    """The row and its files; whoever comes second with a key waits for the first and gets the same row."""
    mark = mark_of(said, files)
    found = _under(key, by=by, at=at)
    if found is not None:
        return _same(found, mark), False
    _check(said, files, at=at)
    try:
        with transaction.atomic():
            kept = Incoming.objects.create(
                account=by, key=key, key_until=_until(at) if key else None, mark=mark, said=dict(said),
                kept_at=at,
            )  # fmt: skip
    except IntegrityError:
        found = _under(key, by=by, at=at)
        if found is None:
            raise
        return _same(found, mark), False
    for file in files:
        _keep_file(kept, file, by=by, at=at)
    append_audit("enquiries.hand_in", about=kept, by=by, at=at, detail={"files": len(files)})
    return kept, True


def mark_of(said: Mapping[str, Any], files: Sequence[Sent]) -> str:
    """The digest of everything that was sent: what means the same has the same one."""
    whole = [said, [(file.name, file.media_type, file.sha256) for file in files]]
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def _under(key: str | None, *, by: Account, at: dt.datetime) -> Incoming | None:
    """What was handed in under this key. A key that has ended is taken off its row, to be used again."""
    if not key:
        return None
    found = Incoming.objects.keyed(key, account=by, at=at).first()
    if found is None:
        Incoming.objects.filter(account=by, key=key, key_until__lte=at).update(key=None)
    return found


def _same(found: Incoming, mark: str) -> Incoming:
    if found.mark != mark:
        raise KeyUsed
    return found


def _until(at: dt.datetime) -> dt.datetime | None:
    """Until when a key is remembered; for ever, where nobody has said how long."""
    life = KeyLife.objects.in_force(in_london(at).date())
    return at + dt.timedelta(hours=life.hours) if life else None


def _check(said: Mapping[str, Any], files: Sequence[Sent], *, at: dt.datetime) -> None:
    if len(files) > MOST_FILES:
        raise TooManyFiles
    if not said.get("received_at"):
        return
    received_at = dt.datetime.fromisoformat(said["received_at"])
    if received_at > at:
        raise ReceivedLater
    if in_london(received_at).date() < in_london(at).date() and not said["received_because"].strip():
        raise EarlierNeedsReason


def _keep_file(kept: Incoming, file: Sent, *, by: Account, at: dt.datetime) -> Document:
    document = keep_document(file.content, name=file.name, by=by, at=at, declared_type=file.media_type)
    IncomingFile.objects.create(incoming=kept, document=document, name=file.name[:300])
    return document


@for_the_office()
@transaction.atomic
def add_file(incoming: Incoming, file: Sent, *, by: Account, at: dt.datetime) -> Incoming:
    """One more file of an enquiry handed in lately; the same file again changes nothing."""
    fresh = Incoming.objects.select_for_update(of=("self",)).get(pk=incoming.pk)
    if fresh.files.filter(sha256=file.sha256).exists():
        return _whole().get(pk=fresh.pk)
    if at - fresh.kept_at > FILES_WITHIN:
        raise TooLateForFiles
    if fresh.file_rows.count() >= MOST_FILES:
        raise TooManyFiles
    document = _keep_file(fresh, file, by=by, at=at)
    if fresh.entry_id is not None:
        EntryDocument.objects.create(entry_id=fresh.entry_id, document=document, name=file.name[:300])
    append_audit("enquiries.add_file", about=fresh, by=by, at=at, detail={"document": document.pk})
    return _whole().get(pk=fresh.pk)


@transaction.atomic
def note_problem(kept: Incoming, *, problem: str) -> None:
    Incoming.objects.filter(pk=kept.pk, case=None).update(problem=problem[:2000])


@for_the_office()
def handed_in_by(account: Account, number: int) -> Incoming | None:
    """What this account itself handed in, wherever it is now."""
    return _whole().filter(account=account, pk=number).first()


def _whole() -> QuerySet[Incoming]:
    """With its case and the names of its files, read while the office looks."""
    return Incoming.objects.select_related("case").prefetch_related("file_rows")


def understand_what_was_handed_in(*, at: dt.datetime) -> int:
    """What was kept and is on no case yet: because a process died, or the office was not ready."""
    done = 0
    for kept in Incoming.objects.not_understood(at - LEFT_BEHIND)[:MOST_AT_ONCE]:
        try:
            understand_incoming(kept, at=at)
        except Refusal as refusal:
            note_problem(kept, problem=str(refusal))
        else:
            done += 1
    return done
