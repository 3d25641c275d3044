"""What the pages that keep a staff record share: whose they are, and where they lead back to."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from moothall.core.refusals import Words
from moothall.people.requests import StaffRequest
from moothall.workforce.models import Employment
from moothall.workforce.panels import Sight
from moothall.workforce.visiting import sight_of


def kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only whose desk keeps this very record comes through. Nobody keeps their own."""

    @wraps(view)
    def guarded(request: StaffRequest, employment: Employment, *given: Any, **named: Any) -> HttpResponse:
        sight = sight_of(request.user, employment)
        if sight.own or not sight.desk:
            raise Http404
        return view(request, employment, *given, **named)

    return guarded


def keeps(request: StaffRequest, sight: Sight) -> bool:
    """Whether this is the desk that keeps the record, and not of oneself."""
    return sight.desk and not sight.own and bool(request.user.may("workforce.edit"))


def record_address(employment: Employment) -> str:
    return reverse("staff_record", args=[employment.number])


def done(
    request: StaffRequest, employment: Employment, act: Callable[[], Any], words: Words, *, undo: str = "",
    onward: str = "",
) -> HttpResponse:  # fmt: skip
    act()
    messages.success(request, str(words), extra_tags=undo)
    return redirect(onward or record_address(employment))
