"""Objectives and evidence of an appraisal: written, agreed, changed, followed, taken away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.appraisal.forms.appraising import EvidenceForm, ObjectiveForm, ProgressForm
from moothall.appraisal.models import Appraisal, Evidence, Objective
from moothall.appraisal.rules import evidence as evidence_rules
from moothall.appraisal.rules import objectives
from moothall.core.clock import now
from moothall.core.door import signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.records.rules.documents import download_response, keep_document

from .finding import find_appraisal, find_for

BOTH = ("own", "manages")


def _page(appraisal: Appraisal) -> str:
    return reverse("appraisal", args=[appraisal.pk])


def _objective(request: StaffRequest, number: int, objective_id: int) -> tuple[Appraisal, Objective]:
    found = find_for(request, number, *BOTH)
    row = found.objectives.filter(pk=objective_id).first()
    if row is None:
        raise Http404
    return found, row


def _evidence(appraisal: Appraisal, evidence_id: int) -> Evidence:
    row = appraisal.evidence.select_related("document", "appraisal").filter(pk=evidence_id).first()
    if row is None:
        raise Http404
    return row


@signed_in
def write_objective(request: StaffRequest, number: int) -> HttpResponse:
    found = find_for(request, number, *BOTH)
    form = filled(request, ObjectiveForm, initial={"due_on": found.cycle.until_on})
    return show_form(
        request, form, title=_("Write an objective"), back=_page(found), lead=str(found.cycle),
        words=_("Written. It holds once the other side agrees."),
        rule=lambda data: objectives.write_objective(found, by=request.user, at=now(), **data),
    )  # fmt: skip


@signed_in
def change_objective(request: StaffRequest, number: int, objective_id: int) -> HttpResponse:
    found, row = _objective(request, number, objective_id)
    initial = {"text": row.text, "measure": row.measure, "due_on": row.due_on}
    return show_form(
        request, filled(request, ObjectiveForm, initial=initial), title=_("Change the objective"),
        words=_("Changed. The other side agrees to it again; how it stood stays to be read."),
        back=_page(found), lead=str(found.cycle),
        rule=lambda data: objectives.change_objective(row, by=request.user, at=now(), **data),
    )  # fmt: skip


@signed_in
@require_POST
def agree_objective(request: StaffRequest, number: int, objective_id: int) -> HttpResponse:
    found, row = _objective(request, number, objective_id)
    objectives.agree_objective(row, by=request.user, at=now())
    messages.success(request, _("Agreed."))
    return redirect(_page(found))


@signed_in
@require_POST
def agree_all(request: StaffRequest, number: int) -> HttpResponse:
    found = find_for(request, number, *BOTH)
    objectives.agree_all(found, by=request.user, at=now())
    messages.success(request, _("You agree to all of them."))
    return redirect(_page(found))


@signed_in
@require_POST
def drop_objective(request: StaffRequest, number: int, objective_id: int) -> HttpResponse:
    found, row = _objective(request, number, objective_id)
    objectives.drop_objective(row, by=request.user, at=now())
    undo = reverse("restore_objective", args=[found.pk, row.pk])
    messages.success(request, _("It is not an objective any more."), extra_tags=undo)
    return redirect(_page(found))


@signed_in
@require_POST
def restore_objective(request: StaffRequest, number: int, objective_id: int) -> HttpResponse:
    found, row = _objective(request, number, objective_id)
    objectives.restore_objective(row, by=request.user, at=now())
    messages.success(request, _("It is an objective again."))
    return redirect(_page(found))


@signed_in
def note_progress(request: StaffRequest, number: int, objective_id: int) -> HttpResponse:
    found, row = _objective(request, number, objective_id)
    return show_form(
        request, filled(request, ProgressForm, initial={"outcome": row.outcome}), title=_("Note progress"),
        words=_("Noted."), back=_page(found), lead=row.text,
        rule=lambda data: objectives.note_progress(row, by=request.user, at=now(), **data),
    )  # fmt: skip


@signed_in
def add_evidence(request: StaffRequest, number: int) -> HttpResponse:
    found = find_for(request, number, *BOTH)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return show_form(
        request, EvidenceForm(*sent, appraisal=found), title=_("Add evidence"), words=_("Added."),
        back=_page(found), lead=str(found.cycle), rule=lambda data: _add(request, found, data),
    )  # fmt: skip


def _add(request: StaffRequest, found: Appraisal, data: dict[str, Any]) -> Evidence:
    file, by, at = data["document"], request.user, now()
    kept = keep_document(file, name=file.name, by=by, at=at) if file else None
    return evidence_rules.add_evidence(
        found, text=data["text"], competencies=data["competencies"], document=kept, by=by, at=at
    )


@signed_in
@require_POST
def appraisal_document(request: StaffRequest, number: int, evidence_id: int) -> Any:
    """The document itself; who looked at it is written down."""
    found, _employment, _rights = find_appraisal(request, number)
    row = _evidence(found, evidence_id)
    if row.document is None:
        raise Http404
    evidence_rules.see_evidence(row, by=request.user, at=now())
    return download_response(row.document)


@signed_in
@require_POST
def withdraw_evidence(request: StaffRequest, number: int, evidence_id: int) -> HttpResponse:
    found = find_for(request, number, *BOTH)
    row = evidence_rules.withdraw_evidence(_evidence(found, evidence_id), by=request.user, at=now())
    undo = reverse("restore_evidence", args=[found.pk, row.pk])
    messages.success(request, _("Taken away."), extra_tags=undo)
    return redirect(_page(found))


@signed_in
@require_POST
def restore_evidence(request: StaffRequest, number: int, evidence_id: int) -> HttpResponse:
    found = find_for(request, number, *BOTH)
    evidence_rules.restore_evidence(_evidence(found, evidence_id), by=request.user, at=now())
    messages.success(request, _("It is there again."))
    return redirect(_page(found))
