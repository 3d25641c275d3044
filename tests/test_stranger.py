import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_stranger_is_asked_to_sign_in(page: Page, look: Callable[[Page, str], None]) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile("/account/login/"))
    look(page, "sign-in")
