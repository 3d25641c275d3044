"""Reservations: taken together, moved together, and never twice; what is free instead."""

import datetime as dt

import pytest
from django.db import IntegrityError

from moothall.bookings.models import Closure, Reservation, Resource, Taking
from moothall.bookings.rules.booking import SlotTaken, cancel_appointment
from moothall.bookings.rules.free import free_resources
from moothall.bookings.rules.refusals import (
    NothingChosen,
    OutOfUse,
    ReasonNeeded,
    ReservationOver,
    Shut,
    Taken,
    TooSmall,
    WrongWayRound,
)
from moothall.bookings.rules.reserving import cancel, confirm, move
from moothall.bookings.rules.slots import free_slots, read_book
from moothall.cases.tests.make import AT
from moothall.people.tests.make import make_account, make_team

from .make import (
    MONDAY,
    make_appointment,
    make_booker,
    make_divided,
    make_kind,
    make_place,
    make_reservation,
    make_resource,
    wall,
)

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(hours=1)


def free_at(hour: int, until: int, **asked: object) -> list[Resource]:
    given = {"kind": Resource.ROOM, "starts_at": wall(hour), "ends_at": wall(until)}
    return list(free_resources(**given | asked))  # type: ignore[arg-type]


def test_a_room_that_is_taken_says_by_what_and_what_is_free_instead() -> None:
    room = make_resource(name="Hall A")
    other = make_resource(name="Hall B", place=room.place)
    make_reservation(room, title="Promotion board", by=make_account(name="Farida Haidari"))
    with pytest.raises(Taken) as refused:
        make_reservation(room, starts_at=wall(10, 30), ends_at=wall(11, 30))
    assert (
        "Hall A is taken by “Promotion board”, Monday 30 November 2026, 10:00–11:00 (Farida Haidari)"
        in str(refused.value)
    )
    assert [begins for begins, _ in refused.value.instead.times] == [wall(11), wall(11, 30), wall(12)]
    assert refused.value.instead.others == (other,)


def test_what_is_private_is_not_named() -> None:
    room = make_resource()
    make_reservation(room, title="Redundancy talks", is_private=True)
    with pytest.raises(Taken) as refused:
        make_reservation(room)
    assert "Redundancy" not in str(refused.value)
    assert "private booking" in str(refused.value)


def test_one_booking_ends_as_the_next_begins() -> None:
    room = make_resource()
    make_reservation(room)
    make_reservation(room, starts_at=wall(11), ends_at=wall(12))
    assert Taking.objects.standing().count() == 2


def test_the_time_to_set_up_and_clear_down_is_taken_but_not_shown() -> None:
    room = make_resource(cleardown_minutes=30)
    made = make_reservation(room, setup_minutes=15)
    taking = made.takings.get()
    assert (taking.shown.lower, taking.shown.upper) == (wall(10), wall(11))
    assert (taking.blocked.lower, taking.blocked.upper) == (wall(9, 45), wall(11, 30))
    with pytest.raises(Taken):
        make_reservation(room, starts_at=wall(11), ends_at=wall(12))


def test_all_are_taken_or_none() -> None:
    room, screen = make_resource(), make_resource(kind=Resource.EQUIPMENT)
    make_reservation(screen)
    with pytest.raises(Taken):
        make_reservation(room, screen)
    assert free_at(10, 11) == [room]
    assert Reservation.objects.count() == 1


def test_whoever_takes_the_whole_takes_its_parts_and_the_other_way_round() -> None:
    whole, left, right = make_divided()
    make_reservation(whole)
    assert free_at(10, 11) == []
    with pytest.raises(Taken):
        make_reservation(left)
    make_reservation(right, starts_at=wall(14), ends_at=wall(15))
    with pytest.raises(Taken):
        make_reservation(whole, starts_at=wall(14), ends_at=wall(15))
    assert free_at(14, 15) == [left]


def test_an_appointment_and_a_reservation_never_have_the_same_room() -> None:
    kind, place = make_kind(team=make_team()), make_place()
    make_booker(team=kind.team)
    room = Resource.objects.get(place=place)
    appointment = make_appointment(kind, place)
    with pytest.raises(Taken) as refused:
        make_reservation(room)
    assert "an appointment" in str(refused.value)
    make_reservation(room, starts_at=wall(12), ends_at=wall(13))
    with pytest.raises(SlotTaken):
        make_appointment(kind, place, starts_at=wall(12))
    book = read_book(kind, place=place, first=MONDAY, last=MONDAY)
    assert wall(12, 30) not in {each.starts_at for each in free_slots(book, [MONDAY], place=place, after=AT)}
    cancel_appointment(appointment, reason="They asked", by=None, at=AT)
    make_reservation(room)


def test_the_database_itself_takes_the_room_of_an_appointment() -> None:
    kind, place = make_kind(team=make_team()), make_place(rooms=2)
    make_booker(team=kind.team)
    appointment = make_appointment(kind, place)
    other = next(each for each in Resource.objects.filter(place=place) if each != appointment.room)
    make_reservation(other)
    appointment.room = other
    with pytest.raises(IntegrityError, match="a_resource_is_taken_once_at_a_time"):
        appointment.save()


def test_somebody_who_teaches_is_not_given_an_appointment_then() -> None:
    kind, place = make_kind(team=make_team()), make_place()
    trainer = make_resource(kind=Resource.PERSON, account=make_booker(team=kind.team))
    make_reservation(trainer)
    with pytest.raises(SlotTaken):
        make_appointment(kind, place)
    make_appointment(kind, place, starts_at=wall(14))
    with pytest.raises(Taken):
        make_reservation(trainer, starts_at=wall(14), ends_at=wall(15))


def test_everything_moves_together() -> None:
    room, trainer = make_resource(), make_resource(kind=Resource.PERSON)
    made = make_reservation(room, trainer)
    moved = move(reservation=made, starts_at=wall(10, 30), ends_at=wall(12), by=None, at=LATER)
    assert (moved.starts_at, moved.edition) == (wall(10, 30), 2)
    assert {each.shown.upper for each in moved.takings.all()} == {wall(12)}
    assert moved.events.filter(kind="moved").exists()


def test_what_stops_a_move_is_said_and_nothing_moves() -> None:
    room, trainer = make_resource(), make_resource(name="Iolo Rees", kind=Resource.PERSON)
    made = make_reservation(room, trainer)
    make_reservation(trainer, starts_at=wall(14), ends_at=wall(15))
    with pytest.raises(Taken, match="Iolo Rees is taken"):
        move(reservation=made, starts_at=wall(14), ends_at=wall(15), by=None, at=LATER)
    made.refresh_from_db()
    assert made.starts_at == wall(10)
    assert {each.shown.lower for each in made.takings.all()} == {wall(10)}


def test_it_moves_to_another_room() -> None:
    made, other = make_reservation(), make_resource()
    move(reservation=made, starts_at=wall(10), ends_at=wall(11), resources=[other], by=None, at=LATER)
    assert made.takings.get().resource == other


def test_what_is_cancelled_is_free_again() -> None:
    room = make_resource()
    made = make_reservation(room)
    cancel(reservation=made, because="Nobody can come", by=None, at=LATER)
    assert free_at(10, 11) == [room]
    make_reservation(room)
    with pytest.raises(ReservationOver):
        cancel(reservation=made, because="Again", by=None, at=LATER)
    with pytest.raises(ReservationOver):
        move(reservation=made, starts_at=wall(12), ends_at=wall(13), by=None, at=LATER)


def test_a_hold_is_confirmed_or_runs_out_by_itself() -> None:
    room = make_resource()
    made = make_reservation(room, held_until=LATER)
    assert made.state == Reservation.HELD
    with pytest.raises(Taken):
        make_reservation(room)
    make_reservation(room, at=LATER)
    made.refresh_from_db()
    assert (made.state, made.events.first().kind) == (Reservation.CANCELLED, "expired")  # type: ignore[union-attr]
    with pytest.raises(ReservationOver):
        confirm(reservation=made, by=None, at=LATER)


def test_what_was_held_is_booked_once_confirmed() -> None:
    made = make_reservation(held_until=LATER)
    confirm(reservation=made, by=None, at=AT)
    made.refresh_from_db()
    assert (made.state, made.held_until) == (Reservation.CONFIRMED, None)


def test_where_a_team_must_agree_a_booking_waits() -> None:
    team = make_team()
    room = make_resource(asks_approval=True, team=team)
    assert (
        make_reservation(room, by=make_account("bookings.book", team=make_team())).state == Reservation.ASKED
    )
    own = make_reservation(room, by=make_booker(team=team), starts_at=wall(12), ends_at=wall(13))
    assert own.state == Reservation.CONFIRMED


def test_what_is_shut_is_not_booked_and_not_offered() -> None:
    room = make_resource()
    Closure.objects.create(
        place=room.place, begins_at=wall(8), ends_at=wall(18), reason="Boiler", entered_at=AT
    )
    with pytest.raises(Shut, match="Boiler"):
        make_reservation(room)
    assert free_at(10, 11) == []


def test_what_cannot_be_is_refused_before_anything_is_asked() -> None:
    room = make_resource(name="Small", capacity=4)
    with pytest.raises(NothingChosen):
        make_reservation(resources=[])
    with pytest.raises(WrongWayRound):
        make_reservation(room, ends_at=wall(10))
    with pytest.raises(TooSmall, match="4 seats for 5 people"):
        make_reservation(room, people=5)
    with pytest.raises(OutOfUse, match="Small"):
        make_reservation(make_resource(name="Small", retired_at=AT))
    with pytest.raises(ReasonNeeded):
        cancel(reservation=make_reservation(room), because=" ", by=None, at=AT)


def test_free_rooms_are_those_that_will_do_the_smallest_first() -> None:
    small, large = make_resource(capacity=4), make_resource(capacity=40)
    make_resource(capacity=400, retired_at=AT)
    upstairs = make_resource(capacity=20, step_free=False, place=small.place)
    assert free_at(10, 11) == [small, upstairs, large]
    assert free_at(10, 11, capacity=10, step_free=True) == [large]
    assert free_at(10, 11, place=small.place) == [small, upstairs]
