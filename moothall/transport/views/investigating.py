"""What is done about an incident: who was there, whom to tell, what was found, actions, and its end."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.transport.finding import managing
from moothall.transport.forms import incidents as forms
from moothall.transport.models import Incident, Investigation, Involved
from moothall.transport.rules import investigating as rules

from .incident_finding import one_of, page_of, with_incident


@needs("transport.use")
@with_incident
def add_involved(request: StaffRequest, found: Incident) -> HttpResponseBase:
    form = filled(
        request, forms.InvolvedForm, account=request.user,
        initial={"part": Involved.PASSENGER, "harm": Involved.NONE},
    )  # fmt: skip
    return show_form(
        request, form, title=_("Somebody else was there"), lead=str(found), back=page_of(found),
        words=_("It is on record."), button=_("Add"),
        undo=lambda made: reverse("remove_involved", args=[found.case.reference, made.pk]),
        rule=lambda data: rules.involve(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_POST
@with_incident
def remove_involved(request: StaffRequest, found: Incident, number: int) -> HttpResponseBase:
    row = one_of(found.involved.filter(withdrawn_at=None).select_related("incident__case"), number)
    rules.not_involved(row, by=request.user, at=now())
    messages.success(request, _("They are not among those who were there any more."))
    return redirect(page_of(found))


@needs("transport.use")
@with_incident
def add_incident_photos(request: StaffRequest, found: Incident) -> HttpResponseBase:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return show_form(
        request, forms.PhotosForm(*sent), title=_("Add photographs"), lead=str(found), back=page_of(found),
        words=_("They are kept."), button=_("Add"),
        rule=lambda data: rules.add_photos(found, data["photos"], by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@managing
@with_incident
def decide_outside_report(request: StaffRequest, found: Incident, number: int) -> HttpResponseBase:
    """Whether somebody outside has to be told, and when they were."""
    pairs = [pair for pair in rules.duties_of(found) if pair[0].pk == number]
    if not pairs:
        raise Http404
    duty, decided = pairs[0]
    names = ("needed", "because", "told_on", "reference")
    initial = {name: getattr(decided, name) for name in names} if decided else {}
    language = get_language() or "en"
    return show_form(
        request, filled(request, forms.OutsideReportForm, initial=initial), title=duty.name_in(language),
        lead=duty.when_in(language), back=page_of(found), words=_("It is on record."),
        rule=lambda data: rules.decide_report(found, duty, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@with_incident
def investigate_incident(request: StaffRequest, found: Incident) -> HttpResponseBase:
    held = Investigation.objects.filter(incident=found).first()
    initial: dict[str, Any] = {"investigator": request.user.pk}
    if held is not None:
        initial = {
            "investigator": held.investigator_id, "facts": held.facts, "cause": held.cause,
            "finished": held.finished_at is not None,
        }  # fmt: skip
    return show_form(
        request, filled(request, forms.InvestigationForm, initial=initial), title=_("The investigation"),
        lead=str(found), back=page_of(found), words=_("It is on record."),
        rule=lambda data: rules.investigate(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@with_incident
def take_statement(request: StaffRequest, found: Incident) -> HttpResponseBase:
    return show_form(
        request, filled(request, forms.StatementForm, initial={"taken_on": today()}),
        title=_("What somebody says"), lead=str(found), back=page_of(found), words=_("It is on record."),
        undo=lambda made: reverse("withdraw_statement", args=[found.case.reference, made.pk]),
        rule=lambda data: rules.take_statement(found, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_POST
@with_incident
def withdraw_statement(request: StaffRequest, found: Incident, number: int) -> HttpResponseBase:
    row = one_of(found.statements.filter(withdrawn_at=None).select_related("incident__case"), number)
    rules.withdraw_statement(row, by=request.user, at=now())
    messages.success(request, _("Taken back."))
    return redirect(page_of(found))


@needs("transport.use")
@with_incident
def add_incident_action(request: StaffRequest, found: Incident) -> HttpResponseBase:
    return show_form(
        request, filled(request, forms.ActionForm), title=_("Something is to be done"), lead=str(found),
        back=page_of(found), words=_("It is on the list of whoever sees to it."), button=_("Add"),
        undo=lambda made: reverse("withdraw_incident_action", args=[found.case.reference, made.pk]),
        rule=lambda data: rules.add_action(found, **data, by=request.user, at=now()),
    )  # fmt: skip


def _action(found: Incident, number: int) -> Any:
    return one_of(found.actions.select_related("incident__case"), number)


@needs("transport.use")
@with_incident
def finish_incident_action(request: StaffRequest, found: Incident, number: int) -> HttpResponseBase:
    action = _action(found, number)
    return show_form(
        request, filled(request, forms.DoneForm), title=_("This is done"), lead=action.what,
        back=page_of(found), words=_("It is done."),
        undo=lambda made: reverse("reopen_incident_action", args=[found.case.reference, made.pk]),
        rule=lambda data: rules.finish_action(action, **data, by=request.user, at=now()),
    )  # fmt: skip


@needs("transport.use")
@require_POST
@with_incident
def withdraw_incident_action(request: StaffRequest, found: Incident, number: int) -> HttpResponseBase:
    made = rules.withdraw_action(_action(found, number), by=request.user, at=now())
    undo = reverse("reopen_incident_action", args=[found.case.reference, made.pk])
    messages.success(request, _("Taken back."), extra_tags=undo)
    return redirect(page_of(found))


@needs("transport.use")
@require_POST
@with_incident
def reopen_incident_action(request: StaffRequest, found: Incident, number: int) -> HttpResponseBase:
    rules.reopen_action(_action(found, number), by=request.user, at=now())
    messages.success(request, _("It is to be done again."))
    return redirect(page_of(found))


@needs("transport.use")
@managing
@with_incident
def close_incident(request: StaffRequest, found: Incident) -> HttpResponseBase:
    """Not while an action is open, or somebody outside may have to be told."""
    return show_form(
        request, filled(request, forms.CloseForm, case=found.case), title=_("Close it"), lead=str(found),
        back=page_of(found), words=_("Closed."), button=_("Close it"), warning=True,
        undo=lambda entry: reverse("undo_change", args=[entry.pk]),
        rule=lambda data: rules.close_incident(found, **data, by=request.user, at=now()),
    )  # fmt: skip
