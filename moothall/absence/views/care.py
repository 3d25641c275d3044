"""Being in touch, the talk on coming back, and triggers: what the manager of somebody who is off does."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moothall.absence.forms.care import ContactForm, InterviewForm, SettleForm
from moothall.absence.models import TriggerHit
from moothall.absence.rules import caring, triggers
from moothall.core.clock import now, today
from moothall.core.door import signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest

from .episodes import address_of
from .finding import find_to_record


@signed_in
def log_absence_contact(request: StaffRequest, number: int) -> HttpResponse:
    episode, _sight = find_to_record(request, number)
    return show_form(
        request, filled(request, ContactForm, initial={"held_on": today()}), title=_("In touch"),
        lead=episode.keep_in_touch, back=address_of(episode), words=_("Written down."),
        rule=lambda data: caring.log_contact(episode, **data, by=request.user, at=now()),
        undo=lambda made: reverse("undo_absence_contact", args=[episode.pk, made.pk]),
    )  # fmt: skip


@signed_in
@require_POST
def undo_absence_contact(request: StaffRequest, number: int, contact_id: int) -> HttpResponse:
    episode, _sight = find_to_record(request, number)
    found = episode.contacts.filter(pk=contact_id).first()
    if found is None:
        raise Http404
    caring.undo_contact(found, by=request.user, at=now())
    messages.success(request, _("Undone."))
    return redirect(address_of(episode))


@signed_in
def hold_interview(request: StaffRequest, number: int) -> HttpResponse:
    episode, _sight = find_to_record(request, number)
    form = filled(request, InterviewForm, initial={"held_on": today()})
    return show_form(
        request, form, title=_("Talk on coming back"), back=address_of(episode), words=_("Kept."),
        lead=f"{episode.employment.person.full_name} · {episode.employment.number}",
        rule=lambda data: caring.hold_interview(
            episode, held_on=data["held_on"], answers=form.as_answers(), outcome=data["outcome"],
            by=request.user, at=now(),
        ),
        undo=lambda made: reverse("undo_interview", args=[episode.pk, made.pk]),
    )  # fmt: skip


@signed_in
@require_POST
def undo_interview(request: StaffRequest, number: int, interview_id: int) -> HttpResponse:
    episode, _sight = find_to_record(request, number)
    found = episode.interviews.filter(pk=interview_id).first()
    if found is None:
        raise Http404
    caring.undo_interview(found, by=request.user, at=now())
    messages.success(request, _("Undone."))
    return redirect(address_of(episode))


@signed_in
def settle_trigger(request: StaffRequest, number: int, hit_id: int) -> HttpResponse:
    episode, _sight = find_to_record(request, number)
    hit = _hit(episode.pk, hit_id)
    return show_form(
        request, filled(request, SettleForm), title=hit.rule.said("name", get_language() or "en"),
        lead=hit.rule.said("advice", get_language() or "en"), back=address_of(episode), words=_("Settled."),
        rule=lambda data: triggers.settle_trigger(hit, **data, by=request.user, at=now()),
        undo=lambda _made: reverse("reopen_trigger", args=[episode.pk, hit.pk]),
    )  # fmt: skip


@signed_in
@require_POST
def reopen_trigger(request: StaffRequest, number: int, hit_id: int) -> HttpResponse:
    episode, _sight = find_to_record(request, number)
    triggers.wait_again(_hit(episode.pk, hit_id), by=request.user, at=now())
    messages.success(request, _("Undone."))
    return redirect(address_of(episode))


def _hit(episode_id: int, hit_id: int) -> TriggerHit:
    found = TriggerHit.objects.select_related("rule", "episode").filter(episode=episode_id, pk=hit_id).first()
    if found is None:
        raise Http404
    return found
