"""The case page: who and what, what is due and whose turn it is, steps, and the timeline."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from moothall.cases import forms
from moothall.cases.models import Case, Entry, EntryDocument, Step
from moothall.cases.models.attention import reasons_for, told_to
from moothall.cases.models.often_asked import clocks_of, newest_entries_of, steps_of
from moothall.cases.offering import offers_for
from moothall.cases.panels import case_panels_for
from moothall.cases.rules import changing, timeline
from moothall.cases.rules.access import may_read
from moothall.cases.rules.called import emergencies_on
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.picturing import page_with_pictures
from moothall.cases.rules.reading import FILE, note_read
from moothall.cases.visiting import act, bound, done, find_case, linked_to, may_act_here, with_case
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.parts import render_page_or_part
from moothall.people.before_contact import care_for
from moothall.people.models import CautionMarker, ContactPoint
from moothall.people.models.often_asked import cautions_of, ways_to_reach
from moothall.people.requests import StaffRequest
from moothall.records.rules.documents import download_response, keep_document

SHOWN = 40
FRAME_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)


@require_GET
@needs("cases.view")
@with_case
def case_page(request: StaffRequest, case: Case) -> HttpResponse:
    first, rest = offers_for(request, case)
    steps = steps_of(case=case.pk)
    context = {
        "case": case,
        "first_actions": first,
        "other_actions": rest,
        "reasons": told_to(request.user.pk, case, reasons_for(case, on=today())),
        "steps": steps,
        "steps_done": sum(step.state in {Step.DONE, Step.SKIPPED} for step in steps),
        "clocks": clocks_of(case=case.pk),
        "cautions": _cautions(case),
        "care": care_for(request.user, case.requester_id, on=today()),
        "reach": _reach(case),
        "links": linked_to(case, request.user),
        "outcome": _outcome_name(case),
        "panels": case_panels_for(request.user, case),
        "emergencies": emergencies_on(case, at=now()),
        "today": today(),
        **_timeline(request, case),
    }
    return render_page_or_part(request, "cases/case.html", "cases/parts/timeline.html", context)


def _cautions(case: Case) -> list[CautionMarker]:
    if case.requester_id is None:
        return []
    return cautions_of(person=case.requester_id, on=today())


def _reach(case: Case) -> list[ContactPoint]:
    """The mail addresses and telephone numbers of whoever asked."""
    if case.requester_id is None:
        return []
    return ways_to_reach(person=case.requester_id, most=4)


def _timeline(request: StaffRequest, case: Case) -> dict[str, Any]:
    """The newest entries; `before` goes further back. Filtered to messages alone with `show=messages`."""
    show = request.GET.get("show", "")
    left_out = (Entry.CHANGE, Entry.STEP) if show == "messages" else ()
    before = request.GET.get("before", "")
    mark = case.entries.filter(pk=before).first() if before.isdigit() else None
    if mark is None:
        found = newest_entries_of(case=case.pk, left_out=left_out, most=SHOWN + 1)
    else:
        older = case.entries.timeline().exclude(kind__in=left_out)
        found = list(older.filter(Q(at__lt=mark.at) | Q(at=mark.at, id__lt=mark.pk))[: SHOWN + 1])
    attached = Prefetch("attached", EntryDocument.objects.select_related("document"))
    prefetch_related_objects(found, attached)
    return {
        "entries": found[:SHOWN],
        "older": found[SHOWN - 1].pk if len(found) > SHOWN else None,
        "show": show,
    }


def _outcome_name(case: Case) -> str:
    if not case.outcome:
        return ""
    return definition_of(case.version).outcome_name(case.outcome, get_language() or "en")


@needs("cases.work")
@with_case
def add_note(request: StaffRequest, case: Case) -> HttpResponse:
    def write(data: dict[str, Any]) -> None:
        at = now()
        documents = [keep_document(f, name=f.name, by=request.user, at=at) for f in data["attachments"]]
        timeline.write_note(case, text=data["text"], by=request.user, at=at, documents=documents)

    return act(
        request, case, bound(request, forms.NoteForm), title=_("Note"), button=_("Save note"),
        words=_("Note saved."), rule=write,
    )  # fmt: skip


@needs("cases.work")
@with_case
def add_call(request: StaffRequest, case: Case) -> HttpResponse:
    def write(data: dict[str, Any]) -> None:
        kind = Entry.COUNTER if data["at_counter"] else Entry.CALL
        timeline.log_call(
            case, text=data["text"], by=request.user, at=now(), person=case.requester,
            minutes=data["minutes"], kind=kind,
        )  # fmt: skip

    return act(
        request, case, bound(request, forms.CallForm), title=_("Log a call"), button=_("Save call"),
        words=_("Call logged."), rule=write, contact=True,
    )  # fmt: skip


@require_POST
@needs("cases.work")
def undo_change(request: StaffRequest, entry_id: int) -> HttpResponse:
    entry = Entry.objects.filter(pk=entry_id).select_related("case").first()
    if entry is None:
        raise Http404
    case = find_case(request, entry.case.reference)
    if not may_act_here(request, case):
        raise PermissionDenied
    if not may_read(case, request.user, at=now()):
        return redirect("ask_to_read", reference=case.reference)
    changing.undo_change(entry, by=request.user, at=now())
    return done(request, case, _("Undone."))


@require_GET
@needs("cases.view")
@with_case
def case_document(request: StaffRequest, case: Case, attached_id: int) -> FileResponse:
    found = EntryDocument.objects.filter(pk=attached_id, entry__case=case).select_related("document").first()
    if found is None:
        raise Http404
    note_read(case, by=request.user, at=now(), what=FILE, name=found.name)
    return download_response(found.document, name=found.name)


@require_GET
@needs("cases.view")
@xframe_options_sameorigin
@with_case
def message_frame(request: StaffRequest, case: Case, entry_id: int) -> HttpResponse:
    """The cleaned HTML of a message, for a sandboxed frame: no scripts, nothing fetched from outside."""
    entry = case.entries.filter(pk=entry_id).first()
    if entry is None or not entry.html:
        raise Http404
    response = HttpResponse(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Message</title>'
        '<base target="_blank"></head><body style="font-family: arial, sans-serif; font-size: 15px">'
        f"{page_with_pictures(entry)}</body></html>"
    )
    response["Content-Security-Policy"] = FRAME_POLICY
    response.csp_exempt = True  # type: ignore[attr-defined]
    return response
