"""One action for many applications: chosen in the pipeline, said, looked at, done, taken back."""

from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import ChoiceFilter, Column, Empty, Listing, rows_at, show_list
from moothall.core.parts import render_page_or_part
from moothall.core.refusals import Refusal
from moothall.core.way_back import way_back
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.recruitment.finding import WORKS, campaign_to_run, find_campaign, may_run
from moothall.recruitment.forms.bulk import FORMS
from moothall.recruitment.models import Application, BulkAct, BulkRow, Campaign, Tag
from moothall.recruitment.rules import bulk as rules
from moothall.recruitment.rules import tagging
from moothall.recruitment.rules.bulk_kinds import KINDS

from .applications import Pipeline


def find_act(account: Account, number: int) -> BulkAct:
    found = BulkAct.objects.visible_to(account).in_full().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def act_to_run(account: Account, number: int) -> BulkAct:
    found = find_act(account, number)
    if not may_run(account, found.campaign):
        raise PermissionDenied(WORKS)
    return found


def rows_seen(account: Account, act: BulkAct) -> QuerySet[BulkRow]:
    seen = Application.objects.visible_to(account).order_by().values("pk")
    return BulkRow.objects.filter(act=act, application__in=seen)


def _to_run(account: Account) -> QuerySet[Application]:
    standing = account.standing()
    rows = Application.objects.visible_to(account)
    if not standing.everywhere_for(WORKS):
        rows = rows.filter(campaign__team__in=standing.teams_for(WORKS))
    return rows


def _begun_with(request: StaffRequest, ids: list[int]) -> HttpResponse:
    try:
        made = rules.choose(ids, by=request.user, at=now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect(way_back(request, request.POST.get("back", ""), reverse("campaigns")))
    return redirect("bulk_act", number=made.pk)


@require_POST
@needs("cases.work")
def choose_applications(request: StaffRequest) -> HttpResponse:
    """Those that are ticked."""
    ids = [int(each) for each in request.POST.getlist("ids") if each.isdecimal() and len(each) < 19]
    found = _to_run(request.user).filter(pk__in=ids[: rules.MOST + 1])
    return _begun_with(request, list(found.order_by().values_list("pk", flat=True)))


@require_POST
@needs("cases.work")
def choose_all_applications(request: StaffRequest) -> HttpResponse:
    """All that the list shows, on every page of it."""
    address = urlsplit(request.POST.get("back", ""))
    try:
        found = resolve(address.path)
    except Resolver404:
        return _begun_with(request, [])
    if found.url_name != "pipeline":
        return _begun_with(request, [])
    campaign = campaign_to_run(request.user, found.kwargs["number"])
    rows = rows_at(Pipeline(campaign), request, address.query)
    return _begun_with(request, list(rows.order_by().values_list("pk", flat=True)[: rules.MOST + 1]))


@require_GET
@needs("cases.view")
def bulk_act(request: StaffRequest, number: int) -> HttpResponse:
    """What can be done with those chosen; how many would; how far it is; what was taken back."""
    act = find_act(request.user, number)
    counts = rules.counts_of(act)
    context: dict[str, Any] = {
        "act": act, "runs": may_run(request.user, act.campaign), "all": sum(counts.values()),
        "counts": [(key, words, counts[key]) for key, words in BulkRow.STATES if counts[key]],
        "passed": passed_of(act, counts), "would": counts[BulkRow.WOULD], "done": counts[BulkRow.DONE],
        "kinds": [each for each in BulkAct.KINDS if _may_say(request.user, act, each[0])],
        "named": rows_seen(request.user, act).exclude(why="").select_related("application")[:50],
        "letter": _first_letter(request.user, act),
    }  # fmt: skip
    return render_page_or_part(
        request, "recruitment/bulk_act.html", "recruitment/parts/bulk_act.html", context
    )


def _first_letter(account: Account, act: BulkAct) -> int | None:
    if act.kind != BulkAct.LETTER:
        return None
    rows = rows_seen(account, act).exclude(detail={}).order_by("application__number")
    return rows.values_list("pk", flat=True).first()


def passed_of(act: BulkAct, counts: Counter[str]) -> int:
    """How many are behind it, of all."""
    return sum(counts.values()) - counts[BulkRow.DONE if act.state == BulkAct.UNDOING else BulkRow.WOULD]


def _may_say(account: Account, act: BulkAct, kind: str) -> bool:
    return kind in KINDS and account.standing().covers(KINDS[kind].permission, [act.campaign.team_id])


@needs("cases.work")
def say_bulk(request: StaffRequest, number: int, kind: str) -> HttpResponse:
    """What is to be done, with what it needs to know."""
    act = act_to_run(request.user, number)
    if kind not in FORMS:
        raise Http404
    if not _may_say(request.user, act, kind):
        raise PermissionDenied(KINDS[kind].permission)
    given = act.given if act.kind == kind else {}
    form = filled(request, FORMS[kind], act=act, **({"initial": given} if given else {}))
    return show_form(
        request, form, title=dict(BulkAct.KINDS)[kind], lead=act.campaign.name, button=_("Look at it first"),
        words=_("Nothing is done yet. Look at it, then press the button."),
        back=reverse("bulk_act", args=[number]),
        rule=lambda _data: rules.say(act, kind=kind, given=form.given(), by=request.user, at=now()),
    )  # fmt: skip


def _pressed(request: StaffRequest, act: BulkAct, begin: Any) -> HttpResponse:
    try:
        by_worker = begin(act, by=request.user, at=now())
        if not by_worker:
            rules.carry_on(act.pk, clock=now)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("bulk_act", number=act.pk)


@require_POST
@needs("cases.work")
def run_bulk(request: StaffRequest, number: int) -> HttpResponse:
    act = act_to_run(request.user, number)
    if act.kind and not _may_say(request.user, act, act.kind):
        raise PermissionDenied(KINDS[act.kind].permission)
    return _pressed(request, act, rules.begin)


@require_POST
@needs("cases.work")
def undo_bulk(request: StaffRequest, number: int) -> HttpResponse:
    act = act_to_run(request.user, number)
    if act.kind and not _may_say(request.user, act, act.kind):
        raise PermissionDenied(KINDS[act.kind].permission)
    return _pressed(request, act, rules.begin_undoing)


class BulkRows(Listing[BulkRow]):
    """Every application of an action, with what became of it and why."""

    key, title = "bulk-rows", gettext_lazy("Applications of the action")
    sort = "number"
    columns = (
        Column("number", gettext_lazy("Application"), sort="application__number",
               value=lambda row: row.application.number),
        Column("name", gettext_lazy("Name"), value=lambda row: row.application.applicant.person.full_name),
        Column("state", gettext_lazy("What became of it"), value=lambda row: row.get_state_display()),
        Column("why", gettext_lazy("Why"), value=lambda row: row.why),
    )  # fmt: skip
    filters = (
        ChoiceFilter("state", gettext_lazy("What became of it"), options=BulkRow.STATES, field="state"),
    )
    empty = Empty(gettext_lazy("No applications here"))

    def __init__(self, act: BulkAct) -> None:
        super().__init__()
        self.act = act

    def rows(self, request: Any) -> QuerySet[BulkRow]:
        return rows_seen(request.user, self.act).select_related("application__applicant__person")

    def address(self, row: BulkRow) -> str:
        if self.act.kind == BulkAct.LETTER and row.detail:
            return reverse("bulk_letter", args=[self.act.pk, row.pk])
        return reverse("application", args=[row.application_id])


@needs("cases.view")
def bulk_rows(request: StaffRequest, number: int) -> HttpResponseBase:
    return show_list(request, BulkRows(find_act(request.user, number)))


@require_GET
@needs("cases.view")
def bulk_letter(request: StaffRequest, number: int, row: int) -> HttpResponse:
    """One letter of many as it will go, with the way to the next."""
    act = find_act(request.user, number)
    rows = rows_seen(request.user, act).exclude(detail={}).order_by("application__number")
    ids = list(rows.values_list("pk", flat=True)) if act.kind == BulkAct.LETTER else []
    if row not in ids:
        raise Http404
    place = ids.index(row)
    context = {
        "act": act, "place": place + 1, "many": len(ids),
        "row": rows.select_related("application__applicant__person").get(pk=row),
        "before": ids[place - 1] if place else None,
        "after": ids[place + 1] if place + 1 < len(ids) else None,
    }  # fmt: skip
    return render(request, "recruitment/bulk_letter.html", context)


class BulkActs(Listing[BulkAct]):
    """What was done for many applications of a campaign at once."""

    key, title = "bulk-acts", gettext_lazy("Done for many at once")
    sort = "-when"
    columns = (
        Column("what", gettext_lazy("What"), value=lambda row: row.get_kind_display() or _("Chosen")),
        Column("when", gettext_lazy("When"), sort="chosen_at", descending=True,
               value=lambda row: row.chosen_at),
        Column("who", gettext_lazy("Who"), value=lambda row: str(row.begun_by or row.chosen_by or "")),
        Column("state", gettext_lazy("How it stands"), value=lambda row: row.state_words),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("Nothing was done for many yet"), gettext_lazy("Tick applications in the list first.")
    )

    def __init__(self, campaign: Campaign) -> None:
        super().__init__()
        self.campaign = campaign

    def rows(self, request: Any) -> QuerySet[BulkAct]:
        return BulkAct.objects.filter(campaign=self.campaign).in_full()

    def address(self, row: BulkAct) -> str:
        return reverse("bulk_act", args=[row.pk])


@needs("cases.view")
def bulk_acts(request: StaffRequest, number: int) -> HttpResponseBase:
    return show_list(request, BulkActs(find_campaign(request.user, number)))


def _tag(account: Account, number: int) -> Tag:
    rows = Tag.objects.filter(application__in=_to_run(account).order_by().values("pk"), pk=number)
    found = rows.select_related("application").first()
    if found is None:
        raise Http404
    return found


@require_POST
@needs("cases.work")
def remove_tag(request: StaffRequest, number: int) -> HttpResponse:
    found = _tag(request.user, number)
    tagging.remove_tag(found, by=request.user, at=now())
    messages.success(request, _("The tag is off."), extra_tags=reverse("put_tag_back", args=[number]))
    return redirect("application", number=found.application_id)


@require_POST
@needs("cases.work")
def put_tag_back(request: StaffRequest, number: int) -> HttpResponse:
    found = _tag(request.user, number)
    tagging.put_tag_back(found, by=request.user, at=now())
    return redirect("application", number=found.application_id)
