"""What an event needs, at the desk: exercises, rooms, those who assess, and candidates."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.people.requests import StaffRequest
from moothall.recruitment.forms import language_now
from moothall.recruitment.forms.events import (
    AssessorsForm,
    AttendanceForm,
    AwayForm,
    ConflictForm,
    ExerciseForm,
    HelpForm,
    RoomsForm,
)
from moothall.recruitment.models import AssessorAway, Conflict
from moothall.recruitment.rules import event_candidates, event_setup
from moothall.recruitment.rules.event_candidates import Help

from .event_finding import assessor_of, candidate_of, event_to_run, part_of


def page_of(number: int) -> str:
    return reverse("selection_event", args=[number])


@needs("cases.work")
def add_exercise(request: StaffRequest, number: int) -> HttpResponse:
    found = event_to_run(request.user, number)
    form = filled(request, ExerciseForm, event=found)
    return show_form(
        request, form, title=_("Add an exercise"), lead=found.name_in(language_now()), button=_("Add"),
        words=_("The exercise is added."), back=page_of(number),
        undo=lambda made: reverse("remove_exercise", args=[number, made.pk]),
        rule=lambda _data: event_setup.add_exercise(found, by=request.user, at=now(), **form.entry()),
    )  # fmt: skip


@require_POST
@needs("cases.work")
def remove_exercise(request: StaffRequest, number: int, part: int) -> HttpResponse:
    found = event_to_run(request.user, number)
    exercise = part_of(found.exercises.select_related("event"), part)
    event_setup.remove_exercise(exercise, by=request.user, at=now())
    messages.success(request, _("The exercise is taken out."))
    return redirect("selection_event", number=number)


@needs("cases.work")
def add_event_rooms(request: StaffRequest, number: int) -> HttpResponse:
    found = event_to_run(request.user, number)
    form = filled(request, RoomsForm, event=found)
    return show_form(
        request, form, title=_("Book rooms for the event"), lead=found.name_in(language_now()),
        words=_("The rooms are booked on all its days."), button=_("Book them"), back=page_of(number),
        rule=lambda _data: event_setup.add_rooms(found, by=request.user, at=now(), **form.entry()),
    )  # fmt: skip


@require_POST
@needs("cases.work")
def remove_event_room(request: StaffRequest, number: int, part: int) -> HttpResponse:
    found = event_to_run(request.user, number)
    event_setup.remove_room(part_of(found.rooms.select_related("event"), part), by=request.user, at=now())
    messages.success(request, _("The room is free for others."))
    return redirect("selection_event", number=number)


@needs("cases.work")
def name_assessors(request: StaffRequest, number: int) -> HttpResponse:
    found = event_to_run(request.user, number)
    form = filled(request, AssessorsForm, event=found)
    return show_form(
        request, form, title=_("Name who assesses or interprets"), lead=found.name_in(language_now()),
        words=_("They are named. They find the event in their own menu."), button=_("Name them"),
        back=page_of(number),
        rule=lambda _data: event_setup.name_assessors(found, by=request.user, at=now(), **form.entry()),
    )  # fmt: skip


@require_POST
@needs("cases.work")
def let_go_assessor(request: StaffRequest, number: int, part: int) -> HttpResponse:
    found = event_to_run(request.user, number)
    event_setup.let_go_assessor(assessor_of(found, part), by=request.user, at=now())
    back = reverse("take_assessor_back", args=[number, part])
    messages.success(request, _("They assess no more."), extra_tags=back)
    return redirect("selection_event", number=number)


@require_POST
@needs("cases.work")
def take_assessor_back(request: StaffRequest, number: int, part: int) -> HttpResponse:
    found = event_to_run(request.user, number)
    event_setup.take_assessor_back(assessor_of(found, part), by=request.user, at=now())
    return redirect("selection_event", number=number)


@needs("cases.work")
def assessor_away(request: StaffRequest, number: int, part: int) -> HttpResponse:
    """Somebody cannot come. What it means for the plan is looked at next."""
    found = event_to_run(request.user, number)
    who = assessor_of(found, part)
    form = filled(request, AwayForm, initial={"day": found.days.all()[0].on})
    return show_form(
        request, form, title=_("Somebody cannot come"), lead=str(who.account), button=_("Note it"),
        words=_("It is noted. Mend the plan to see who would be moved."), back=page_of(number),
        undo=lambda made: reverse("assessor_there", args=[number, made.pk]),
        onward=lambda _made: reverse("mend_event", args=[number]) if found.plan_id else page_of(number),
        rule=lambda _data: event_setup.note_away(who, by=request.user, at=now(), **form.entry()),
    )  # fmt: skip


@require_POST
@needs("cases.work")
def assessor_there(request: StaffRequest, number: int, part: int) -> HttpResponse:
    found = event_to_run(request.user, number)
    rows = AssessorAway.objects.filter(assessor__event=found).select_related("assessor__event")
    event_setup.take_back_away(part_of(rows, part), by=request.user, at=now())
    messages.success(request, _("They can come after all."))
    return redirect("selection_event", number=number)


@require_POST
@needs("cases.work")
def bring_candidates(request: StaffRequest, number: int) -> HttpResponse:
    """Everybody who is at the stage, in one action."""
    made = event_candidates.bring_candidates(event_to_run(request.user, number), by=request.user, at=now())
    said = ngettext("%(many)s candidate is brought.", "%(many)s candidates are brought.", len(made))
    back = reverse("take_back_bringing", args=[number])
    messages.success(request, said % {"many": len(made)}, extra_tags=back)
    return redirect("selection_event", number=number)


@require_POST
@needs("cases.work")
def take_back_bringing(request: StaffRequest, number: int) -> HttpResponse:
    event_candidates.take_back_bringing(event_to_run(request.user, number), by=request.user, at=now())
    messages.success(request, _("They are not in the event any more."))
    return redirect("selection_event", number=number)


@needs("cases.work")
def settle_help(request: StaffRequest, number: int, part: int) -> HttpResponse:
    found = event_to_run(request.user, number)
    who = candidate_of(found, part)
    given = {name: getattr(who, name) for name in Help.__dataclass_fields__}
    form = filled(request, HelpForm, initial=given)
    said: Any = who.application.adjustments or _("They said nothing of what would help.")
    return show_form(
        request, form, title=_("What helps %(name)s") % {"name": who.application.applicant.person.full_name},
        lead=said, words=_("It is settled; the next plan keeps it."), back=page_of(number),
        rule=lambda _data: event_candidates.settle_help(who, form.help(), by=request.user, at=now()),
    )  # fmt: skip


@require_POST
@needs("cases.work")
def take_out_candidate(request: StaffRequest, number: int, part: int) -> HttpResponse:
    found = event_to_run(request.user, number)
    event_candidates.take_out(candidate_of(found, part), by=request.user, at=now())
    back = reverse("put_back_candidate", args=[number, part])
    messages.success(request, _("They are taken out of the event."), extra_tags=back)
    return redirect("selection_event", number=number)


@require_POST
@needs("cases.work")
def put_back_candidate(request: StaffRequest, number: int, part: int) -> HttpResponse:
    found = event_to_run(request.user, number)
    event_candidates.put_back(candidate_of(found, part), by=request.user, at=now())
    messages.success(request, _("They are in the event again; the next plan gives them a time."))
    return redirect("selection_event", number=number)


@needs("cases.work")
def add_conflict(request: StaffRequest, number: int, part: int) -> HttpResponse:
    """Somebody who assesses knows this candidate."""
    found = event_to_run(request.user, number)
    who = candidate_of(found, part)
    staff = found.assessors.standing().select_related("account", "event")
    form = filled(
        request, ConflictForm, label=_("Who does not assess them?"),
        rows=[(each.pk, str(each), each) for each in staff],
    )  # fmt: skip
    return show_form(
        request, form, title=_("They know each other"), lead=who.application.applicant.person.full_name,
        words=_("It is noted; plans keep them apart."), back=page_of(number),
        undo=lambda made: reverse("remove_conflict", args=[number, made.pk]),
        rule=lambda data: event_setup.declare_conflict(
            form.chosen(), candidate=who, kind=data["kind"], by=request.user, at=now()
        ),
    )  # fmt: skip


@require_POST
@needs("cases.work")
def remove_conflict(request: StaffRequest, number: int, part: int) -> HttpResponse:
    found = event_to_run(request.user, number)
    rows = Conflict.objects.filter(assessor__event=found).select_related("assessor__event")
    event_setup.take_back_conflict(part_of(rows, part), by=request.user, at=now())
    messages.success(request, _("It is taken back."))
    return redirect("selection_event", number=number)


@needs("cases.work")
def note_attendance(request: StaffRequest, number: int, part: int) -> HttpResponse:
    found = event_to_run(request.user, number)
    who = candidate_of(found, part)
    given = {"attended": who.attended, "help_given": who.help_given, "note": who.attended_note}
    form = filled(request, AttendanceForm, candidate=who, initial=given)
    return show_form(
        request, form, title=_("Did they come?"), lead=who.application.applicant.person.full_name,
        words=_("It is noted."), back=reverse("event_results", args=[number]),
        rule=lambda _data: event_candidates.note_attendance(who, by=request.user, at=now(), **form.entry()),
    )  # fmt: skip
