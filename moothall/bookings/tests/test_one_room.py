"""Two hundred people and one room: one has it, the others hear who, and what is free instead."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from moothall.bookings.models import Reservation, Taking
from moothall.bookings.rules.refusals import Taken
from moothall.cases.tests.make import AT

from .make import make_reservation, make_resource

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PEOPLE, AT_ONCE = 200, 10


def test_of_two_hundred_people_one_has_the_room_and_the_others_hear_what_is_free() -> None:
    room = make_resource(name="Castle room")
    also = make_resource(name="Gallery", place=room.place)
    ready = Barrier(AT_ONCE, timeout=120)

    def share(_number: int) -> list[Taken | Reservation]:
        said: list[Taken | Reservation] = []
        try:
            ready.wait()
            for _person in range(PEOPLE // AT_ONCE):
                try:
                    said.append(make_reservation(room, at=AT))
                except Taken as taken:
                    said.append(taken)
            return said
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        said = [each for found in pool.map(share, range(AT_ONCE), timeout=900) for each in found]
    refused = [each for each in said if isinstance(each, Taken)]
    assert len(refused) == PEOPLE - 1
    assert all(also.name in str(each) and len(each.instead.times) == 3 for each in refused)
    assert Reservation.objects.count() == Taking.objects.count() == 1
