"""Travel times: which streets they are taken along, and how what was driven corrects them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.people.requests import StaffRequest
from moothall.transport.finding import managing
from moothall.transport.models import LearnedSpeeds, SpeedFactor
from moothall.transport.models.passenger import manages
from moothall.transport.planning.tables import kept_streets
from moothall.transport.rules import speeds as rules

MOST = 20


@needs("transport.use")
@require_GET
def travel_times(request: StaffRequest) -> HttpResponse:
    """What plans asked for today take their times from; the corrections before, and those left out."""
    rows = LearnedSpeeds.objects.visible_to(request.user)
    held = rows.in_force(today()).last()
    file = kept_streets()
    context: dict[str, Any] = {
        "held": held, "table": _table(held) if held else [], "bands": _bands(held) if held else [],
        "streets": file.name.split(".")[0] if file else "", "manages": manages(request.user),
        "before": rows.exclude(pk=held.pk if held else 0).select_related("withdrawn_by")[:MOST],
    }  # fmt: skip
    return render(request, "transport/travel_times.html", context)


def _bands(held: LearnedSpeeds) -> list[tuple[str, Any]]:
    there = set(held.factors.order_by().values_list("band", flat=True))
    return [(key, words) for key, words in SpeedFactor.BANDS if key in there]


def _table(held: LearnedSpeeds) -> list[tuple[Any, list[tuple[Any, SpeedFactor | None]]]]:
    """A row for each kind of street of which at least one leg speaks, in the order from motorway to yard."""
    known = {(each.kind, each.band): each for each in held.factors.filter(legs__gt=0)}
    bands = _bands(held)
    return [
        (words, [(said, known.get((kind, band))) for band, said in bands])
        for kind, words in SpeedFactor.KINDS
        if any((kind, band) in known for band, _said in bands)
    ]


@needs("transport.use")
@require_POST
@managing
def learn_travel_times(request: StaffRequest) -> HttpResponse:
    rules.ask_to_learn(by=request.user, at=now())
    messages.success(
        request, _("The times are worked out from what was driven. Open this page again in a minute.")
    )
    return redirect("travel_times")


def _learned(request: StaffRequest, number: int) -> LearnedSpeeds:
    found = LearnedSpeeds.objects.visible_to(request.user).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
@require_POST
@managing
def leave_out_travel_times(request: StaffRequest, number: int) -> HttpResponse:
    found = rules.leave_out_speeds(_learned(request, number), by=request.user, at=now())
    undo = reverse("bring_back_travel_times", args=[found.pk])
    messages.success(request, _("Left out. Plans take their times as before."), extra_tags=undo)
    return redirect("travel_times")


@needs("transport.use")
@require_POST
@managing
def bring_back_travel_times(request: StaffRequest, number: int) -> HttpResponse:
    rules.bring_back_speeds(_learned(request, number), by=request.user, at=now())
    messages.success(request, _("These corrections hold again."))
    return redirect("travel_times")
