"""The pages of stays: sold, found while typing, checked in at a press, and planned."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.bookings.models import DeskMessage, KeyLoan, Resource, RoomPlan, Stay
from moothall.bookings.rules.house import check_in
from moothall.core.clock import now, today
from moothall.people.models import Account, Place
from moothall.people.tests.make import make_account, make_team
from moothall.people.tests.pages import signed_in_as

from .make import make_bed_kinds, make_bedrooms, make_reservation, make_stay

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
TWO = 2 * DAY


@pytest.fixture
def desk() -> Account:
    return make_account("bookings.book", team=make_team())


@pytest.fixture
def client(desk: Account) -> Client:
    return signed_in_as(desk)


def coming(place: Place, guest: str, **changes: object) -> Stay:
    given: dict[str, object] = {
        "arrives_on": today(),
        "leaves_on": today() + TWO,
        "at": now(),
        "guest": guest,
    }
    return make_stay(place, **given | changes)  # type: ignore[arg-type]


def page(client: Client, name: str = "arrivals", **asked: str | int) -> str:
    return client.get(reverse(name), asked).content.decode()


def nights(**changes: object) -> dict[str, object]:
    return {
        "kind": make_bed_kinds()[0].pk, "arrives_on": f"{today():%d/%m/%Y}",
        "leaves_on": f"{today() + TWO:%d/%m/%Y}",
    } | changes  # fmt: skip


def test_beds_are_sold_by_name_and_by_number(client: Client) -> None:
    place = make_bedrooms(4)
    sent = nights(place=place.pk, guests="Nia Bevan\nOla Obi", number="1", organisation="Gwent")
    assert client.post(reverse("sell_beds"), sent).status_code == 302
    assert sorted(each.guest for each in Stay.objects.all()) == ["", "Nia Bevan", "Ola Obi"]
    refused = client.post(reverse("sell_beds"), sent)
    assert refused.status_code == 422
    assert "1 left, 3 asked for" in refused.content.decode()
    assert "What is left" in page(client, "sell_beds")


def test_the_beds_of_an_event_stand_with_it_and_are_named_there(client: Client, desk: Account) -> None:
    place = make_bedrooms(4)
    event = make_reservation(by=desk)
    client.post(f"{reverse('sell_beds')}?event={event.pk}", nights(place=place.pk, guests="", number="2"))
    shown = client.get(reverse("reservation", args=[event.pk])).content.decode()
    assert "2 × Kind 0" in shown
    client.post(reverse("name_guests", args=[event.pk]), {"names": "Nia Bevan"})
    assert "Nia Bevan" in client.get(reverse("reservation", args=[event.pk])).content.decode()
    many = client.post(reverse("name_guests", args=[event.pk]), {"names": "A\nB\nC"})
    assert "3 names for 1 beds" in many.content.decode()


def test_a_guest_is_found_while_typing(client: Client) -> None:
    place = make_bedrooms(4)
    coming(place, "Nia Bevan", organisation="Gwent")
    coming(place, "Ola Obi")
    for words in ("bev", "GWENT", "nia be"):
        part = client.get(reverse("arrivals"), {"q": words}, headers={"HX-Request": "true"}).content.decode()
        assert "Nia Bevan" in part
        assert "Ola Obi" not in part
        assert "<html" not in part
    assert "Nobody of that name is to come" in page(client, q="Zebedee")


def test_one_press_checks_in_and_hands_out_the_key_and_can_be_undone(client: Client) -> None:
    place = make_bedrooms(2)
    stay = coming(place, "Nia Bevan")
    DeskMessage.objects.create(place=place, for_whom="nia bevan", words="Ring home", left_at=now())
    shown = page(client)
    assert "Ring home" in shown
    assert shown.count('data-key="Control+Enter"') == 1
    client.post(reverse("guest_came", args=[stay.pk]))
    loan = KeyLoan.objects.get()
    assert loan.stay == stay
    assert "has the key of" in page(client)
    event = stay.events.first()
    assert event is not None
    client.post(reverse("undo_stay", args=[stay.pk, event.pk]))
    stay.refresh_from_db()
    assert stay.state == Stay.BOOKED
    assert not KeyLoan.objects.filter(back_at=None).exists()


def test_what_cannot_be_done_is_said_on_the_list(client: Client) -> None:
    place = make_bedrooms(1)
    stay = coming(place, "Nia Bevan", arrives_on=today() + DAY)
    answer = client.post(reverse("guest_came", args=[stay.pk]), follow=True)
    assert "They are expected from" in answer.content.decode()


def test_no_shows_leavers_and_the_rest_stand_in_lists_of_their_own(client: Client, desk: Account) -> None:
    place = make_bedrooms(5)
    gone, missed = coming(place, "Ada"), coming(place, "Bo")
    check_in(stay=gone, by=desk, at=now(), today=today())
    client.post(reverse("guest_left", args=[gone.pk]), {"without_key": "yes"})
    client.post(reverse("guest_missed", args=[missed.pk]))
    coming(place, "Cai", expected=dt.time(22))
    shown = page(client)
    for words in ("Here after all", "after eight", "comes at 22:00", "key still out"):
        assert words in shown
    gone.refresh_from_db()
    assert gone.leaves_on == today() + DAY
    client.post(reverse("guest_came", args=[missed.pk]))
    missed.refresh_from_db()
    assert missed.state == Stay.HERE


def test_the_list_asks_as_often_for_many_as_for_few(client: Client) -> None:
    place = make_bedrooms(12)
    coming(place, "Ada")
    page(client)
    with CaptureQueriesContext(connection) as few:
        page(client)
    for number in range(9):
        coming(place, f"Guest {number}", needs=("step-free",))
    page(client)
    with CaptureQueriesContext(connection) as many:
        page(client)
    assert len(many) == len(few)


def test_the_plan_shows_rooms_nights_and_who_has_none(client: Client) -> None:
    place = make_bedrooms(2)
    coming(place, "Nia Bevan")
    assert "No bedroom yet (1)" in page(client, "bedroom_plan")
    answer = client.post(reverse("choose_bedrooms", args=[place.pk]), follow=True)
    assert "1 have a room, 0 have none" in answer.content.decode()
    assert RoomPlan.objects.get().roomed == 1
    shown = page(client, "bedroom_plan", nights=7)
    assert 'colspan="2"' in shown
    assert "No bedroom yet" not in shown


def test_the_plan_asks_as_often_for_many_as_for_few(client: Client) -> None:
    place = make_bedrooms(12)
    coming(place, "Ada")
    page(client, "bedroom_plan")
    with CaptureQueriesContext(connection) as few:
        page(client, "bedroom_plan")
    for number in range(9):
        coming(place, f"Guest {number}")
    page(client, "bedroom_plan")
    with CaptureQueriesContext(connection) as many:
        page(client, "bedroom_plan")
    assert len(many) == len(few)


def test_a_stay_is_changed_given_a_room_and_cancelled(client: Client) -> None:
    place = make_bedrooms(3)
    stay = coming(place, "Nia Bevan")
    changed = nights(guest="Nia Bevan-Jones", needs=["step-free"], expected="21:00", note="Dog")
    client.post(reverse("change_stay", args=[stay.pk]), changed)
    room = Resource.objects.bedrooms(place)[1]
    client.post(reverse("give_room", args=[stay.pk]), {"room": room.pk, "promised": "on"})
    shown = client.get(reverse("stay", args=[stay.pk])).content.decode()
    for words in ("Nia Bevan-Jones", "No steps", "21:00", "Dog", room.name, "promised"):
        assert words in shown
    client.post(reverse("cancel_stay", args=[stay.pk]), {"because": "Ill"})
    stay.refresh_from_db()
    assert (stay.state, stay.room) == (Stay.CANCELLED, None)


def test_an_office_without_bedrooms_is_told_what_to_do(client: Client) -> None:
    assert "No bedroom is sold by the night." in page(client)
    assert "No bedroom is sold by the night." in page(client, "bedroom_plan")
    assert "Who arrives" not in page(client, "reception")


def test_what_a_private_event_is_called_is_not_said(client: Client) -> None:
    place = make_bedrooms(2)
    event = make_reservation(title="Redundancy talks", is_private=True)
    stay = coming(place, "Nia Bevan", reservation=event)
    assert "Redundancy" not in page(client)
    assert "Redundancy" not in client.get(reverse("stay", args=[stay.pk])).content.decode()
    assert "Nobody of that name" in page(client, q="redundancy")
