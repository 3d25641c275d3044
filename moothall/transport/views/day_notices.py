"""What is told on the day: written, looked at person by person, sent once; and whom to ring."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.transport.finding import managing
from moothall.transport.forms.day import CENTRE, COVER, CentreContactForm, DayMessageForm
from moothall.transport.models import Centre, DayMessage, DayNotice
from moothall.transport.rules import day_notices as rules
from moothall.transport.rules.concerned import To, concerned_by_centre, concerned_by_runs, digest_of

AT_ONCE = 50


def _day(request: StaffRequest) -> dt.date:
    try:
        return dt.date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today()


@needs("transport.use")
@require_GET
def day_messages(request: StaffRequest) -> HttpResponse:
    """What was told, the newest first, and how many are still to be rung."""
    said = request.GET.get("from", "0")
    first = int(said) if said.isdecimal() and len(said) < 7 else 0
    ring = Count("notices", filter=Q(notices__by_telephone=True, notices__told_at=None))
    rows = DayMessage.objects.visible_to(request.user).select_related("by", "run")
    rows = rows.annotate(many=Count("notices"), to_ring=ring).order_by("-at", "-id")
    found = list(rows[first : first + AT_ONCE + 1])
    more = first + AT_ONCE if len(found) > AT_ONCE else None
    return render(request, "transport/notice_list.html", {"rows": found[:AT_ONCE], "more": more})


def _concerned(form: DayMessageForm, day: dt.date, account: Any) -> tuple[Sequence[To], str]:
    """Whom it concerns, and what of the day it is about."""
    data = form.cleaned_data
    if data["about"] == CENTRE:
        centre = form.centres[data["centre"]]
        return concerned_by_centre(day, centre), str(centre)
    if data["about"] == COVER:
        runs = rules.runs_of_cover(form.covers[data["cover"]])
    else:
        runs = {int(each) for each in data["runs"]}
    names = [words for key, words in form.fields["runs"].choices if int(key) in runs]  # type: ignore[attr-defined]
    return concerned_by_runs(day, runs, but=account), ", ".join(names)


@needs("transport.use")
@require_GET
def write_day_message(request: StaffRequest) -> HttpResponse:
    day = _day(request)
    return render(request, "transport/notice_write.html", {"form": DayMessageForm(day=day), "day": day})


@needs("transport.use")
@require_POST
def preview_day_message(request: StaffRequest) -> HttpResponse:
    """Everybody who would be told, before anybody is."""
    day = _day(request)
    form = filled(request, DayMessageForm, day=day)
    if not form.is_valid():
        return render(request, "transport/notice_write.html", {"form": form, "day": day}, status=422)
    to, about = _concerned(form, day, request.user)
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {
        "day": day, "to": to, "about": about, "seen": digest_of(to), "key": uuid.uuid4(),
        "words": form.cleaned_data,
        "sent": [pair for pair in sent if pair[0] != "csrfmiddlewaretoken"],
        "to_ring": sum(not each.address for each in to),
    }  # fmt: skip
    return render(request, "transport/notice_preview.html", context)


@needs("transport.use")
@require_POST
def send_day_message(request: StaffRequest) -> HttpResponse:
    """Those on the list that was looked at, once."""
    day = _day(request)
    form = filled(request, DayMessageForm, day=day)
    if not form.is_valid():
        return render(request, "transport/notice_write.html", {"form": form, "day": day}, status=422)
    to, about = _concerned(form, day, request.user)
    made = rules.tell_words(
        key=request.POST.get("key", "")[:60], day=day, to=to, seen=request.POST.get("seen", ""), about=about,
        words=form.cleaned_data["words"], words_cy=form.cleaned_data["words_cy"], by=request.user, at=now(),
    )  # fmt: skip
    messages.success(request, _("Sent. Whoever has no address is on the list to ring."))
    return redirect("day_message", made.pk)


@needs("transport.use")
@require_GET
def day_message(request: StaffRequest, number: int) -> HttpResponse:
    """One message with everybody who was told, and who is to be rung."""
    rows = DayMessage.objects.visible_to(request.user).select_related("by", "run")
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    notices = found.notices.select_related("person", "centre", "letter", "told_by").order_by("who", "id")
    return render(request, "transport/notice_one.html", {"message": found, "notices": notices})


def _notice(request: StaffRequest, number: int) -> DayNotice:
    mine = DayMessage.objects.visible_to(request.user)
    found = DayNotice.objects.filter(pk=number, message__in=mine).select_related("message").first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
@require_POST
def ring_of_day(request: StaffRequest, number: int) -> HttpResponse:
    found = _notice(request, number)
    rules.note_told(found, by=request.user, at=now())
    messages.success(
        request, _("Kept: they were rung."), extra_tags=reverse("not_rung_of_day", args=[number])
    )
    return redirect("day_message", found.message_id)


@needs("transport.use")
@require_POST
def not_rung_of_day(request: StaffRequest, number: int) -> HttpResponse:
    found = _notice(request, number)
    rules.note_not_told(found, by=request.user, at=now())
    messages.success(request, _("They are on the list to ring again."))
    return redirect("day_message", found.message_id)


@needs("transport.use")
@managing
def centre_contact(request: StaffRequest, key: str) -> HttpResponse:
    """Where a school is written to on the day, and in which language."""
    centre = Centre.objects.filter(key=key).first()
    if centre is None:
        raise Http404
    initial = {"email": centre.email, "phone": centre.phone, "language": centre.language}
    form = filled(request, CentreContactForm, initial=initial)
    return show_form(
        request, form, title=_("Who is told on the day"), lead=str(centre), words=_("Kept."),
        back=reverse("centre", args=[centre.key]),
        rule=lambda data: rules.reach_centre(centre, **data, by=request.user, at=now()),
    )  # fmt: skip
