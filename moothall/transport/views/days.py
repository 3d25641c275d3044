"""Everybody accounted for: the count proof of a day, its journeys, and settling a single one."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import in_london, now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.transport.forms.days import SettleForm
from moothall.transport.models import Centre, How, Journey, Passenger
from moothall.transport.rules import accounting

AT_ONCE = 100


def _day(said: str) -> dt.date:
    try:
        return dt.date.fromisoformat(said)
    except ValueError:
        return today()


@needs("transport.use")
@require_GET
def accounted(request: StaffRequest) -> HttpResponse:
    """The timetable counted anew against the rows of a day; all of one kind, page by page."""
    day, how = _day(request.GET.get("day", "")), request.GET.get("how", "")
    proof = accounting.prove(day)
    rows = Journey.objects.visible_to(request.user).of_day(day)
    rows = rows.filter(how=how) if how in dict(How.HOWS) else rows.exclude(is_due=False)
    first = _number(request.GET.get("from", "0"))
    shown = rows.select_related("passenger__person", "centre", "home", "owner")[first : first + AT_ONCE + 1]
    found = list(shown)
    context = {
        "day": day, "before": day - dt.timedelta(days=1), "after": day + dt.timedelta(days=1), "how": how,
        "proof": proof, "counted": [(key, words, proof.counted[key]) for key, words in How.HOWS],
        "unresolved": _unresolved(day) if not how else [], "rows": found[:AT_ONCE], "at": now(),
        "more": first + AT_ONCE if len(found) > AT_ONCE else None, "missing": _named(proof),
    }  # fmt: skip
    return render(request, "transport/accounted.html", context)


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 7 else 0


def _unresolved(day: dt.date) -> list[Journey]:
    rows = Journey.objects.of_day(day).unresolved().select_related("passenger__person", "centre", "owner")
    return list(rows.order_by("deadline_at", "id")[:AT_ONCE])


def _named(proof: accounting.Proof) -> list[dict[str, Any]]:
    """Who has no row yet, by name."""
    some = proof.missing[:AT_ONCE]
    who = Passenger.objects.select_related("person").in_bulk([each.passenger for each in some])
    where = Centre.objects.in_bulk([each.centre for each in some])
    return [
        {"passenger": who[each.passenger], "centre": where[each.centre], "direction": each.direction}
        for each in some
    ]


@needs("transport.use")
@require_POST
def account_day(request: StaffRequest) -> HttpResponse:
    """Every journey of the day gets its row."""
    day = _day(request.POST.get("day", ""))
    proof = accounting.account_for_day(day, by=request.user, at=now())
    messages.success(request, _("%(count)s journeys are accounted for.") % {"count": proof.accounted})
    return redirect(reverse("accounted", query={"day": day.isoformat()}))


def _journey(request: StaffRequest, number: int) -> Journey:
    rows = Journey.objects.visible_to(request.user)
    found = rows.select_related("passenger__person", "centre", "home", "owner").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
@require_GET
def journey(request: StaffRequest, number: int) -> HttpResponse:
    found = _journey(request, number)
    changes = found.changes.select_related("by")
    return render(request, "transport/journey.html", {"journey": found, "changes": changes})


@needs("transport.use")
def settle_journey(request: StaffRequest, number: int) -> HttpResponse:
    """For this day alone; the pattern stays as it is."""
    found = _journey(request, number)
    deadline = in_london(found.deadline_at) if found.deadline_at else None
    initial = {
        "how": found.how, "run": found.run, "stop": found.stop or "", "contractor": found.contractor,
        "job": found.job, "own": found.own, "because": found.cancelled_because,
        "owner": str(found.owner_id or request.user.pk),
        "deadline_on": deadline.date() if deadline else found.day,
        "deadline_time": deadline.time() if deadline else None,
    }  # fmt: skip
    form = filled(request, SettleForm, initial=initial)
    return show_form(
        request, form, title=_("How this journey is made"), lead=_words(found),
        words=_("Settled for this day."), back=reverse("journey", args=[found.pk]),
        undo=lambda held: reverse("journey_by_pattern", args=[held.pk]),
        rule=lambda _data: accounting.settle_journey(found, **form.entry(), by=request.user, at=now()),
    )  # fmt: skip


def _words(found: Journey) -> str:
    return f"{found.passenger}, {found.day:%d/%m/%Y}: {found.get_direction_display()}"


@needs("transport.use")
@require_POST
def journey_by_pattern(request: StaffRequest, number: int) -> HttpResponse:
    """As it is usually arranged, after all."""
    found = _journey(request, number)
    accounting.leave_to_the_pattern(found, by=request.user, at=now())
    messages.success(request, _("It goes as it is usually arranged."))
    return redirect("journey", found.pk)
