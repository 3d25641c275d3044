"""Boards: the list, one of them with its candidates, drawing one up, and giving results."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.cases.models import Step
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import ChoiceFilter, Column, Empty, Link, Listing, SearchFilter, show_list
from moothall.people.models import Account, Team
from moothall.people.requests import StaffRequest
from moothall.promotion.finding import board_to_run, find_board
from moothall.promotion.forms import BoardForm, language_now
from moothall.promotion.models import Board, PoolPlace, PromotionRule, Rank
from moothall.promotion.rules import boards as rules
from moothall.promotion.rules import results
from moothall.recruitment.finding import may_run
from moothall.recruitment.models import Application, Campaign, Vacancy
from moothall.recruitment.rules.timetable import stage_names


def state_of(campaign: Campaign) -> Any:
    day = today()
    if campaign.ended_at is not None:
        return _("Ended")
    if campaign.published_at is None:
        return _("Being drawn up")
    if day < campaign.opens_on:
        return _("Published, not open yet")
    return _("Open to applications") if day <= campaign.closes_on else _("Closed, being decided")


def _of_ranks(rows: Any, chosen: list[str]) -> Any:
    return rows.filter(rank__in=[each for each in chosen if each.isdigit()])


def _ranks(_request: Any) -> list[tuple[str, str]]:
    return [(str(each.pk), each.name_in(language_now())) for each in Rank.objects.to_be_reached()]


class BoardList(Listing[Board]):
    """Every board of one's teams, those that opened last first."""

    key, title = "promotion_boards", gettext_lazy("Promotion boards")
    sort = "-opens"
    page_template = "promotion/boards.html"
    columns = (
        Column("name", gettext_lazy("Board"), value=lambda row: row.name_in(language_now())),
        Column("rank", gettext_lazy("Promotion to"), value=lambda row: row.rank.name_in(language_now())),
        Column(
            "opens", gettext_lazy("Opens"), sort="campaign__opens_on", descending=True,
            value=lambda row: row.campaign.opens_on,
        ),
        Column(
            "closes", gettext_lazy("Closes"), sort="campaign__closes_on",
            value=lambda row: row.campaign.closes_on,
        ),
        Column("state", gettext_lazy("How it stands"), value=lambda row: state_of(row.campaign)),
    )  # fmt: skip
    filters = (
        SearchFilter(
            "q", gettext_lazy("Name"), apply=lambda rows, words: rows.filter(campaign__name__icontains=words)
        ),
        ChoiceFilter("rank", gettext_lazy("Promotion to"), options=_ranks, apply=_of_ranks),
    )
    empty = Empty(
        gettext_lazy("No boards here"),
        gettext_lazy("Draw one up for approved vacancies. Constables and sergeants apply on their own page."),
    )

    def rows(self, request: Any) -> QuerySet[Board]:
        return Board.objects.visible_to(request.user).select_related("campaign", "rank")

    def address(self, row: Board) -> str:
        return reverse("promotion_board", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        if not request.user.may("cases.work"):
            return []
        return [Link(_("Draw up a board"), reverse("draw_up_board"))]


@needs("cases.view")
def promotion_boards(request: HttpRequest) -> HttpResponseBase:
    return show_list(request, BoardList())


def _teams(account: Account) -> QuerySet[Team]:
    standing, rows = account.standing(), Team.objects.order_by("name", "id")
    if standing.everywhere_for("cases.work"):
        return rows
    return rows.filter(pk__in=standing.teams_for("cases.work"))


@needs("cases.work")
def draw_up_board(request: StaffRequest) -> HttpResponse:
    """Nobody sees it until its campaign is published."""
    offered = list(Vacancy.objects.visible_to(request.user).approved_now().order_by("-pk")[:200])
    form = filled(request, BoardForm, vacancies=offered)

    def save(data: Any) -> Board:
        content = form.content()
        team = content.vacancies[0].team if content.vacancies else _teams(request.user)[0]
        return rules.draw_up_board(
            content, rank=form.rank_chosen(), places=data["places"], team=team, by=request.user, at=now()
        )

    return show_form(
        request, form, title=_("Draw up a board"), back=reverse("promotion_boards"), rule=save,
        words=_("The board is drawn up. Publish it on the page of its campaign."),
        onward=lambda made: reverse("promotion_board", args=[made.pk]),
    )  # fmt: skip


def open_steps(candidates: list[Application]) -> dict[int, set[str]]:
    """The steps that are open on the case of each, in one question."""
    found: dict[int, set[str]] = defaultdict(set)
    ready = Step.objects.filter(case__in=[each.case_id for each in candidates], state=Step.READY)
    for case, key in ready.order_by().values_list("case", "key"):
        found[case].add(key)
    return found


@require_GET
@needs("cases.view")
def promotion_board(request: StaffRequest, number: int) -> HttpResponse:
    """One board: what it asks for, who applied and how far each is, and who waits for a result."""
    found = find_board(request.user, number)
    seen = Application.objects.visible_to(request.user).filter(campaign=found.campaign_id)
    rows = seen.select_related("applicant__person", "case", "endorsement", "promotion_appeal").with_stage()
    names = stage_names(found.rank.route, language_now()) if found.rank.route is not None else {}
    candidates = list(rows.order_by("number")[:500])
    steps = open_steps(candidates)
    for each in candidates:
        each.open_steps = steps.get(each.case_id, set())  # type: ignore[attr-defined]
        key = getattr(each, "stage", "") or ""
        each.words = names.get(key, getattr(each, "stage_name", ""))  # type: ignore[attr-defined]
    context = {
        "board": found, "campaign": found.campaign, "state": state_of(found.campaign),
        "runs": may_run(request.user, found.campaign), "candidates": candidates,
        "rules": PromotionRule.objects.in_force(found.campaign.closes_on, rank=found.rank),
        "to_tell": results.sifted_and_untold(found), "waiting": results.waiting_for_results(found),
        "in_pool": PoolPlace.objects.visible_to(request.user)
        .filter(application__campaign=found.campaign_id).standing().count(),
    }  # fmt: skip
    return render(request, "promotion/board.html", context)


@require_POST
@needs("cases.work")
def tell_sift(request: StaffRequest, number: int) -> HttpResponse:
    told = results.tell_sift(board_to_run(request.user, number), by=request.user, at=now())
    said = ngettext("%(many)s candidate is told.", "%(many)s candidates are told.", told)
    messages.success(request, said % {"many": told})
    return redirect("promotion_board", number=number)


@require_http_methods(["GET", "POST"])
@needs("cases.work")
def give_results(request: StaffRequest, number: int) -> HttpResponse:
    """First everybody in the order of merit; then the letters go, and those who passed are in the pool."""
    found = board_to_run(request.user, number)
    if request.method == "POST":
        those = results.give_results(found, by=request.user, at=now())
        many = sum(each.passed for each in those)
        said = ngettext("Results are given: %(many)s is in the pool.",
                        "Results are given: %(many)s are in the pool.", many)  # fmt: skip
        messages.success(request, said % {"many": many})
        return redirect("promotion_board", number=number)
    context = {"board": found, "waiting": results.waiting_for_results(found)}
    return render(request, "promotion/results.html", context)
