"""The people one manages today, however many: where, as what, in which hours."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from moothall.core.clock import today
from moothall.core.door import signed_in
from moothall.core.lists import ChoiceFilter, Column, Empty, Listing, SearchFilter, show_list
from moothall.people.requests import StaffRequest
from moothall.workforce.finding import (
    assigned_today,
    employments_fitting,
    places_of_team,
    posts_of_team,
    said_title,
)
from moothall.workforce.models import Employment
from moothall.workforce.panels import team_pages


def _of_main(name: str) -> Any:
    def value(row: Employment) -> Any:
        main, language = row.main, get_language() or "en"
        if main is None:
            return ""
        if name == "post":
            return said_title(main.post, language)
        if name == "hours":
            return main.weekly_hours
        named = getattr(main, name)
        return named.name_in(language) if named is not None else ""

    return value


class TeamList(Listing[Employment]):
    key, title = "my_team", gettext_lazy("My team")
    sort = "name"
    columns = (
        Column("name", gettext_lazy("Name"), sort="person__folded_name",
               value=lambda row: row.person.full_name),
        Column("number", gettext_lazy("Number"), sort="number"),
        Column("post", gettext_lazy("Post"), value=_of_main("post")),
        Column("place", gettext_lazy("Where"), value=_of_main("place")),
        Column("pattern", gettext_lazy("Working pattern"), value=_of_main("pattern")),
        Column("hours", gettext_lazy("Hours a week"), numeric=True, value=_of_main("hours")),
        Column("started", gettext_lazy("Since"), sort="started_on", descending=True,
               value=lambda row: row.started_on),
    )  # fmt: skip
    filters = (
        SearchFilter("q", gettext_lazy("Name"),
                     apply=lambda rows, words: rows.filter(pk__in=employments_fitting(words))),
        ChoiceFilter("place", gettext_lazy("Where"), options=places_of_team,
                     apply=lambda rows, chosen: assigned_today(rows, "place", chosen)),
        ChoiceFilter("post", gettext_lazy("Post"), options=posts_of_team,
                     apply=lambda rows, chosen: assigned_today(rows, "post", chosen)),
    )  # fmt: skip
    row_template, page_template = "workforce/parts/team_row.html", "workforce/team.html"
    empty = Empty(
        gettext_lazy("Nobody reports to you today."),
        gettext_lazy(
            "If somebody should, ask whoever keeps staff records to name you as their line manager."
        ),
    )

    def rows(self, request: Any) -> QuerySet[Employment]:
        day = today()
        return Employment.objects.managed_by(request.user, on=day).not_over(day).with_assignment(day)

    def address(self, row: Employment) -> str:
        return reverse("staff_record", args=[row.number])


@signed_in
def my_team(request: StaffRequest) -> Any:
    """Those one manages today, with the pages about all of them at its head."""
    return show_list(request, TeamList(), {"pages": team_pages()})
