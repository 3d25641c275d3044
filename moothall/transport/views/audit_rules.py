"""What is looked at, what results are called, and within how many days: each with its source."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.people.requests import StaffRequest
from moothall.transport.finding import managing
from moothall.transport.models import AuditFigure, AuditRating, Checklist
from moothall.transport.models.passenger import manages
from moothall.transport.rules.auditing import confirm_row

KINDS: dict[str, Any] = {"checklist": Checklist, "rating": AuditRating, "figure": AuditFigure}


@needs("transport.use")
@require_GET
def audit_rules(request: StaffRequest) -> HttpResponse:
    """What holds today."""
    day = today()
    context: dict[str, Any] = {
        "checklists": Checklist.objects.in_force(day).prefetch_related("questions"),
        "ratings": AuditRating.objects.in_force(day), "figures": AuditFigure.objects.in_force(day),
        "manages": manages(request.user),
    }  # fmt: skip
    return render(request, "transport/audit_rules.html", context)


@needs("transport.use")
@require_POST
@managing
def confirm_audit_rule(request: StaffRequest, what: str, number: int) -> HttpResponse:
    found = KINDS[what].objects.filter(pk=number).first() if what in KINDS else None
    if found is None:
        raise Http404
    confirm_row(found, by=request.user, at=now(), today=today())
    messages.success(request, _("Kept: you have read the source."))
    return redirect("audit_rules")
