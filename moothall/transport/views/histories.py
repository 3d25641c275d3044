"""What became of a vehicle, of one of our crews, of one of a contractor's: by date, on a page that prints."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from moothall.core.clock import today
from moothall.core.door import needs
from moothall.core.typed import day as typed_day
from moothall.people.requests import StaffRequest
from moothall.transport.finding import contractor_staff_for, contractor_vehicle_for
from moothall.transport.models import CrewMember, Vehicle
from moothall.transport.rules import histories as rules

LINES = 100
KINDS = (
    (rules.RUNS, gettext_lazy("Runs and jobs")), (rules.INCIDENTS, gettext_lazy("Incidents")),
    (rules.OFF, gettext_lazy("Off the road")), (rules.PAPERS, gettext_lazy("Papers")),
    (rules.SANCTIONS, gettext_lazy("Sanctions")), (rules.CHECKS, gettext_lazy("First-use checks")),
    (rules.AUDITS, gettext_lazy("Audits")), (rules.OTHERS, gettext_lazy("Stand-by")),
)  # fmt: skip


def _show(
    request: StaffRequest, subject: Any, sources: Sequence[rules.Source], back: str, about: str = ""
) -> HttpResponse:
    day, asked = today(), request.GET
    first, last = (typed_day(asked.get(name, ""), today=day) for name in ("from", "until"))
    span = rules.span_of(first, last, account=request.user, today=day)
    lines = rules.history_of(subject, sources, span)
    kind = asked.get("kind", "")
    chosen = [line for line in lines if kind in ("", line.kind)]
    pages = Paginator(chosen, LINES)
    earlier = span.first - rules.DAY
    context = {
        "subject": subject, "about": about, "back": back, "span": span, "kind": kind,
        "kinds": [(key, words, sum(line.kind == key for line in lines)) for key, words in KINDS],
        "names": dict(KINDS), "page": pages.get_page(asked.get("page")),
        "earlier": (earlier - (span.last - span.first), earlier),
    }  # fmt: skip
    return render(request, "transport/history.html", context)


@needs("transport.use")
@require_GET
def vehicle_history(request: StaffRequest, number: int) -> HttpResponse:
    found = Vehicle.objects.select_related("kind", "contractor").filter(pk=number).first()
    if found is None:
        raise Http404
    back = reverse("vehicle", args=[number])
    return _show(request, found, rules.OF_VEHICLES, back, str(found.contractor or ""))


@needs("transport.use")
@require_GET
def crew_history(request: StaffRequest, number: int) -> HttpResponse:
    rows = CrewMember.objects.visible_to(request.user).select_related("employment__person", "depot")
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return _show(request, found, rules.OF_CREWS, reverse("crews"), str(found.depot))


@needs("transport.use")
@require_GET
def contractor_vehicle_history(request: StaffRequest, number: int) -> HttpResponse:
    found = contractor_vehicle_for(request.user, number)
    back = reverse("contractor_vehicle", args=[number])
    return _show(request, found, rules.OF_VEHICLES, back, str(found.contractor))


@needs("transport.use")
@require_GET
def contractor_staff_history(request: StaffRequest, number: int) -> HttpResponse:
    found = contractor_staff_for(request.user, number)
    back = reverse("contractor_staff", args=[number])
    return _show(request, found, rules.OF_STAFF, back, str(found.contractor))
