"""Who will join in the months to come, by which rates, how well that would have done, and who is counted."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from moothall.core.clock import today
from moothall.core.door import needs
from moothall.core.lists import Column, Empty, Listing, show_list
from moothall.people.requests import StaffRequest
from moothall.recruitment.forms import language_now
from moothall.recruitment.models import Application, FunnelStage, Route
from moothall.recruitment.rules.figures.forecast import Forecast, Known, back_test, forecast
from moothall.recruitment.rules.figures.lives import SENT
from moothall.recruitment.rules.figures.reached import stages

APPLIED = "applied"


@require_GET
@needs("cases.view")
def recruitment_forecast(request: StaffRequest) -> HttpResponse:
    """Two years of months with their range, the rates they are drawn by, and the last months held back."""
    ladder, day = stages(), today()
    known = Known(request.user, ladder)
    made = forecast(known, on=day)
    context = {
        "made": made, "test": back_test(known, today=day), "here": "forecast",
        **_lines(made, known, ladder), "last": ladder[-1] if ladder else None,
    }  # fmt: skip
    return render(request, "recruitment/figures/forecast.html", context)


def _lines(made: Forecast, known: Known, ladder: list[FunnelStage]) -> dict[str, Any]:
    """Each way in with what is expected of it, and each of its stages with rate, days and who is there."""
    stages_by = {each.place: each for each in ladder}
    routes = Route.objects.order_by("place", "id")
    there = [each for each in routes if each.pk in made.by_route]
    lines = [
        (
            route,
            stages_by.get(place),
            made.rates.find(route.pk, place),
            len(made.waiting.get((route.pk, place), ())),
        )
        for route in there
        for place in known.paths.get(route.pk, [])[:-1]
    ]
    return {"routes": [(each, made.by_route[each.pk]) for each in there], "lines": lines}


class WaitingRows(Listing[Application]):
    """Who is on the way at one stage of one way in, as the forecast counts them."""

    key, title = "figure_waiting", gettext_lazy("Applications counted")
    sort = "-sent"
    page_template = "recruitment/figures/rows.html"
    columns = (
        Column("number", gettext_lazy("Application"), value=lambda row: row.number),
        Column("name", gettext_lazy("Name"), value=lambda row: row.applicant.person.full_name),
        Column("campaign", gettext_lazy("Campaign"), value=lambda row: row.campaign.name_in(language_now())),
        Column(
            "sent", gettext_lazy("Sent"), sort="submitted_at", descending=True,
            value=lambda row: row.submitted_at,
        ),
    )  # fmt: skip
    empty = Empty(gettext_lazy("No application is counted"))

    def __init__(self, route: Route, place: int) -> None:
        self.route, self.place = route, place

    def rows(self, request: Any) -> QuerySet[Application]:
        made = forecast(Known(request.user, stages()), on=today())
        numbers = made.waiting.get((self.route.pk, self.place), [])
        seen = Application.objects.visible_to(request.user).filter(pk__in=numbers)
        return seen.select_related("applicant__person", "campaign")

    def address(self, row: Application) -> str:
        return reverse("application", args=[row.pk])


@needs("cases.view")
def recruitment_forecast_rows(request: StaffRequest, route: str, stage: str) -> HttpResponseBase:
    found = Route.objects.filter(key=route).first()
    places = {each.key: each.place for each in stages()} | {APPLIED: SENT}
    if found is None or stage not in places:
        raise Http404(_("No application is counted"))
    return show_list(request, WaitingRows(found, places[stage]))
