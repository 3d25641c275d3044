"""Ten years of bookings: what is free of 120 rooms, and a week of them on one page.

python -m benchmarks --bookings             loads a small office once, adds 95,000 bookings, prints one table
"""

import argparse
import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import psutil

from moothall.config.embedded import running
from moothall.config.home import Home
from moothall.config.preparation import collect_static

from .measuring import quantile
from .office import LEARNING, load
from .report import number

ROOMS, BOOKINGS, NIGHTS, WARM = 120, 95_000, 4, 5
ROOM_BUDGET, GRID_BUDGET = 15.0, 80.0
FIRST = dt.date(2021, 1, 4)
EACH = BOOKINGS // ROOMS
"""Bookings of each room, one after the other: some days long, with gaps, none over another."""
FILL = """
WITH made AS (
  INSERT INTO bookings_reservation (uid, title, is_private, starts_at, ends_at, setup_minutes,
    cleardown_minutes, state, state_since, edition, people, note, about_kind, recharge_to, made_at)
  SELECT gen_random_uuid(), 'Booking ' || turn || ' of ' || room, false, begins, begins + length, 0, 0,
         'CONFIRMED', begins, 1, 0, '', '', room::text, begins
    FROM unnest(%(rooms)s::bigint[]) AS room, generate_series(1, %(each)s) AS turn,
         LATERAL (SELECT %(first)s::timestamptz + turn * interval '4 days' + (room %% 4) * interval '8 hours'
                         AS begins,
                         (8 + (room * 7 + turn * 13) %% 60) * interval '1 hour' AS length) AS span
  RETURNING id, recharge_to, starts_at, ends_at
)
INSERT INTO bookings_taking (resource_id, reservation_id, shown, blocked, asked_for, rate, stands)
SELECT recharge_to::bigint, id, tstzrange(starts_at, ends_at), tstzrange(starts_at, ends_at), true, 0, true
  FROM made
"""


def measure_bookings(asked: argparse.Namespace, home: Path) -> None:
    load(home, LEARNING, scale=1, seed=asked.seed)
    collect_static(Home(home))
    with running(Home(home)):
        place = fill()
        rng = Random(asked.seed)
        spans = times_of(lambda: free(place, rng), asked.requests)
        weeks, queries = grid(place, rng, asked.requests)
    print(f"{ROOMS} rooms, {BOOKINGS:,} bookings; load {psutil.getloadavg()[0]:.1f}\n")
    print("| | p50 ms | p95 ms | budget | queries |\n|---|--:|--:|--:|--:|")
    rows = (
        (f"Rooms free for {NIGHTS} nights", spans, ROOM_BUDGET, 1),
        ("Week grid", weeks, GRID_BUDGET, queries),
    )
    for name, times, budget, asks in rows:
        cells = [number(quantile(times, 0.5)), number(quantile(times, 0.95)), number(budget, 0), str(asks)]
        print(f"| {name} | " + " | ".join(cells) + " |")


def fill() -> int:
    """The place with the rooms; filled once."""
    from django.db import connection

    from moothall.bookings.models import Resource
    from moothall.people.models import Place

    place, new = Place.objects.get_or_create(name="Measured rooms")
    if new:
        rooms = Resource.objects.bulk_create(
            Resource(name=f"Room {turn}", place=place, capacity=8 + turn % 20, for_appointments=False)
            for turn in range(ROOMS)
        )
        given: dict[str, Any] = {"rooms": [each.pk for each in rooms], "each": EACH, "first": FIRST}
        with connection.cursor() as cursor:
            cursor.execute(FILL, given)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE bookings_taking, bookings_reservation, bookings_resource")
    return place.pk


def _day(rng: Random) -> dt.date:
    return FIRST + dt.timedelta(days=rng.randrange(200, EACH * 4 - 200))


def times_of(ask: Callable[[], object], times: int) -> list[float]:
    for _turn in range(WARM):
        ask()
    found = []
    for _turn in range(times):
        started = time.perf_counter()
        ask()
        found.append(time.perf_counter() - started)
    return found


def free(place: int, rng: Random) -> list[object]:
    from moothall.bookings.models import Resource
    from moothall.bookings.rules.free import free_resources
    from moothall.people.models import Place
    from moothall.people.models.working import at_on

    begins = at_on(_day(rng), dt.time(15))
    return list(
        free_resources(
            kind=Resource.ROOM, starts_at=begins, ends_at=begins + dt.timedelta(days=NIGHTS),
            place=Place(pk=place),
        )
    )  # fmt: skip


def grid(place: int, rng: Random, times: int) -> tuple[list[float], int]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from moothall.people.models import Account

    client = Client(SERVER_NAME="localhost")
    client.force_login(
        Account.objects.get(email=LEARNING.worker), "allauth.account.auth_backends.AuthenticationBackend"
    )

    def look() -> None:
        answer = client.get(f"/bookings/?place={place}&on={_day(rng)}")
        if answer.status_code != 200:
            raise LookupError(f"The week grid answered {answer.status_code}.")

    found = times_of(look, times)
    with CaptureQueriesContext(connection) as captured:
        look()
    return found, len(captured)
