"""Schools and centres: when they open, their bells, and the days on which they do not."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.transport.finding import managing
from moothall.transport.forms.days import BellForm, ClosureForm
from moothall.transport.models import Centre, Closure, Travel
from moothall.transport.models.passenger import manages
from moothall.transport.rules import opening
from moothall.transport.rules.voicing import LATELY, voices_about


@needs("transport.use")
@require_GET
def centres(request: StaffRequest) -> HttpResponse:
    """Every school and centre with how many travel there."""
    going = Travel.objects.in_force(today()).order_by().values("pk")
    rows = Centre.objects.select_related("calendar").annotate(
        going=Count("travels__passenger", filter=Q(travels__in=going), distinct=True)
    )
    return render(request, "transport/centres.html", {"rows": rows.order_by("name", "id")})


def centre_for(key: str) -> Centre:
    found = Centre.objects.select_related("calendar").filter(key=key).first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
@require_GET
def centre(request: StaffRequest, key: str) -> HttpResponse:
    found, day = centre_for(key), today()
    closures = Closure.objects.filter(
        Q(centre=found) | Q(calendar=found.calendar_id, calendar__isnull=False),
        withdrawn_at=None,
        last_on__gte=day,
    )
    going = Travel.objects.in_force(day).filter(centre=found).select_related("passenger__person")
    context: dict[str, Any] = {
        "centre": found, "bells": found.bells.from_now(day),
        "terms": found.calendar.terms.filter(last_on__gte=day) if found.calendar else [],
        "closures": closures.order_by("first_on", "id"),
        "going": going.order_by("passenger__person__folded_name"),
        "manages": manages(request.user), "audits": found.visits.in_full()[:LATELY],
        "voices": voices_about(request.user, centre=found),
    }  # fmt: skip
    return render(request, "transport/centre.html", context)


@needs("transport.use")
@managing
def add_bell(request: StaffRequest, key: str) -> HttpResponse:
    found = centre_for(key)
    initial = {"from_on": today(), "session": "day", "weekdays": ["0", "1", "2", "3", "4"]}
    return show_form(
        request, filled(request, BellForm, initial=initial), title=_("When it begins and ends"),
        lead=str(found), back=reverse("centre", args=[key]), words=_("It holds from that day on."),
        rule=lambda data: opening.ring(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@managing
def add_closure(request: StaffRequest, key: str) -> HttpResponse:
    """An inset day, a closure or an early closing of this centre alone."""
    found = centre_for(key)
    return show_form(
        request, filled(request, ClosureForm, initial={"first_on": today(), "last_on": today()}),
        title=_("Days on which it does not open"), lead=str(found), back=reverse("centre", args=[key]),
        words=_("Nobody travels there on these days. Bring the days up to date to see it on them."),
        rule=lambda data: opening.close_days(centre=found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_POST
@managing
def open_after_all(request: StaffRequest, key: str, number: int) -> HttpResponse:
    found = centre_for(key)
    closure = Closure.objects.filter(centre=found, pk=number, withdrawn_at=None).first()
    if closure is None:
        raise Http404
    opening.open_after_all(closure, by=request.user, at=now())
    messages.success(request, _("It opens on these days after all."))
    return redirect("centre", key)
