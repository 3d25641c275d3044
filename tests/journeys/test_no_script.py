"""Everything that matters, in a browser that runs no script."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from .journey import KWAME, MARGED, Journey, account_of
from .make import make_case

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class NoScript(Journey):
    def given_a_case_nobody_has(self) -> None:
        self.case = make_case(title="Which room is the induction in")

    def when_they_open_it_from_my_work(self) -> None:
        self.look("no-script-my-work")
        self.page.get_by_role("link", name=self.case.title).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.case.title)

    def choose(self, action: str) -> None:
        self.page.get_by_role("toolbar").get_by_text(action, exact=False).first.click()

    def when_they_reply(self) -> None:
        self.choose("Reply")
        self.look("no-script-reply")
        self.page.get_by_label("Message").fill("The induction is in the Glan Afon Training Centre.")
        self.page.get_by_role("button", name="Send").click()
        self.told("Your reply leaves in 15 seconds.")
        expect(self.page.locator(".mh-timeline")).to_contain_text("Glan Afon")

    def when_they_write_a_note(self) -> None:
        self.choose("Note")
        self.page.get_by_role("textbox", name="Note", exact=True).fill("Asked twice this week.")
        self.page.get_by_role("button", name="Save note").click()
        self.told("Note saved.")

    def when_they_assign_it(self) -> None:
        self.choose("Assign")
        self.page.get_by_label("Assign to").select_option(label="Marged Prydderch")
        self.page.get_by_role("button", name="Assign", exact=True).last.click()
        self.told("Assigned.")
        self.case.refresh_from_db()
        assert self.case.assignee == account_of(MARGED)

    def when_they_close_it(self) -> None:
        self.choose("Close")
        self.page.get_by_label("Answered", exact=True).check()
        self.page.get_by_role("button", name="Close case").click()
        self.told("Closed.")

    def then_they_can_undo_it(self) -> None:
        self.page.locator("#notices").get_by_role("button", name="Undo").click()
        self.told("Undone.")
        self.case.refresh_from_db()
        assert not self.case.is_closed
        self.look("no-script-undone")

    def then_filters_and_search_work(self) -> None:
        self.page.get_by_role("link", name="Cases", exact=True).click()
        self.page.get_by_label("Search").fill("induction")
        self.page.get_by_role("button", name="Search").click()
        expect(self.page.locator("tbody tr")).to_have_count(1)
        self.look("no-script-search")


def test_without_a_script_a_case_is_worked_from_end_to_end(begin: Callable[..., Any]) -> None:
    coordinator = begin(NoScript, java_script_enabled=False)
    coordinator.given_a_case_nobody_has()
    coordinator.sign_in_by_the_form(KWAME)
    coordinator.when_they_open_it_from_my_work()
    coordinator.when_they_reply()
    coordinator.when_they_write_a_note()
    coordinator.when_they_assign_it()
    coordinator.when_they_close_it()
    coordinator.then_they_can_undo_it()
    coordinator.then_filters_and_search_work()
