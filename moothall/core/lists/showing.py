"""`show_list`: the answer to a request for a list, as a page, a part, a sheet of paper or a file."""

from collections.abc import Mapping
from copy import copy
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from moothall.core.parts import is_part, render_page_or_part
from moothall.core.refusals import Words

from .asked import Asked, read_address
from .cursors import BadCursor
from .exporting import KINDS, export_list
from .keyset import Page, first_page, page_after, page_before
from .listing import Listing
from .saved import store
from .shown import Shown

MOST_PRINTED = 500


def show_list(
    request: HttpRequest, listing: Listing[Any], context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The whole page, or for htmx its part; the paper for `?print=1`; a file when `export` is posted."""
    views = store().views_of(request.user, listing.key)
    opening = next((view.query for view in views if not view.name), listing.opens_with)
    asked = read_address(listing, request, opening)
    if request.method == "POST":
        kind = request.POST.get("export", "")
        if kind not in KINDS or not listing.may_export(request):
            return HttpResponseNotAllowed(["GET"])
        return cast(HttpResponse, export_list(request, listing, asked, kind))  # no view looks into it
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "POST"])
    if request.GET.get("print"):
        return _paper(request, listing, asked)
    page, notices = _page(request, listing, asked)
    shown = Shown(request, listing, asked, page, views)
    shown.notices += notices
    response = render_page_or_part(
        request, listing.page_template, "lists/list.html", {**(context or {}), "list": shown}
    )
    if is_part(request):
        response["HX-Push-Url"] = shown.here
    return response


def rows_at(listing: Listing[Any], request: HttpRequest, query: str) -> QuerySet[Any]:
    """All the rows that a list shows its reader at an address of it, on whatever page."""
    asked = copy(request)
    asked.GET = QueryDict(query)
    rows: QuerySet[Any] = read_address(listing, asked, "").narrow(listing.rows(request))
    return rows


def _page(request: HttpRequest, listing: Listing[Any], asked: Asked) -> tuple[Page[Any], list[Words]]:
    rows = asked.narrow(listing.rows(request))
    notices: list[Words] = []
    try:
        if asked.after:
            page = page_after(rows, asked.order, asked.after, asked.size)
        elif asked.before:
            page = page_before(rows, asked.order, asked.before, asked.size)
        else:
            page = first_page(rows, asked.order, asked.size)
    except BadCursor:
        notices.append(_("That page of the list does not exist, so this is the first one."))
        page = first_page(rows, asked.order, asked.size)
    else:
        if not page.rows and (asked.after or asked.before):
            page = first_page(rows, asked.order, asked.size)
    listing.prepare(page.rows, request)
    return page, notices


def _paper(request: HttpRequest, listing: Listing[Any], asked: Asked) -> HttpResponse:
    page = first_page(asked.narrow(listing.rows(request)), asked.order, MOST_PRINTED)
    listing.prepare(page.rows, request)
    shown = Shown(request, listing, asked, page, plain=True)
    return render(request, "lists/paper.html", {"list": shown})
