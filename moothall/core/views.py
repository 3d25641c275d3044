"""The page of all parts: what pages are built of, to look at and to try."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from .clock import now
from .door import signed_in
from .styleguide import sample_groups, styleguide_context


@require_GET
@signed_in
def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, "core/styleguide.html", styleguide_context(now()))


@require_GET
@signed_in
def styleguide_lookup(request: HttpRequest) -> HttpResponse:
    """What its sample look-up offers, whatever is typed."""
    return render(request, "core/parts/lookup_options.html", {"groups": sample_groups()})
