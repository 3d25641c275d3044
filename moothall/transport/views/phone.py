"""The phone page of a crew: today's own run, what is pressed on it, and what the desk has to look at."""

from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.people.requests import StaffRequest
from moothall.transport.models import Press
from moothall.transport.rules import passing as rules
from moothall.transport.rules.phone import phone_page
from moothall.transport.rules.sheet import own_duties

WORKER = Path(__file__).resolve().parents[2] / "core" / "static" / "phone-worker.js"
AT_ONCE = 100


@signed_in
@require_GET
def phone_run(request: StaffRequest, number: int) -> HttpResponse:
    """A run of whoever is signed in, of today; any other does not exist."""
    own = [duty for duty in own_duties(request.user, today()) if duty.pk == number]
    if not own:
        raise Http404
    return render(request, "transport/phone_run.html", {"shown": phone_page(own[0])})


@signed_in
@require_POST
def press_on_run(request: StaffRequest) -> HttpResponse:
    """One press. What a phone sends later is answered in a word; a form goes back to its run."""
    if not rules.is_of_crews(request.user):
        raise Http404
    press = rules.take_press(request.POST.dict(), by=request.user, at=now())
    if request.headers.get("X-Press"):
        return JsonResponse({"found": press.found})
    if press.found in Press.ODD:
        messages.warning(request, _("Kept for the desk: %(why)s.") % {"why": press.get_found_display()})
    number = request.POST.get("duty", "")
    mine = {str(duty.pk) for duty in own_duties(request.user, today())}
    return redirect("phone_run", int(number)) if number in mine else redirect("my_runs")


@signed_in
@require_GET
def phone_worker(request: StaffRequest) -> HttpResponse:
    """The script that keeps the pages below this address for when there is no signal."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


@needs("transport.use")
@require_GET
def odd_presses(request: StaffRequest) -> HttpResponse:
    """Presses that count for nothing until somebody of the desk has looked at them."""
    rows = Press.objects.visible_to(request.user).to_look_at().select_related("by", "run")[:AT_ONCE]
    return render(request, "transport/phone_odd.html", {"rows": rows})


def _press(request: StaffRequest, number: int) -> Press:
    found = Press.objects.visible_to(request.user).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
@require_POST
def see_press(request: StaffRequest, number: int) -> HttpResponse:
    rules.look_at_press(_press(request, number), by=request.user, at=now())
    messages.success(request, _("Looked at."), extra_tags=reverse("unsee_press", args=[number]))
    return redirect("odd_presses")


@needs("transport.use")
@require_POST
def unsee_press(request: StaffRequest, number: int) -> HttpResponse:
    rules.unlook_at_press(_press(request, number), by=request.user, at=now())
    messages.success(request, _("It is to be looked at."))
    return redirect("odd_presses")
