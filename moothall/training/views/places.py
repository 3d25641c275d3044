"""One place: how it stands and why, deciding on it, the certificate; and what I am to take and have taken."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import signed_in
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.training.forms import EvaluationForm, WhyForm
from moothall.training.models import (
    Evaluation,
    InvitationAnswer,
    MinimumOverride,
    Need,
    Nomination,
    Session,
)
from moothall.training.rules import attending, nominating
from moothall.training.rules.beds import stay_of
from moothall.training.rules.wording import getting_there
from moothall.workforce.models import Employment

from .finding import find_place, own_employment

SHOWN = 30


@require_GET
@signed_in
def my_training(request: StaffRequest) -> HttpResponse:
    """What I am to take, what I am on, what I took, and what I could ask for."""
    day, employment = today(), own_employment(request)
    context: dict[str, Any] = {"employment": employment, "today": day}
    if employment is not None:
        mine = Nomination.objects.filter(employment=employment).in_full()
        coming = mine.standing().filter(session__last_on__gte=day).order_by("session__first_on", "id")
        needs = Need.objects.filter(employment=employment).stating(day).select_related("course")
        context["coming"] = list(coming[:SHOWN])
        context["past"] = list(
            mine.exclude(pk__in=[each.pk for each in context["coming"]])
            .select_related("evaluation").order_by("-session__first_on", "-id")[:SHOWN]
        )  # fmt: skip
        context["needs"] = list(needs.order_by("due_on", "id"))
        context["sessions"] = _to_ask_for(context)
        context["taught"] = taught_by(employment, SHOWN)
    return render(request, "training/mine.html", context)


def taught_by(employment: Employment, most: int) -> list[Session]:
    """What somebody teaches from today on."""
    rows = Session.objects.standing().filter(trainer_days__trainer=employment, last_on__gte=today())
    return list(rows.in_full().distinct().order_by("first_on", "id")[:most])


def _to_ask_for(context: dict[str, Any]) -> list[Session]:
    """Sessions to come, those of courses that are due first, without what is asked for already."""
    due = {each.course_id for each in context["needs"] if each.stands != "DONE"}
    known = [each.session_id for each in context["coming"]]
    rows = Session.objects.to_come(context["today"]).exclude(pk__in=known).in_full()
    found = list(rows[: 3 * SHOWN])
    return sorted(found, key=lambda each: each.version.course_id not in due)[:SHOWN]


@require_POST
@signed_in
def ask_for_training(request: StaffRequest) -> HttpResponse:
    employment, number = own_employment(request), request.POST.get("session", "")
    rows = Session.objects.standing().filter(pk=number if number.isdecimal() and len(number) < 18 else 0)
    session = rows.first()
    if employment is None or session is None:
        raise Http404
    made = nominating.put_forward(employment, session, by=request.user, at=now(), today=today())
    undo = reverse("withdraw_training", args=[made.pk])
    messages.success(request, _("Asked for. It waits for your manager."), extra_tags=undo)
    return redirect("training_place", number=made.pk)


@require_GET
@signed_in
def training_place(request: StaffRequest, number: int) -> HttpResponse:
    """One place: where and when, how it stands, what it takes from the team, and what can be done."""
    place, day = find_place(request.user, number), today()
    own, decides = nominating.is_own(request.user, place), nominating.may_decide(request.user, place, on=day)
    session = place.session
    ahead = session.is_standing and session.first_on >= day
    trainers = {
        each.trainer_id: each.trainer for each in session.trainer_days.select_related("trainer__person")
    }
    waits = place.state == Nomination.ASKED
    context = {
        "place": place, "session": session, "own": own, "decides": decides, "today": day, "ahead": ahead,
        "lines": [row.line for row in place.spared.select_related("line__skill").order_by("line__day", "pk")],
        "overrides": MinimumOverride.objects.filter(nomination=place).select_related("by", "line"),
        "stay": stay_of(place), "getting_there": getting_there(session),
        "sees_needs": own or request.user.may("training.manage"),
        "trainers": list(trainers.values()), "manages": request.user.may("training.manage"),
        "hindrance": nominating.find_hindrance(place.employment, session) if waits and ahead else None,
        "evaluated": Evaluation.objects.filter(nomination=place).exists(), "whys": dict(Nomination.WHYS),
        "answers": InvitationAnswer.objects.of_place(session.pk, place.employment_id),
        "lets_through": decides and ahead and place.waits_because == Nomination.TEAM,
    }  # fmt: skip
    return render(request, "training/place.html", context)


def _to_decide(request: HttpRequest, number: int) -> Nomination:
    """For anybody who does not decide there is no such thing to do."""
    user: Any = request.user
    place = find_place(user, number)
    if not nominating.may_decide(user, place, on=today()):
        raise Http404
    return place


@require_POST
@signed_in
def approve_training(request: StaffRequest, number: int) -> HttpResponse:
    place = _to_decide(request, number)
    despite = request.POST.get("despite", "")
    done = nominating.approve(place, by=request.user, at=now(), today=today(), despite=despite)
    undo = reverse("withdraw_training", args=[number])
    if done.state == Nomination.PLACED:
        messages.success(request, _("Approved: they have a place."), extra_tags=undo)
    else:
        words = _("Approved. They are on the waiting list: %(why)s.")
        messages.info(request, words % {"why": done.get_waits_because_display()}, extra_tags=undo)
    return redirect("training_place", number=number)


@signed_in
def refuse_training(request: StaffRequest, number: int) -> HttpResponse:
    place = _to_decide(request, number)
    return show_form(
        request, filled(request, WhyForm), title=_("Refuse training"), button=_("Refuse"), warning=True,
        lead=place.employment.person.full_name, words=_("Refused. They are told why."),
        back=reverse("training_place", args=[number]),
        undo=lambda _done: reverse("put_training_back", args=[number]),
        rule=lambda data: nominating.refuse(place, by=request.user, at=now(), **data),
    )  # fmt: skip


@require_POST
@signed_in
def withdraw_training(request: StaffRequest, number: int) -> HttpResponse:
    """By the person, or by whoever decides: the place goes to whoever waits."""
    place = find_place(request.user, number)
    nominating.withdraw(place, by=request.user, at=now(), because=request.POST.get("because", ""))
    undo = reverse("put_training_back", args=[number])
    messages.success(request, _("Withdrawn. The place is free for others."), extra_tags=undo)
    return redirect("training_place", number=number)


@require_POST
@signed_in
def put_training_back(request: StaffRequest, number: int) -> HttpResponse:
    """What was withdrawn or refused stands again: the person takes back what they withdrew, others only what
    they decide."""
    place = find_place(request.user, number)
    decides = nominating.may_decide(request.user, place, on=today())
    if not decides and place.state == Nomination.REFUSED:
        raise Http404
    nominating.put_back(place, by=request.user, at=now(), today=today())
    messages.success(request, _("It stands again."))
    return redirect("training_place", number=number)


@require_GET
@signed_in
def training_certificate(request: StaffRequest, number: int) -> HttpResponse:
    place = find_place(request.user, number)
    language = place.employment.person.language or get_language() or "en"
    pdf = attending.certificate(place, language="cy" if language == "cy" else "en", at=now())
    name = f"{place.session.version.course.key}-{place.employment.number}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": content_disposition_header(True, name) or ""},
    )


@signed_in
def evaluate_training(request: StaffRequest, number: int) -> HttpResponse:
    """Only whoever was there says what they thought."""
    place = find_place(request.user, number)
    if not nominating.is_own(request.user, place):
        raise Http404
    return show_form(
        request, filled(request, EvaluationForm), title=_("What did you think of it?"),
        lead=_("Those who look after the course read this, without your name."), words=_("Thank you."),
        back=reverse("training_place", args=[number]), button=_("Send"),
        rule=lambda data: attending.evaluate(
            place, useful=int(data["useful"]), taught=int(data["taught"]), words=data["words"], at=now()
        ),
    )  # fmt: skip
