"""Sessions: the list, one of them, opening, changing, moving, its trainers, and calling it off."""

import datetime as dt
from typing import Any, ClassVar

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.bookings.models import Resource
from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.form_pages import filled, show_form
from moothall.core.lists import (
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    Link,
    Listing,
    SearchFilter,
    show_list,
)
from moothall.people.requests import StaffRequest
from moothall.training.forms import (
    MoveForm,
    NumbersForm,
    SessionForm,
    WhereForm,
    WhyForm,
    named_choices,
    place_choices,
    split_numbers,
)
from moothall.training.models import Course, Evaluation, Nomination, Session
from moothall.training.rules import sessions as rules
from moothall.training.rules.beds import stays_of
from moothall.training.rules.rooms import things_of

from .finding import find_session, staff_by_number

STANDS = [
    ("coming", gettext_lazy("To come")), ("room", gettext_lazy("To come, with places")),
    ("thin", gettext_lazy("To come, too few people")), ("over", gettext_lazy("Over")),
    ("off", gettext_lazy("Called off")),
]  # fmt: skip


def _standing_so(rows: Any, values: list[str]) -> Any:
    day = today()
    coming = rows.standing().filter(first_on__gte=day)
    return {
        "coming": coming, "room": coming.with_room(),
        "thin": coming.filter(taken__lt=F("version__least")),
        "over": rows.standing().filter(last_on__lt=day), "off": rows.filter(cancelled_at__isnull=False),
    }[values[0]]  # fmt: skip


def place_name(session: Session) -> str:
    place = session.place
    if place is None:
        return ""
    return (place.name_cy if get_language() == "cy" else "") or place.name


class SessionList(Listing[Session]):
    """Every session, the next first."""

    key, title = "training_sessions", gettext_lazy("Training")
    sort, opens_with = "first", "state=coming"
    ready_views = (
        (gettext_lazy("To come"), "state=coming"),
        (gettext_lazy("With places"), "state=room"),
        (gettext_lazy("Too few people"), "state=thin"),
        (gettext_lazy("Over"), "state=over&sort=-first"),
        (gettext_lazy("All"), ""),
    )
    columns = (
        Column(
            "course", gettext_lazy("Course"),
            value=lambda row: row.version.course.name_in(get_language() or "en"),
        ),
        Column("first", gettext_lazy("First day"), sort="first_on", value=lambda row: row.first_on),
        Column("days", gettext_lazy("Days"), value=lambda row: len(row.days)),
        Column("place", gettext_lazy("Site"), value=place_name),
        Column("room", gettext_lazy("Room"), value=lambda row: row.room_in(get_language() or "en")),
        Column("taken", gettext_lazy("Taken"), value=lambda row: row.taken),
        Column("capacity", gettext_lazy("Places"), value=lambda row: row.capacity),
    )  # fmt: skip
    filters = (
        SearchFilter(
            "q", gettext_lazy("Course"),
            apply=lambda rows, words: rows.filter(version__course__name__icontains=words)
            | rows.filter(version__course__name_cy__icontains=words),
        ),
        ChoiceFilter(
            "state", gettext_lazy("How it stands"), options=STANDS, apply=_standing_so, several=False
        ),
        ChoiceFilter(
            "course", gettext_lazy("Course"), options=lambda _r: named_choices(Course.objects.in_use()),
            field="version__course_id",
        ),
        ChoiceFilter("place", gettext_lazy("Site"), options=lambda _r: place_choices(), field="place_id"),
        DateFilter("first", gettext_lazy("First day"), field="first_on"),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("No session stands like this"),
        gettext_lazy("Open a session of a course, and put people forward for it."),
    )
    export_permission: ClassVar[str | None] = "training.manage"

    def rows(self, request: Any) -> QuerySet[Session]:
        return Session.objects.in_full()

    def address(self, row: Session) -> str:
        return reverse("training_session", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        return [
            Link(_("Open a session"), reverse("open_training_session")),
            Link(_("Courses"), reverse("training_courses")),
            Link(_("Demand"), reverse("training_demand")),
            Link(_("Plans"), reverse("training_plans")),
            Link(_("Planning Schedule"), reverse("planning_schedules")),
            Link(_("What teams can spare"), reverse("training_ledger")),
        ]


@needs("training.manage")
def training_sessions(request: StaffRequest) -> Any:
    return show_list(request, SessionList())


@require_GET
@needs("training.manage")
def training_session(request: StaffRequest, number: int) -> HttpResponse:
    """One session: where and when, who has a place, who waits and why, and who came."""
    session = find_session(number)
    rows = session.nominations.select_related("employment__person", "asked_by").order_by("decided_at", "id")
    people = list(rows)
    trainers = {
        each.trainer_id: each.trainer for each in session.trainer_days.select_related("trainer__person")
    }
    things = things_of(session)
    told = {each.employment_id: each for each in session.invitations.filter(stands=True)}
    context = {
        "stays": stays_of(session), "things": things, "told": told,
        "needs": [each for each in people if each.stands and each.needs],
        "session": session, "today": today(), "trainers": list(trainers.values()),
        "placed": [each for each in people if each.state == Nomination.PLACED],
        "waiting": [each for each in people if each.state == Nomination.WAITING],
        "asked": [each for each in people if each.state == Nomination.ASKED],
        "gone": [each for each in people if not each.stands],
        "begun": session.first_on <= today(), "over": session.last_on <= today(),
        "results": Nomination.RESULTS, "evaluations": _evaluations(session),
    }  # fmt: skip
    return render(request, "training/session.html", context)


def _evaluations(session: Session) -> dict[str, Any] | None:
    """What they thought, without names; not before three have answered, so that nobody is known by it."""
    rows = list(Evaluation.objects.filter(nomination__session=session).order_by("words", "pk"))
    if len(rows) < 3:
        return None
    return {
        "many": len(rows), "words": [each.words for each in rows if each.words],
        "useful": sum(each.useful for each in rows) / len(rows),
        "taught": sum(each.taught for each in rows) / len(rows),
    }  # fmt: skip


@needs("training.manage")
def open_training_session(request: StaffRequest) -> HttpResponse:
    initial = {
        "course": request.GET.get("course", ""), "language": "en", "begins": "09:00", "ends": "17:00",
        "take_room": True,
    }  # fmt: skip
    form = filled(request, SessionForm, initial=initial)

    def save(data: dict[str, Any]) -> Session:
        trainers = staff_by_number(split_numbers(data.pop("trainers")))
        return rules.open_session(
            data.pop("course"), trainers=trainers, by=request.user, at=now(), today=today(), **data
        )

    return show_form(
        request, form, title=_("Open a session"), words=_("The session is open."), rule=save,
        back=reverse("training_sessions"), onward=lambda made: reverse("training_session", args=[made.pk]),
    )  # fmt: skip


@needs("training.manage")
def change_training_session(request: StaffRequest, number: int) -> HttpResponse:
    session = find_session(number)
    initial = {
        "place": session.place_id, "room": session.room, "begins": _time(session.begins),
        "ends": _time(session.ends), "capacity": session.capacity, "note": session.note,
    }  # fmt: skip
    form = filled(request, WhereForm, initial=initial)
    if any(each.kind == Resource.ROOM for each in things_of(session)):
        form.leave_out_where()
    return show_form(
        request, form, title=_("Change the session"),
        lead=str(session.version.course), words=_("Changed. Those with a place are told where and when."),
        back=reverse("training_session", args=[number]),
        rule=lambda data: rules.change_session(
            session, by=request.user, at=now(), **{"place": session.place, "room": session.room} | data
        ),
    )  # fmt: skip


def _time(value: dt.time) -> str:
    return f"{value:%H:%M}"


@needs("training.manage")
def move_training_session(request: StaffRequest, number: int) -> HttpResponse:
    """To other days, with its trainers, or it says what stops it."""
    session = find_session(number)
    return show_form(
        request, filled(request, MoveForm), title=_("Move the session"), button=_("Move it"),
        lead=_(
            "Its trainers, rooms and equipment move with it, or it says what stops it and when it could be. "
            "Everybody with a place is looked at again for the new days."
        ),
        words=_("Moved. Those with a place are being looked at for the new days."),
        back=reverse("training_session", args=[number]),
        rule=lambda data: rules.move_session(session, by=request.user, at=now(), today=today(), **data),
    )  # fmt: skip


@needs("training.manage")
def set_session_trainers(request: StaffRequest, number: int) -> HttpResponse:
    session = find_session(number)
    there = (
        session.trainer_days.order_by("trainer__number").values_list("trainer__number", flat=True).distinct()
    )
    form = filled(request, NumbersForm, initial={"numbers": "\n".join(there)})
    return show_form(
        request, form, title=_("Trainers"), lead=str(session.version.course), words=_("These teach it."),
        back=reverse("training_session", args=[number]),
        rule=lambda data: rules.set_trainers(
            session, staff_by_number(data["numbers"]), by=request.user, at=now()
        ),
    )  # fmt: skip


@needs("training.manage")
def cancel_training_session(request: StaffRequest, number: int) -> HttpResponse:
    session = find_session(number)
    return show_form(
        request, filled(request, WhyForm), title=_("Call the session off"), button=_("Call it off"),
        warning=True, lead=_("Everybody with a place or waiting is written to. This cannot be taken back."),
        words=_("Called off. Everybody is told."), back=reverse("training_session", args=[number]),
        rule=lambda data: rules.cancel_session(session, by=request.user, at=now(), today=today(), **data),
    )  # fmt: skip
