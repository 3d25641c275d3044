"""A matter: opened, its page, who has a part in it and what is in question."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.cases.rules.acting import is_named
from moothall.cases.rules.reading import PAGE, note_read
from moothall.conduct.forms import formal as forms
from moothall.conduct.models import Exemption, ImprovementNotice, Matter
from moothall.conduct.rules import improving, linking
from moothall.conduct.rules import opening as rules
from moothall.conduct.rules.sight import employees_of
from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.workforce.models import Employment

from .finding import one_of, page_of, with_matter


@needs("conduct.work")
def open_matter(request: StaffRequest) -> HttpResponse:
    number = request.GET.get("employee", "")
    seen = employees_of(request.user, on=today()).select_related("person")
    chosen = seen.filter(number=number).first()
    form = filled(
        request, forms.OpenForm, account=request.user, initial={"began_on": today(), "employee": chosen}
    )
    return show_form(
        request, form, title=_("Open a matter"), button=_("Open it"), back=reverse("matter_board"),
        lead=_("Only you are named on it at first. Give others their part on its page."),
        words=_("The matter is open. Only the people named on it know of it."), onward=page_of,
        rule=lambda data: rules.open_matter(
            data["employee"], kind=data["kind"], summary=data["summary"], began_on=data["began_on"],
            issues=data["issues"], by=request.user, at=now(),
        ),
        template="conduct/open_matter.html", context=what_is_not_for(chosen),
    )  # fmt: skip


def what_is_not_for(employment: Employment | None) -> dict[str, Any]:
    """Of whoever is chosen on their record: which matters cannot begin about them, before any is written."""
    found = rules.exemptions_of(employment, on=today()) if employment is not None else []
    return {"chosen": employment, "not_for_them": found}


@require_GET
@signed_in
@with_matter
def matter_page(request: StaffRequest, matter: Matter) -> HttpResponse:
    """Everything of it, for the people named; who reads it is written down."""
    note_read(matter.case, by=request.user, at=now(), what=PAGE)
    return render(request, "conduct/matter.html", page_context(request, matter))


def page_context(request: StaffRequest, matter: Matter) -> dict[str, Any]:
    account = request.user
    return {
        "matter": matter, "case": matter.case, "today": today(), "now": now(),
        "meetings": matter.meetings.select_related("chair", "letter").order_by("starts_at", "id"),
        "outcomes": matter.outcomes.select_related("level", "letter", "decided_by", "appeal"),
        "parties": matter.parties.filter(ended_at=None).select_related("account"),
        "issues": matter.issues.all(), "bundles": matter.bundles.all(),
        "suspensions": matter.suspensions.prefetch_related("reviews").order_by("-from_on", "-id"),
        "notices": ImprovementNotice.objects.filter(outcome__matter=matter)
        .select_related("outcome__level").prefetch_related("extensions"),
        "next_notice": improving.next_level(matter), "links": linking.linked_to(matter, by=account),
        "steps": matter.case.steps.order_by("position"),
        "exemptions": Exemption.objects.filter(kind=matter.kind_id).in_force(matter.began_on),
        "may_work": not matter.case.is_closed
        and account.may("conduct.work")
        and is_named(matter.case, account),
        "sees_case": account.may("cases.view"),
    }  # fmt: skip


@needs("conduct.work")
@with_matter
def give_part(request: StaffRequest, matter: Matter) -> HttpResponse:
    return show_form(
        request, filled(request, forms.PartForm), title=_("Give somebody a part"), back=page_of(matter),
        lead=str(matter), words=_("They have a part in it now."),
        rule=lambda data: rules.give_part(matter, **data, by=request.user, at=now()),
    )  # fmt: skip


@require_POST
@needs("conduct.work")
@with_matter
def end_part(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    party = one_of(matter.parties, number)
    party.matter = matter
    rules.end_part(party, by=request.user, at=now())
    messages.success(request, _("Their part is over."))
    return redirect(page_of(matter))


@needs("conduct.work")
@with_matter
def add_issue(request: StaffRequest, matter: Matter) -> HttpResponse:
    return show_form(
        request, filled(request, forms.IssueForm), title=_("Add an allegation or point"),
        back=page_of(matter), lead=str(matter), words=_("Added."),
        rule=lambda data: rules.add_issue(matter, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("conduct.work")
@with_matter
def record_finding(request: StaffRequest, matter: Matter, number: int) -> HttpResponse:
    issue = one_of(matter.issues, number)
    issue.matter = matter
    initial = {"finding": issue.finding, "reason": issue.finding_reason}
    return show_form(
        request, filled(request, forms.FindingForm, initial=initial), title=_("What was found"),
        lead=str(issue), back=page_of(matter), words=_("The finding is written down."),
        rule=lambda data: rules.record_finding(issue, **data, by=request.user, at=now()),
    )  # fmt: skip
