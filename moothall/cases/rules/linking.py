"""Cases that belong together: related, duplicate, merged, split off. Every link can be undone."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, CaseLink, Entry, EntryDocument, Service
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .assigning import refuse_if_closed
from .changing import change_case, lock, undone_by
from .closing import close_case
from .opening import open_case
from .timeline import index_words


class SameCase(Refusal):
    sentence = _("That is this same case.")
    next_step = _("Give the reference of another case.")


class LinkedAlready(Refusal):
    sentence = _("These two cases are linked already.")


@transaction.atomic
def link_cases(
    case: Case,
    other: Case,
    *,
    kind: str,
    by: Account | None,
    at: dt.datetime,
    detail: dict[str, object] | None = None,
) -> CaseLink:
    """Say how two cases belong together."""
    if case.pk == other.pk:
        raise SameCase
    if CaseLink.objects.filter(case=case, other=other, kind=kind, ended_at=None).exists():
        raise LinkedAlready
    link = CaseLink.objects.create(
        case=case, other=other, kind=kind, made_by=by, made_at=at, detail=detail or {}
    )
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
def merge_case(case: Case, *, into: Case, by: Account, at: dt.datetime) -> CaseLink:
    """This case is part of another: its timeline moves there, and it closes as merged."""
    if case.pk == into.pk:
        raise SameCase
    refuse_if_closed(case)
    lock(min(case, into, key=lambda each: each.pk))
    lock(max(case, into, key=lambda each: each.pk))
    moved = list(case.entries.exclude(kind=Entry.CHANGE).order_by("id").values_list("id", flat=True))
    words = "\n".join(case.entries.filter(pk__in=moved).values_list("text", flat=True))
    Entry.objects.filter(pk__in=moved).update(case=into)
    index_words(into, text=f"{case.reference} {case.title}\n{words}")
    came_back = into.came_back_at or case.came_back_at
    close_case(case, by=by, at=at, outcome="merged")
    Case.objects.filter(pk=case.pk).update(merged_into=into)
    Case.objects.filter(pk=into.pk).update(came_back_at=came_back)
    case.merged_into = into
    return link_cases(case, into, kind=CaseLink.MERGED, by=by, at=at, detail={"entries": moved})


@transaction.atomic
def unmerge_case(link: CaseLink, *, by: Account, at: dt.datetime) -> None:
    """Take two merged cases apart again: each gets back what was its own."""
    from .closing import reopen_case

    Entry.objects.filter(pk__in=link.detail.get("entries", []), case=link.other).update(case=link.case)
    case = lock(link.case)
    if case.is_closed:
        reopen_case(case, by=by, at=at, because=str(_("Separated from %s") % link.other.reference))
    CaseLink.objects.filter(pk=link.pk).update(ended_at=at, ended_by=by)
    append_audit("cases.unmerge", about=case, by=by, at=at, detail={"from": link.other_id})


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
    attached = list(entry.attached.all())
    copy = Entry.objects.create(
        case=new, kind=entry.kind, at=entry.at, by=entry.by, person=entry.person, sender=entry.sender,
        recipients=entry.recipients, subject=entry.subject, text=entry.text, quoted=entry.quoted,
        html=entry.html, detail={"split_from": case.reference},
    )  # fmt: skip
    EntryDocument.objects.bulk_create(
        EntryDocument(entry=copy, document_id=each.document_id, name=each.name, inline=each.inline,
                      content_id=each.content_id)
        for each in attached
    )  # fmt: skip
    link_cases(case, new, kind=CaseLink.SPLIT, by=by, at=at)
    return new
