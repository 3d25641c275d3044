"""Kinds of bedroom: added, renamed, counted, sold no more; corridors of rooms; an address for everybody."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from moothall.bookings.models import BedKind, CalendarFeed, Resource, Stay
from moothall.bookings.rules.bed_kinds import (
    Corridor,
    KindNamedAlready,
    LevelTaken,
    RoomsNamedAlready,
    TooManyRooms,
    add_bed_kind,
    add_bedrooms,
    change_bed_kind,
    free_levels,
    restore_bed_kind,
    retire_bed_kind,
)
from moothall.bookings.rules.beds import KindNotSold
from moothall.bookings.rules.house import change_stay
from moothall.bookings.rules.nights import DAY, BedsFull
from moothall.people.models import Place
from moothall.people.tests.make import AT, make_account

from .make import MONDAY, make_bed_kinds, make_bedrooms, make_reservation, make_resource, make_stay

pytestmark = pytest.mark.django_db


def test_a_kind_has_its_own_place_in_the_order_and_its_own_name() -> None:
    made = add_bed_kind(name="Standard", level=0, rate=Decimal(48), by=None, at=AT)
    with pytest.raises(LevelTaken):
        add_bed_kind(name="Better", level=0, rate=Decimal(60), by=None, at=AT)
    with pytest.raises(KindNamedAlready):
        add_bed_kind(name="standard ", level=1, rate=Decimal(60), by=None, at=AT)
    assert free_levels() == list(range(1, 10))
    changed = change_bed_kind(made, name="Plain", rate=Decimal(50), by=make_account(), at=AT)
    assert (changed.name, changed.rate, changed.level) == ("Plain", Decimal(50), 0)


def test_a_corridor_is_added_at_once_and_counts_for_the_nights_that_are_sold() -> None:
    place = make_bedrooms(1)
    make_stay(place)
    with pytest.raises(BedsFull):
        make_stay(place)
    kind, by = make_bed_kinds()[0], make_account()
    corridor = Corridor(place, "B", "Room", "Ystafell", first=201, count=3, step_free=True)
    made = add_bedrooms(kind, corridor, by=by, at=AT)
    assert [each.name for each in made] == ["Room 201", "Room 202", "Room 203"]
    assert made[0].name_cy == "Ystafell 201"
    assert [make_stay(place).place for _number in range(3)] == [place] * 3
    with pytest.raises(BedsFull):
        make_stay(place)
    with pytest.raises(RoomsNamedAlready, match="Room 203"):
        add_bedrooms(kind, Corridor(place, "B", "Room", first=203, count=2), by=by, at=AT)
    with pytest.raises(TooManyRooms):
        add_bedrooms(kind, Corridor(place, count=201), by=by, at=AT)


def test_a_kind_that_is_sold_no_more_keeps_what_is_sold_and_sells_nothing_new() -> None:
    place, by = make_bedrooms(2, 1), make_account()
    plain, better = make_bed_kinds()
    stay = make_stay(place)
    retire_bed_kind(plain, by=by, at=AT)
    with pytest.raises(KindNotSold):
        make_stay(place)
    other = make_stay(place, level=1)
    given: dict[str, Any] = {
        "arrives_on": MONDAY,
        "leaves_on": MONDAY + 2 * DAY,
        "needs": [],
        "by": by,
        "at": AT,
    }
    assert change_stay(stay=stay, kind=plain, **given).nights == 2
    with pytest.raises(KindNotSold):
        change_stay(stay=other, kind=plain, **given)
    restore_bed_kind(plain, by=by, at=AT)
    assert make_stay(place, arrives_on=MONDAY + 9 * DAY).kind == plain
    assert better in BedKind.objects.in_use()


def test_the_page_adds_a_kind_and_its_rooms_and_counts_them(client: Client) -> None:
    client.force_login(make_account("bookings.manage"))
    address = reverse("bed_kinds")
    assert "No kind of bedroom is there yet" in client.get(address).text
    client.post(
        reverse("add_bed_kind"), {"name": "Standard", "name_cy": "Safonol", "rate": "48", "level": "0"}
    )
    kind = BedKind.objects.get()
    house = Place.objects.create(name="Tŷ Hafan")
    form = {"place": house.pk, "corridor": "A", "before_number": "Room", "first": 1, "count": 4}
    client.post(reverse("add_bedrooms", args=[kind.pk]), form | {"step_free": "on"})
    page = client.get(address).text
    assert "Tŷ Hafan: 4" in page
    assert "4 without steps" in page
    assert Resource.objects.filter(bed_kind=kind, for_appointments=False).count() == 4
    again = client.post(reverse("add_bedrooms", args=[kind.pk]), form)
    assert "There is a bedroom “Room 1”" in again.text
    client.post(reverse("retire_bed_kind", args=[kind.pk]))
    assert "not sold any more" in client.get(address).text
    client.post(reverse("edit_bed_kind", args=[kind.pk]), {"name": "Plain", "rate": "50"})
    kind.refresh_from_db()
    assert (kind.name, kind.level) == ("Plain", 0)


def test_the_page_takes_as_many_queries_for_many_as_for_few(client: Client) -> None:
    client.force_login(make_account("bookings.manage"))
    make_stay(make_bedrooms(1))
    client.get(reverse("bed_kinds"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("bed_kinds"))
    for _number in range(3):
        make_stay(make_bedrooms(2, 2))
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("bed_kinds"))
    assert Stay.objects.count() == 4
    assert len(many) == len(few)


def test_without_bedrooms_whoever_sets_up_is_led_there_and_others_are_told_who_does(client: Client) -> None:
    client.force_login(make_account("bookings.book", "bookings.manage"))
    for page in ("arrivals", "bedroom_plan"):
        assert reverse("bed_kinds") in client.get(reverse(page)).text
    client.force_login(make_account("bookings.book"))
    assert reverse("bed_kinds") not in client.get(reverse("bedroom_plan")).text


def test_whoever_books_nothing_has_an_address_of_their_own_and_a_new_one_ends_the_old(client: Client) -> None:
    account = make_account()
    client.force_login(account)
    page = client.get(reverse("calendar_feeds")).text
    assert "Make my address" in page
    assert "never with whom" in page
    assert "Whose diary?" not in page
    first, second = (_address(client) for _number in range(2))
    assert first != second
    assert Client().get(first).status_code == 404
    calendar = Client().get(second)
    assert calendar["Content-Type"].startswith("text/calendar")
    assert Calendar.from_ical(calendar.content)["x-wr-calname"] == account.name
    assert client.post(reverse("open_calendar_feed"), {"resource": make_resource().pk}).status_code == 404
    [feed] = CalendarFeed.objects.standing()
    client.post(reverse("withdraw_calendar_feed", args=[feed.pk]))
    assert Client().get(second).status_code == 404


def test_the_diary_of_a_room_ends_with_the_permission_to_book_and_ones_own_does_not() -> None:
    account = make_account("bookings.book")
    room = make_reservation().takings.get().resource
    client = Client()
    client.force_login(account)
    of_room, own = _address(client, resource=room.pk), _address(client)
    assert Client().get(of_room).status_code == 200
    account.grants.all().delete()
    assert Client().get(of_room).status_code == 404
    assert Client().get(own).status_code == 200


def _address(client: Client, **given: int) -> str:
    found = re.search(r"/calendars/[\w-]+\.ics", client.post(reverse("open_calendar_feed"), given).text)
    assert found
    return found[0]
