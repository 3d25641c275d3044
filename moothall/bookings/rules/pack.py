"""The part of a pack about appointments: rooms, opening hours and kinds; and a few booked in a demo."""

import datetime as dt
from random import Random
from typing import Any

from django.utils.translation import gettext as _

from moothall.bookings.models import Appointment, AppointmentKind, Resource
from moothall.cases.models import Case, Service
from moothall.core.clock import in_london
from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.core.refusals import Refusal
from moothall.people.models import Person, Place, Team
from moothall.people.rules.pack import row_named

from .booking import book_appointment
from .setting import Hours, save_kind, save_room, set_opening_hours
from .slots import free_slots, places_for_appointments, read_book

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SINCE = dt.timedelta(days=400)
SAMPLES, AHEAD = 14, 6


def load_part(pack: Pack, progress: Progress) -> None:
    doc = pack.file("appointments.yaml")
    if doc is None:
        return
    progress.begin(_("Rooms and kinds of appointment"))
    fields = Fields(doc)
    for row in fields.mappings("rooms"):
        _room(row, pack)
        progress.advance()
    for row in fields.mappings("hours"):
        _hours(row, pack)
    for row in fields.mappings("kinds"):
        _kind(row, pack)
        progress.advance()
    fields.finish()
    progress.end()


def _room(row: Marked, pack: Pack) -> None:
    fields = Fields(row)
    place = row_named(Place, row, "place", fields.text("place"), field="name")
    values: dict[str, Any] = {
        "name": fields.text("name"), "name_cy": fields.text("name_cy", ""),
        "seats": int(fields.text("seats", "3")), "step_free": fields.flag("step_free", True),
    }  # fmt: skip
    fields.finish()
    if not Resource.objects.filter(place=place, name=values["name"]).exists():
        save_room(None, place=place, by=None, at=pack.at, **values)


def _hours(row: Marked, pack: Pack) -> None:
    """The days of the week as `monday: 09:00-12:30 13:30-17:00`; a place that has hours keeps them."""
    fields = Fields(row)
    place = row_named(Place, row, "place", fields.text("place"), field="name")
    hours = []
    for weekday, name in enumerate(DAYS):
        for words in fields.text(name, "").split():
            opens, _dash, closes = words.partition("-")
            try:
                hours.append(Hours(weekday, dt.time.fromisoformat(opens), dt.time.fromisoformat(closes)))
            except ValueError as problem:
                raise fields.wrong(name, _("hours such as 09:00-17:00")) from problem
    fields.finish()
    if not place.opening_hours.exists():
        since = in_london(pack.at - SINCE).date()
        set_opening_hours(place, room=None, hours=hours, from_on=since, by=None, at=pack.at)


def _kind(row: Marked, pack: Pack) -> None:
    fields = Fields(row)
    values: dict[str, Any] = {
        "name": fields.text("name"), "name_cy": fields.text("name_cy", ""),
        "team": row_named(Team, row, "team", fields.text("team")),
        "how": fields.choice("how", ("ROOM", "PHONE", "VIDEO"), "ROOM"),
        "minutes": int(fields.text("minutes", "30")), "buffer_minutes": int(fields.text("buffer", "0")),
        "every_minutes": int(fields.text("every", "30")), "bring": fields.text("bring", ""),
        "bring_cy": fields.text("bring_cy", ""), "welsh_needed": fields.flag("welsh_needed"),
        "needs": fields.text("needs", ""),
    }  # fmt: skip
    services = [row_named(Service, row, "services", key) for key in fields.words("services")]
    fields.finish()
    if not AppointmentKind.objects.filter(name=values["name"]).exists():
        save_kind(None, services=services, by=None, at=pack.at, **values)


def load_sample_appointments(pack: Pack, progress: Progress) -> None:
    """A week of appointments with people who have written to the office, unless there are any."""
    kinds = list(AppointmentKind.objects.in_use()) if pack.demo and pack.scale else []
    if not kinds or Appointment.objects.exists():
        return
    progress.begin(_("Sample appointments"))
    rng = Random(f"{pack.seed}/appointments")  # noqa: S311
    cases = Case.objects.unfinished().exclude(requester=None).filter(confidentiality=Case.TEAM)
    about = {case.requester_id: case for case in cases.select_related("requester").order_by("-id")[:80]}
    people = list(about.values())
    rng.shuffle(people)
    for number, case in enumerate(people[:SAMPLES]):
        kind = kinds[number % len(kinds)]
        if case.requester is not None:
            _sample(pack, kind, case.requester, case if case.team_id == kind.team_id else None, rng)
            progress.advance()
    progress.end()


def _sample(pack: Pack, kind: AppointmentKind, person: Person, case: Case | None, rng: Random) -> None:
    place = places_for_appointments().order_by("id").first()
    first = in_london(pack.at).date()
    last = first + dt.timedelta(days=AHEAD)
    book = read_book(kind, place=place, first=first, last=last)
    days = [first + dt.timedelta(days=number) for number in range(AHEAD + 1)]
    free = free_slots(book, days, place=place, after=pack.at)
    if not free:
        return
    try:
        book_appointment(
            kind=kind, starts_at=rng.choice(free[:40]).starts_at, person=person, case=case, place=place,
            by=None, at=pack.at, tell=False,
        )  # fmt: skip
    except Refusal:
        return
