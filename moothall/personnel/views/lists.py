"""Requests of staff: what is due, and the three lists."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from moothall.core.clock import today
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
from moothall.people.requests import StaffRequest
from moothall.personnel.models import FamilyLeave, FlexibleRequest, ReferenceRequest, SharedNotice
from moothall.personnel.rules.called import family_of, flexible_of, references_of, shared_of
from moothall.personnel.rules.family import kinds, name_of
from moothall.workforce.finding import of_staff_fitting

SOON = dt.timedelta(days=14)
MOST = 25


@require_GET
@needs("workforce.edit")
def staff_requests(request: StaffRequest) -> HttpResponse:
    """What is due, of each sort the first due first."""
    account, day = request.user, today()
    flexible = flexible_of(account).waiting().shown().order_by("decide_by", "received_on", "id")
    references = references_of(account).waiting().shown().order_by("due_on", "id")
    context: dict[str, Any] = {
        "today": day,
        "flexible": list(flexible[: MOST + 1]),
        "references": list(references[: MOST + 1]),
        "private": False,
        "most": MOST,
        "shown": f":{MOST}",
    }
    if account.may("workforce.private"):
        leaves = family_of(account).standing().shown()
        context |= {
            "private": True,
            "notices": list(shared_to_see_to(request)[: MOST + 1]),
            "unanswered": list(leaves.unanswered().order_by("reply_by", "id")[: MOST + 1]),
            "back": list(
                leaves.filter(ends_on__gte=day, ends_on__lt=day + SOON).order_by("ends_on", "id")[: MOST + 1]
            ),
        }
    return render(request, "personnel/board.html", context)


def shared_to_see_to(request: StaffRequest) -> QuerySet[SharedNotice]:
    """Notices of shared leave on which nobody agreed yet, the first due first."""
    rows: QuerySet[SharedNotice] = shared_of(request.user).undecided().select_related("employment__person")
    return rows.order_by("answer_by", "id")


def _who(row: Any) -> str:
    return str(row.employment.person.full_name)


class FlexibleList(Listing[FlexibleRequest]):
    key, title = "flexible", _("Flexible working")
    sort, opens_with = "received", "waiting=1"
    ready_views = ((_("To decide"), "waiting=1"), (_("All"), ""))
    columns = (
        Column("who", _("Who"), value=_who),
        Column("number", _("Staff number"), value=lambda row: row.employment.number),
        Column("state", _("How it stands"), value=lambda row: row.get_state_display()),
        Column(
            "received", _("Received"), sort="received_on", descending=True, value=lambda row: row.received_on
        ),
        Column("due", _("Decide by"), value=lambda row: row.decide_by),
        Column("decided", _("Decided"), value=lambda row: row.decided_on),
    )
    filters = (
        SearchFilter("q", _("Name"), apply=of_staff_fitting),
        ChoiceFilter("state", _("How it stands"), options=FlexibleRequest.STATES),
        FlagFilter("waiting", _("To decide"), apply=lambda rows: rows.waiting()),
        FlagFilter("late", _("Late"), apply=lambda rows: rows.waiting().filter(decide_by__lt=today())),
        DateFilter("received", _("Received"), field="received_on"),
    )
    empty = Empty(_("No requests"), _("People ask under My requests; what comes on paper is entered here."))

    def rows(self, request: StaffRequest) -> QuerySet[FlexibleRequest]:
        found: QuerySet[FlexibleRequest] = flexible_of(request.user).shown()
        return found

    def address(self, row: FlexibleRequest) -> str:
        return reverse("flexible_page", args=[row.pk])

    def actions(self, request: Any) -> tuple[Link, ...]:
        return (Link(_("Enter a request"), reverse("enter_flexible")),)


@needs("workforce.edit")
def flexible_requests(request: StaffRequest) -> HttpResponse:
    return show_list(request, FlexibleList())


def _kinds(_request: HttpRequest) -> list[tuple[str, str]]:
    language = get_language() or "en"
    return [(each.kind, each.name_in(language)) for each in kinds()]


class FamilyList(Listing[FamilyLeave]):
    key, title = "family-leave", _("Family leave")
    sort, opens_with = "starts", "to_come=1"
    ready_views = (
        (_("Now and to come"), "to_come=1"),
        (_("Not confirmed yet"), "unanswered=1"),
        (_("All"), ""),
    )
    columns = (
        Column("who", _("Who"), value=_who),
        Column("kind", _("Which leave"), value=lambda row: name_of(row.kind, get_language() or "en")),
        Column(
            "starts", _("First day away"), sort="starts_on", descending=True, value=lambda row: row.starts_on
        ),
        Column("ends", _("Last day away"), value=lambda row: row.ends_on),
        Column("reply", _("Confirm by"), value=lambda row: None if row.confirmed_on else row.reply_by),
        Column("confirmed", _("Confirmed"), value=lambda row: row.confirmed_on),
    )
    filters = (
        SearchFilter("q", _("Name"), apply=of_staff_fitting),
        ChoiceFilter("kind", _("Which leave"), options=_kinds),
        FlagFilter("to_come", _("Now and to come"), apply=lambda rows: rows.not_over(today())),
        FlagFilter("unanswered", _("Not confirmed yet"), apply=lambda rows: rows.unanswered()),
        DateFilter("starts", _("First day away"), field="starts_on"),
    )
    empty = Empty(_("No family leave"), _("People tell of it under My requests, or you enter it here."))

    def rows(self, request: StaffRequest) -> QuerySet[FamilyLeave]:
        found: QuerySet[FamilyLeave] = family_of(request.user).shown()
        return found

    def address(self, row: FamilyLeave) -> str:
        return reverse("family_page", args=[row.pk])

    def actions(self, request: Any) -> tuple[Link, ...]:
        return (Link(_("Enter family leave"), reverse("enter_family_leave")),)


@needs("workforce.private")
def family_leaves(request: StaffRequest) -> HttpResponse:
    return show_list(request, FamilyList())


class ReferenceList(Listing[ReferenceRequest]):
    key, title = "references-given", _("References given")
    sort, opens_with = "received", "waiting=1"
    ready_views = ((_("To answer"), "waiting=1"), (_("All"), ""))
    columns = (
        Column("who", _("About whom"), value=_who),
        Column("organisation", _("Who asks"), value=lambda row: row.organisation),
        Column(
            "received", _("Received"), sort="received_on", descending=True, value=lambda row: row.received_on
        ),
        Column("due", _("Answer by"), value=lambda row: row.due_on),
        Column("sent", _("Sent"), value=lambda row: row.sent_on),
        Column("declined", _("Declined"), value=lambda row: row.declined_on),
    )
    filters = (
        SearchFilter("q", _("Name"), apply=of_staff_fitting),
        FlagFilter("waiting", _("To answer"), apply=lambda rows: rows.waiting()),
        FlagFilter("late", _("Late"), apply=lambda rows: rows.waiting().filter(due_on__lt=today())),
        DateFilter("received", _("Received"), field="received_on"),
    )
    empty = Empty(_("No references"), _("Enter what another employer asks for, and answer it from here."))

    def rows(self, request: StaffRequest) -> QuerySet[ReferenceRequest]:
        found: QuerySet[ReferenceRequest] = references_of(request.user).shown()
        return found

    def address(self, row: ReferenceRequest) -> str:
        return reverse("reference_page", args=[row.pk])

    def actions(self, request: Any) -> tuple[Link, ...]:
        return (Link(_("Enter a reference request"), reverse("enter_reference")),)


@needs("workforce.edit")
def references_given(request: StaffRequest) -> HttpResponse:
    return show_list(request, ReferenceList())
