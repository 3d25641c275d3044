"""A refusal at the door leaves a line, and an open line leads nowhere."""

import logging

import pytest
from django.test import Client
from pytest_django import Settings

from moothall.people.tests.make import make_account
from moothall.people.tests.pages import signed_in_as

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/people/accounts/", "/api/people/?q=Ffion", "/records/audit/"])
def test_who_is_refused_at_the_door_stands_in_the_log(caplog: pytest.LogCaptureFixture, address: str) -> None:
    account = make_account("cases.view")
    with caplog.at_level(logging.WARNING, logger="moothall.door"):
        assert signed_in_as(account).get(address).status_code == 403
        assert signed_in_as(account).get("/cases/").status_code == 200
    said = [each.getMessage() for each in caplog.records if each.name == "moothall.door"]
    assert said == [f"refused account={account.pk} GET {address.partition('?')[0]!r}"]


def test_nobody_writes_a_line_of_their_own_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    client = signed_in_as(make_account("cases.view"))
    client.get("/people/accounts/1/?x=%0Arefused account=1")
    client.get("/letters/templates/%0Arefused%20account=1/texts/")
    assert all("\n" not in each.getMessage() for each in caplog.records if each.name == "moothall.door")


def test_a_program_that_calls_unencrypted_is_refused_and_not_led_on(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    client = Client()
    answer = client.get("/api/cases/")
    assert (answer.status_code, "Location" in answer.headers) == (403, False)
    assert answer.json()["next_step"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client.get("/api/cases/", secure=True).status_code == 401
    assert client.get("/account/login/")["Location"].startswith("https://")
