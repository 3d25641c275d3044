"""The pool: who waits to be posted, posting somebody, and leaving it."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import ChoiceFilter, Column, Empty, FlagFilter, Listing, SearchFilter, show_list
from moothall.people.requests import StaffRequest
from moothall.promotion.finding import place_to_post, place_to_run
from moothall.promotion.forms import PostingForm, WhyForm, language_now
from moothall.promotion.models import PoolPlace
from moothall.promotion.rules import pool as rules

from .boards import _of_ranks, _ranks

SOON = dt.timedelta(days=90)
STATES = [("waiting", gettext_lazy("Waiting")), *PoolPlace.WAYS]


def _standing_so(rows: Any, chosen: list[str]) -> Any:
    return rows.standing() if chosen[0] == "waiting" else rows.filter(left_as=chosen[0])


class PoolList(Listing[PoolPlace]):
    """In the order of merit, those who wait first of all."""

    key, title = "promotion_pool", gettext_lazy("Promotion pool")
    sort, opens_with = "until", "state=waiting"
    page_template = "promotion/pool.html"
    row_template = "promotion/parts/pool_row.html"
    ready_views = (
        (gettext_lazy("Waiting"), "state=waiting"),
        (gettext_lazy("Time over within 90 days"), "state=waiting&soon=1"),
        (gettext_lazy("Posted"), "state=POSTED"), (gettext_lazy("All"), ""),
    )  # fmt: skip
    columns = (
        Column("who", gettext_lazy("Who"), value=lambda row: row.application.applicant.person.full_name),
        Column("rank", gettext_lazy("Promotion to"), value=lambda row: row.rank.name_in(language_now())),
        Column(
            "place", gettext_lazy("Order of merit"), sort="place", numeric=True, value=lambda row: row.place
        ),
        Column("marks", gettext_lazy("Marks"), numeric=True, value=lambda row: row.marks),
        Column("since", gettext_lazy("Since"), sort="entered_on", value=lambda row: row.entered_on),
        Column("until", gettext_lazy("Until"), sort="until_on", value=lambda row: row.until_on),
        Column(
            "state",
            gettext_lazy("How it stands"),
            value=lambda row: row.get_left_as_display() or _("Waiting"),
        ),
    )
    filters = (
        SearchFilter(
            "q", gettext_lazy("Name"),
            apply=lambda rows, words: rows.filter(application__applicant__person__full_name__icontains=words),
        ),
        ChoiceFilter(
            "state", gettext_lazy("How it stands"), options=STATES, apply=_standing_so, several=False
        ),
        ChoiceFilter("rank", gettext_lazy("Promotion to"), options=_ranks, apply=_of_ranks),
        FlagFilter(
            "soon", gettext_lazy("Time over within 90 days"),
            apply=lambda rows: rows.filter(until_on__lte=today() + SOON),
        ),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("Nobody is in the pool"),
        gettext_lazy("Who passes a board comes into it when its results are given."),
    )

    def rows(self, request: Any) -> QuerySet[PoolPlace]:
        return PoolPlace.objects.visible_to(request.user).in_full()

    def prepare(self, rows: list[PoolPlace], request: Any) -> None:
        posts, runs = request.user.may("workforce.edit"), request.user.may("cases.work")
        for each in rows:
            each.posts = posts and each.left_at is None  # type: ignore[attr-defined]
            each.leaves = runs and each.left_at is None  # type: ignore[attr-defined]
            each.soon = each.left_at is None and each.until_on <= today() + SOON  # type: ignore[attr-defined]

    def address(self, row: PoolPlace) -> str:
        return reverse("application", args=[row.application_id])


@needs("cases.view")
def promotion_pool(request: HttpRequest) -> HttpResponseBase:
    return show_list(request, PoolList())


@needs("workforce.edit")
def post_from_pool(request: StaffRequest, number: int) -> HttpResponse:
    """Their record says so from the first day, and they are written to."""
    found = place_to_post(request.user, number)
    form = filled(request, PostingForm, by=request.user, initial={"because": _("Posted from the pool")})
    return show_form(
        request, form, title=_("Post somebody from the pool"),
        lead=f"{found.application.applicant.person.full_name} · {found.rank.name_in(language_now())}",
        button=_("Post them"), words=_("They are posted: their record says so, and they are written to."),
        back=reverse("promotion_pool"),
        rule=lambda _data: rules.post_from_pool(found, form.posting(), by=request.user, at=now()),
        onward=lambda made: reverse("temporary_promotion", args=[made.pk]),
    )  # fmt: skip


@needs("cases.work")
def leave_pool(request: StaffRequest, number: int) -> HttpResponse:
    found = place_to_run(request.user, number)
    return show_form(
        request, filled(request, WhyForm), title=_("Take somebody out of the pool"),
        lead=found.application.applicant.person.full_name, warning=True, button=_("Take them out"),
        words=_("They are out of the pool, and told why."), back=reverse("promotion_pool"),
        undo=lambda _made: reverse("return_to_pool", args=[number]),
        rule=lambda data: rules.leave_pool(found, by=request.user, at=now(), **data),
    )  # fmt: skip


@require_POST
@needs("cases.work")
def return_to_pool(request: StaffRequest, number: int) -> HttpResponse:
    rules.return_to_pool(place_to_run(request.user, number), by=request.user, at=now())
    messages.success(request, _("They are in the pool again."))
    return redirect("promotion_pool")
