"""Suggestions while somebody types whom a matter is about, or who gets a part in one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from moothall.conduct.forms.formal import described, described_colleague
from moothall.conduct.rules.sight import look_up_colleagues, look_up_employees
from moothall.core.clock import today
from moothall.core.door import needs
from moothall.core.fields import Option
from moothall.people.requests import StaffRequest


@needs("conduct.work")
@require_GET
def matter_employee_lookup(request: StaffRequest) -> HttpResponse:
    """Of those about whom this account may open a matter."""
    found = look_up_employees(request.user, request.GET.get("q", ""), on=today())
    return _options(request, [described(each) for each in found])


@needs("conduct.work")
@require_GET
def matter_colleague_lookup(request: StaffRequest) -> HttpResponse:
    return _options(
        request, [described_colleague(each) for each in look_up_colleagues(request.GET.get("q", ""))]
    )


def _options(request: StaffRequest, options: list[Option]) -> HttpResponse:
    groups = [("", options)] if options else []
    return render(request, "core/parts/lookup_options.html", {"groups": groups})
