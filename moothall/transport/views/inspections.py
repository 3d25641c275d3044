"""One audit or visit: filled in question by question, finished, told to the contractor, withdrawn."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.records.models import Document
from moothall.records.rules.documents import download_response, keep_document
from moothall.transport.finding import managing
from moothall.transport.forms import BecauseForm
from moothall.transport.forms.auditing import AnswerForm, AuditorForm, FinishForm
from moothall.transport.models import ChecklistQuestion, Evidence, Inspection
from moothall.transport.models.passenger import manages
from moothall.transport.rules import auditing
from moothall.transport.rules.audit_letters import letter_about, tell_contractor

from .audits import named


def inspection_for(account: Account, number: int) -> Inspection:
    found = Inspection.objects.visible_to(account).in_full().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def page_of(inspection: Inspection) -> str:
    return reverse("inspection", args=[inspection.pk])


def lead_of(inspection: Inspection) -> str:
    """Whom or what it looks at, in a line."""
    return ": ".join(part for part in (named(inspection.firm_or_centre), inspection.looked_at) if part)


def kept(files: Iterable[Any], *, by: Account) -> list[Document]:
    """Files that came with a form, checked and kept."""
    return [keep_document(each, name=each.name, by=by, at=now()) for each in files]


@needs("transport.use")
@require_GET
def inspection(request: StaffRequest, number: int) -> HttpResponse:
    """All its questions with what was seen, what was found, and what can be done."""
    found = inspection_for(request.user, number)
    shown: dict[int | None, list[Evidence]] = defaultdict(list)
    for each in found.evidence.standing().filter(step=None).select_related("document"):
        shown[each.question_id].append(each)
    answers = {each.question_id: each for each in found.answers.all()}
    questions = [
        (each, answers.get(each.pk), shown[each.pk]) for each in found.checklist.questions.order_by("place")
    ]
    letters = Letter.objects.about(found._meta.label_lower, found.pk).visible_to(request.user)
    context: dict[str, Any] = {
        "inspection": found, "lead": lead_of(found), "questions": questions, "day": today(),
        "next": next((one.place for one, said, _e in questions if said is None), None),
        "answered": len(answers),
        "findings": found.findings.select_related("question", "owner", "sanction"), "letters": letters,
        "manages": manages(request.user),
    }  # fmt: skip
    return render(request, "transport/inspection.html", context)


@needs("transport.use")
def answer_question(request: StaffRequest, number: int, place: int) -> HttpResponse:
    """One question on a page of its own, then on to the next that has no answer."""
    found = inspection_for(request.user, number)
    question = found.checklist.questions.filter(place=place).first()
    if question is None:
        raise Http404
    known = found.answers.filter(question=question).first()
    initial = {"said": known.said, "note": known.note} if known else {}
    form = filled(request, AnswerForm, question=question, initial=initial, files=request.FILES or None)

    def save(data: dict[str, Any]) -> Any:
        photos = kept(data.pop("photos"), by=request.user)
        return auditing.answer(found, question=question, photos=photos, **data, by=request.user, at=now())

    said = {"place": place, "count": found.checklist.questions.count(), "of": lead_of(found)}
    return show_form(
        request, form, title=question.name_in(get_language() or "en"), rule=save, words=_("Kept."),
        lead=_("Question %(place)s of %(count)s · %(of)s") % said, button=_("Keep and go on"),
        back=page_of(found), onward=lambda _made: _onward(found, question),
    )  # fmt: skip


def _onward(inspection: Inspection, question: ChecklistQuestion) -> str:
    """The next question without an answer, after this one first; else the page with all of them."""
    answered = inspection.answers.values("question")
    waiting = inspection.checklist.questions.exclude(pk__in=answered).order_by("place")
    open_places = list(waiting.values_list("place", flat=True))
    after = [place for place in open_places if place > question.place]
    if not open_places:
        return page_of(inspection)
    return reverse("answer_question", args=[inspection.pk, (after or open_places)[0]])


@needs("transport.use")
def finish_inspection(request: StaffRequest, number: int) -> HttpResponse:
    found = inspection_for(request.user, number)
    form = filled(request, FinishForm, initial={"carried_out_on": min(found.planned_on, today())})
    return show_form(
        request, form, title=_("Finish it"), lead=lead_of(found), back=page_of(found),
        button=_("Work out the result"), undo=lambda held: reverse("open_inspection_again", args=[held.pk]),
        words=_("Finished. What was not met is now a finding with a deadline."),
        rule=lambda data: auditing.finish(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_POST
def open_inspection_again(request: StaffRequest, number: int) -> HttpResponse:
    found = inspection_for(request.user, number)
    auditing.open_again(found, by=request.user, at=now())
    messages.success(request, _("It can be filled in again. Its findings stay."))
    return redirect("inspection", number)


@needs("transport.use")
@managing
def move_inspection(request: StaffRequest, number: int) -> HttpResponse:
    found = inspection_for(request.user, number)
    form = filled(request, AuditorForm, initial={"planned_on": found.planned_on, "auditor": found.auditor_id})
    return show_form(
        request, form, title=_("Another day, or somebody else"), lead=lead_of(found), back=page_of(found),
        words=_("It is on record."),
        rule=lambda data: auditing.move_inspection(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@managing
def withdraw_inspection(request: StaffRequest, number: int) -> HttpResponse:
    found = inspection_for(request.user, number)
    return show_form(
        request, filled(request, BecauseForm), title=_("Withdraw it"), lead=lead_of(found), warning=True,
        button=_("Withdraw it"), words=_("Withdrawn. It counts no more, and its findings rest."),
        back=page_of(found), undo=lambda held: reverse("restore_inspection", args=[held.pk]),
        rule=lambda data: auditing.withdraw_inspection(
            found, because=data["because"], by=request.user, at=now()
        ),
    )  # fmt: skip


@needs("transport.use")
@require_POST
@managing
def restore_inspection(request: StaffRequest, number: int) -> HttpResponse:
    found = inspection_for(request.user, number)
    auditing.restore_inspection(found, by=request.user, at=now())
    messages.success(request, _("It was not withdrawn after all."))
    return redirect("inspection", number)


@needs("transport.use")
@managing
def tell_of_audit(request: StaffRequest, number: int) -> HttpResponse:
    """The letter as the contractor would have it, and the press that sends it."""
    found = inspection_for(request.user, number)
    if request.method == "POST":
        tell_contractor(found, by=request.user, at=now())
        messages.success(request, _("The letter is in the outbox."))
        return redirect("inspection", number)
    letter = letter_about(found, by=request.user, at=now())
    context = {"inspection": found, "lead": lead_of(found), "letter": letter}
    return render(request, "transport/audit_letter.html", context)


def evidence_for(account: Account, number: int) -> Evidence:
    rows = Evidence.objects.visible_to(account).select_related("document", "inspection", "step")
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _page_with(evidence: Evidence) -> str:
    if evidence.step is not None:
        return reverse("finding", args=[evidence.step.finding_id])
    return page_of(evidence.inspection)


@needs("transport.use")
@require_GET
def evidence(request: StaffRequest, number: int) -> Any:
    """The photo or paper itself, shown where that is safe; one that was taken away is not given out."""
    found = evidence_for(request.user, number)
    if found.withdrawn_at is not None:
        raise Http404
    return download_response(found.document, inline=True)


@needs("transport.use")
@require_POST
def take_away_evidence(request: StaffRequest, number: int) -> HttpResponse:
    found = evidence_for(request.user, number)
    auditing.take_away_evidence(found, by=request.user, at=now())
    undo = reverse("put_back_evidence", args=[found.pk])
    messages.success(request, _("Taken away. It is kept, and can be put back."), extra_tags=undo)
    return redirect(_page_with(found))


@needs("transport.use")
@require_POST
def put_back_evidence(request: StaffRequest, number: int) -> HttpResponse:
    found = evidence_for(request.user, number)
    auditing.put_back_evidence(found, by=request.user, at=now())
    messages.success(request, _("It is back."))
    return redirect(_page_with(found))
