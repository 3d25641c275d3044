"""What is written on a case's timeline."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Entry, EntryDocument
from moothall.core.refusals import Refusal
from moothall.letters.models import Letter
from moothall.people.models import Account, Person
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit

from .indexing import Words, index_many


@dataclass(frozen=True)
class File:
    """A document under the name it came with; a picture that the page of a message shows in its place has
    the identifier the page knows it by."""

    document: Document
    name: str
    content_id: str = ""
    inline: bool = False


Files = Sequence[File]


class NothingWritten(Refusal):
    sentence = _("There is nothing written yet.")
    next_step = _("Write a few words, then save.")


@transaction.atomic
def add_entry(
    case: Case,
    *,
    kind: str,
    at: dt.datetime,
    by: Account | None = None,
    person: Person | None = None,
    subject: str = "",
    text: str = "",
    quoted: str = "",
    html: str = "",
    sender: str = "",
    recipients: str = "",
    minutes: int | None = None,
    letter: Letter | None = None,
    documents: Iterable[Document] = (),
    detail: dict[str, object] | None = None,
) -> Entry:
    """Write one entry, with its files, and index its words."""
    entry = Entry(
        case=case, kind=kind, at=at, by=by, person=person, subject=subject, text=text, quoted=quoted,
        html=html, sender=sender, recipients=recipients, minutes=minutes, letter=letter, detail=detail or {},
    )  # fmt: skip
    add_entries([(entry, [File(document, document.name) for document in documents])])
    return entry


@transaction.atomic
def add_entries(entries: Sequence[tuple[Entry, Files]], *, also: Iterable[Words] = ()) -> None:
    """Write entries not yet saved, each with its files under the names they came with; index their words,
    and `also` others in the same go."""
    Entry.objects.bulk_create(entry for entry, _files in entries)
    EntryDocument.objects.bulk_create(
        EntryDocument(
            entry=entry, document=file.document, name=file.name, content_id=file.content_id[:255],
            inline=file.inline,
        )
        for entry, files in entries
        for file in files
    )  # fmt: skip
    found = [Words(each.case_id, text=f"{each.subject}\n{each.sender}\n{each.text}") for each, _ in entries]
    index_many([*also, *found])


@transaction.atomic
def write_note(
    case: Case,
    *,
    text: str,
    by: Account,
    at: dt.datetime,
    documents: Iterable[Document] = (),
) -> Entry:
    """An internal note: seen by staff, never sent."""
    if not text.strip():
        raise NothingWritten
    entry = add_entry(case, kind=Entry.NOTE, at=at, by=by, text=text, documents=documents)
    append_audit("cases.note", about=case, by=by, at=at, detail={"entry": entry.pk})
    return entry


@transaction.atomic
def log_call(
    case: Case,
    *,
    text: str,
    by: Account,
    at: dt.datetime,
    person: Person | None = None,
    minutes: int | None = None,
    kind: str = Entry.CALL,
) -> Entry:
    """What was said on the telephone or at the counter, about a case that is already open."""
    if not text.strip():
        raise NothingWritten
    entry = add_entry(case, kind=kind, at=at, by=by, person=person, text=text, minutes=minutes)
    append_audit("cases.call", about=case, by=by, at=at, detail={"entry": entry.pk})
    return entry
