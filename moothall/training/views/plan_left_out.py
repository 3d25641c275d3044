"""Everybody a plan has no place for, and why: by team, course and reason."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from moothall.core.door import needs
from moothall.core.lists import ChoiceFilter, Column, Empty, Listing, SearchFilter, show_list
from moothall.people.models import Organisation
from moothall.people.requests import StaffRequest
from moothall.training.forms import named_choices
from moothall.training.models import Course, LeftOut, PlanRun
from moothall.training.templatetags.plans import causes
from moothall.workforce.finding import of_staff_fitting


def _left_out(request: Any) -> QuerySet[LeftOut]:
    """Everybody left out by the plan in the address."""
    return LeftOut.objects.filter(run=request.resolver_match.kwargs["number"]).order_by()


def _teams(request: Any) -> list[tuple[str, str]]:
    return named_choices(Organisation.objects.filter(pk__in=_left_out(request).values("unit")))


def _courses(request: Any) -> list[tuple[str, str]]:
    return named_choices(Course.objects.filter(pk__in=_left_out(request).values("version__course")))


class LeftOutList(Listing[LeftOut]):
    key, title = "training_plan_left_out", gettext_lazy("Who has no place, and why")
    sort = "who"
    page_template = "training/plan_left_out.html"
    row_template = "training/parts/left_out.html"
    columns = (
        Column("who", gettext_lazy("Who"), sort="employment__person__folded_name",
               value=lambda row: row.employment.person.full_name),
        Column("number", gettext_lazy("Staff number"), value=lambda row: row.employment.number, shown=False),
        Column("team", gettext_lazy("Team"), sort="unit__name",
               value=lambda row: row.unit.name_in(get_language() or "en")),
        Column("course", gettext_lazy("Course"), sort="version__course__name",
               value=lambda row: row.version.course.name_in(get_language() or "en")),
        Column("reason", gettext_lazy("Why"), value=lambda row: row.get_reason_display()),
        Column("causes", gettext_lazy("Session by session"), value=causes),
    )  # fmt: skip
    filters = (
        SearchFilter(
            "q", gettext_lazy("Name or number"), apply=of_staff_fitting,
        ),
        ChoiceFilter("reason", gettext_lazy("Why"), options=LeftOut.REASONS),
        ChoiceFilter("team", gettext_lazy("Team"), field="unit_id", several=False, options=_teams),
        ChoiceFilter(
            "course", gettext_lazy("Course"), field="version__course_id", several=False, options=_courses
        ),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("Nobody is left out like this"),
        gettext_lazy("Choose another team, course or reason, or All."),
    )
    export_permission: ClassVar[str | None] = "training.manage"

    def __init__(self, run: PlanRun) -> None:
        self.run = run

    def rows(self, request: Any) -> QuerySet[LeftOut]:
        return self.run.left_out.select_related("employment__person", "unit", "version__course")

    def address(self, row: LeftOut) -> str:
        return reverse("staff_record", args=[row.employment.number])


@needs("training.manage")
def training_plan_left_out(request: StaffRequest, number: int) -> Any:
    run = PlanRun.objects.filter(pk=number).defer("plan", "points").first()
    if run is None:
        raise Http404
    return show_list(request, LeftOutList(run), context={"run": run})
