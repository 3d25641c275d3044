"""Organisations and teams: lists, adding, correcting."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.fields import Option
from moothall.core.lists import ChoiceFilter, Column, Link, Listing, SearchFilter, show_list
from moothall.people.forms.organisations import KINDS, OrganisationForm, TeamForm
from moothall.people.forms.persons import find_organisations
from moothall.people.models import Organisation, Team
from moothall.people.requests import StaffRequest
from moothall.people.rules import organisations as rules

from .acting import act, bound


class OrganisationList(Listing[Organisation]):
    key, title = "organisations", gettext_lazy("Organisations")
    columns = (
        Column("name", gettext_lazy("Name"), sort="name"),
        Column("name_cy", gettext_lazy("Name in Welsh")),
        Column(
            "kind",
            gettext_lazy("What it is to us"),
            value=lambda row: str(dict(KINDS).get(row.kind, row.kind)),
        ),
        Column("parent", gettext_lazy("Part of")),
    )
    filters = (
        SearchFilter("q", gettext_lazy("Search"), apply=lambda rows, words: rows.named_like(words)),
        ChoiceFilter("kind", gettext_lazy("What it is to us"), options=KINDS),
    )

    def rows(self, request: Any) -> QuerySet[Organisation]:
        return Organisation.objects.select_related("parent")

    def address(self, row: Organisation) -> str:
        return reverse("edit_organisation", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        may = request.user.may("people.edit")
        return [Link(_("Add an organisation"), reverse("add_organisation"))] if may else []


@needs("people.edit")
def organisations(request: StaffRequest) -> Any:
    return show_list(request, OrganisationList())


@needs("people.view")
@require_GET
def organisation_lookup(request: StaffRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "").strip()[:120]
    found = find_organisations(words) if len(words) > 1 else []
    options = [Option(str(row.pk), row.name, str(row.parent or "")) for row in found]
    return render(request, "core/parts/lookup_options.html", {"groups": [("", options)] if options else []})


@needs("people.edit")
@require_http_methods(["GET", "POST"])
def add_organisation(request: StaffRequest) -> HttpResponse:
    def rule(data: dict[str, Any]) -> Organisation:
        return rules.add_organisation(by=request.user, at=now(), **data)

    return act(
        request, bound(request, OrganisationForm, initial={"kind": "partner"}), rule=rule,
        title=_("Add an organisation"), words=_("The organisation is added."), back=reverse("organisations"),
    )  # fmt: skip


@needs("people.edit")
@require_http_methods(["GET", "POST"])
def edit_organisation(request: StaffRequest, organisation_id: int) -> HttpResponse:
    row = Organisation.objects.select_related("parent").filter(pk=organisation_id).order_by("pk").first()
    if row is None:
        raise Http404
    given = {"name": row.name, "name_cy": row.name_cy, "kind": row.kind, "parent": row.parent}

    def rule(data: dict[str, Any]) -> Organisation:
        return rules.correct_organisation(row, by=request.user, at=now(), **data)

    return act(
        request, bound(request, OrganisationForm, initial=given), title=row.name, rule=rule,
        words=_("The organisation is corrected."), back=reverse("organisations"),
    )  # fmt: skip


class TeamList(Listing[Team]):
    key, title = "teams", gettext_lazy("Teams")
    columns = (
        Column("name", gettext_lazy("Name"), sort="name"),
        Column("name_cy", gettext_lazy("Name in Welsh")),
        Column("organisation", gettext_lazy("Organisation")),
        Column("email", gettext_lazy("Shared mail address")),
        Column("lead", gettext_lazy("Team lead")),
    )

    def rows(self, request: Any) -> QuerySet[Team]:
        return Team.objects.select_related("organisation", "lead")

    def address(self, row: Team) -> str:
        return reverse("edit_team", args=[row.key])

    def actions(self, request: Any) -> list[Link]:
        return [Link(_("Add a team"), reverse("add_team"))]


@needs("people.administer")
def teams(request: StaffRequest) -> Any:
    return show_list(request, TeamList())


@needs("people.administer")
@require_http_methods(["GET", "POST"])
def add_team(request: StaffRequest) -> HttpResponse:
    def rule(data: dict[str, Any]) -> Team:
        return rules.add_team(by=request.user, at=now(), **data)

    return act(
        request, bound(request, TeamForm), title=_("Add a team"), rule=rule, words=_("The team is added."),
        back=reverse("teams"),
    )  # fmt: skip


@needs("people.administer")
@require_http_methods(["GET", "POST"])
def edit_team(request: StaffRequest, key: str) -> HttpResponse:
    team = Team.objects.select_related("lead").filter(key=key).first()
    if team is None:
        raise Http404
    lead = str(team.lead_id or "")
    given = {"name": team.name, "name_cy": team.name_cy, "email": team.email, "lead": lead}

    def rule(data: dict[str, Any]) -> Team:
        return rules.change_team(team, by=request.user, at=now(), **data)

    return act(
        request, bound(request, TeamForm, team=team, initial=given), title=team.name, rule=rule,
        words=_("The team is changed."), back=reverse("teams"),
    )  # fmt: skip
