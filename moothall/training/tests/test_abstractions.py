"""Who is taken off duty: whole, as differences, harmless in a spreadsheet, and as a calendar of a team."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.tests.make import AT, make_account, make_person
from moothall.training.models import Abstraction, AbstractionFetch
from moothall.training.rules.duty_abstractions import fetch_abstractions, newest_mark, note_abstractions
from moothall.training.rules.nominating import withdraw
from moothall.training.rules.team_feed import open_team_feed, team_feed_at, withdraw_team_feed
from moothall.workforce.tests.make import make_employment

from .make import MONDAY, TODAY, make_course, make_keeper, make_place, make_session, make_team

pytestmark = pytest.mark.django_db


def rows_of(file: io.BytesIO) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"))))[1:]


def fetch(account: Account, *, only_new: bool = True, kind: str = "csv") -> io.BytesIO:
    file = io.BytesIO()
    fetch_abstractions(file, kind=kind, only_new=only_new, by=account, at=AT, today=TODAY)
    file.seek(0)
    return file


def test_whoever_has_a_place_or_teaches_is_taken_each_day_and_counting_again_changes_nothing() -> None:
    trainer = make_employment()
    make_place(make_session(make_course(days=2), trainers=[trainer]))
    assert note_abstractions(today=TODAY) == 4
    assert note_abstractions(today=TODAY) == 0
    assert set(Abstraction.objects.values_list("kind", "day").order_by()) == {
        (kind, MONDAY + dt.timedelta(days=number)) for kind in ("TRAINED", "TEACHES") for number in (0, 1)
    }


def test_a_second_fetch_has_only_what_came_and_went_since() -> None:
    keeper, first = make_keeper(), make_place()
    assert [row[0] for row in rows_of(fetch(keeper))] == ["new"]
    assert rows_of(fetch(keeper)) == []
    withdraw(first, by=keeper, at=AT)
    second = make_place()
    found = {(row[0], row[1]) for row in rows_of(fetch(keeper))}
    assert found == {("gone", first.employment.number), ("new", second.employment.number)}
    assert len(rows_of(fetch(make_keeper()))) == 1
    assert len(rows_of(fetch(keeper, only_new=False))) == 1
    assert AbstractionFetch.objects.filter(account=keeper).count() == 4


def test_what_came_and_went_between_two_fetches_was_never_there() -> None:
    keeper = make_keeper()
    make_place()
    fetch(keeper)
    place = make_place()
    note_abstractions(today=TODAY)
    withdraw(place, by=keeper, at=AT)
    assert rows_of(fetch(keeper)) == []


def test_a_name_that_is_a_formula_is_harmless_in_both_kinds_of_file() -> None:
    make_place(employment=make_employment(make_person(full_name="=1+1 Davies")))
    [row] = rows_of(fetch(make_keeper()))
    assert row[2] == "'=1+1 Davies"
    book = CalamineWorkbook.from_filelike(fetch(make_keeper(), kind="xlsx"))
    assert book.get_sheet_by_index(0).to_python()[1][2] == "=1+1 Davies"


@settings(max_examples=20, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), max_size=12))
def test_differences_put_on_what_was_known_give_what_is(steps: list[tuple[bool, int]]) -> None:
    """Marks and what is known, whatever came and went in between."""
    Abstraction.objects.all().delete()
    session, who = make_session(), make_employment()
    known: set[int] = set()
    mark = 0
    for at_mark, (fetches, number) in enumerate(steps, 1):
        day = MONDAY + dt.timedelta(days=number)
        standing = Abstraction.objects.standing().filter(day=day)
        if not standing.update(ended=at_mark):
            Abstraction.objects.create(
                employment=who, day=day, kind="TRAINED", session=session, begun=at_mark
            )
        if fetches:
            for row in Abstraction.objects.changed_since(mark):
                (known.discard if row.ended else known.add)(row.day.toordinal())
            mark = newest_mark()
            there = Abstraction.objects.standing().values_list("day", flat=True)
            assert known == {each.toordinal() for each in there}


def test_programs_fetch_since_a_mark(client: Client) -> None:
    client.force_login(make_keeper())
    place = make_place()
    note_abstractions(today=TODAY)
    address = reverse("api:api_abstractions")
    said = client.get(address).json()
    assert [each["number"] for each in said["new"]] == [place.employment.number]
    assert client.get(address, {"since": said["mark"]}).json() == {
        "mark": said["mark"],
        "new": [],
        "gone": [],
    }
    withdraw(place, by=make_keeper(), at=AT)
    note_abstractions(today=TODAY)
    assert len(client.get(address, {"since": said["mark"]}).json()["gone"]) == 1


def test_the_page_counts_shows_and_hands_out_the_file(client: Client) -> None:
    keeper = make_keeper()
    client.force_login(keeper)
    first = today() + dt.timedelta(days=30)
    place = make_place(make_session(first_on=first, at=now(), today=today()), at=now(), today=today())
    note_abstractions(today=today())
    page = client.get(reverse("abstractions")).text
    assert place.employment.person.full_name in page
    answer = client.post(reverse("fetch_abstractions"), {"kind": "xlsx"})
    assert answer["Content-Disposition"].startswith("attachment")
    assert "Only what has changed" in client.get(reverse("abstractions")).text
    assert client.post(reverse("fetch_abstractions"), {"kind": "exe"}).status_code == 404


def test_the_page_takes_as_many_queries_for_many_as_for_few(client: Client) -> None:
    client.force_login(make_keeper())

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("abstractions")).status_code == 200
        return len(queries)

    def place_now(days: int) -> None:
        session = make_session(first_on=today() + dt.timedelta(days=days), at=now(), today=today())
        make_place(session, at=now(), today=today())
        note_abstractions(today=today())

    place_now(30)
    asked()
    few = asked()
    for days in (31, 38, 45):
        place_now(days)
    assert asked() == few


def test_a_calendar_reads_the_training_of_the_team_until_the_address_is_withdrawn(client: Client) -> None:
    manager, [one, *_others] = make_team(2)
    session = make_session(first_on=today() + dt.timedelta(days=30), at=now(), today=today())
    make_place(session, one, at=now(), today=today())
    make_place(session, at=now(), today=today())
    address = open_team_feed(account=manager, at=now())
    answer = client.get(reverse("team_feed_file", args=[address]))
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(each["summary"]) for each in events] == [f"{one.person.full_name}: {session.version.course}"]
    newer = open_team_feed(account=manager, at=now())
    assert team_feed_at(address) is None
    assert len(newer) > 40
    withdraw_team_feed(account=manager, at=now())
    assert client.get(reverse("team_feed_file", args=[newer])).status_code == 404


def test_a_manager_has_the_address_from_the_page_of_the_team(client: Client) -> None:
    manager, _team = make_team(1)
    client.force_login(manager)
    assert "Have it in my calendar" in client.get(reverse("team_training")).text
    page = client.post(reverse("open_team_feed")).text
    assert "/training/feeds/" in page
    client.post(reverse("withdraw_team_feed"))
    client.force_login(make_account())
    assert client.post(reverse("open_team_feed")).status_code == 200
