"""A newcomer's first minute."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from .journey import KWAME, Journey
from .make import make_case

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class FirstMinute(Journey):
    def given_a_case_waiting(self) -> None:
        self.case = make_case(title="A quiet room for an examination", to=KWAME)

    def then_they_are_shown_around(self) -> None:
        tour = self.page.get_by_role("complementary", name="A minute to look around")
        expect(tour).to_contain_text("1 of 4")
        self.look("first-visit")
        tour.get_by_role("button", name="Next").click()
        expect(tour).to_contain_text("2 of 4")
        expect(self.page.locator(".mh-jump")).to_have_class("mh-jump mh-toured")

    def when_they_put_the_tour_away(self) -> None:
        self.page.get_by_role("button", name="Do not show this again").click()
        expect(self.page.get_by_text("A minute to look around")).to_have_count(0)
        self.go("/")
        expect(self.page.get_by_text("A minute to look around")).to_have_count(0)

    def then_a_question_mark_shows_every_key(self) -> None:
        self.press("?")
        sheet = self.page.get_by_role("dialog", name="Keyboard shortcuts")
        for words in ("My work", "Cases", "Log a call or visit", "Next or previous row of a list"):
            expect(sheet).to_contain_text(words)
        self.look("keys")
        self.press("Escape")
        expect(sheet).to_be_hidden()

    def then_the_jump_box_leads_to_a_case_and_to_a_page(self) -> None:
        self.press("Control+k")
        self.page.keyboard.type("quiet room")
        expect(self.page.get_by_role("option").first).to_contain_text(self.case.reference)
        self.look("jump-box")
        self.press("Enter")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.case.title)
        self.press("/")
        self.page.keyboard.type("import")
        expect(self.page.get_by_role("option").first).to_contain_text("Import mail")
        self.press("Enter")
        self.page.wait_for_url("**/imports/")

    def then_the_list_is_walked_with_j_and_opened_with_enter(self) -> None:
        self.press("g", "m")
        self.page.wait_for_url(f"{self.address}/")
        self.press("j", "Enter")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.case.title)


def test_a_newcomer_finds_their_way_in_a_minute(begin: Callable[..., Any]) -> None:
    newcomer = begin(FirstMinute)
    newcomer.given_a_case_waiting()
    newcomer.sign_in_by_the_form(KWAME)
    newcomer.then_they_are_shown_around()
    newcomer.when_they_put_the_tour_away()
    newcomer.then_a_question_mark_shows_every_key()
    newcomer.then_the_jump_box_leads_to_a_case_and_to_a_page()
    newcomer.then_the_list_is_walked_with_j_and_opened_with_enter()
