"""The questions of a service: asked when a case is opened, answered on its page, corrected there."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.cases import forms
from moothall.cases.models import Case, Service
from moothall.cases.models.often_asked import current_versions
from moothall.cases.rules import asked, opening
from moothall.cases.rules.definition import ServiceDefinition, definition_of
from moothall.cases.visiting import act, bound, with_case
from moothall.core import fields
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.questions import answers_in, form_of, initial_of
from moothall.core.refusals import Refusal
from moothall.people.requests import StaffRequest


def _asked_by(service: Service | None) -> ServiceDefinition | None:
    """What the service means today, where it asks anything."""
    found = current_versions(service=service.pk) if service is not None else []
    definition = definition_of(found[0]) if found else None
    return definition if definition is not None and definition.form else None


def _questions(definition: ServiceDefinition, *sent: Any) -> fields.Form:
    """Staff may leave any of them open: not everybody who rings has all the answers."""
    kind = form_of(definition.form_fields(), language=get_language() or "en")
    return kind(*sent, prefix="answer")


@needs("cases.work")
def open_case(request: StaffRequest) -> HttpResponse:
    """What it is about, and what the service asks. Without a script the questions come on a second page."""
    posted = request.POST if request.method == "POST" else None
    wanted = _service_wanted(request)
    initial = {"service": str(wanted.pk)} if wanted is not None else {}
    form = forms.NewCaseForm(posted, account=request.user, initial=initial)
    valid = form.is_valid()
    definition = _asked_by(form.cleaned_data.get("service") if form.is_bound else wanted)
    shown = posted is not None and definition is not None and posted.get("questions_of") == definition.key
    questions = _questions(definition, posted if shown else None) if definition is not None else None
    ready = questions is None or (shown and questions.is_valid())
    if valid and ready:
        answers = answers_in(questions.cleaned_data, questions.fields) if questions is not None else {}
        try:
            case = opening.open_by_hand(form.cleaned_data, answers=answers, by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Case %s is open.") % case.reference)
            return redirect("case_page", reference=case.reference)
    context = {
        "form": form,
        "questions": questions,
        "definition": definition,
        "more": bool(posted) and not shown,
    }
    wrong = form.errors or (questions is not None and questions.errors)
    return render(request, "cases/open_case.html", context, status=422 if wrong else 200)


def _service_wanted(request: StaffRequest) -> Service | None:
    """The service an address asks for: /cases/new/?service=course-booking."""
    key = request.GET.get("service", "")
    return Service.objects.filter(key=key, retired_at=None).first() if key else None


@require_GET
@needs("cases.work")
def case_questions(request: StaffRequest) -> HttpResponse:
    """What the chosen service asks, as a part of the page on which a case is opened."""
    key = request.GET.get("service", "")
    service = Service.objects.filter(pk=int(key), retired_at=None).first() if key.isdecimal() else None
    definition = _asked_by(service)
    questions = _questions(definition) if definition is not None else None
    context = {"questions": questions, "definition": definition}
    return render(request, "cases/parts/questions.html", context)


@needs("cases.work")
@with_case
def edit_answers(request: StaffRequest, case: Case) -> HttpResponse:
    definition = definition_of(case.version)
    questions = list(definition.form_fields())
    kind = form_of(questions, language=get_language() or "en", base=forms.EditionForm)
    form = bound(request, kind, initial=initial_of(case.answers, questions) | {"edition": case.edition})
    return act(
        request, case, form, title=_("What they answered"), button=_("Save"), words=_("Saved."),
        rule=lambda data: asked.change_answers(
            case, answers=answers_in(data, definition.form.get("properties", {})), by=request.user, at=now(),
            edition=data["edition"],
        ),
    )  # fmt: skip
