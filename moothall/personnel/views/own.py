"""My requests: what I asked for, asking for flexible working, and telling of family leave."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from moothall.core.clock import now, today
from moothall.core.door import signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.personnel import forms
from moothall.personnel.models import FamilyLeave, FlexibleRequest, SharedNotice
from moothall.personnel.rules import family, flexible

from .finding import own_employment

SHOWN = 40


@require_GET
@signed_in
def my_requests(request: StaffRequest) -> HttpResponse:
    """Requests and family leave of one's own, the newest first."""
    person = request.user.person_id
    employment = own_employment(request)
    context = {
        "employment": employment,
        "today": today(),
        "requests": FlexibleRequest.objects.filter(employment__person=person).shown()[:SHOWN]
        if person
        else [],
        "leaves": FamilyLeave.objects.filter(employment__person=person)[:SHOWN] if person else [],
        "notices": SharedNotice.objects.filter(employment__person=person)[:SHOWN] if person else [],
        "rule": flexible.rule_for(employment, today()) if employment else None,
    }
    return render(request, "personnel/mine.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def ask_flexible(request: StaffRequest) -> HttpResponse:
    employment = own_employment(request)
    if employment is None:
        raise Http404
    form = filled(request, forms.AskFlexibleForm)
    return show_form(
        request,
        form,
        title=_("Ask to work flexibly"),
        back=reverse("my_requests"),
        button=_("Send"),
        lead=_("Your manager and those who keep staff records read it. It is dated today."),
        words=_("Sent. You see here how it stands."),
        onward=lambda made: reverse("flexible_page", args=[made.pk]),
        undo=lambda made: reverse("withdraw_flexible", args=[made.pk]),
        rule=lambda data: flexible.ask_flexible(
            employment,
            asks_for=data["asks_for"],
            effect=data["effect"],
            wanted_from=data["wanted_from"],
            received_on=today(),
            wanted=form.wanted(),
            by=request.user,
            at=now(),
        ),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def ask_family_leave(request: StaffRequest) -> HttpResponse:
    employment = own_employment(request)
    if employment is None:
        raise Http404
    return show_form(
        request,
        filled(request, forms.AskFamilyForm),
        title=_("Tell of family leave"),
        back=reverse("my_requests"),
        button=_("Send"),
        lead=_("Only those who see what is private read which leave it is. Your manager sees the days."),
        words=_("Sent. Every date of your leave stands here."),
        onward=lambda made: reverse("family_page", args=[made.pk]),
        rule=lambda data: family.enter_leave(
            employment, **data, notified_on=today(), by=request.user, at=now()
        ),
    )
