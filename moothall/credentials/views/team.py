"""What one's own people hold and lack: for whoever is their manager today, whatever their role."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.core.clock import today
from moothall.core.door import signed_in
from moothall.core.lists import ChoiceFilter, Column, Empty, Link, Listing, SearchFilter, show_list
from moothall.credentials.models import Credential, CredentialKind
from moothall.credentials.rules.standing import Line, asked_of_people, held_by, lacking, lines_of
from moothall.people.requests import StaffRequest
from moothall.workforce.finding import (
    assigned_today,
    employments_fitting,
    places_of_team,
    posts_of_team,
    said_title,
)
from moothall.workforce.models import Employment

from .lists import matrix_of

STANDS = [
    ("lacks", gettext_lazy("Lacks something")),
    ("30", gettext_lazy("Runs out within 30 days")),
    ("90", gettext_lazy("Runs out within 90 days")),
]


def _standing_so(rows: Any, values: list[str]) -> Any:
    day, value = today(), values[0]
    if value == "lacks":
        asked = asked_of_people(day)
        kinds = list({each.kind_id: each.kind for each in asked.requirements}.values())
        return lacking(rows, kinds, asked)
    ending = Credential.objects.expiring(day, within=int(value))
    return rows.filter(Exists(ending.filter(person=OuterRef("person"))))


def _post(row: Employment) -> str:
    return said_title(row.main.post, get_language() or "en") if row.main else ""


def _place(row: Employment) -> str:
    place = row.main.place if row.main else None
    return place.name_in(get_language() or "en") if place else ""


class TeamCredentials(Listing[Employment]):
    """One's own people with what each lacks of what is asked of them, and what runs out next."""

    key, title = "team_credentials", gettext_lazy("Credentials in my team")
    sort = "name"
    ready_views = (
        (gettext_lazy("All"), ""),
        (gettext_lazy("Lacks something"), "state=lacks"),
        (gettext_lazy("Runs out within 30 days"), "state=30"),
        (gettext_lazy("Runs out within 90 days"), "state=90"),
    )
    columns = (
        Column("name", gettext_lazy("Who"), sort="person__folded_name",
               value=lambda row: row.person.full_name),
        Column("post", gettext_lazy("Post"), value=_post),
        Column("place", gettext_lazy("Where"), value=_place),
        Column("lacks", gettext_lazy("Lacks"), value=lambda row: row.lacks),
        Column("next", gettext_lazy("Runs out next"), value=lambda row: row.next_kind),
        Column("until", gettext_lazy("Last day"), value=lambda row: row.next_day),
    )  # fmt: skip
    filters = (
        SearchFilter("q", gettext_lazy("Name"),
                     apply=lambda rows, words: rows.filter(pk__in=employments_fitting(words))),
        ChoiceFilter("state", gettext_lazy("How it stands"), options=STANDS, apply=_standing_so,
                     several=False),
        ChoiceFilter("place", gettext_lazy("Where"), options=places_of_team,
                     apply=lambda rows, chosen: assigned_today(rows, "place", chosen)),
        ChoiceFilter("post", gettext_lazy("Post"), options=posts_of_team,
                     apply=lambda rows, chosen: assigned_today(rows, "post", chosen)),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("Nobody to show"),
        gettext_lazy("None of your people stands like this. Choose All to see everybody you manage."),
    )

    def rows(self, request: Any) -> QuerySet[Employment]:
        day = today()
        return Employment.objects.managed_by(request.user, on=day).in_force(day).with_assignment(day)

    def prepare(self, rows: list[Employment], request: Any) -> None:
        asked, language = asked_of_people(today()), get_language() or "en"
        held = held_by([each.person_id for each in rows])
        for row in rows:
            lines = lines_of(row, asked, held.get(row.person_id, []))
            wanted = [line for line in lines if line.is_required and not line.is_in_order]
            row.lacks = [line.kind.name_in(language) for line in wanted]  # type: ignore[attr-defined]
            soonest = _first_to_end(lines)
            row.next_kind = soonest[1].name_in(language) if soonest else ""  # type: ignore[attr-defined]
            row.next_day = soonest[0] if soonest else None  # type: ignore[attr-defined]

    def address(self, row: Employment) -> str:
        return reverse("employee_credentials", args=[row.number])

    def actions(self, request: Any) -> list[Link]:
        return [Link(_("On one page, to print"), reverse("team_credential_matrix"))]


def _first_to_end(lines: list[Line]) -> tuple[dt.date, CredentialKind] | None:
    """Of what counts today, what runs out first, and when."""
    held = [(line.held.expires_on, line.kind) for line in lines if line.held and line.is_in_order]
    ending = [(day, kind) for day, kind in held if day is not None]
    return min(ending, key=lambda pair: (pair[0], pair[1].pk), default=None)


@signed_in
def team_credentials(request: StaffRequest) -> Any:
    return show_list(request, TeamCredentials())


@signed_in
@require_GET
def team_credential_matrix(request: StaffRequest) -> HttpResponse:
    """One's own people against all that is asked of any of them."""
    day = today()
    here = Employment.objects.managed_by(request.user, on=day).in_force(day).with_assignment(day)
    context = matrix_of(here, request.GET.get("page"), on=day)
    return render(request, "credentials/matrix.html", context | {"is_team": True})
