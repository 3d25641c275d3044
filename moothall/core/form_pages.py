"""Pages on which somebody fills in one form: a form, one rule, and back with a word on what was done."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .fields import Form
from .refusals import Refusal, Words


def filled(request: HttpRequest, form: type[Form], **named: Any) -> Any:
    """The form, filled with what was sent, if anything was."""
    return form(request.POST if request.method == "POST" else None, **named)


def show_form(
    request: HttpRequest,
    form: Form,
    *,
    title: Words,
    rule: Callable[[dict[str, Any]], Any],
    words: Words,
    back: str,
    button: Words = "",
    warning: bool = False,
    lead: Words = "",
    onward: Callable[[Any], str] | None = None,
    undo: Callable[[Any], str] | None = None,
    template: str = "core/form_page.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show the form; once it is sent and right, do the thing and go on. A refusal keeps what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            done = rule(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, str(words), extra_tags=undo(done) if undo else "")
            return redirect(onward(done) if onward else back)
    said = {"title": title, "button": button, "warning": warning, "lead": lead, "back": back}
    shown = {"form": form, **said, **(context or {})}
    return render(request, template, shown, status=422 if form.errors else 200)
