"""What is free: where it is open, somebody works, and nobody is in the room or with the colleague."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moothall.bookings.models import AppointmentKind, Resource
from moothall.bookings.rules.setting import Hours, set_opening_hours, shut
from moothall.bookings.rules.slots import Slot, free_slots, read_book, takers_of
from moothall.cases.models import Case
from moothall.cases.tests.make import AT, make_case, make_service
from moothall.core.clock import in_london
from moothall.core.serving import serving
from moothall.people.models import Account, Place
from moothall.people.rules.working import DayHours, enter_absence, say_language, set_week
from moothall.people.tests.make import make_team

from .make import MONDAY, SINCE, make_appointment, make_booker, make_kind, make_place, make_room

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


def free(kind: AppointmentKind, place: Place | None, day: dt.date = MONDAY, **given: object) -> list[Slot]:
    book = read_book(kind, place=place, first=day, last=day, **given)  # type: ignore[arg-type]
    return free_slots(book, [day], place=place, after=AT)


def times(slots: list[Slot]) -> list[str]:
    return [f"{in_london(slot.starts_at):%H:%M}" for slot in slots]


def test_times_fill_the_opening_hours(kind: AppointmentKind, place: Place) -> None:
    found = times(free(kind, place))
    assert (found[0], found[-1], len(found)) == ("09:00", "16:30", 16)


def test_a_day_that_is_not_open_has_none(kind: AppointmentKind, place: Place) -> None:
    assert free(kind, place, MONDAY + dt.timedelta(days=5)) == []


def test_a_bank_holiday_has_none(kind: AppointmentKind, place: Place) -> None:
    assert free(kind, place, dt.date(2026, 12, 25)) == []


def test_a_closure_takes_its_hours_out(kind: AppointmentKind, place: Place) -> None:
    shut(place=place, room=None, first=MONDAY, after=dt.time(9), last=MONDAY, before=dt.time(16),
         reason="Painters", by=None, at=AT)  # fmt: skip
    assert times(free(kind, place)) == ["16:00", "16:30"]


def test_a_room_that_is_shut_leaves_the_other(kind: AppointmentKind, place: Place) -> None:
    other = make_room(place=place)
    first = Resource.objects.filter(place=place).order_by("id")[0]
    shut(place=place, room=first, first=MONDAY, after=dt.time(0), last=MONDAY, before=None,
         reason="A leak", by=None, at=AT)  # fmt: skip
    assert {slot.rooms for slot in free(kind, place)} == {(other,)}


def test_a_room_may_have_hours_of_its_own(kind: AppointmentKind, place: Place) -> None:
    room = Resource.objects.get(place=place)
    hours = [Hours(0, dt.time(18), dt.time(19))]
    set_opening_hours(place, room=room, hours=hours, from_on=SINCE, by=None, at=AT)
    assert times(free(kind, place)) == ["18:00", "18:30"]


def test_new_hours_hold_from_their_day_on(kind: AppointmentKind, place: Place) -> None:
    later = MONDAY + dt.timedelta(days=7)
    set_opening_hours(
        place, room=None, hours=[Hours(0, dt.time(9), dt.time(10))], from_on=later, by=None, at=AT
    )
    assert len(free(kind, place)) == 16
    assert times(free(kind, place, later)) == ["09:00", "09:30"]


def test_a_colleague_has_only_their_own_hours(
    kind: AppointmentKind, place: Place, colleague: Account
) -> None:
    set_week(colleague, hours=[DayHours(0, dt.time(13), dt.time(14))], from_on=SINCE, by=None, at=AT)
    assert times(free(kind, place)) == ["13:00", "13:30"]
    assert free(kind, place, MONDAY + dt.timedelta(days=1)) == []


def test_leave_takes_a_colleague_out(kind: AppointmentKind, place: Place, colleague: Account) -> None:
    week = [DayHours(0, dt.time(9), dt.time(12))]
    set_week(colleague, hours=week, from_on=SINCE, by=None, at=AT)
    enter_absence(colleague, kind="TRAINING", from_on=MONDAY, until_on=MONDAY, begins=dt.time(9),
                  ends=dt.time(11), by=None, at=AT)  # fmt: skip
    assert times(free(kind, place)) == ["11:00", "11:30"]
    next_week = MONDAY + dt.timedelta(days=7)
    enter_absence(colleague, kind="LEAVE", from_on=next_week, until_on=next_week, by=None, at=AT)
    assert free(kind, place, next_week) == []


def test_what_is_booked_is_not_free_nor_is_the_time_kept_after_it(
    kind: AppointmentKind, place: Place
) -> None:
    AppointmentKind.objects.filter(pk=kind.pk).update(buffer_minutes=15)
    kind.refresh_from_db()
    make_appointment(kind, place)
    found = times(free(kind, place))
    assert "10:00" not in found
    assert "10:30" not in found
    assert "09:30" not in found  # its own quarter of an hour would run into it
    assert "11:00" in found


def test_two_colleagues_and_two_rooms_see_two_at_once(kind: AppointmentKind, place: Place) -> None:
    make_booker(team=kind.team)
    make_room(place=place)
    make_appointment(kind, place)
    assert "10:00" in times(free(kind, place))
    make_appointment(kind, place)
    assert "10:00" not in times(free(kind, place))


def test_whoever_sees_fewest_that_day_comes_first(
    kind: AppointmentKind, place: Place, colleague: Account
) -> None:
    other = make_booker(team=kind.team)
    make_appointment(kind, place, staff=colleague)
    slot = next(each for each in free(kind, place) if times([each]) == ["14:00"])
    assert slot.staff == (other, colleague)


def test_a_call_needs_no_room_but_the_hours(colleague: Account, kind: AppointmentKind) -> None:
    AppointmentKind.objects.filter(pk=kind.pk).update(how="PHONE")
    kind.refresh_from_db()
    assert len(free(kind, make_place(rooms=0))) == 16


def test_a_welsh_speaker_comes_first_for_whoever_uses_welsh(
    kind: AppointmentKind, place: Place, colleague: Account
) -> None:
    speaker = make_booker(team=kind.team, name="Zephaniah, last by name")
    say_language(speaker, language="cy", level=3, by=None, at=AT)
    assert takers_of(kind, language="cy")[0] == speaker
    assert takers_of(kind, language="en")[0] == colleague
    AppointmentKind.objects.filter(pk=kind.pk).update(welsh_needed=True)
    kind.refresh_from_db()
    assert takers_of(kind) == [speaker]


@pytest.mark.parametrize("sunday", [dt.date(2027, 3, 28), dt.date(2026, 10, 25)])
def test_on_the_day_the_clocks_change_times_are_those_on_the_wall(
    kind: AppointmentKind, colleague: Account, sunday: dt.date
) -> None:
    night = make_place(hours=(Hours(6, dt.time(0), dt.time(4)),))
    book = read_book(kind, place=night, first=sunday, last=sunday)
    found = times(free_slots(book, [sunday], place=night, after=AT - dt.timedelta(days=365)))
    assert found == sorted(set(found)), "no time stands twice"
    assert ("01:00" in found) == (sunday.month == 10), "an hour that is not on the wall is not offered"
    assert "03:30" in found


def test_many_appointments_are_read_in_as_many_queries_as_few(kind: AppointmentKind, place: Place) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            free(kind, place)
        return len(asked)

    make_appointment(kind, place)
    queries()
    few = queries()
    for number in range(6):
        make_booker(team=kind.team)
        make_room(place=place)
        make_appointment(kind, place, starts_at=free(kind, place)[number].starts_at)
    assert queries() == few


def test_a_time_taken_for_a_hidden_case_is_not_free_to_whoever_must_not_know_of_it(
    kind: AppointmentKind, place: Place, colleague: Account
) -> None:
    case = make_case(team=kind.team, service=make_service(team=kind.team))
    make_appointment(kind, place, case=case)
    Case.objects.filter(pk=case.pk).update(confidentiality=Case.RESTRICTED)
    with serving(str(colleague.pk)):
        assert "10:00" not in times(free(kind, place))
