"""Sessions in calendars: asked once, put right under one name, taken out; right when the clocks change."""

import datetime as dt
from typing import Any

import pytest
import recurring_ical_events
from icalendar import Calendar

from moothall.bookings.tests.make import make_resource
from moothall.core.clock import LONDON
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.people.tests.make import AT, make_account
from moothall.records.rules.documents import read_document
from moothall.training.models import Nomination, Session
from moothall.training.rules.inviting import tell_trainers
from moothall.training.rules.nominating import withdraw
from moothall.training.rules.placing import fill_session
from moothall.training.rules.rooms import choose_rooms
from moothall.training.rules.sessions import cancel_session, change_session, move_session, set_trainers
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment

from .make import MONDAY, TODAY, account_of, make_course, make_keeper, make_place, make_session

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


class Diary:
    """What a calendar makes of the messages it is sent: a higher sequence takes the place of a lower."""

    def __init__(self, account: Account) -> None:
        self.email = account.email
        self.events: dict[str, tuple[int, Any]] = {}
        self.methods: list[str] = []
        letters = Letter.objects.filter(to_address=self.email).order_by("id")
        for letter in letters:
            for document in letter.documents.all():
                self.read(Calendar.from_ical(read_document(document)))

    def read(self, calendar: Any) -> None:
        (event,) = calendar.events
        uid, sequence = str(event["uid"]), int(str(event["sequence"]))
        before = self.events.get(uid)
        assert before is None or sequence > before[0], "a message that a calendar would not heed"
        assert str(event["attendee"]) == f"mailto:{self.email}"
        self.methods.append(str(calendar["method"]))
        self.events[uid] = (sequence, calendar)

    def days(self) -> list[dt.datetime]:
        """When it shows something, on the clock on the wall."""
        found = []
        for _sequence, calendar in self.events.values():
            if str(calendar["method"]) == "CANCEL":
                continue
            for event in recurring_ical_events.of(calendar).between((2026, 11, 1), (2028, 1, 1)):
                assert event.end - event.start == dt.timedelta(hours=8)
                found.append(event.start.astimezone(LONDON))
        return sorted(found)


def make_officer() -> tuple[Employment, Account]:
    account = make_account()
    return make_employment(account=account), account


def nine(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), tzinfo=LONDON)


@pytest.mark.parametrize("sunday", [dt.date(2027, 3, 28), dt.date(2027, 10, 31)])
def test_a_session_over_a_change_of_the_clocks_is_at_nine_on_each_of_its_days(sunday: dt.date) -> None:
    days = [sunday - dt.timedelta(days=1), sunday, sunday + dt.timedelta(days=2)]
    officer, account = make_officer()
    session = make_session(make_course(days=3), days=days, first_on=days[0])
    make_place(session, officer)
    assert Diary(account).days() == [nine(day) for day in days]
    assert [each.utcoffset() for each in Diary(account).days()] == [nine(day).utcoffset() for day in days]


def test_a_place_is_put_in_moved_and_taken_out_of_the_calendar_each_once() -> None:
    officer, account = make_officer()
    session = make_session(make_course(days=2))
    make_place(session, officer)
    assert Diary(account).days() == [nine(day) for day in session.days]
    moved = move_session(session, first_on=MONDAY + WEEK, because="Fog", by=make_keeper(), at=AT, today=TODAY)
    for _again in range(2):
        fill_session(session.pk, at=AT, today=TODAY)
    assert Diary(account).methods == ["REQUEST", "REQUEST"]
    assert Diary(account).days() == [nine(day) for day in moved.days]
    place = Nomination.objects.get()
    withdraw(place, by=account, at=AT)
    diary = Diary(account)
    assert (diary.methods, diary.days()) == (["REQUEST", "REQUEST", "CANCEL"], [])
    make_place(session, officer)
    assert Diary(account).days() == [nine(day) for day in moved.days]


def test_who_loses_the_place_by_a_move_has_it_taken_out_and_is_told_why() -> None:
    officer, account = make_officer()
    session = make_session()
    make_place(session, officer)
    make_place(make_session(first_on=MONDAY + WEEK), officer)
    move_session(session, first_on=MONDAY + WEEK, because="Fog", by=make_keeper(), at=AT, today=TODAY)
    for _again in range(2):
        fill_session(session.pk, at=AT, today=TODAY)
    diary = Diary(account)
    assert diary.methods == ["REQUEST", "REQUEST", "CANCEL"]
    assert diary.days() == [nine(MONDAY + WEEK)]
    last = Letter.objects.filter(to_address=account.email).latest("id")
    assert "Other training on the same day" in last.body


def test_calling_a_session_off_empties_every_calendar_that_has_it() -> None:
    (officer, one), (trainer, two), (waits, three) = (make_officer() for _ in range(3))
    session = make_session(trainers=[trainer], capacity=1)
    for each in (officer, waits):
        make_place(session, each)
    assert [Diary(each).days() for each in (one, two, three)] == [[nine(MONDAY)], [nine(MONDAY)], []]
    cancel_session(session, because="No heating", by=make_keeper(), at=AT, today=TODAY)
    assert [Diary(each).methods for each in (one, two, three)] == [["REQUEST", "CANCEL"]] * 2 + [[]]
    assert not Diary(one).days() + Diary(two).days()


def test_another_room_or_hour_is_told_and_a_note_is_not() -> None:
    officer, account = make_officer()
    room = make_resource(name="Classroom 4", name_cy="Ystafell 4")
    session = make_session(capacity=8)
    make_place(session, officer)
    choose_rooms(session, [room], by=make_keeper(), at=AT)
    diary = Diary(account)
    assert diary.methods == ["REQUEST", "REQUEST"]
    [(_sequence, calendar)] = diary.events.values()
    assert "Classroom 4" in str(calendar.events[0]["location"])
    kept = Session.objects.get()
    change_session(
        kept, capacity=9, place=None, room="", begins=kept.begins, ends=kept.ends, note="Bring a coat",
        by=make_keeper(), at=AT,
    )  # fmt: skip
    assert len(Diary(account).methods) == 2


def test_trainers_are_asked_once_and_hear_when_they_teach_no_more() -> None:
    (one, first), (two, second) = make_officer(), make_officer()
    session = make_session(trainers=[one])
    assert tell_trainers(session, by=None, at=AT) == 0
    set_trainers(session, [two], by=make_keeper(), at=AT)
    assert (Diary(first).methods, Diary(first).days()) == (["REQUEST", "CANCEL"], [])
    assert Diary(second).days() == [nine(MONDAY)]
    [(_sequence, calendar)] = Diary(second).events.values()
    assert str(calendar.events[0]["summary"]).startswith("Teaching: ")


def test_invitations_are_in_the_language_of_whoever_reads_them() -> None:
    account = make_account(language="cy")
    officer = make_employment(account=account)
    room = make_resource(name="Classroom 4", name_cy="Ystafell 4")
    make_place(make_session(things=[room], capacity=8), officer)
    letter = Letter.objects.get(to_address=account.email)
    assert "Ystafell: Ystafell 4" in letter.body
    [(_sequence, calendar)] = Diary(account_of(officer)).events.values()
    assert "Ystafell 4" in str(calendar.events[0]["location"])
