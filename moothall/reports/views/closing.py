"""Counting earlier months anew, closing a month, and opening it again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.reports.forms import ReopenForm
from moothall.reports.rules import counting

from .finding import find_month, keeps_figures


def _address(month: str) -> str:
    return f"{reverse('figures')}?month={month}"


@require_POST
@needs("workforce.edit")
def count_figures(request: StaffRequest, month: str) -> HttpResponse:
    """The months before are counted as the records stand now."""
    find_month(month)
    counting.count_months(today=today(), at=now())
    messages.success(request, _("The months that are not closed are counted anew."))
    return redirect(_address(month))


@require_POST
@needs("workforce.edit")
def close_figures(request: StaffRequest, month: str) -> HttpResponse:
    found = find_month(month)
    if not keeps_figures(request.user):
        raise PermissionDenied
    counting.close_month(found, by=request.user, at=now())
    messages.success(request, _("The month is closed. What is corrected from now on shows as a difference."))
    return redirect(_address(month))


@needs("workforce.edit")
def reopen_figures(request: StaffRequest, month: str) -> HttpResponse:
    found = find_month(month)
    if not keeps_figures(request.user):
        raise PermissionDenied

    def rule(data: dict[str, Any]) -> None:
        counting.reopen_month(found, because=data["because"], by=request.user, at=now())

    return show_form(
        request, filled(request, ReopenForm), rule=rule, words=_("The month is open again."),
        title=_("Open %s again") % date_format(found.first, "F Y"), back=_address(month),
        lead=_("What was closed is kept beside who opened it and why."),
    )  # fmt: skip
