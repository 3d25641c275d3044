"""Referees answer by a link of their own; applicants name them on their page, and answer offers."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.core.clock import now
from moothall.core.door import public
from moothall.core.form_pages import filled, show_form
from moothall.core.rate_limits import limited
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.core.signed_links import unsign
from moothall.recruitment.forms.check import AnswerOfferForm, RefereeForm, ReferenceForm
from moothall.recruitment.models import Offer, Referee
from moothall.recruitment.rules import offers, references
from moothall.recruitment.rules.links import REFERENCE

from .limits import WRITING, by_mine, find_mine


@for_the_office()
def find_referee(signed: str) -> Referee:
    """The referee of this address; whoever has the address is them."""
    found = Referee.objects.in_full().filter(token=unsign(signed, REFERENCE)).first()
    if found is None or found.asked_at is None:
        raise Http404
    return found


def by_referee(_request: HttpRequest, signed: str, **_more: object) -> str:
    return str(find_referee(signed).pk)


def _written(request: HttpRequest) -> Mapping[str, str]:
    return {name: request.POST.get(name, "") for name in ReferenceForm.base_fields}


@public
@limited(WRITING, by=by_referee)
@for_the_office()
def reference_form(request: HttpRequest, signed: str) -> HttpResponse:
    """The questions; kept for later by one button, sent by the other. In the language of the letter until
    they choose another."""
    held = find_referee(signed)
    chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    with override(get_language() if chosen else ("cy" if held.language == "cy" else "en-gb")):
        return _questions(request, held, signed)


def _questions(request: HttpRequest, held: Referee, signed: str) -> HttpResponse:
    if not held.is_open:
        return render(request, "recruitment/reference_over.html", {"referee": held})
    kept = getattr(held, "reference", None)
    form = ReferenceForm(request.POST or None, initial=kept.said if kept is not None else {})
    if request.method == "POST" and "keep" in request.POST:
        references.keep_reference(held, said=_written(request), at=now())
        messages.success(request, _("What you wrote is kept. Come back with the same link."))
        return redirect("reference_form", signed=signed)
    if request.method == "POST" and form.is_valid():
        references.send_reference(held, said=_written(request), at=now())
        return redirect("reference_form", signed=signed)
    context = {"form": form, "referee": held, "signed": signed, "kept": kept}
    return render(request, "recruitment/reference_form.html", context, status=422 if form.errors else 200)


@require_POST
@public
@limited(WRITING, by=by_referee)
@for_the_office()
def refuse_reference(request: HttpRequest, signed: str) -> HttpResponse:
    references.decline_reference(find_referee(signed), at=now())
    return redirect("reference_form", signed=signed)


@public
@limited(WRITING, by=by_mine)
@for_the_office()
def name_my_referee(request: HttpRequest, signed: str) -> HttpResponse:
    """By the applicant, one at a time."""
    found = find_mine(signed)
    form = filled(request, RefereeForm)
    return show_form(
        request, form, title=_("Name a referee"), button=_("Name them"),
        back=reverse("my_application", args=[signed]),
        lead=_("Somebody who knows your work or study, and is no relation of yours."),
        words=_("They are named. We ask them once we take up references."),
        template="recruitment/mine_form.html",
        rule=lambda _data: references.name_referee(found, form.content(), by=None, at=now()),
    )  # fmt: skip


@require_POST
@public
@limited(WRITING, by=by_mine)
@for_the_office()
def remove_my_referee(request: HttpRequest, signed: str, referee: int) -> HttpResponse:
    held = find_mine(signed).referees.filter(pk=referee).in_full().first()
    if held is None:
        raise Http404
    if references.remove_referee(held, by=None, at=now()):
        messages.success(request, _("The referee is removed."))
    return redirect("my_application", signed=signed)


@public
@limited(WRITING, by=by_mine)
@for_the_office()
def answer_offer(request: HttpRequest, signed: str) -> HttpResponse:
    """The offer in plain words, and yes or no."""
    found = find_mine(signed)
    offer = Offer.objects.to_answer().filter(application=found).in_full().order_by("-pk").first()
    if offer is None:
        raise Http404
    form = filled(request, AnswerOfferForm)
    if request.method == "POST" and form.is_valid():
        try:
            _answer(offer, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("We have your answer. It is on your page."))
            return redirect("my_application", signed=signed)
    context = {"offer": offer, "form": form, "signed": signed, "application": found}
    return render(request, "recruitment/answer_offer.html", context, status=422 if form.errors else 200)


def _answer(offer: Offer, said: Mapping[str, Any]) -> Offer:
    if said["answer"] == "accept":
        return offers.accept_offer(offer, at=now())
    return offers.decline_offer(offer, because=said["because"], at=now())
