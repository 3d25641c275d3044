"""A case goes to the lead of another team, and nothing is lost on the way."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from .journey import DELYTH, KWAME, ORLA, Journey
from .make import make_case

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TITLE, BECAUSE = "Pay while on a course", "They ask about pay during study leave, which is for you."


class HandingOver(Journey):
    def given_a_case_of_mine(self) -> None:
        self.case = make_case(title=TITLE, to=KWAME)

    def when_they_hand_it_to_human_resources(self) -> None:
        self.go(f"/cases/{self.case.reference}/")
        self.press("h")
        self.page.get_by_label("Human Resources").check()
        self.page.get_by_label("Why, and what they need to know").fill(BECAUSE)
        self.look("handing-over")
        self.press("Control+Enter")

    def then_they_still_see_it(self) -> None:
        self.told("Handed over.")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(TITLE)
        expect(self.page.locator(".mh-strip")).to_contain_text("Human Resources")
        expect(self.page.locator(".mh-timeline")).to_contain_text("handed it to Human Resources")

    def then_it_is_first_in_my_work_with_the_reason(self) -> None:
        self.go("/")
        first = self.section("Needs me now").locator("tbody tr").first
        expect(first).to_contain_text(TITLE)
        expect(first).to_contain_text("Handed to me")
        expect(first).to_contain_text(BECAUSE)
        self.look("my-work-of-the-lead")

    def then_it_does_not_exist_for_them(self) -> None:
        for path in ("", "notes/", "assignment/"):
            response = self.page.goto(f"/cases/{self.case.reference}/{path}")
            assert response is not None
            assert response.status == 404
        self.look("not-theirs-to-see")
        self.go("/cases/?all=1&q=study")
        expect(self.page.get_by_text("Nothing matches")).to_be_visible()
        self.press("/")
        self.page.keyboard.type("pay while")
        expect(self.page.get_by_text("Nothing found")).to_be_visible()


def test_a_lead_sees_first_what_was_handed_to_them(begin: Callable[..., Any]) -> None:
    coordinator = begin(HandingOver)
    coordinator.given_a_case_of_mine()
    coordinator.given_signed_in_as(KWAME)
    coordinator.when_they_hand_it_to_human_resources()
    coordinator.then_they_still_see_it()

    lead = begin(HandingOver)
    lead.given_signed_in_as(DELYTH)
    lead.then_it_is_first_in_my_work_with_the_reason()

    stranger = begin(HandingOver)
    stranger.case = coordinator.case
    stranger.given_signed_in_as(ORLA)
    stranger.then_it_does_not_exist_for_them()
