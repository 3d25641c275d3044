"""Who is off, what is lacking, and what is to be done: one list with its views."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.absence.models import Episode, Figure, Figures
from moothall.absence.models.episode import EpisodeQuerySet
from moothall.absence.templatetags.absence import EVIDENCE
from moothall.core.clock import today
from moothall.core.door import needs
from moothall.core.lists import (
    BulkAction,
    ChoiceFilter,
    Column,
    Empty,
    Link,
    Listing,
    SearchFilter,
    show_list,
)
from moothall.people.requests import StaffRequest
from moothall.people.templatetags.people import in_tongue
from moothall.workforce.finding import of_staff_fitting
from moothall.workforce.models import Assignment

SHOWN = [
    ("off", gettext_lazy("Off today")),
    ("lacking", gettext_lazy("No certificate")),
    ("soon", gettext_lazy("Running out")),
    ("interview", gettext_lazy("To be talked with")),
    ("triggers", gettext_lazy("Triggers")),
    ("back", gettext_lazy("Back")),
]


def _standing_so(rows: Any, values: list[str]) -> Any:
    day = today()
    figures = Figure.objects.on(day)
    found = {
        "off": lambda: rows.off(day),
        "lacking": lambda: rows.without_evidence(day, self_days=figures.whole("self_days")),
        "soon": lambda: rows.running_out(day, warn_days=figures.whole("warn_days")),
        "interview": lambda: rows.to_interview(),
        "triggers": lambda: rows.with_a_trigger(),
        "back": lambda: rows.filter(last_day__lt=day),
    }
    return found[values[0]]()


def stand(rows: list[Episode], figures: Figures | None = None) -> None:
    """Attach to each how its evidence stands, and how many days it has lasted."""
    day = today()
    known = figures or Figure.objects.on(day)
    numbers = {"self_days": known.whole("self_days"), "warn_days": known.whole("warn_days")}
    for row in rows:
        row.rung = row.evidence(day, **numbers)  # type: ignore[attr-defined]
        row.lasted = row.calendar_days(day)  # type: ignore[attr-defined]


def with_assignments(rows: EpisodeQuerySet) -> EpisodeQuerySet:
    there = Assignment.objects.in_force(today()).filter(is_main=True).in_full()
    return rows.prefetch_related(Prefetch("employment__assignments", there, to_attr="assigned"))


class AbsenceList(Listing[Episode]):
    """Every absence of those whose absence one records, the latest first."""

    key, title = "absences", gettext_lazy("Absence")
    sort, opens_with = "-first_day", "state=off"
    ready_views = (
        (gettext_lazy("Off today"), "state=off"),
        (gettext_lazy("No certificate"), "state=lacking"),
        (gettext_lazy("Running out"), "state=soon"),
        (gettext_lazy("To be talked with"), "state=interview"),
        (gettext_lazy("Triggers"), "state=triggers"),
        (gettext_lazy("All"), ""),
    )
    row_template = "absence/parts/row.html"
    columns = (
        Column("person", gettext_lazy("Who"), sort="employment__person__full_name",
               value=lambda row: row.employment.person.full_name),
        Column("number", gettext_lazy("Number"), value=lambda row: row.employment.number),
        Column("unit", gettext_lazy("Unit"),
               value=lambda row: in_tongue(row.employment.main.unit) if row.employment.main else ""),
        Column("first_day", gettext_lazy("Off from"), sort="first_day", descending=True,
               value=lambda row: row.first_day),
        Column("last_day", gettext_lazy("Until"), value=lambda row: row.last_day),
        Column("days", gettext_lazy("Days"), value=lambda row: row.lasted, numeric=True),
        Column("evidence", gettext_lazy("Certificate"), value=lambda row: EVIDENCE[row.rung][0]),
        Column("reason", gettext_lazy("Reason"), value=lambda row: row.reason.name if row.reason else ""),
    )  # fmt: skip
    filters = (
        SearchFilter("q", gettext_lazy("Search"), apply=of_staff_fitting),
        ChoiceFilter("state", gettext_lazy("Show"), options=SHOWN, apply=_standing_so, several=False),
    )
    bulk = (
        BulkAction("write", gettext_lazy("Write for a certificate"), "absence.record", "write_to_absent"),
    )
    empty = Empty(
        gettext_lazy("Nobody to show"),
        gettext_lazy("When somebody rings in sick, record it here; their certificates go with it."),
    )

    def rows(self, request: StaffRequest) -> QuerySet[Episode]:
        rows = Episode.objects.standing().recorded_for(request.user, on=today())
        return with_assignments(rows.shown())

    def prepare(self, rows: list[Episode], request: StaffRequest) -> None:
        stand(rows)

    def actions(self, request: StaffRequest) -> list[Link]:
        return [
            Link(_("Somebody is off sick"), reverse("report_absence")),
            Link(_("Certificates"), reverse("enter_certificate")),
        ]

    def row_name(self, row: Episode) -> str:
        return row.employment.person.full_name


@needs("absence.record")
def absence_list(request: StaffRequest) -> HttpResponse:
    return show_list(request, AbsenceList())
