"""Suspension and its reviews; matters that overlap."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.conduct.forms import measures as forms
from moothall.conduct.forms.formal import LetterForm
from moothall.conduct.models import Matter, MatterLink, Suspension, SuspensionReview
from moothall.conduct.rules import linking, suspending
from moothall.conduct.rules.measure_letters import REVIEW, SUSPENSION
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest

from .finding import one_of, page_of, with_matter
from .meetings import letter_begun


def _suspension(matter: Matter, number: int) -> Suspension:
    found: Suspension = one_of(matter.suspensions, number)
    found.matter = matter
    return found


@needs("conduct.work")
@with_matter
def suspend_employee(request: StaffRequest, matter: Matter) -> HttpResponse:
    terms = _("Your pay goes on. You may take leave as usual. Please be there to be reached in office hours.")
    form = filled(
        request, forms.SuspendForm,
        initial={"kind": Suspension.SUSPENDED, "from_on": today(), "terms": terms},
    )  # fmt: skip
    return show_form(
        request, form, title=_("Suspend"), back=page_of(matter), button=_("Write it down"), warning=True,
        lead=_("It is a neutral act and no sanction; calendars say “away” and nothing more."),
        words=_("Written down. Now tell them in writing."),
        onward=lambda made: reverse("tell_suspension", args=[matter.case.reference, made.pk]),
        rule=lambda data: suspending.suspend(matter, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("conduct.work")
@with_matter
def tell_suspension(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    found = _suspension(matter, number)
    begun = letter_begun(request, matter, SUSPENSION, suspending.said_in, found)
    form = filled(request, LetterForm, initial=begun)
    return show_form(
        request, form, title=_("Tell them of the suspension"), lead=str(found), back=page_of(matter),
        button=_("Send"), words=_("They are told."),
        rule=lambda data: suspending.tell_suspension(
            found, sent=form.sent(SUSPENSION), given_on=data["given_on"], by=request.user, at=now()
        ),
    )  # fmt: skip


@needs("conduct.work")
@with_matter
def review_suspension(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    found = _suspension(matter, number)
    return show_form(
        request, filled(request, forms.ReviewForm, initial={"held_on": today()}), lead=str(found),
        title=_("Review the suspension"), back=page_of(matter),
        words=_("The review is written down. Tell them in writing."),
        onward=lambda made: reverse("tell_suspension_review", args=[matter.case.reference, made.pk]),
        rule=lambda data: suspending.review_suspension(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("conduct.work")
@with_matter
def tell_suspension_review(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    rows = SuspensionReview.objects.filter(suspension__matter=matter).select_related("suspension")
    review: SuspensionReview = one_of(rows, number)
    review.suspension.matter = matter
    begun = letter_begun(request, matter, REVIEW, suspending.review_said_in, review)
    form = filled(request, LetterForm, initial=begun)
    return show_form(
        request, form, title=_("Tell them of the review"), lead=str(review), back=page_of(matter),
        button=_("Send"), words=_("They are told."),
        rule=lambda data: suspending.tell_review(
            review, sent=form.sent(REVIEW), given_on=data["given_on"], by=request.user, at=now()
        ),
    )  # fmt: skip


@needs("conduct.work")
@with_matter
def end_suspension(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    found = _suspension(matter, number)
    return show_form(
        request, filled(request, forms.EndForm, initial={"ended_on": today()}), lead=str(found),
        title=_("End the suspension"), back=page_of(matter), button=_("End it"),
        words=_("The suspension has ended. Tell them in writing."),
        rule=lambda data: suspending.end_suspension(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("conduct.work")
@with_matter
def link_matter(request: StaffRequest, matter: Matter) -> HttpResponse:
    form = filled(request, forms.LinkForm, account=request.user, matter=matter)
    return show_form(
        request, form, title=_("Link another matter"), lead=str(matter), back=page_of(matter),
        words=_("Linked. Whoever is named on both sees it."),
        rule=lambda data: linking.link_matters(matter, **data, by=request.user, at=now()),
    )  # fmt: skip


@require_POST
@needs("conduct.work")
@with_matter
def end_matter_link(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    shown = [link for link, _other in linking.linked_to(matter, by=request.user) if link.pk == number]
    if not shown:
        raise Http404
    link: MatterLink = shown[0]
    link.matter = matter
    linking.end_link(link, by=request.user, at=now())
    messages.success(request, _("They are no longer linked."))
    return redirect(page_of(matter))
