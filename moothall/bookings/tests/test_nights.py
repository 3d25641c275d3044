"""Nights sold by kind: never more than there are, moved with their event, and said where one is full."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from moothall.bookings.models import BedNight, Resource, Stay
from moothall.bookings.rules.beds import Beds, name_guests, sell
from moothall.bookings.rules.deciding import take_back
from moothall.bookings.rules.house import cancel_stay, change_stay, did_not_come
from moothall.bookings.rules.nights import BedsFull, Nights, NotNights, left
from moothall.bookings.rules.refusals import ByTheNight, Taken
from moothall.bookings.rules.reserving import cancel, move
from moothall.bookings.rules.setting import restore_room, retire_room, shut, withdraw_closure
from moothall.cases.tests.make import AT
from moothall.people.models import Place
from moothall.people.tests.make import make_account, make_team

from .make import MONDAY, make_bed_kinds, make_bedrooms, make_reservation, make_resource, make_stay, wall

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
TUESDAY, WEDNESDAY = MONDAY + DAY, MONDAY + 2 * DAY


def free(
    place: Place, level: int = 0, first: dt.date = MONDAY, nights: int = 1, **changes: object
) -> list[int]:
    asked = Nights(place, make_bed_kinds()[level], first, first + nights * DAY, **changes)  # type: ignore[arg-type]
    return list(left(asked).values())


def counts() -> list[tuple[object, ...]]:
    """What the database counted, and what it should have counted, night by night."""
    return list(
        BedNight.objects.values_list("night", "level", "need", "sold").order_by("night", "level", "need")
    )


def test_a_night_is_sold_as_often_as_there_are_rooms_and_no_more() -> None:
    place = make_bedrooms(2)
    make_stay(place)
    make_stay(place)
    with pytest.raises(BedsFull) as full:
        make_stay(place)
    assert "Monday 30 November 2026: 0 left, 1 asked for" in str(full.value)
    assert Stay.objects.count() == 2
    assert free(place) == [0]


def test_nights_are_half_open_so_one_arrives_as_the_other_leaves() -> None:
    place = make_bedrooms(1)
    make_stay(place, leaves_on=WEDNESDAY)
    make_stay(place, arrives_on=WEDNESDAY, leaves_on=WEDNESDAY + DAY)
    assert free(place, nights=3) == [0, 0, 0]


def test_a_better_kind_counts_for_each_kind_below_it() -> None:
    place = make_bedrooms(1, 1)
    make_stay(place, level=0)
    assert free(place, 0) == [1]
    assert free(place, 1) == [1]
    make_stay(place, level=1)
    assert free(place, 0) == [0]
    with pytest.raises(BedsFull):
        make_stay(place, level=1)


def test_each_need_and_all_of_them_together_are_counted() -> None:
    place = make_bedrooms(3)
    rooms = list(Resource.objects.bedrooms(place))
    Resource.objects.filter(pk__in=[rooms[0].pk, rooms[1].pk]).update(step_free=False)
    rooms[0].features.create(key="hoist", name="Hoist")
    assert free(place, needs=("hoist",)) == [1]
    assert free(place, needs=("step-free",)) == [1]
    assert free(place, needs=("hoist", "step-free")) == [0]
    make_stay(place, needs=("step-free",))
    with pytest.raises(BedsFull):
        make_stay(place, needs=("step-free",))
    make_stay(place)


def test_whatever_writes_a_stay_the_database_lets_no_night_be_sold_twice() -> None:
    place = make_bedrooms(1)
    make_stay(place)
    again = Stay.objects.get()
    again.pk = None
    with pytest.raises(IntegrityError, match="a_night_has_no_more_guests_than_beds"), transaction.atomic():
        again.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bookings_stay SET arrives_on = arrives_on + 1, leaves_on = leaves_on + 1")
    assert free(place, nights=2) == [1, 0]


def test_early_leavers_missed_and_cancelled_stays_give_their_nights_back() -> None:
    place = make_bedrooms(2)
    first, second = make_stay(place), make_stay(place)
    cancel_stay(stay=first, because="Ill", by=None, at=AT)
    did_not_come(stay=second, by=None, at=AT)
    assert free(place) == [2]
    assert all(sold == 0 for *_rest, sold in counts())


def test_what_is_full_names_the_night_other_nights_and_other_kinds() -> None:
    place = make_bedrooms(1, 1)
    make_stay(place, level=1, arrives_on=TUESDAY, leaves_on=WEDNESDAY)
    with pytest.raises(BedsFull) as full:
        make_stay(place, level=1, arrives_on=MONDAY, leaves_on=WEDNESDAY)
    said = str(full.value)
    assert "Tuesday 1 December 2026: 0 left" in said
    assert "Wednesday 2 December 2026" in said
    assert "Free on these nights: Kind 0." in said


def test_rooms_that_fall_out_of_use_are_counted_and_what_is_sold_stays_sold() -> None:
    place, by = make_bedrooms(2), make_account(team=make_team())
    make_stay(place)
    stay = make_stay(place)
    room = Resource.objects.bedrooms(place)[0]
    at = wall(9)
    retire_room(room, by=by, at=at)
    assert free(place) == [-1]
    change_stay(
        stay=stay, arrives_on=MONDAY, leaves_on=TUESDAY, kind=stay.kind, needs=[], by=by, at=at, note="x"
    )
    restore_room(room, by=by, at=at)
    assert free(place) == [0]
    closure = shut(
        place=place, room=None, first=MONDAY, after=dt.time(8), last=MONDAY, before=None, reason="Flood",
        by=by, at=at,
    )  # fmt: skip
    assert free(place, nights=2) == [-2, 2]
    withdraw_closure(closure, by=by, at=at)
    assert free(place) == [0]


def test_a_stay_has_a_night_and_no_more_than_a_year() -> None:
    place = make_bedrooms(1)
    for until in (MONDAY, MONDAY - DAY, MONDAY + 400 * DAY):
        with pytest.raises(NotNights):
            make_stay(place, leaves_on=until)


def test_a_bedroom_sold_by_the_night_is_not_booked_by_the_hour() -> None:
    room = Resource.objects.bedrooms(make_bedrooms(1))[0]
    with pytest.raises(ByTheNight):
        make_reservation(room)


def test_an_event_takes_its_beds_with_its_room_and_gives_them_back_with_it() -> None:
    place, kind = make_bedrooms(3), make_bed_kinds()[0]
    event = make_reservation(beds=[Beds(2, place, kind, nights_before=1, guests=("Nia Bevan",))])
    assert [each.guest for each in event.stays.order_by("pk")] == ["Nia Bevan", ""]
    assert free(place, first=MONDAY - DAY, nights=2) == [1, 3]
    gone = cancel(reservation=event, because="Ill", by=None, at=AT)
    assert free(place, first=MONDAY - DAY) == [3]
    take_back(event=gone, by=make_account(team=make_team()), at=AT)
    assert free(place, first=MONDAY - DAY) == [1]


def test_beds_alone_can_be_had_and_named_later() -> None:
    place, kind = make_bedrooms(3), make_bed_kinds()[0]
    event = make_reservation(resources=[], beds=[Beds(3, place, kind)])
    name_guests(reservation=event, names=["Wren Ito", "Ola Obi"], by=None, at=AT)
    assert sorted(each.guest for each in event.stays.all()) == ["", "Ola Obi", "Wren Ito"]


def test_an_event_moves_with_its_beds_or_stays_and_says_what_stops_it() -> None:
    place, kind = make_bedrooms(2), make_bed_kinds()[0]
    event = make_reservation(
        starts_at=wall(9), ends_at=wall(16, on=WEDNESDAY), beds=[Beds(2, place, kind, nights_before=1)]
    )
    blocker = make_stay(place, arrives_on=MONDAY + 8 * DAY, leaves_on=MONDAY + 9 * DAY)
    week = 7 * DAY
    begins, ends = wall(9) + week, wall(16, on=WEDNESDAY) + week
    with pytest.raises(BedsFull) as full:
        move(reservation=event, starts_at=begins, ends_at=ends, by=None, at=AT)
    assert "Free nearest" in str(full.value)
    assert {each.arrives_on for each in event.stays.all()} == {MONDAY - DAY}
    assert event.takings.get().shown.lower == wall(9)
    cancel_stay(stay=blocker, because="Moved", by=None, at=AT)
    move(reservation=event, starts_at=begins, ends_at=ends, by=None, at=AT)
    assert {(each.arrives_on, each.leaves_on) for each in event.stays.all()} == {
        (MONDAY - DAY + week, WEDNESDAY + week)
    }
    assert free(place, first=MONDAY - DAY) == [2]


def test_a_room_that_is_taken_stops_the_beds_too() -> None:
    place, kind, room = make_bedrooms(2), make_bed_kinds()[0], make_resource()
    make_reservation(room, starts_at=wall(10) + 7 * DAY, ends_at=wall(11) + 7 * DAY)
    event = make_reservation(room, beds=[Beds(2, place, kind)])
    with pytest.raises(Taken):
        move(reservation=event, starts_at=wall(10) + 7 * DAY, ends_at=wall(11) + 7 * DAY, by=None, at=AT)
    assert {each.arrives_on for each in event.stays.all()} == {MONDAY}


def test_an_event_moves_by_one_day_over_its_own_nights_in_a_full_house() -> None:
    place, kind = make_bedrooms(2), make_bed_kinds()[0]
    event = make_reservation(ends_at=wall(16, on=WEDNESDAY), beds=[Beds(2, place, kind)])
    move(reservation=event, starts_at=wall(10) + DAY, ends_at=wall(16, on=WEDNESDAY) + DAY, by=None, at=AT)
    assert free(place, nights=3) == [2, 0, 0]


def test_the_ledger_always_tallies_with_the_stays() -> None:
    place = make_bedrooms(3, 2)
    kinds = make_bed_kinds()
    for number in range(3):
        first = MONDAY + number * DAY
        sell(nights=Nights(place, kinds[number % 2], first, first + 3 * DAY), guests=["A"], by=None, at=AT)
    for night, level, _need, sold in counts():
        stays = Stay.objects.standing().filter(
            arrives_on__lte=night, leaves_on__gt=night, kind__level__gte=level
        )
        assert stays.count() == sold
