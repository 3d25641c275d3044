"""Promotions for a while: the list, one of them, and what is done about it."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import (
    ChoiceFilter,
    Column,
    Empty,
    FlagFilter,
    Link,
    Listing,
    SearchFilter,
    show_list,
)
from moothall.people.requests import StaffRequest
from moothall.promotion.finding import find_promotion, promotion_to_keep
from moothall.promotion.forms import BeginForm, GoBackForm, ProlongForm, ReviewForm, language_now
from moothall.promotion.models import TemporaryPromotion
from moothall.promotion.rules import temporary as rules
from moothall.promotion.rules.taking_back import take_back_end
from moothall.workforce.finding import of_staff_fitting, said_title

SOON = dt.timedelta(days=60)
STATES = [("running", gettext_lazy("Running")), *TemporaryPromotion.ENDS]


def _standing_so(rows: Any, chosen: list[str]) -> Any:
    return rows.standing() if chosen[0] == "running" else rows.filter(ended_as=chosen[0])


class TemporaryList(Listing[TemporaryPromotion]):
    """Those of whom one sees the staff record, the next to end first."""

    key, title = "temporary_promotions", gettext_lazy("Promotions for a while")
    sort, opens_with = "until", "state=running"
    page_template = "promotion/temporaries.html"
    ready_views = (
        (gettext_lazy("Running"), "state=running"),
        (gettext_lazy("Ending within 60 days"), "state=running&soon=1"),
        (gettext_lazy("To be looked at"), "state=running&look=1"), (gettext_lazy("All"), ""),
    )  # fmt: skip
    columns = (
        Column("who", gettext_lazy("Who"), value=lambda row: row.employment.person.full_name),
        Column("rank", gettext_lazy("Promotion to"), value=lambda row: row.rank.name_in(language_now())),
        Column("post", gettext_lazy("Post"), value=lambda row: said_title(row.post, language_now())),
        Column("from", gettext_lazy("First day"), sort="from_on", value=lambda row: row.from_on),
        Column("until", gettext_lazy("Last day"), sort="until_on", value=lambda row: row.until_on),
        Column("review", gettext_lazy("To be looked at by"), value=lambda row: row.review_on),
        Column(
            "state",
            gettext_lazy("How it stands"),
            value=lambda row: row.get_ended_as_display() or _("Running"),
        ),
    )
    filters = (
        SearchFilter("q", gettext_lazy("Name or number"), apply=of_staff_fitting),
        ChoiceFilter(
            "state", gettext_lazy("How it stands"), options=STATES, apply=_standing_so, several=False
        ),
        FlagFilter(
            "soon", gettext_lazy("Ending within 60 days"),
            apply=lambda rows: rows.filter(until_on__lte=today() + SOON),
        ),
        FlagFilter(
            "look", gettext_lazy("To be looked at"),
            apply=lambda rows: rows.filter(reviewed_at=None, review_on__lte=today() + SOON),
        ),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("Nobody is promoted for a while"),
        gettext_lazy("Post somebody from the pool, or promote somebody for a while yourself."),
    )

    def rows(self, request: Any) -> QuerySet[TemporaryPromotion]:
        return TemporaryPromotion.objects.visible_to(request.user).in_full()

    def address(self, row: TemporaryPromotion) -> str:
        return reverse("temporary_promotion", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        if not request.user.may("workforce.edit"):
            return []
        return [Link(_("Promote somebody for a while"), reverse("begin_promotion"))]


@needs("workforce.view")
def temporary_promotions(request: HttpRequest) -> HttpResponseBase:
    return show_list(request, TemporaryList())


@require_GET
@signed_in
def temporary_promotion(request: StaffRequest, number: int) -> HttpResponse:
    """For whoever is promoted, their manager and those who keep the record."""
    found = find_promotion(request.user, number)
    own = found.employment.person_id == request.user.person_id
    context = {
        "promotion": found, "prolonged": found.prolonged.filter(undone_at=None).select_related("by"),
        "keeps": request.user.may("workforce.edit") and not own,
        "ends_soon": found.until_on <= today() + SOON,
        "post": said_title(found.post, language_now()), "runs": found.ended_at is None,
        "before": said_title(found.post_before, language_now()),
    }  # fmt: skip
    return render(request, "promotion/temporary.html", context)


@needs("workforce.edit")
def begin_promotion(request: StaffRequest) -> HttpResponse:
    """Of somebody who has been before no board, for a while."""
    form = filled(request, BeginForm, by=request.user)
    return show_form(
        request, form, title=_("Promote somebody for a while"), back=reverse("temporary_promotions"),
        words=_("Their record says so, and they are written to."),
        rule=lambda data: rules.begin(
            data["employment"], form.posting(), rank=form.ranks[data["rank"]], by=request.user, at=now()
        ),
        onward=lambda made: reverse("temporary_promotion", args=[made.pk]),
    )  # fmt: skip


@needs("workforce.edit")
def prolong_promotion(request: StaffRequest, number: int) -> HttpResponse:
    found = promotion_to_keep(request.user, number)
    return show_form(
        request, filled(request, ProlongForm), title=_("Let a promotion go on longer"),
        lead=found.employment.person.full_name, words=_("It goes on longer, and they are told why."),
        back=reverse("temporary_promotion", args=[number]),
        undo=lambda _made: reverse("take_back_prolonging", args=[number]),
        rule=lambda data: rules.prolong(found, by=request.user, at=now(), **data),
    )  # fmt: skip


@require_POST
@needs("workforce.edit")
def take_back_prolonging(request: StaffRequest, number: int) -> HttpResponse:
    rules.take_back_prolonging(promotion_to_keep(request.user, number), by=request.user, at=now())
    messages.success(request, _("It ends as it was agreed before."))
    return redirect("temporary_promotion", number=number)


@needs("workforce.edit")
def review_promotion(request: StaffRequest, number: int) -> HttpResponse:
    found = promotion_to_keep(request.user, number)
    return show_form(
        request, filled(request, ReviewForm, initial={"words": found.review}), title=_("Look at a promotion"),
        lead=found.employment.person.full_name, words=_("It is written down."),
        back=reverse("temporary_promotion", args=[number]),
        rule=lambda data: rules.review(found, by=request.user, at=now(), **data),
    )  # fmt: skip


@require_POST
@needs("workforce.edit")
def confirm_promotion(request: StaffRequest, number: int) -> HttpResponse:
    rules.confirm(promotion_to_keep(request.user, number), by=request.user, at=now())
    words, undo = _("They are promoted for good, and told so."), _taking_back_of_end(number)
    messages.success(request, words, extra_tags=undo)
    return redirect("temporary_promotion", number=number)


@needs("workforce.edit")
def end_promotion(request: StaffRequest, number: int) -> HttpResponse:
    found = promotion_to_keep(request.user, number)
    return show_form(
        request, filled(request, GoBackForm, initial={"last_day": found.until_on}),
        title=_("End a promotion for a while"), lead=found.employment.person.full_name, warning=True,
        button=_("End it"), words=_("It ends: their record goes back to the post before, and they are told."),
        back=reverse("temporary_promotion", args=[number]), undo=lambda _made: _taking_back_of_end(number),
        rule=lambda data: rules.go_back(found, by=request.user, at=now(), **data),
    )  # fmt: skip


def _taking_back_of_end(number: int) -> str:
    return reverse("take_back_promotion_end", args=[number])


@require_POST
@needs("workforce.edit")
def take_back_promotion_end(request: StaffRequest, number: int) -> HttpResponse:
    take_back_end(promotion_to_keep(request.user, number), by=request.user, at=now())
    messages.success(
        request, _("It runs on as before. They were told that it ended: tell them that it does not.")
    )
    return redirect("temporary_promotion", number=number)
