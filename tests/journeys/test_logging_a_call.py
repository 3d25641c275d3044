"""A call is logged by keyboard alone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.enquiries.models import Contact

from .journey import KWAME, Journey

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOST_STEPS = 20
COUNT_MOUSE = """() => {
    window.mouse = 0;
    for (const kind of ['mousedown', 'pointerdown', 'touchstart'])
        addEventListener(kind, () => (window.mouse += 1), true);
}"""


class LoggingACall(Journey):
    steps = 0

    def press(self, *keys: str) -> None:
        self.steps += len(keys)
        super().press(*keys)

    def type(self, words: str) -> None:
        """A word or a sentence typed without a pause counts as one step."""
        self.steps += 1
        self.page.keyboard.type(words)

    def when_the_telephone_rings(self) -> None:
        self.go("/")
        self.page.evaluate(COUNT_MOUSE)
        self.press("g", "n")
        expect(self.page.get_by_role("combobox", name="Who")).to_be_focused()
        self.page.evaluate(COUNT_MOUSE)

    def when_they_find_the_person_while_typing(self) -> None:
        self.type("elin tra")
        expect(self.page.get_by_role("option").first).to_contain_text("Elin Trahaearn")
        self.press("ArrowDown", "Enter")
        expect(self.page.get_by_role("combobox", name="Who")).to_have_value("Elin Trahaearn")
        expect(self.page.get_by_label("Service")).to_be_hidden()
        self.look("call-person-found")

    def when_they_say_what_it_was_about(self) -> None:
        self.press("Enter")
        self.type("Large print for the manual handling course")
        self.press("Enter")
        self.type("She needs the slides in large print before Tuesday.")
        self.press("Tab", "ArrowDown", "ArrowDown")
        service = self.page.get_by_label("Service")
        expect(service).to_be_visible()
        expect(self.page.get_by_label("Where you sent them")).to_be_hidden()
        self.press("Tab")
        expect(service).to_be_focused()
        self.type("Course booking")
        self.look("call-filled-in")

    def when_they_log_it(self) -> None:
        assert self.page.evaluate("window.mouse") == 0
        self.press("Control+Enter")

    def then_a_case_is_open_about_that_person(self) -> None:
        self.told("Logged on case")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(
            "Large print for the manual handling course"
        )
        expect(self.page.locator("aside")).to_contain_text("Elin Trahaearn")
        expect(self.page.locator(".mh-case-head")).to_contain_text("Course booking question")
        assert self.steps < MOST_STEPS, f"{self.steps} steps"
        assert Contact.objects.get().channel == "PHONE"
        self.look("call-logged")

    def when_somebody_unknown_calls(self) -> None:
        self.go("/enquiries/contacts/new/")
        self.type("Zephaniah Okonkwo-Pugh")
        expect(self.page.get_by_text("Nothing found")).to_be_visible()
        self.press("Enter")
        self.type("Opening hours")
        self.press("Control+Enter")

    def then_they_are_offered_as_somebody_new(self) -> None:
        expect(self.page.get_by_role("alert")).to_contain_text(
            "Nobody called “Zephaniah Okonkwo-Pugh” is known"
        )
        expect(self.page.get_by_label("Name, if not found")).to_have_value("Zephaniah Okonkwo-Pugh")
        self.look("call-somebody-new")
        self.page.get_by_label("Name, if not found").press("Control+Enter")
        self.told("Logged: answered at once")
        assert str(Contact.objects.latest("id").person) == "Zephaniah Okonkwo-Pugh"


def test_a_call_is_logged_by_keyboard_alone(begin: Callable[..., Any]) -> None:
    coordinator = begin(LoggingACall)
    coordinator.given_signed_in_as(KWAME)
    coordinator.when_the_telephone_rings()
    coordinator.when_they_find_the_person_while_typing()
    coordinator.when_they_say_what_it_was_about()
    coordinator.when_they_log_it()
    coordinator.then_a_case_is_open_about_that_person()


def test_a_caller_nobody_knows_is_added_on_the_way(begin: Callable[..., Any]) -> None:
    coordinator = begin(LoggingACall)
    coordinator.given_signed_in_as(KWAME)
    coordinator.when_somebody_unknown_calls()
    coordinator.then_they_are_offered_as_somebody_new()
