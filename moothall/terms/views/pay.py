"""Where somebody stands on their scale, and placing them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.terms.forms import PlaceForm
from moothall.terms.models import Placement
from moothall.terms.rules import placing
from moothall.terms.rules.increments import coming_increment
from moothall.workforce.models import Employment
from moothall.workforce.visiting import with_employment

from .finding import rights_over


@signed_in
@require_GET
@with_employment
def pay_history(request: StaffRequest, employment: Employment) -> HttpResponse:
    """Theirs to see, and of those who may see what is private; not their manager's."""
    rights = rights_over(request.user, employment)
    if not rights.sees_pay:
        raise PermissionDenied
    day = today()
    rows = list(
        employment.placements.select_related("point__scale", "recorded_by").order_by("-from_on", "-id")
    )
    standing = [each for each in rows if each.withdrawn_at is None]
    current = next((each for each in standing if each.from_on <= day and not _over(each, day)), None)
    context = {
        "employment": employment, "rights": rights, "standing": _with_rates(standing, employment, day),
        "withdrawn": [each for each in rows if each.withdrawn_at is not None], "current": current,
        "next": _next(current), "increments": employment.increments.select_related("from_point", "to_point")
        .order_by("-due_on"),
    }  # fmt: skip
    return render(request, "terms/pay.html", context)


def _over(placement: Placement, day: dt.date) -> bool:
    return placement.until_on is not None and placement.until_on < day


def _next(current: Placement | None) -> dt.date | None:
    if current is None:
        return None
    scale = current.point.scale
    higher = scale.points.filter(position__gt=current.point.position).exists()
    return coming_increment(scale, current.from_on, today()) if higher else None


def _with_rates(rows: list[Placement], employment: Employment, day: dt.date) -> list[tuple[Placement, Any]]:
    """Each with what its point is worth a year at their hours, today; only by confirmed rates."""
    fte = employment.main.fte if employment.main else Decimal(1)
    rates = placing.rates_on([each.point_id for each in rows], day)
    return [(each, placing.yearly(rates.get(each.point_id), fte)) for each in rows]


@needs("workforce.edit")
def place_on_point(request: StaffRequest, number: str) -> HttpResponse:
    return _place(request, number)


@with_employment
def _place(request: StaffRequest, employment: Employment) -> HttpResponse:
    _refuse_unless_they_may(request, employment)
    form = filled(request, PlaceForm, initial={"from_on": today()})
    return show_form(
        request, form, title=_("Place them on a pay point"), words=_("It is on the record."),
        back=reverse("pay_history", args=[employment.number]), lead=employment.person.full_name,
        undo=lambda _made: reverse("take_back_placement", args=[employment.number]),
        rule=lambda data: placing.place(employment, by=request.user, at=now(), today=today(), **data),
    )  # fmt: skip


def _refuse_unless_they_may(request: StaffRequest, employment: Employment) -> None:
    rights = rights_over(request.user, employment)
    if not rights.keeps or not rights.private or rights.own:
        raise PermissionDenied


@needs("workforce.edit")
@require_POST
def take_back_placement(request: StaffRequest, number: str) -> HttpResponse:
    return _take_back(request, number)


@with_employment
def _take_back(request: StaffRequest, employment: Employment) -> HttpResponse:
    _refuse_unless_they_may(request, employment)
    placing.take_back_placement(employment, by=request.user, at=now())
    messages.success(request, _("The last change is taken back."))
    return redirect("pay_history", employment.number)
