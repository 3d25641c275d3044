"""One's own retirement: asking about it, giving notice, thinking better of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from moothall.core.clock import now, today
from moothall.core.door import signed_in
from moothall.core.fields import Form
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.terms.forms import RetireForm
from moothall.terms.models import Term
from moothall.terms.rules import retiring
from moothall.workforce.models import Employment


@require_http_methods(["GET", "POST"])
@signed_in
def ask_to_retire(request: StaffRequest) -> HttpResponse:
    held = Employment.objects.of_account(request.user).in_force(today())
    employment = held.select_related("person").order_by("started_on", "id").first()
    if employment is None:
        raise Http404
    return show_form(
        request, filled(request, RetireForm), title=_("Ask about retiring"), button=_("Ask"),
        lead=_(
            "This is a question and no notice. We ask for an estimate of your pension, and nothing changes. "
            "Your manager sees the day you give, and not whether it is for ill health."
        ),
        words=_("We have your question. The steps stand here."), back=reverse("falling_due"),
        onward=lambda made: reverse("term", args=[made.pk]),
        undo=lambda made: reverse("take_back_retirement", args=[made.pk]),
        rule=lambda data: retiring.ask_to_retire(
            employment, **data, by=request.user, at=now(), today=today()
        ),
    )  # fmt: skip


def _own(request: StaffRequest, number: int) -> Term:
    theirs = Term.objects.standing().filter(employment__person=request.user.person_id or 0)
    found = theirs.filter(kind=Term.RETIREMENT, pk=number).in_full().first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@signed_in
def give_retirement_notice(request: StaffRequest, number: int) -> HttpResponse:
    term = _own(request, number)
    said = _("Your last day would be %(day)s. Notice once given stands, unless we agree otherwise.")
    return show_form(
        request, filled(request, Form), title=_("Give notice of retirement"), warning=True,
        button=_("Give notice"), words=_("We have your notice, and write to you."),
        lead=said % {"day": date_format(term.due_on, "j F Y")}, back=reverse("term", args=[term.pk]),
        rule=lambda _data: retiring.give_notice(term, by=request.user, at=now(), today=today()),
    )  # fmt: skip


@require_POST
@signed_in
def take_back_retirement(request: StaffRequest, number: int) -> HttpResponse:
    retiring.take_back_enquiry(_own(request, number), by=request.user, at=now())
    messages.success(request, _("You no longer ask about retiring. Nothing has changed."))
    return redirect("falling_due")
