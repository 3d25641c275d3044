"""Signing in through the organisation's own OpenID Connect, with its answers made up."""

from importlib import import_module
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from moothall.people.models import Account
from moothall.people.tests.make import make_account
from moothall.people.tests.pages import links, main, page, words

pytestmark = pytest.mark.django_db
ISSUER = "https://sign-in.borth.example"


@pytest.fixture
def office(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """An organisation whose answers about a person are what is in this dictionary."""
    for name, value in (("URL", ISSUER), ("CLIENT_ID", "moothall"), ("SECRET", "s"), ("NAME", "Borth")):
        monkeypatch.setenv(f"MOOTHALL_OIDC_{name}", value)
    settings.SOCIALACCOUNT_PROVIDERS = import_module("moothall.config.sign_in_settings").openid_connect()
    said: dict[str, Any] = {"sub": "nia-1", "email": "NIA@borth.example", "name": "Nia"}
    paths = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
    config = {name: f"{ISSUER}/{name}" for name in paths} | {"issuer": ISSUER}
    token = {"access_token": "a", "token_type": "bearer"}
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "openid_config", config)
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "_fetch_user_info", lambda _self, _token: said)
    monkeypatch.setattr(OAuth2Client, "get_access_token", lambda *_given, **_named: token)
    return said


def come_back(client: Client) -> Any:
    """Go to the organisation's page and come back from it."""
    start = reverse("openid_connect_login", args=["office"])
    assert "You go to the page of your organisation" in words(page(client.get(start)))
    away = client.post(start)["Location"]
    asked = parse_qs(urlsplit(away).query)
    assert away.startswith(f"{ISSUER}/authorization_endpoint")
    assert asked["code_challenge_method"] == ["S256"]
    back = reverse("openid_connect_callback", args=["office"])
    return client.get(back, {"code": "c", "state": asked["state"][0]})


def test_a_colleague_comes_in_through_the_organisations_own_page(office: dict[str, Any]) -> None:
    account = make_account(email="nia@borth.example")
    client = Client()
    assert "Sign in with Borth" in links(page(client.get(reverse("account_login"))))
    assert come_back(client)["Location"] == "/"
    page(client.get(reverse("my_account")))
    assert SocialAccount.objects.get().user == account
    Account.objects.update(email="nia.bevan@borth.example")
    assert come_back(Client())["Location"] == "/"


def test_somebody_the_office_has_no_account_for_is_turned_away_in_words(office: dict[str, Any]) -> None:
    make_account(email="nia@borth.example")
    office["email"] = "stranger@borth.example"
    assert "You have no account here" in words(main(page(come_back(Client()))))
    assert SocialAccount.objects.count() == 0
    assert Account.objects.count() == 1


def test_somebody_who_left_stays_out(office: dict[str, Any]) -> None:
    make_account(email="nia@borth.example", is_active=False)
    client = Client()
    come_back(client)
    assert client.get(reverse("my_account")).status_code == 302


def test_our_forms_may_lead_to_the_organisations_page_and_nowhere_else(
    office: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    form_targets = import_module("moothall.config.sign_in_settings").form_targets
    assert form_targets() == [ISSUER]
    monkeypatch.delenv("MOOTHALL_OIDC_URL")
    assert form_targets() == []


def test_without_an_organisations_sign_in_none_is_offered() -> None:
    tree = page(Client().get(reverse("account_login")))
    assert not [text for text in links(tree) if text.startswith("Sign in with")]
    assert Client().get(reverse("openid_connect_login", args=["office"])).status_code == 404


@pytest.mark.parametrize(
    "url", ["https://login.example/common/v2.0", "https://login.example/organizations/v2.0"]
)
def test_an_address_that_lets_every_organisation_in_is_refused(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    settings = import_module("moothall.config.sign_in_settings")
    monkeypatch.setenv("MOOTHALL_OIDC_URL", url)
    with pytest.raises(settings.Cannot, match="SECRET must be"):
        settings.openid_connect()
    monkeypatch.setenv("MOOTHALL_OIDC_CLIENT_ID", "moothall")
    monkeypatch.setenv("MOOTHALL_OIDC_SECRET", "s")
    with pytest.raises(settings.Cannot, match="your own tenant"):
        settings.openid_connect()
