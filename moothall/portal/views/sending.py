"""Before and after sending: check your answers, keep them for later, throw them away, the confirmation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now
from moothall.core.door import public
from moothall.core.rate_limits import limited
from moothall.core.serving import for_the_office
from moothall.core.signed_links import absolute, sign
from moothall.portal import forms
from moothall.portal.models import FollowLink
from moothall.portal.models.kinds import FORM
from moothall.portal.rules import acknowledging, asking, links, pages, sending
from moothall.portal.rules.summary import summary_of

from .finding import (
    LETTERS,
    LETTERS_ABOUT_ONE,
    SENDING,
    SENDING_ONE_FORM,
    find_form,
    language_now,
    of_one_form,
    the_form,
)


@public
@limited(SENDING_ONE_FORM, by=of_one_form)
@limited(SENDING)
def ask_check(request: HttpRequest, signed: str) -> HttpResponse:
    """Check your answers; sent from here. Pressed twice, or in two windows, it is sent once."""
    asked = find_form(request, signed)
    if not asked.is_draft:
        return redirect("ask_sent", signed=signed)
    then = pages.next_page(asked)
    if request.method == "POST":
        if then is not None and not pages.is_complete(asked):
            return redirect("ask_question", signed=signed, page=then)
        sending.send_request(asked, at=now())
        return redirect("ask_sent", signed=signed)
    context = {
        "asked": asked, "signed": signed, "summary": summary_of(asked, language_now()), "then": then,
        "service": asked.service.name_in(language_now()), "complete": pages.is_complete(asked),
    }  # fmt: skip
    return render(request, "portal/ask_check.html", context)


@require_GET
@public
@for_the_office()
def ask_sent(request: HttpRequest, signed: str) -> HttpResponse:
    """The confirmation, with the reference. Who gave no address is shown the link here."""
    asked = find_form(request, signed)
    if asked.is_draft:
        return redirect("ask_check", signed=signed)
    shown = FollowLink.objects.in_force(now()).filter(case=asked.case, sent_to="").order_by("-id")
    link = shown.first() if asked.case is not None and not asked.email else None
    context = {
        "asked": asked, "service": asked.service.name_in(language_now()),
        "link": links.address_of(link) if link is not None else "",
    }  # fmt: skip
    return render(request, "portal/ask_sent.html", context)


@public
@limited(LETTERS_ABOUT_ONE, by=the_form)
@limited(LETTERS)
def keep_answers(request: HttpRequest, signed: str) -> HttpResponse:
    """Save and come back: the link is shown, and mailed to whoever wants it mailed."""
    asked = find_form(request, signed)
    if not asked.is_draft:
        return redirect("ask_sent", signed=signed)
    form = forms.KeepForm(request.POST or None, initial={"email": asked.email})
    if form.is_valid():
        acknowledging.send_form_link(asked, to_address=form.cleaned_data["email"], at=now())
        messages.success(request, _("We have sent the link to %s.") % form.cleaned_data["email"])
        return redirect("keep_answers", signed=signed)
    context = {
        "asked": asked, "signed": signed, "form": form, "service": asked.service.name_in(language_now()),
        "link": absolute("ask_check", sign(asked.token, FORM)),
    }  # fmt: skip
    return render(request, "portal/keep_answers.html", context, status=422 if form.errors else 200)


@require_POST
@public
def drop_answers(request: HttpRequest, signed: str) -> HttpResponse:
    asking.drop_request(find_form(request, signed), at=now())
    messages.success(request, _("Your answers have been thrown away."))
    return redirect("ask_list")
