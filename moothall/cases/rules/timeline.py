"""What is written on a case's timeline, and its words made findable."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Entry, EntryDocument
from moothall.core.refusals import Refusal
from moothall.letters.models import Letter
from moothall.people.models import Account, Person
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit

MOST_WORDS = 100_000

INDEX = """
INSERT INTO cases_casesearch AS kept (case_id, words)
VALUES (%(case)s, setweight(to_tsvector('moothall_en', %(title)s), 'A')
                  || setweight(to_tsvector('moothall_cy', %(title)s), 'A')
                  || to_tsvector('moothall_en', %(text)s) || to_tsvector('moothall_cy', %(text)s))
ON CONFLICT (case_id) DO UPDATE SET words = kept.words || EXCLUDED.words
"""


class NothingWritten(Refusal):
    sentence = _("There is nothing written yet.")
    next_step = _("Write a few words, then save.")


def index_words(case: Case, *, title: str = "", text: str = "") -> None:
    """Add these words to what a search finds the case by, stemmed in English and as they are for Welsh."""
    with connection.cursor() as cursor:
        cursor.execute(
            INDEX,
            {"case": case.pk, "title": _clean(title), "text": _clean(text)[:MOST_WORDS]},
        )


def _clean(words: str) -> str:
    return words.replace("\x00", " ")


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
    entry = Entry.objects.create(
        case=case, kind=kind, at=at, by=by, person=person, subject=subject, text=text, quoted=quoted,
        html=html, sender=sender, recipients=recipients, minutes=minutes, letter=letter, detail=detail or {},
    )  # fmt: skip
    attach(entry, [(document, document.name) for document in documents])
    index_words(case, text=f"{subject}\n{sender}\n{text}")
    return entry


def attach(entry: Entry, named: Sequence[tuple[Document, str]]) -> None:
    """Hang documents on an entry under the names they came with."""
    if named:
        EntryDocument.objects.bulk_create(
            EntryDocument(entry=entry, document=document, name=name) for document, name in named
        )


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
