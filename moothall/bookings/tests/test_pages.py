"""The pages of reception: today, day, week, booking from a case, and setting up."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.bookings.models import Appointment, AppointmentKind, Closure, OpeningHours, Resource
from moothall.bookings.rules.setting import Hours
from moothall.cases.models import Case
from moothall.cases.rules.reckoning import working_calendar
from moothall.cases.tests.make import make_case, make_service
from moothall.core.clock import in_london, now, today
from moothall.people.models import Account, CautionMarker, Place, Team
from moothall.people.tests.make import make_account, make_person, make_team

from .make import SETTER, make_appointment, make_kind, make_letters, make_place, make_room, wall

pytestmark = pytest.mark.django_db
ALWAYS = tuple(Hours(day, dt.time(0), dt.time(23, 59)) for day in range(7))


@pytest.fixture
def booker(client: Client) -> Account:
    team = make_team()
    account = make_account(*SETTER, team=team)
    client.force_login(account)
    return account


@pytest.fixture
def kind(booker: Account) -> AppointmentKind:
    [team] = booker.team_ids()
    return make_kind(team=Team.objects.get(pk=team))


@pytest.fixture
def place(booker: Account) -> Place:
    return make_place(hours=ALWAYS)


def working_day() -> dt.date:
    """A working day a week or so ahead."""
    calendar, day = working_calendar(settings.OFFICE_CALENDAR), today() + dt.timedelta(days=7)
    while not calendar.is_working_day(day):
        day += dt.timedelta(days=1)
    return day


def booked(kind: AppointmentKind, place: Place, **changes: object) -> Appointment:
    """An appointment on a day to come, made now."""
    given: dict[str, object] = {"starts_at": wall(10, on=working_day()), "at": now()}
    return make_appointment(kind, place, **given | changes)


def bring_to_now(appointment: Appointment, *, minutes: int) -> None:
    """As if it had begun so many minutes ago, today."""
    starts_at = now() - dt.timedelta(minutes=minutes)
    ends_at = starts_at + dt.timedelta(minutes=1)
    Appointment.objects.filter(pk=appointment.pk).update(
        starts_at=starts_at, ends_at=ends_at, taken=(starts_at, ends_at)
    )


def test_reception_shows_who_comes_and_the_warning_first(
    client: Client, booker: Account, kind: AppointmentKind, place: Place
) -> None:
    comes = booked(kind, place, person=make_person(full_name="Ottoline Mbeki"))
    bring_to_now(comes, minutes=0)
    CautionMarker.objects.create(
        person=comes.person, kind="Shouts", reason="Shouted", instruction="Do not see them alone",
        placed_by=booker, placed_at=now(), expires_on=today() + dt.timedelta(days=9),
    )  # fmt: skip
    page = client.get(reverse("reception")).text
    assert "Ottoline Mbeki" in page
    assert "Do not see them alone" in page
    assert "Do not see them alone" in client.get(reverse("appointment", args=[comes.pk])).text


def test_an_empty_day_says_who_comes_next(
    client: Client, booker: Account, kind: AppointmentKind, place: Place
) -> None:
    comes = booked(kind, place)
    page = client.get(reverse("reception")).text
    assert "Nobody is expected today." in page
    assert reverse("appointment", args=[comes.pk]) in page


def test_somebody_arrives_waits_and_leaves_by_three_presses(
    client: Client, kind: AppointmentKind, place: Place
) -> None:
    comes = booked(kind, place)
    bring_to_now(comes, minutes=2)
    page = client.post(reverse("appointment_arrived", args=[comes.pk]), follow=True).text
    assert "here, waiting" in page
    assert "They are here." in page
    client.post(reverse("appointment_left", args=[comes.pk]))
    comes.refresh_from_db()
    assert comes.state == Appointment.LEFT
    client.post(reverse("undo_appointment", args=[comes.pk, comes.events.all()[0].pk]))
    comes.refresh_from_db()
    assert comes.state == Appointment.ARRIVED


def test_a_case_books_with_the_person_already_there(
    client: Client, booker: Account, kind: AppointmentKind, place: Place
) -> None:
    make_letters()
    person = make_person(full_name="Idris Fofanah", emails=["idris@borth.example"])
    case = make_case(team=kind.team, service=make_service(team=kind.team), requester=person)
    onward = client.get(reverse("book_for_case", args=[case.reference]))
    assert onward.headers["Location"].endswith(f"?case={case.reference}")
    day = working_day()
    address = f"{reverse('book')}?case={case.reference}&on={day}"
    page = client.get(address).text
    assert "Idris Fofanah" in page
    slot = wall(14, on=day).strftime("%Y-%m-%dT%H:%MZ")
    assert slot in page
    data = {"slot": slot, "person": "Idris Fofanah", "person-key": str(person.pk), "language": ""}
    page = client.post(address, data, follow=True).text
    assert "They have a letter with the time." in page
    assert "booked an appointment" in page
    assert Appointment.objects.get().case == case


def test_a_time_taken_meanwhile_is_said_and_what_was_typed_stays(
    client: Client, booker: Account, kind: AppointmentKind, place: Place
) -> None:
    day = working_day()
    slot = wall(14, on=day).strftime("%Y-%m-%dT%H:%MZ")
    booked(kind, place, starts_at=wall(14, on=day))
    person = make_person(full_name="Idris Fofanah")
    data = {"slot": slot, "person": "Idris Fofanah", "note": "With a frame"}
    answer = client.post(f"{reverse('book')}?kind={kind.pk}&on={day}", data)
    assert answer.status_code == 422
    assert "not free any more" in answer.text
    assert "With a frame" in answer.text
    assert not Appointment.objects.filter(person=person).exists()


def test_moving_and_cancelling_by_the_pages(client: Client, kind: AppointmentKind, place: Place) -> None:
    comes, day = booked(kind, place), working_day()
    slot = wall(16, on=day).strftime("%Y-%m-%dT%H:%MZ")
    address = f"{reverse('move_appointment', args=[comes.pk])}?on={day}"
    assert client.post(address, {"slot": slot}).status_code == 302
    comes.refresh_from_db()
    assert comes.starts_at == wall(16, on=day)
    client.post(reverse("cancel_appointment", args=[comes.pk]), {"reason": "They rang"})
    comes.refresh_from_db()
    assert comes.state == Appointment.CANCELLED


def test_day_and_week_show_what_is_booked(client: Client, kind: AppointmentKind, place: Place) -> None:
    booked(kind, place, person=make_person(full_name="Ottoline Mbeki"))
    for route in ("appointment_day", "appointment_week"):
        assert "Ottoline Mbeki" in client.get(f"{reverse(route)}?on={working_day()}").text


@pytest.mark.parametrize(
    ("day", "asked", "monday"),
    [
        ("2026-11-20", "", "16 November 2026"),
        ("2026-11-21", "", "23 November 2026"),
        ("2026-11-22", "", "23 November 2026"),
        ("2026-11-22", "2026-11-22", "16 November 2026"),
    ],
)
def test_at_a_weekend_the_week_that_comes_is_shown_unless_another_is_asked_for(
    client: Client, booker: Account, place: Place, monkeypatch: pytest.MonkeyPatch, day: str, asked: str,
    monday: str,
) -> None:  # fmt: skip
    monkeypatch.setattr("moothall.bookings.views.finding.today", lambda: dt.date.fromisoformat(day))
    assert f"Week of {monday}" in client.get(reverse("appointment_week"), {"on": asked}).text


@pytest.mark.parametrize("on", ["", "nonsense", "2026-02-31", "9999-12-31", "0001-01-01"])
def test_any_day_in_the_address_gives_a_page(client: Client, booker: Account, place: Place, on: str) -> None:
    for route in ("appointment_day", "appointment_week", "book"):
        assert client.get(reverse(route), {"on": on, "place": "x", "kind": "x"}).status_code == 200


def test_an_appointment_about_a_hidden_case_does_not_exist(
    client: Client, kind: AppointmentKind, place: Place
) -> None:
    case = make_case(team=kind.team, service=make_service(team=kind.team), requester=make_person())
    comes = booked(kind, place, case=case, person=make_person(full_name="Ottoline Mbeki"))
    Case.objects.filter(pk=case.pk).update(confidentiality="RESTRICTED")
    assert client.get(reverse("appointment", args=[comes.pk])).status_code == 404
    assert "Ottoline Mbeki" not in client.get(f"{reverse('appointment_day')}?on={working_day()}").text


def test_the_file_for_the_calendar_is_downloaded(client: Client, kind: AppointmentKind, place: Place) -> None:
    answer = client.get(reverse("appointment_file", args=[booked(kind, place).pk]))
    assert answer.headers["Content-Type"].startswith("text/calendar")


def test_a_manager_sets_up_a_room_its_hours_and_a_kind(client: Client, booker: Account) -> None:
    assert client.get(reverse("appointment_setup")).status_code == 200
    client.post(reverse("add_place"), {"name": "The Annexe", "address": "2 High Street"})
    place = Place.objects.get(name="The Annexe")
    client.post(reverse("add_room"), {"place": place.pk, "name": "Room 9", "seats": 3})
    room = Resource.objects.get(place=place)
    hours = {"from_on": in_london(now()).strftime("%d/%m/%Y"), "begins_0": "9am", "ends_0": "12:30"}
    client.post(reverse("place_hours", args=[place.pk]), hours)
    client.post(reverse("room_hours", args=[room.pk]), hours | {"ends_0": "11:00"})
    assert OpeningHours.objects.filter(place=place).count() == 2
    kind = {"name": "Advice", "team": booker.team_ids()[0], "how": "ROOM", "minutes": 20, "buffer_minutes": 5,
            "every_minutes": 30, "takers": [booker.pk]}  # fmt: skip
    client.post(reverse("add_kind"), kind)
    assert AppointmentKind.objects.get(name="Advice").takers.get().account == booker
    page = client.get(reverse("appointment_setup")).text
    assert "Room 9" in page
    assert "The Annexe" in page


def test_a_place_is_shut_over_midday(client: Client, booker: Account, place: Place) -> None:
    hours = {"from_on": in_london(now()).strftime("%d/%m/%Y"), "begins_0": "9am", "ends_0": "17:00",
             "begins_1": "13:00", "ends_1": "17:00",
             "lunch_begins": "12:30", "lunch_ends": "13:15"}  # fmt: skip
    address = reverse("place_hours", args=[place.pk])
    client.post(address, hours)
    found = OpeningHours.objects.filter(place=place, until_on=None).order_by("weekday", "opens")
    assert [(row.weekday, f"{row.opens:%H:%M}", f"{row.closes:%H:%M}") for row in found] == [
        (0, "09:00", "12:30"), (0, "13:15", "17:00"), (1, "13:00", "17:00"),
    ]  # fmt: skip
    page = client.get(address).text
    assert "12:30" in page
    assert "13:15" in page


def test_hours_that_end_before_they_begin_are_refused(client: Client, booker: Account, place: Place) -> None:
    hours = {"from_on": "today", "begins_0": "12:00", "ends_0": "9:00", "begins_1": "9:00"}
    answer = client.post(reverse("place_hours", args=[place.pk]), hours)
    assert answer.status_code == 422
    assert "The end is later than the beginning." in answer.text
    assert "Give both times of a day, or neither." in answer.text


def test_a_closure_is_made_and_taken_back(client: Client, booker: Account, place: Place) -> None:
    data = {"where": f"place-{place.pk}", "on": "tomorrow", "reason": "Snow"}
    page = client.post(reverse("add_closure"), data, follow=True).text
    assert "Snow" in page
    closure = Closure.objects.get()
    client.post(reverse("withdraw_closure", args=[closure.pk]))
    assert not Closure.objects.standing().exists()
    client.post(reverse("withdraw_closure", args=[closure.pk]))
    assert Closure.objects.standing().exists()


def test_a_room_out_of_use_is_not_booked_and_comes_back(
    client: Client, kind: AppointmentKind, place: Place
) -> None:
    room, day = Resource.objects.get(place=place), working_day()
    client.post(reverse("retire_room", args=[room.pk]))
    assert "Nothing is free on these days." in client.get(f"{reverse('book')}?kind={kind.pk}&on={day}").text
    client.post(reverse("retire_room", args=[room.pk]))
    assert "Nothing is free" not in client.get(f"{reverse('book')}?kind={kind.pk}&on={day}").text


@pytest.mark.parametrize("route", ["reception", "appointment_day", "appointment_week"])
def test_a_page_of_appointments_asks_as_often_for_many_as_for_few(
    client: Client, kind: AppointmentKind, place: Place, route: str
) -> None:
    day = today() if route == "reception" else working_day()

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{reverse(route)}?on={day}&place={place.pk}").status_code == 200
        return len(asked)

    def add(number: int) -> None:
        made = booked(kind, place, starts_at=wall(9 + number, on=working_day()))
        if route == "reception":
            bring_to_now(made, minutes=2 * number)

    add(0)
    queries()
    few = queries()
    for number in range(1, 7):
        add(number)
    queries()  # once a minute a session is brought up to date
    assert queries() == few


def test_one_slot_of_many_rooms_is_found_in_few_queries(
    client: Client, kind: AppointmentKind, place: Place
) -> None:
    for number in range(5):
        make_room(place=place, name=f"Further {number}")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{reverse('book')}?kind={kind.pk}&on={working_day()}")
    assert len(asked) < 40
