"""Checks of vehicles before their first run of the day: the history, what is asked, what is to be mended."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import Column, DateFilter, Empty, FlagFilter, Link, Listing, SearchFilter, show_list
from moothall.people.requests import StaffRequest
from moothall.transport.finding import managing
from moothall.transport.forms.day import BecauseForm, DefectForm, HowForm
from moothall.transport.models import CheckItem, Defect, VehicleCheck
from moothall.transport.models.passenger import manages
from moothall.transport.rules import vehicle_checks as rules

AT_ONCE = 200


class CheckList(Listing[VehicleCheck]):
    """Every check that was done, the newest first."""

    key, title = "vehicle-checks", gettext_lazy("Checks of vehicles")
    sort = "-at"
    columns = (
        Column("vehicle", gettext_lazy("Vehicle"), value=lambda row: row.vehicle.registration),
        Column("at", gettext_lazy("When"), sort="at", descending=True, value=lambda row: row.at),
        Column("by", gettext_lazy("By whom"), value=lambda row: str(row.by)),
        Column("found", gettext_lazy("Not fine"), value=lambda row: row.many),
        Column("open", gettext_lazy("To be mended"), value=lambda row: row.to_mend),
        Column("back", gettext_lazy("Taken back"), value=lambda row: row.undone_because),
    )
    filters = (
        SearchFilter(
            "q", gettext_lazy("Registration"),
            apply=lambda rows, words: rows.filter(vehicle__registration__icontains="".join(words.split())),
        ),
        FlagFilter(
            "odd", gettext_lazy("With something not fine"), apply=lambda rows: rows.filter(many__gt=0)
        ),
        DateFilter("at", gettext_lazy("When"), field="at"),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No checks here"),
        gettext_lazy("Crews do them on their phone page, before the first run of a vehicle."),
    )
    export_permission = "cases.manage"

    def rows(self, request: Any) -> QuerySet[VehicleCheck]:
        to_mend = Count("defects", filter=Q(defects__mended_at=None))
        rows = VehicleCheck.objects.visible_to(request.user).select_related("vehicle", "by")
        return rows.annotate(many=Count("defects"), to_mend=to_mend)

    def address(self, row: VehicleCheck) -> str:
        return reverse("vehicle_check", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        return [Link(_("What is to be mended"), reverse("defects")),
                Link(_("What is looked at"), reverse("check_items"))]  # fmt: skip


@needs("transport.use")
def vehicle_checks(request: StaffRequest) -> Any:
    return show_list(request, CheckList())


def _check(request: StaffRequest, number: int) -> VehicleCheck:
    rows = VehicleCheck.objects.visible_to(request.user).select_related("vehicle", "by", "undone_by")
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@needs("transport.use")
@require_GET
def vehicle_check(request: StaffRequest, number: int) -> HttpResponse:
    check = _check(request, number)
    rows = check.defects.select_related("item", "owner", "check_of__vehicle", "mended_by")
    context = {"check": check, "defects": rows, "manages": manages(request.user), "today": today()}
    return render(request, "transport/check_one.html", context)


@needs("transport.use")
@managing
def take_back_vehicle_check(request: StaffRequest, number: int) -> HttpResponse:
    check = _check(request, number)
    return show_form(
        request, filled(request, BecauseForm), title=_("Take this check back"), lead=str(check), warning=True,
        back=reverse("vehicle_check", args=[check.pk]), button=_("Take it back"),
        words=_("Taken back. The vehicle is to be checked again."),
        rule=lambda data: rules.take_back_check(check, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_GET
def check_items(request: StaffRequest) -> HttpResponse:
    """What is looked at, from which day, and where that is written."""
    rows = CheckItem.objects.from_now(today()).select_related("kind").order_by("place", "from_on", "id")
    return render(request, "transport/check_items.html", {"rows": rows, "manages": manages(request.user)})


@needs("transport.use")
@require_POST
@managing
def confirm_check_item(request: StaffRequest, number: int) -> HttpResponse:
    found = CheckItem.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    rules.confirm_item(found, by=request.user, at=now(), today=today())
    messages.success(request, _("Confirmed."))
    return redirect("check_items")


@needs("transport.use")
@require_GET
def defects(request: StaffRequest) -> HttpResponse:
    """What is to be mended, the most urgent first, with who sees to it and by when."""
    rows = Defect.objects.visible_to(request.user).open()
    rows = rows.select_related("item", "owner", "check_of__vehicle", "mended_by")[:AT_ONCE]
    return render(request, "transport/check_defects.html", {"defects": rows, "today": today()})


def _defect(request: StaffRequest, number: int) -> Defect:
    rows = Defect.objects.visible_to(request.user)
    found = rows.select_related("check_of__vehicle", "off_road", "item").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _words(found: Defect) -> str:
    return f"{found.check_of.vehicle}: {found.words}"


@needs("transport.use")
def give_defect(request: StaffRequest, number: int) -> HttpResponse:
    found = _defect(request, number)
    initial = {"owner": str(found.owner_id), "deadline_on": found.deadline_on}
    form = filled(request, DefectForm, initial=initial)
    return show_form(
        request, form, title=_("Who has it mended?"), lead=_words(found), back=reverse("defects"),
        words=_("Kept."),
        rule=lambda _data: rules.give_defect(found, **form.entry(), by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
def mend_defect(request: StaffRequest, number: int) -> HttpResponse:
    found = _defect(request, number)
    return show_form(
        request, filled(request, HowForm), title=_("It is mended"), lead=_words(found),
        back=reverse("defects"), words=_("Mended."),
        undo=lambda made: reverse("defect_not_mended", args=[made.pk]),
        rule=lambda data: rules.mend(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_POST
def defect_not_mended(request: StaffRequest, number: int) -> HttpResponse:
    rules.not_mended(_defect(request, number), by=request.user, at=now())
    messages.success(request, _("It is still to be mended."))
    return redirect("defects")
