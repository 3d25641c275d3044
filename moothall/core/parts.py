"""Page parts for htmx: the part an answer is made of is the same one the whole page includes."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

HEADERS = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")


def is_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part only: not a boosted link, not a page brought back from history."""
    asked, *whole_page = (request.headers.get(name) == "true" for name in HEADERS)
    return asked and not any(whole_page)


def render_page_or_part(
    request: HttpRequest,
    page_template: str,
    part_template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """The part for htmx, else the page that includes it."""
    template = part_template if is_part(request) else page_template
    response = render(request, template, dict(context), status=status)
    patch_vary_headers(response, HEADERS)
    return response
