"""Applications at the desk: the pipeline of a campaign, one of them, withdrawing, and who has not heard."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from moothall.cases.models import Case, Step
from moothall.cases.rules.definition import definition_of
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import (
    BulkAction,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    FlagFilter,
    Listing,
    SearchFilter,
    show_list,
)
from moothall.people.requests import StaffRequest
from moothall.records.rules.documents import download_response
from moothall.recruitment.finding import application_to_run, find_application, find_campaign, may_run
from moothall.recruitment.forms import WhyForm, language_now
from moothall.recruitment.models import Application, Campaign, Contract, EligibilityRule, Tag
from moothall.recruitment.rules import withdrawing
from moothall.recruitment.rules.checks import checks_of
from moothall.recruitment.rules.hearing import heard_by, since
from moothall.recruitment.rules.progress import progress_of
from moothall.recruitment.rules.timetable import routes_of, stage_names

TURNS: Final[Mapping[str, Any]] = {
    Case.US: gettext_lazy("Ours"),
    Case.PERSON: gettext_lazy("The applicant’s"),
    Case.THIRD: gettext_lazy("Somebody else’s"),
}


def _at_stage(rows: Any, values: list[str]) -> Any:
    ready = Step.objects.filter(case=OuterRef("case_id"), state=Step.READY, key__in=values)
    return rows.filter(Exists(ready), case__status__in=(Case.OPEN, Case.WAITING))


def _late(rows: Any) -> Any:
    ready = Step.objects.filter(case=OuterRef("case_id"), state=Step.READY, due_on__lt=today())
    return rows.filter(Exists(ready))


def _tagged(rows: Any, values: list[str]) -> Any:
    return rows.filter(Exists(Tag.objects.standing().filter(application=OuterRef("pk"), words__in=values)))


class Pipeline(Listing[Application]):
    """The applications of one campaign, each at its stage."""

    key, title = "pipeline", gettext_lazy("Applications")
    sort = "-sent"
    page_template = "recruitment/pipeline.html"
    bulk = (
        BulkAction("some", gettext_lazy("Do something for these"), permission="cases.work",
                   url_name="choose_applications", letter="m"),
        BulkAction("all", gettext_lazy("For all that the list shows"), permission="cases.work",
                   url_name="choose_all_applications"),
    )  # fmt: skip
    columns = (
        Column("number", gettext_lazy("Application"), value=lambda row: row.number),
        Column("name", gettext_lazy("Name"), value=lambda row: row.applicant.person.full_name),
        Column("route", gettext_lazy("Route"), value=lambda row: row.route.name_in(language_now())),
        Column(
            "sent",
            gettext_lazy("Sent"),
            sort="submitted_at",
            descending=True,
            value=lambda row: row.submitted_at,
        ),
        Column("stage", gettext_lazy("Stage"), value=lambda row: row.words),
        Column("turn", gettext_lazy("Whose turn"), value=lambda row: row.turn),
        Column("due", gettext_lazy("Due"), value=lambda row: row.stage_due),
    )

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.names: dict[str, str] = {}
        for route in routes_of(campaign):
            self.names |= stage_names(route, language_now())
        self.counts: dict[str, int] = {}
        options = list(self.names.items())
        self.filters = (  # type: ignore[misc]
            SearchFilter(
                "q", gettext_lazy("Name or number"),
                apply=lambda rows, words: rows.filter(
                    Q(number__iexact=words) | Q(applicant__person__full_name__icontains=words)
                ),
            ),
            ChoiceFilter("stage", gettext_lazy("Stage"), options=options, apply=_at_stage),
            FlagFilter("late", gettext_lazy("Late"), apply=_late),
            FlagFilter(
                "withdrawn", gettext_lazy("Withdrawn"),
                apply=lambda rows: rows.filter(withdrawn_at__isnull=False),
            ),
            DateFilter("sent", gettext_lazy("Sent"), field="submitted_at"),
            ChoiceFilter("tag", gettext_lazy("Tag"), options=self.tags, apply=_tagged),
        )  # fmt: skip

    def tags(self, request: Any) -> list[tuple[str, str]]:
        """Those of applications that this account sees."""
        seen = Application.objects.visible_to(request.user).filter(campaign=self.campaign)
        rows = Tag.objects.standing().filter(application__in=seen.order_by().values("pk")).order_by("words")
        return [(words, words) for words in rows.values_list("words", flat=True).distinct()]

    def rows(self, request: Any) -> QuerySet[Application]:
        rows = Application.objects.visible_to(request.user).filter(campaign=self.campaign)
        rows = rows.select_related("applicant__person", "route", "case").prefetch_related("case__version")
        return rows.with_stage()

    def prepare(self, rows: list[Application], request: Any) -> None:
        for each in rows:
            each.words = self.words_of(each)  # type: ignore[attr-defined]
            each.turn = "" if each.case.is_closed else TURNS.get(each.stage_turn or "", "")  # type: ignore[attr-defined]

    def words_of(self, row: Any) -> str:
        if row.is_withdrawn:
            return _("Withdrawn")
        if row.case.is_closed:
            ended = definition_of(row.case.version).outcome_name(row.case.outcome, language_now())
            return str(_("Closed: %s") % ended)
        return self.names.get(row.stage or "", row.stage_name or "–")

    def address(self, row: Application) -> str:
        return reverse("application", args=[row.pk])

    empty = Empty(
        gettext_lazy("No applications here"), gettext_lazy("They come by the public form once it is open.")
    )


def stage_counts(
    campaign: Campaign, names: Mapping[str, str], seen: QuerySet[Application]
) -> list[dict[str, Any]]:
    """How many are at each stage now. Somebody in several checks at once is counted in each."""
    cases = seen.exclude(case__status=Case.CLOSED).order_by().values("case")
    rows = Step.objects.filter(case__in=cases, state=Step.READY).order_by()
    many = dict(rows.values("key").annotate(many=Count("case", distinct=True)).values_list("key", "many"))
    most = max(many.values(), default=1)
    return [
        {"key": key, "words": words, "many": many[key], "share": round(100 * many[key] / most)}
        for key, words in names.items()
        if key in many
    ]


@needs("cases.view")
def pipeline(request: StaffRequest, number: int) -> HttpResponseBase:
    """Who applied, by stage."""
    found = find_campaign(request.user, number)
    listing = Pipeline(found)
    seen = Application.objects.visible_to(request.user).filter(campaign=found)
    context = {"campaign": found, "counts": stage_counts(found, listing.names, seen)}
    return show_list(request, listing, context=context)


@require_GET
@needs("cases.view")
def application(request: StaffRequest, number: int) -> HttpResponse:
    """One application: what they wrote, how far it is, and what is between them and us."""
    found = find_application(request.user, number)
    context = {
        "application": found, "progress": progress_of(found, language=language_now(), at=now()),
        "answers": found.answers.select_related("criterion"), "files": found.files.filter(removed_at=None),
        "runs": may_run(request.user, found.campaign), "due_to_hear": heard_by(found),
        "to_look_at": EligibilityRule.objects.filter(key__in=found.to_look_at),
        "earlier": Application.objects.visible_to(request.user).filter(applicant=found.applicant_id)
        .exclude(pk=found.pk).select_related("campaign", "case"),
        "tags": found.tags.standing(), "checks": checks_of(found), "referees": found.referees.all(),
        "offers": found.offers.select_related("employment").prefetch_related(
            Prefetch("contracts", Contract.objects.standing().in_full(), to_attr="standing_contracts")
        ),
        "perms_start": request.user.may("workforce.edit"), "today": today(),
    }  # fmt: skip
    return render(request, "recruitment/application.html", context)


@require_GET
@needs("cases.view")
def application_file(request: StaffRequest, number: int, file: int) -> FileResponse:
    found = find_application(request.user, number)
    kept = found.files.filter(pk=file, removed_at=None).select_related("document").first()
    if kept is None:
        raise Http404
    return download_response(kept.document, kept.name)


@needs("cases.work")
def withdraw_application(request: StaffRequest, number: int) -> HttpResponse:
    """Because they asked for it, by telephone or in person."""
    found = application_to_run(request.user, number)
    return show_form(
        request,
        filled(request, WhyForm),
        title=_("Withdraw an application"),
        lead=found.number,
        warning=True,
        button=_("Withdraw it"),
        words=_("It is withdrawn, and the applicant is told."),
        back=reverse("application", args=[number]),
        undo=lambda _made: reverse("take_up_application", args=[number]),
        rule=lambda data: withdrawing.withdraw(found, by=request.user, at=now(), **data),
    )


@require_POST
@needs("cases.work")
def take_up_application(request: StaffRequest, number: int) -> HttpResponse:
    withdrawing.take_up_again(application_to_run(request.user, number), by=request.user, at=now())
    return redirect("application", number=number)


class Unheard(Listing[Application]):
    """Applicants who have not heard from us in ten working days."""

    key, title = "unheard", gettext_lazy("Who has not heard from us")
    sort = "sent"
    columns = (
        Column("number", gettext_lazy("Application"), value=lambda row: row.number),
        Column("name", gettext_lazy("Name"), value=lambda row: row.applicant.person.full_name),
        Column("campaign", gettext_lazy("Campaign"), value=lambda row: row.campaign.name_in(language_now())),
        Column("sent", gettext_lazy("Sent"), sort="submitted_at", value=lambda row: row.submitted_at),
        Column("stage", gettext_lazy("Stage"), value=lambda row: row.stage_name or "–"),
        Column("heard", gettext_lazy("Heard last"), value=lambda row: row.heard_at or _("never")),
    )
    empty = Empty(
        gettext_lazy("Everybody has heard from us"),
        gettext_lazy("Nobody waits longer than ten working days."),
    )

    def rows(self, request: Any) -> QuerySet[Application]:
        rows = Application.objects.visible_to(request.user).not_heard_since(since(now()))
        return rows.select_related("applicant__person", "campaign", "route", "case").with_stage()

    def address(self, row: Application) -> str:
        return reverse("application", args=[row.pk])


@needs("cases.view")
def unheard(request: StaffRequest) -> HttpResponseBase:
    return show_list(request, Unheard())
