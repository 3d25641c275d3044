"""Applicants write to us and send files on their own page."""

import datetime as dt
from typing import IO, Final

from django.db import transaction

from moothall.cases.models import Case, Entry
from moothall.cases.rules.changing import lock
from moothall.cases.rules.holding import resume_case
from moothall.cases.rules.timeline import add_entry
from moothall.core.serving import for_the_office
from moothall.records.rules.audit import append_audit
from moothall.records.rules.documents import keep_document
from moothall.recruitment.models import Application, ApplicationFile

from .refusals import NothingToSay, TooManyFiles, WithdrawnAlready

LONGEST: Final = 20_000
MOST_FILES: Final = 10


def _open_case(application: Application) -> Case:
    case = Case.objects.select_related("team").get(pk=application.case_id)
    lock(case)
    if case.is_closed:
        raise WithdrawnAlready
    return case


def _our_turn(case: Case, *, at: dt.datetime) -> None:
    if case.status == Case.WAITING or case.held_until is not None:
        resume_case(case, by=None, at=at)
    Case.objects.filter(pk=case.pk).exclude(status=Case.CLOSED).update(came_back_at=at)


@for_the_office()
@transaction.atomic
def write_to_us(application: Application, *, text: str, once: str, at: dt.datetime) -> Entry:
    """A message on their case. Sent twice with the same `once`, it is one message."""
    case = _open_case(application)
    if not text.strip():
        raise NothingToSay
    earlier = case.entries.filter(kind=Entry.MAIL_IN, detail__once=once).first() if once else None
    if earlier is not None:
        return earlier
    person = application.applicant.person
    made = add_entry(
        case, kind=Entry.MAIL_IN, at=at, person=person, sender=person.full_name, subject=case.title,
        text=text[:LONGEST], detail={"kind": "form", "once": once},
    )  # fmt: skip
    _our_turn(case, at=at)
    append_audit("recruitment.write", about=application, by=None, at=at, detail={"entry": made.pk})
    return made


@for_the_office()
@transaction.atomic
def send_file(
    application: Application, *, content: IO[bytes], name: str, kind: str, declared_type: str, at: dt.datetime
) -> ApplicationFile:
    """One file, kept once it has passed every check."""
    case = _open_case(application)
    if application.files.filter(removed_at=None).count() >= MOST_FILES:
        raise TooManyFiles
    document = keep_document(content, name=name, by=None, at=at, declared_type=declared_type)
    made = ApplicationFile.objects.create(
        application=application, document=document, kind=kind, name=document.name, added_at=at
    )
    _our_turn(case, at=at)
    append_audit("recruitment.send_file", about=application, by=None, at=at, detail={"document": document.pk})
    return made


@for_the_office()
@transaction.atomic
def remove_file(application: Application, *, number: int, at: dt.datetime) -> bool:
    """Taken off by whoever sent it; one that is not there is no mistake."""
    _open_case(application)
    gone = application.files.filter(pk=number, removed_at=None).update(removed_at=at)
    if gone:
        append_audit("recruitment.remove_file", about=application, by=None, at=at, detail={"file": number})
    return bool(gone)
