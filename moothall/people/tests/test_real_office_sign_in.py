"""Signing in through a real OpenID Connect provider, which runs beside the tests on this machine."""

import datetime as dt
import re
import warnings
from collections.abc import Iterator
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from moothall.people.models import Account, SignInEvent
from moothall.people.tests.make import make_account
from moothall.people.tests.pages import main, page, words

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import oidc_provider_mock

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]
WAIT = 30


@pytest.fixture
def provider(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread(access_token_max_age=dt.timedelta(minutes=5)) as server:
        url = f"http://localhost:{server.server_port}"
        for name, value in (("URL", url), ("CLIENT_ID", "moothall"), ("SECRET", "s"), ("NAME", "Borth")):
            monkeypatch.setenv(f"MOOTHALL_OIDC_{name}", value)
        settings.SOCIALACCOUNT_PROVIDERS = import_module("moothall.config.sign_in_settings").openid_connect()
        yield url


def person(provider: str, sub: str, **claims: Any) -> None:
    """Somebody the organisation knows, as it describes them."""
    answer = requests.put(f"{provider}/users/{sub}", json=claims, timeout=WAIT)
    answer.raise_for_status()


def set_out(client: Client) -> str:
    """To the organisation's page; the answer is its address."""
    return str(client.post(reverse("openid_connect_login", args=["office"]))["Location"])


def sign_in_there(away: str, sub: str) -> dict[str, str]:
    """What a browser brings back after somebody has signed in on the organisation's page."""
    answer = requests.post(away, data={"sub": sub}, allow_redirects=False, timeout=WAIT)
    back = urlsplit(answer.headers["Location"])
    assert back.path == reverse("openid_connect_callback", args=["office"])
    return {name: values[0] for name, values in parse_qs(back.query).items()}


def come_back(client: Client, brought: dict[str, str]) -> Any:
    return client.get(reverse("openid_connect_callback", args=["office"]), brought)


def enters(provider: str, sub: str) -> tuple[Client, Any]:
    client = Client()
    return client, come_back(client, sign_in_there(set_out(client), sub))


def test_a_colleague_signs_in_with_the_organisations_account(provider: str) -> None:
    account = make_account(email="nia@borth.example")
    person(provider, "nia-1", email="nia@borth.example", email_verified=True, name="Nia Bevan")
    client, answer = enters(provider, "nia-1")
    assert answer["Location"] == "/"
    assert account.name in words(page(client.get(reverse("my_account"))))
    entered = SignInEvent.objects.get()
    assert (entered.kind, entered.account) == ("ENTERED", account)


def test_who_is_known_there_and_not_here_is_refused(provider: str) -> None:
    make_account(email="nia@borth.example")
    person(provider, "stranger", email="stranger@borth.example", email_verified=True)
    client, answer = enters(provider, "stranger")
    assert "You have no account here" in words(main(page(answer)))
    assert client.get(reverse("my_account")).status_code == 302
    assert Account.objects.count() == 1
    assert SignInEvent.objects.get().kind == "REFUSED"


def test_a_new_name_or_address_there_leads_to_the_same_account(provider: str) -> None:
    account = make_account(email="nia@borth.example")
    person(provider, "nia-1", email="nia@borth.example", email_verified=True, name="Nia Bevan")
    enters(provider, "nia-1")
    person(provider, "nia-1", email="nia.rees@borth.example", email_verified=True, name="Nia Rees")
    client, answer = enters(provider, "nia-1")
    assert answer["Location"] == "/"
    assert account.name in words(page(client.get(reverse("my_account"))))
    assert SocialAccount.objects.get().user == account


def test_another_person_with_the_address_of_a_first_is_not_taken_for_them(provider: str) -> None:
    first, second = make_account(email="nia@borth.example"), make_account(email="second@borth.example")
    person(provider, "nia-1", email="nia@borth.example", email_verified=True)
    enters(provider, "nia-1")
    Account.objects.filter(pk=first.pk).update(is_active=False)
    person(provider, "nia-2", email="second@borth.example", email_verified=True)
    client, _answer = enters(provider, "nia-2")
    assert second.name in words(page(client.get(reverse("my_account"))))
    gone, _answer = enters(provider, "nia-1")
    assert gone.get(reverse("my_account")).status_code == 302


def test_an_answer_that_belongs_to_no_question_is_refused(provider: str) -> None:
    make_account(email="nia@borth.example")
    person(provider, "nia-1", email="nia@borth.example", email_verified=True)
    client = Client()
    brought = sign_in_there(set_out(client), "nia-1")
    for changed in ({"state": "made-up"}, {"state": ""}):
        refused = come_back(client, brought | changed)
        assert refused.status_code in {401, 403}
    assert client.get(reverse("my_account")).status_code == 302


def test_an_answer_to_somebody_elses_question_is_refused(provider: str) -> None:
    """Who sets a trap sends their own answer to a victim, who would then work in the wrong account."""
    make_account(email="nia@borth.example")
    person(provider, "nia-1", email="nia@borth.example", email_verified=True)
    brought = sign_in_there(set_out(Client()), "nia-1")
    victim = Client()
    assert come_back(victim, brought).status_code in {401, 403}
    assert victim.get(reverse("my_account")).status_code == 302


def test_an_answer_serves_once(provider: str) -> None:
    make_account(email="nia@borth.example")
    person(provider, "nia-1", email="nia@borth.example", email_verified=True)
    client = Client()
    brought = sign_in_there(set_out(client), "nia-1")
    assert come_back(client, brought)["Location"] == "/"
    again = Client()
    again.cookies.update(client.cookies)
    client.post(reverse("account_logout"))
    assert come_back(again, brought).status_code in {401, 403}


def test_the_question_carries_what_ties_it_to_its_answer(provider: str) -> None:
    asked = parse_qs(urlsplit(set_out(Client())).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert re.fullmatch(r"[\w-]{16,}", asked["state"][0])
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}


def test_somebody_who_declines_there_is_told_so_here(provider: str) -> None:
    client = Client()
    state = parse_qs(urlsplit(set_out(client)).query)["state"][0]
    answer = come_back(client, {"error": "access_denied", "state": state})
    assert answer.status_code in {302, 401}
    assert client.get(reverse("my_account")).status_code == 302


def test_a_provider_that_is_away_lets_nobody_in_and_breaks_nothing(
    provider: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOOTHALL_OIDC_URL", "http://localhost:1")
    settings.SOCIALACCOUNT_PROVIDERS = import_module("moothall.config.sign_in_settings").openid_connect()
    client = Client()
    answer = client.post(reverse("openid_connect_login", args=["office"]))
    assert "is not answering" in words(main(page(answer, 503)))
    assert client.get(reverse("my_account")).status_code == 302
