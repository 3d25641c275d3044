"""Whoever plans transport looks after drivers and passenger assistants: what they lack, and what runs out."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.core.clock import now, today
from moothall.credentials.models import CredentialKind
from moothall.credentials.rules.recording import record_credential

from .journey import NARROW, Journey, account_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ELERI, GLORIA = "eleri.nwosu", "gloria.bancroft"


class ManagingDrivers(Journey):
    def given_a_licence_that_runs_out(self) -> None:
        person = account_of(GLORIA).person
        assert person is not None
        record_credential(
            person, kind=CredentialKind.objects.get(key="licence-d1"), number="BANCR-1", seen=True, by=None,
            issued_on=today() - dt.timedelta(days=900), expires_on=today() + dt.timedelta(days=20), at=now(),
        )  # fmt: skip

    def when_they_open_the_credentials_of_their_team(self) -> None:
        self.go("/me/team/")
        self.look("drivers-and-escorts")
        self.page.get_by_role("button", name="Credentials in my team").click()
        expect(self.page.get_by_role("link", name="Hamza Qureshi")).to_be_visible()
        self.look("credentials-of-drivers")

    def then_they_see_whose_licence_runs_out(self) -> None:
        self.page.get_by_role("link", name="Runs out within 30 days").click()
        expect(self.page.get_by_role("link", name="Gloria Bancroft")).to_be_visible()
        expect(self.page.get_by_role("link", name="Hamza Qureshi")).to_have_count(0)

    def then_all_of_it_stands_on_one_page(self) -> None:
        self.go("/me/team/credentials/matrix/")
        expect(self.page.get_by_role("columnheader", name="MiDAS certificate")).to_be_visible()
        self.look("drivers-against-credentials")

    def then_it_fits_a_telephone(self) -> None:
        for path in ("/me/team/credentials/", "/me/team/credentials/?state=lacks"):
            self.go(path)
            self.is_not_cut()
        self.look("credentials-of-drivers-narrow")


@pytest.mark.timeout(240)
def test_drivers_and_escorts_are_looked_after(begin: Callable[..., Any]) -> None:
    planner = begin(ManagingDrivers)
    planner.given_a_licence_that_runs_out()
    planner.given_signed_in_as(ELERI)
    planner.when_they_open_the_credentials_of_their_team()
    planner.then_they_see_whose_licence_runs_out()
    planner.then_all_of_it_stands_on_one_page()
    narrow = begin(ManagingDrivers, viewport=NARROW, has_touch=True)
    narrow.given_signed_in_as(ELERI, language="cy")
    narrow.then_it_fits_a_telephone()
