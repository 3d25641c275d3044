"""An applicant takes another time for their day with us, among those that are free and fit them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from moothall.core.clock import now
from moothall.core.door import public
from moothall.core.rate_limits import limited
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.recruitment.rules.event_choosing import free_places, own_day, take_place

from .limits import WRITING, by_mine, find_mine


@public
@limited(WRITING, by=by_mine)
@for_the_office()
def my_times(request: HttpRequest, signed: str) -> HttpResponse:
    """What is free; taken by one press, and theirs is free for somebody else."""
    found = find_mine(signed)
    day, problem = own_day(found, at=now()), ""
    if day is None:
        return redirect("my_application", signed=signed)
    asked = request.POST.get("place", "")
    if request.method == "POST":
        try:
            take_place(day.candidate, place=int(asked) if asked.isdigit() else 0, at=now())
        except Refusal as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("This time is yours now. We have sent you a message that says so."))
            return redirect("my_application", signed=signed)
    places = free_places(day.candidate, at=now())
    context: dict[str, Any] = {
        "application": found, "signed": signed, "day": day, "problem": problem,
        "places": list(places.items()),
    }  # fmt: skip
    return render(request, "recruitment/mine_times.html", context, status=422 if problem else 200)
