"""Increments of a span of days: who gets one, who does not and why; letters, and the file for payroll."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import ChoiceFilter, Column, Empty, Link, Listing, SearchFilter, show_list
from moothall.people.requests import StaffRequest
from moothall.records.rules.audit import append_audit
from moothall.terms.forms import PayrollForm, RunForm, WithholdForm
from moothall.terms.models import Increment, IncrementRun
from moothall.terms.rules import increments, payroll
from moothall.terms.rules.increment_letters import waiting_for_letters, write_letters_later
from moothall.workforce.finding import of_staff_fitting


class RunList(Listing[IncrementRun]):
    """Every run, the latest first."""

    key, title = "increment_runs", gettext_lazy("Increments")
    sort = "-last"
    columns = (
        Column(
            "first", gettext_lazy("From"), sort="first_on", descending=True, value=lambda row: row.first_on
        ),
        Column("last", gettext_lazy("To"), sort="last_on", descending=True, value=lambda row: row.last_on),
        Column("open", gettext_lazy("To decide"), numeric=True, value=lambda row: row.still_open),
        Column("awarded", gettext_lazy("Awarded"), numeric=True, value=lambda row: row.were_awarded),
        Column("withheld", gettext_lazy("Withheld"), numeric=True, value=lambda row: row.were_withheld),
    )
    empty = Empty(
        gettext_lazy("No run yet"),
        gettext_lazy("A run looks at everybody who comes to an increment between two days."),
    )

    def rows(self, request: Any) -> QuerySet[IncrementRun]:
        return IncrementRun.objects.visible_to(request.user).annotate(
            still_open=Count("increments", filter=Q(increments__state__in=Increment.OPEN)),
            were_awarded=Count("increments", filter=Q(increments__state=Increment.AWARDED)),
            were_withheld=Count("increments", filter=Q(increments__state=Increment.WITHHELD)),
        )

    def address(self, row: IncrementRun) -> str:
        return reverse("increment_run", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        return [Link(_("Begin a run"), reverse("begin_increments"))]


class RunLines(Listing[Increment]):
    """Everybody a run found."""

    key, title = "increment_run", gettext_lazy("Increments")
    sort, opens_with = "day", "state=DUE&state=WAITS"
    page_template, row_template = "terms/run.html", "terms/parts/increment.html"
    columns = (
        Column("who", gettext_lazy("Who"), value=lambda row: row.employment.person.full_name),
        Column("number", gettext_lazy("Number"), sort="employment__number",
               value=lambda row: row.employment.number),
        Column("day", gettext_lazy("Day"), sort="due_on", value=lambda row: row.due_on),
        Column("scale", gettext_lazy("Scale"), value=lambda row: row.from_point.scale),
        Column("from", gettext_lazy("From point"), value=lambda row: row.from_point),
        Column("to", gettext_lazy("To point"), value=lambda row: row.to_point),
        Column("state", gettext_lazy("How it stands"), value=lambda row: row.get_state_display()),
    )  # fmt: skip
    filters = (
        SearchFilter(
            "q", gettext_lazy("Name or number"), apply=of_staff_fitting,
        ),
        ChoiceFilter("state", gettext_lazy("How it stands"), options=Increment.STATES),
    )  # fmt: skip
    empty = Empty(gettext_lazy("Nobody comes to an increment"), gettext_lazy("Choose other days, or All."))

    def __init__(self, run: IncrementRun) -> None:
        self.run = run

    def rows(self, request: Any) -> QuerySet[Increment]:
        return self.run.increments.select_related("employment__person", "from_point__scale", "to_point")

    def address(self, row: Increment) -> str:
        return reverse("pay_history", args=[row.employment.number])


def _find_run(request: StaffRequest, number: int) -> IncrementRun:
    run = IncrementRun.objects.visible_to(request.user).select_related("case").filter(pk=number).first()
    if run is None:
        raise Http404
    return run


def _find_line(request: StaffRequest, number: int, line: int) -> Increment:
    """A line of somebody else: nobody decides on their own."""
    lines = _find_run(request, number).increments.select_related("employment__person")
    found = lines.exclude(employment__person=request.user.person_id or 0).filter(pk=line).first()
    if found is None:
        raise Http404
    return found


def _stands_against(line: Increment) -> str:
    """In the language of whoever will read it."""
    return line.against_in(line.employment.person.language)


def _everywhere(request: StaffRequest) -> None:
    if not request.user.standing().everywhere_for("workforce.private"):
        raise Http404


@needs("workforce.private")
def increment_runs(request: StaffRequest) -> Any:
    _everywhere(request)
    return show_list(request, RunList())


@needs("workforce.private")
def begin_increments(request: StaffRequest) -> HttpResponse:
    _everywhere(request)
    return show_form(
        request, filled(request, RunForm), title=_("Begin a run of increments"), button=_("Look who is due"),
        words=_("Here is everybody who comes to an increment. Nothing is decided yet."),
        back=reverse("increment_runs"), onward=lambda run: reverse("increment_run", args=[run.pk]),
        rule=lambda data: increments.begin_run(by=request.user, at=now(), **data),
    )  # fmt: skip


@needs("workforce.private")
def increment_run(request: StaffRequest, number: int) -> Any:
    run = _find_run(request, number)
    counts = dict(run.increments.order_by().values_list("state").annotate(Count("pk")))
    shown = [(state, words, counts.get(state, 0)) for state, words in Increment.STATES]
    stand = run.increments.filter(state=Increment.WAITS).exclude(against="").count()
    context = {
        "run": run, "counts": shown, "stand_against": stand, "due": counts.get(Increment.DUE, 0),
        "awarded": counts.get(Increment.AWARDED, 0), "to_write": waiting_for_letters(run).count(),
    }  # fmt: skip
    return show_list(request, RunLines(run), context=context)


@needs("workforce.private")
@require_POST
def award_increments(request: StaffRequest, number: int) -> HttpResponse:
    run = _find_run(request, number)
    count = increments.award_all_due(run, by=request.user, at=now(), today=today())
    said = ngettext("%(count)d increment is awarded.", "%(count)d increments are awarded.", count)
    messages.success(request, said % {"count": count})
    return redirect("increment_run", run.pk)


@needs("workforce.private")
@require_POST
def withhold_increments(request: StaffRequest, number: int) -> HttpResponse:
    """Of everybody against whose increment something stands."""
    run = _find_run(request, number)
    count = increments.withhold_all_against(run, by=request.user, at=now())
    said = ngettext("%(count)d increment is withheld.", "%(count)d increments are withheld.", count)
    messages.success(request, said % {"count": count})
    return redirect("increment_run", run.pk)


@needs("workforce.private")
@require_POST
def award_increment(request: StaffRequest, number: int, line: int) -> HttpResponse:
    found = _find_line(request, number, line)
    increments.award_increment(found, by=request.user, at=now(), today=today())
    undo = reverse("reopen_increment", args=[number, line])
    messages.success(request, _("Awarded."), extra_tags=undo)
    return redirect("increment_run", number)


@needs("workforce.private")
def withhold_increment(request: StaffRequest, number: int, line: int) -> HttpResponse:
    found = _find_line(request, number, line)
    form = filled(request, WithholdForm, initial={"because": _stands_against(found)})
    return show_form(
        request, form, title=_("Withhold the increment"), warning=True,
        button=_("Withhold"), words=_("Withheld. They read why once the letters are written."),
        back=reverse("increment_run", args=[number]), lead=found.employment.person.full_name,
        undo=lambda _held: reverse("reopen_increment", args=[number, line]),
        rule=lambda data: increments.withhold_increment(
            found, because=data["because"], by=request.user, at=now()
        ),
    )  # fmt: skip


@needs("workforce.private")
@require_POST
def reopen_increment(request: StaffRequest, number: int, line: int) -> HttpResponse:
    increments.reopen_increment(_find_line(request, number, line), by=request.user, at=now())
    messages.success(request, _("It is to be decided again."))
    return redirect("increment_run", number)


@needs("workforce.private")
@require_POST
def write_increment_letters(request: StaffRequest, number: int) -> HttpResponse:
    run = _find_run(request, number)
    write_letters_later(run.pk)
    messages.success(request, _("The letters are being written. Each can be recalled for a while."))
    return redirect("increment_run", run.pk)


@needs("workforce.private")
@require_POST
def payroll_file(request: StaffRequest, number: int) -> HttpResponse:
    """The change file for payroll; that it was taken is written down."""
    run = _find_run(request, number)
    append_audit("terms.payroll_file", about=run, by=request.user, at=now())
    name = f"increments-{run.first_on}-{run.last_on}.csv"
    return HttpResponse(
        payroll.payroll_file(run), content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": str(content_disposition_header(True, name)), "Cache-Control": "no-store",
        },
    )  # fmt: skip


@needs("workforce.private")
def reconcile_increments(request: StaffRequest, number: int) -> HttpResponse:
    """What payroll says it did, against what was awarded."""
    run = _find_run(request, number)
    form = PayrollForm(request.POST, request.FILES) if request.method == "POST" else PayrollForm()
    report = None
    if request.method == "POST" and form.is_valid():
        try:
            report = payroll.reconcile(run, form.cleaned_data["file"].read(), today=today())
        except payroll.NotReadable as refusal:
            form.add_error("file", str(refusal))
    context = {"run": run, "form": form, "report": report}
    return render(request, "terms/reconcile.html", context, status=422 if form.errors else 200)
