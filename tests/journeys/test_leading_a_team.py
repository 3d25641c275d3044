"""A manager sees what is late and why, and gives it to somebody."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.cases.models import Case

from .journey import FARIDA, KWAME, MARGED, Journey, account_of
from .make import make_case

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class LeadingATeam(Journey):
    def given_work_some_of_it_late(self) -> None:
        make_case(title="Nobody took this", days_ago=40)
        make_case(title="Taken but not answered", days_ago=30, to=KWAME)
        make_case(title="In good time", days_ago=1, to=MARGED)

    def when_they_open_team(self) -> None:
        self.go("/")
        self.press("g", "t")
        self.page.wait_for_url("**/team/")

    def then_they_see_what_is_late_and_why(self) -> None:
        late = self.section("Late, and why")
        expect(late.locator("tbody tr")).to_have_count(2)
        expect(late.locator("tbody tr", has_text="Nobody took this")).to_contain_text("Nobody has taken it")
        expect(late.locator("tbody tr", has_text="Taken but")).to_contain_text("Not answered yet")
        loads = self.section("Who carries what")
        expect(loads.locator("tbody tr", has_text="Kwame Osei-Bonsu")).to_contain_text("1")
        self.look("team")

    def when_they_give_it_to_somebody(self) -> None:
        row = self.section("Late, and why").locator("tbody tr", has_text="Nobody took this")
        row.get_by_role("checkbox").check()
        self.page.get_by_role("button", name="Assign").click()
        self.look("assign-ticked")
        self.page.get_by_label("To", exact=True).select_option(label="Marged Prydderch")
        self.page.get_by_role("button", name="Assign").click()

    def then_it_has_an_owner_and_they_are_back(self) -> None:
        self.told("1 case assigned.")
        self.page.wait_for_url("**/team/")
        row = self.section("Late, and why").locator("tbody tr", has_text="Nobody took this")
        expect(row).to_contain_text("Marged Prydderch")
        assert Case.objects.get(title="Nobody took this").assignee == account_of(MARGED)
        self.look("team-after-assigning")


def test_a_manager_sees_what_is_late_and_gives_it_to_somebody(begin: Callable[..., Any]) -> None:
    manager = begin(LeadingATeam)
    manager.given_work_some_of_it_late()
    manager.given_signed_in_as(FARIDA)
    manager.when_they_open_team()
    manager.then_they_see_what_is_late_and_why()
    manager.when_they_give_it_to_somebody()
    manager.then_it_has_an_owner_and_they_are_back()
