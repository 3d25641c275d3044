"""Finding a time for several people and booking it in one go."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.bookings.forms.meetings import (
    ONLINE,
    FindTimeForm,
    describe_colleague,
    look_up_colleagues,
)
from moothall.bookings.models import Panel, PanelMember, Resource
from moothall.bookings.planning.meetings import Asked, Sitting, suggest_times
from moothall.bookings.rules.meeting import book_meeting
from moothall.cases.rules.reckoning import working_calendar
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.people.requests import StaffRequest

MOST_ASKED, AHEAD = 60, dt.timedelta(days=28)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


class Search:
    """What is looked for, as the address says it."""

    def __init__(self, request: StaffRequest) -> None:
        self.given = request.GET
        self.panel = Panel.objects.in_use().filter(pk=_number(self.given.get("panel", ""))).first()
        self.begun = "first_on" in self.given and "minutes" in self.given
        self.form = FindTimeForm(self._filled(), today=today())
        self.valid = self.form.is_valid()
        self.sitting = self._sitting()
        if self.valid and self.form.cleaned_data["add"]:  # they stand on the list now
            self.form.data = {name: value for name, value in self.form.data.items() if name[:3] != "add"}
        there = {each.account.pk for each in self.sitting}
        self.off = [each for each in self.given.getlist("off") if _number(each) not in there]

    def _filled(self) -> dict[str, Any]:
        """What was typed; before that what is usual, for the board that was chosen."""
        first, panel = today() + dt.timedelta(days=1), self.panel
        usual: dict[str, Any] = {
            "panel": self.given.get("panel", ""), "minutes": str(panel.minutes if panel else 60),
            "first_on": f"{first:%d/%m/%Y}", "last_on": f"{first + AHEAD:%d/%m/%Y}", "opens": "09:00",
            "shuts": "17:00", "place": str(panel.place_id or "") if panel else "",
            "title": panel.name_in(get_language() or "en") if panel else "",
            "quorum": panel.quorum or "" if panel else "",
        }  # fmt: skip
        if not self.begun or self.given.get("panel", "") != self.given.get("before", ""):
            kept = {name: self.given[name] for name in ("first_on", "last_on") if self.given.get(name)}
            return usual | kept
        return usual | self.given.dict() if self.begun else usual

    def _sitting(self) -> list[Sitting]:
        """Those of the board, then those added, without whoever was taken off."""
        off = {_number(each) for each in self.given.getlist("off")}
        found: dict[int, Sitting] = {}
        if self.panel is not None:
            for each in self.panel.members.select_related("account", "deputy"):
                if each.account_id not in off and each.account.is_active:
                    found[each.account_id] = Sitting(
                        each.account, self._role(each.account, each.role), each.deputy
                    )
        asked = [_number(each) for each in self.given.getlist("who")[:MOST_ASKED]]
        added = self.form.cleaned_data.get("add") if hasattr(self.form, "cleaned_data") else None
        people = {each.pk: each for each in Account.objects.in_use().filter(pk__in=asked)}
        for account in [*(people[pk] for pk in asked if pk in people), *([added] if added else [])]:
            if account.pk not in off or account == added:
                found.setdefault(account.pk, Sitting(account, self._role(account, PanelMember.NEEDED)))
        return self._one_chair(list(found.values()))

    def _role(self, account: Account, usual: str) -> str:
        said = self.given.get(f"role-{account.pk}", usual)
        return said if said in dict(PanelMember.ROLES) else usual

    @staticmethod
    def _one_chair(sitting: list[Sitting]) -> list[Sitting]:
        """Only the first takes the chair."""
        chairs = [each for each in sitting if each.role == PanelMember.CHAIR]
        return [
            Sitting(each.account, PanelMember.NEEDED, each.deputy) if each in chairs[1:] else each
            for each in sitting
        ]

    def _papers_can_go_out(self) -> dt.date:
        """The first day of which the papers are not late already."""
        days = self.panel.papers_days if self.panel else 0
        return working_calendar(settings.OFFICE_CALENDAR).add_working_days(today(), days) if days else today()

    def asked(self) -> Asked | None:
        if not (self.begun and self.valid and self.sitting):
            return None
        data = self.form.cleaned_data
        rooms = Resource.objects.of_kind(Resource.ROOM).filter(capacity__gte=len(self.sitting))
        if _number(data["place"]):
            rooms = rooms.filter(place=_number(data["place"]))
        first = max(data["first_on"], today() + dt.timedelta(days=1), self._papers_can_go_out())
        return Asked(
            tuple(self.sitting), int(data["minutes"]), first, max(first, data["last_on"]),
            rooms=tuple(rooms), online=data["place"] == ONLINE, quorum=data["quorum"] or 0,
            papers_days=self.panel.papers_days if self.panel else 0, opens=data["opens"],
            shuts=data["shuts"],
        )  # fmt: skip


@require_GET
@needs("bookings.book")
def find_time(request: StaffRequest) -> HttpResponse:
    """Who, between which days and how long; the times ranked, each with who cannot come, why, and who comes
    instead."""
    search = Search(request)
    asked = search.asked()
    answer = suggest_times(asked) if asked is not None else None
    context = {
        "form": search.form, "sitting": search.sitting, "roles": PanelMember.ROLES, "answer": answer,
        "panel": search.panel, "online": asked is not None and asked.online, "begun": search.begun,
        "off": search.off, "title": search.form["title"].value() or _("Meeting"),
    }  # fmt: skip
    wrong = search.begun and not search.valid
    return render(request, "bookings/find_time.html", context, status=422 if wrong else 200)


@require_POST
@needs("bookings.book")
def book_found_time(request: StaffRequest) -> HttpResponse:
    """The time that was chosen: the room is taken, everybody is invited."""
    starts_at = parse_datetime(request.POST.get("starts", ""))
    ends_at = parse_datetime(request.POST.get("ends", ""))
    asked = [_number(each) for each in request.POST.getlist("who")[:MOST_ASKED]]
    people = list(Account.objects.in_use().filter(pk__in=asked).order_by("name", "pk"))
    room = Resource.objects.of_kind(Resource.ROOM).filter(pk=_number(request.POST.get("room", ""))).first()
    if starts_at is None or ends_at is None or starts_at.tzinfo is None or ends_at.tzinfo is None:
        raise Http404
    title = request.POST.get("title", "").strip()[:200] or _("Meeting")
    try:
        made = book_meeting(
            title=title, room=room, span=(starts_at, ends_at), people=people, by=request.user, at=now()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("find_time")
    messages.success(request, _("Booked. Everybody who comes is invited by mail."))
    return redirect("reservation", reservation_id=made.pk)


@require_GET
@needs("bookings.book")
def colleague_lookup(request: StaffRequest) -> HttpResponse:
    options = [describe_colleague(each) for each in look_up_colleagues(request.GET.get("q", ""))]
    groups = [("", options)] if options else []
    return render(request, "core/parts/lookup_options.html", {"groups": groups})
