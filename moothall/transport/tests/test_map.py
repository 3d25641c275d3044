"""The planning desk: board and map of a plan, what lies on the map, and the streets below it."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.aside import StillAtIt, aside
from moothall.people.rules.cautions import protect_address
from moothall.people.tests.make import AT, make_account, make_grant, make_role
from moothall.transport.models import Ride
from moothall.transport.planning.geometry import along
from moothall.transport.rules import plan_moves
from planner.streets.keeping import open_prepared
from planner.streets.network import DEGREE
from planner.streets.tests.make import LEEDS
from planner.streets.tiles import drawn_beside, tile

from .make import make_manager, make_user
from .make_runs import make_asked, make_fleet, make_plan, make_travellers, run_of

pytestmark = pytest.mark.django_db


def read(client: Client, name: str, *args: object, **query: str) -> Any:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return answer


def points_in(said: Any) -> list[list[float]]:
    """Every point of a collection, whatever lies there."""
    shapes = [each["geometry"] for each in said["features"]]
    return [
        point
        for shape in shapes
        for point in ([shape["coordinates"]] if shape["type"] == "Point" else shape["coordinates"])
    ]


@pytest.fixture
def streets(settings: Any, tmp_path: Path) -> Path:
    """A few streets of Leeds, made ready by the command."""
    from planner.streets.command import run

    settings.STREETS_HOME = tmp_path
    assert run([str(LEEDS)], tmp_path) == 0
    return next(tmp_path.glob("*.npz"))


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_manager())
    return client


def test_board_and_map_stand_on_one_page_and_the_chosen_run_names_its_passengers(desk: Client) -> None:
    make_fleet(2)
    osian, nia = make_travellers(2)
    plan = make_plan(direction="TO")
    shown = read(desk, "run_plan_map", plan.pk, run="1").content.decode()

    assert all(each in shown for each in ("leaflet.js", 'data-run="1"', 'data-run="2"', "On run M1"))
    ride = Ride.objects.get(run__plan=plan, run__number=1)
    assert f'data-move="{reverse("move_ride", args=[ride.pk])}"' in shown
    assert str(ride.passenger) in shown
    other = nia if ride.passenger == osian else osian
    assert str(other) not in shown


def test_choosing_a_run_answers_with_its_part_alone(desk: Client) -> None:
    make_fleet(1)
    make_travellers(1)
    plan = make_plan(direction="TO")
    answer = desk.get(reverse("run_plan_map", args=[plan.pk]), {"run": "1"}, headers={"HX-Request": "true"})

    assert "On run M1" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_a_plan_that_is_not_made_has_no_planning_desk(desk: Client) -> None:
    assert desk.get(reverse("run_plan_map", args=[make_asked().pk])).status_code == 409


def test_a_protected_home_is_neither_a_point_nor_on_a_line_whoever_looks(client: Client) -> None:
    make_fleet(2)
    osian, _other = make_travellers(2)
    address = osian.homes.get().address
    by = make_manager()
    make_grant(account=by, role=make_role("people.caution"))
    protect_address(osian.person, reason="Asked for", by=make_account("people.caution"), at=AT)
    plan = make_plan()
    for account in (by, make_user()):
        client.force_login(account)
        places, lines = (read(client, each, plan.pk) for each in ("run_plan_places", "run_plan_lines"))

        for answer in (places, lines):
            assert [address.longitude, address.latitude] not in points_in(answer.json())
            assert "Quillon Row" not in answer.content.decode()
        said = places.json()
        assert said["hidden"] == 1
        assert osian.person.full_name not in [each["properties"].get("who") for each in said["features"]]
        shown = read(client, "run_plan", plan.pk).content.decode()
        assert "1 call is at a protected address and not drawn." in shown


def test_somebody_without_a_run_lies_on_the_map_to_be_put_on_one(desk: Client) -> None:
    make_fleet(1)
    make_travellers(2)
    plan = make_plan(direction="TO")
    homes = [
        each["properties"]
        for each in read(desk, "run_plan_places", plan.pk).json()["features"]
        if each["properties"]["kind"] == "home"
    ]

    assert sorted(each["run"] for each in homes) == [0, 1]
    assert [each["move"] for each in homes if not each["run"]] == [
        reverse("place_without", args=[plan.without.get().pk])
    ]


def test_whoever_is_locked_or_looks_only_cannot_be_taken_hold_of(client: Client) -> None:
    by = make_manager()
    make_fleet(1)
    (osian,) = make_travellers(1)
    plan = make_plan(direction="TO")

    def moves(account: Any) -> list[str]:
        client.force_login(account)
        found = read(client, "run_plan_places", plan.pk).json()["features"]
        return [each["properties"]["move"] for each in found if each["properties"]["kind"] == "home"]

    assert moves(make_user()) == [""]
    assert moves(by) != [""]
    plan_moves.lock_run(run_of(plan, osian), locked=True, by=by, at=AT)
    assert moves(by) == [""]


def test_without_streets_runs_are_straight_and_the_ground_is_plain(
    desk: Client, settings: Any, tmp_path: Path
) -> None:
    settings.STREETS_HOME = tmp_path
    make_fleet(1)
    make_travellers(1)
    plan = make_plan(direction="TO")
    said = read(desk, "run_plan_lines", plan.pk).json()

    assert said["drawn"] == "STRAIGHT"
    assert len(said["features"][0]["geometry"]["coordinates"]) == 4
    assert "data-streets" not in read(desk, "run_plan_map", plan.pk).content.decode()
    assert read(desk, "street_tile", "none", 14, 0, 0).json() == []


def test_runs_follow_the_streets_and_the_ground_names_whose_streets_they_are(
    desk: Client, streets: Path
) -> None:
    make_fleet(1)
    make_travellers(1)
    plan = make_plan(direction="TO")
    junctions = open_prepared(streets).drive.junctions / DEGREE
    ends = [(round(north, 5), round(east, 5)) for north, east in (junctions[0], junctions[-1])]
    line = along(str(streets), streets.stat().st_mtime, [ends], "morning")[0]

    assert len(line) > 3
    assert [line[0], line[-1]] == ends
    assert read(desk, "run_plan_lines", plan.pk).json()["drawn"] == "STREETS"
    shown = read(desk, "run_plan_map", plan.pk).content.decode()
    assert "© OpenStreetMap contributors" in shown
    assert "Open Database Licence" in shown


def test_a_tile_of_streets_may_be_kept_by_the_browser(desk: Client, streets: Path) -> None:
    with closing(sqlite3.connect(drawn_beside(streets))) as file:
        x, y = file.execute("select x, y from tiles where zoom = 14 order by x, y").fetchone()
    drawn = json.loads(tile(drawn_beside(streets), 14, x, y))
    answer = read(desk, "street_tile", "any", 14, x, y)

    assert answer.json() == drawn
    assert drawn
    assert "max-age" in answer["Cache-Control"]


def test_lines_are_straight_until_the_streets_were_asked(
    desk: Client, streets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waits(*_given: Any, **_named: Any) -> None:
        raise StillAtIt

    make_fleet(1)
    make_travellers(1)
    plan = make_plan(direction="TO")
    monkeypatch.setattr(aside, "ask", waits)

    assert read(desk, "run_plan_lines", plan.pk).json()["drawn"] == "WAITS"
    assert os.path.exists(streets)


def test_a_desk_with_many_passengers_asks_no_more_than_one_with_few(desk: Client) -> None:
    def asked(number: int, name: str) -> int:
        read(desk, name, number, run="1")
        with CaptureQueriesContext(connection) as caught:
            read(desk, name, number, run="1")
        return len(caught)

    make_fleet(12)
    make_travellers(2)
    few = make_plan(direction="TO")
    make_travellers(9)
    many = make_plan(direction="TO")

    for name in ("run_plan_map", "run_plan_places", "run_plan_lines"):
        assert asked(many.pk, name) == asked(few.pk, name), name


def test_a_page_waits_for_no_planner(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the effect of a move is worked out aside, the page says so and asks again by itself."""

    def waits(*_given: Any, **_named: Any) -> None:
        raise StillAtIt

    make_fleet(2)
    osian, nia = make_travellers(2)
    plan = make_plan(direction="TO")
    monkeypatch.setattr(aside, "ask", waits)
    address = reverse("move_ride", args=[Ride.objects.get(run__plan=plan, passenger=osian).pk])
    to = str(run_of(plan, nia).number)
    shown = desk.get(address, {"to": to}).content.decode()

    assert "is being worked out" in shown
    assert f'hx-get="{address}?to={to}"' in shown
    sent = desk.post(address, {"to": to})
    assert sent.status_code == 302
    assert f"to={to}" in sent["Location"]
    assert run_of(plan, osian).number != int(to)
