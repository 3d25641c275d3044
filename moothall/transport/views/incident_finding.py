"""How a page finds its incident: by its case, which a sealed one shows once it is said why it is read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse

from moothall.cases.models import Case
from moothall.cases.visiting import with_case
from moothall.people.requests import StaffRequest
from moothall.transport.models import Incident

View = Callable[..., HttpResponseBase]


def with_incident(view: View) -> Any:
    """Give the view its incident. Who reads one of few is written down, as with any case."""

    @with_case
    @wraps(view)
    def found(request: StaffRequest, case: Case, *given: Any, **named: Any) -> HttpResponseBase:
        row = Incident.objects.open_to(request.user).in_full().filter(case=case).first()
        if row is None:
            raise Http404
        return view(request, row, *given, **named)

    return found


def one_of(rows: Any, number: int) -> Any:
    """The row of this incident with this number, or nothing is there."""
    row = rows.filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def page_of(incident: Incident) -> str:
    return reverse("incident", args=[incident.case.reference])
