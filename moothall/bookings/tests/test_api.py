"""Appointments for programs: the same book, the same refusals."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from moothall.bookings.models import Appointment, AppointmentKind
from moothall.core.clock import now, today
from moothall.people.models import Account, Place
from moothall.people.tests.make import make_account, make_person, make_team

from .make import BOOKER, make_kind, make_place
from .test_pages import ALWAYS

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind(client: Client) -> AppointmentKind:
    team = make_team()
    client.force_login(make_account(*BOOKER, team=team))
    return make_kind(team=team)


@pytest.fixture
def place(kind: AppointmentKind) -> Place:
    return make_place(hours=ALWAYS)


def free(client: Client, kind: AppointmentKind) -> list[dict[str, Any]]:
    first = (today() + dt.timedelta(days=7)).isoformat()
    answer = client.get(f"/api/bookings/free?kind={kind.pk}&first={first}&days=14")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()
    return found


def post(client: Client, address: str, data: dict[str, Any]) -> Any:
    return client.post(f"/api/bookings/{address}", data, content_type="application/json")


def book(client: Client, kind: AppointmentKind, at: str, **more: Any) -> Any:
    person = make_person()
    return post(client, "appointments", {"kind": kind.pk, "starts_at": at, "person": person.reference} | more)


def test_a_free_time_is_booked_listed_moved_and_cancelled(
    client: Client, kind: AppointmentKind, place: Place
) -> None:
    first, second = free(client, kind)[:2]
    made = book(client, kind, first["starts_at"])
    assert made.status_code == 201
    number = made.json()["id"]
    assert [each["id"] for each in client.get("/api/bookings/appointments").json()] == [number]
    moved = post(client, f"appointments/{number}/moving", {"starts_at": second["starts_at"]})
    assert moved.json()["starts_at"] == second["starts_at"]
    gone = post(client, f"appointments/{number}/cancellation", {"reason": "They rang"})
    assert gone.json()["state"] == Appointment.CANCELLED


def test_a_time_that_is_taken_is_409_with_the_next_free_ones(
    client: Client, kind: AppointmentKind, place: Place
) -> None:
    first = free(client, kind)[0]["starts_at"]
    assert book(client, kind, first).status_code == 201
    refused = book(client, kind, first)
    assert refused.status_code == 409
    assert "Free next" in refused.json()["next_step"]


WRONG: list[dict[str, Any]] = [
    {"starts_at": "2026-11-24T10:00:00"},
    {"person": "P-0"},
    {"case": "X-1"},
    {"staff": "nobody@example.org"},
    {"place": 10**9},
    {"starts_at": "0001-01-01T00:00:00+14:00"},
    {"starts_at": "9999-12-31T23:59:59-14:00"},
]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_right_is_422(
    client: Client, kind: AppointmentKind, place: Place, wrong: dict[str, Any]
) -> None:
    assert book(client, kind, now().isoformat(), **wrong).status_code == 422


def test_another_teams_kind_does_not_exist(client: Client, kind: AppointmentKind, place: Place) -> None:
    other: Account = make_account(*BOOKER, team=make_team())
    client.force_login(other)
    assert book(client, kind, now().isoformat()).status_code == 404
