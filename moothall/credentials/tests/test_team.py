"""Whoever manages people sees what these hold and lack, and nobody else's."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import today
from moothall.people.models import Account, Post
from moothall.people.tests.make import make_account, make_person, make_team
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_manager, make_post, make_unit

from .make import make_credential, make_kind, make_requirement

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def make_drivers(number: int, *, post: Post | None = None) -> tuple[Account, Employment, list[Employment]]:
    """A manager who signs in, and so many drivers; the drivers' post asks for a licence."""
    manager, boss = make_manager()
    post = post or make_post(title="Driver", title_cy="Gyrrwr")
    people = [make_person(full_name=f"Driver {each}") for each in range(number)]
    return manager, boss, [make_employment(each, manager=boss, post=post) for each in people]


def test_a_manager_sees_what_their_people_lack_and_what_runs_out_next(client: Client) -> None:
    post = make_post(title="Driver", title_cy="Gyrrwr")
    licence = make_kind(name="Licence D1")
    make_requirement(licence, post=post)
    manager, _boss, [has, lacks] = make_drivers(2, post=post)
    make_credential(has.person, kind=licence, expires_on=today() + 20 * DAY)
    stranger = make_employment(make_person(full_name="Nia Elsewhere"), post=post)
    client.force_login(manager)
    page = reverse("team_credentials")
    shown = client.get(page).content.decode()
    assert has.person.full_name in shown
    assert lacks.person.full_name in shown
    assert stranger.person.full_name not in shown
    assert reverse("employee_credentials", args=[has.number]) in shown
    lacking = client.get(page, {"state": "lacks"}).content.decode()
    assert lacks.person.full_name in lacking
    assert has.person.full_name not in lacking
    ending = client.get(page, {"state": "30"}).content.decode()
    assert has.person.full_name in ending
    assert lacks.person.full_name not in ending


def test_a_manager_prints_their_people_against_all_that_is_asked_of_them(client: Client) -> None:
    post = make_post()
    make_requirement(make_kind(name="Enhanced check"), post=post)
    manager, _boss, [one] = make_drivers(1, post=post)
    client.force_login(manager)
    shown = client.get(reverse("team_credential_matrix")).content.decode()
    assert "Enhanced check" in shown
    assert one.person.full_name in shown


def test_whoever_manages_nobody_is_told_so(client: Client) -> None:
    account, _boss = make_manager()
    client.force_login(account)
    assert "Nobody to show" in client.get(reverse("team_credentials")).content.decode()
    assert (
        "Nobody’s line manager is you today."
        in client.get(reverse("team_credential_matrix")).content.decode()
    )


def test_the_head_of_my_team_leads_to_its_credentials(client: Client) -> None:
    manager, _boss, _people = make_drivers(1)
    client.force_login(manager)
    assert reverse("team_credentials") in client.get(reverse("my_team")).content.decode()


@pytest.mark.parametrize("route", ["team_credentials", "team_credential_matrix"])
def test_many_people_take_as_many_queries_as_few(client: Client, route: str) -> None:
    post = make_post()
    kind = make_kind()
    make_requirement(kind, post=post)
    manager, boss, people = make_drivers(2, post=post)
    make_credential(people[0].person, kind=kind, expires_on=today() + 9 * DAY)
    client.force_login(manager)

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse(route)).status_code == 200
        return len(caught)

    asked()
    few = asked()
    for _each in range(6):
        one = make_employment(manager=boss, post=post)
        make_credential(one.person, kind=kind, expires_on=today() + 9 * DAY)
    assert asked() == few


def test_of_a_unit_the_people_of_ones_team_are_shown_alone(client: Client) -> None:
    unit, team = make_unit(), make_team()
    for name, whose in (("Tesni Okafor", team), ("Dewi Elsewhere", make_team())):
        post = make_post(team=whose)
        make_requirement(make_kind(name="Enhanced check"), post=post)
        make_employment(make_person(full_name=name), unit=unit, post=post)
    client.force_login(make_account("workforce.view", team=team))
    shown = client.get(reverse("credential_matrix"), {"unit": unit.pk}).content.decode()
    assert "Tesni Okafor" in shown
    assert "Dewi Elsewhere" not in shown
