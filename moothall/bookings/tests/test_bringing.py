"""A calendar kept elsewhere: looked at without a change, brought in, brought in again, and given back."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.bookings.models import BroughtCalendar, Reservation, Resource, Taking
from moothall.bookings.rules.bringing import (
    NoCalendar,
    NotYourDiary,
    bring_in,
    give_back,
    look_at_calendar,
    read_calendar,
)
from moothall.bookings.rules.refusals import Taken
from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_team
from moothall.people.tests.pages import signed_in_as

from .make import make_reservation, make_resource, wall

pytestmark = pytest.mark.django_db


def ahead(days: int = 7) -> dt.date:
    return today() + dt.timedelta(days=days)


def calendar(*events: tuple[int, int, int, str]) -> bytes:
    """Events as so many days ahead, from one hour until another, and what they are called."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for number, (days, begins, ends, words) in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}", f"SUMMARY:{words}"]
        for name, hour in (("DTSTART", begins), ("DTEND", ends)):
            lines.append(f"{name};TZID=Europe/London:{ahead(days):%Y%m%d}T{hour:02}0000")
        lines.append("END:VEVENT")
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


@pytest.fixture
def account() -> Account:
    return make_account("bookings.book", team=make_team())


@pytest.fixture
def diary(account: Account) -> Resource:
    return make_resource(kind=Resource.PERSON, account=account)


def test_what_overlaps_is_one_time_and_what_is_past_is_left_out() -> None:
    found = read_calendar(calendar((7, 9, 11, "Board"), (7, 10, 12, "Call"), (-7, 9, 10, "Past")), at=now())
    assert [(each.starts_at, each.ends_at, each.words) for each in found] == [
        (wall(9, on=ahead()), wall(12, on=ahead()), "Board; Call")
    ]
    with pytest.raises(NoCalendar):
        read_calendar(b"Dear all", at=now())


def test_looking_changes_nothing_and_names_what_stands_in_the_way(diary: Resource) -> None:
    make_reservation(diary, title="Interview", starts_at=wall(9, on=ahead()), ends_at=wall(10, on=ahead()))
    raw = calendar((7, 9, 11, "Board"), (8, 9, 10, "Dentist"))
    lines = look_at_calendar(resource=diary, name="Mail", raw=raw, at=now())
    assert ["Interview" in str(each.clash) for each in lines] == [True, False]
    assert Reservation.objects.count() == 1


def test_looking_asks_as_often_for_many_times_as_for_few(diary: Resource) -> None:
    counts = []
    for number in (2, 40):
        raw = calendar(*((7 + each, 9, 10, "Busy") for each in range(number)))
        with CaptureQueriesContext(connection) as captured:
            look_at_calendar(resource=diary, name="Mail", raw=raw, at=now())
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_nobody_books_over_what_was_brought_in_until_it_is_given_back(
    account: Account, diary: Resource
) -> None:
    given = {"resource": diary, "name": "Mail", "is_private": True, "by": account}
    found = bring_in(raw=calendar((7, 9, 11, "Dentist")), at=now(), **given)  # type: ignore[arg-type]
    assert (found.taken, found.clashes) == (1, ())
    busy = {"starts_at": wall(10, on=ahead()), "ends_at": wall(12, on=ahead())}
    with pytest.raises(Taken) as refused:
        make_reservation(diary, **busy)
    assert "private booking" in str(refused.value)
    assert "Dentist" not in str(refused.value)
    assert give_back(calendar=found.calendar, by=account, at=now()) == 1
    make_reservation(diary, **busy)


def test_brought_in_again_it_takes_the_place_of_what_was_there(account: Account, diary: Resource) -> None:
    given = {"resource": diary, "name": "Mail", "is_private": False, "by": account}
    for hour in (9, 10):
        raw = calendar((7, hour, hour + 2, "Board"))
        assert look_at_calendar(resource=diary, name="Mail", raw=raw, at=now())[0].clash is None
        bring_in(raw=raw, at=now(), **given)  # type: ignore[arg-type]
    assert [each.shown.lower for each in Taking.objects.standing()] == [wall(10, on=ahead())]
    assert BroughtCalendar.objects.standing().count() == 1


def test_only_ones_own_diary_takes_a_calendar_unless_one_sets_up(account: Account) -> None:
    given = {"resource": make_resource(), "name": "Mail", "raw": calendar(), "is_private": True, "at": now()}
    with pytest.raises(NotYourDiary):
        bring_in(by=account, **given)  # type: ignore[arg-type]
    bring_in(by=make_account("bookings.manage", team=make_team()), **given)  # type: ignore[arg-type]


def test_the_page_looks_first_keeps_the_text_and_then_brings_it_in(account: Account, diary: Resource) -> None:
    client = signed_in_as(account)
    sent = {"resource": diary.pk, "name": "Mail", "pasted": calendar((7, 9, 10, "Dentist")).decode()}
    looked = client.post(reverse("bring_calendar"), sent | {"do": "look"}).content.decode()
    assert "1 time can be taken" in looked
    assert "BEGIN:VEVENT" in looked
    assert not Reservation.objects.exists()
    client.post(reverse("bring_calendar"), sent | {"do": "bring"})
    assert Reservation.objects.standing().count() == 1
    page = client.get(reverse("calendar_feeds")).content.decode()
    assert "Give its times back" in page
    client.post(reverse("give_calendar_back", args=[BroughtCalendar.objects.get().pk]))
    assert not Reservation.objects.standing().exists()
    assert client.post(reverse("bring_calendar"), sent | {"pasted": "Dear all"}).status_code == 422


def test_who_has_no_diary_is_told_what_to_do(account: Account) -> None:
    page = signed_in_as(account).get(reverse("bring_calendar")).content.decode()
    assert "You have no diary among what can be booked." in page
