"""Booking, moving, cancelling, coming and not coming: nothing is taken twice, and what was done is undone."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from moothall.bookings.models import Appointment, AppointmentKind
from moothall.bookings.rules import booking
from moothall.bookings.rules.writing import remind_of_tomorrow
from moothall.cases.tests.make import AT, make_case, make_service
from moothall.core.clock import in_london
from moothall.letters.models import Letter
from moothall.people.models import Account, Place
from moothall.people.rules.cautions import protect_address
from moothall.people.tests.make import audited, make_person, make_team
from moothall.records.rules.documents import read_document

from .make import MONDAY, make_appointment, make_booker, make_kind, make_letters, make_place, make_room, wall

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind() -> AppointmentKind:
    return make_kind(team=make_team())


@pytest.fixture
def colleague(kind: AppointmentKind) -> Account:
    return make_booker(team=kind.team)


@pytest.fixture
def place(colleague: Account) -> Place:
    return make_place()


def letters_about(appointment: Appointment) -> list[Letter]:
    return list(
        Letter.objects.filter(about_kind="bookings.appointment", about_id=appointment.pk).order_by("id")
    )


def test_a_time_is_booked_once_and_the_second_hears_what_is_free(kind: AppointmentKind, place: Place) -> None:
    make_appointment(kind, place)
    with pytest.raises(booking.SlotTaken) as refused:
        make_appointment(kind, place)
    assert "not free any more" in str(refused.value)
    assert "Monday 30 November 09:00" in str(refused.value)


def test_a_time_outside_the_opening_hours_is_refused(kind: AppointmentKind, place: Place) -> None:
    with pytest.raises(booking.SlotTaken):
        make_appointment(kind, place, starts_at=wall(20))


@pytest.mark.parametrize("shared", ["room", "staff"])
def test_the_database_itself_takes_neither_room_nor_colleague_twice(
    kind: AppointmentKind, place: Place, colleague: Account, shared: str
) -> None:
    first = make_appointment(kind, place)
    other = Appointment(
        kind=kind, team=kind.team, person=make_person(), starts_at=first.starts_at, ends_at=first.ends_at,
        taken=(first.starts_at, first.ends_at), state_since=AT, booked_at=AT,
        room=first.room if shared == "room" else make_room(place=place),
        staff=first.staff if shared == "staff" else make_booker(team=kind.team),
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="at_a_time"), transaction.atomic():
        other.save(force_insert=True)


def test_one_follows_the_other_without_a_gap(kind: AppointmentKind, place: Place) -> None:
    make_appointment(kind, place)
    assert make_appointment(kind, place, starts_at=wall(10, 30)).pk


def test_what_is_cancelled_is_free_again(kind: AppointmentKind, place: Place, colleague: Account) -> None:
    first = make_appointment(kind, place)
    booking.cancel_appointment(first, reason="They rang", by=colleague, at=AT)
    assert make_appointment(kind, place).pk != first.pk


def test_a_cancellation_says_why(kind: AppointmentKind, place: Place, colleague: Account) -> None:
    with pytest.raises(booking.ReasonNeeded):
        booking.cancel_appointment(make_appointment(kind, place), reason=" ", by=colleague, at=AT)


def test_a_cancellation_is_undone_while_its_time_is_free(
    kind: AppointmentKind, place: Place, colleague: Account
) -> None:
    first = make_appointment(kind, place)
    event = booking.cancel_appointment(first, reason="They rang", by=colleague, at=AT)
    assert booking.take_back_event(event, by=colleague, at=AT).state == Appointment.BOOKED
    event = booking.cancel_appointment(first, reason="Again", by=colleague, at=AT)
    make_appointment(kind, place)
    with pytest.raises(booking.SlotTaken):
        booking.take_back_event(event, by=colleague, at=AT)


def test_moving_frees_the_old_time_and_takes_the_new(
    kind: AppointmentKind, place: Place, colleague: Account
) -> None:
    first = make_appointment(kind, place)
    moved = booking.move_appointment(first, starts_at=wall(15), by=colleague, at=AT)
    assert (moved.pk, moved.starts_at, moved.edition) == (first.pk, wall(15), 2)
    assert make_appointment(kind, place).starts_at == wall(10)


def test_an_appointment_may_move_by_less_than_its_length(
    kind: AppointmentKind, place: Place, colleague: Account
) -> None:
    AppointmentKind.objects.filter(pk=kind.pk).update(minutes=60)
    kind.refresh_from_db()
    first = make_appointment(kind, place)
    assert booking.move_appointment(first, starts_at=wall(10, 30), by=colleague, at=AT).edition == 2


def test_moving_onto_another_is_refused_and_changes_nothing(
    kind: AppointmentKind, place: Place, colleague: Account
) -> None:
    first = make_appointment(kind, place)
    make_appointment(kind, place, starts_at=wall(15))
    with pytest.raises(booking.SlotTaken):
        booking.move_appointment(first, starts_at=wall(15), by=colleague, at=AT)
    first.refresh_from_db()
    assert (first.starts_at, first.edition) == (wall(10), 1)


def test_moving_is_undone(kind: AppointmentKind, place: Place, colleague: Account) -> None:
    first = make_appointment(kind, place)
    booking.move_appointment(first, starts_at=wall(15), by=colleague, at=AT)
    event = first.events.get(kind="moved")
    assert booking.take_back_event(event, by=colleague, at=AT).starts_at == wall(10)


@pytest.mark.parametrize(
    ("before", "after"),
    [(dt.date(2027, 3, 26), dt.date(2027, 4, 1)), (dt.date(2026, 10, 23), dt.date(2026, 10, 26))],
)
def test_over_the_night_the_clocks_change_an_appointment_keeps_its_time_on_the_wall(
    kind: AppointmentKind, place: Place, colleague: Account, before: dt.date, after: dt.date
) -> None:
    long_ago = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
    on = before if before.weekday() < 5 and before != dt.date(2027, 3, 26) else dt.date(2027, 3, 25)
    first = make_appointment(kind, place, starts_at=wall(10, on=on), at=long_ago)
    moved = booking.move_appointment(first, starts_at=wall(10, on=after), by=colleague, at=long_ago)
    assert f"{in_london(moved.starts_at):%H:%M}" == "10:00"
    assert in_london(first.starts_at).utcoffset() != in_london(moved.starts_at).utcoffset()


def test_who_comes_and_who_does_not(kind: AppointmentKind, place: Place, colleague: Account) -> None:
    here = make_appointment(kind, place)
    for verb, state in (("arrived", Appointment.ARRIVED), ("left", Appointment.LEFT)):
        booking.note_attendance(here, kind=verb, by=colleague, at=wall(10))
        here.refresh_from_db()
        assert here.state == state
    missed = make_appointment(kind, place, starts_at=wall(11))
    with pytest.raises(booking.NotYet):
        booking.note_attendance(missed, kind="missed", by=colleague, at=wall(10, 30))
    event = booking.note_attendance(missed, kind="missed", by=colleague, at=wall(11, 20))
    assert booking.take_back_event(event, by=colleague, at=wall(11, 30)).state == Appointment.BOOKED


def test_whoever_has_left_cannot_arrive(kind: AppointmentKind, place: Place, colleague: Account) -> None:
    gone = make_appointment(kind, place)
    booking.note_attendance(gone, kind="arrived", by=colleague, at=wall(10))
    booking.note_attendance(gone, kind="left", by=colleague, at=wall(10, 20))
    with pytest.raises(booking.NotThere):
        booking.note_attendance(gone, kind="arrived", by=colleague, at=wall(10, 30))


def test_booking_stands_on_the_case_and_in_the_audit(
    kind: AppointmentKind, place: Place, colleague: Account
) -> None:
    case = make_case(team=kind.team, service=make_service(team=kind.team))
    made = make_appointment(kind, place, case=case, by=colleague)
    assert case.entries.get(kind="CHANGE").detail["verb"] == "book"
    assert [event.verb for event in audited(made)] == ["bookings.booked"]


def test_the_letter_is_in_their_language_with_a_file_for_their_calendar(
    kind: AppointmentKind, place: Place, colleague: Account
) -> None:
    make_letters()
    person = make_person(full_name="Gwenllian Achebe", emails=["gwenllian@borth.example"], language="cy")
    made = make_appointment(kind, place, person=person, by=colleague)
    [letter] = letters_about(made)
    assert (letter.language, letter.subject) == ("cy", "Mae booked")
    assert "Annwyl Gwenllian Achebe" in letter.body
    assert "10:00" in letter.body
    content = read_document(letter.documents.get()).decode()
    assert "DTSTART;TZID=Europe/London:20261130T100000" in content
    assert all(len(line.encode()) <= 75 for line in content.split("\r\n"))


def test_moving_and_cancelling_write_again_about_the_same_thing_in_the_calendar(
    kind: AppointmentKind, place: Place, colleague: Account
) -> None:
    make_letters()
    made = make_appointment(kind, place, person=make_person(emails=["a@borth.example"]), by=colleague)
    booking.move_appointment(made, starts_at=wall(15), by=colleague, at=AT)
    booking.cancel_appointment(made, reason="We are ill", by=colleague, at=AT)
    files = [read_document(letter.documents.get()).decode() for letter in letters_about(made)]
    assert [f"SEQUENCE:{number}" in file for number, file in enumerate(files)] == [True, True, True]
    assert len({file.split("UID:")[1].split("\r\n")[0] for file in files}) == 1
    assert "STATUS:CANCELLED" in files[2]


def test_whoever_has_no_mail_address_gets_no_letter_and_the_booking_stands(
    kind: AppointmentKind, place: Place, colleague: Account
) -> None:
    make_letters()
    made = make_appointment(kind, place, by=colleague)
    assert letters_about(made) == []
    assert made.letters.get().letter is None


def test_whoever_has_only_a_postal_address_is_written_to_on_paper(
    kind: AppointmentKind, place: Place
) -> None:
    make_letters()
    person = make_person(post="1 High Street\nBorth")
    made = make_appointment(kind, place, person=person)
    [letter] = letters_about(made)
    assert (letter.channel, letter.to_address) == ("PRINT", "1 High Street\nBorth")
    assert not letter.documents.exists()
    remind_of_tomorrow(at=made.starts_at - dt.timedelta(days=1), today=MONDAY - dt.timedelta(days=1))
    assert letters_about(made) == [letter]


def test_nothing_is_sent_to_an_address_that_is_protected(
    kind: AppointmentKind, place: Place, colleague: Account
) -> None:
    make_letters()
    person = make_person(post="1 High Street\nBorth")
    protect_address(person, reason="Threatened at home", by=colleague, at=AT)
    assert letters_about(make_appointment(kind, place, person=person)) == []


def test_everybody_is_reminded_the_day_before_once(
    kind: AppointmentKind, place: Place, colleague: Account
) -> None:
    make_letters()
    made = make_appointment(kind, place, person=make_person(emails=["a@borth.example"]))
    gone = make_appointment(kind, place, starts_at=wall(12), person=make_person(emails=["b@borth.example"]))
    booking.cancel_appointment(gone, reason="They rang", by=colleague, at=AT, tell=False)
    day_before, at = MONDAY - dt.timedelta(days=1), wall(9, on=MONDAY - dt.timedelta(days=1))
    assert remind_of_tomorrow(at=at, today=day_before - dt.timedelta(days=1)) == 0
    assert remind_of_tomorrow(at=at, today=day_before) == 1
    assert remind_of_tomorrow(at=at, today=day_before) == 0
    assert [letter.subject for letter in letters_about(made)] == ["It is booked", "It is reminder"]
