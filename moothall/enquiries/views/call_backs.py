"""People who are to be rung back: the list, one of them, and what came of ringing."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from moothall.cases.models import Case
from moothall.cases.visiting import act, bound, case_address, with_case
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.lists import ChoiceFilter, Column, Empty, Listing, show_list
from moothall.core.refusals import Refusal
from moothall.enquiries.forms import CallBackForm, TryForm
from moothall.enquiries.models import CallBack, CallBackTry, ContactCase
from moothall.enquiries.rules import calling_back
from moothall.people.before_contact import care_for
from moothall.people.models import ContactPoint
from moothall.people.models.often_asked import cautions_of, ways_to_reach
from moothall.people.requests import StaffRequest


class CallBackList(Listing[CallBack]):
    """Everybody who was promised a call."""

    key, title = "call-backs", gettext_lazy("Call backs")
    sort, opens_with = "until", "settled=open"
    columns = (
        Column("until", gettext_lazy("Ring by"), sort="until_at", value=lambda each: each.until_at),
        Column("about", gettext_lazy("About")),
        Column("person", gettext_lazy("Who")),
        Column("number", gettext_lazy("Number")),
        Column("owner", gettext_lazy("Who rings"), value=lambda each: each.owner or each.team),
        Column("result", gettext_lazy("What came of it"), value=lambda each: each.get_result_display()),
    )
    filters = (
        ChoiceFilter("result", gettext_lazy("What came of it"), options=CallBack.RESULTS),
        ChoiceFilter(
            "settled", gettext_lazy("Settled"),
            options=[("open", gettext_lazy("Not yet")), ("settled", gettext_lazy("Settled"))],
            apply=lambda rows, chosen: rows if len(chosen) == 2 else rows.filter(
                settled_at__isnull=chosen == ["open"]
            ),
        ),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("Nobody waits to be rung"),
        gettext_lazy("Ask for a call back while logging a call, or from a case."),
    )

    def rows(self, request: StaffRequest) -> QuerySet[CallBack]:
        found = CallBack.objects.visible_to(request.user)
        return found.select_related("person", "owner", "team")

    def address(self, row: CallBack) -> str:
        return reverse("call_back", args=[row.pk])


@require_GET
@needs("enquiries.log")
def call_backs(request: StaffRequest) -> HttpResponse:
    return show_list(request, CallBackList())


def window_in(data: dict[str, Any]) -> calling_back.Window:
    return calling_back.window_on(data["on"], data["after"], data["before"])


@needs("cases.work")
@with_case
def ask_call_back(request: StaffRequest, case: Case) -> HttpResponse:
    reach = ways_to_reach(person=case.requester_id, most=8) if case.requester_id else []
    phones = [point.value for point in reach if point.kind == ContactPoint.PHONE]
    initial = {"about": case.title, "number": phones[0] if phones else "", "on": today()}

    def ask(data: dict[str, Any]) -> str:
        asked = calling_back.ask_for_call_back(
            about=data["about"], number=data["number"], window=window_in(data), owner=data["owner"],
            team=case.team, person=case.requester, case=case, by=request.user, at=now(),
        )  # fmt: skip
        return reverse("withdraw_call_back", args=[asked.pk])

    return act(
        request, case, bound(request, CallBackForm, team=case.team, initial=initial), title=_("Call back"),
        button=_("Ask for a call back"), words=_("They will be rung."), rule=ask, contact=True,
    )  # fmt: skip


def _find(request: StaffRequest, call_back_id: int) -> CallBack:
    found = CallBack.objects.visible_to(request.user).filter(pk=call_back_id)
    call_back = found.select_related("person", "case", "owner", "team", "asked_by", "settled_by").first()
    if call_back is None:
        raise Http404
    return call_back


@needs("enquiries.log")
def call_back(request: StaffRequest, call_back_id: int) -> HttpResponse:
    """Whom to ring, with the warnings first; and what came of it."""
    found = _find(request, call_back_id)
    form = TryForm(request.POST if request.method == "POST" else None, initial={"on": today()})
    if form.is_valid():
        try:
            return _tried(request, found, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {
        "call_back": found,
        "tries": found.tries.select_related("by"),
        "cautions": cautions_of(person=found.person_id, on=today()) if found.person_id else [],
        "care": care_for(request.user, found.person_id, on=today()),
        "form": form,
        "late": found.is_open and found.until_at < now(),
        "case": found.case or _case_of(found),
    }
    return render(request, "enquiries/call_back.html", context, status=422 if form.errors else 200)


def _case_of(call_back: CallBack) -> Case | None:
    led_to = ContactCase.objects.filter(contact=call_back.contact_id).select_related("case").first()
    return led_to.case if led_to else None


def _tried(request: StaffRequest, call_back: CallBack, data: dict[str, Any]) -> HttpResponse:
    again = window_in(data) if data["result"] == CallBackTry.NO_ANSWER else None
    tried = calling_back.record_try(
        call_back, result=data["result"], note=data["note"], minutes=data["minutes"], again=again,
        by=request.user, at=now(),
    )  # fmt: skip
    undo = reverse("undo_call_back", args=[call_back.pk, tried.pk])
    messages.success(request, _("Noted."), extra_tags=undo)
    return redirect(case_address(call_back.case) if call_back.case else reverse("my_work"))


@require_POST
@needs("enquiries.log")
def undo_call_back(request: StaffRequest, call_back_id: int, try_id: int) -> HttpResponse:
    found = _find(request, call_back_id)
    tried = found.tries.filter(pk=try_id).first()
    if tried is None:
        raise Http404
    calling_back.take_back_try(tried, by=request.user, at=now())
    messages.success(request, _("Undone."))
    return redirect("call_back", call_back_id=call_back_id)


@require_POST
@needs("enquiries.log")
def withdraw_call_back(request: StaffRequest, call_back_id: int) -> HttpResponse:
    calling_back.withdraw_call_back(_find(request, call_back_id), by=request.user, at=now())
    messages.success(request, _("They need not be rung."))
    return redirect("call_backs")


@require_POST
@needs("enquiries.log")
def take_call_back(request: StaffRequest, call_back_id: int) -> HttpResponse:
    calling_back.take_call_back(_find(request, call_back_id), by=request.user, at=now())
    messages.success(request, _("You ring them."))
    return redirect("call_back", call_back_id=call_back_id)
