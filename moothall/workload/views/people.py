"""One's own hours, leave, presence and skills, and those of the colleagues one plans for."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs, signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.models import Absence, Account, WorkHours
from moothall.people.models.working import present_on
from moothall.people.requests import StaffRequest
from moothall.people.rules import working
from moothall.workload.forms import LANGUAGES, AbsenceForm, HoursForm, SkillsForm
from moothall.workload.models import ServiceSkill
from moothall.workload.rules.sharing import say_service_skill

from .finding import colleague


@require_GET
@signed_in
def my_hours(request: StaffRequest) -> HttpResponse:
    return redirect("colleague_hours", account_id=request.user.pk)


@require_GET
@signed_in
def colleague_hours(request: StaffRequest, account_id: int) -> HttpResponse:
    """Hours, leave, languages and services of one person."""
    who, day = colleague(request, account_id), today()
    context = {
        "who": who, "own": who.pk == request.user.pk, "is_in": present_on(day).get(who.pk),
        "hours": WorkHours.objects.in_force(day, day).filter(account=who),
        "coming": WorkHours.objects.filter(account=who, from_on__gt=day),
        "absences": Absence.objects.standing().filter(account=who, until_on__gte=day),
        "languages": _spoken(who),
        "services": ServiceSkill.objects.filter(account=who).select_related("service").order_by("id"),
        "may_plan": _may_plan(request, who),
    }  # fmt: skip
    return render(request, "workload/person.html", context)


def _spoken(who: Account) -> list[tuple[str, str]]:
    names = dict(LANGUAGES)
    return [(names.get(row.language, row.language), row.get_level_display()) for row in who.languages.all()]


def _may_plan(request: StaffRequest, who: Account) -> bool:
    """Whether this account leads a team in which they work."""
    return request.user.standing().covers("cases.manage", who.team_ids())


def _back(who: Account) -> str:
    return reverse("colleague_hours", args=[who.pk])


@signed_in
def edit_hours(request: StaffRequest, account_id: int) -> HttpResponse:
    who, day = colleague(request, account_id), today()
    initial: dict[str, Any] = {"from_on": day}
    for row in WorkHours.objects.in_force(day, day).filter(account=who):
        initial |= {f"begins_{row.weekday}": row.begins, f"ends_{row.weekday}": row.ends}
    form = filled(request, HoursForm, initial=initial)
    return show_form(
        request, form, title=_("Hours of %s") % who.name, words=_("The hours are saved."), back=_back(who),
        rule=lambda data: working.set_week(
            who, hours=form.hours(), from_on=data["from_on"], by=request.user, at=now()
        ),
        template="workload/hours_form.html", lead=_("A day left empty is not worked."),
    )  # fmt: skip


@signed_in
def add_absence(request: StaffRequest, account_id: int) -> HttpResponse:
    who = colleague(request, account_id)
    form = filled(request, AbsenceForm)
    return show_form(
        request, form, title=_("Leave or absence of %s") % who.name, words=_("Entered."), back=_back(who),
        rule=lambda _data: working.enter_absence(who, by=request.user, at=now(), **form.values()),
        undo=lambda absence: reverse("withdraw_absence", args=[who.pk, absence.pk]),
    )  # fmt: skip


@require_POST
@signed_in
def withdraw_absence(request: StaffRequest, account_id: int, absence_id: int) -> HttpResponse:
    """At work after all, or, if it was taken back, away again."""
    who = colleague(request, account_id)
    absence = Absence.objects.filter(account=who, pk=absence_id).select_related("account").first()
    if absence is None:
        raise Http404
    if absence.withdrawn_at is None:
        working.withdraw_absence(absence, by=request.user, at=now())
        undo = reverse("withdraw_absence", args=[who.pk, absence.pk])
        messages.success(request, _("Taken back."), extra_tags=undo)
    else:
        working.restore_absence(absence, by=request.user, at=now())
        messages.success(request, _("It stands again."))
    return redirect(_back(who))


@require_POST
@signed_in
def say_presence(request: StaffRequest, account_id: int) -> HttpResponse:
    who = colleague(request, account_id)
    is_in = request.POST.get("is_in") == "yes"
    working.say_presence(who, day=today(), is_in=is_in, by=request.user, at=now())
    messages.success(request, _("In today.") if is_in else _("Out today."))
    return redirect(_back(who))


@needs("cases.manage")
def edit_skills(request: StaffRequest, account_id: int) -> HttpResponse:
    """Which services somebody knows and which languages they work in: said by whoever leads them."""
    who = colleague(request, account_id)
    if not _may_plan(request, who):
        raise Http404
    initial = {f"language_{row.language}": str(row.level) for row in who.languages.all()}
    initial |= {
        f"service_{row.service_id}": str(row.level) for row in ServiceSkill.objects.filter(account=who)
    }
    form = filled(request, SkillsForm, initial=initial)

    def save(_data: dict[str, Any]) -> None:
        at = now()
        for language, level in form.languages().items():
            if str(level) != initial.get(f"language_{language}", "0"):
                working.say_language(who, language=language, level=level, by=request.user, at=at)
        for key, level in form.services().items():
            if str(level) != initial.get(f"service_{key}", "0"):
                service = form.offered[key]
                say_service_skill(who, service=service, level=level, by=request.user, at=at)

    return show_form(
        request, form, title=_("What %s knows") % who.name, words=_("Saved."), back=_back(who), rule=save
    )
