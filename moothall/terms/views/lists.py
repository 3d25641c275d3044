"""What falls due, month by month."""

import datetime as dt
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from clocks.months import corresponding_date
from moothall.core.clock import today
from moothall.core.door import signed_in
from moothall.core.lists import (
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    Link,
    Listing,
    SearchFilter,
    show_list,
)
from moothall.people.requests import StaffRequest
from moothall.terms.models import Term
from moothall.workforce.finding import of_staff_fitting
from moothall.workforce.models import Assignment, Employment

MONTHS = 18
STATES = [
    ("open", gettext_lazy("To be settled")),
    ("late", gettext_lazy("Decision late")),
    ("settled", gettext_lazy("Settled")),
]


def _in_state(rows: Any, chosen: list[str]) -> Any:
    if chosen[0] == "late":
        return rows.late(today())
    return rows.open() if chosen[0] == "open" else rows.filter(settled_at__isnull=False)


def _months(_request: Any) -> list[tuple[str, str]]:
    first = today().replace(day=1)
    days = [corresponding_date(first, each) for each in range(-2, MONTHS)]
    return [(f"{day:%Y-%m}", date_format(day, "F Y")) for day in days]


def _in_months(rows: Any, chosen: list[str]) -> Any:
    first = dt.date.fromisoformat(f"{chosen[0]}-01")
    return rows.filter(due_on__gte=first, due_on__lt=corresponding_date(first, 1))


def _units(_request: Any) -> list[tuple[str, str]]:
    language = get_language() or "en"
    units = Assignment.objects.standing().units()
    return sorted(((str(each.pk), each.name_in(language)) for each in units), key=lambda pair: pair[1])


def _in_units(rows: Any, chosen: list[str]) -> Any:
    there = Assignment.objects.in_force(today()).filter(
        unit_id__in=[int(each) for each in chosen], is_main=True
    )
    return rows.filter(employment__in=list(there.order_by().values_list("employment", flat=True)))


def _mine(request: Any) -> list[int]:
    led = Employment.objects.managed_by(request.user, on=today())
    return list(led.order_by().values_list("pk", flat=True))


class FallingDue(Listing[Term]):
    """What falls due for oneself, for one's people, and for those of whom one keeps the records."""

    key, title = "falling_due", gettext_lazy("Falling due")
    sort, opens_with = "due", "state=open"
    ready_views = (
        (gettext_lazy("To be settled"), "state=open"),
        (gettext_lazy("Decision late"), "state=late&sort=act"),
        (gettext_lazy("Probation"), "state=open&kind=PROBATION&sort=act"),
        (gettext_lazy("Fixed terms"), "state=open&kind=FIXED_TERM"),
        (gettext_lazy("Retirement"), "state=open&kind=RETIREMENT"),
        (gettext_lazy("All"), ""),
    )
    columns = (
        Column("who", gettext_lazy("Who"), value=lambda row: row.employment.person.full_name),
        Column("kind", gettext_lazy("What"), value=lambda row: row.get_kind_display()),
        Column("unit", gettext_lazy("Unit"), value=lambda row: row.unit_name),
        Column("due", gettext_lazy("Falls due"), sort="due_on", value=lambda row: row.due_on),
        Column("act", gettext_lazy("Decide by"), sort="act_by", value=lambda row: row.act_by),
        Column("state", gettext_lazy("How it stands"), value=lambda row: row.get_outcome_display()),
    )
    filters = (
        SearchFilter("q", gettext_lazy("Name or number"), apply=of_staff_fitting),
        ChoiceFilter(
            "state", gettext_lazy("How it stands"), options=STATES, apply=_in_state, several=False
        ),
        ChoiceFilter("month", gettext_lazy("Month"), options=_months, apply=_in_months, several=False),
        ChoiceFilter("kind", gettext_lazy("What"), options=Term.KINDS),
        ChoiceFilter("unit", gettext_lazy("Unit"), options=_units, apply=_in_units),
        DateFilter("due", gettext_lazy("Falls due"), field="due_on"),
    )  # fmt: skip
    row_template = "terms/parts/row.html"
    empty = Empty(
        gettext_lazy("Nothing falls due"),
        gettext_lazy("Probations, fixed terms and years of service are found each morning. Retirements, "
                     "secondments and acting up are added on the staff record."),
    )  # fmt: skip
    export_permission: ClassVar[str | None] = "workforce.edit"

    def rows(self, request: Any) -> QuerySet[Term]:
        return Term.objects.visible_to(request.user).standing().select_related("employment__person")

    def prepare(self, rows: list[Term], request: Any) -> None:
        language, day = get_language() or "en", today()
        there = Assignment.objects.in_force(day).filter(
            employment__in=[row.employment_id for row in rows], is_main=True
        )
        units = {each.employment_id: each.unit for each in there.select_related("unit")}
        for row in rows:
            unit = units.get(row.employment_id)
            row.unit_name = unit.name_in(language) if unit else ""  # type: ignore[attr-defined]
            row.late = row.is_late(day)  # type: ignore[attr-defined]

    def actions(self, request: Any) -> list[Link]:
        mine = request.user.person_id is not None and Employment.objects.of_account(request.user)
        here = mine and mine.in_force(today()).exists()
        return [Link(_("Ask about retiring"), reverse("ask_to_retire"))] if here else []

    def address(self, row: Term) -> str:
        return reverse("term", args=[row.pk])

    def row_name(self, row: Term) -> str:
        return f"{row.employment.person}: {row.get_kind_display()}"


class TeamFallingDue(FallingDue):
    """The same of those whom one manages today."""

    key, title = "team_falling_due", gettext_lazy("Falling due in my team")

    def rows(self, request: Any) -> QuerySet[Term]:
        rows = Term.objects.standing().filter(employment__in=_mine(request))
        return rows.select_related("employment__person")


@signed_in
def falling_due(request: StaffRequest) -> Any:
    return show_list(request, FallingDue())


@signed_in
def team_falling_due(request: StaffRequest) -> Any:
    return show_list(request, TeamFallingDue())
