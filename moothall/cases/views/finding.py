"""How a view finds its case: through `visible_to`, or not at all."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from moothall.core.clock import now

from ..models import Case
from ..rules.access import may_read

CaseView = Callable[..., HttpResponse]
SHOWN_WITH = (
    "service", "version", "team", "assignee", "requester__organisation", "subject", "logged_by",
    "parent_step__case", "merged_into",
)  # fmt: skip


def find_case(request: HttpRequest, reference: str) -> Case:
    """The case of this reference, if it exists for this person."""
    assert request.user.is_authenticated
    found = Case.objects.visible_to(request.user).filter(reference=reference.upper())
    case = found.select_related(*SHOWN_WITH).first()
    if case is None:
        raise Http404
    return case


def with_case(view: CaseView) -> CaseView:
    """Give the view its case. A sealed one first asks for a reason."""

    @functools.wraps(view)
    def found(request: HttpRequest, reference: str, *args: Any, **kwargs: Any) -> HttpResponse:
        case = find_case(request, reference)
        assert request.user.is_authenticated
        if not may_read(case, request.user, at=now()):
            return redirect("ask_to_read", reference=case.reference)
        return view(request, case, *args, **kwargs)

    return found
