"""Setting up what can be taken, and what is recharged to whom."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.bookings.forms.keeping import ResourceForm
from moothall.bookings.models import Resource
from moothall.bookings.rules.costing import Charge, Recharged, recharged, total
from moothall.bookings.rules.keeping import save_resource
from moothall.bookings.rules.setting import restore_room, retire_room
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.models.working import at_on
from moothall.people.requests import StaffRequest
from moothall.records.rules.tables import as_csv

from .finding import chosen_day
from .rooms import in_order

PLAIN = (
    "kind", "name", "name_cy", "capacity", "step_free", "asks_approval", "for_appointments", "setup_minutes",
    "cleardown_minutes", "rate", "notes", "corridor", "along",
)  # fmt: skip


@require_GET
@needs("bookings.manage")
def resources(request: StaffRequest) -> HttpResponse:
    """Everything that can be taken, kind by kind."""
    rows = Resource.objects.select_related("place", "team").prefetch_related("features", "parts")
    found = in_order(rows)
    kinds = [(words, [each for each in found if each.kind == kind]) for kind, words in Resource.KINDS]
    return render(request, "bookings/resources.html", {"kinds": kinds})


@needs("bookings.manage")
def add_resource(request: StaffRequest) -> HttpResponse:
    return _save(request, None)


@needs("bookings.manage")
def edit_resource(request: StaffRequest, resource_id: int) -> HttpResponse:
    return _save(request, _find(resource_id))


def _find(resource_id: int) -> Resource:
    found = Resource.objects.filter(pk=resource_id).select_related("place").first()
    if found is None:
        raise Http404
    return found


def _save(request: StaffRequest, resource: Resource | None) -> HttpResponse:
    initial = {}
    if resource is not None:
        initial = {name: getattr(resource, name) for name in PLAIN} | {
            "place": str(resource.place_id), "team": str(resource.team_id or ""),
            "account": str(resource.account_id or ""), "bed_kind": str(resource.bed_kind_id or ""),
            "features": [str(each.pk) for each in resource.features.all()],
            "parts": [str(each.pk) for each in resource.parts.all()],
        }  # fmt: skip
    form = filled(request, ResourceForm, resource=resource, initial=initial)
    return show_form(
        request, form, title=resource.name if resource else _("Add something that can be booked"),
        words=_("Saved."), back=reverse("resources"),
        rule=lambda _data: save_resource(resource, by=request.user, at=now(), **form.values()),
    )  # fmt: skip


@require_POST
@needs("bookings.manage")
def retire_resource(request: StaffRequest, resource_id: int) -> HttpResponse:
    """Take it out of use, or, if it is, put it back."""
    found = _find(resource_id)
    if found.retired_at is None:
        retire_room(found, by=request.user, at=now())
        undo = reverse("retire_resource", args=[found.pk])
        messages.success(request, _("%s is out of use.") % found.name, extra_tags=undo)
    else:
        restore_room(found, by=request.user, at=now())
        messages.success(request, _("%s is in use again.") % found.name)
    return redirect("resources")


@require_GET
@needs("bookings.manage")
def recharge(request: StaffRequest) -> HttpResponse:
    """What each cost code pays for the bookings of a month; also as a file."""
    first = chosen_day(request).replace(day=1)
    after = (first + dt.timedelta(days=32)).replace(day=1)
    rows = recharged(at_on(first, dt.time(0)), at_on(after, dt.time(0)), get_language() or "en")
    lines = [(each, charge) for each in rows for charge in each.charges]
    if request.GET.get("as") == "csv":
        return _as_file(lines, first)
    codes: dict[str, list[tuple[Recharged, Charge]]] = {}
    for each, charge in lines:
        codes.setdefault(each.code, []).append((each, charge))
    found = [(code, rows, total(charge for _each, charge in rows)) for code, rows in codes.items()]
    before = (first - dt.timedelta(days=1)).replace(day=1)
    context = {"codes": found, "first": first, "before": before, "after": after}
    return render(request, "bookings/recharge.html", context)


def _as_file(lines: list[tuple[Recharged, Charge]], first: dt.date) -> HttpResponse:
    heading = [_("Cost code"), _("Booking"), _("When"), _("What"), _("Number"), _("Price"), _("Amount")]
    rows = [
        [
            each.code, each.title, each.starts_at.isoformat(timespec="minutes"), charge.what,
            str(charge.number), str(charge.price), str(charge.amount),
        ]
        for each, charge in lines
    ]  # fmt: skip
    name = f"recharge-{first:%Y-%m}.csv"
    return HttpResponse(
        as_csv(heading, rows), content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name) or ""},
    )  # fmt: skip
