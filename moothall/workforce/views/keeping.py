"""Keeping a staff record: somebody begins, changes what they do, leaves; whom to tell in an emergency."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.workforce import forms
from moothall.workforce.models import Employment, NextOfKin
from moothall.workforce.rules import assigning, ending, kin, starting
from moothall.workforce.rules.assigning import CHANGEABLE
from moothall.workforce.visiting import sight_of, with_employment

from .finding import done, kept, record_address


@needs("workforce.edit")
@require_http_methods(["GET", "POST"])
def add_starter(request: StaffRequest) -> HttpResponse:
    form = filled(request, forms.StartForm, by=request.user)
    more = ("number", "workforce", "nation", "started_on", "continuous_from", "probation_until", "ni_number")
    return show_form(
        request, form, title=_("Add a starter"), words=_("They are on record."), back=reverse("staff"),
        rule=lambda given: starting.start_employment(
            given["person"], terms=form.terms(), by=request.user, at=now(),
            **{name: given[name] for name in more},
        ),
        onward=record_address,
    )  # fmt: skip


@needs("workforce.edit")
@require_http_methods(["GET", "POST"])
@with_employment
@kept
def change_assignment(request: StaffRequest, employment: Employment) -> HttpResponse:
    held = employment.main
    if held is None:
        raise Http404
    initial = {name: getattr(held, name) for name in CHANGEABLE} | {"from_on": today()}
    initial |= {"pattern": held.pattern_id, "place": held.place_id}
    form = filled(request, forms.ChangeForm, by=request.user, initial=initial)
    return show_form(
        request, form, title=_("Change what %s does") % employment.person.full_name,
        words=_("The change is on record."), back=record_address(employment),
        lead=_("What was so until the day before stays on the record as it was."),
        rule=lambda given: assigning.change_assignment(
            employment, from_on=given["from_on"], because=given["because"], by=request.user, at=now(),
            **form.changes_of(held),
        ),
        undo=lambda _made: reverse("take_back_assignment", args=[employment.number]),
    )  # fmt: skip


@needs("workforce.edit")
@require_POST
@with_employment
@kept
def take_back_assignment(request: StaffRequest, employment: Employment) -> HttpResponse:
    return done(
        request, employment,
        lambda: assigning.take_back_change(employment, by=request.user, at=now()),
        _("The last change is taken back."),
    )  # fmt: skip


@needs("workforce.edit")
@require_http_methods(["GET", "POST"])
@with_employment
@kept
def record_leaving(request: StaffRequest, employment: Employment) -> HttpResponse:
    return show_form(
        request, filled(request, forms.LeavingForm), title=_("%s leaves") % employment.person.full_name,
        words=_("The last day is on record."), back=record_address(employment), warning=True,
        rule=lambda given: ending.end_employment(employment, by=request.user, at=now(), **given),
        undo=lambda _made: reverse("take_back_leaving", args=[employment.number]),
    )  # fmt: skip


@needs("workforce.edit")
@require_POST
@with_employment
@kept
def take_back_leaving(request: StaffRequest, employment: Employment) -> HttpResponse:
    return done(
        request, employment, lambda: ending.keep_employment(employment, by=request.user, at=now()),
        _("They stay."),
    )  # fmt: skip


def _tells_kin(request: StaffRequest, employment: Employment) -> bool:
    sight = sight_of(request.user, employment)
    return sight.own or (sight.private and request.user.may("workforce.edit"))


@signed_in
@require_http_methods(["GET", "POST"])
@with_employment
def add_next_of_kin(request: StaffRequest, employment: Employment) -> HttpResponse:
    if not _tells_kin(request, employment):
        raise Http404
    return show_form(
        request, filled(request, forms.NextOfKinForm), title=_("Whom to tell in an emergency"),
        words=_("They are on the list."), back=record_address(employment),
        rule=lambda given: kin.add_next_of_kin(employment, by=request.user, at=now(), **given),
    )  # fmt: skip


def _kin_of(request: StaffRequest, employment: Employment, kin_id: int) -> NextOfKin:
    found = NextOfKin.objects.filter(pk=kin_id, employment=employment).first()
    if found is None or not _tells_kin(request, employment):
        raise Http404
    return found


@signed_in
@require_POST
@with_employment
def end_next_of_kin(request: StaffRequest, employment: Employment, kin_id: int) -> HttpResponse:
    one = _kin_of(request, employment, kin_id)
    undo = reverse("restore_next_of_kin", args=[employment.number, one.pk])
    return done(
        request, employment, lambda: kin.end_next_of_kin(one, by=request.user, at=now()),
        _("They are told no longer."), undo=undo,
    )  # fmt: skip


@signed_in
@require_POST
@with_employment
def restore_next_of_kin(request: StaffRequest, employment: Employment, kin_id: int) -> HttpResponse:
    one = _kin_of(request, employment, kin_id)
    return done(
        request, employment, lambda: kin.restore_next_of_kin(one, by=request.user, at=now()),
        _("They are on the list."),
    )  # fmt: skip
