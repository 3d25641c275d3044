"""Call backs, appointments and workload in the table: their rows, addresses, and what is sent to them."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from moothall.bookings.models import Appointment, AppointmentKind, Resource
from moothall.bookings.rules.booking import book_appointment, note_attendance
from moothall.bookings.rules.setting import Hours, set_opening_hours, shut
from moothall.bookings.rules.slots import free_slots, read_book
from moothall.bookings.tests.make import make_kind, make_place
from moothall.core.clock import now, today
from moothall.enquiries.models import CallBack, CallBackTry
from moothall.enquiries.rules.calling_back import Window, ask_for_call_back, record_try
from moothall.enquiries.rules.wallboard import hang_display, revoke_display, signed
from moothall.people.models import Place
from moothall.people.models.working import days_between
from moothall.people.rules.working import enter_absence
from moothall.workload.models import Share

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999


def make_rows(office: "Office") -> None:
    _set_up_appointments(office)
    _plan(office)
    for relation in office.teams:
        _ask_to_be_rung(office, relation)


def _ask_to_be_rung(office: "Office", relation: str) -> None:
    at, team = now(), office.teams[relation]
    window = Window(at + dt.timedelta(hours=1), at + dt.timedelta(hours=2))
    colleague = office.cases[relation].colleague
    for kind in ("call back", "call back rung"):
        office.rows[f"{kind} {relation}"] = ask_for_call_back(
            about=f"Quillonring{relation}",
            number="01632 960001",
            window=window,
            team=team,
            by=colleague,
            at=at,
        )
    office.rows[f"try {relation}"] = record_try(
        office.rows[f"call back rung {relation}"], result=CallBackTry.DONE, by=colleague, at=at
    )


def _set_up_appointments(office: "Office") -> None:
    """A place that is open day and night, and for each team a kind, with one appointment in every state."""
    office.rows["hall"] = place = make_place(hours=(), name="The hall")
    office.rows["room"] = Resource.objects.get(place=place)
    always = [Hours(day, dt.time(0), dt.time(23, 59)) for day in range(7)]
    set_opening_hours(place, room=None, hours=always, from_on=today(), by=None, at=now())
    office.rows["closure"] = shut(
        place=place, room=None, first=today() + dt.timedelta(days=60), after=dt.time(0),
        last=today() + dt.timedelta(days=60), before=None, reason="Painters", by=None, at=now(),
    )  # fmt: skip
    for relation, team in office.teams.items():
        office.rows[f"kind {relation}"] = kind = make_kind(team=team)
        for state in ("BOOKED", "BEGUN", "ARRIVED"):
            office.rows[f"appointment {relation} {state}"] = _appointment(
                office, relation, kind, place, state
            )


def free_time(kind: AppointmentKind, place: Place, *, days: int = 6) -> dt.datetime:
    first = today() + dt.timedelta(days=2)
    last = first + dt.timedelta(days=days)
    book = read_book(kind, place=place, first=first, last=last)
    return free_slots(book, days_between(first, last), place=place, after=now())[0].starts_at


def _appointment(
    office: "Office", relation: str, kind: AppointmentKind, place: Place, state: str
) -> Appointment:
    colleague, at = office.cases[relation].colleague, now()
    made = book_appointment(
        kind=kind, place=place, starts_at=free_time(kind, place), person=office.cases[relation].person,
        by=colleague, at=at, note=f"Quillonvisit{relation}",
    )  # fmt: skip
    if state == "BEGUN":
        early = at - dt.timedelta(minutes=5 if relation == "own" else 9)
        span = (early, early + dt.timedelta(minutes=3))
        Appointment.objects.filter(pk=made.pk).update(starts_at=span[0], ends_at=span[1], taken=span)
    if state == "ARRIVED":
        office.rows[f"event {relation}"] = note_attendance(made, kind="arrived", by=colleague, at=at)
    return made


def _plan(office: "Office") -> None:
    """For each team a screen, for each seat something it has shared out, and leave for everybody."""
    at, day = now(), today() + dt.timedelta(days=30)
    for relation, team in office.teams.items():
        colleague = office.cases[relation].colleague
        office.rows[f"screen {relation}"] = hang_display(
            team, where="Hall", language="en", by=colleague, at=at
        )
        office.rows[f"share {relation}"] = Share.objects.create(team=team, by=colleague, at=at)
    gone = hang_display(office.home, where="Attic", language="en", by=office.account("M"), at=at)
    revoke_display(gone, by=office.account("M"), at=at)
    office.rows["screen revoked"] = gone
    people = [each for each in office.seats.values() if each is not None]
    for account in (*people, *(office.cases[relation].colleague for relation in office.teams)):
        leave = enter_absence(account, kind="LEAVE", from_on=day, until_on=day, by=account, at=at)
        office.rows[f"leave {account.pk}"] = leave
        office.rows[f"shared {account.pk}"] = Share.objects.create(team=office.home, by=account, at=at)


def _team_led(office: "Office", route: str, relation: str, seat: str) -> Parts:
    account = office.seats[seat]
    if route == "undo_sharing":
        own = relation == "own" and account is not None
        return {
            "share_id": office.rows[f"shared {account.pk}" if own and account else f"share {relation}"].pk
        }
    link = {"link_id": office.rows[f"screen {relation}"].pk} if route == "revoke_display" else {}
    return {"key": office.teams[relation].key, **link}


def _of_colleague(office: "Office", route: str, relation: str, seat: str) -> Parts:
    here = office.cases["other" if relation == "other" else "own"].colleague
    account = (office.seats[seat] or here) if relation == "self" else here
    leave = {"absence_id": office.rows[f"leave {account.pk}"].pk} if route == "withdraw_absence" else {}
    return {"account_id": account.pk, **leave}


def _no_colleague(route: str) -> Parts:
    return {"account_id": NOWHERE} | ({"absence_id": NOWHERE} if route == "withdraw_absence" else {})


def _screen(office: "Office", _route: str, relation: str, _seat: str) -> Parts:
    return {"token": signed(office.rows["screen own" if relation == "hung" else "screen revoked"])}


def _pair(office: "Office") -> Parts:
    found = office.cases["own"]
    return {"pair": [f"{found.case.pk}-{found.colleague.pk}"]}


NEEDED = {"appointment_missed": "BEGUN", "appointment_left": "ARRIVED", "undo_appointment": "ARRIVED"}


def _of_appointment(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    found: Appointment = office.rows[f"appointment {relation} {NEEDED.get(route, 'BOOKED')}"]
    event = {"event_id": office.rows[f"event {relation}"].pk} if route == "undo_appointment" else {}
    return {"appointment_id": found.pk, **event}


def _no_appointment(route: str) -> Parts:
    return {"appointment_id": NOWHERE} | ({"event_id": NOWHERE} if route == "undo_appointment" else {})


def _of_the_desk(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    rooms, places = ("room_id", "room"), ("place_id", "hall")
    named = {
        "edit_place": places, "place_hours": places, "edit_room": rooms, "room_hours": rooms,
        "retire_room": rooms, "edit_kind": ("kind_id", "kind own"), "retire_kind": ("kind_id", "kind own"),
        "withdraw_closure": ("closure_id", "closure"),
    }  # fmt: skip
    if route not in named:
        return {}
    name, row = named[route]
    return {name: office.rows[row].pk}


def _slot(office: "Office") -> str:
    return free_time(office.rows["kind own"], office.rows["hall"]).strftime("%Y-%m-%dT%H:%MZ")


def _booking(office: "Office") -> Parts:
    person = office.cases["own"].person
    return {"slot": _slot(office), "person": person.full_name, "person-key": person.pk}


def _api_booking(office: "Office") -> Parts:
    kind, place = office.rows["kind own"], office.rows["hall"]
    return {
        "kind": kind.pk, "person": office.cases["own"].person.reference, "place": place.pk,
        "starts_at": free_time(kind, place).isoformat(),
    }  # fmt: skip


def _kind_form(office: "Office") -> Parts:
    return {
        "name": "Further advice", "team": office.home.pk, "how": "ROOM", "minutes": 30, "buffer_minutes": 0,
        "every_minutes": 30,
    }  # fmt: skip


def _hours_form(_office: "Office") -> Parts:
    return {"from_on": _tomorrow(), "begins_0": "9:00", "ends_0": "17:00"}


def _call_back(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    if route == "undo_call_back":
        tried: CallBackTry = office.rows[f"try {relation}"]
        return {"call_back_id": tried.call_back_id, "try_id": tried.pk}
    found: CallBack = office.rows[f"call back {relation}"]
    return {"call_back_id": found.pk}


def _no_call_back(route: str) -> Parts:
    return {"call_back_id": NOWHERE} | ({"try_id": NOWHERE} if route == "undo_call_back" else {})


def _tomorrow() -> str:
    return (today() + dt.timedelta(days=1)).strftime("%d/%m/%Y")


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "call back": _call_back,
    "team led": _team_led,
    "colleague": _of_colleague,
    "screen": _screen,
    "appointment": _of_appointment,
    "api appointment": _of_appointment,
    "pages of the desk": _of_the_desk,
    "api of the desk": lambda _office, _route, _relation, _seat: {},
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "call back": _no_call_back,
    "colleague": _no_colleague,
    "screen": lambda _route: {"token": "1~nobody"},
    "appointment": _no_appointment,
    "api appointment": _no_appointment,
}
BY_A_PROGRAM: dict[str, Callable[["Office"], Parts]] = {
    "api_appointments": _api_booking,
    "api_moving": lambda o: {"starts_at": free_time(o.rows["kind own"], o.rows["hall"], days=20).isoformat()},
    "api_cancellation": lambda _o: {"reason": "They rang"},
}
ON_A_CASE: dict[str, Callable[[Any, Any], Mapping[str, Any]]] = {
    "suggest_worker": lambda _o, _f: {},
    "ask_call_back": lambda _o, _f: {
        "about": "A place", "number": "01632 960001", "on": _tomorrow(), "after": "10:00",
    },
}  # fmt: skip
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "call_back": {"result": "DONE", "note": "Told them."},
    "workload_pace": {"minutes": 20, "percent": 50, "from_on": "today"},
    "wallboard_target": {"answers": 20, "from_on": "today"},
    "hang_display": {"where": "The front office", "language": "en"},
    "accept_sharing": _pair,
    "edit_hours": {"from_on": "today", "begins_0": "9:00", "ends_0": "17:00"},
    "add_absence": lambda _o: {"kind": "LEAVE", "from_on": _tomorrow()},
    "say_presence": {"is_in": "yes"},
    "edit_skills": {"language_cy": "3"},
    "book": _booking,
    "move_appointment": lambda o: {"slot": _slot(o)},
    "cancel_appointment": {"reason": "They rang"},
    "add_place": {"name": "The annexe"},
    "edit_place": {"name": "The hall, renamed"},
    "place_hours": _hours_form,
    "room_hours": _hours_form,
    "add_room": lambda o: {"place": o.rows["hall"].pk, "name": "A further room", "seats": 2},
    "edit_room": lambda o: {"place": o.rows["hall"].pk, "name": "Renamed", "seats": 2},
    "add_closure": lambda _o: {"on": _tomorrow(), "reason": "Snow"},
    "add_kind": _kind_form,
    "edit_kind": _kind_form,
    "api_free_times": lambda o: {"kind": o.rows["kind own"].pk, "first": today().isoformat()},
}
