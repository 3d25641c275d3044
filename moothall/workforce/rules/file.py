"""The personnel file: papers put into it, read, and taken out again."""

import datetime as dt
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.records.rules.documents import keep_document
from moothall.records.rules.refusals import DocumentRefused
from moothall.workforce.models import Employment, FileClass, PaperRead, PersonnelDocument


class NotInTheFile(Refusal):
    sentence = _("It was taken out of the file, or put back, by somebody else.")
    next_step = _("Look at the file again.")


class FileRefused(Refusal):
    """Names which of several files is not kept, and why; then none is."""


@transaction.atomic
def file_papers(
    employment: Employment, papers: Sequence[UploadedFile], *, file_class: FileClass, by: Account | None,
    at: dt.datetime, title: str = "", dated_on: dt.date | None = None,
) -> list[PersonnelDocument]:  # fmt: skip
    """Put papers into the file, all or none; each is checked as every file that is kept."""
    made = []
    for file in papers:
        name = file.name or "file"
        try:
            document = keep_document(file, name=name, by=by, at=at, declared_type=file.content_type or "")
        except DocumentRefused as refused:
            raise FileRefused(f"{name}: {refused.sentence}", refused.next_step) from refused
        made.append(
            PersonnelDocument.objects.create(
                employment=employment, file_class=file_class, document=document, dated_on=dated_on,
                title=(title if title and len(papers) == 1 else name)[:200], added_at=at, added_by=by,
            )
        )  # fmt: skip
    detail = {"class": file_class.key, "papers": [paper.pk for paper in made]}
    append_audit("workforce.file_papers", about=employment, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def read_paper(paper: PersonnelDocument, *, by: Account, at: dt.datetime) -> None:
    """Write down who opened it."""
    PaperRead.objects.create(paper=paper, by=by, at=at)
    append_audit("workforce.read_paper", about=paper.employment, by=by, at=at, detail={"paper": paper.pk})


@transaction.atomic
def withdraw_paper(paper: PersonnelDocument, *, by: Account, at: dt.datetime) -> PersonnelDocument:
    """Take it out of the file: it was put there by mistake."""
    rows = PersonnelDocument.objects.filter(pk=paper.pk, withdrawn_at=None)
    if not rows.update(withdrawn_at=at, withdrawn_by=by):
        raise NotInTheFile
    append_audit("workforce.withdraw_paper", about=paper.employment, by=by, at=at, detail={"paper": paper.pk})
    return paper


@transaction.atomic
def restore_paper(paper: PersonnelDocument, *, by: Account, at: dt.datetime) -> PersonnelDocument:
    rows = PersonnelDocument.objects.filter(pk=paper.pk, withdrawn_at__isnull=False)
    if not rows.update(withdrawn_at=None, withdrawn_by=None):
        raise NotInTheFile
    append_audit("workforce.restore_paper", about=paper.employment, by=by, at=at, detail={"paper": paper.pk})
    return paper
