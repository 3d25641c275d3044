"""What came in is sorted out: one message split, two cases merged or linked, many done at once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.cases.models import Case, CaseLink

from .journey import KWAME, MARGED, Journey, account_of
from .make import make_case

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TWO_QUESTIONS = "May I bring my own laptop? And where do I claim the train fare?"


class SortingOut(Journey):
    def given_a_case_with_two_questions(self) -> None:
        self.case = make_case(title="Laptops and train fares", words=TWO_QUESTIONS, to=KWAME)

    def given_the_same_thing_asked_twice(self) -> None:
        self.first = make_case(title="Is there parking at Glan Afon", to=KWAME, days_ago=3)
        self.again = make_case(title="Parking at the training centre?", to=KWAME)

    def given_three_that_nobody_has(self) -> None:
        for title in ("Name badge misspelt", "Large print needed", "Which room, please"):
            make_case(title=title)

    def open(self, case: Case) -> None:
        self.go(f"/cases/{case.reference}/")

    def when_they_split_it(self) -> None:
        self.open(self.case)
        self.page.get_by_role("link", name="Split into a second case").click()
        title = self.page.get_by_label("What is the second question?")
        title.fill("Where to claim the train fare")
        self.look("splitting")
        self.page.get_by_role("button", name="Open the second case").click()
        self.told("The second case is open, with a copy of the message.")

    def then_the_second_case_has_the_message_too(self) -> None:
        panel = self.section("Linked cases")
        expect(panel).to_contain_text("Where to claim the train fare")
        panel.get_by_role("link", name=re.compile("^LOD-")).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Where to claim the train fare")
        expect(self.page.locator(".mh-timeline")).to_contain_text(TWO_QUESTIONS)
        self.look("split-second-case")

    def when_they_link(self, how: str) -> None:
        self.open(self.again)
        self.page.get_by_role("toolbar").get_by_text("More").click()
        self.page.get_by_role("link", name="Link or merge").click()
        self.page.get_by_label("Reference of the other case").fill(self.first.reference)
        self.page.get_by_label(how).check()
        self.look("linking")
        self.page.get_by_role("button", name="Link", exact=True).click()
        self.told("Linked.")

    def then_each_shows_the_other(self) -> None:
        expect(self.section("Linked cases")).to_contain_text(self.first.reference)
        self.look("linked")

    def when_they_take_them_apart(self) -> None:
        self.page.get_by_role("button", name=f"Take apart {self.first.reference}").click()
        self.told("The two cases are apart again.")
        expect(self.section("Linked cases")).to_have_count(0)

    def then_it_is_closed_into_the_other(self) -> None:
        self.again.refresh_from_db()
        assert self.again.merged_into == self.first
        self.open(self.first)
        expect(self.page.locator(".mh-timeline")).to_contain_text(self.again.reference)
        self.look("merged")

    def when_they_take_the_merge_back(self) -> None:
        self.open(self.again)
        expect(self.page.locator(".mh-strip")).to_contain_text("Closed")
        self.page.get_by_role("button", name=f"Take apart {self.first.reference}").click()
        self.told("The two cases are apart again.")
        self.again.refresh_from_db()
        assert self.again.merged_into is None
        assert not self.again.is_closed
        assert not CaseLink.objects.filter(ended_at=None).exists()

    def tick_all_and(self, action: str) -> None:
        self.go("/cases/?unassigned=1")
        expect(self.page.locator("tbody tr")).to_have_count(3)
        for box in self.page.locator("tbody").get_by_role("checkbox").all():
            box.check()
        expect(self.page.locator("[data-picked-count]")).to_have_text("3")
        self.look("three-ticked")
        self.page.get_by_role("group", name="With the ticked rows").get_by_role("button", name=action).click()

    def when_they_give_all_three_to_marged(self) -> None:
        self.tick_all_and("Assign")
        self.page.get_by_label("To", exact=True).select_option(label="Marged Prydderch")
        self.page.get_by_role("button", name="Assign").click()

    def then_all_three_are_hers(self) -> None:
        self.told("3 cases assigned.")
        assert Case.objects.filter(assignee=account_of(MARGED)).count() == 3

    def when_they_take_all_three(self) -> None:
        self.tick_all_and("Take")

    def then_all_three_are_theirs(self) -> None:
        expect(self.page.locator("#notices")).to_contain_text("3")
        assert Case.objects.filter(assignee=account_of(KWAME)).count() == 3

    def when_they_close_all_three(self) -> None:
        self.tick_all_and("Close")
        self.page.get_by_label("How did they end?").select_option("Answered")
        self.page.get_by_label("Reason").fill("All three were told in one call")
        self.look("closing-three")
        self.page.get_by_role("button", name="Close", exact=True).click()

    def then_all_three_are_closed(self) -> None:
        expect(self.page.locator("#notices")).to_contain_text("3")
        assert Case.objects.filter(status=Case.CLOSED, outcome="answered").count() == 3


def test_a_message_with_two_questions_becomes_two_cases(begin: Callable[..., Any]) -> None:
    coordinator = begin(SortingOut)
    coordinator.given_a_case_with_two_questions()
    coordinator.given_signed_in_as(KWAME)
    coordinator.when_they_split_it()
    coordinator.then_the_second_case_has_the_message_too()


def test_two_cases_are_linked_and_merged_and_both_can_be_taken_back(begin: Callable[..., Any]) -> None:
    coordinator = begin(SortingOut)
    coordinator.given_the_same_thing_asked_twice()
    coordinator.given_signed_in_as(KWAME)
    coordinator.when_they_link("Related")
    coordinator.then_each_shows_the_other()
    coordinator.when_they_take_them_apart()
    coordinator.when_they_link("The same thing: merge this case into the other")
    coordinator.then_it_is_closed_into_the_other()
    coordinator.when_they_take_the_merge_back()


def test_many_cases_are_given_to_somebody_at_once(begin: Callable[..., Any]) -> None:
    manager = begin(SortingOut)
    manager.given_three_that_nobody_has()
    manager.given_signed_in_as(KWAME)
    manager.when_they_give_all_three_to_marged()
    manager.then_all_three_are_hers()


def test_many_cases_are_taken_at_once(begin: Callable[..., Any]) -> None:
    coordinator = begin(SortingOut)
    coordinator.given_three_that_nobody_has()
    coordinator.given_signed_in_as(KWAME)
    coordinator.when_they_take_all_three()
    coordinator.then_all_three_are_theirs()


def test_many_cases_are_closed_at_once(begin: Callable[..., Any]) -> None:
    coordinator = begin(SortingOut)
    coordinator.given_three_that_nobody_has()
    coordinator.given_signed_in_as(KWAME)
    coordinator.when_they_close_all_three()
    coordinator.then_all_three_are_closed()
