"""What teams can spare: the ledger of a team week by week, and who set which minimum."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.models import Organisation
from moothall.people.requests import StaffRequest
from moothall.training.forms import MinimumForm
from moothall.training.models import MinimumOverride, TeamDay, TeamMinimum
from moothall.training.rules import ledger

from .finding import units_at_work

WEEKS = 4
AROUND = 400


@require_GET
@needs("training.manage")
def training_ledger(request: StaffRequest) -> HttpResponse:
    """Four weeks of one team: who is rostered and there, the minimum, who is in training, who can go."""
    units = list(
        Organisation.objects.filter(training_minimums__withdrawn_at=None, training_minimums__isnull=False)
        .distinct()
        .order_by("name", "pk")
    )
    asked = request.GET.get("unit", "")
    unit = next((each for each in units if str(each.pk) == asked), units[0] if units else None)
    first = _monday(request.GET.get("from", ""))
    last = first + dt.timedelta(days=7 * WEEKS - 1)
    context: dict[str, Any] = {
        "units": units, "unit": unit, "first": first, "last": last, "today": today(),
        "before": first - dt.timedelta(days=7 * WEEKS), "after": last + dt.timedelta(days=1),
    }  # fmt: skip
    if unit is not None:
        lines = TeamDay.objects.of([unit.pk], first, last).select_related("skill", "source__set_by")
        overrides = MinimumOverride.objects.filter(line__unit=unit, line__day__gte=first, line__day__lte=last)
        context["lines"] = lines.order_by("day", "part", "skill__name", "pk")
        context["overrides"] = overrides.select_related(
            "by", "line", "nomination__employment__person", "nomination__session__version__course"
        )
    return render(request, "training/ledger.html", context)


def _monday(words: str) -> dt.date:
    day = today()
    try:
        asked = dt.date.fromisoformat(words)
    except ValueError:
        asked = day
    if abs((asked - day).days) > AROUND:
        asked = day
    return asked - dt.timedelta(days=asked.weekday())


@require_GET
@needs("training.manage")
def team_minimums(request: StaffRequest) -> HttpResponse:
    rows = TeamMinimum.objects.standing().select_related("unit", "skill", "set_by")
    return render(request, "training/minimums.html", {"rows": rows.order_by("unit__name", "from_on", "id")})


@needs("training.manage")
def set_team_minimum(request: StaffRequest) -> HttpResponse:
    form = filled(request, MinimumForm, units=units_at_work(), initial={"from_on": today()})
    return show_form(
        request, form, title=_("Set a minimum"),
        words=_("The minimum holds, and the days to come are counted."),
        back=reverse("team_minimums"), undo=lambda made: reverse("withdraw_team_minimum", args=[made.pk]),
        rule=lambda data: ledger.set_minimum(by=request.user, at=now(), today=today(), **data),
    )  # fmt: skip


@require_POST
@needs("training.manage")
def withdraw_team_minimum(request: StaffRequest, number: int) -> HttpResponse:
    """It holds no more; or, if it was taken back, it holds again."""
    found = TeamMinimum.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    if found.withdrawn_at is None:
        ledger.withdraw_minimum(found, by=request.user, at=now(), today=today())
        undo = reverse("withdraw_team_minimum", args=[number])
        messages.success(request, _("The minimum holds no more."), extra_tags=undo)
    else:
        ledger.restore_minimum(found, by=request.user, at=now(), today=today())
        messages.success(request, _("The minimum holds again."))
    return redirect("team_minimums")
