"""Somebody asks that something about them be changed; what needs nobody's word is changed at once."""

import datetime as dt
from collections.abc import Mapping

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from moothall.cases.models import Case, Service
from moothall.cases.rules.opening import open_case
from moothall.core.refusals import Refusal
from moothall.people.models import Account, ContactPoint
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import DetailChange, DetailKind, Employment
from moothall.workforce.rules.assigning import hold
from moothall.workforce.rules.file import file_papers

from .applying import apply_change, close_with

SERVICES = ("personal_change", "details-change")
POINTS = {
    DetailKind.ADDRESS: ContactPoint.POST, DetailKind.PHONE: ContactPoint.PHONE,
    DetailKind.EMAIL: ContactPoint.EMAIL,
}  # fmt: skip


class OneWaits(Refusal):
    sentence = gettext_lazy("A change of this waits already.")
    next_step = gettext_lazy("Take that back first, or wait until it is decided.")


class PaperNeeded(Refusal):
    sentence = gettext_lazy("A paper that shows the change is needed, such as a certificate.")
    next_step = gettext_lazy("Choose a picture or a PDF of it.")


class NothingNew(Refusal):
    sentence = gettext_lazy("That is what the record says already.")


class DecidedAlready(Refusal):
    sentence = gettext_lazy("This has been decided, or taken back, already.")
    next_step = gettext_lazy("Look at it again.")


def as_it_stands(employment: Employment, kind: DetailKind) -> str:
    """What the record says of it now: the way to reach them that is used first."""
    person = employment.person
    if kind.changes == DetailKind.NAME:
        return person.full_name
    if kind.changes == DetailKind.KNOWN_AS:
        return person.known_as
    points = ContactPoint.objects.in_use().filter(person=person, kind=POINTS[kind.changes])
    return points.order_by("-preferred", "id").values_list("value", flat=True).first() or ""


@transaction.atomic
def ask_for_change(
    employment: Employment, *, kind: DetailKind, after: str, from_on: dt.date, by: Account, at: dt.datetime,
    said: Mapping[str, str] | None = None, evidence: UploadedFile | None = None, today: dt.date,
) -> DetailChange:  # fmt: skip
    """Keep what they ask for, with old and new; change it at once where its kind lets them."""
    held = hold(employment)
    if DetailChange.objects.waiting().filter(employment=held, kind=kind).exists():
        raise OneWaits
    before = as_it_stands(held, kind)
    if before == after.strip():
        raise NothingNew
    if kind.way == DetailKind.EVIDENCE and (evidence is None or kind.evidence_class is None):
        raise PaperNeeded
    papers = (
        file_papers(held, [evidence], file_class=kind.evidence_class, by=by, at=at)
        if evidence is not None and kind.evidence_class is not None else []
    )  # fmt: skip
    at_once = kind.way == DetailKind.AT_ONCE
    change = DetailChange.objects.create(
        employment=held, kind=kind, before=before, after=after.strip(), said=dict(said or {}),
        from_on=from_on, evidence=papers[0] if papers else None, asked_at=at, asked_by=by,
        accepted=True if at_once else None, decided_at=at if at_once else None,
        case=None if at_once else _case_for(held, kind, by=by, at=at),
    )  # fmt: skip
    append_audit("workforce.ask_detail", about=held, by=by, at=at, detail={"kind": kind.key})
    if at_once and from_on <= today:
        apply_change(change, by=by, at=at)
    return change


def _case_for(employment: Employment, kind: DetailKind, *, by: Account, at: dt.datetime) -> Case | None:
    """The case it hangs on, where the office has such a service. Its title says no old or new value."""
    rows = Service.objects.filter(key__in=SERVICES, retired_at=None).select_related("team")
    service = min(rows, key=lambda row: SERVICES.index(row.key), default=None)
    if service is None:
        return None
    person = employment.person
    with override("cy" if person.language == "cy" else "en-gb"):
        title = _("Personal details: %(kind)s") % {"kind": kind.name_in(person.language or "en")}
    return open_case(
        service, at=at, title=title, channel="form", received_at=at, by=by, requester=person, subject=person,
        language=person.language, confidentiality=Case.TEAM,
    )  # fmt: skip


@transaction.atomic
def withdraw_change(change: DetailChange, *, by: Account, at: dt.datetime) -> DetailChange:
    """They do not ask for it any more."""
    if not DetailChange.objects.waiting().filter(pk=change.pk).update(withdrawn_at=at):
        raise DecidedAlready
    close_with(change, "refused", _("Taken back by the person."), by=by, at=at)
    append_audit("workforce.withdraw_detail", about=change.employment, by=by, at=at,
                 detail={"kind": change.kind.key})  # fmt: skip
    return change
