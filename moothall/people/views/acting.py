"""Pages on which somebody does one thing: a form, one rule, and back with a word on what was done."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from moothall.core import fields
from moothall.core.refusals import Refusal, Words
from moothall.people.models import Person
from moothall.people.requests import StaffRequest


def act(
    request: StaffRequest,
    form: fields.Form,
    *,
    title: Words,
    rule: Callable[[dict[str, Any]], Any],
    words: Words,
    back: str,
    onward: Callable[[Any], str] | None = None,
    button: Words = "",
    warning: bool = False,
    lead: Words = "",
    template: str = "people/form.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show the form; once it is sent and right, do the thing and go on. A refusal keeps what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            done = rule(form.cleaned_data)
            messages.success(request, str(words))
            return redirect(onward(done) if onward else back)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    said = {"title": title, "button": button, "warning": warning, "lead": lead, "back": back}
    shown = {"form": form, **said, **(context or {})}
    return render(request, template, shown, status=422 if form.errors else 200)


def bound(request: StaffRequest, form: type[fields.Form], **named: Any) -> Any:
    """The form, filled with what was sent, if anything was."""
    return form(request.POST if request.method == "POST" else None, **named)


def find_person(request: StaffRequest, reference: str) -> Person:
    """The person of this reference, if there is one for whoever asks; also one merged into another."""
    found = Person.objects.visible_to(request.user).select_related("organisation", "merged_into")
    person = found.filter(reference=reference.upper()).order_by("pk").first()
    if person is None:
        raise Http404(_("No such person."))
    return person
