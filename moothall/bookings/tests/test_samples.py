"""The demo of a house of bedrooms, on whichever day it is made."""

import datetime as dt

import pytest

from moothall.bookings.models import Resource, Stay
from moothall.bookings.rules.sample_stays import load_sample_stays
from moothall.core.clock import in_london
from moothall.core.packs import Pack, Progress, find_pack, read_about
from moothall.people.tests.make import make_person

from .make import make_bedrooms, make_resource, wall

pytestmark = pytest.mark.django_db
THURSDAY, SUNDAY = dt.date(2026, 11, 26), dt.date(2026, 11, 29)


@pytest.mark.parametrize("today", [THURSDAY, SUNDAY])
def test_on_the_next_sunday_sixty_arrive_and_some_are_here_already(today: dt.date) -> None:
    house = make_bedrooms(54, 30)
    Resource.objects.filter(bed_kind__level=1).update(step_free=True)
    for _each in range(6):
        make_resource(place=house)
    for _each in range(80):
        make_person()
    folder = find_pack("people-services")
    pack = Pack("people-services", folder, read_about(folder), wall(9, on=today), demo=True, scale=0.1)
    load_sample_stays(pack, Progress())
    coming = Stay.objects.filter(arrives_on=SUNDAY)
    assert coming.count() == 60
    assert coming.filter(room=None).count() == 0
    assert Stay.objects.in_house().count() > 5
    assert in_london(pack.at).date() == today
    load_sample_stays(pack, Progress())
    assert Stay.objects.filter(arrives_on=SUNDAY).count() == 60
