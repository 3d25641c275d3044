"""Hearings about a probation: arranging one, and writing down what came of it."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.terms.forms import HearingForm, HearingOutcomeForm
from moothall.terms.models import Hearing
from moothall.terms.rules import probation_hearings as rules

from .finding import find_kept


@require_http_methods(["GET", "POST"])
@needs("workforce.edit")
def arrange_hearing(request: StaffRequest, number: int) -> HttpResponse:
    term, employment, _rights = find_kept(request, number)
    earliest = rules.earliest_day(term, today())
    form = filled(request, HearingForm, initial={"day": earliest, "begins": "10:00"})
    said = _("With the notice that is due, the first day is %(day)s. They are asked to it by letter.")
    return show_form(
        request, form, title=_("Arrange a hearing"), button=_("Arrange it and write to them"),
        words=_("It is arranged, and they are written to."), back=reverse("term", args=[term.pk]),
        lead=f"{employment.person}: {said % {'day': date_format(earliest, 'j F Y')}}",
        rule=lambda _data: rules.arrange_hearing(term, **form.given(), by=request.user, at=now()),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs("workforce.edit")
def write_down_hearing(request: StaffRequest, number: int, hearing: int) -> HttpResponse:
    term, employment, _rights = find_kept(request, number)
    theirs = term.hearings.filter(pk=hearing).first()
    if theirs is None:
        raise Http404
    form = filled(request, HearingOutcomeForm, initial={"companion": theirs.companion, "state": Hearing.HELD})
    return show_form(
        request, form, title=_("What came of the hearing"), words=_("Written down. Now it can be decided."),
        back=reverse("term", args=[term.pk]), lead=employment.person.full_name,
        rule=lambda data: rules.write_down_hearing(theirs, **data, by=request.user, at=now()),
    )  # fmt: skip
