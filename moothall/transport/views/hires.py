"""Private hire: the list of jobs, one job, and what is done with it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
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
    Empty,
    FlagFilter,
    Link,
    Listing,
    SearchFilter,
    show_list,
)
from moothall.people.models import Account
from moothall.people.requests import StaffRequest
from moothall.transport.finding import managing
from moothall.transport.forms.hires import HireForm, HireInvoiceForm, HireVehicleForm, WhyForm, said_of
from moothall.transport.models import HireJob
from moothall.transport.models.passenger import manages
from moothall.transport.rules import hiring as rules
from moothall.transport.rules.hire_refusals import HireVehicleBusy
from moothall.transport.rules.why_nobody import why

NEW: dict[str, Any] = {"in_wheelchairs": 0, "escorts": 0}


class HireList(Listing[HireJob]):
    """Every job that was asked for, the next first."""

    key, title = "hires", gettext_lazy("Private hire")
    sort = "day"
    columns = (
        Column("day", gettext_lazy("Day"), sort="begins_at",
               value=lambda row: f"{row.day:%d/%m/%Y} {row.leaves_at:%H:%M}–{row.back_at:%H:%M}"),
        Column("customer", gettext_lazy("For whom"), sort="customer", value=lambda row: row.customer),
        Column("what", gettext_lazy("What"), value=lambda row: row.what),
        Column("people", gettext_lazy("People"), value=lambda row: str(row.people)),
        Column("vehicle", gettext_lazy("Vehicle"),
               value=lambda row: str(row.vehicle or row.kind.name_in(get_language() or "en"))),
        Column("price", gettext_lazy("Price"), sort="price", value=lambda row: f"£{row.price:,.2f}"),
        Column("state", gettext_lazy("How it stands"), value=lambda row: row.get_state_display()),
    )  # fmt: skip
    filters = (
        SearchFilter("q", gettext_lazy("For whom"),
                     apply=lambda rows, words: rows.filter(customer__icontains=words.strip())),
        ChoiceFilter("state", gettext_lazy("How it stands"), options=HireJob.STATES),
        FlagFilter("ahead", gettext_lazy("From today on"), apply=lambda rows: rows.filter(day__gte=today())),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No hire jobs here"),
        gettext_lazy("Enter one when somebody asks. Once booked, it is manned with the runs of its week."),
    )
    export_permission = "cases.manage"

    def rows(self, request: Any) -> QuerySet[HireJob]:
        return HireJob.objects.visible_to(request.user).in_full()

    def address(self, row: HireJob) -> str:
        return reverse("hire", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        adding = [Link(_("Enter a job"), reverse("quote_hire"))] if manages(request.user) else []
        return [*adding, Link(_("Board of the day"), reverse("crew_board"))]


@needs("transport.use")
def hires(request: StaffRequest) -> Any:
    return show_list(request, HireList())


def _hire(account: Account, number: int) -> HireJob:
    found = HireJob.objects.visible_to(account).in_full().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
@require_GET
def hire(request: StaffRequest, number: int) -> HttpResponse:
    """For whom and for how much, who goes, and what it costs us."""
    job = _hire(request.user, number)
    places = job.mannings.select_related("member__employment__person").order_by("role", "seat")
    cost = rules.cost_of(job)
    context = {
        "job": job, "kind": (job.vehicle or job).kind.name_in(get_language() or "en"),
        "manages": manages(request.user),
        "places": [(each, "" if each.member else why(each.reason)) for each in places],
        "cost": cost, "left": None if cost is None else job.price - cost, "is_back": job.ends_at <= now(),
    }  # fmt: skip
    return render(request, "transport/hire.html", context)


@needs("transport.use")
@managing
def quote_hire(request: StaffRequest) -> HttpResponse:
    form = filled(request, HireForm, initial=NEW)
    return show_form(
        request, form, title=_("Enter a hire job"), back=reverse("hires"), button=_("Save"),
        lead=_("It stands as a quotation until it is booked; only then it takes a vehicle and people."),
        words=_("It is quoted."), onward=lambda job: reverse("hire", args=[job.pk]),
        rule=lambda _data: rules.quote_hire(**form.entry(), by=request.user, at=now(), today=today()),
    )  # fmt: skip


@needs("transport.use")
@managing
def change_hire(request: StaffRequest, number: int) -> HttpResponse:
    job = _hire(request.user, number)
    form = filled(request, HireForm, initial=said_of(job))
    return show_form(
        request, form, title=_("Change the job"), back=reverse("hire", args=[number]), button=_("Save"),
        words=_("It is changed."),
        rule=lambda _data: rules.change_hire(job, **form.entry(), by=request.user, at=now(), today=today()),
    )  # fmt: skip


@needs("transport.use")
@require_POST
@managing
def book_hire(request: StaffRequest, number: int) -> HttpResponse:
    made = rules.book_hire(_hire(request.user, number), by=request.user, at=now(), today=today())
    said = _("It is booked, and goes with %(vehicle)s.") % {"vehicle": made.vehicle}
    none = _("It is booked. No vehicle that fits is free then: choose another time, or free one.")
    messages.success(
        request, said if made.vehicle else none, extra_tags=reverse("unbook_hire", args=[number])
    )
    return redirect("hire", number)


@needs("transport.use")
@require_POST
@managing
def unbook_hire(request: StaffRequest, number: int) -> HttpResponse:
    rules.unbook_hire(_hire(request.user, number), by=request.user, at=now())
    messages.success(request, _("It is a quotation again."))
    return redirect("hire", number)


@needs("transport.use")
@managing
def cancel_hire(request: StaffRequest, number: int) -> HttpResponse:
    job = _hire(request.user, number)
    return show_form(
        request, filled(request, WhyForm), title=_("Cancel the job"), lead=str(job), warning=True,
        button=_("Cancel it"), words=_("It is cancelled; its people and its vehicle are free."),
        back=reverse("hire", args=[number]), undo=lambda _made: reverse("revive_hire", args=[number]),
        rule=lambda data: rules.cancel_hire(job, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_POST
@managing
def revive_hire(request: StaffRequest, number: int) -> HttpResponse:
    rules.revive_hire(_hire(request.user, number), by=request.user, at=now())
    messages.success(request, _("It is a quotation again."))
    return redirect("hire", number)


@needs("transport.use")
@managing
def invoice_hire(request: StaffRequest, number: int) -> HttpResponse:
    job = _hire(request.user, number)
    return show_form(
        request, filled(request, HireInvoiceForm), title=_("It is on an invoice"), lead=str(job),
        words=_("It is invoiced."), back=reverse("hire", args=[number]),
        undo=lambda _made: reverse("uninvoice_hire", args=[number]),
        rule=lambda data: rules.invoice_hire(job, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_POST
@managing
def uninvoice_hire(request: StaffRequest, number: int) -> HttpResponse:
    rules.uninvoice_hire(_hire(request.user, number), by=request.user, at=now())
    messages.success(request, _("It is on no invoice."))
    return redirect("hire", number)


@needs("transport.use")
@managing
def hire_vehicle(request: StaffRequest, number: int) -> HttpResponse:
    job = _hire(request.user, number)
    offers = rules.vehicles_for(job)
    if not offers:
        raise HireVehicleBusy
    form = filled(request, HireVehicleForm, offers=offers)
    return show_form(
        request, form, title=_("Another vehicle"), lead=str(job), words=_("It goes with this vehicle."),
        back=reverse("hire", args=[number]),
        rule=lambda _data: rules.give_hire_vehicle(job, form.entry(), by=request.user, at=now()),
    )  # fmt: skip
