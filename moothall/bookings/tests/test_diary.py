"""Invitations and feeds: one event keeps its name, its sequence rises; London's clocks are said by rule."""

import datetime as dt

import pytest
from icalendar import Calendar

from moothall.bookings.models import Attendee, Reservation
from moothall.bookings.rules.arranging import (
    Details,
    book_series,
    cancel_series_and_tell,
    move_series_and_tell,
)
from moothall.bookings.rules.deciding import look_after_holds
from moothall.bookings.rules.diary import DiaryLine, diary_file
from moothall.bookings.rules.feeds import feed_at, feed_file, open_feed, withdraw_feed
from moothall.bookings.rules.inviting import NotAnAddress, invite, tell_attendees
from moothall.bookings.rules.reserving import cancel, move
from moothall.bookings.rules.series import spans_of_series
from moothall.cases.tests.make import AT
from moothall.core.clock import LONDON, now
from moothall.letters.models import Letter
from moothall.people.tests.make import make_account, make_team
from moothall.records.rules.documents import read_document

from .make import make_reservation, make_resource, wall

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
ADA, BO = "ada@example.org", "bo@example.org"


def sent_to(email: str) -> list[Calendar]:
    letters = Letter.objects.filter(to_address=email).order_by("id")
    return [Calendar.from_ical(read_document(each.documents.get())) for each in letters]


def told(calendar: Calendar) -> tuple[str, int]:
    (event,) = calendar.events
    return str(calendar["method"]), int(str(event["sequence"]))


def test_an_event_keeps_its_name_and_its_sequence_rises() -> None:
    made = make_reservation()
    invite(reservation=made, emails=[ADA], by=None, at=AT)
    move(reservation=made, starts_at=wall(14), ends_at=wall(15), by=None, at=AT)
    tell_attendees(made, by=None, at=AT)
    assert tell_attendees(made, by=None, at=AT) == 0
    cancel(reservation=made, because="Off", by=None, at=AT)
    tell_attendees(made, by=None, at=AT)
    calendars = sent_to(ADA)
    assert [told(each) for each in calendars] == [("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)]
    assert len({str(each.events[0]["uid"]) for each in calendars}) == 1
    assert calendars[1].events[0].start == wall(14)
    assert str(calendars[2].events[0]["status"]) == "CANCELLED"


def test_who_is_taken_off_the_list_is_told_and_who_stays_is_not_told_again() -> None:
    made = make_reservation()
    invite(reservation=made, emails=[ADA, BO], by=None, at=AT)
    invite(reservation=made, emails=[BO], by=None, at=AT)
    assert [told(each)[0] for each in sent_to(ADA)] == ["REQUEST", "CANCEL"]
    assert [told(each)[0] for each in sent_to(BO)] == ["REQUEST"]
    assert list(Attendee.objects.values_list("email", flat=True)) == [BO]


def test_what_is_no_address_is_refused_and_nobody_is_written_to() -> None:
    with pytest.raises(NotAnAddress, match="nobody"):
        invite(reservation=make_reservation(), emails=[ADA, "nobody"], by=None, at=AT)
    assert not Letter.objects.exists()


@pytest.mark.parametrize("day", [dt.date(2027, 3, 28), dt.date(2027, 10, 31)])
def test_a_diary_read_back_has_the_same_instants_on_the_days_the_clocks_change(day: dt.date) -> None:
    hours = [
        dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC) + dt.timedelta(hours=n) for n in (0, 1, 3, 12)
    ]
    lines = [DiaryLine(f"{n}@here", 1, at, at + dt.timedelta(hours=1), "Shift") for n, at in enumerate(hours)]
    calendar = Calendar.from_ical(diary_file(lines, at=AT))
    starts = [each.start for each in calendar.events]
    assert [each.astimezone(dt.UTC) for each in starts if isinstance(each, dt.datetime)] == hours
    zone = calendar.timezones[0]
    assert str(zone["tzid"]) == "Europe/London"
    made = zone.to_tz(lookup_tzid=False)
    for at in hours:
        assert at.astimezone(made).utcoffset() == at.astimezone(LONDON).utcoffset()


def test_a_feed_is_read_at_its_address_alone_and_says_nothing_private() -> None:
    room, reader = make_resource(), make_account("bookings.book", team=make_team())
    make_reservation(room, title="Redundancy talks", is_private=True, starts_at=now(),
                     ends_at=now() + dt.timedelta(hours=1))  # fmt: skip
    feed, address = open_feed(account=reader, resource=room, at=AT)
    found = feed_at(address)
    assert found == feed
    text = feed_file(feed, at=now()).decode()
    assert "Redundancy" not in text
    assert "Private booking" in text
    again, newer = open_feed(account=reader, resource=room, at=AT)
    assert feed_at(address) is None
    withdraw_feed(feed=again, by=reader, at=AT)
    assert feed_at(newer) is None
    assert Reservation.objects.count() == 1


def test_a_feed_ends_with_the_account() -> None:
    reader = make_account("bookings.book", team=make_team())
    _feed, address = open_feed(account=reader, resource=None, at=AT)
    reader.is_active = False
    reader.save()
    assert feed_at(address) is None


def test_a_series_that_moves_or_is_cancelled_is_told_of_once_for_each_booking() -> None:
    by, room = make_account(), make_resource()
    spans = [(wall(9) + week * DAY * 7, wall(10) + week * DAY * 7) for week in range(3)]
    found = book_series(
        resources=[room],
        spans=spans,
        every_days=7,
        details=Details(invited=[ADA]),
        by=by,
        at=AT,
        title="Board",
    )
    make_reservation(room, title="Flu clinic", starts_at=wall(14) + 8 * DAY, ends_at=wall(15) + 8 * DAY)
    moved = move_series_and_tell(
        series=found.series, from_at=AT, days=1, begins=dt.time(14), ends=dt.time(15), by=by, at=AT
    )
    assert [each.starts_at for each in moved.moved] == [wall(14) + DAY, wall(14) + 15 * DAY]
    assert "Flu clinic" in moved.stayed[0][1]
    cancel_series_and_tell(series=found.series, from_at=AT, because="Over", by=by, at=AT)
    by_uid: dict[str, list[tuple[str, int]]] = {}
    for each in sent_to(ADA):
        by_uid.setdefault(str(each.events[0]["uid"]), []).append(told(each))
    assert sorted(by_uid.values()) == [
        [("REQUEST", 0), ("CANCEL", 1)],
        [("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)],
        [("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)],
    ]


@pytest.mark.parametrize("change", [dt.date(2027, 3, 28), dt.date(2027, 10, 31)])
def test_a_series_moved_over_a_change_of_the_clocks_keeps_its_time_on_the_wall(change: dt.date) -> None:
    by = make_account()
    spans = spans_of_series(
        first=change - 8 * DAY, last=change + 7 * DAY, begins=dt.time(9), ends=dt.time(10), every_days=7
    )
    found = book_series(
        resources=[make_resource()], spans=spans, every_days=7, details=Details(), by=by, at=AT, title="Board"
    )
    moved = move_series_and_tell(
        series=found.series, from_at=AT, days=3, begins=dt.time(9), ends=dt.time(10), by=by, at=AT
    )
    walls = [each.starts_at.astimezone(LONDON) for each in moved.moved]
    assert [each.hour for each in walls] == [9] * 3
    assert [each.date() - change for each in walls] == [-5 * DAY, 2 * DAY, 9 * DAY]


def test_who_was_invited_to_what_is_held_hears_when_it_is_not_to_be() -> None:
    made = make_reservation(held_until=AT + DAY)
    invite(reservation=made, emails=[ADA], by=None, at=AT)
    look_after_holds(at=AT + 2 * DAY)
    assert [told(each)[0] for each in sent_to(ADA)] == ["REQUEST", "CANCEL"]
