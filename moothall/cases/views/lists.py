"""The list of cases, opening one, and doing something to many at once."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.cases import forms
from moothall.cases.models import Case, Service
from moothall.cases.models.attention import reasons_for, told_to
from moothall.cases.offering import bulk_actions
from moothall.cases.rules import assigning, closing
from moothall.cases.rules.access import may_read
from moothall.cases.rules.searching import mark_words
from moothall.cases.visiting import case_address, may_act_here
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.lists import (
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    FlagFilter,
    Link,
    Listing,
    SearchFilter,
    show_list,
)
from moothall.core.refusals import Refusal
from moothall.core.way_back import way_back
from moothall.people.models import Account, Team
from moothall.people.requests import StaffRequest

ROW = ("service", "team", "assignee", "requester")


NOT_CLOSED = "not-closed"
STATUSES = [
    (NOT_CLOSED, gettext_lazy("Not closed")),
    ("OPEN", gettext_lazy("Open")),
    ("WAITING", gettext_lazy("Waiting")),
    ("CLOSED", gettext_lazy("Closed")),
]


def services(_request: HttpRequest) -> list[tuple[str, str]]:
    language = get_language() or "en"
    return [(each.key, each.name_in(language)) for each in Service.objects.order_by("name")]


def teams(_request: HttpRequest) -> list[tuple[str, str]]:
    language = get_language() or "en"
    return [(each.key, each.name_in(language)) for each in Team.objects.order_by("name")]


def colleagues(request: HttpRequest) -> list[tuple[int, str]]:
    """Oneself first, then those one works with."""
    me = request.user
    if not isinstance(me, Account):
        return []
    others = Account.objects.working_with(me)
    return [(me.pk, _("Me")), *((each.pk, each.name) for each in others)]


class CaseList(Listing[Case]):
    """Every case the person may see."""

    key, title = "cases", gettext_lazy("Cases")
    row_template, table_classes = "cases/parts/row.html", "mh-list--work"
    sort = "-received"
    opens_with = f"status={NOT_CLOSED}"
    ready_views = (
        (gettext_lazy("Not closed"), f"status={NOT_CLOSED}"),
        (gettext_lazy("Unassigned"), "unassigned=1"),
        (gettext_lazy("Late"), "late=1"),
        (gettext_lazy("Waiting on others"), "waiting=1"),
        (gettext_lazy("All"), ""),
    )
    columns = (
        Column("title", gettext_lazy("Title"), classes="mh-list__main"),
        Column("requester", gettext_lazy("Who asked"), classes="mh-col--who"),
        Column(
            "service",
            gettext_lazy("Service"),
            value=lambda case: case.service.name_in(get_language() or "en"),
            shown=False,
        ),
        Column("team", gettext_lazy("Team"), shown=False),
        Column("assignee", gettext_lazy("Assigned to"), classes="mh-col--who"),
        Column(
            "received",
            gettext_lazy("Received"),
            sort="received_at",
            descending=True,
            value=lambda case: case.received_at,
            classes="mh-col--moment",
        ),
        Column(
            "due",
            gettext_lazy("Due"),
            sort="due_on",
            value=lambda case: case.due_on,
            classes="mh-col--due",
        ),
        Column(
            "status",
            gettext_lazy("Why"),
            value=lambda case: case.get_status_display(),
            classes="mh-col--one-why",
        ),
        Column("reference", gettext_lazy("Reference"), sort="id", descending=True, classes="mh-col--ref"),
    )
    filters = (
        SearchFilter("q", gettext_lazy("Search"), apply=lambda rows, words: rows.mentioning(words)),
        ChoiceFilter(
            "status",
            gettext_lazy("Status"),
            options=STATUSES,
            apply=lambda rows, values: (
                rows.unfinished() if values == [NOT_CLOSED] else rows.filter(status=values[0])
            ),
            several=False,
        ),
        ChoiceFilter(
            "assignee", gettext_lazy("Assigned to"), field="assignee_id", options=colleagues, several=False
        ),
        FlagFilter("late", gettext_lazy("Late"), apply=lambda rows: rows.late(today())),
        FlagFilter("unassigned", gettext_lazy("Unassigned"), apply=lambda rows: rows.waiting_for_anybody()),
        FlagFilter("waiting", gettext_lazy("Waiting on others"), apply=lambda rows: rows.waiting_on_others()),
        ChoiceFilter(
            "service", gettext_lazy("Service"), field="service__key", options=services, several=False
        ),
        ChoiceFilter(
            "team",
            gettext_lazy("Team"),
            options=teams,
            apply=lambda rows, values: rows.of_team(values[0]),
            several=False,
        ),
        ChoiceFilter("priority", gettext_lazy("Priority"), options=forms.PRIORITIES, several=False),
        DateFilter("received", gettext_lazy("Received"), field="received_at"),
    )
    bulk = bulk_actions
    empty = Empty(
        gettext_lazy("No cases yet"),
        gettext_lazy("Import a mailbox or log a call, and what people ask for appears here."),
    )

    def rows(self, request: StaffRequest) -> QuerySet[Case]:
        return Case.objects.visible_to(request.user).select_related(*ROW)

    def address(self, case: Case) -> str:
        return case_address(case)

    def prepare(self, rows: list[Case], request: StaffRequest) -> None:
        """Why each case is where it is, and where the words looked for stand."""
        day = today()
        for case in rows:
            case.found = ""  # type: ignore[attr-defined]
            case.reasons = told_to(request.user.pk, case, reasons_for(case, on=day))  # type: ignore[attr-defined]
        words = request.GET.get("q", "").strip()
        if words:
            mark_words(rows, words)

    def actions(self, request: StaffRequest) -> list[Link]:
        if not request.user.is_authenticated or not request.user.may("cases.work"):
            return []
        return [Link(_("Open a case"), reverse("open_case"))]


@needs("cases.view")
def case_list(request: StaffRequest) -> HttpResponse:
    return show_list(request, CaseList())


def _chosen(request: StaffRequest) -> list[Case]:
    """The cases ticked that this person may act on; a sealed one only once they have said why."""
    ids = [int(each) for each in request.POST.getlist("ids") if each.isdecimal() and len(each) < 19][:500]
    found = Case.objects.visible_to(request.user).filter(pk__in=ids).order_by("id")
    return [case for case in found if may_act_here(request, case) and may_read(case, request.user, at=now())]


def _to_each(request: StaffRequest, act: Callable[[Case], Any], words: Callable[[int], str]) -> HttpResponse:
    """Do it to each case chosen; those that refuse are named with the reason, the others are done."""
    done = 0
    for case in _chosen(request):
        try:
            act(case)
        except Refusal as refusal:
            messages.warning(request, f"{case.reference}: {refusal}")
        else:
            done += 1
    messages.success(request, words(done))
    return redirect(_back(request))


def _back(request: StaffRequest) -> str:
    return way_back(request, request.POST.get("back", ""), reverse("case_list"))


@require_POST
@needs("cases.assign")
def assign_many(request: StaffRequest) -> HttpResponse:
    chosen = _chosen(request)
    teams = {case.team_id for case in chosen}
    people = {
        str(account.pk): account
        for team_id in sorted(teams)
        for account in Account.objects.working_in(team_id)
    }
    to = people.get(request.POST.get("to", ""))
    if to is None:
        context = {"chosen": chosen, "people": people, "back": _back(request)}
        return render(request, "cases/assign_many.html", context)
    return _to_each(
        request,
        lambda case: assigning.assign_case(case, to=to, by=request.user, at=now()),
        lambda count: ngettext("%d case assigned.", "%d cases assigned.", count) % count,
    )


@require_POST
@needs("cases.work")
def take_many(request: StaffRequest) -> HttpResponse:
    return _to_each(
        request,
        lambda case: assigning.assign_case(case, to=request.user, by=request.user, at=now()),
        lambda count: ngettext("%d case is yours.", "%d cases are yours.", count) % count,
    )


@require_POST
@needs("cases.close")
def close_many(request: StaffRequest) -> HttpResponse:
    outcome = request.POST.get("outcome", "")
    if not outcome:
        context = {
            "chosen": _chosen(request),
            "outcomes": closing.shared_outcomes(_chosen(request)),
            "back": _back(request),
        }
        return render(request, "cases/close_many.html", context)
    return _to_each(
        request,
        lambda case: closing.close_case(
            case, by=request.user, at=now(), outcome=outcome, reason=request.POST.get("reason", "")
        ),
        lambda count: ngettext("%d case closed.", "%d cases closed.", count) % count,
    )
