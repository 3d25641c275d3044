"""Campaigns: the list, one of them, drawing up, places, publishing and ending."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from moothall.cases.models import Case
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import ChoiceFilter, Column, Empty, Link, Listing, SearchFilter, show_list
from moothall.people.models import Account, Team
from moothall.people.requests import StaffRequest
from moothall.recruitment.finding import campaign_to_run, find_campaign, may_run
from moothall.recruitment.forms import CampaignForm, PlacesForm, WhyForm, language_now
from moothall.recruitment.models import Application, Campaign, Vacancy
from moothall.recruitment.rules import campaigns as rules
from moothall.recruitment.rules.picture import picture_of
from moothall.recruitment.rules.timetable import routes_of, stage_names

STATES = [
    ("open", gettext_lazy("Open to applications")), ("drawn", gettext_lazy("Being drawn up")),
    ("coming", gettext_lazy("Published, not open yet")), ("closed", gettext_lazy("Closed, being decided")),
    ("ended", gettext_lazy("Ended")),
]  # fmt: skip
NAMES = dict(STATES)


def state_of(campaign: Campaign) -> str:
    day = today()
    if campaign.ended_at is not None:
        return "ended"
    if campaign.published_at is None:
        return "drawn"
    if day < campaign.opens_on:
        return "coming"
    return "open" if day <= campaign.closes_on else "closed"


def _standing_so(rows: Any, values: list[str]) -> Any:
    day, live = today(), Q(ended_at=None, published_at__isnull=False)
    return rows.filter({
        "open": live & Q(opens_on__lte=day, closes_on__gte=day), "drawn": Q(ended_at=None, published_at=None),
        "coming": live & Q(opens_on__gt=day), "closed": live & Q(closes_on__lt=day),
        "ended": Q(ended_at__isnull=False),
    }[values[0]])  # fmt: skip


class CampaignList(Listing[Campaign]):
    """Every campaign of one's teams, those that opened last first."""

    key, title = "campaigns", gettext_lazy("Campaigns")
    sort = "-opens"
    page_template = "recruitment/campaigns.html"
    ready_views = (
        (gettext_lazy("Open to applications"), "state=open"),
        (gettext_lazy("Being decided"), "state=closed"),
        (gettext_lazy("Being drawn up"), "state=drawn"),
        (gettext_lazy("All"), ""),
    )
    columns = (
        Column("name", gettext_lazy("Campaign"), value=lambda row: row.name_in(language_now())),
        Column(
            "opens", gettext_lazy("Opens"), sort="opens_on", descending=True, value=lambda row: row.opens_on
        ),
        Column("closes", gettext_lazy("Closes"), sort="closes_on", value=lambda row: row.closes_on),
        Column("state", gettext_lazy("How it stands"), value=lambda row: NAMES[state_of(row)]),
        Column("applied", gettext_lazy("Applications"), numeric=True, value=lambda row: row.applied),
        Column("wanted", gettext_lazy("Places"), numeric=True, value=lambda row: row.wanted),
    )
    filters = (
        SearchFilter(
            "q", gettext_lazy("Name"),
            apply=lambda rows, words: rows.filter(Q(name__icontains=words) | Q(name_cy__icontains=words)),
        ),
        ChoiceFilter(
            "state", gettext_lazy("How it stands"), options=STATES, apply=_standing_so, several=False
        ),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No campaigns here"),
        gettext_lazy("Draw one up for vacancies that are approved, and publish it."),
    )

    def rows(self, request: Any) -> QuerySet[Campaign]:
        return Campaign.objects.visible_to(request.user)

    def prepare(self, rows: list[Campaign], request: Any) -> None:
        ids = [each.pk for each in rows]
        seen = Application.objects.visible_to(request.user).filter(campaign__in=ids).order_by()
        applied = dict(seen.values("campaign").annotate(many=Count("pk")).values_list("campaign", "many"))
        places = (
            Campaign.objects.filter(pk__in=ids).order_by().values("pk").annotate(many=Sum("places__places"))
        )
        wanted = dict(places.values_list("pk", "many"))
        for each in rows:
            each.applied = applied.get(each.pk, 0)  # type: ignore[attr-defined]
            each.wanted = wanted.get(each.pk) or 0  # type: ignore[attr-defined]

    def address(self, row: Campaign) -> str:
        return reverse("campaign", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        if not request.user.may("cases.work"):
            return []
        return [Link(_("Draw up a campaign"), reverse("draw_up_campaign"))]


@needs("cases.view")
def campaigns(request: HttpRequest) -> HttpResponseBase:
    return show_list(request, CampaignList())


@require_GET
@needs("cases.view")
def campaign(request: StaffRequest, number: int) -> HttpResponse:
    """One campaign: what is wanted, how it is timed, and how far those are who applied."""
    found = find_campaign(request.user, number)
    routes = routes_of(found)
    names = {route.pk: stage_names(route, language_now()) for route in routes}
    stages = list(found.stages.select_related("route"))
    for each in stages:
        each.words = names.get(each.route_id, {}).get(each.key, each.key)  # type: ignore[attr-defined]
    seen = Application.objects.visible_to(request.user).filter(campaign=found)
    closed = Count("pk", filter=Q(case__status=Case.CLOSED, withdrawn_at=None))
    context = {
        "campaign": found, "places": found.places.select_related("route"), "stages": stages,
        "state": state_of(found), "state_words": NAMES[state_of(found)], "runs": may_run(request.user, found),
        "vacancies": found.vacancies.visible_to(request.user).with_approval(),
        "counts": seen.aggregate(
            all=Count("pk"), over=closed, withdrawn=Count("pk", filter=Q(withdrawn_at__isnull=False))
        ),
        "picture": picture_of(stages, today=today()), "internal": any(each.is_internal for each in routes),
    }  # fmt: skip
    return render(request, "recruitment/campaign.html", context)


def _teams(account: Account) -> QuerySet[Team]:
    """In whose name this account may draw one up."""
    standing = account.standing()
    rows = Team.objects.order_by("name", "id")
    return (
        rows
        if standing.everywhere_for("cases.work")
        else rows.filter(pk__in=standing.teams_for("cases.work"))
    )


def _offered(account: Account) -> QuerySet[Vacancy]:
    return Vacancy.objects.visible_to(account).approved_now().order_by("-pk")[:200]


@needs("cases.work")
def draw_up_campaign(request: StaffRequest) -> HttpResponse:
    """By a team that recruits; nobody outside sees it until it is published."""
    offered = list(_offered(request.user))
    form = filled(request, CampaignForm, vacancies=offered)

    def save(_data: Any) -> Campaign:
        content = form.content()
        team = content.vacancies[0].team if content.vacancies else _teams(request.user)[0]
        return rules.draw_up_campaign(content, team=team, by=request.user, at=now())

    return show_form(
        request,
        form,
        title=_("Draw up a campaign"),
        words=_("It is drawn up. Say how many come in by which route."),
        back=reverse("campaigns"),
        rule=save,
        onward=lambda made: reverse("campaign_places", args=[made.pk]),
    )


GIVEN = ("name", "name_cy", "about", "about_cy", "opens_on", "closes_on", "starts_on", "again_after_days")


@needs("cases.work")
def change_campaign(request: StaffRequest, number: int) -> HttpResponse:
    found = campaign_to_run(request.user, number)
    chosen = list(found.vacancies.visible_to(request.user))
    offered = [*chosen, *(each for each in _offered(request.user) if each not in chosen)]
    given: dict[str, Any] = {name: getattr(found, name) for name in GIVEN}
    given |= {"profile": str(found.profile_id), "vacancies": [str(each.pk) for each in chosen]}
    form = filled(request, CampaignForm, vacancies=offered, initial=given)
    return show_form(
        request, form, title=_("Change a campaign"), lead=found.name, words=_("The campaign is changed."),
        back=reverse("campaign", args=[number]),
        rule=lambda _data: rules.change_campaign(found, form.content(), by=request.user, at=now()),
    )  # fmt: skip


@needs("cases.work")
def campaign_places(request: StaffRequest, number: int) -> HttpResponse:
    """Places by route, for those who start on one day; those of other days stay."""
    found = campaign_to_run(request.user, number)
    rows = list(found.places.select_related("route"))
    keep = [rules.Cohort(each.route, each.places, each.starts_on) for each in rows]
    first = [each for each in rows if each.starts_on == found.starts_on]
    given = {f"route-{each.route.key}": each.places for each in first} | {"starts_on": found.starts_on}
    form = filled(request, PlacesForm, initial=given)
    return show_form(
        request, form, title=_("Places"), lead=found.name, words=_("The places and the timetable are set."),
        back=reverse("campaign", args=[number]),
        rule=lambda _data: rules.set_places(found, form.cohorts(keep), by=request.user, at=now()),
    )  # fmt: skip


@require_POST
@needs("cases.work")
def publish_campaign(request: StaffRequest, number: int) -> HttpResponse:
    rules.publish_campaign(campaign_to_run(request.user, number), by=request.user, at=now())
    undo = reverse("unpublish_campaign", args=[number])
    messages.success(request, _("Published. Anybody can apply from the day it opens."), extra_tags=undo)
    return redirect("campaign", number=number)


@require_POST
@needs("cases.work")
def unpublish_campaign(request: StaffRequest, number: int) -> HttpResponse:
    rules.take_back_publishing(campaign_to_run(request.user, number), by=request.user, at=now())
    messages.success(request, _("It is being drawn up again; nobody outside sees it."))
    return redirect("campaign", number=number)


@needs("cases.work")
def end_campaign(request: StaffRequest, number: int) -> HttpResponse:
    found = campaign_to_run(request.user, number)
    return show_form(
        request,
        filled(request, WhyForm),
        title=_("End the campaign"),
        lead=found.name,
        warning=True,
        button=_("End it"),
        words=_("It has ended: nobody applies any more."),
        back=reverse("campaign", args=[number]),
        undo=lambda _made: reverse("go_on_with_campaign", args=[number]),
        rule=lambda data: rules.end_campaign(found, by=request.user, at=now(), **data),
    )


@require_POST
@needs("cases.work")
def go_on(request: StaffRequest, number: int) -> HttpResponse:
    rules.go_on_with_campaign(campaign_to_run(request.user, number), by=request.user, at=now())
    messages.success(request, _("The campaign goes on."))
    return redirect("campaign", number=number)
