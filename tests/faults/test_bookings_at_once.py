"""Many people on few rooms: nothing is taken twice, nobody waits in a ring; who loses hears what is free."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from django.db import connection

from moothall.bookings.models import BedKind, BedNight, Resource, Stay, Taking
from moothall.bookings.rules.beds import Beds
from moothall.bookings.rules.nights import BedsFull
from moothall.bookings.rules.refusals import Taken
from moothall.bookings.rules.reserving import move, reserve
from moothall.bookings.tests.make import (
    MONDAY,
    make_bed_kinds,
    make_bedrooms,
    make_resource,
    make_stay,
    wall,
)
from moothall.cases.tests.make import AT
from moothall.people.models import Place
from tests.faults.results import fault, seed_for

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
PEOPLE, ATTEMPTS, ROOMS, DAYS = 8, 120, 6, 5
ONE_ROOM, AT_ONCE = 200, 30
HOUR = dt.timedelta(hours=1)
DOUBLED = """
SELECT count(*) FROM bookings_taking one JOIN bookings_taking other
    ON one.resource_id = other.resource_id AND one.id < other.id AND one.blocked && other.blocked
 WHERE one.stands AND other.stands
"""
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


def one_number(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        ((number,),) = cursor.fetchall()
    return int(number)


def test_eight_people_book_and_move_at_once_and_nothing_is_taken_twice() -> None:
    """Several rooms at a time, in any order, some moved to other rooms afterwards."""
    rooms = [make_resource() for _ in range(ROOMS)]
    seed = seed_for(11)
    before = one_number(DEADLOCKS)

    def work(person: int) -> int:
        rng, taken = Random(seed * 100 + person), 0
        try:
            for _ in range(ATTEMPTS):
                taken += _attempt(rng, rooms)
            return taken
        finally:
            connection.close()

    with fault(2, "rooms, many people", f"{PEOPLE} × {ATTEMPTS} bookings of {ROOMS} rooms", seed=seed) as row:
        row.n = PEOPLE * ATTEMPTS
        with ThreadPoolExecutor(PEOPLE) as people:
            taken = sum(people.map(work, range(PEOPLE)))
        row.doubled = one_number(DOUBLED)
        assert row.doubled == 0
        assert taken > 0
        assert one_number(DEADLOCKS) == before


def _attempt(rng: Random, rooms: list[Resource]) -> int:
    """One booking of one to three rooms; every third is moved to others."""
    begins = wall(rng.randrange(8, 18), on=MONDAY + dt.timedelta(days=rng.randrange(DAYS)))
    ends = begins + dt.timedelta(hours=rng.randint(1, 3))
    chosen = rng.sample(rooms, rng.randint(1, 3))
    try:
        made = reserve(title="Race", resources=chosen, starts_at=begins, ends_at=ends, by=None, at=AT)
        if rng.randrange(3) == 0:
            move(
                reservation=made, starts_at=begins, ends_at=ends, resources=rng.sample(rooms, len(chosen)),
                by=None, at=AT,
            )  # fmt: skip
    except Taken:
        return 0
    return 1


def test_of_two_hundred_on_one_room_one_wins_and_the_rest_hear_what_is_free() -> None:
    room = make_resource()
    make_resource(place=room.place, name="The other")

    def book(person: int) -> str:
        try:
            reserve(
                title=f"Group {person}",
                resources=[room],
                starts_at=wall(10),
                ends_at=wall(11),
                by=None,
                at=AT,
            )
        except Taken as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with fault(2, "one room, many people", f"{ONE_ROOM} people book the same hour") as row:
        row.n = ONE_ROOM
        with ThreadPoolExecutor(AT_ONCE) as crowd:
            said = list(crowd.map(book, range(ONE_ROOM)))
        taken = Taking.objects.standing().filter(resource=room).count()
        row.lost, row.doubled = max(1 - taken, 0), max(taken - 1, 0)
        assert said.count("") == taken == 1
        assert all("Free nearest" in each and "The other" in each for each in said if each)


def test_of_two_hundred_on_the_last_bed_one_wins_and_the_rest_hear_what_is_left() -> None:
    place = make_bedrooms(1, 1)
    make_stay(place, level=1)

    def ask(person: int) -> str:
        try:
            make_stay(place, guest=f"Guest {person}")
        except BedsFull as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with fault(2, "last bed, many people", f"{ONE_ROOM} people ask for the last bed") as row:
        row.n = ONE_ROOM
        with ThreadPoolExecutor(AT_ONCE) as crowd:
            said = list(crowd.map(ask, range(ONE_ROOM)))
        sold = Stay.objects.standing().filter(kind__level=0).count()
        row.lost, row.doubled = max(1 - sold, 0), max(sold - 1, 0)
        assert said.count("") == sold == 1
        assert all("0 left, 1 asked for" in each and "free from" in each for each in said if each)
        assert all(each.sold <= each.there_are for each in BedNight.objects.all())


def test_many_sell_several_nights_and_events_at_once_and_nobody_waits_in_a_ring() -> None:
    """Half of them for an event with a room, half alone; over three nights of two houses."""
    houses = [make_bedrooms(4, 4) for _ in range(2)]
    rooms = [make_resource() for _ in range(2)]
    kinds = make_bed_kinds()
    seed = seed_for(12)
    before = one_number(DEADLOCKS)

    def work(person: int) -> int:
        rng, sold = Random(seed * 100 + person), 0
        try:
            for _ in range(30):
                sold += _sale(rng, houses, rooms, kinds)
            return sold
        finally:
            connection.close()

    with fault(2, "beds, many people", f"{PEOPLE} × 30 sales of nights in two houses", seed=seed) as row:
        row.n = PEOPLE * 30
        with ThreadPoolExecutor(PEOPLE) as people:
            sold = sum(people.map(work, range(PEOPLE)))
        over = [each for each in BedNight.objects.all() if each.sold > each.there_are]
        row.doubled = len(over)
        assert over == []
        assert sold > 0
        assert one_number(DEADLOCKS) == before
    for each in BedNight.objects.filter(need=""):
        stays = Stay.objects.standing().filter(place=each.place, kind__level__gte=each.level)
        assert stays.filter(arrives_on__lte=each.night, leaves_on__gt=each.night).count() == each.sold


def _sale(rng: Random, houses: list[Place], rooms: list[Resource], kinds: list[BedKind]) -> int:
    first = MONDAY + dt.timedelta(days=rng.randrange(10))
    house, level, nights = rng.choice(houses), rng.randrange(2), rng.randint(1, 3)
    try:
        if rng.randrange(2):
            make_stay(house, level=level, arrives_on=first, leaves_on=first + dt.timedelta(days=nights))
            return 1
        begins = wall(rng.randrange(8, 18), on=first)
        beds = [Beds(rng.randint(1, 2), each, kinds[level]) for each in rng.sample(houses, 2)]
        made = reserve(
            title="Race", resources=[rng.choice(rooms)], starts_at=begins, ends_at=begins + HOUR, by=None,
            at=AT, beds=beds,
        )  # fmt: skip
        if rng.randrange(2):
            day = dt.timedelta(days=rng.choice((-1, 1)))
            move(reservation=made, starts_at=begins + day, ends_at=begins + day + HOUR, by=None, at=AT)
    except (BedsFull, Taken):
        return 0
    return 1
