"""Who is in a cycle and how far; one's own appraisal, and those of one's team."""

from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_GET

from moothall.appraisal.models import Appraisal, Cycle, InductionTask
from moothall.appraisal.models.appraisal import led_below, led_by
from moothall.appraisal.rules.completion import MANAGER, RATED, UNIT, appraisals_of, completion
from moothall.core.clock import today
from moothall.core.door import needs, signed_in
from moothall.core.lists import ChoiceFilter, Column, Empty, FlagFilter, Listing, SearchFilter, show_list
from moothall.people.requests import StaffRequest
from moothall.workforce.finding import of_staff_fitting
from moothall.workforce.models import Assignment, Employment

from .finding import find_cycle, teams_of

FAR = [
    ("agreed", gettext_lazy("Objectives agreed")), ("rated", gettext_lazy("Rated")),
]  # fmt: skip


def _where(rows: Any, **where: Any) -> Any:
    there = Assignment.objects.in_force(today()).filter(
        employment=OuterRef("employment"), is_main=True, **where
    )
    return rows.filter(Exists(there))


def _numbers(chosen: list[str]) -> list[int]:
    return [int(each) for each in chosen if each.isdigit() and len(each) < 18]


def _lines(request: Any, by: str) -> Any:
    cycle = find_cycle(request.resolver_match.kwargs["cycle_id"])
    return [each for each in completion(cycle, today(), by=by, teams=teams_of(request.user)) if each.about]


def _units(request: Any) -> list[tuple[str, str]]:
    language = get_language() or "en"
    named = [(str(each.key), each.about.name_in(language)) for each in _lines(request, UNIT)]
    return sorted(named, key=lambda pair: pair[1])


def _managers(request: Any) -> list[tuple[str, str]]:
    named = [(str(each.key), each.about.person.full_name) for each in _lines(request, MANAGER)]
    return sorted(named, key=lambda pair: pair[1])


def _come_so_far(rows: Any, chosen: list[str]) -> Any:
    if chosen[0] == "rated":
        return rows.filter(stage__in=RATED)
    return rows.filter(objectives_at__isnull=False).exclude(stage=Appraisal.EXEMPT)


class CycleList(Listing[Appraisal]):
    """Everybody of a cycle whom this account may see, and how far each has come."""

    key, title = "appraisals", gettext_lazy("Who is in the cycle")
    sort = "name"
    filters = (
        SearchFilter("q", gettext_lazy("Name or number"), apply=of_staff_fitting),
        ChoiceFilter("stage", gettext_lazy("Stage"), options=Appraisal.STAGES, field="stage"),
        FlagFilter("late", gettext_lazy("Late"), apply=lambda rows: rows.late(today())),
        ChoiceFilter(
            "far", gettext_lazy("Has come to"), options=FAR, apply=_come_so_far, several=False
        ),
        ChoiceFilter(
            "unit", gettext_lazy("Unit"), options=_units,
            apply=lambda rows, chosen: _where(rows, unit_id__in=_numbers(chosen)),
        ),
        ChoiceFilter(
            "manager", gettext_lazy("Line manager"), options=_managers,
            apply=lambda rows, chosen: _where(rows, manager_id__in=_numbers(chosen)),
        ),
    )  # fmt: skip
    columns = (
        Column("name", gettext_lazy("Who"), sort="employment__person__folded_name",
               value=lambda row: row.employment.person.full_name),
        Column("number", gettext_lazy("Number"), sort="employment__number",
               value=lambda row: row.employment.number),
        Column("unit", gettext_lazy("Unit"), value=lambda row: row.there.unit if row.there else ""),
        Column("manager", gettext_lazy("Line manager"),
               value=lambda row: row.there.manager.person if row.there and row.there.manager else ""),
        Column("stage", gettext_lazy("Stage"), value=lambda row: row.get_stage_display()),
        Column("because", gettext_lazy("Why left out"), value=lambda row: row.get_exempt_because_display()),
        Column("due", gettext_lazy("By"), value=lambda row: row.due),
    )  # fmt: skip
    ready_views = (
        (gettext_lazy("Everybody"), ""),
        (gettext_lazy("Late"), "late=1"),
        (gettext_lazy("To rate"), "stage=RATING"),
        (gettext_lazy("To sign"), "stage=SIGN"),
        (gettext_lazy("Complete"), "stage=DONE"),
        (gettext_lazy("Left out"), "stage=EXEMPT"),
    )
    empty = Empty(gettext_lazy("Nobody here"), gettext_lazy("Nobody of this cycle stands like this."))
    export_permission: ClassVar[str | None] = "workforce.edit"

    def __init__(self, cycle: Cycle) -> None:
        self.cycle = cycle

    def rows(self, request: Any) -> QuerySet[Appraisal]:
        rows: QuerySet[Appraisal] = appraisals_of(self.cycle, today(), teams_of(request.user))
        return rows.in_full().with_due_day()  # type: ignore[attr-defined, no-any-return]

    def prepare(self, rows: list[Appraisal], request: Any) -> None:
        there = Assignment.objects.in_force(today()).filter(is_main=True).in_full()
        held = {
            each.employment_id: each
            for each in there.filter(employment_id__in=[row.employment_id for row in rows])
        }
        for row in rows:
            row.there = held.get(row.employment_id)  # type: ignore[attr-defined]

    def address(self, row: Appraisal) -> str:
        return reverse("staff_record", args=[row.employment.number])


@needs("workforce.view")
def cycle_people(request: StaffRequest, cycle_id: int) -> Any:
    return show_list(request, CycleList(find_cycle(cycle_id)))


@signed_in
@require_GET
def my_appraisal(request: StaffRequest) -> HttpResponse:
    """The one of the cycle that runs, else the last; without any, a page that says so."""
    theirs = Appraisal.objects.filter(employment__in=list(Employment.objects.of_account(request.user)))
    found = theirs.order_by("cycle__closed_at", "-cycle__from_on", "-id").first()
    return redirect("appraisal", found.pk) if found else render(request, "appraisal/nobody.html")


@signed_in
@require_GET
def team_appraisals(request: StaffRequest) -> HttpResponse:
    """Those of the people one manages today, and those on which one takes a second look."""
    day = today()
    led = led_by(request.user, day)
    running = Appraisal.objects.filter(cycle__opened_at__isnull=False, cycle__closed_at=None)
    running = running.of_those_who_work_here(day).in_full().with_due_day().order_by("due", "id")
    context = {
        "rows": running.filter(employment_id__in=led),
        "second": running.filter(employment_id__in=led_below(led, day), stage=Appraisal.SECOND),
        "overdue": InductionTask.objects.overdue(day)
        .filter(employment_id__in=led)
        .select_related("item", "employment__person"),
        "today": day,
    }
    return render(request, "appraisal/team.html", context)
