"""Family leave: entered, its calendar, and what happens until they are back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.personnel import forms
from moothall.personnel.models import FamilyLeave, SharedNotice
from moothall.personnel.rules import family as rules
from moothall.personnel.rules import in_touch
from moothall.personnel.rules.calendar import dates_of, pay_of
from moothall.personnel.rules.family_case import seen_to_in
from moothall.personnel.rules.offering import letters_for
from moothall.personnel.rules.parts import Part
from moothall.workforce.away import SICK, away_between

from .finding import from_record, kept_employment, with_family


def page_of(leave: FamilyLeave) -> str:
    return reverse("family_page", args=[leave.pk])


@require_http_methods(["GET", "POST"])
@needs("workforce.private")
def enter_family_leave(request: StaffRequest) -> HttpResponse:
    initial = {"employee": from_record(request), "notified_on": today()}
    form = filled(request, forms.EnterFamilyForm, by=request.user, initial=initial)

    def enter(data: dict[str, Any]) -> FamilyLeave:
        given = {key: value for key, value in data.items() if key != "employee"}
        employment = kept_employment(request, data["employee"], private=True)
        return rules.enter_leave(employment, **given, by=request.user, at=now())

    return show_form(
        request,
        form,
        title=_("Family leave"),
        back=reverse("staff_requests"),
        onward=page_of,
        rule=enter,
        words=_("It is on record, with every date that hangs on it."),
    )


@require_GET
@signed_in
@with_family()
def family_page(request: StaffRequest, leave: FamilyLeave, part: Part) -> HttpResponse:
    """The whole calendar of one leave, each date with why."""
    notice = SharedNotice.objects.filter(blocks__leave=leave).first()
    sick = away_between([leave.employment_id], leave.starts_on, leave.ends_on) if part.private else []
    context = {
        "leave": leave,
        "part": part,
        "today": today(),
        "dates": dates_of(leave),
        "rule": rules.rule_of(leave),
        "pay": pay_of(leave),
        "touch": in_touch.in_touch(leave),
        "letters": letters_for(leave),
        "overlaps": [each for each in sick if each.kind == SICK],
        "is_maternity": leave.kind == rules.MATERNITY,
        "may_change": leave.withdrawn_at is None and leave.starts_on > today() and notice is None,
        "notice": notice,
        "case": seen_to_in(request.user, leave) if part.private else None,
        "happenings": list(leave.happenings.select_related("by")) if part.private else [],
    }
    return render(request, "personnel/family.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
@with_family()
def change_family_start(request: StaffRequest, leave: FamilyLeave, part: Part) -> HttpResponse:
    asked = forms.DayForm if part.own else forms.ChangeStartForm
    form = filled(request, asked, words=_("First day away"), initial={"day": leave.starts_on})
    return show_form(
        request,
        form,
        title=_("Another first day"),
        back=page_of(leave),
        lead=_("By law it is told 28 days before the earlier of the two days."),
        words=_("The leave is moved, with every date that hangs on it."),
        rule=lambda data: rules.change_start(
            leave,
            starts_on=data["day"],
            own=part.own,
            late_because=data.get("late_because", ""),
            by=request.user,
            at=now(),
        ),
    )


def _on_a_day(
    request: StaffRequest, leave: FamilyLeave, *, title: str, label: str, words: str, verb: Any, name: str
) -> HttpResponse:
    """A page that asks for one day and does one thing with it."""
    form = filled(request, forms.DayForm, words=label, initial={"day": today()})
    return show_form(
        request,
        form,
        title=title,
        lead=leave.employment.person.full_name,
        back=page_of(leave),
        words=words,
        rule=lambda data: verb(leave, **{name: data["day"]}, by=request.user, at=now()),
    )


@require_http_methods(["GET", "POST"])
@needs("workforce.private")
@with_family(lambda part: part.private)
def record_birth(request: StaffRequest, leave: FamilyLeave, _part: Part) -> HttpResponse:
    return _on_a_day(
        request,
        leave,
        title=_("The baby is born"),
        label=_("Born on"),
        verb=rules.record_birth,
        name="born_on",
        words=_("Written down. If the leave had not begun, it begins the day after."),
    )


@require_http_methods(["GET", "POST"])
@needs("workforce.private")
@with_family(lambda part: part.private)
def record_pregnancy_illness(request: StaffRequest, leave: FamilyLeave, _part: Part) -> HttpResponse:
    return _on_a_day(
        request,
        leave,
        title=_("A pregnancy illness begins the leave"),
        label=_("First day of that absence"),
        verb=rules.record_illness,
        name="ill_on",
        words=_("The leave begins the day after."),
    )


@require_http_methods(["GET", "POST"])
@needs("workforce.private")
@with_family(lambda part: part.private)
def see_family_evidence(request: StaffRequest, leave: FamilyLeave, _part: Part) -> HttpResponse:
    return _on_a_day(
        request,
        leave,
        title=_("Evidence seen"),
        label=_("When was it seen?"),
        verb=rules.see_evidence,
        name="on",
        words=_("Written down."),
    )


@require_http_methods(["GET", "POST"])
@needs("workforce.private")
@with_family(lambda part: part.private)
def assess_family_risk(request: StaffRequest, leave: FamilyLeave, _part: Part) -> HttpResponse:
    return _on_a_day(
        request,
        leave,
        title=_("Risks at work looked at"),
        label=_("On which day?"),
        verb=rules.assess_risk,
        name="on",
        words=_("Written down."),
    )


@require_http_methods(["GET", "POST"])
@needs("workforce.private")
@with_family(lambda part: part.private)
def add_touch_day(request: StaffRequest, leave: FamilyLeave, _part: Part) -> HttpResponse:
    known = in_touch.in_touch(leave)
    words = _("%(most)s may be worked without ending the leave, and %(left)s are left.")
    left = {"most": known.most, "left": max(known.left, 0)} if known is not None else None
    return show_form(
        request,
        filled(request, forms.TouchDayForm, words=_("Which day?")),
        title=_("A day to keep in touch"),
        back=page_of(leave),
        words=_("Written down."),
        lead=words % left if left is not None else "",
        rule=lambda data: in_touch.add_touch_day(
            leave, day=data["day"], what=data["what"], by=request.user, at=now()
        ),
    )


@require_POST
@needs("workforce.private")
@with_family(lambda part: part.private)
def remove_touch_day(request: StaffRequest, leave: FamilyLeave, _part: Part, day_id: int) -> HttpResponse:
    touch = leave.touch_days.filter(pk=day_id).first()
    if touch is None:
        raise Http404
    touch.leave = leave
    in_touch.remove_touch_day(touch, by=request.user, at=now())
    messages.success(request, _("Taken back: it does not count."))
    return redirect(page_of(leave))


@require_http_methods(["GET", "POST"])
@needs("workforce.private")
@with_family(lambda part: part.private)
def return_early(request: StaffRequest, leave: FamilyLeave, _part: Part) -> HttpResponse:
    form = filled(request, forms.ReturnForm, initial={"returns_on": leave.returns_on, "told_on": today()})
    return show_form(
        request,
        form,
        title=_("Back earlier"),
        lead=leave.employment.person.full_name,
        back=page_of(leave),
        words=_("The new last day is on record."),
        rule=lambda data: rules.return_early(leave, **data, by=request.user, at=now()),
    )


@require_POST
@signed_in
@with_family()
def withdraw_family_leave(request: StaffRequest, leave: FamilyLeave, part: Part) -> HttpResponse:
    rules.withdraw_leave(leave, own=part.own, by=request.user, at=now())
    undo = reverse("put_back_family_leave", args=[leave.pk])
    messages.success(request, _("Withdrawn: its days are free again."), extra_tags=undo)
    return redirect(page_of(leave))


@require_POST
@signed_in
@with_family()
def put_back_family_leave(request: StaffRequest, leave: FamilyLeave, _part: Part) -> HttpResponse:
    rules.put_back_leave(leave, by=request.user, at=now())
    messages.success(request, _("The leave holds again."))
    return redirect(page_of(leave))
