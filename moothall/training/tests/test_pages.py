"""The pages of training: what is shown to whom, and in how many queries."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.training.models import Nomination, Session
from moothall.training.rules.courses import require_course
from moothall.training.rules.needs import note_needs
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment

from .make import (
    SINCE,
    account_of,
    make_course,
    make_keeper,
    make_minimum,
    make_place,
    make_session,
    make_team,
    unit_of,
)

pytestmark = pytest.mark.django_db


def soon(days: int = 30) -> dt.date:
    """A weekday that far ahead."""
    day = today() + dt.timedelta(days=days)
    return day + dt.timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)


def session_now(days: int = 30, **changes: Any) -> Session:
    return make_session(first_on=soon(days), at=now(), today=today(), **changes)


def place_now(session: Session, employment: Employment | None = None, **changes: Any) -> Nomination:
    return make_place(session, employment, at=now(), today=today(), **changes)


def counted(client: Client, address: str) -> Callable[[], int]:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    return queries


def test_whoever_looks_after_training_opens_a_session_and_puts_people_forward(client: Client) -> None:
    course, one = make_course("First aid"), make_employment()
    client.force_login(make_keeper())
    form = {
        "course": course.pk, "first_on": soon().strftime("%d/%m/%Y"), "language": "en", "begins": "09:00",
        "ends": "16:00",
    }  # fmt: skip
    page = client.post(reverse("open_training_session"), form, follow=True)
    assert "The session is open" in page.text
    session = Session.objects.get()
    assert session.capacity == 12
    address = reverse("put_people_forward", args=[session.pk])
    unknown = client.post(address, {"numbers": f"{one.number}, X99"})
    assert unknown.status_code == 422
    assert "X99" in unknown.text
    page = client.post(address, {"numbers": one.number, "agreed": "on"}, follow=True)
    assert one.person.full_name in page.text
    assert Nomination.objects.get().state == Nomination.PLACED


def test_somebody_asks_and_their_manager_books_and_approves_on_one_page(client: Client) -> None:
    manager, [one, two, *_others] = make_team(3)
    session = session_now(course=make_course("First aid"))
    client.force_login(account_of(one))
    page = client.post(reverse("ask_for_training"), {"session": session.pk}, follow=True)
    assert "It waits for your manager" in page.text
    client.force_login(manager)
    page = client.get(reverse("team_training"))
    assert "Waits for your word" in page.text
    page = client.post(reverse("book_team"), {"ids": [one.pk, two.pk], "session": session.pk}, follow=True)
    assert "1 person has a place" in page.text
    asked = Nomination.objects.get(employment=one)
    page = client.post(reverse("approve_training", args=[asked.pk]), follow=True)
    assert "they have a place" in page.text
    assert Session.objects.get().taken == 2


def test_a_manager_cannot_book_somebody_elses_people(client: Client) -> None:
    manager, _team = make_team(1)
    stranger, session = make_employment(), session_now()
    client.force_login(manager)
    answer = client.post(reverse("book_team"), {"ids": [stranger.pk], "session": session.pk})
    assert answer.status_code == 404
    assert not Nomination.objects.exists()


def test_the_ledger_shows_who_set_the_minimum_and_who_went_below_it(client: Client) -> None:
    manager, [one, two, *_others] = make_team(3)
    make_minimum(unit_of(one), 2, at=now(), today=today())
    session = session_now()
    place_now(session, one)
    waits = place_now(session, two)
    client.force_login(manager)
    page = client.get(reverse("training_place", args=[waits.pk]))
    assert "Let them go all the same" in page.text
    client.post(reverse("approve_training", args=[waits.pk]), {"despite": "The licence runs out"})
    client.force_login(make_keeper())
    page = client.get(reverse("training_ledger"), {"from": soon().isoformat()})
    assert "Let through below the minimum" in page.text
    assert "The licence runs out" in page.text
    assert two.person.full_name in page.text


def test_the_register_notes_results_and_says_who_could_not_be_noted(client: Client) -> None:
    session = session_now()
    places = [place_now(session) for _n in range(2)]
    days = [today() - dt.timedelta(days=1)]
    Session.objects.update(days=days, first_on=days[0], last_on=days[0])
    client.force_login(make_keeper())
    given = {f"came-{places[0].pk}": "PASSED", f"came-{places[1].pk}": "ABSENT"}
    page = client.post(reverse("note_register", args=[session.pk]), given, follow=True)
    assert "1 person is noted" in page.text
    assert "Say why" in page.text
    places[0].refresh_from_db()
    assert places[0].result == Nomination.PASSED


def test_my_training_shows_what_i_have_to_take_and_my_certificate(client: Client) -> None:
    _manager, [one, *_others] = make_team(1)
    course = make_course("Data protection")
    require_course(course, workforce="employee", from_on=SINCE, by=None, at=now())
    note_needs(at=now(), today=today())
    client.force_login(account_of(one))
    page = client.get(reverse("my_training")).text
    assert "What I have to take" in page
    assert "Overdue" in page
    assert "Certificate" not in page


def test_demand_is_counted_by_month(client: Client) -> None:
    course = make_course("Data protection")
    require_course(course, workforce="employee", within_days=40, from_on=today(), by=None, at=now())
    for _n in range(3):
        make_employment(started_on=today())
    note_needs(at=now(), today=today())
    client.force_login(make_keeper())
    assert ">3</td>" in client.get(reverse("training_demand")).text


def test_lists_take_as_many_queries_for_many_as_for_few(client: Client) -> None:
    _manager, people = make_team(5)
    session = session_now()
    place_now(session, people[0])
    client.force_login(make_keeper())
    lists = counted(client, reverse("training_sessions"))
    one = counted(client, reverse("training_session", args=[session.pk]))
    courses, demand = (
        counted(client, reverse("training_courses")),
        counted(client, reverse("training_demand")),
    )
    for ask in (lists, one, courses, demand):
        ask()
    few = [ask() for ask in (lists, one, courses, demand)]
    for each, ahead in zip(people[1:], (31, 38, 45, 52), strict=True):
        place_now(session, each)
        session_now(ahead)
    assert [ask() for ask in (lists, one, courses, demand)] == few


def test_the_team_page_takes_as_many_queries_for_many_as_for_few(client: Client) -> None:
    manager, people = make_team(5)
    session = session_now()
    place_now(session, people[0])
    client.force_login(manager)
    team = counted(client, reverse("team_training"))
    team()
    few = team()
    for each, ahead in zip(people[1:], (31, 38, 45, 52), strict=True):
        place_now(session, each)
        session_now(ahead)
    assert team() == few


def test_my_training_takes_as_many_queries_for_many_as_for_few(client: Client) -> None:
    _manager, [one, *_others] = make_team(1)
    place_now(session_now(), one)
    client.force_login(account_of(one))
    mine = counted(client, reverse("my_training"))
    mine()
    few = mine()
    for ahead in (37, 44, 51):
        place_now(session_now(ahead), one)
    assert mine() == few
