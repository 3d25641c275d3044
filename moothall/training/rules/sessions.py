"""Sessions: opened, given trainers, moved, made larger or smaller, and called off."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from moothall.bookings.models import Resource
from moothall.bookings.rules.nights import BedsFull
from moothall.bookings.rules.refusals import Shut, Taken
from moothall.cases.rules.reckoning import working_calendar
from moothall.people.models import Account, Place
from moothall.records.rules.audit import append_audit
from moothall.training.models import Course, CourseVersion, Nomination, Session, TrainerDay
from moothall.workforce.models import EmployeeSkill, Employment

from .beds import give_up_beds, move_beds
from .courses import version_on
from .inviting import tell_trainers
from .nearest import cannot_be_then, smallest_room
from .placing import free_place, hold_session
from .refusals import (
    CourseRetired,
    NoRoomFree,
    NotWaiting,
    SayWhy,
    SessionInThePast,
    SessionOver,
    TooFewPlaces,
    TrainerBusy,
    TrainerUnskilled,
)
from .rooms import free_everything, name_where, take_together, things_of
from .telling import ask_for_filling, tell_of_cancelling, tell_of_moving


def days_from(first: dt.date, count: int) -> list[dt.date]:
    """So many working days from a day on, that day included whatever it is."""
    calendar = working_calendar(settings.OFFICE_CALENDAR)
    return [first, *(calendar.add_working_days(first, number) for number in range(1, count))]


@transaction.atomic
def open_session(
    course: Course, *, first_on: dt.date, by: Account | None, at: dt.datetime, today: dt.date,
    place: Place | None = None, room: str = "", language: str = "en", capacity: int | None = None,
    begins: dt.time = dt.time(9), ends: dt.time = dt.time(17), trainers: Sequence[Employment] = (),
    days: Sequence[dt.date] = (), note: str = "", things: Sequence[Resource] = (), take_room: bool = False,
) -> Session:  # fmt: skip
    """A course on its days, with the rooms and equipment it takes, or with the smallest room of its site that
    is free (`take_room`); people can be put forward at once."""
    if course.retired_at is not None:
        raise CourseRetired
    if first_on < today:
        raise SessionInThePast
    version = version_on(course, first_on)
    held_on = sorted(days) or days_from(first_on, version.days)
    made = Session.objects.create(
        version=version, place=place, room=room.strip(), language=language, days=held_on, first_on=held_on[0],
        last_on=held_on[-1], begins=begins, ends=ends, capacity=capacity or version.most, note=note.strip(),
        made_at=at, made_by=by,
    )  # fmt: skip
    append_audit("training.open_session", about=made, by=by, at=at, detail={"course": course.key})
    if take_room and version.room != CourseVersion.ONLINE:
        things = [*things, _free_room(made)]
    if trainers:
        _put_trainers(made, trainers)
    if trainers or things:
        take_together(made, things, by=by, at=at)
        name_where(made, things)
        made.save(update_fields=["place", "room", "room_cy"])
        tell_trainers(made, by=by, at=at)
    return made


def _free_room(session: Session) -> Resource:
    found = smallest_room(
        session.days, session.begins, session.ends, place=session.place, capacity=session.capacity,
        sort=session.version.room,
    )  # fmt: skip
    if found is None:
        raise NoRoomFree
    return found


def _put_trainers(session: Session, trainers: Collection[Employment]) -> None:
    """Each teaches on every day of it, and can: the database holds them free."""
    skill = session.version.skill
    for trainer in trainers:
        if skill is not None and not _can_teach(trainer, skill.pk):
            words = _("%(who)s cannot teach this yet: %(skill)s.")
            raise TrainerUnskilled(words % {"who": trainer.person.full_name, "skill": skill})
    session.trainer_days.all().delete()
    for trainer in sorted(trainers, key=lambda each: each.pk):
        rows = [TrainerDay(session=session, trainer=trainer, day=day) for day in session.days]
        try:
            with transaction.atomic():
                TrainerDay.objects.bulk_create(rows)
        except IntegrityError:
            raise TrainerBusy(_busy_words(trainer, session)) from None


def _can_teach(trainer: Employment, skill: int) -> bool:
    held = EmployeeSkill.objects.filter(employment=trainer, skill=skill, ended_at=None)
    return held.filter(level__gte=EmployeeSkill.TEACHES).exists()


def _busy_words(trainer: Employment, session: Session) -> str:
    there = TrainerDay.objects.filter(trainer=trainer, day__in=session.days).exclude(session=session)
    first = there.select_related("session__version__course", "held__module").order_by("day").first()
    said = {"who": trainer.person.full_name, "course": _taught(first) if first else ""}
    words = _("%(who)s teaches %(course)s already on %(day)s.")
    return words % (said | {"day": f"{first.day:%d/%m/%Y}" if first else ""})


def _taught(day: TrainerDay) -> str:
    if day.session is not None:
        return str(day.session.version.course)
    return str(day.held.module) if day.held is not None else ""


def put_in_hands_of(
    held: Session, trainers: Collection[Employment], *, by: Account | None, at: dt.datetime
) -> None:
    """These teach it, their diaries are taken, and nobody is told. The caller holds the session."""
    things = things_of(held)
    _put_trainers(held, trainers)
    take_together(held, things, by=by, at=at)


@transaction.atomic
def set_trainers(session: Session, trainers: Collection[Employment], *, by: Account, at: dt.datetime) -> None:
    """These teach it, and nobody else."""
    held = hold_session(session.pk)
    if not held.is_standing:
        raise SessionOver
    put_in_hands_of(held, trainers, by=by, at=at)
    tell_trainers(held, by=by, at=at)
    detail = {"trainers": [each.number for each in trainers]}
    append_audit("training.set_trainers", about=held, by=by, at=at, detail=detail)


@transaction.atomic
def change_session(
    session: Session, *, capacity: int, place: Place | None, room: str, begins: dt.time, ends: dt.time,
    note: str, by: Account, at: dt.datetime,
) -> Session:  # fmt: skip
    """Where it is, when in the day, and how many places it has. More places go to those who wait; what it
    takes moves with it, and rooms that are taken say where it is."""
    held = hold_session(session.pk)
    if not held.is_standing:
        raise SessionOver
    if capacity < held.taken:
        raise TooFewPlaces
    more, things = capacity > held.capacity, things_of(held)
    if any(each.kind == Resource.ROOM for each in things):
        place, room = held.place, held.room
    moved = (held.place_id, held.room, held.begins, held.ends) != (
        place.pk if place else None, room.strip(), begins, ends,
    )  # fmt: skip
    if room.strip() != held.room:
        held.room, held.room_cy = room.strip(), ""
    held.capacity, held.place = capacity, place
    held.begins, held.ends, held.note = begins, ends, note.strip()
    held.save(update_fields=["capacity", "place", "room", "room_cy", "begins", "ends", "note"])
    take_together(held, things, by=by, at=at)
    move_beds(held, by=by, at=at, because="")
    append_audit("training.change_session", about=held, by=by, at=at, detail={"capacity": capacity})
    if moved:
        tell_of_moving(held, by=by, at=at)
        tell_trainers(held, by=by, at=at)
    if more:
        ask_for_filling(held.pk)
    return held


@transaction.atomic
def move_session(
    session: Session, *, first_on: dt.date, because: str, by: Account, at: dt.datetime, today: dt.date
) -> Session:
    """To other days, with its trainers, rooms and places, or it says what stops it and when it could be.
    Whoever cannot come then is put on its waiting list, and told why; the others get new joining
    instructions."""
    held = hold_session(session.pk)
    if not held.is_standing or held.first_on < today:
        raise SessionOver
    if first_on < today:
        raise SessionInThePast
    if not because.strip():
        raise SayWhy
    trainers = {each.trainer_id: each.trainer for each in held.trainer_days.select_related("trainer__person")}
    things = things_of(held)
    placed = list(held.nominations.placed().select_related("employment__person").order_by("placed_at", "id"))
    for each in placed:
        each.session = held
        free_place(each, by=by, at=at)
        each.state, each.waits_because = Nomination.WAITING, Nomination.CLASH
        each.save(update_fields=["state", "waits_because"])
    held.days = days_from(first_on, len(held.days))
    held.first_on, held.last_on, held.taken = held.days[0], held.days[-1], 0
    held.save(update_fields=["days", "first_on", "last_on"])
    try:
        _put_trainers(held, list(trainers.values()))
        take_together(held, things, by=by, at=at, because=because.strip())
        move_beds(held, by=by, at=at, because=because.strip())
    except (TrainerBusy, Taken, Shut, BedsFull) as refusal:
        raise cannot_be_then(refusal, held, things, list(trainers), wanted=first_on, today=today) from refusal
    tell_trainers(held, by=by, at=at)
    append_audit("training.move_session", about=held, by=by, at=at, detail={"because": because.strip()[:300]})
    ask_for_filling(held.pk)
    return held


@transaction.atomic
def cancel_session(
    session: Session, *, because: str, by: Account, at: dt.datetime, today: dt.date
) -> Session:
    """It is not held: everybody with a place or waiting is told, and all that it took is free."""
    held = hold_session(session.pk)
    if not held.is_standing:
        raise NotWaiting
    if held.last_on < today:
        raise SessionOver
    if not because.strip():
        raise SayWhy
    told = list(held.nominations.standing().select_related("employment__person").order_by("pk"))
    for each in told:
        each.session = held
        free_place(each, by=by, at=at)
    held.trainer_days.all().delete()
    free_everything(held, because=because, by=by, at=at)
    give_up_beds(held, because=because, by=by, at=at)
    held.cancelled_at, held.cancelled_by, held.cancelled_because = at, by, because.strip()[:300]
    held.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_because"])
    held.nominations.standing().update(
        state=Nomination.WITHDRAWN, waits_because="", waits_for="", because=because.strip()[:300]
    )
    append_audit(
        "training.cancel_session", about=held, by=by, at=at, detail={"because": because.strip()[:300]}
    )
    for each in told:
        tell_of_cancelling(each, by=by, at=at)
    tell_trainers(held, by=by, at=at)
    return held
