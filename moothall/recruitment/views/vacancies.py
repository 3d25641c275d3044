"""Vacancies: the list with its approvals, one of them, asking for one, cancelling, and one's own."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from moothall.cases.models import Case, Step
from moothall.core.clock import now
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import ChoiceFilter, Column, Empty, Link, Listing, SearchFilter, show_list
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.recruitment.finding import find_vacancy
from moothall.recruitment.forms import VacancyForm, WhyForm, language_now
from moothall.recruitment.models import Vacancy
from moothall.recruitment.rules import vacancies as rules

WAITING, APPROVED, REFUSED, CANCELLED = "waiting", "approved", "refused", "cancelled"
STATES = [
    (WAITING, gettext_lazy("Waiting for approval")), (APPROVED, gettext_lazy("Approved")),
    (REFUSED, gettext_lazy("Not approved")), (CANCELLED, gettext_lazy("Cancelled")),
]  # fmt: skip
NAMES = dict(STATES)
ASKS = {
    WAITING: Q(cancelled_at=None, approved=False, refused=False),
    APPROVED: Q(cancelled_at=None, approved=True, refused=False),
    REFUSED: Q(cancelled_at=None, refused=True),
    CANCELLED: Q(cancelled_at__isnull=False),
}


def state_of(row: Any) -> str:
    """How a vacancy stands; `row` is one of `with_approval`."""
    if row.cancelled_at is not None:
        return CANCELLED
    if row.refused:
        return REFUSED
    return APPROVED if row.approved else WAITING


def may_cancel(account: Account, found: Vacancy) -> bool:
    """Whoever asked for it, and who recruits."""
    if account.pk in (found.asked_by_id, found.hiring_manager_id):
        return True
    return account.standing().covers("cases.work", [found.team_id])


class VacancyList(Listing[Vacancy]):
    """Vacancies, the newest first, with whom each waits for."""

    key, title = "vacancies", gettext_lazy("Vacancies")
    sort = "-asked"
    ready_views = (
        (gettext_lazy("Waiting for approval"), "state=waiting"),
        (gettext_lazy("Approved"), "state=approved"),
        (gettext_lazy("All"), ""),
    )
    columns = (
        Column("title", gettext_lazy("Job"), value=lambda row: row.name_in(language_now())),
        Column(
            "asked", gettext_lazy("Asked for"), sort="id", descending=True, value=lambda row: row.asked_at
        ),
        Column("places", gettext_lazy("How many"), numeric=True, value=lambda row: row.places),
        Column("grade", gettext_lazy("Grade"), value=lambda row: row.grade),
        Column("hours", gettext_lazy("Hours"), numeric=True, value=lambda row: row.hours),
        Column("state", gettext_lazy("How it stands"), value=lambda row: NAMES[state_of(row)]),
        Column("waits", gettext_lazy("Waits for"), value=lambda row: row.waits or "–"),
    )
    filters = (
        SearchFilter(
            "q", gettext_lazy("Job"),
            apply=lambda rows, words: rows.filter(Q(title__icontains=words) | Q(title_cy__icontains=words)),
        ),
        ChoiceFilter(
            "state", gettext_lazy("How it stands"), options=STATES, several=False,
            apply=lambda rows, chosen: rows.filter(ASKS[chosen[0]]),
        ),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No vacancies here"), gettext_lazy("Ask for one: it goes to those who approve.")
    )

    def rows(self, request: Any) -> QuerySet[Vacancy]:
        ready = Step.objects.filter(case=OuterRef("case_id"), state=Step.READY).order_by("position", "id")
        rows = Vacancy.objects.visible_to(request.user).with_approval()
        return rows.annotate(waits=Subquery(ready.values("name")[:1]))

    def address(self, row: Vacancy) -> str:
        return reverse("vacancy", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        return [Link(_("Ask for a vacancy"), reverse("ask_for_vacancy"))]


@needs("cases.view")
def vacancies(request: HttpRequest) -> HttpResponseBase:
    return show_list(request, VacancyList())


@require_GET
@signed_in
def my_vacancies(request: StaffRequest) -> HttpResponse:
    """What somebody asked for or hires to themselves, and how far it is."""
    rows = Vacancy.objects.filter(Q(hiring_manager=request.user) | Q(asked_by=request.user))
    found = list(rows.with_approval().select_related("profile", "case").order_by("-pk")[:200])
    for each in found:
        each.state = NAMES[state_of(each)]  # type: ignore[attr-defined]
    return render(request, "recruitment/my_vacancies.html", {"vacancies": found})


@require_GET
@signed_in
def vacancy(request: StaffRequest, number: int) -> HttpResponse:
    """One vacancy, and each approval it needs: done, now or to come."""
    found = find_vacancy(request.user, number)
    held = Vacancy.objects.filter(pk=found.pk).with_approval().get()
    steps = (
        Step.objects.filter(case=found.case_id).select_related("team", "done_by").order_by("position", "id")
    )
    case_seen = Case.objects.visible_to(request.user).filter(pk=found.case_id).exists()
    context = {
        "vacancy": found, "steps": steps.exclude(state=Step.SKIPPED), "state": NAMES[state_of(held)],
        "may_cancel": may_cancel(request.user, found) and found.cancelled_at is None,
        "case_seen": case_seen, "campaigns": found.campaigns.visible_to(request.user),
    }  # fmt: skip
    return render(request, "recruitment/vacancy.html", context)


@signed_in
def ask_for_vacancy(request: StaffRequest) -> HttpResponse:
    """By whoever would hire: it goes to those who approve."""
    form = filled(request, VacancyForm)
    return show_form(
        request, form, title=_("Ask for a vacancy"), button=_("Ask for it"), back=reverse("my_vacancies"),
        words=_("It is with those who approve. You see here how far it is."),
        rule=lambda _data: rules.ask_for_vacancy(form.content(request.user), by=request.user, at=now()),
        onward=lambda made: reverse("vacancy", args=[made.pk]),
    )  # fmt: skip


@signed_in
def cancel_vacancy(request: StaffRequest, number: int) -> HttpResponse:
    """By whoever asked for it, or who recruits."""
    found = find_vacancy(request.user, number)
    if not may_cancel(request.user, found):
        raise PermissionDenied("cases.work")
    return show_form(
        request, filled(request, WhyForm), title=_("Cancel a vacancy"), lead=found.title, warning=True,
        button=_("Cancel the vacancy"), words=_("It is cancelled, and its case is closed."),
        back=reverse("vacancy", args=[number]),
        rule=lambda data: rules.cancel_vacancy(found, by=request.user, at=now(), **data),
    )  # fmt: skip
