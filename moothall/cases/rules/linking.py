"""Cases that belong together: related, duplicate or split off. Every link can be undone."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, CaseLink, Entry, EntryDocument, Service
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .access import copy_access
from .changing import change_case, lock, undone_by
from .merging import unmerge_case
from .opening import open_case


class SameCase(Refusal):
    sentence = _("That is this same case.")
    next_step = _("Give the reference of another case.")


class LinkedAlready(Refusal):
    sentence = _("These two cases are linked already.")


@transaction.atomic
def link_cases(case: Case, other: Case, *, kind: str, by: Account | None, at: dt.datetime) -> CaseLink:
    """Say how two cases belong together."""
    if case.pk == other.pk:
        raise SameCase
    for each in sorted((case, other), key=lambda one: one.pk):
        lock(each)
    either_way = Q(case=case, other=other) | Q(case=other, other=case)
    if CaseLink.objects.filter(either_way, kind=kind, ended_at=None).exists():
        raise LinkedAlready
    link = CaseLink.objects.create(case=case, other=other, kind=kind, made_by=by, made_at=at)
    said = {"kind": kind, "other": other.reference, "link": link.pk}
    change_case(case, verb="link", by=by, at=at, changes={}, said=said)
    return link


@transaction.atomic
def end_link(link: CaseLink, *, by: Account, at: dt.datetime) -> None:
    """The two cases do not belong together after all."""
    if link.kind == CaseLink.MERGED:
        unmerge_case(link, by=by, at=at)
        return
    CaseLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=at, ended_by=by)
    append_audit("cases.unlink", about=link.case, by=by, at=at, detail={"other": link.other_id})


@undone_by("link")
def _undo_link(case: Case, entry: Entry, by: Account | None, at: dt.datetime) -> None:
    link_id = entry.detail["said"]["link"]
    CaseLink.objects.filter(pk=link_id, ended_at=None).update(ended_at=at, ended_by=by)


@transaction.atomic
def split_case(
    case: Case, *, entry: Entry, service: Service, title: str, by: Account, at: dt.datetime
) -> Case:
    """One message asks two things: open a second case with a copy of it, and clocks of its own."""
    new = open_case(
        service, title=title, channel=case.channel, received_at=entry.at, at=at, by=by,
        requester=case.requester, language=case.language, words=entry.text,
        confidentiality=case.confidentiality,
    )  # fmt: skip
    copy_access(case, to=new, by=by, at=at)
    copy = Entry.objects.create(
        case=new, kind=entry.kind, at=entry.at, by=entry.by, person=entry.person, sender=entry.sender,
        recipients=entry.recipients, subject=entry.subject, text=entry.text, quoted=entry.quoted,
        html=entry.html, minutes=entry.minutes, detail={"split_from": case.reference},
    )  # fmt: skip
    EntryDocument.objects.bulk_create(
        EntryDocument(entry=copy, document_id=each.document_id, name=each.name, inline=each.inline,
                      content_id=each.content_id)
        for each in entry.attached.all()
    )  # fmt: skip
    link_cases(case, new, kind=CaseLink.SPLIT, by=by, at=at)
    return new
