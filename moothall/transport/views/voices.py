"""Complaints and compliments about transport: whom each concerns, and how many each contractor had."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.cases.models import Case
from moothall.cases.rules.acting import may_act
from moothall.cases.visiting import case_address, with_case
from moothall.core import typed
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import ChoiceFilter, Column, DateFilter, Empty, Link, Listing, show_list
from moothall.people.requests import StaffRequest
from moothall.transport.forms.visiting import VoiceForm
from moothall.transport.models import Centre, Contractor, TransportVoice
from moothall.transport.rules import voicing

from .audits import named

YEAR = dt.timedelta(days=364)


def _contractors(_request: Any) -> list[tuple[str, str]]:
    return [(str(one.pk), named(one)) for one in Contractor.objects.order_by("name", "id")]


def _centres(_request: Any) -> list[tuple[str, str]]:
    return [(str(one.pk), named(one)) for one in Centre.objects.order_by("name", "id")]


def _numbered(field: str) -> Any:
    def narrow(rows: Any, chosen: list[str]) -> Any:
        return rows.filter(**{f"{field}__in": [int(each) for each in chosen if each.isdigit()]})

    return narrow


class VoiceList(Listing[TransportVoice]):
    """Complaints and compliments of cases that the reader sees, by whom they concern."""

    key, title = "transport-voices", gettext_lazy("Complaints and compliments about transport")
    sort = "-happened"
    row_template = "transport/parts/voice_row.html"
    ready_views = (
        (gettext_lazy("All"), ""),
        (gettext_lazy("Complaints"), "kind=COMPLAINT"),
        (gettext_lazy("Compliments"), "kind=COMPLIMENT"),
    )
    columns = (
        Column("happened", gettext_lazy("Happened"), sort="happened_on", descending=True,
               value=lambda row: row.happened_on),
        Column("kind", gettext_lazy("What it is"), value=lambda row: row.get_kind_display()),
        Column("case", gettext_lazy("Case"), value=lambda row: row.case.reference),
        Column("contractor", gettext_lazy("Contractor"), value=lambda row: named(row.contractor)),
        Column("whom", gettext_lazy("Whom or what it concerns"),
               value=lambda row: voicing.concerns(row, get_language() or "en")),
    )  # fmt: skip
    filters = (
        ChoiceFilter("kind", gettext_lazy("What it is"), options=TransportVoice.KINDS, several=True),
        ChoiceFilter(
            "contractor", gettext_lazy("Contractor"), options=_contractors, apply=_numbered("contractor"),
            several=False,
        ),
        ChoiceFilter(
            "centre", gettext_lazy("School or centre"), options=_centres, apply=_numbered("centre"),
            several=False,
        ),
        DateFilter("happened", gettext_lazy("Happened"), field="happened_on"),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No complaints or compliments here"),
        gettext_lazy("Say on the case of a complaint or a compliment whom it concerns: it then stands here."),
    )
    export_permission = "cases.manage"

    def rows(self, request: Any) -> QuerySet[TransportVoice]:
        return TransportVoice.objects.visible_to(request.user).standing().in_full()

    def address(self, row: TransportVoice) -> str:
        return case_address(row.case)

    def actions(self, request: Any) -> list[Link]:
        return [Link(_("By contractor"), reverse("voice_counts"))]


@needs("transport.use")
def transport_voices(request: StaffRequest) -> Any:
    return show_list(request, VoiceList())


@needs("transport.use")
@require_GET
def voice_counts(request: StaffRequest) -> HttpResponse:
    """How many complaints and compliments each contractor had between two days, each leading to its rows."""
    day = today()
    last = typed.day(request.GET.get("last", ""), today=day) or day
    first = typed.day(request.GET.get("first", ""), today=day) or last - YEAR
    welsh = get_language() == "cy"
    rows = [
        {**row, "name": (row["contractor__name_cy"] if welsh else "") or row["contractor__name"]}
        for row in voicing.counted_by_contractor(request.user, first, last)
    ]
    return render(request, "transport/voice_counts.html", {"rows": rows, "first": first, "last": last})


@needs("cases.work")
@with_case
def say_whom(request: StaffRequest, case: Case) -> HttpResponse:
    """Whom or what of transport a complaint or a compliment concerns."""
    if not request.user.may("transport.use"):
        raise PermissionDenied
    initial = {"kind": voicing.kind_of(case), "happened_on": today()}
    form = filled(request, VoiceForm, account=request.user, initial=initial)
    return show_form(
        request, form, title=_("Whom does it concern?"), lead=f"{case.reference} · {case.title}",
        words=_("It is on record."), back=case_address(case),
        undo=lambda made: reverse("take_back_voice", args=[made.pk]),
        rule=lambda data: voicing.say_whom(case, **data, by=request.user, at=now()),
    )  # fmt: skip


def _voice(request: StaffRequest, number: int) -> TransportVoice:
    """One of a case that this account sees and works on."""
    rows = TransportVoice.objects.visible_to(request.user).select_related("case__team")
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    if not may_act(found.case, request.user, "cases.work"):
        raise PermissionDenied
    return found


@needs("transport.use")
@require_POST
def take_back_voice(request: StaffRequest, number: int) -> HttpResponse:
    found = _voice(request, number)
    voicing.take_back_voice(found, by=request.user, at=now())
    undo = reverse("put_back_voice", args=[found.pk])
    messages.success(request, _("Taken back: it does not concern them."), extra_tags=undo)
    return redirect(case_address(found.case))


@needs("transport.use")
@require_POST
def put_back_voice(request: StaffRequest, number: int) -> HttpResponse:
    found = _voice(request, number)
    voicing.put_back_voice(found, by=request.user, at=now())
    messages.success(request, _("It is back."))
    return redirect(case_address(found.case))
