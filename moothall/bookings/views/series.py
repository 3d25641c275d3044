"""A series of bookings: what was had of it, and all of it that lies ahead cancelled or moved."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.bookings.forms.reserving import BecauseForm, MoveSeriesForm
from moothall.bookings.models import Reservation, ReservationSeries
from moothall.bookings.rules import arranging
from moothall.core.clock import in_london, now
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest


def _find_series(request: StaffRequest, series_id: int) -> ReservationSeries:
    visible = Reservation.objects.visible_to(request.user).filter(series=series_id)
    found = ReservationSeries.objects.filter(pk=series_id).first()
    if found is None or not visible.exists():
        raise Http404
    return found


@require_GET
@needs("bookings.book")
def reservation_series(request: StaffRequest, series_id: int) -> HttpResponse:
    """What was booked of a series, what clashed, and what is free instead."""
    found = _find_series(request, series_id)
    missed = [
        each
        | {"begins": parse_datetime(each["begins"]), "times": [parse_datetime(at) for at in each["times"]]}
        for each in found.missed
    ]
    rows = Reservation.objects.filter(series=found).prefetch_related("takings__resource")
    context = {
        "series": found,
        "rows": list(rows.order_by("starts_at", "id")),
        "missed": missed,
        "now": now(),
    }
    return render(request, "bookings/series.html", context)


@needs("bookings.book")
def cancel_reservations(request: StaffRequest, series_id: int) -> HttpResponse:
    """All of a series that has not begun."""
    found = _find_series(request, series_id)
    return show_form(
        request, filled(request, BecauseForm), title=_("Cancel the rest of the series"), warning=True,
        button=_("Cancel the rest"), words=_("Cancelled."),
        back=reverse("reservation_series", args=[found.pk]),
        rule=lambda data: arranging.cancel_series_and_tell(
            series=found, from_at=now(), because=data["because"], by=request.user, at=now()
        ),
    )  # fmt: skip


@needs("bookings.book")
def move_reservations(request: StaffRequest, series_id: int) -> HttpResponse:
    """All of a series that has not begun, to another day of the week or time of day."""
    found = _find_series(request, series_id)
    ahead = Reservation.objects.standing().filter(series=found, starts_at__gte=now())
    first = ahead.order_by("starts_at", "id").first()
    initial: dict[str, Any] = {"days": 0}
    if first is not None:
        begins, ends = in_london(first.starts_at), in_london(first.ends_at)
        initial |= {"begins": begins.time(), "ends": ends.time()}
    return show_form(
        request, filled(request, MoveSeriesForm, initial=initial), title=_("Move the rest of the series"),
        button=_("Move them"), words=_("Moved. What could not be moved stands above, and stays as it was."),
        back=reverse("reservation_series", args=[found.pk]),
        rule=lambda data: arranging.move_series_and_tell(
            series=found, from_at=now(), by=request.user, at=now(), **data
        ),
    )  # fmt: skip
