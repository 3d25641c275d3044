"""My team, however large: narrowed to a depot or a post, sorted, and a page at a time."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.people.models import Organisation, Place
from moothall.people.tests.make import make_organisation, make_person
from moothall.workforce.models import Employment

from .make import STARTED, make_employment, make_manager, make_pattern, make_post

pytestmark = pytest.mark.django_db


def make_depot(name: str, at: Organisation | None = None) -> Place:
    return Place.objects.create(name=name, organisation=at or make_organisation())


def test_a_large_team_is_narrowed_to_a_depot_and_to_a_post(client: Client) -> None:
    manager, boss = make_manager()
    north, south = make_depot("North depot"), make_depot("South depot")
    driver, assistant = make_post(title="Driver"), make_post(title="Passenger Assistant")
    pattern = make_pattern(name="School runs")
    for name, place, post in (
        ("Dewi North", north, driver), ("Beti North", north, assistant), ("Moses South", south, driver),
    ):  # fmt: skip
        make_employment(
            make_person(full_name=name),
            manager=boss,
            place=place,
            post=post,
            pattern=pattern,
            pattern_from=STARTED,
        )
    client.force_login(manager)
    page = reverse("my_team")
    shown = client.get(page).content.decode()
    for words in ("Dewi North", "Moses South", "North depot", "School runs"):
        assert words in shown
    narrowed = client.get(page, {"place": north.pk, "post": driver.pk}).content.decode()
    assert "Dewi North" in narrowed
    assert "Beti North" not in narrowed
    assert "Moses South" not in narrowed


def test_places_and_posts_of_other_teams_are_not_offered(client: Client) -> None:
    manager, boss = make_manager()
    make_employment(manager=boss, place=make_depot("North depot"))
    make_employment(place=make_depot("Somebody else’s depot"))
    client.force_login(manager)
    shown = client.get(reverse("my_team")).content.decode()
    assert "North depot" in shown
    assert "Somebody else’s depot" not in shown


def test_a_team_of_hundreds_is_shown_a_page_at_a_time_in_as_many_queries(client: Client) -> None:
    manager, boss = make_manager()
    post, depot = make_post(title="Driver"), make_depot("North depot")
    make_employment(manager=boss, post=post, place=depot)
    client.force_login(manager)
    page = reverse("my_team")

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(page).status_code == 200
        return len(caught)

    asked()
    few = asked()
    for _each in range(60):
        make_employment(manager=boss, post=post, place=depot)
    assert asked() <= few
    assert Employment.objects.count() == 62
    assert client.get(page).content.decode().count("data-row=") == 50
