"""The day of whoever assesses: whom they see when and where, their own marks, and whom they know."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now
from moothall.core.door import signed_in
from moothall.core.form_pages import filled, show_form
from moothall.core.serving import for_the_office
from moothall.people.requests import StaffRequest
from moothall.recruitment.forms import language_now
from moothall.recruitment.forms.events import ConflictForm, ScoreForm
from moothall.recruitment.models import EventAssessor
from moothall.recruitment.rules import event_scoring as rules
from moothall.recruitment.rules import event_setup

from .event_finding import own_assessor


@require_GET
@signed_in
def my_assessing(request: StaffRequest) -> HttpResponse:
    """The events somebody assesses at."""
    rows = EventAssessor.objects.of(request.user).prefetch_related("event__days")
    return render(request, "recruitment/my_assessing.html", {"assessors": rows})


@require_GET
@signed_in
def my_assessing_day(request: StaffRequest, assessor: int) -> HttpResponse:
    """Theirs alone, in order of time."""
    found = own_assessor(request.user, assessor)
    lines = rules.day_of_assessor(found, language_now())
    scored = {
        (one.candidate_id, one.exercise_id) for each in lines for one in each.scores
        if one.assessor_id == found.pk
    }  # fmt: skip
    rows = [(each, (each.candidate, each.exercise) in scored) for each in lines]
    left = sum(not done and not each.interprets for each, done in rows)
    context = {"assessor": found, "rows": rows, "left": left}
    return render(request, "recruitment/my_assessing_day.html", context)


@signed_in
def score_candidate(request: StaffRequest, assessor: int, candidate: int, exercise: int) -> HttpResponse:
    """One mark and its reason; handed in, what was given, and the others' once all are in."""
    found = own_assessor(request.user, assessor)
    line = rules.line_to_score(found, candidate=candidate, exercise=exercise, language=language_now())
    if line is None:
        raise Http404
    own = next((each for each in line.scores if each.assessor_id == found.pk), None)
    return show_form(
        request, filled(request, ScoreForm, best=line.best), title=line.name, lead=line.what,
        button=_("Hand in"), back=reverse("my_assessing_day", args=[assessor]),
        words=_("Your mark is handed in. The others of the panel do not see it before theirs are."),
        undo=lambda _made: reverse("take_back_score", args=[assessor, candidate, exercise]),
        rule=lambda data: rules.hand_in_score(
            found, candidate=candidate, exercise=exercise, at=now(), **data
        ),
        template="recruitment/score_candidate.html",
        context={"line": line, "own": own, "assessor": found},
    )  # fmt: skip


@require_POST
@signed_in
def take_back_score(request: StaffRequest, assessor: int, candidate: int, exercise: int) -> HttpResponse:
    found = own_assessor(request.user, assessor)
    rules.take_back_score(found, candidate=candidate, exercise=exercise, at=now())
    return redirect("score_candidate", assessor=assessor, candidate=candidate, exercise=exercise)


@signed_in
@for_the_office()
def my_conflicts(request: StaffRequest, assessor: int) -> HttpResponse:
    """Whoever knows a candidate says so before the day."""
    found = own_assessor(request.user, assessor)
    people = found.event.candidates.standing().in_full()
    rows = [(each.pk, each.application.applicant.person.full_name, each) for each in people]
    form = filled(request, ConflictForm, rows=rows, label=_("Whom do you know?"))
    return show_form(
        request, form, title=_("Say whom you know"), lead=found.event.name_in(language_now()),
        words=_("Thank you. You will not assess them in the next plan."), button=_("Say so"),
        back=reverse("my_assessing_day", args=[assessor]),
        rule=lambda data: event_setup.declare_conflict(
            found, candidate=form.chosen(), kind=data["kind"], by=request.user, at=now()
        ),
    )  # fmt: skip
