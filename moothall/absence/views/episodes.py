"""One absence: recorded, looked at, ended, put right."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.absence.forms import reporting as forms
from moothall.absence.models import Episode, EpisodeChange
from moothall.absence.rules import reporting as rules
from moothall.core.clock import now, today
from moothall.core.door import signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest

from .finding import (
    connect_employee_lookup,
    describe_employee,
    employees_of,
    find_episode,
    find_to_record,
    look_up_employees,
)
from .showing import page_of


def address_of(episode: Episode) -> str:
    return reverse("absence", args=[episode.pk])


def _undo(change: EpisodeChange) -> str:
    return reverse("undo_absence_change", args=[change.episode_id, change.pk])


@signed_in
@require_GET
def absence_lookup(request: StaffRequest) -> HttpResponse:
    """Lines for the look-up of those whose absence one records."""
    found = look_up_employees(request.user, request.GET.get("q", ""))
    groups = [("", [describe_employee(each) for each in found])] if found else []
    return render(request, "core/parts/lookup_options.html", {"groups": groups})


def _refuse_whoever_records_nobody(request: StaffRequest) -> None:
    if not request.user.may("absence.record") and not employees_of(request.user).exists():
        raise PermissionDenied


@signed_in
def report_absence(request: StaffRequest) -> HttpResponse:
    """Somebody is off sick: the desk records it, or their manager."""
    _refuse_whoever_records_nobody(request)
    form = filled(request, forms.NewEpisodeForm, initial={"first_day": today(), **_asked_for(request)})
    connect_employee_lookup(form.field("employee"), by=request.user, url=reverse("absence_lookup"))

    def record(data: dict[str, Any]) -> Episode:
        return rules.report_absence(data["employee"], report=form.as_report(), by=request.user, at=now())

    return show_form(
        request, form, title=_("Somebody is off sick"), rule=record, words=_("Recorded."),
        back=reverse("absence_list" if request.user.may("absence.record") else "team_absence"),
        onward=address_of, undo=lambda made: _undo(made.changes.get()),
    )  # fmt: skip


def _asked_for(request: StaffRequest) -> dict[str, Any]:
    number = request.GET.get("employee", "")[:20]
    if not number:
        return {}
    found = [each for each in look_up_employees(request.user, number) if each.number == number]
    return {"employee": found[0]} if found else {}


@signed_in
@require_GET
def absence(request: StaffRequest, number: int) -> HttpResponse:
    episode, sight = find_episode(request, number)
    return render(request, "absence/absence.html", page_of(episode, sight, on=today()))


@signed_in
def record_return(request: StaffRequest, number: int) -> HttpResponse:
    episode, _sight = find_to_record(request, number)
    return show_form(
        request, filled(request, forms.ReturnForm), title=_("They are back"), lead=_named(episode),
        rule=lambda data: rules.record_return(episode, **data, by=request.user, at=now()),
        words=_("They are back."), back=address_of(episode), undo=_undo,
    )  # fmt: skip


@signed_in
def reopen_absence(request: StaffRequest, number: int) -> HttpResponse:
    episode, _sight = find_to_record(request, number)
    return show_form(
        request, filled(request, forms.BecauseForm), title=_("They are not back after all"),
        rule=lambda data: rules.reopen_absence(episode, **data, by=request.user, at=now()),
        words=_("The absence goes on."), back=address_of(episode), undo=_undo, lead=_named(episode),
    )  # fmt: skip


@signed_in
def correct_absence(request: StaffRequest, number: int) -> HttpResponse:
    """Only who may see the reason may put it right."""
    episode, sight = find_to_record(request, number)
    if not sight.desk:
        raise PermissionDenied
    names = [name for name in rules.Report.__dataclass_fields__ if name != "reason"]
    begun = {name: getattr(episode, name) for name in names} | {"reason": str(episode.reason_id or "")}
    form = filled(request, forms.CorrectionForm, initial=begun, on=episode.first_day)
    return show_form(
        request, form, title=_("Correct the absence"), lead=_named(episode),
        rule=lambda data: rules.correct_absence(
            episode, report=form.as_report(), because=data["because"], by=request.user, at=now()
        ),
        words=_("Corrected."), back=address_of(episode), undo=_undo,
    )  # fmt: skip


@signed_in
def split_absence(request: StaffRequest, number: int) -> HttpResponse:
    episode, sight = find_to_record(request, number)
    if not sight.desk:
        raise PermissionDenied
    return show_form(
        request, filled(request, forms.SplitForm), title=_("They worked in between"), lead=_named(episode),
        rule=lambda data: rules.split_absence(episode, **data, by=request.user, at=now()),
        words=_("It is two absences now."), back=address_of(episode), undo=_undo,
    )  # fmt: skip


@signed_in
def withdraw_episode(request: StaffRequest, number: int) -> HttpResponse:
    episode, sight = find_to_record(request, number)
    if not sight.desk:
        raise PermissionDenied
    return show_form(
        request, filled(request, forms.BecauseForm), title=_("Withdraw the absence"), warning=True,
        rule=lambda data: rules.withdraw_absence(episode, **data, by=request.user, at=now()),
        words=_("Withdrawn. It counts for nothing."), back=address_of(episode), undo=_undo,
        button=_("Withdraw"), lead=_named(episode),
    )  # fmt: skip


@signed_in
@require_POST
def undo_absence_change(request: StaffRequest, number: int, change_id: int) -> HttpResponse:
    episode, _sight = find_to_record(request, number)
    change = episode.changes.filter(pk=change_id).first()
    if change is None:
        raise Http404
    rules.undo_change(change, by=request.user, at=now())
    messages.success(request, _("Undone."))
    return redirect(address_of(episode))


def _named(episode: Episode) -> str:
    return f"{episode.employment.person.full_name} · {episode.employment.number}"
