"""The pages of rooms: what is booked, booking it, moving it, and everything else that is done to it."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.bookings.models import (
    CalendarFeed,
    Layout,
    Refreshment,
    Reservation,
    Resource,
    Taking,
    Wish,
)
from moothall.bookings.rules.reserving import reserve
from moothall.bookings.rules.setting import shut
from moothall.core.clock import in_london, now, today
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_team
from moothall.people.tests.pages import signed_in_as

from .make import make_divided, make_resource, wall

pytestmark = pytest.mark.django_db


@pytest.fixture
def booker() -> Account:
    return make_account("bookings.book", "bookings.manage", team=make_team())


@pytest.fixture
def client(booker: Account) -> Client:
    return signed_in_as(booker)


def ahead(days: int = 7) -> dt.date:
    return today() + dt.timedelta(days=days)


def made(*resources: Resource, **changes: object) -> Reservation:
    given: dict[str, object] = {
        "title": "Gold group", "resources": resources or [make_resource()], "starts_at": wall(10, on=ahead()),
        "ends_at": wall(11, on=ahead()), "by": None, "at": now(),
    }  # fmt: skip
    return reserve(**given | changes)  # type: ignore[arg-type]


def asked(**changes: object) -> str:
    given: dict[str, object] = {
        "on": f"{ahead():%d/%m/%Y}", "begins": "10:00", "ends": "11:00", "kind": "ROOM", "last_on": "",
        "place": "", "people": "", "feature": "",
    }  # fmt: skip
    return "&".join(f"{name}={value}" for name, value in (given | changes).items())


def send(client: Client, resource: Resource, *, looking: str = "", **changes: object) -> object:
    given = {"resources": [resource.pk], "title": "Gold group"}
    return client.post(f"{reverse('reserve')}?{looking or asked()}", given | changes)


def test_the_week_and_the_day_show_what_is_booked(client: Client) -> None:
    reservation = made(title="Gold group")
    made(title="Not to be seen", is_private=True)
    for name in ("rooms_week", "rooms_day"):
        page = client.get(reverse(name), {"on": ahead().isoformat()}).content.decode()
        assert "Gold group" in page
        assert reverse("reservation", args=[reservation.pk]) in page


def test_rooms_stand_as_people_count_the_second_before_the_tenth(client: Client) -> None:
    first = make_resource(name="Classroom 10")
    for name in ("Classroom 2", "Attic"):
        make_resource(name=name, place=first.place)
    for each in Resource.objects.filter(place=first.place):
        made(each)
    for name in ("rooms_week", "rooms_day"):
        where: dict[str, str | int] = {"on": ahead().isoformat(), "place": first.place.pk}
        page = client.get(reverse(name), where).content.decode()
        said = re.findall(r"Attic|Classroom 2\b|Classroom 10", page)
        assert list(dict.fromkeys(said)) == ["Attic", "Classroom 2", "Classroom 10"]


def test_what_is_private_is_not_there_for_others() -> None:
    reservation = made(title="Not to be seen", is_private=True)
    other = signed_in_as(make_account("bookings.book", team=make_team()))
    page = other.get(reverse("rooms_week"), {"on": ahead().isoformat()}).content.decode()
    assert "Not to be seen" not in page
    assert "Private booking" in page
    assert other.get(reverse("reservation", args=[reservation.pk])).status_code == 404


def test_the_week_says_in_the_line_of_a_whole_which_part_is_taken(client: Client) -> None:
    whole, left, right = make_divided()
    made(left, title="Gold group")
    made(whole, title="Open day", starts_at=wall(14, on=ahead()), ends_at=wall(15, on=ahead()))
    page = client.get(reverse("rooms_week"), {"on": ahead().isoformat()}).content.decode()
    lines = {
        each: page.partition(f'<th scope="row">{each.name} ')[2].partition("</tr>")[0]
        for each in (whole, left, right)
    }
    assert f"{left.name}: <a" in lines[whole]
    assert lines[whole].count("Open day") == 1
    assert ["Gold group" in lines[each] for each in (left, right)] == [True, False]
    assert ["Open day" in lines[each] for each in (left, right)] == [True, True]


def test_the_week_says_why_a_room_is_shut_and_offers_no_booking_of_it(client: Client) -> None:
    room = make_resource(name="50% <Larch>")
    shut(
        place=None, room=room, first=ahead(), after=dt.time(0), last=ahead(), before=None, reason="Flood",
        by=None, at=now(),
    )  # fmt: skip
    page = client.get(reverse("rooms_week"), {"on": ahead().isoformat()}).content.decode()
    assert page.count("Shut: Flood") == 1
    assert f"resource={room.pk}&amp;on={ahead():%d/%m/%Y}" not in page
    assert "50% &lt;Larch&gt;" in page
    assert "<Larch>" not in page


def test_the_week_asks_as_often_for_many_rooms_as_for_few(client: Client) -> None:
    room = make_resource()
    made(room)
    address = f"{reverse('rooms_week')}?on={ahead()}"
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    for number in range(20):
        made(make_resource(place=room.place), title=f"Board {number}")
    client.get(address)  # once a minute a session is brought up to date
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_my_bookings_ask_as_often_for_many_as_for_few(client: Client, booker: Account) -> None:
    made(by=booker)
    client.get(reverse("my_bookings"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("my_bookings"))
    for _ in range(8):
        made(by=booker)
    client.get(reverse("my_bookings"))  # once a minute a session is brought up to date
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("my_bookings"))
    assert len(many) == len(few)


def test_a_room_is_looked_for_and_booked_on_one_page(client: Client) -> None:
    room, taken = make_resource(name="Larch"), make_resource(name="Yew")
    made(taken)
    page = client.get(f"{reverse('reserve')}?{asked()}").content.decode()
    assert "Larch" in page
    assert "Yew" not in page
    tea = Refreshment.objects.create(name="Tea", price="1.50")
    layout = Layout.objects.create(name="Horseshoe")
    send(
        client, room, layout=layout.pk, recharge_to="C-100", invited="guest@example.org",
        **{f"refreshment_{tea.pk}": "4"},
    )  # fmt: skip
    found = Reservation.objects.get(title="Gold group", takings__resource=room)
    shown = client.get(reverse("reservation", args=[found.pk])).content.decode()
    for words in ("Larch", "Horseshoe", "4 × Tea", "£6.00", "C-100", "guest@example.org"):
        assert words in shown
    assert "C-100" in client.get(reverse("recharge"), {"on": ahead().isoformat()}).content.decode()
    file = client.get(reverse("recharge"), {"on": ahead().isoformat(), "as": "csv"}).content.decode()
    assert "C-100," in file


def test_what_is_taken_meanwhile_is_refused_and_can_be_waited_for(client: Client, booker: Account) -> None:
    room = make_resource(name="Larch")
    made(room, title="Silver group")
    answer = send(client, room)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert "Silver group" in page
    assert "Free nearest" in page
    waiting = {"begins": wall(10, on=ahead()).isoformat(), "ends": wall(11, on=ahead()).isoformat()}
    client.post(reverse("wait_for_room", args=[room.pk]), waiting | {"title": "Gold group"})
    wish = Wish.objects.get(made_by=booker)
    assert "Silver group" in client.get(reverse("my_bookings")).content.decode()
    client.post(reverse("withdraw_wish", args=[wish.pk]))
    assert not Wish.objects.waiting().exists()


def test_a_series_lists_what_could_not_be_had(client: Client) -> None:
    room = make_resource(name="Larch")
    made(room, title="Silver group", starts_at=wall(10, on=ahead(14)), ends_at=wall(11, on=ahead(14)))
    until = f"{ahead(28):%d/%m/%Y}"
    answer = send(client, room, every="7", until_on=until)
    page = client.get(answer["Location"]).content.decode()  # type: ignore[index]
    assert "1 time could not be had" in page
    assert "Silver group" in page
    assert Reservation.objects.filter(title="Gold group").count() == 3
    series = Reservation.objects.filter(title="Gold group").first()
    assert series is not None
    client.post(reverse("cancel_reservations", args=[series.series_id]), {"because": "Over"})
    assert not Reservation.objects.standing().filter(title="Gold group").exists()


def test_a_hold_is_confirmed_moved_cancelled_and_the_cancellation_undone(client: Client) -> None:
    room = make_resource()
    send(client, room, hold="1")
    found = Reservation.objects.get()
    client.post(reverse("confirm_reservation", args=[found.pk]))
    moving = {
        "on": f"{ahead(8):%d/%m/%Y}", "begins": "14:00", "ends": "15:00", "resources": [room.pk],
    }  # fmt: skip
    client.post(reverse("move_reservation", args=[found.pk]), moving)
    found.refresh_from_db()
    assert in_london(found.starts_at).hour == 14
    client.post(reverse("cancel_reservation", args=[found.pk]), {"because": "Nobody can come"})
    found.refresh_from_db()
    assert found.state == Reservation.CANCELLED
    last = found.events.first()
    assert last is not None
    client.post(reverse("undo_reservation", args=[found.pk, last.pk]))
    found.refresh_from_db()
    assert found.state == Reservation.CONFIRMED
    assert Taking.objects.standing().filter(reservation=found).count() == 1


def test_what_belongs_to_another_record_is_changed_there(client: Client) -> None:
    found = made(about_kind="training.session", about_id=1)
    answer = client.post(reverse("cancel_reservation", args=[found.pk]), {"because": "No"})
    assert answer.status_code == 409
    assert found.events.count() == 1


def test_somebody_of_the_team_agrees_or_does_not(booker: Account, client: Client) -> None:
    room = make_resource(asks_approval=True, team=make_team())
    asker = make_account("bookings.book", team=make_team())
    first = made(room, by=asker)
    second = made(room, by=asker, starts_at=wall(14, on=ahead()), ends_at=wall(15, on=ahead()))
    refused = signed_in_as(asker).post(reverse("agree_reservation", args=[first.pk]))
    assert refused.status_code == 409
    client.post(reverse("agree_reservation", args=[first.pk]))
    client.post(reverse("refuse_reservation", args=[second.pk]), {"because": "Works on the roof"})
    states = dict(Reservation.objects.values_list("pk", "state"))
    assert states == {first.pk: Reservation.CONFIRMED, second.pk: Reservation.CANCELLED}


def test_what_is_private_is_agreed_to_by_whoever_may_see_it_alone() -> None:
    team = make_team()
    room = make_resource(asks_approval=True, team=team)
    asker = make_account("bookings.book", team=make_team())
    made(room, title="Not to be seen", is_private=True, by=asker)
    page = reverse("my_bookings")
    assert "Not to be seen" in signed_in_as(asker).get(page).content.decode()
    assert (
        "Not to be seen"
        not in signed_in_as(make_account("bookings.book", team=team)).get(page).content.decode()
    )
    both = make_account("bookings.book", "bookings.manage", team=team)
    assert "Not to be seen" in signed_in_as(both).get(page).content.decode()


def test_a_calendar_reads_along_until_its_address_is_withdrawn(client: Client, booker: Account) -> None:
    made(by=booker, title="Gold group")
    page = client.post(reverse("open_calendar_feed"), {"resource": ""}).content.decode()
    found = re.search(r"/calendars/[\w-]+\.ics", page)
    assert found
    address = found[0]
    answer = Client().get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    assert "Gold group" in answer.content.decode()
    feed = CalendarFeed.objects.get()
    assert address.removeprefix("/calendars/").removesuffix(".ics") not in feed.fingerprint
    client.post(reverse("withdraw_calendar_feed", args=[feed.pk]))
    assert Client().get(address).status_code == 404


def test_a_resource_is_added_divided_and_taken_out_of_use(client: Client) -> None:
    place = make_resource().place
    half = make_resource(place=place)
    given = {
        "kind": "ROOM", "place": place.pk, "name": "Great hall", "capacity": 80, "setup_minutes": 15,
        "cleardown_minutes": 0, "rate": "12.50",
    }  # fmt: skip
    client.post(reverse("add_resource"), given)
    hall = Resource.objects.get(name="Great hall")
    client.post(reverse("edit_resource", args=[hall.pk]), given | {"parts": [half.pk]})
    assert list(hall.parts.all()) == [half]
    assert "divided into" in client.get(reverse("resources")).content.decode()
    client.post(reverse("retire_resource", args=[hall.pk]))
    hall.refresh_from_db()
    assert hall.retired_at is not None


def test_the_list_of_resources_asks_as_often_for_many_as_for_few(client: Client) -> None:
    make_resource()
    client.get(reverse("resources"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("resources"))
    for _ in range(6):
        make_resource()
    client.get(reverse("resources"))  # once a minute a session is brought up to date
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("resources"))
    assert len(many) == len(few)


def test_reception_has_visitors_keys_and_messages(client: Client) -> None:
    room = make_resource(name="Larch")
    place = room.place
    at = {"place": place.pk}
    client.post(
        reverse("add_visitor", args=[place.pk]),
        {"name": "Ada Musa", "on": f"{today():%d/%m/%Y}", "expected": "00:00"},
    )
    client.post(reverse("hand_out_key", args=[place.pk]), {"resource": room.pk, "to_whom": "Bo Lin"})
    client.post(reverse("leave_message", args=[place.pk]), {"for_whom": "Cai Huws", "words": "Ring home"})
    page = client.get(reverse("reception"), at).content.decode()
    for words in ("Ada Musa", "Bo Lin", "Ring home"):
        assert words in page
    visitor, loan = place_rows()
    for name, pk in (("visitor_missed", visitor), ("visitor_came", visitor), ("visitor_left", visitor)):
        assert client.post(reverse(name, args=[pk])).status_code == 302
    assert client.post(reverse("visitor_left", args=[visitor])).status_code == 409
    client.post(reverse("key_back", args=[loan]))
    client.post(reverse("give_message", args=[message()]))
    page = client.get(reverse("reception"), at).content.decode()
    assert "Every key is here." in page
    assert "No message waits." in page


def place_rows() -> tuple[int, int]:
    from moothall.bookings.models import KeyLoan, Visitor

    return Visitor.objects.get().pk, KeyLoan.objects.get().pk


def message() -> int:
    from moothall.bookings.models import DeskMessage

    return DeskMessage.objects.get().pk
