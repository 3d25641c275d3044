"""The shortlist at the desk: who marks, how far they are, what is settled, and closing it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.recruitment.finding import application_to_run, campaign_to_run, find_campaign, may_run
from moothall.recruitment.forms import language_now
from moothall.recruitment.forms.marking import AgreeForm, CloseForm, MarkerForm
from moothall.recruitment.models import Application, Sifted
from moothall.recruitment.rules import shortlisting as rules
from moothall.recruitment.rules.merit import criteria_of, standings
from moothall.recruitment.rules.settling import marks_on, written_to

LEAST, SHOWN = 2, 500


@require_GET
@needs("cases.view")
def shortlist(request: StaffRequest, number: int) -> HttpResponse:
    """Markers and how far they are; applications by their marks, by number alone."""
    found = find_campaign(request.user, number)
    seen = Application.objects.visible_to(request.user).filter(campaign=found)
    decided = Sifted.objects.standing().filter(application__in=seen.order_by().values("pk"))
    rows = seen.running().order_by("number")[:SHOWN]
    context = {
        "campaign": found, "markers": found.markers.standing().select_related("account"),
        "criteria": criteria_of(found), "standings": standings(found, rows, least=LEAST),
        "decided": decided.select_related("application", "reason"), "runs": may_run(request.user, found),
    }  # fmt: skip
    return render(request, "recruitment/shortlist.html", context)


@needs("cases.work")
def name_marker(request: StaffRequest, number: int) -> HttpResponse:
    found = campaign_to_run(request.user, number)
    return show_form(
        request, filled(request, MarkerForm), title=_("Name a marker"), button=_("Name them"),
        lead=_("Somebody who cannot see who applied. They find the applications in their own menu."),
        words=_("They mark for this campaign."), back=reverse("shortlist", args=[number]),
        rule=lambda data: rules.name_marker(found, by=request.user, at=now(), **data),
        undo=lambda made: reverse("let_go_marker", args=[number, made.pk]),
    )  # fmt: skip


@require_POST
@needs("cases.work")
def let_go_marker(request: StaffRequest, number: int, marker: int) -> HttpResponse:
    found = campaign_to_run(request.user, number)
    held = found.markers.filter(pk=marker).select_related("campaign").first()
    if held is None:
        raise Http404
    rules.let_go_marker(held, by=request.user, at=now())
    return redirect("shortlist", number=number)


@needs("cases.work")
def agree_mark(request: StaffRequest, number: int, criterion: int) -> HttpResponse:
    """What the markers settled on, with what was written and what each of them gave."""
    found = application_to_run(request.user, number)
    asked = next((each for each in criteria_of(found.campaign) if each.pk == criterion), None)
    if asked is None:
        raise Http404
    return show_form(
        request, filled(request, AgreeForm), title=_("Settle a mark"),
        lead=f"{found.number}: {asked.name_in(language_now())}",
        button=_("Settle it"), words=_("It is settled; the markers’ own marks stay as they were."),
        back=reverse("shortlist", args=[found.campaign_id]), template="recruitment/agree_mark.html",
        context={"written": written_to(found, asked), "given": marks_on(found, asked)},
        rule=lambda data: rules.agree(found, criterion=criterion, by=request.user, at=now(), **data),
    )  # fmt: skip


@needs("cases.work")
def close_shortlist(request: StaffRequest, number: int) -> HttpResponse:
    """Everybody decided at once."""
    found = campaign_to_run(request.user, number)
    return show_form(
        request, filled(request, CloseForm), title=_("Close the shortlist"), button=_("Close it"),
        warning=True,
        words=_("The shortlist is closed. Each decision has its reason."),
        back=reverse("shortlist", args=[number]),
        rule=lambda data: rules.close_shortlist(found, by=request.user, at=now(), **data),
        undo=lambda _made: reverse("reopen_shortlist", args=[number]),
    )  # fmt: skip


@require_POST
@needs("cases.work")
def reopen_shortlist(request: StaffRequest, number: int) -> HttpResponse:
    rules.reopen_shortlist(campaign_to_run(request.user, number), by=request.user, at=now())
    return redirect("shortlist", number=number)
