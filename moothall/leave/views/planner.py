"""The year planner: one's own year, and how many of a unit are away each day."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from moothall.core.clock import today
from moothall.core.door import signed_in
from moothall.leave.rules.year import plan_of_year
from moothall.people.requests import StaffRequest

from .finding import led_units, own_employment, own_units

AROUND = 3


@require_GET
@signed_in
def leave_year(request: StaffRequest) -> HttpResponse:
    here = today().year
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 and abs(int(asked) - here) <= AROUND else here
    units = sorted(
        {*led_units(request.user), *own_units(request.user)}, key=lambda each: (each.name, each.pk)
    )
    wanted = request.GET.get("unit", "")
    unit = next((each for each in units if str(each.pk) == wanted), units[0] if units else None)
    employment = own_employment(request)
    months = plan_of_year(year, employment=employment, unit_id=unit.pk if unit else None)
    context = {
        "year": year, "months": months, "units": units, "unit": unit, "employment": employment,
        "today": today(), "numbers": range(1, 32), "before": year - 1, "after": year + 1,
    }  # fmt: skip
    return render(request, "leave/year.html", context)
