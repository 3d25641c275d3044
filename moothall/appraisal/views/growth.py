"""How one person comes on: their plan, one-to-ones, mentor and induction, on one page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.appraisal.forms.growing import MentorForm, PlanForm, TalkForm
from moothall.appraisal.models import Action, InductionTask, Mentoring, PlanItem, Talk
from moothall.appraisal.rules import inducting, mentoring, planning, talks
from moothall.core.clock import now, today
from moothall.core.door import signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.workforce.models import Employment
from moothall.workforce.panels import Sight
from moothall.workforce.visiting import find_employment, sight_of

SHOWN = 50


def find_person(request: StaffRequest, number: str, *who: str) -> tuple[Employment, Sight]:
    """The employment of this number, for themselves, their manager of today, or whoever sees what is
    private; with `who`, for those alone."""
    employment = find_employment(request.user, number)
    sight = sight_of(request.user, employment)
    if not (sight.own or sight.manages or sight.private):
        raise Http404
    if who and not any(getattr(sight, name) for name in who):
        raise PermissionDenied
    return employment, sight


def _page(employment: Employment) -> str:
    return reverse("development", args=[employment.number])


@signed_in
@require_GET
def development(request: StaffRequest, number: str) -> HttpResponse:
    employment, sight = find_person(request, number)
    talked = Talk.objects.visible_to(request.user).filter(employment=employment)
    plans = employment.plan_items.filter(dropped_at=None).select_related("by", "agreed_by")
    pairs = Mentoring.objects.in_full()
    context: dict[str, Any] = {
        "employment": employment, "sight": sight, "today": today(), "plans": list(plans[:SHOWN]),
        "talks": list(talked.select_related("by").prefetch_related("actions")[:SHOWN]),
        "mentored": list(pairs.filter(mentee=employment).order_by("-asked_at", "-id")[:5]),
        "mentors": list(pairs.going_on().filter(mentor=employment)) if sight.own else [],
        "induction": list(employment.induction.select_related("item", "done_by")),
    }  # fmt: skip
    context["may_ask"] = sight.own and not any(each.ended_at is None for each in context["mentored"])
    return render(request, "appraisal/development.html", context)


@signed_in
def write_talk(request: StaffRequest, number: str) -> HttpResponse:
    """Only the manager of today writes one up; it stays between the two."""
    employment, _sight = find_person(request, number, "manages")
    form = filled(request, TalkForm)
    manager = employment.main.manager if employment.main else None
    if manager is None:
        raise PermissionDenied

    def save(data: dict[str, Any]) -> Talk:
        given = {name: data[name] for name in ("kind", "held_on", "notes", "next_on")}
        return talks.write_talk(
            employment, manager=manager, actions=form.agreed(), by=request.user, at=now(), **given
        )

    return show_form(
        request, form, title=_("Write up a one-to-one"), words=_("Kept, for the two of you."), rule=save,
        back=_page(employment), lead=employment.person.full_name,
    )  # fmt: skip


def _action(request: StaffRequest, action_id: int) -> Action:
    """One that this account does, or agreed with the other."""
    seen = Talk.objects.visible_to(request.user)
    found = Action.objects.select_related("talk__employment", "talk__manager").filter(
        pk=action_id, talk__in=seen
    )
    action = found.first()
    if action is None:
        raise Http404
    two = {action.talk.employment.person_id, action.talk.manager.person_id}
    if request.user.person_id not in two:
        raise PermissionDenied
    return action


@signed_in
@require_POST
def tick_action(request: StaffRequest, action_id: int) -> HttpResponse:
    action = talks.tick_action(_action(request, action_id), by=request.user, at=now())
    messages.success(request, _("Done."), extra_tags=reverse("untick_action", args=[action.pk]))
    return _after(request, action)


@signed_in
@require_POST
def untick_action(request: StaffRequest, action_id: int) -> HttpResponse:
    action = talks.untick_action(_action(request, action_id), by=request.user, at=now())
    messages.success(request, _("It is to be done again."))
    return _after(request, action)


def _after(request: StaffRequest, action: Action) -> HttpResponse:
    """Back to the page of whoever it was agreed with, where one still sees it."""
    shown = Employment.objects.visible_to(request.user).filter(pk=action.talk.employment_id)
    return redirect(_page(action.talk.employment) if shown.exists() else reverse("my_development"))


@signed_in
@require_GET
def my_development(request: StaffRequest) -> HttpResponse:
    own = Employment.objects.of_account(request.user).order_by("-started_on", "-id").first()
    if own is None:
        return render(request, "appraisal/nobody.html")
    return redirect("development", own.number)


@signed_in
def add_plan_item(request: StaffRequest, number: str) -> HttpResponse:
    employment, sight = find_person(request, number, "own", "manages")
    return show_form(
        request, filled(request, PlanForm), title=_("Add to the plan"), back=_page(employment),
        words=_("On the plan. Your manager agrees to it.") if sight.own else _("On the plan."),
        lead=employment.person.full_name,
        rule=lambda data: planning.plan(employment, by=request.user, at=now(), **data),
    )  # fmt: skip


def _plan_item(request: StaffRequest, number: str, item_id: int, *who: str) -> tuple[Employment, PlanItem]:
    employment, _sight = find_person(request, number, *who)
    item = employment.plan_items.filter(pk=item_id).first()
    if item is None:
        raise Http404
    return employment, item


@signed_in
@require_POST
def agree_plan_item(request: StaffRequest, number: str, item_id: int) -> HttpResponse:
    employment, item = _plan_item(request, number, item_id, "manages")
    planning.agree_plan(item, by=request.user, at=now())
    messages.success(request, _("Agreed."))
    return redirect(_page(employment))


@signed_in
@require_POST
def reach_plan_item(request: StaffRequest, number: str, item_id: int) -> HttpResponse:
    employment, item = _plan_item(request, number, item_id, "own", "manages")
    planning.reach_plan(item, by=request.user, at=now())
    undo = reverse("take_up_plan_item", args=[employment.number, item.pk])
    messages.success(request, _("Reached."), extra_tags=undo)
    return redirect(_page(employment))


@signed_in
@require_POST
def drop_plan_item(request: StaffRequest, number: str, item_id: int) -> HttpResponse:
    employment, item = _plan_item(request, number, item_id, "own", "manages")
    planning.drop_plan(item, by=request.user, at=now())
    undo = reverse("take_up_plan_item", args=[employment.number, item.pk])
    messages.success(request, _("Taken off the plan."), extra_tags=undo)
    return redirect(_page(employment))


@signed_in
@require_POST
def take_up_plan_item(request: StaffRequest, number: str, item_id: int) -> HttpResponse:
    employment, item = _plan_item(request, number, item_id, "own", "manages")
    planning.take_up_plan(item, by=request.user, at=now())
    messages.success(request, _("On the plan again."))
    return redirect(_page(employment))


@signed_in
def ask_for_mentor(request: StaffRequest, number: str) -> HttpResponse:
    employment, _sight = find_person(request, number, "own")
    return show_form(
        request, filled(request, MentorForm), title=_("Ask for a mentor"), back=_page(employment),
        words=_("Asked. You are written to once somebody is found."),
        rule=lambda data: mentoring.ask_for_mentor(employment, by=request.user, at=now(), **data),
    )  # fmt: skip


def _task(request: StaffRequest, number: str, task_id: int) -> tuple[Employment, InductionTask]:
    employment, sight = find_person(request, number, "own", "manages")
    task = employment.induction.select_related("item", "employment").filter(pk=task_id).first()
    if task is None:
        raise Http404
    if task.item.owner == "MANAGER" and not sight.manages:
        raise PermissionDenied
    return employment, task


@signed_in
@require_POST
def tick_induction(request: StaffRequest, number: str, task_id: int) -> HttpResponse:
    employment, task = _task(request, number, task_id)
    inducting.tick_induction(task, by=request.user, at=now())
    undo = reverse("untick_induction", args=[employment.number, task.pk])
    messages.success(request, _("Done."), extra_tags=undo)
    return redirect(_page(employment))


@signed_in
@require_POST
def untick_induction(request: StaffRequest, number: str, task_id: int) -> HttpResponse:
    employment, task = _task(request, number, task_id)
    inducting.untick_induction(task, by=request.user, at=now())
    messages.success(request, _("It is to be done again."))
    return redirect(_page(employment))
