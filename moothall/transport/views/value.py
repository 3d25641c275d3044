"""Value for money: a month of transport in figures, the rows each is reckoned from, and the targets."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import (
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
from moothall.transport.finding import managing
from moothall.transport.forms.value import TargetForm
from moothall.transport.models import Contractor, CountedMonth, How, Journey, Needs, RunGone, Target
from moothall.transport.models.journey import DIRECTIONS
from moothall.transport.models.passenger import manages
from moothall.transport.models.target import CHAIR, KINDS
from moothall.transport.planning.counting import count_month
from moothall.transport.rules import targets
from moothall.transport.rules.value_figures import BY_KEY, MONTHS, months_before
from moothall.transport.rules.valuing import KIND_OF
from moothall.transport.templatetags.value import in_miles

from .passengers import centre_choices
from .value_shown import BYS, SHOWN, lines_of, months_of, past_of, rows_address, slices_of, standings


def _firms(_request: Any) -> list[tuple[str, str]]:
    language = get_language() or "en"
    return [(str(each.pk), each.name_in(language)) for each in Contractor.objects.all()]


class RunsGone(Listing[RunGone]):
    """Every run and job on each day, with what it cost: the rows behind the figures of cost and seats."""

    key, title = "runs-gone", gettext_lazy("Runs that went")
    sort = "-day"
    columns = (
        Column("day", gettext_lazy("Day"), sort="day", descending=True, value=lambda row: row.day),
        Column("called", gettext_lazy("Run or job"), value=lambda row: row.called),
        Column("direction", gettext_lazy("Which way"), value=lambda row: row.get_direction_display()),
        Column("whose", gettext_lazy("Whose"), value=lambda row: row.whose),
        Column("carried", gettext_lazy("Passengers"), numeric=True, value=lambda row: row.carried),
        Column("seats", gettext_lazy("Seats"), numeric=True, value=lambda row: row.seats),
        Column("over", gettext_lazy("Rides too long"), numeric=True, value=lambda row: row.over),
        Column("recorded", gettext_lazy("Arrival recorded"), numeric=True, shown=False,
               value=lambda row: row.recorded),
        Column("late", gettext_lazy("After the bell"), numeric=True,
               value=lambda row: row.late if row.recorded else None),
        Column("miles", gettext_lazy("Miles"), numeric=True, value=lambda row: in_miles(row.metres)),
        Column("cost", gettext_lazy("Cost, £"), sort="cost", descending=True, numeric=True,
               value=lambda row: row.cost),
    )  # fmt: skip
    filters = (
        SearchFilter(
            "q", gettext_lazy("Run or job"), apply=lambda rows, words: rows.filter(called__iexact=words)
        ),
        DateFilter("day", gettext_lazy("Day")),
        ChoiceFilter(
            "centre", gettext_lazy("School or centre"), options=centre_choices,
            apply=lambda rows, chosen: rows.filter(centres__overlap=[int(each) for each in chosen]),
        ),
        ChoiceFilter("contractor", gettext_lazy("Contractor"), options=_firms, field="contractor_id"),
        ChoiceFilter(
            "kind", gettext_lazy("With passengers"), options=KINDS,
            apply=lambda rows, chosen: rows.filter(kinds__overlap=chosen),
        ),
        FlagFilter("own", gettext_lazy("Our own fleet"), apply=lambda rows: rows.filter(ours=True)),
        FlagFilter("over", gettext_lazy("Rides too long"), apply=lambda rows: rows.filter(over__gt=0)),
        FlagFilter(
            "recorded", gettext_lazy("Arrival recorded"), apply=lambda rows: rows.filter(recorded__gt=0)
        ),
        FlagFilter("late", gettext_lazy("Somebody after the bell"),
                   apply=lambda rows: rows.filter(late__gt=0)),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No runs here"),
        gettext_lazy("Runs stand here once the month they went in is counted: each night, or when asked."),
    )
    export_permission = "cases.manage"

    def rows(self, request: Any) -> QuerySet[RunGone]:
        return RunGone.objects.visible_to(request.user).select_related("contractor")

    def prepare(self, rows: list[Any], request: Any) -> None:
        language, ours = get_language() or "en", _("Our own fleet")
        for row in rows:
            firm = row.contractor.name_in(language) if row.contractor is not None else _("A contractor")
            row.whose = ours if row.ours else firm

    def address(self, row: RunGone) -> str:
        if row.run_id is not None:
            return reverse("run", args=[row.run_id])
        return reverse("contractor", args=[row.contractor_id]) if row.contractor_id is not None else ""


def _of_kind(rows: Any, chosen: list[str]) -> Any:
    """Those whose passengers had such needs on the day."""
    escorts = [said for said, kind in KIND_OF.items() if kind in chosen]
    held = Needs.objects.standing().filter(passenger=OuterRef("passenger"), from_on__lte=OuterRef("day"))
    chair = held.filter(wheelchair__in=Needs.STAYS_IN)
    found = Exists(held.filter(escort__in=escorts)) & ~Exists(chair)
    return rows.filter(found | Exists(chair) if CHAIR in chosen else found)


class JourneysCounted(Listing[Journey]):
    """Every journey that was due: the rows behind what is unresolved and cancelled."""

    key, title = "journeys-counted", gettext_lazy("Journeys")
    sort = "-day"
    columns = (
        Column("day", gettext_lazy("Day"), sort="day", descending=True, value=lambda row: row.day),
        Column("who", gettext_lazy("Who"), value=lambda row: str(row.passenger)),
        Column("centre", gettext_lazy("School or centre"),
               value=lambda row: row.centre.name_in(get_language() or "en")),
        Column("direction", gettext_lazy("Which way"), value=lambda row: row.get_direction_display()),
        Column("how", gettext_lazy("How"), value=lambda row: row.get_how_display()),
        Column("by", gettext_lazy("By, or why not"), value=lambda row: row.by or row.cancelled_because),
    )  # fmt: skip
    filters = (
        DateFilter("day", gettext_lazy("Day")),
        ChoiceFilter("how", gettext_lazy("How"), options=How.HOWS),
        ChoiceFilter("direction", gettext_lazy("Which way"), options=DIRECTIONS),
        ChoiceFilter(
            "centre", gettext_lazy("School or centre"), options=centre_choices, field="centre_id"
        ),
        ChoiceFilter("kind", gettext_lazy("With passengers"), options=KINDS, apply=_of_kind),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No journeys here"), gettext_lazy("Choose other days, or show all kinds of journey.")
    )
    export_permission = "cases.manage"

    def rows(self, request: Any) -> QuerySet[Journey]:
        rows = Journey.objects.visible_to(request.user).due()
        return rows.select_related("passenger__person", "centre")

    def address(self, row: Journey) -> str:
        return reverse("journey", args=[row.pk])


@needs("transport.use")
def runs_gone(request: StaffRequest) -> Any:
    return show_list(request, RunsGone())


@needs("transport.use")
def journeys_counted(request: StaffRequest) -> Any:
    return show_list(request, JourneysCounted())


def _month(said: str, usual: dt.date) -> dt.date:
    try:
        return min(dt.date.fromisoformat(f"{said}-01"), today().replace(day=1))
    except ValueError:
        return usual


@needs("transport.use")
@require_GET
def value(request: StaffRequest) -> HttpResponse:
    """One month, beside others, and apart by centre, by who took them, or by kind of passenger."""
    this = today().replace(day=1)
    month = _month(request.GET.get("month", ""), this)
    by = request.GET.get("by", "")
    by = by if by in BYS else BYS[0]
    months = months_of(month)
    context = {
        "month": month, "by": by, "lines": lines_of(month, months), "slices": slices_of(month, by),
        "past": past_of(months), "shown": SHOWN, "counted": CountedMonth.objects.filter(month=month).first(),
        "choices": [months_before(this, number) for number in range(MONTHS + 11)],
        "manages": manages(request.user), "total": months.get(month),
        "unresolved": rows_address(BY_KEY["unresolved"], month),
    }  # fmt: skip
    return render(request, "transport/value.html", context)


@needs("transport.use")
@require_POST
@managing
def count_value(request: StaffRequest) -> HttpResponse:
    month = _month(request.POST.get("month", ""), today().replace(day=1))
    count_month(month, today=today(), by=request.user, at=now())
    messages.success(request, _("Counted anew."))
    return redirect(reverse("value", query={"month": f"{month:%Y-%m}"}))


@needs("transport.use")
@require_GET
def value_targets(request: StaffRequest) -> HttpResponse:
    """What the service plan asks for, against a whole month: the last one, unless said otherwise."""
    this = today().replace(day=1)
    month = _month(request.GET.get("month", ""), months_before(this, 1))
    months = months_of(month)
    shown = standings(month, months)
    states = [each.state for each in shown]
    context = {
        "month": month, "standings": shown, "months": sorted(months), "manages": manages(request.user),
        "choices": [months_before(this, number) for number in range(MONTHS + 11)],
        "counted": [(state, states.count(state)) for state in (targets.MISSED, targets.NEARLY, targets.MET)],
    }  # fmt: skip
    return render(request, "transport/value_targets.html", context)


@needs("transport.use")
@managing
def set_value_target(request: StaffRequest) -> HttpResponse:
    figure = request.GET.get("figure", "")
    form = filled(request, TargetForm, initial={"from_on": today(), "figure": figure})
    return show_form(
        request, form, title=_("A target"), back=reverse("value_targets"),
        words=_("It holds from that day on. The target before it ends the day before."),
        undo=lambda made: reverse("withdraw_value_target", args=[made.pk]),
        rule=lambda _data: targets.set_target(**form.entry(), by=request.user, at=now()),
    )  # fmt: skip


def _target(request: StaffRequest, number: int) -> Target:
    found = Target.objects.visible_to(request.user).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
@require_POST
@managing
def withdraw_value_target(request: StaffRequest, number: int) -> HttpResponse:
    found = targets.withdraw_target(_target(request, number), by=request.user, at=now())
    undo = reverse("restore_value_target", args=[found.pk])
    messages.success(request, _("The target is withdrawn. The one before it goes on."), extra_tags=undo)
    return redirect("value_targets")


@needs("transport.use")
@require_POST
@managing
def restore_value_target(request: StaffRequest, number: int) -> HttpResponse:
    targets.restore_target(_target(request, number), by=request.user, at=now())
    messages.success(request, _("The target holds again."))
    return redirect("value_targets")
