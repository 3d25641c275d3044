"""Incidents, accidents and safeguarding concerns: the list, reporting one at the desk, and its page."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.cases.models import Case
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import show_form
from moothall.core.lists import (
    ChoiceFilter,
    Column,
    Empty,
    FlagFilter,
    Link,
    Listing,
    SearchFilter,
    show_list,
)
from moothall.people.requests import StaffRequest
from moothall.records.rules.documents import download_response
from moothall.transport.forms.incidents import DeskReportForm, begun
from moothall.transport.models import Incident, IncidentAction, Investigation, Run
from moothall.transport.models.incident import KINDS
from moothall.transport.models.passenger import manages
from moothall.transport.rules import incidents as rules
from moothall.transport.rules.investigating import duties_of
from moothall.transport.rules.who_was_there import on_the_run, runs_of

from .incident_finding import page_of, with_incident


def _late(rows: Any) -> Any:
    late = IncidentAction.objects.open().filter(due_on__lt=today()).order_by().values("incident")
    return rows.filter(pk__in=late)


class IncidentList(Listing[Incident]):
    """All that are there for whoever looks; a sealed one once they have said why they read it."""

    key, title = "incidents", gettext_lazy("Incidents")
    sort, opens_with = "-happened", "open=1"
    page_template = "transport/incidents.html"
    columns = (
        Column("happened", gettext_lazy("When"), sort="happened_at", value=lambda row: row.happened_at),
        Column("kind", gettext_lazy("What"), value=lambda row: row.get_kind_display()),
        Column("where", gettext_lazy("Where"), value=lambda row: row.where),
        Column("run", gettext_lazy("Run"), value=lambda row: row.run_called),
        Column("vehicle", gettext_lazy("Vehicle"), value=lambda row: str(row.vehicle or "")),
        Column("contractor", gettext_lazy("Contractor"), value=lambda row: str(row.contractor or "")),
        Column("case", gettext_lazy("Case"), value=lambda row: row.case.reference),
        Column("late", gettext_lazy("Actions that are late"), value=lambda row: row.late or ""),
    )
    filters = (
        SearchFilter(
            "q", gettext_lazy("Words, place, run or registration"),
            apply=lambda rows, words: rows.filter(
                Q(what__icontains=words) | Q(where__icontains=words) | Q(run_called__iexact=words)
                | Q(vehicle__registration__icontains="".join(words.split()))
            ),
        ),
        ChoiceFilter("kind", gettext_lazy("What"), options=KINDS),
        FlagFilter(
            "open", gettext_lazy("Not closed"), apply=lambda rows: rows.exclude(case__status=Case.CLOSED)
        ),
        FlagFilter("late", gettext_lazy("With an action that is late"), apply=_late),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("Nothing here"),
        gettext_lazy("Report what happened, or choose fewer filters to see what is closed."),
    )
    export_permission = "cases.manage"

    def rows(self, request: Any) -> QuerySet[Incident]:
        rows = Incident.objects.open_to(request.user).in_full()
        leaves = request.method == "POST"  # as a file: a sealed one stays, whoever reads it just now
        return rows.exclude(case__confidentiality=Case.SEALED) if leaves else rows

    def prepare(self, rows: list[Any], request: Any) -> None:
        actions = IncidentAction.objects.open().filter(incident__in=[each.pk for each in rows])
        late = list(actions.filter(due_on__lt=today()).values_list("incident", flat=True))
        for row in rows:
            row.late = late.count(row.pk)

    def address(self, row: Incident) -> str:
        return reverse("incident", args=[row.case.reference])

    def actions(self, request: Any) -> list[Link]:
        return [Link(_("Report something"), reverse("report_incident"))]


@needs("transport.use")
def incidents(request: StaffRequest) -> Any:
    sealed = Incident.objects.sealed_from(request.user).select_related("case").order_by("pk")
    return show_list(request, IncidentList(), context={"sealed": sealed})


def asked_day(said: str) -> dt.date:
    try:
        return dt.date.fromisoformat(said)
    except ValueError:
        return today()


def _asked_run(said: str) -> Run | None:
    return Run.objects.filter(pk=said).first() if said.isdecimal() and len(said) < 18 else None


@needs("transport.use")
def report_incident(request: StaffRequest) -> HttpResponse:
    """From the board or the page of a run it is known which; otherwise who was there is added afterwards."""
    day, run = asked_day(request.GET.get("day", "")), _asked_run(request.GET.get("run", ""))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DeskReportForm(
        *sent, runs=runs_of(day, and_run=run), there=on_the_run(run, day) if run else (),
        initial=begun(now(), run=run.pk if run else "") | ({"day": day} if "day" in request.GET else {}),
    )  # fmt: skip
    return show_form(
        request, form, title=_("Report what happened"), back=reverse("incidents"), button=_("Report"),
        lead=_("If somebody is in danger, call 999 first."),
        words=_("It is reported. A safeguarding concern is read by the people named on it alone."),
        onward=lambda made: after_report(request, made),
        rule=lambda _data: rules.report_incident(**form.entry(), by=request.user, at=now()),
    )  # fmt: skip


def after_report(request: StaffRequest, made: Incident) -> str:
    """Its page, where whoever reported it may see it; the list otherwise."""
    seen = Incident.objects.open_to(request.user).filter(pk=made.pk).exists()
    return page_of(made) if seen else reverse("incidents")


@needs("transport.use")
@require_GET
@with_incident
def incident(request: StaffRequest, found: Incident) -> HttpResponseBase:
    """All that is known of it, on one page that prints."""
    language = get_language() or "en"
    actions = found.actions.standing().select_related("owner", "done_by")
    context: dict[str, Any] = {
        "incident": found, "case": found.case, "day": today(), "manages": manages(request.user),
        "is_open": not found.case.is_closed,
        "involved": found.involved.filter(withdrawn_at=None).select_related("person__passenger"),
        "photos": found.photos.select_related("document"),
        "duties": [
            (duty, duty.name_in(language), duty.when_in(language), decided)
            for duty, decided in duties_of(found)
        ],
        "investigation": Investigation.objects.filter(incident=found).select_related("investigator").first(),
        "statements": found.statements.filter(withdrawn_at=None).select_related("recorded_by"),
        "actions": [(each, each.is_late(today())) for each in actions],
    }  # fmt: skip
    return render(request, "transport/incident.html", context)


@needs("transport.use")
@require_GET
@with_incident
def incident_photo(request: StaffRequest, found: Incident, number: int) -> HttpResponseBase:
    photo = found.photos.select_related("document").filter(pk=number).first()
    if photo is None:
        raise Http404
    return download_response(photo.document, inline=True)
