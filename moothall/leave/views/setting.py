"""How many have to be left, unit by unit; and the leave record of an employee."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import signed_in
from moothall.core.form_pages import filled, show_form
from moothall.leave.forms import CoverForm, EntryForm
from moothall.leave.models import CoverRule, LeaveEntry, LeaveRequest
from moothall.leave.rules import setting
from moothall.leave.rules.balance import balance_of, years_with_leave
from moothall.leave.rules.working import scheme_of
from moothall.people.requests import StaffRequest
from moothall.workforce.models import Employment
from moothall.workforce.visiting import with_employment

from .finding import keeps_leave_of, led_units, one_of, posts_in


@require_GET
@signed_in
def cover_rules(request: StaffRequest) -> HttpResponse:
    """The rules of the units in which I decide."""
    units = led_units(request.user)
    rules = CoverRule.objects.standing().filter(unit__in=units).select_related("unit", "post")
    context = {"units": units, "rules": rules.order_by("unit__name", "from_on", "id")}
    return render(request, "leave/cover_rules.html", context)


@signed_in
def add_cover_rule(request: StaffRequest) -> HttpResponse:
    units = led_units(request.user)
    if not units:
        raise Http404
    posts = posts_in(units)
    form = filled(request, CoverForm, units=units, posts=posts, initial={"from_on": today()})
    return show_form(
        request, form, title=_("How many have to be left"), words=_("The rule holds."),
        back=reverse("cover_rules"),
        undo=lambda rule: reverse("withdraw_cover_rule", args=[rule.pk]),
        rule=lambda _data: setting.add_cover_rule(by=request.user, at=now(), **form.values()),
    )  # fmt: skip


@require_POST
@signed_in
def withdraw_cover_rule(request: StaffRequest, rule_id: int) -> HttpResponse:
    """It holds no more, or, if it was taken back, it holds again."""
    rule = one_of(CoverRule.objects.filter(unit__in=led_units(request.user)), rule_id)
    if rule.withdrawn_at is None:
        setting.withdraw_cover_rule(rule, by=request.user, at=now())
        undo = reverse("withdraw_cover_rule", args=[rule.pk])
        messages.success(request, _("The rule holds no more."), extra_tags=undo)
    else:
        setting.restore_cover_rule(rule, by=request.user, at=now())
        messages.success(request, _("The rule holds again."))
    return redirect("cover_rules")


@require_GET
@signed_in
@with_employment
def employee_leave(request: StaffRequest, employment: Employment) -> HttpResponse:
    """The leave record: six years, each adding up, with the law's parts told apart."""
    day, scheme = today(), scheme_of(employment)
    years = years_with_leave(employment, scheme, today=day)
    first = next(
        (each for each in years if str(each.year) == request.GET.get("year", "")), scheme.year_of(day)[0]
    )
    balance = balance_of(employment, on=first, today=day)
    entries = LeaveEntry.objects.filter(
        employment=employment, counts_on__gte=balance.first, counts_on__lte=balance.last
    )
    requests = LeaveRequest.objects.filter(employment=employment).between(balance.first, balance.last)
    context: dict[str, Any] = {
        "employment": employment, "years": years, "first": first, "balance": balance, "today": day,
        "entries": entries.select_related("entered_by", "withdrawn_by"), "parts": balance.parts(),
        "requests": requests.select_related("kind").order_by("from_on", "id"),
        "keeps": keeps_leave_of(request, employment),
    }  # fmt: skip
    return render(request, "leave/record.html", context)


@signed_in
@with_employment
def add_leave_entry(request: StaffRequest, employment: Employment) -> HttpResponse:
    """Hours carried over, put right, earned in lieu, worked or paid, with the reason."""
    if not keeps_leave_of(request, employment):
        raise Http404
    form = filled(request, EntryForm, initial={"counts_on": today()})
    return show_form(
        request, form, title=_("Change the balance"), lead=str(employment.person.full_name),
        words=_("Entered."), back=reverse("employee_leave", args=[employment.number]),
        undo=lambda entry: reverse("withdraw_leave_entry", args=[employment.number, entry.pk]),
        rule=lambda data: setting.add_entry(employment, by=request.user, at=now(), **data),
    )  # fmt: skip


@require_POST
@signed_in
@with_employment
def withdraw_leave_entry(request: StaffRequest, employment: Employment, entry_id: int) -> HttpResponse:
    """It was wrong and counts no more; or it counts again."""
    if not keeps_leave_of(request, employment):
        raise Http404
    entry = one_of(LeaveEntry.objects.filter(employment=employment), entry_id)
    if entry.withdrawn_at is None:
        setting.withdraw_entry(entry, by=request.user, at=now())
        undo = reverse("withdraw_leave_entry", args=[employment.number, entry.pk])
        messages.success(request, _("It counts no more."), extra_tags=undo)
    else:
        setting.restore_entry(entry, by=request.user, at=now())
        messages.success(request, _("It counts again."))
    return redirect("employee_leave", number=employment.number)
