"""Mentoring at the desk: who waits for a mentor, who could be one, and ending it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.appraisal.forms.growing import EndForm, MatchForm
from moothall.appraisal.models import Mentoring
from moothall.appraisal.rules import mentoring as rules
from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.workforce.models import Employment

SHOWN = 100


@needs("workforce.edit")
@require_GET
def mentoring(request: StaffRequest) -> HttpResponse:
    """Who has waited longest first, then the pairs."""
    seen = Employment.objects.visible_to(request.user)
    rows = Mentoring.objects.going_on().in_full().filter(mentee__in=seen)
    context = {
        "waiting": rows.filter(mentor=None).order_by("asked_at", "id")[:SHOWN],
        "pairs": rows.filter(mentor__isnull=False).order_by("matched_at", "id")[:SHOWN], "today": today(),
    }  # fmt: skip
    return render(request, "appraisal/mentoring.html", context)


@needs("workforce.edit")
def match_mentor(request: StaffRequest, mentoring_id: int) -> HttpResponse:
    seen = Employment.objects.visible_to(request.user)
    found = Mentoring.objects.in_full().filter(pk=mentoring_id, mentee__in=seen).first()
    if found is None:
        raise Http404
    proposed = rules.candidates(found, on=today())
    return show_form(
        request, filled(request, MatchForm, account=request.user, proposed=proposed),
        title=_("Match a mentor"), button=_("Match them"), words=_("Matched. Both are written to."),
        back=reverse("mentoring"), lead=f"{found.mentee.person.full_name}: {found.wants}",
        rule=lambda data: rules.match_mentor(found, mentor=data["chosen"], by=request.user, at=now()),
    )  # fmt: skip


@signed_in
def end_mentoring(request: StaffRequest, mentoring_id: int) -> HttpResponse:
    """Either of the two ends it, or the desk."""
    found = Mentoring.objects.in_full().filter(pk=mentoring_id).first()
    if found is None:
        raise Http404
    two = {found.mentee.person_id, found.mentor.person_id if found.mentor else None} - {None}
    one_of_them = request.user.person_id in two
    if (
        not one_of_them
        and not Employment.objects.visible_to(request.user).filter(pk=found.mentee_id).exists()
    ):
        raise Http404
    if not one_of_them and not request.user.may("workforce.edit"):
        raise PermissionDenied
    return show_form(
        request, filled(request, EndForm), title=_("End the mentoring"), words=_("Ended."),
        back=reverse("my_development") if one_of_them else reverse("mentoring"), lead=found.wants,
        rule=lambda data: rules.end_mentoring(
            found, because=data["because"], by=request.user, at=now()
        ),
    )  # fmt: skip
