"""Guests of the house: checked in with a key, moved, kept longer, missed; rooms chosen for them."""

import datetime as dt

import pytest

from moothall.bookings.models import KeyLoan, Resource, RoomPlan, Stay
from moothall.bookings.rules.front_desk import KeyIsOut, hand_out_key
from moothall.bookings.rules.house import (
    NoRoomFree,
    NotExpectedYet,
    SomebodyStillThere,
    StayOver,
    change_stay,
    check_in,
    check_out,
    did_not_come,
    undo_stay,
)
from moothall.bookings.rules.nights import BedsFull
from moothall.bookings.rules.rooming import (
    RoomTaken,
    choose_everywhere,
    choose_rooms,
    give_room,
    rooms_that_suit,
)
from moothall.bookings.rules.setting import shut
from moothall.cases.tests.make import AT
from moothall.people.models import Account, Place
from moothall.people.tests.make import make_account, make_team

from .make import MONDAY, make_bedrooms, make_stay

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
THURSDAY = MONDAY + 3 * DAY


@pytest.fixture
def desk() -> Account:
    return make_account(team=make_team())


def here(stay: Stay, desk: Account, *, on: dt.date = MONDAY) -> Stay:
    check_in(stay=stay, by=desk, at=AT, today=on)
    stay.refresh_from_db()
    return stay


def planned(place: Place, *, on: dt.date = MONDAY) -> RoomPlan:
    return choose_rooms(place=place, today=on, by=None, at=AT)


def room_of(stay: Stay) -> Resource:
    stay.refresh_from_db()
    assert stay.room is not None
    return stay.room


def longer(stay: Stay, until: dt.date, desk: Account) -> Stay:
    return change_stay(
        stay=stay,
        arrives_on=stay.arrives_on,
        leaves_on=until,
        kind=stay.kind,
        needs=stay.needs,
        by=desk,
        at=AT,
    )


def test_who_comes_is_here_with_a_key_in_one_go(desk: Account) -> None:
    stay = make_stay(make_bedrooms(2), guest="Nia Bevan")
    here(stay, desk)
    loan = KeyLoan.objects.get()
    assert (stay.state, loan.resource, loan.to_whom, loan.stay) == (Stay.HERE, stay.room, "Nia Bevan", stay)
    with pytest.raises(StayOver):
        check_in(stay=stay, by=desk, at=AT, today=MONDAY)


def test_nobody_is_checked_in_before_their_day_or_into_a_room_with_somebody_in_it(desk: Account) -> None:
    place = make_bedrooms(1)
    stay = make_stay(place, arrives_on=MONDAY + DAY)
    with pytest.raises(NotExpectedYet):
        here(stay, desk)
    first = here(make_stay(place), desk)
    give_room(stay=stay, room=first.room, promised=False, by=desk, at=AT, today=MONDAY)
    with pytest.raises(SomebodyStillThere, match="has not left"):
        here(stay, desk, on=MONDAY + DAY)
    check_out(stay=first, by=desk, at=AT, today=MONDAY + DAY)
    here(stay, desk, on=MONDAY + DAY)


def test_a_key_that_is_out_is_named_with_whoever_has_it(desk: Account) -> None:
    place = make_bedrooms(1)
    hand_out_key(resource=Resource.objects.bedrooms(place)[0], to_whom="The painter", by=desk, at=AT)
    stay = make_stay(place)
    with pytest.raises(KeyIsOut, match="is out with The painter"):
        here(stay, desk)
    check_in(stay=stay, by=desk, at=AT, today=MONDAY, key=False)


def test_who_leaves_early_gives_key_and_nights_back(desk: Account) -> None:
    place = make_bedrooms(1)
    stay = here(make_stay(place, leaves_on=THURSDAY), desk)
    event = check_out(stay=stay, by=desk, at=AT, today=MONDAY + DAY)
    stay.refresh_from_db()
    assert (stay.state, stay.leaves_on) == (Stay.LEFT, MONDAY + DAY)
    assert not KeyLoan.objects.filter(back_at=None).exists()
    other = make_stay(place, arrives_on=MONDAY + DAY)
    with pytest.raises(BedsFull):
        undo_stay(event=event, by=desk, at=AT)
    did_not_come(stay=other, by=desk, at=AT)
    undo_stay(event=event, by=desk, at=AT)
    assert Stay.objects.get(pk=stay.pk).leaves_on == THURSDAY
    assert KeyLoan.objects.filter(back_at=None).exists()


def test_who_comes_after_all_is_let_in_while_there_is_a_bed(desk: Account) -> None:
    place = make_bedrooms(1)
    late = make_stay(place)
    did_not_come(stay=late, by=desk, at=AT)
    other = make_stay(place)
    with pytest.raises(BedsFull):
        here(late, desk)
    did_not_come(stay=other, by=desk, at=AT)
    assert here(late, desk).state == Stay.HERE


def test_rooms_are_chosen_in_the_week_before_and_not_sooner(desk: Account) -> None:
    place = make_bedrooms(3)
    soon, later = make_stay(place), make_stay(place, arrives_on=MONDAY + 10 * DAY)
    plan = planned(place)
    later.refresh_from_db()
    assert room_of(soon) in Resource.objects.bedrooms(place)
    assert later.room is None
    assert (plan.roomed, plan.without, plan.is_best) == (1, 0, True)
    assert choose_everywhere(at=AT, today=MONDAY) == 1


def test_rooms_have_what_is_needed_and_neighbours_are_neighbours(desk: Account) -> None:
    place = make_bedrooms(6)
    rooms = list(Resource.objects.bedrooms(place))
    Resource.objects.filter(pk__in=[each.pk for each in rooms[:5]]).update(step_free=False)
    guest = make_stay(place, needs=("step-free",))
    carer = make_stay(place, beside=guest)
    planned(place)
    assert room_of(guest) == rooms[5]
    assert room_of(carer) == rooms[4]


def test_who_gets_none_has_the_reason_beside_their_name(desk: Account) -> None:
    place = make_bedrooms(1)
    stay = make_stay(place)
    room = Resource.objects.bedrooms(place)[0]
    shut(
        place=place, room=room, first=MONDAY, after=dt.time(8), last=MONDAY, before=None, reason="Flood",
        by=desk, at=AT,
    )  # fmt: skip
    plan = planned(place)
    stay.refresh_from_db()
    assert (plan.without, stay.room, stay.why_no_room, stay.full_on) == (1, None, "full", MONDAY)
    with pytest.raises(NoRoomFree):
        here(stay, desk)


def test_who_stays_longer_keeps_the_room_and_nobody_in_the_house_is_moved(desk: Account) -> None:
    place = make_bedrooms(2)
    stays = [make_stay(place, leaves_on=THURSDAY), make_stay(place, leaves_on=THURSDAY + DAY)]
    after = make_stay(place, arrives_on=THURSDAY, leaves_on=THURSDAY + DAY)
    planned(place)
    for each in stays:
        here(each, desk)
    rooms = [room_of(each) for each in stays]
    assert room_of(after) == rooms[0]
    check_out(stay=stays[1], by=desk, at=AT, today=THURSDAY)
    longer(stays[0], THURSDAY + DAY, desk)
    after.refresh_from_db()
    assert after.room is None
    plan = planned(place, on=THURSDAY)
    assert (plan.moved, room_of(stays[0]), room_of(after)) == (0, rooms[0], rooms[1])


def test_a_full_house_lets_nobody_stay_longer_and_says_which_night(desk: Account) -> None:
    place = make_bedrooms(1)
    stay = here(make_stay(place), desk)
    make_stay(place, arrives_on=MONDAY + DAY)
    with pytest.raises(BedsFull, match="Tuesday 1 December 2026"):
        longer(stay, MONDAY + 2 * DAY, desk)


def test_a_room_given_by_hand_is_exchanged_with_whoever_was_to_have_it(desk: Account) -> None:
    place = make_bedrooms(2)
    one, other = make_stay(place), make_stay(place)
    planned(place)
    first, second = room_of(one), room_of(other)
    assert give_room(stay=one, room=second, promised=True, by=desk, at=AT, today=MONDAY) == other
    assert (room_of(one), room_of(other)) == (second, first)
    with pytest.raises(RoomTaken, match="is given to"):
        give_room(stay=other, room=second, promised=False, by=desk, at=AT, today=MONDAY)
    planned(place)
    assert room_of(one) == second


def test_rooms_that_suit_are_free_open_and_good_enough(desk: Account) -> None:
    place = make_bedrooms(2, 1)
    better = make_stay(place, level=1)
    assert [each.bed_kind.level for each in rooms_that_suit(better, today=MONDAY) if each.bed_kind] == [1]
    here(make_stay(place, level=1, arrives_on=MONDAY - DAY, leaves_on=MONDAY), desk, on=MONDAY - DAY)
    assert rooms_that_suit(better, today=MONDAY) == []
    plain = make_stay(place)
    assert len(rooms_that_suit(plain, today=MONDAY)) == 2
