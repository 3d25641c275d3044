"""One run with its calls and passengers; locking it, and moving a passenger with the effect told before."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.aside import StillAtIt
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.parts import render_page_or_part
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.transport.finding import managing
from moothall.transport.models import HomeAddress, NoRide, Passenger, Ride, Run, RunPlan
from moothall.transport.models.passenger import manages
from moothall.transport.models.plan import called
from moothall.transport.planning.moving import ask_for_effect, ask_for_offers, move_passenger, undo_move
from moothall.transport.rules import plan_moves as rules
from moothall.transport.rules import plan_refusals as refusals

from .run_plans import plan_for


def run_for(account: Account, number: int) -> Run:
    rows = Run.objects.filter(plan__in=_plans(account)).select_related(
        "plan", "kind", "depot", "contractor", "vehicle"
    )
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _plans(account: Account) -> Any:
    return RunPlan.objects.visible_to(account).order_by().values("pk")


def ride_for(account: Account, number: int) -> Ride:
    rows = Ride.objects.filter(run__plan__in=_plans(account))
    found = rows.select_related("run__plan", "passenger__person").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
@require_GET
def run(request: StaffRequest, number: int) -> HttpResponse:
    """Its calls in order: who gets on and off at each, and how full it is then."""
    found = run_for(request.user, number)
    return render(request, "transport/run.html", {"run": found, "manages": manages(request.user),
                                                  **_calls(found, request.user)})  # fmt: skip


def _calls(found: Run, account: Account) -> dict[str, Any]:
    rides = list(found.rides.select_related("passenger__person", "centre", "picked_up", "set_down"))
    calls = list(found.calls.select_related("home", "centre"))
    homes = [each.home_id for each in calls if each.home_id is not None]
    address = {each.home_id: each for each in HomeAddress.objects.visible_to(account).filter(home__in=homes)}
    aboard, rows = 0, []
    for call in calls:
        on = [each for each in rides if each.picked_up_id == call.pk]
        off = [each for each in rides if each.set_down_id == call.pk]
        aboard += len(on) - len(off)
        where = call.centre.name_in(get_language() or "en") if call.centre else ""
        rows.append(
            {"call": call, "on": on, "off": off, "aboard": aboard, "where": where,
             "address": address.get(call.home_id or 0)}
        )  # fmt: skip
    return {"calls": rows, "rides": rides}


@needs("transport.use")
@require_POST
@managing
def lock_run(request: StaffRequest, number: int) -> HttpResponse:
    found = run_for(request.user, number)
    rules.lock_run(found, locked=not found.locked, by=request.user, at=now())
    messages.success(
        request, _("Unlocked.") if found.locked else _("Locked: nobody is moved to it or from it.")
    )
    return redirect("run", found.pk)


@needs("transport.use")
@require_POST
@managing
def lock_ride(request: StaffRequest, number: int) -> HttpResponse:
    found = ride_for(request.user, number)
    rules.lock_ride(found, locked=not found.locked, by=request.user, at=now())
    messages.success(request, _("Unlocked.") if found.locked else _("Locked: they stay on this run."))
    return redirect("run", found.run_id)


@needs("transport.use")
@managing
def move_ride(request: StaffRequest, number: int) -> HttpResponse:
    """Every run they could be on instead, with what it means; then done."""
    found = ride_for(request.user, number)
    return _move(request, found.run.plan_id, found.run.direction, found.passenger, found.home_id, found.run)


@needs("transport.use")
@managing
def place_without(request: StaffRequest, number: int) -> HttpResponse:
    """Somebody without a run put on one by hand."""
    rows = NoRide.objects.filter(plan__in=_plans(request.user)).select_related("passenger__person", "plan")
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return _move(request, found.plan_id, found.direction, found.passenger, found.home_id, None)


def _move(
    request: StaffRequest, plan_id: int, way: str, passenger: Passenger, home: int | None, now_on: Run | None
) -> HttpResponse:
    """What it means is worked out aside; the page says so while it waits."""
    plan = plan_for(request.user, plan_id)
    if not plan.is_open:
        raise refusals.PlanIsFixed
    said = request.POST if request.method == "POST" else request.GET
    chosen = _whole(said.get("to", ""))
    onward = {"way": way} | ({"back": "map"} if said.get("back") == "map" else {})
    if request.method == "POST" and chosen is not None:
        return _moved(request, plan, passenger, home, chosen, onward)
    context = {
        "plan": plan, "way": way, "passenger": passenger, "run": now_on, "chosen": chosen, "onward": onward,
        "again": request.get_full_path(),
    }  # fmt: skip
    try:
        context |= _effects(plan, way, passenger.pk, home, chosen)
    except StillAtIt:
        context["waits"] = True
    return render_page_or_part(request, "transport/move.html", "transport/parts/move.html", context)


def _moved(
    request: StaffRequest, plan: RunPlan, passenger: Passenger, home: int | None, run: int,
    onward: dict[str, str],
) -> HttpResponse:  # fmt: skip
    try:
        move_passenger(
            plan, onward["way"], passenger=passenger.pk, home=home, run=run, by=request.user, at=now()
        )
    except StillAtIt:  # nobody has looked at what it means yet, or somebody else moved somebody
        return redirect(f"{request.path}?{urlencode({'to': run} | onward)}")
    messages.success(
        request,
        _("%(who)s is moved.") % {"who": passenger},
        extra_tags=reverse("undo_move_of_plan", args=[plan.pk]),
    )
    page = "run_plan_map" if "back" in onward else "run_plan"
    return redirect(reverse(page, args=[plan.pk], query={"way": onward["way"]}))


def _whole(said: str) -> int | None:
    return int(said) if said.isdecimal() and len(said) < 6 else None


def _effects(plan: RunPlan, way: str, passenger: int, home: int | None, chosen: int | None) -> dict[str, Any]:
    offers = [
        {"run": each.run, "called": called(way, each.run) if each.run else "", "pounds": each.pounds,
         "why": _(each.why) if each.why else ""}
        for each in ask_for_offers(plan, way, passenger, home)
    ]  # fmt: skip
    effect = ask_for_effect(plan, way, passenger, home, chosen) if chosen is not None and offers else None
    named = Passenger.objects.select_related("person").in_bulk(
        [each.passenger for each in effect.shifts] if effect else []
    )
    shifts = [
        {"who": named[each.passenger], "shift": each, "minutes": round(each.seconds / 60)}
        for each in (effect.shifts if effect else [])
    ]
    ride = -(-effect.ride // 60) if effect else 0
    return {"offers": offers, "effect": effect, "shifts": shifts, "ride": ride}


@needs("transport.use")
@require_POST
@managing
def undo_move_of_plan(request: StaffRequest, number: int) -> HttpResponse:
    change = undo_move(plan_for(request.user, number), by=request.user, at=now())
    messages.success(request, _("%(who)s is back on the run they were on.") % {"who": change.passenger})
    return redirect(reverse("run_plan", args=[number], query={"way": change.direction}))
