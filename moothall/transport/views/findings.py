"""Findings: all of them by deadline, one with its steps, and what is done about it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
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
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.transport.finding import managing
from moothall.transport.forms.auditing import (
    ChangeFindingForm,
    CloseFindingForm,
    FindingForm,
    PutRightForm,
    ReopenFindingForm,
)
from moothall.transport.forms.contracting import SanctionForm
from moothall.transport.models import Finding
from moothall.transport.models.checklist import SEVERITIES
from moothall.transport.models.passenger import manages
from moothall.transport.rules import findings as rules

from .audits import named
from .inspections import inspection_for, kept, lead_of, page_of


class FindingList(Listing[Finding]):
    """What audits and visits found, the earliest deadline first."""

    key, title = "findings", gettext_lazy("Findings")
    sort, opens_with = "deadline", "state=OPEN&state=DONE"
    row_template = "transport/parts/finding_row.html"
    ready_views = (
        (gettext_lazy("Not closed"), "state=OPEN&state=DONE"),
        (gettext_lazy("Late"), "late=1"),
        (gettext_lazy("Wait to be closed"), "state=DONE"),
        (gettext_lazy("Critical"), "state=OPEN&state=DONE&severity=CRITICAL"),
        (gettext_lazy("All"), ""),
    )
    columns = (
        Column("words", gettext_lazy("Finding"), value=lambda row: row.said_in(get_language() or "en")),
        Column("whom", gettext_lazy("Where"), value=lambda row: lead_of(row.inspection)),
        Column("severity", gettext_lazy("How grave"), value=lambda row: row.get_severity_display()),
        Column("deadline", gettext_lazy("Put right by"), sort="deadline_on",
               value=lambda row: row.deadline_on),
        Column("owner", gettext_lazy("Who follows it"), value=lambda row: row.owner.name),
        Column("state", gettext_lazy("How it stands"), value=lambda row: row.get_state_display()),
    )  # fmt: skip
    filters = (
        SearchFilter(
            "q", gettext_lazy("Contractor, school, centre or words"),
            apply=lambda rows, words: rows.filter(
                Q(words__icontains=words) | Q(question__name__icontains=words)
                | Q(inspection__contractor__name__icontains=words)
                | Q(inspection__centre__name__icontains=words)
            ),
        ),
        ChoiceFilter("state", gettext_lazy("How it stands"), options=Finding.STATES, several=True),
        ChoiceFilter("severity", gettext_lazy("How grave"), options=SEVERITIES, several=True),
        FlagFilter("late", gettext_lazy("Late"), apply=lambda rows: rows.late(today())),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No findings here"),
        gettext_lazy("They come from audits and visits: whatever was not met is one."),
    )
    export_permission = "cases.manage"

    def rows(self, request: Any) -> QuerySet[Finding]:
        return Finding.objects.visible_to(request.user).counting().in_full()

    def prepare(self, rows: list[Any], request: Any) -> None:
        for row in rows:
            row.lead, row.day = lead_of(row.inspection), today()

    def address(self, row: Finding) -> str:
        return reverse("finding", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        return [Link(_("Audits"), reverse("audits")), Link(_("Visits"), reverse("visits"))]


@needs("transport.use")
def findings(request: StaffRequest) -> Any:
    return show_list(request, FindingList())


def finding_for(account: Account, number: int) -> Finding:
    found = Finding.objects.visible_to(account).in_full().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def finding_page(finding: Finding) -> str:
    return reverse("finding", args=[finding.pk])


def _words(finding: Finding) -> str:
    return finding.said_in(get_language() or "en")


@needs("transport.use")
@require_GET
def finding(request: StaffRequest, number: int) -> HttpResponse:
    """What was found, by when it is put right, and every step since."""
    found = finding_for(request.user, number)
    steps = found.steps.select_related("by").prefetch_related("evidence__document")
    context: dict[str, Any] = {
        "finding": found, "lead": lead_of(found.inspection), "words": _words(found), "steps": steps,
        "day": today(), "late": found.is_late(today()), "manages": manages(request.user),
    }  # fmt: skip
    return render(request, "transport/finding.html", context)


@needs("transport.use")
def add_finding(request: StaffRequest, number: int) -> HttpResponse:
    """Something that no question asks for, or that should be followed before it is finished."""
    found = inspection_for(request.user, number)
    form = filled(request, FindingForm, initial={"owner": found.auditor_id, "severity": "MAJOR"})
    return show_form(
        request, form, title=_("Add a finding"), lead=lead_of(found), back=page_of(found),
        words=_("It is on record."),
        rule=lambda data: rules.record_finding(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@managing
def change_finding(request: StaffRequest, number: int) -> HttpResponse:
    found = finding_for(request.user, number)
    initial = {"severity": found.severity, "deadline_on": found.deadline_on, "owner": found.owner_id}
    return show_form(
        request, filled(request, ChangeFindingForm, initial=initial), title=_("Change the finding"),
        lead=_words(found), back=finding_page(found), words=_("It is on record, with what it was before."),
        rule=lambda data: rules.change_finding(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
def report_put_right(request: StaffRequest, number: int) -> HttpResponse:
    """What was done about it, with what shows it."""
    found = finding_for(request.user, number)

    def save(data: dict[str, Any]) -> Finding:
        shown = kept(data["evidence"], by=request.user)
        return rules.report_put_right(found, words=data["words"], evidence=shown, by=request.user, at=now())

    return show_form(
        request, filled(request, PutRightForm, files=request.FILES or None), title=_("It is put right"),
        lead=_words(found), back=finding_page(found), rule=save,
        words=_("It is on record. Somebody who manages transport looks at it and closes it."),
    )  # fmt: skip


@needs("transport.use")
@managing
def close_finding(request: StaffRequest, number: int) -> HttpResponse:
    found = finding_for(request.user, number)
    return show_form(
        request, filled(request, CloseFindingForm), title=_("Close the finding"), lead=_words(found),
        back=finding_page(found), button=_("Close it"), words=_("Closed. It can be opened again."),
        rule=lambda data: rules.close_finding(found, words=data["words"], by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@managing
def reopen_finding(request: StaffRequest, number: int) -> HttpResponse:
    found = finding_for(request.user, number)
    return show_form(
        request, filled(request, ReopenFindingForm), title=_("Open the finding again"), lead=_words(found),
        back=finding_page(found), button=_("Open it again"), words=_("It is open again."),
        rule=lambda data: rules.reopen_finding(found, words=data["words"], by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@managing
def sanction_finding(request: StaffRequest, number: int) -> HttpResponse:
    """A sanction because of a finding: filled in, so that one press is enough."""
    found = finding_for(request.user, number)
    audit = found.inspection
    if audit.contractor is None:
        raise Http404
    whom = f"vehicle-{audit.vehicle_id}" if audit.vehicle_id else f"member-{audit.member_id}"
    because = _("Finding %(number)s: %(words)s") % {"number": found.pk, "words": _words(found)}
    initial = {
        "kind": "SUSPENDED" if found.is_critical else "WARNING", "from_on": today(), "because": because,
        "whom": whom if audit.vehicle_id or audit.member_id else "contractor",
    }  # fmt: skip
    form = filled(request, SanctionForm, contractor=audit.contractor, initial=initial)
    return show_form(
        request, form, title=_("A sanction"), lead=f"{named(audit.contractor)} · {_words(found)}",
        warning=True, button=_("Put it on record"), back=finding_page(found),
        words=_("It is on record. Whoever is suspended is allotted nothing on these days."),
        rule=lambda _data: rules.sanction_for(found, **form.entry(), by=request.user, at=now()),
    )  # fmt: skip
