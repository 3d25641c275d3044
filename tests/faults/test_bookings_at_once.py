"""Many people on few rooms: nothing is taken twice, nobody waits in a ring; who loses hears what is free."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from django.db import connection

from moothall.bookings.models import Resource, Taking
from moothall.bookings.rules.refusals import Taken
from moothall.bookings.rules.reserving import move, reserve
from moothall.bookings.tests.make import MONDAY, make_resource, wall
from moothall.cases.tests.make import AT
from tests.faults.results import fault, seed_for

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
PEOPLE, ATTEMPTS, ROOMS, DAYS = 8, 120, 6, 5
ONE_ROOM, AT_ONCE = 200, 30
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
