"""Passkeys in Chromium with a virtual authenticator: added, used instead of a password, and after one."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from moothall.people.tests.make import make_account

PASSWORD = "pedwar gair anghysylltiol"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def window(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(locale="en-GB")
    yield context
    context.close()


def sign_in(page: Page, office: str, email: str) -> None:
    page.goto(office + reverse("account_login"))
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_lets_its_owner_in_alone_and_after_the_password(
    window: BrowserContext, live_server: LiveServer
) -> None:
    account = make_account(password=PASSWORD)
    office, page, faults = live_server.url, window.new_page(), []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    keys = window.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})

    sign_in(page, office, account.email)
    page.goto(office + reverse("mfa_add_webauthn"))
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name of the key").fill("work laptop")
    page.get_by_label("Sign in with this key alone").check()
    page.get_by_role("button", name="Add the key").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert str(Authenticator.objects.get(type="webauthn")) == "work laptop"

    window.clear_cookies()
    page.goto(f"{office}{reverse('account_login')}?next={reverse('my_account')}")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()

    window.clear_cookies()
    sign_in(page, office, account.email)
    page.get_by_role("button", name="Use a passkey or security key").click()
    page.wait_for_url(lambda address: "/account/" not in address)
    page.goto(office + reverse("my_account"))
    expect(page.get_by_role("heading", name="My account")).to_be_visible()
    assert [fault for fault in faults if "Content Security Policy" in fault] == []
