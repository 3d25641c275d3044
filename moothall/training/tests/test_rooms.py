"""A session and all that it takes: on all its days, moved together or not at all, free once called off."""

import datetime as dt
from typing import Any

import pytest

from moothall.bookings.models import Feature, Reservation, Resource, Taking
from moothall.bookings.rules.refusals import Taken, TooSmall
from moothall.bookings.rules.setting import shut
from moothall.bookings.tests.make import make_reservation, make_resource
from moothall.core.refusals import Refusal
from moothall.people.models.working import at_on
from moothall.people.tests.make import AT, make_account
from moothall.training.models import Nomination, PlaceDay, Session, TrainerDay
from moothall.training.rules.nearest import CannotBeThen, free_for
from moothall.training.rules.placing import fill_session
from moothall.training.rules.refusals import NoRoomFree
from moothall.training.rules.rooms import KIND, choose_rooms, reservations_of, things_of
from moothall.training.rules.sessions import (
    cancel_session,
    change_session,
    days_from,
    move_session,
    set_trainers,
)
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment

from .make import MONDAY, TODAY, make_course, make_keeper, make_place, make_session

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


def make_trainer() -> tuple[Employment, Resource]:
    """Somebody who teaches, with a diary that can be booked."""
    account = make_account()
    return make_employment(account=account), make_resource(kind=Resource.PERSON, account=account)


def taken_days(resource: Resource) -> list[dt.date]:
    spans = Taking.objects.standing().filter(resource=resource).values_list("shown", flat=True)
    return sorted(each.lower.date() for each in spans)


def moved(session: Session, first_on: dt.date = MONDAY + WEEK) -> Session:
    return move_session(session, first_on=first_on, because="The pump", by=make_keeper(), at=AT, today=TODAY)


def as_it_stands(session: Session) -> Any:
    """Everything that a move could leave half done."""
    kept = Session.objects.get(pk=session.pk)
    takings = Taking.objects.standing().filter(reservation__about_id=session.pk, reservation__about_kind=KIND)
    return (
        kept.days, kept.taken, sorted(session.trainer_days.values_list("trainer", "day")),
        sorted(takings.values_list("resource", "shown__startswith")),
        sorted(PlaceDay.objects.filter(nomination__session=session).values_list("employment", "day")),
        sorted(session.nominations.values_list("pk", "state")),
    )  # fmt: skip


def test_a_session_takes_its_room_equipment_and_trainers_on_each_of_its_days() -> None:
    room, model = (
        make_resource(name="Classroom 4", name_cy="Ystafell 4"),
        make_resource(kind=Resource.EQUIPMENT),
    )
    trainer, diary = make_trainer()
    session = make_session(make_course(days=3), things=[room, model], trainers=[trainer], capacity=8)
    for each in (room, model, diary):
        assert taken_days(each) == session.days
    assert (session.place, session.room, session.room_in("cy")) == (room.place, "Classroom 4", "Ystafell 4")
    assert things_of(session) == [room, model]
    assert {each.people for each in reservations_of(session)} == {8}


def test_what_it_takes_nobody_else_can_book_and_what_is_taken_it_does_not_get() -> None:
    trainer, diary = make_trainer()
    room = make_resource()
    make_session(things=[room], trainers=[trainer], capacity=6)
    span = {"starts_at": at_on(MONDAY, dt.time(10)), "ends_at": at_on(MONDAY, dt.time(11))}
    for resource in (room, diary):
        with pytest.raises(Taken):
            make_reservation(resource, **span)
    with pytest.raises(Taken):
        make_session(things=[room], capacity=6)
    assert Session.objects.count() == 1
    assert Reservation.objects.count() == 1


def test_a_room_that_is_too_small_is_not_taken_and_more_places_than_seats_are_not_given() -> None:
    room = make_resource(capacity=10)
    with pytest.raises(TooSmall):
        make_session(things=[room], capacity=12)
    session = make_session(things=[room], capacity=10)
    with pytest.raises(TooSmall):
        change_session(
            session, capacity=11, place=None, room="", begins=session.begins, ends=session.ends, note="",
            by=make_keeper(), at=AT,
        )  # fmt: skip
    assert Session.objects.get().capacity == 10


def test_the_smallest_room_of_the_site_that_is_free_is_taken_on_request() -> None:
    large = make_resource(capacity=30)
    small, tiny = (make_resource(place=large.place, capacity=size) for size in (12, 4))
    taken = make_resource(place=large.place, capacity=11)
    make_session(things=[taken], capacity=9)
    session = make_session(place=large.place, take_room=True, capacity=10)
    assert things_of(session) == [small]
    assert things_of(make_session(place=large.place, take_room=True, capacity=10)) == [large]
    assert things_of(make_session(place=large.place, take_room=True, capacity=4)) == [tiny]
    with pytest.raises(NoRoomFree):
        make_session(place=large.place, take_room=True, capacity=10)
    online = make_session(make_course(room="ONLINE"), take_room=True)
    assert not things_of(online)


def test_it_moves_by_a_day_with_everything_and_never_stands_in_its_own_way() -> None:
    trainer, diary = make_trainer()
    room = make_resource()
    session = make_session(make_course(days=3), things=[room], trainers=[trainer], capacity=6)
    first = {each.pk for each in reservations_of(session)}
    for first_on in (MONDAY + dt.timedelta(days=1), MONDAY):
        session = moved(session, first_on)
        assert session.days == days_from(first_on, 3)
        assert taken_days(room) == taken_days(diary) == session.days
        assert {each.pk for each in reservations_of(session)} == first
        assert set(TrainerDay.objects.values_list("day", flat=True)) == set(session.days)


@pytest.mark.parametrize("hindrance", ["room", "equipment", "diary", "trainer", "closure"])
def test_whatever_stops_a_move_leaves_everything_as_it_was_and_says_when_it_could_be(hindrance: str) -> None:
    room, model = make_resource(), make_resource(kind=Resource.EQUIPMENT)
    trainer, diary = make_trainer()
    session = make_session(make_course(days=2), things=[room, model], trainers=[trainer], capacity=6)
    make_place(session)
    second = MONDAY + WEEK + dt.timedelta(days=1)
    span = {"starts_at": at_on(second, dt.time(10)), "ends_at": at_on(second, dt.time(11))}
    if hindrance == "trainer":
        make_session(make_course(), trainers=[trainer], first_on=second, begins=dt.time(18), ends=dt.time(19))
    elif hindrance == "closure":
        shut(
            place=room.place, room=None, first=second, after=dt.time(10), last=second, before=dt.time(11),
            reason="Water", by=None, at=AT,
        )  # fmt: skip
    else:
        make_reservation({"room": room, "equipment": model, "diary": diary}[hindrance], **span)
    before = as_it_stands(session)
    with pytest.raises(CannotBeThen) as refused:
        moved(session)
    assert as_it_stands(session) == before
    assert str(refused.value.next_step).startswith("It could begin on: ")
    assert str(refused.value.next_step).count(";") == 2
    assert moved(session, MONDAY + 2 * WEEK).first_on == MONDAY + 2 * WEEK


def test_a_move_that_has_no_reason_or_lies_in_the_past_changes_nothing() -> None:
    session = make_session(things=[make_resource()], capacity=6)
    before = as_it_stands(session)
    for changes in ({"because": " "}, {"first_on": TODAY - WEEK}):
        given: dict[str, Any] = {
            "first_on": MONDAY + WEEK, "because": "Why not", "by": make_keeper(), "at": AT, "today": TODAY,
        }  # fmt: skip
        with pytest.raises(Refusal, match=r"Say why|is over"):
            move_session(session, **given | changes)
        assert as_it_stands(session) == before


def test_the_days_that_are_offered_are_free_for_all_of_it() -> None:
    room = make_resource()
    trainer = make_employment()
    session = make_session(make_course(days=2), things=[room], trainers=[trainer], capacity=6)
    wanted = MONDAY + WEEK
    make_reservation(room, starts_at=at_on(wanted, dt.time(9)), ends_at=at_on(wanted, dt.time(10)))
    with pytest.raises(CannotBeThen) as refused:
        moved(session, wanted)
    assert f"{wanted + dt.timedelta(days=1):%A}" in str(refused.value.next_step)
    assert moved(session, wanted + dt.timedelta(days=1)).first_on == wanted + dt.timedelta(days=1)


def test_calling_it_off_frees_its_rooms_things_and_trainers() -> None:
    trainer, diary = make_trainer()
    room = make_resource()
    session = make_session(make_course(days=2), things=[room], trainers=[trainer], capacity=6)
    cancel_session(session, because="No heating", by=make_keeper(), at=AT, today=TODAY)
    assert not Taking.objects.standing().exists()
    assert not TrainerDay.objects.exists()
    again = make_session(make_course(days=2), things=[room], trainers=[trainer], capacity=6)
    assert taken_days(diary) == again.days


def test_other_trainers_and_other_hours_are_taken_with_it() -> None:
    one, two = make_trainer(), make_trainer()
    room = make_resource()
    session = make_session(things=[room], trainers=[one[0]], capacity=6)
    set_trainers(session, [two[0]], by=make_keeper(), at=AT)
    assert not taken_days(one[1])
    assert taken_days(two[1]) == [MONDAY]
    change_session(
        session, capacity=6, place=None, room="", begins=dt.time(13), ends=dt.time(16), note="",
        by=make_keeper(), at=AT,
    )  # fmt: skip
    kept = Session.objects.get()
    assert kept.place == room.place
    [reservation] = reservations_of(kept)
    assert (reservation.starts_at, reservation.ends_at) == (
        at_on(MONDAY, dt.time(13)), at_on(MONDAY, dt.time(16)),
    )  # fmt: skip


def test_another_room_is_chosen_of_what_is_free_on_all_days_and_the_first_is_free_again() -> None:
    one = make_resource(capacity=12)
    two, busy = make_resource(place=one.place, capacity=12), make_resource(place=one.place, capacity=12)
    session = make_session(make_course(days=2), things=[one], capacity=6)
    last = session.days[-1]
    make_reservation(busy, starts_at=at_on(last, dt.time(16)), ends_at=at_on(last, dt.time(18)))
    assert set(free_for(session, kind=Resource.ROOM, place=one.place)) == {one, two}
    choose_rooms(session, [two], by=make_keeper(), at=AT)
    assert not taken_days(one)
    assert taken_days(two) == session.days
    choose_rooms(session, [], by=make_keeper(), at=AT)
    assert not taken_days(two)
    assert Session.objects.get().room == ""


def test_somebody_who_teaches_and_has_no_diary_is_held_by_their_days_alone() -> None:
    trainer = make_employment()
    session = make_session(trainers=[trainer])
    assert not reservations_of(session)
    assert session.trainer_days.count() == 1


def test_who_cannot_come_on_the_new_days_waits_and_the_others_keep_their_place() -> None:
    session = make_session(things=[make_resource()], capacity=6)
    there, busy = make_place(session), make_place(session)
    make_place(make_session(first_on=MONDAY + WEEK), busy.employment)
    moved(session)
    fill_session(session.pk, at=AT, today=TODAY)
    states = dict(Nomination.objects.filter(session=session).values_list("pk", "state"))
    assert states == {there.pk: Nomination.PLACED, busy.pk: Nomination.WAITING}


def test_a_gym_is_taken_for_what_needs_one_and_for_nothing_else() -> None:
    hall, gym = make_rooms_of_a_site()
    wrestling = make_course(room="GYM")
    assert things_of(make_session(wrestling, place=hall.place, take_room=True, capacity=4)) == [gym]
    assert things_of(make_session(place=hall.place, take_room=True, capacity=4)) == [hall]
    with pytest.raises(NoRoomFree):
        make_session(place=hall.place, take_room=True, capacity=4)
    shooting = make_course(room="RANGE")  # there is none here: any room will do
    later = MONDAY + dt.timedelta(days=1)
    found = things_of(make_session(shooting, place=hall.place, take_room=True, capacity=4, first_on=later))
    assert found == [hall]


def make_rooms_of_a_site() -> tuple[Resource, Resource]:
    """A hall, and a smaller gym beside it."""
    hall = make_resource(capacity=20)
    gym = make_resource(place=hall.place, capacity=10)
    gym.features.add(Feature.objects.create(key="gym", name="Gym"))
    return hall, gym
