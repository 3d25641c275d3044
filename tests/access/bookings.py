"""Bookings in the table: their rows, addresses, and what is sent to them."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moothall.bookings.models import BedKind, BroughtCalendar, Reservation, Resource
from moothall.bookings.rules.deciding import wait_for
from moothall.bookings.rules.feeds import open_feed, withdraw_feed
from moothall.bookings.rules.front_desk import expect_visitor, hand_out_key, leave_message, visitor_came
from moothall.bookings.rules.house import cancel_stay, check_in
from moothall.bookings.rules.panels import add_member, protect_time, save_panel, set_journey
from moothall.bookings.rules.reserving import cancel, reserve
from moothall.bookings.rules.series import reserve_series
from moothall.bookings.tests.make import make_bedrooms, make_resource, make_stay
from moothall.core.clock import now, today
from moothall.people.models.working import at_on

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999
STATES = ("BOOKED", "HELD", "ASKED", "CANCELLED")
NEEDED = {
    "confirm_reservation": "HELD", "agree_reservation": "ASKED", "refuse_reservation": "ASKED",
    "undo_reservation": "CANCELLED",
}  # fmt: skip
CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
SERIES = {"reservation_series", "cancel_reservations", "move_reservations"}
OWN = {
    "withdraw_wish": ("wish_id", "wish"), "withdraw_calendar_feed": ("feed_id", "feed"),
    "give_calendar_back": ("calendar_id", "brought"),
}  # fmt: skip
BED_KINDS = ("edit_bed_kind", "add_bedrooms", "retire_bed_kind")
STAYS = ("stay", "change_stay", "cancel_stay", "give_room", "guest_came", "guest_missed")
HOUR = dt.timedelta(hours=1)


def _day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).strftime("%d/%m/%Y")


def make_rows(office: "Office") -> None:
    by, at = office.cases["own"].colleague, now()
    office.rows["bookable"] = room = make_resource(name="Quillonroom", team=office.home)
    for relation in ("plain", "private"):
        for state in STATES:
            office.rows[f"reservation {relation} {state}"] = _reservation(office, relation, state)
        spans = [(at_on(today() + dt.timedelta(days=90), dt.time(9)),) * 2]
        spans = [(begins, begins + HOUR) for begins, _same in spans]
        office.rows[f"series {relation}"] = reserve_series(
            title="Series", resources=[make_resource()], spans=spans, every_days=7,
            is_private=relation == "private", by=by, at=at,
        ).series  # fmt: skip
    office.rows["visitor"] = expect_visitor(name="Nia Bevan", place=room.place, expected_at=at, by=by, at=at)
    office.rows["visitor here"] = expect_visitor(name="Sol", place=room.place, expected_at=at, by=by, at=at)
    visitor_came(visitor=office.rows["visitor here"], by=by, at=at)
    other = make_resource(place=room.place)
    office.rows["loan"] = hand_out_key(resource=other, to_whom="Nia Bevan", by=by, at=at)
    office.rows["message"] = leave_message(place=room.place, for_whom="Sol", words="Ring", by=by, at=at)
    office.rows["panel"] = panel = save_panel(
        None,
        name="Standards board",
        name_cy="",
        minutes=60,
        quorum=0,
        papers_days=0,
        place=None,
        by=by,
        at=at,
    )
    office.rows["panel member"] = add_member(panel, account=by, role="NEEDED", deputy=None, by=by, at=at)
    office.rows["protected time"] = protect_time(
        weekday=None, begins=dt.time(12), ends=dt.time(13), why="Lunch", by=by, at=at
    )
    office.rows["other site"] = elsewhere = make_resource().place
    office.rows["journey between"] = set_journey(one=room.place, other=elsewhere, minutes=20, by=by, at=at)
    _stays(office)
    _of_each(office)


def _reservation(office: "Office", relation: str, state: str) -> Reservation:
    by, at = office.cases["own"].colleague, now()
    room = make_resource(team=office.home, asks_approval=state == "ASKED")
    begins = at_on(today() + dt.timedelta(days=70), dt.time(10))
    maker = office.cases["other"].colleague if state == "ASKED" else by
    made = reserve(
        title="Quillonmeeting", resources=[room], starts_at=begins, ends_at=begins + HOUR, by=maker, at=at,
        is_private=relation == "private", held_until=at + 24 * HOUR if state == "HELD" else None,
    )  # fmt: skip
    if state == "CANCELLED":
        event = cancel(reservation=made, because="Off", by=by, at=at)
        office.rows[f"reservation event {relation}"] = event
    return made


def _stays(office: "Office") -> None:
    """A house of bedrooms: somebody to come today, somebody here, somebody given up; and beds of events."""
    at, by = now(), office.cases["own"].colleague
    office.rows["house"] = house = make_bedrooms(6)
    office.rows["bed kind"] = BedKind.objects.create(level=7, name="Quillonsuite")
    for name in ("to come", "here", "cancelled"):
        office.rows[f"stay {name}"] = make_stay(house, arrives_on=today(), at=at)
    check_in(stay=office.rows["stay here"], by=by, at=at, today=today())
    gone = cancel_stay(stay=office.rows["stay cancelled"], because="Off", by=by, at=at)
    office.rows["stay event"] = gone
    for relation in ("plain", "private"):
        event = office.rows[f"reservation {relation} BOOKED"]
        make_stay(house, arrives_on=today() + dt.timedelta(days=70), guest="", reservation=event, at=at)


def _of_each(office: "Office") -> None:
    """For each seat, and for a colleague, something that they wait for, and a calendar."""
    at = now()
    taken: Reservation = office.rows["reservation plain BOOKED"]
    resource = taken.takings.get().resource
    office.rows["taken resource"] = resource
    people = [each for each in office.seats.values() if each is not None]
    for account in (*people, office.cases["other"].colleague):
        office.rows[f"wish {account.pk}"] = wait_for(
            resource=resource, title="Ours", starts_at=taken.starts_at, ends_at=taken.ends_at, by=account,
            at=at,
        )  # fmt: skip
        diary = make_resource(kind=Resource.PERSON, account=account)
        office.rows[f"brought {account.pk}"] = BroughtCalendar.objects.create(
            resource=diary, name="Mail", until=at, made_at=at
        )
        office.rows[f"feed {account.pk}"], _address = open_feed(account=account, resource=None, at=at)
    reader = office.account("C")
    _feed, office.rows["calendar given"] = open_feed(account=reader, resource=resource, at=at)
    gone, office.rows["calendar withdrawn"] = open_feed(
        account=reader, resource=office.rows["bookable"], at=at
    )
    withdraw_feed(feed=gone, by=reader, at=at)


def _of_a_page(office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    room: Resource = office.rows["bookable"]
    if route in {"add_visitor", "hand_out_key", "leave_message"}:
        return {"place_id": room.place_id}
    if route == "undo_stay":
        return {"stay_id": office.rows["stay cancelled"].pk, "event_id": office.rows["stay event"].pk}
    named = {
        "choose_bedrooms": ("place_id", "house"), "guest_left": ("stay_id", "stay here"),
        **dict.fromkeys(STAYS, ("stay_id", "stay to come")),
        "edit_resource": ("resource_id", "bookable"), "retire_resource": ("resource_id", "bookable"),
        "wait_for_room": ("resource_id", "taken resource"), "visitor_came": ("visitor_id", "visitor"),
        "visitor_missed": ("visitor_id", "visitor"), "visitor_left": ("visitor_id", "visitor here"),
        "key_back": ("loan_id", "loan"), "give_message": ("message_id", "message"),
        "panel": ("panel_id", "panel"), "edit_panel": ("panel_id", "panel"),
        "retire_panel": ("panel_id", "panel"), "add_panel_member": ("panel_id", "panel"),
        "remove_panel_member": ("member_id", "panel member"), "unprotect_time": ("time_id", "protected time"),
        "forget_journey": ("journey_id", "journey between"),
        **dict.fromkeys(BED_KINDS, ("kind_id", "bed kind")),
    }  # fmt: skip
    if route not in named:
        return {}
    name, row = named[route]
    return {name: office.rows[row].pk}


def _of_reservation(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    if route in SERIES:
        return {"series_id": office.rows[f"series {relation}"].pk}
    found: Reservation = office.rows[f"reservation {relation} {NEEDED.get(route, 'BOOKED')}"]
    event = office.rows[f"reservation event {relation}"]
    return {"reservation_id": found.pk} | ({"event_id": event.pk} if route == "undo_reservation" else {})


def _no_reservation(route: str) -> Parts:
    if route in SERIES:
        return {"series_id": NOWHERE}
    return {"reservation_id": NOWHERE} | ({"event_id": NOWHERE} if route == "undo_reservation" else {})


def _of_own(office: "Office", route: str, relation: str, seat: str) -> Parts:
    account = office.seats[seat] if relation == "own" else None
    account = account or office.cases["other"].colleague
    part, name = OWN[route]
    return {part: office.rows[f"{name} {account.pk}"].pk}


def _calendar(office: "Office", _route: str, relation: str, _seat: str) -> Parts:
    return {"address": office.rows[f"calendar {relation}"]}


def _moving(office: "Office") -> Parts:
    return {
        "on": _day(71), "begins": "10:00", "ends": "11:00", "resources": [office.rows["bookable"].pk],
    }  # fmt: skip


def _nights(office: "Office") -> Parts:
    kind = office.rows["stay to come"].kind_id
    return {"kind": kind, "arrives_on": _day(0), "leaves_on": _day(1)}


def _waiting(office: "Office") -> Parts:
    taken: Reservation = office.rows["reservation plain BOOKED"]
    return {"begins": taken.starts_at.isoformat(), "ends": taken.ends_at.isoformat(), "title": "Ours"}


def _resource_form(office: "Office") -> Parts:
    return {
        "kind": "ROOM", "place": office.rows["bookable"].place_id, "name": "Renamed", "capacity": 4,
        "setup_minutes": 0, "cleardown_minutes": 0, "rate": "0",
    }  # fmt: skip


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of bookings": _of_a_page,
    "reservation": _of_reservation,
    "own booking": _of_own,
    "calendar": _calendar,
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "reservation": _no_reservation,
    "own booking": lambda route: {OWN[route][0]: NOWHERE},
    "calendar": lambda _route: {"address": "nobody-can-guess"},
}


def _found_time(office: "Office") -> Parts:
    begins = at_on(today() + dt.timedelta(days=80), dt.time(10))
    return {
        "starts": begins.isoformat(), "ends": (begins + HOUR).isoformat(), "title": "Board",
        "room": office.rows["bookable"].pk, "who": [office.account("C").pk],
    }  # fmt: skip


PANEL = {"name": "Ethics board", "minutes": "60"}
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "reserve": lambda o: {"resources": [o.rows["bookable"].pk], "title": "Gold group"},
    "wait_for_room": _waiting,
    "add_visitor": {"name": "Wren", "on": _day(3), "expected": "10:00"},
    "hand_out_key": lambda o: {"resource": o.rows["bookable"].pk, "to_whom": "Wren"},
    "leave_message": {"for_whom": "Wren", "words": "Ring home"},
    "move_reservation": _moving,
    "cancel_reservation": {"because": "Nobody can come"},
    "cancel_reservations": {"because": "Nobody can come"},
    "refuse_reservation": {"because": "The roof"},
    "invite_people": {"emails": "guest@example.org"},
    "move_reservations": {"days": 1, "begins": "10:00", "ends": "11:00"},
    "bring_calendar": lambda o: {
        "resource": o.rows["bookable"].pk,
        "name": "Mail",
        "pasted": CALENDAR,
        "do": "bring",
    },
    "name_guests": {"names": "Wren"},
    "sell_beds": lambda o: _nights(o) | {"place": o.rows["house"].pk, "guests": "Wren"},
    "change_stay": lambda o: _nights(o) | {"guest": "Wren"},
    "cancel_stay": {"because": "Nobody can come"},
    "give_room": {"room": ""},
    "add_bed_kind": {"name": "Suite", "rate": "90", "level": "8"},
    "edit_bed_kind": {"name": "Grand suite", "rate": "95"},
    "add_bedrooms": lambda o: {"place": o.rows["house"].pk, "corridor": "C", "first": 900, "count": 2},
    "add_resource": lambda o: _resource_form(o) | {"name": "Another room"},
    "edit_resource": _resource_form,
    "book_found_time": _found_time,
    "add_panel": PANEL,
    "edit_panel": PANEL,
    "add_panel_member": lambda o: {"account-key": o.account("C").pk, "role": "NEEDED"},
    "protect_time": {"begins": "16:00", "ends": "17:00", "why": "Writing"},
    "set_journey": lambda o: {
        "one": o.rows["bookable"].place_id,
        "other": o.rows["other site"].pk,
        "minutes": "25",
    },
}
