"""Offers at the desk: drawn up with the letter before one’s eyes, taken back, and entered among the staff."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.refusals import Refusal
from moothall.people.requests import StaffRequest
from moothall.recruitment.finding import application_to_run, find_application
from moothall.recruitment.forms import WhyForm
from moothall.recruitment.forms.check import OfferForm, StaffForm
from moothall.recruitment.models import Application, Offer
from moothall.recruitment.rules import offers
from moothall.workforce.beginnings import questions_about

FORTNIGHT = dt.timedelta(days=14)


def _kind_next(application: Application) -> str:
    return Offer.FINAL if application.offers.standing().exists() else Offer.CONDITIONAL


@require_http_methods(["GET", "POST"])
@needs("cases.work")
def make_offer(request: StaffRequest, number: int) -> HttpResponse:
    """First the letter is shown as it would go out; then it goes."""
    found = application_to_run(request.user, number)
    known = offers.suggested(found, _kind_next(found))
    form = filled(request, OfferForm, initial=known | {"answer_by": today() + FORTNIGHT})
    letter = None
    if request.method == "POST" and form.is_valid():
        content = form.content(known.get("post"))
        try:
            letter = offers.preview(found, content, at=now())
            if "send" in request.POST:
                offers.make_offer(found, content, by=request.user, at=now())
                return redirect("application", number=number)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"application": found, "form": form, "letter": letter}
    return render(request, "recruitment/make_offer.html", context, status=422 if form.errors else 200)


def _offer(application: Application, number: int) -> Offer:
    found = application.offers.filter(pk=number).in_full().first()
    if found is None:
        raise Http404
    return found


@needs("cases.work")
def take_back_offer(request: StaffRequest, number: int, offer: int) -> HttpResponse:
    """Made by mistake, or because a condition is not met."""
    found = application_to_run(request.user, number)
    held = _offer(found, offer)
    return show_form(
        request, filled(request, WhyForm), title=_("Take an offer back"),
        lead=found.applicant.person.full_name,
        warning=True, button=_("Take it back"), words=_("The offer is taken back. Tell the applicant why."),
        back=reverse("application", args=[number]),
        rule=lambda data: offers.take_back_offer(held, by=request.user, at=now(), **data),
    )  # fmt: skip


@needs("workforce.edit")
def enter_among_staff(request: StaffRequest, number: int, offer: int) -> HttpResponse:
    """Whoever accepted the final offer is on record; their hours, first day and job come from the offer."""
    found = find_application(request.user, number)
    held = _offer(found, offer)
    asked = questions_about(found.route.key)
    known = {"post": held.post} if held.post else {}
    form = filled(request, StaffForm, by=request.user, questions=asked, initial=known)
    return show_form(
        request, form, title=_("Enter them among the staff"), lead=found.applicant.person.full_name,
        button=_("Enter them"),
        words=_("They are on record, with what they are to be given, their clearances and their cohort."),
        back=reverse("application", args=[number]),
        undo=lambda _made: reverse("take_back_start", args=[number, offer]),
        rule=lambda data: offers.enter_among_staff(held, by=request.user, at=now(), **data),
        onward=lambda made: reverse("staff_record", args=[made.number]),
    )  # fmt: skip


@require_POST
@needs("workforce.edit")
def take_back_start(request: StaffRequest, number: int, offer: int) -> HttpResponse:
    """Entered by mistake: until their first day they can be entered again."""
    held = _offer(find_application(request.user, number), offer)
    offers.take_back_start_of(held, by=request.user, at=now(), today=today())
    messages.success(request, _("Taken back: they are not on record, nor in a cohort."))
    return redirect("application", number=number)
