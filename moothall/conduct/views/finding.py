"""How a page finds its matter: for whom its case does not name there is none."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse

from moothall.conduct.models import Matter
from moothall.people.requests import StaffRequest

View = Callable[..., HttpResponseBase]


def find_matter(request: StaffRequest, reference: str) -> Matter:
    found = (
        Matter.objects.visible_to(request.user).in_full().filter(case__reference=reference.upper()).first()
    )
    if found is None:
        raise Http404
    return found


def with_matter(view: View) -> View:
    """Give the view its matter."""

    @wraps(view)
    def found(request: StaffRequest, reference: str, *given: Any, **named: Any) -> HttpResponseBase:
        return view(request, find_matter(request, reference), *given, **named)

    return found


def one_of(rows: Any, number: int) -> Any:
    """The row of this matter with this number, or nothing is there."""
    row = rows.filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def page_of(matter: Matter) -> str:
    return reverse("matter_page", args=[matter.case.reference])
