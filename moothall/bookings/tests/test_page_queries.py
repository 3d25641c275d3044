"""Every list of bookings takes as many queries for many rows as for few."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.bookings.models import (
    DeskMessage,
    Feature,
    Layout,
    Panel,
    PanelMember,
    ProtectedTime,
    Refreshment,
    RefreshmentLine,
    Reservation,
    ReservationSeries,
    SiteJourney,
)
from moothall.bookings.rules.bringing import bring_in
from moothall.bookings.rules.feeds import open_feed
from moothall.bookings.rules.front_desk import expect_visitor, hand_out_key
from moothall.bookings.rules.reserving import reserve
from moothall.bookings.rules.setting import shut
from moothall.core.clock import now, today
from moothall.people.models import Account, Place
from moothall.people.tests.make import make_account, make_team
from moothall.people.tests.pages import signed_in_as

from .make import make_bedrooms, make_resource, make_room, wall

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
FEW, MANY = 2, 6
Grow = Callable[[int, Account], None]
"""Makes one more row, as this account; it is told which."""


def ahead(days: int = 7) -> dt.date:
    return today() + days * DAY


def booked(by: Account, **changes: Any) -> Reservation:
    given: dict[str, Any] = {
        "title": "Gold group", "resources": [make_resource()], "starts_at": wall(10, on=ahead()),
        "ends_at": wall(11, on=ahead()), "by": by, "at": now(),
    }  # fmt: skip
    return reserve(**given | changes)


def of_recharge() -> tuple[str, Grow]:
    tea = Refreshment.objects.create(name="Tea", price=2)

    def grow(number: int, by: Account) -> None:
        made = booked(by, resources=[make_resource(rate=12)])
        Reservation.objects.filter(pk=made.pk).update(recharge_to=f"C{number % 3}")
        RefreshmentLine.objects.create(reservation=made, refreshment=tea, number=4, price=2)

    return f"{reverse('recharge')}?on={ahead()}", grow


def make_panel(name: str) -> Panel:
    return Panel.objects.create(name=name, made_at=now(), place=Place.objects.create(name=f"Site of {name}"))


def of_panels() -> tuple[str, Grow]:
    def grow(number: int, by: Account) -> None:
        panel = make_panel(f"Board {number}")
        for _each in range(number):
            PanelMember.objects.create(panel=panel, account=make_account())

    return reverse("panels"), grow


def of_a_panel() -> tuple[str, Grow]:
    panel = make_panel("The board")

    def grow(number: int, by: Account) -> None:
        PanelMember.objects.create(panel=panel, account=make_account(), deputy=make_account())

    return reverse("panel", args=[panel.pk]), grow


def of_meeting_rules() -> tuple[str, Grow]:
    def grow(number: int, by: Account) -> None:
        ProtectedTime.objects.create(why=f"Lunch {number}", begins=dt.time(12), ends=dt.time(13))
        one, other = (Place.objects.create(name=f"{side} {number}") for side in ("North", "South"))
        SiteJourney.objects.create(one=one, other=other, minutes=20)

    return reverse("meeting_rules"), grow


def of_feeds() -> tuple[str, Grow]:
    calendar = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
        f"DTSTART:{ahead():%Y%m%d}T100000Z\r\nDTEND:{ahead():%Y%m%d}T110000Z\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )

    def grow(number: int, by: Account) -> None:
        room = make_resource()
        open_feed(account=by, resource=room, at=now())
        bring_in(
            resource=room, name=f"Old {number}", raw=calendar.encode(), is_private=False, by=by, at=now()
        )

    return reverse("calendar_feeds"), grow


def of_a_day() -> tuple[str, Grow]:
    layout = Layout.objects.create(name="Theatre")
    tea = Refreshment.objects.create(name="Tea", price=2)

    def grow(number: int, by: Account) -> None:
        made = booked(make_account())
        Reservation.objects.filter(pk=made.pk).update(layout=layout)
        RefreshmentLine.objects.create(reservation=made, refreshment=tea, number=4, price=2)

    return f"{reverse('rooms_day')}?on={ahead()}", grow


def of_a_series(by: Account) -> tuple[str, Grow]:
    series = ReservationSeries.objects.create(every_days=7, made_by=by, made_at=now())
    room = make_resource()

    def grow(number: int, by: Account) -> None:
        made = booked(
            by, resources=[room, make_resource()], starts_at=wall(10, on=ahead(7 * number + 7)),
            ends_at=wall(11, on=ahead(7 * number + 7)),
        )  # fmt: skip
        Reservation.objects.filter(pk=made.pk).update(series=series)

    return reverse("reservation_series", args=[series.pk]), grow


def of_setting_up() -> tuple[str, Grow]:
    def grow(number: int, by: Account) -> None:
        place = Place.objects.create(name=f"Office {number}")
        room = make_room(place=place, name=f"Room {number}")
        shut(
            place=None, room=room, first=ahead(), after=dt.time(0), last=ahead(), before=None, reason="Flood",
            by=by, at=now(),
        )  # fmt: skip

    return reverse("appointment_setup"), grow


def of_the_desk() -> tuple[str, Grow]:
    """Visitors, keys and messages of one place."""
    place = make_bedrooms(MANY + 1)

    def grow(number: int, by: Account) -> None:
        expect_visitor(
            name=f"Visitor {number}", organisation="", place=place, expected_at=now(), host=make_account(),
            needs="", by=by, at=now(),
        )  # fmt: skip
        key = make_resource(place=place)
        hand_out_key(resource=key, to_whom=f"Guest {number}", by=by, at=now())
        DeskMessage.objects.create(
            place=place, for_whom=f"Guest {number}", words="Ring home", left_at=now(), left_by=make_account()
        )

    return f"{reverse('reception')}?place={place.pk}", grow


def of_what_waits() -> tuple[str, Grow]:
    """What a team has to agree to."""

    def grow(number: int, by: Account) -> None:
        room = make_resource(asks_approval=True, team=make_team())
        room.features.add(Feature.objects.create(key=f"f{number}", name=f"Feature {number}"))
        booked(make_account(), resources=[room])

    return reverse("my_bookings"), grow


LISTS = [
    of_recharge, of_panels, of_a_panel, of_meeting_rules, of_feeds, of_a_day, of_setting_up, of_the_desk,
    of_what_waits,
]  # fmt: skip


@pytest.fixture
def booker() -> Account:
    return make_account("bookings.book", "bookings.manage", team=make_team())


@pytest.fixture
def client(booker: Account) -> Client:
    return signed_in_as(booker)


def compare(client: Client, by: Account, address: str, grow: Grow) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    for number in range(FEW):
        grow(number, by)
    asked()
    few = asked()
    for number in range(FEW, MANY):
        grow(number, by)
    asked()  # once a minute a session is brought up to date
    assert asked() == few


@pytest.mark.parametrize("of", LISTS, ids=lambda of: of.__name__)
def test_a_list_asks_as_often_for_many_as_for_few(
    client: Client, booker: Account, of: Callable[[], tuple[str, Grow]]
) -> None:
    address, grow = of()
    compare(client, booker, address, grow)


def test_a_series_asks_as_often_for_many_as_for_few(client: Client, booker: Account) -> None:
    address, grow = of_a_series(booker)
    compare(client, booker, address, grow)
