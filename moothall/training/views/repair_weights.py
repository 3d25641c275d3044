"""What it costs in repairs to ask somebody to move: as it holds, and from a day on."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.training.forms.repairs import WeightForm
from moothall.training.models import RepairWeight
from moothall.training.rules import repair_weights as rules
from moothall.training.rules.repair_weights import MOVING, MOVING_TOLD


@require_GET
@needs("training.manage")
def repair_weights(request: StaffRequest) -> HttpResponse:
    """What moving somebody costs in repairs, from which day on."""
    rows = RepairWeight.objects.select_related("set_by").order_by("-from_on")
    said = {"rows": rows, "moving": MOVING, "moving_told": MOVING_TOLD, "today": today()}
    return render(request, "training/repair_weights.html", said)


@needs("training.manage")
def weigh_moving(request: StaffRequest) -> HttpResponse:
    """From a day on others hold."""
    held = RepairWeight.objects.in_force(today())
    usual = {
        "from_on": today(), "moving": held.moving if held else MOVING,
        "moving_told": held.moving_told if held else MOVING_TOLD,
    }  # fmt: skip
    return show_form(
        request, filled(request, WeightForm, initial=usual), title=_("Say what moving costs"),
        button=_("Keep it"), back=reverse("repair_weights"), words=_("It holds from that day on."),
        lead=_("A place given back counts as 1. A repair asks somebody to move for it only where that costs "
               "less, first of those whom nobody told of their place."),
        rule=lambda data: rules.weigh_moving(by=request.user, at=now(), **data),
    )  # fmt: skip
