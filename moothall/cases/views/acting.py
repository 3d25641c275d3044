"""The pages on which somebody does one thing to a case: a form, one rule, and back to the case."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from moothall.core import fields
from moothall.core.parts import is_part, render_page_or_part
from moothall.core.refusals import Refusal, Words
from moothall.people.rules.drafts import discard_draft

from ..models import Case, Entry


def done(request: HttpRequest, case: Case, words: Words, entry: Entry | None = None) -> HttpResponse:
    """Back to the case, saying what was done, with a way to undo it."""
    undo = reverse("undo_change", args=[entry.pk]) if entry is not None else ""
    messages.success(request, str(words), extra_tags=undo)
    address = case_address(case)
    if is_part(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def case_address(case: Case) -> str:
    return reverse("case_page", args=[case.reference])


def act(
    request: HttpRequest,
    case: Case,
    form: fields.Form,
    *,
    title: Words,
    button: Words,
    rule: Callable[[dict[str, Any]], Entry | None],
    words: Words,
    warning: bool = False,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form; when it is sent and right, do the one thing and go back. A refusal keeps what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            entry = rule(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            discard_draft(request.user, key=draft_key(request))
            return done(request, case, words, entry)
    context = {"case": case, "form": form, "title": title, "button": button, "warning": warning}
    status = 422 if form.errors else 200
    return render_page_or_part(
        request,
        "cases/action.html",
        "cases/parts/action_form.html",
        context | {"draft_key": draft_key(request)} | (extra or {}),
        status=status,
    )


def draft_key(request: HttpRequest) -> str:
    """Drafts are kept under the path they are typed on."""
    return request.path[:120]


def bound(request: HttpRequest, form: type[fields.Form], **kwargs: Any) -> fields.Form:
    """The form, filled with what was sent, if anything was."""
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return form(*sent, **kwargs)
