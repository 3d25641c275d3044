"""How a page finds its letter, and goes back after doing something to it."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from moothall.core.parts import is_part
from moothall.core.refusals import Words
from moothall.core.way_back import way_back
from moothall.letters.models import Letter
from moothall.letters.rules.visibility import gate_before, letter_read, may_only_read
from moothall.people.requests import StaffRequest

LetterView = Callable[..., HttpResponseBase]
SHOWN_WITH = ("written_by", "approved_by", "person", "letterhead", "text_version__template", "print_run")


def with_letter(view: LetterView) -> LetterView:
    """Give the view its letter, if it exists for this person; what it is about may ask for a reason first."""

    @functools.wraps(view)
    def found(request: StaffRequest, id: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        letters = Letter.objects.visible_to(request.user).filter(pk=id)
        letter: Letter | None = letters.select_related(*SHOWN_WITH).first()
        if letter is None:
            raise Http404
        gate = gate_before(request.user, letter.about_kind, letter.about_id)
        if gate:
            return redirect(gate)
        if request.method == "GET":
            letter_read(request.user, letter.about_kind, letter.about_id, subject=letter.subject)
        elif may_only_read(request.user, letter.about_kind, letter.about_id):
            raise PermissionDenied
        return view(request, letter, *args, **kwargs)

    return found


def done(request: StaffRequest, words: Words, otherwise: str) -> HttpResponse:
    """Back to where the button was, saying what was done."""
    messages.success(request, str(words))
    address = way_back(request, request.POST.get("back", ""), otherwise)
    if is_part(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def letter_address(letter: Letter) -> str:
    return reverse("letter_page", args=[letter.pk])
