"""A calendar kept elsewhere: looked at first, then brought in; and given back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.bookings.forms.bringing import BringForm
from moothall.bookings.models import BroughtCalendar
from moothall.bookings.rules.bringing import bring_in, give_back, look_at_calendar, may_bring
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.refusals import Refusal
from moothall.people.requests import StaffRequest


@needs("bookings.book")
def bring_calendar(request: StaffRequest) -> HttpResponse:
    """Without `do=bring` it is only looked at, and nothing is changed."""
    sent = request.method == "POST"
    form = BringForm(
        request.POST if sent else None, request.FILES if sent else None, account=request.user,
        initial={"name": request.GET.get("name", ""), "resource": request.GET.get("resource", "")},
    )  # fmt: skip
    context: dict[str, Any] = {"form": form}
    if sent and form.is_valid():
        try:
            found = _look_or_bring(request, form)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            if isinstance(found, HttpResponse):
                return found
            context |= found
    return render(request, "bookings/bring_calendar.html", context, status=422 if form.errors else 200)


def _look_or_bring(request: StaffRequest, form: BringForm) -> HttpResponse | dict[str, Any]:
    data, raw = form.cleaned_data, form.raw()
    resource, name = form.known[data["resource"]], data["name"]
    if request.POST.get("do") != "bring":
        lines = look_at_calendar(resource=resource, name=name, raw=raw, at=now())
        text = raw.decode("utf-8", "replace").replace("\0", "")
        return {
            "lines": lines, "form": BringForm(data | {"pasted": text}, account=request.user),
            "free": sum(each.clash is None for each in lines), "looked": True,
        }  # fmt: skip
    brought = bring_in(
        resource=resource, name=name, raw=raw, is_private=data["is_private"], by=request.user, at=now()
    )
    said = {"taken": brought.taken, "clashes": len(brought.clashes)}
    messages.success(request, _("%(taken)s times are taken, %(clashes)s were taken already.") % said)
    return redirect("calendar_feeds")


@require_POST
@needs("bookings.book")
def give_calendar_back(request: StaffRequest, calendar_id: int) -> HttpResponse:
    found = BroughtCalendar.objects.standing().select_related("resource").filter(pk=calendar_id).first()
    if found is None or not may_bring(request.user, found.resource):
        raise Http404
    number = give_back(calendar=found, by=request.user, at=now())
    messages.success(request, _("%s times are free again.") % number)
    return redirect("calendar_feeds")
