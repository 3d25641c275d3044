from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.bedrooms.checking import check
from planner.bedrooms.choosing import choose_rooms
from planner.bedrooms.colouring import colour
from planner.bedrooms.problem import Bedroom, Rooming, Stay, StayError, Without
from planner.bedrooms.selling import Ledger, extended, take_on
from planner.bedrooms.tests.make import MONDAY, centre, day, make_rooms, make_stay, season

HOIST = frozenset({"hoist"})


def rooming_of(rooms: tuple[Bedroom, ...], *stays: Stay) -> Rooming:
    made = choose_rooms(rooms, stays, today=MONDAY, effort=1)
    assert check(rooms, stays, made, MONDAY) == ()
    return made


@st.composite
def spans(draw: st.DrawFn) -> list[Stay]:
    pairs = draw(st.lists(st.tuples(st.integers(-3, 6), st.integers(1, 6)), max_size=12))
    return [make_stay(f"s{i:02}", first, first + nights) for i, (first, nights) in enumerate(pairs)]


def peak(stays: list[Stay]) -> int:
    return max(Counter(night for stay in stays for night in stay.nights(MONDAY)).values(), default=0)


@given(spans())
def test_alike_rooms_are_needed_only_as_many_as_the_fullest_night_has_stays(stays: list[Stay]) -> None:
    live = tuple(stay for stay in stays if stay.nights(MONDAY))
    found = colour(make_rooms(peak(stays)), live, MONDAY, {}, {})
    assert len(found) == len(live)
    assert len({room.name for room in found.values()}) == peak(stays)
    if peak(stays):
        with pytest.raises(ValueError, match="no room of its class"):
            colour(make_rooms(peak(stays) - 1), live, MONDAY, {}, {})


@st.composite
def houses(draw: st.DrawFn) -> tuple[tuple[Bedroom, ...], tuple[Stay, ...]]:
    rooms = tuple(
        Bedroom(
            f"r{i}",
            draw(st.integers(0, 2)),
            draw(st.sampled_from("AB")),
            i,
            draw(st.sampled_from([frozenset(), HOIST])),
            draw(st.sampled_from([(), ((day(1), day(3)),)])),
        )
        for i in range(draw(st.integers(1, 5)))
    )
    asked = [
        replace(
            stay,
            kind=draw(st.integers(0, 2)),
            needs=draw(st.sampled_from([frozenset(), HOIST])),
            group=draw(st.sampled_from("FM")),
        )
        for stay in draw(spans())
    ]
    return rooms, tuple(asked)


@settings(max_examples=40, deadline=None)
@given(houses())
def test_never_two_in_a_room_and_a_reason_for_whoever_has_none(
    house: tuple[tuple[Bedroom, ...], tuple[Stay, ...]],
) -> None:
    rooms, stays = house
    made = choose_rooms(rooms, stays, today=MONDAY, effort=1)
    assert check(rooms, stays, made, MONDAY) == ()
    assert {one.stay for one in made.without} | set(made.rooms) == {s.name for s in stays if s.nights(MONDAY)}


@settings(max_examples=40, deadline=None)
@given(spans(), st.integers(1, 6))
def test_alike_rooms_take_everybody_who_was_sold_a_night(stays: list[Stay], count: int) -> None:
    taken, refused = take_on(make_rooms(count), stays)
    assert rooming_of(make_rooms(count), *taken).without == ()
    assert bool(refused) == (len(taken) < len(stays))


def test_nights_are_sold_by_kind_and_the_full_night_is_named() -> None:
    rooms = (Bedroom("plain"), Bedroom("en-suite", kind=1))
    asked = (
        make_stay("a", 0, 2),
        make_stay("b", 1, 3),
        make_stay("c", 0, 2, kind=1),
        make_stay("d", 2, 4, kind=2),
        make_stay("e", 0, 1, kind=1),
    )
    taken, refused = take_on(rooms, asked)
    assert [stay.name for stay in taken] == ["a", "b", "e"]
    assert refused == (Without("c", "full", day(1)), Without("d", "no such room"))


def test_an_early_leaver_gives_nights_back() -> None:
    ledger, stay = Ledger(make_rooms(1)), make_stay("a", 0, 4)
    ledger.sell(stay)
    assert ledger.full_on(make_stay("b", 3, 5)) == day(3)
    ledger.give_back(make_stay("a", 2, 4))
    assert ledger.full_on(make_stay("b", 3, 5)) is None


def test_needs_are_met_and_who_needs_nothing_leaves_those_rooms_to_others() -> None:
    rooms = (Bedroom("adapted", kind=1, has=HOIST), Bedroom("plain"))
    made = rooming_of(rooms, make_stay("a"), make_stay("b", needs=HOIST))
    assert made.rooms == {"a": "plain", "b": "adapted"}
    assert rooming_of(rooms, make_stay("a", needs=frozenset({"quiet"}))).without == (
        Without("a", "no such room"),
    )


def test_corridors_are_not_mixed_where_that_can_be_helped() -> None:
    rooms = (*make_rooms(2, corridor="A"), Bedroom("B0", corridor="B"), Bedroom("B1", corridor="B"))
    stays = [make_stay(f"s{i}", group="FM"[i % 2]) for i in range(4)]
    assert rooming_of(rooms, *stays).mixed_corridors == ()
    full = rooming_of(rooms[:3], *stays[:3], make_stay("t", 3, 4, group="M"))
    assert full.without == ()


def test_a_carer_is_given_the_room_beside() -> None:
    rooms = make_rooms(6, corridor="A")
    made = rooming_of(rooms, make_stay("a"), make_stay("carer", beside="z"), make_stay("b"), make_stay("z"))
    numbers = {room.name: room.number for room in rooms}
    assert abs(numbers[made.rooms["carer"]] - numbers[made.rooms["z"]]) == 1


def test_a_promised_room_is_kept_and_a_shut_one_left_empty() -> None:
    rooms = (*make_rooms(2), Bedroom("shut", shut=((day(0), day(1)),)))
    made = rooming_of(
        rooms, make_stay("a", room="room 00", locked=True), make_stay("b"), make_stay("c", 1, 2)
    )
    assert made.rooms["a"] == "room 00"
    assert made.rooms["c"] == "shut"
    [none] = rooming_of(rooms[1:], make_stay("b"), make_stay("d")).without
    assert (none.why, none.night) == ("full", day(0))


def test_whoever_stays_longer_keeps_their_room_and_the_next_guest_has_another() -> None:
    rooms = make_rooms(2)
    guest = make_stay("guest", -2, 1, room="room 00", in_house=True)
    following = make_stay("next", 1, 3, room="room 00")
    ledger = Ledger(rooms)
    for stay in (guest, following):
        ledger.sell(stay)
    longer = extended(guest, ledger, 1)
    assert longer is not None
    made = rooming_of(rooms, longer, following)
    assert made.rooms == {"guest": "room 00", "next": "room 01"}
    assert made.moved == ()
    ledger.sell(make_stay("third", 2, 3))
    assert extended(longer, ledger, 1) is None


def test_somebody_in_the_house_is_moved_only_for_want_of_any_other_way() -> None:
    rooms = (Bedroom("adapted", has=HOIST), Bedroom("plain", kind=0))
    guest = make_stay("guest", -1, 2, room="adapted", in_house=True)
    made = rooming_of(rooms, guest, make_stay("b", 0, 1, needs=HOIST))
    assert made.moved == (("guest", "adapted", "plain"),)
    assert rooming_of(rooms, guest, make_stay("b", 0, 1)).moved == ()


def test_questions_that_make_no_sense_are_refused() -> None:
    for stays in (
        (make_stay("a"), make_stay("a")),
        (make_stay("a", 2, 2),),
        (make_stay("a", room="attic", in_house=True),),
    ):
        with pytest.raises(StayError):
            choose_rooms(make_rooms(1), stays, today=MONDAY)


def test_the_checker_sees_two_in_one_room() -> None:
    stays = (make_stay("a"), make_stay("b", 1, 3))
    both = Rooming({"a": "room 00", "b": "room 00"}, (), (), (), proved=True)
    assert check(make_rooms(1), stays, both, MONDAY) == (f"a and b are both in room 00 on {day(1)}.",)


@pytest.mark.slow
def test_a_full_centre_has_a_room_for_everybody_who_was_sold_one() -> None:
    rooms, seed = centre(), 5
    taken, refused = take_on(rooms, season(3, 110, seed))
    assert refused
    this_week = tuple(stay for stay in taken if stay.arrives < day(14))
    made = choose_rooms(rooms, this_week, today=MONDAY, effort=2)
    assert check(rooms, this_week, made, MONDAY) == ()
    assert made.without == ()
