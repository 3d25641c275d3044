"""Whoever leaves is out at once: on pages, over the API, by links sent before, with what they had set up."""

import datetime as dt
import re

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.test import Client

from moothall.core.clock import in_london, now
from moothall.core.notices import KEY, notices_for
from moothall.core.sealing import seal
from moothall.enquiries.models.wallboard import DisplayLink
from moothall.enquiries.rules.wallboard import display_of, hang_display, signed
from moothall.people.models import Account, Grant
from moothall.people.rules.accounts import end_access
from moothall.people.rules.granting import end_grant
from moothall.people.rules.leaving import see_out_leavers
from moothall.people.tests.make import make_account, make_grant, make_role, make_team
from moothall.webhooks.models import Endpoint
from moothall.webhooks.rules.endpoints import change_secret

pytestmark = pytest.mark.django_db
PASSWORD = "four plain words together"


def make_leaver() -> Account:
    """Somebody with one role, beside an administrator who stays."""
    make_account("people.administer")
    return make_account("cases.view", "cases.work", password=PASSWORD, team=make_team())


def sign_in(account: Account) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.get("/account/login/")
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    sent = {"login": account.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert client.post("/account/login/", sent).status_code == 302
    return client


def answers(browser: Client, program: Client) -> tuple[int, int, int]:
    """A page in a browser that is open, and a program that reads and writes over the API."""
    token = program.cookies[settings.CSRF_COOKIE_NAME].value
    sent = program.post(
        "/api/cases/", {}, content_type="application/json", headers={"X-CSRFToken": token}
    ).status_code
    return browser.get("/cases/").status_code, program.get("/api/cases/").status_code, sent


@pytest.mark.parametrize("way", ["the account", "the last role"])
def test_every_open_session_ends_with_the_account_or_its_last_role(way: str) -> None:
    account = make_leaver()
    browser, program = sign_in(account), sign_in(account)
    assert answers(browser, program) == (200, 200, 422)
    if way == "the account":
        end_access(account, by=None, at=now())
    else:
        end_grant(Grant.objects.get(account=account), by=None, at=now())
    assert answers(browser, program) == (302, 401, 401)
    assert not UserSession.objects.filter(user=account).exists()
    keys = [client.cookies[settings.SESSION_COOKIE_NAME].value for client in (browser, program)]
    assert not Session.objects.filter(session_key__in=keys).exists()


def test_whoever_keeps_another_role_stays_signed_in() -> None:
    account = make_leaver()
    make_grant(account=account, role=make_role("cases.view"), team=make_team())
    browser, program = sign_in(account), sign_in(account)
    end_grant(Grant.objects.filter(account=account).order_by("pk")[0], by=None, at=now())
    assert answers(browser, program)[:2] == (200, 200)


def test_a_role_that_ends_by_its_date_takes_the_sessions_with_it_that_day() -> None:
    account = make_leaver()
    browser, program = sign_in(account), sign_in(account)
    tomorrow = in_london(now()).date() + dt.timedelta(days=1)
    end_grant(Grant.objects.get(account=account), by=None, at=now(), ended_on=tomorrow)
    assert see_out_leavers(at=now(), today=in_london(now()).date()) == 0
    assert answers(browser, program)[:2] == (200, 200)
    assert see_out_leavers(at=now(), today=tomorrow) == 1
    assert not UserSession.objects.filter(user=account).exists()
    assert see_out_leavers(at=now(), today=tomorrow + dt.timedelta(days=8)) == 0


def test_a_link_to_a_new_password_that_was_sent_before_opens_nothing() -> None:
    account = make_leaver()
    Client().post("/account/password/reset/", {"email": account.email})
    (address,) = re.findall(r"https?://\S+(/account/\S+key\S*)", str(mail.outbox[-1].body))
    end_access(account, by=None, at=now())
    stranger = Client()
    page = stranger.get(address, follow=True)
    assert b'name="password1"' not in page.content
    assert stranger.post("/account/login/", {"login": account.email, "password": PASSWORD}).status_code == 200


def test_screens_they_hung_go_dark_and_their_webhooks_wait_for_a_new_secret() -> None:
    account, colleague = make_leaver(), make_account("webhooks.manage")
    team = make_team()
    mine = hang_display(team, where="Reception", language="en", by=account, at=now())
    other = hang_display(team, where="Office", language="en", by=colleague, at=now())
    given = {"url": "https://hooks.example.org/", "secret": seal("known to them"), "added_at": now()}
    endpoint = Endpoint.objects.create(name="Archive", added_by=account, owner=account, **given)
    Endpoint.objects.create(name="Another", added_by=colleague, owner=colleague, **given)
    end_access(account, by=colleague, at=now())
    assert display_of(signed(mine)) is None
    assert display_of(signed(other)) == other
    assert DisplayLink.objects.get(pk=mine.pk).revoked_by == colleague
    assert list(Endpoint.objects.filter(owner=None)) == [endpoint]
    caches["this process"].delete(KEY)
    assert ["Somebody left" in each for each in notices_for(colleague)] == [True]
    change_secret(endpoint, by=colleague, at=now())
    caches["this process"].delete(KEY)
    assert notices_for(colleague) == []
