"""An applicant's own page: where they are, whose turn it is, files, messages, and withdrawing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.core.clock import now
from moothall.core.door import public
from moothall.core.form_pages import filled, show_form
from moothall.core.rate_limits import limited
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.recruitment.forms import language_now
from moothall.recruitment.forms.applying import FileForm, MessageForm, WithdrawForm
from moothall.recruitment.models import Application
from moothall.recruitment.rules import references, withdrawing, writing
from moothall.recruitment.rules.event_choosing import own_day
from moothall.recruitment.rules.progress import progress_of

from .limits import WRITING, by_mine, find_mine


@public
@limited(WRITING, by=by_mine)
@for_the_office()
def my_application(request: HttpRequest, signed: str) -> HttpResponse:
    """Where they are, in plain words; and what they write to us."""
    found = find_mine(signed)
    form = filled(request, MessageForm)
    if request.method == "POST" and form.is_valid():
        try:
            writing.write_to_us(found, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("We have your message. You will see our answer here."))
            return redirect("my_application", signed=signed)
    context = {
        "application": found, "signed": signed, "form": form, "files": found.files.filter(removed_at=None),
        "progress": progress_of(found, language=language_now(), at=now()), "day": own_day(found, at=now()),
        "referees": found.referees.standing(), "referees_asked": references.are_asked_for(found),
        "offer": found.offers.to_answer().order_by("-pk").first(),
        "accepted": found.offers.standing().filter(accepted_at__isnull=False),
    }  # fmt: skip
    return render(request, "recruitment/mine.html", context, status=422 if form.errors else 200)


@public
@limited(WRITING, by=by_mine)
@for_the_office()
def send_my_file(request: HttpRequest, signed: str) -> HttpResponse:
    found = find_mine(signed)
    form = FileForm(*([request.POST, request.FILES] if request.method == "POST" else []))
    return show_form(
        request, form, title=_("Send us a file"), words=_("We have your file."), button=_("Send"),
        back=reverse("my_application", args=[signed]), template="recruitment/mine_form.html",
        rule=lambda data: _keep(found, data),
    )  # fmt: skip


def _keep(application: Application, data: dict[str, Any]) -> Any:
    file = data["file"]
    return writing.send_file(
        application, content=file, name=file.name, kind=data["kind"], declared_type=file.content_type or "",
        at=now(),
    )  # fmt: skip


@require_POST
@public
@for_the_office()
def remove_my_file(request: HttpRequest, signed: str, file: int) -> HttpResponse:
    if writing.remove_file(find_mine(signed), number=file, at=now()):
        messages.success(request, _("The file is taken off your application."))
    return redirect("my_application", signed=signed)


@public
@for_the_office()
def withdraw_mine(request: HttpRequest, signed: str) -> HttpResponse:
    """Asked once more, because it closes the application."""
    found = find_mine(signed)
    return show_form(
        request,
        filled(request, WithdrawForm),
        title=_("Withdraw your application"),
        warning=True,
        button=_("Withdraw it"),
        words=_("Your application is withdrawn. We have sent you a message that says so."),
        lead=_("We stop dealing with it. Nothing happens to other applications of yours."),
        back=reverse("my_application", args=[signed]),
        template="recruitment/mine_form.html",
        rule=lambda data: withdrawing.withdraw(found, by=None, at=now(), **data),
    )
