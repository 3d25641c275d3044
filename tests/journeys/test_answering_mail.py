"""A coordinator brings a real mailbox in and answers from it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from .journey import KWAME, Journey
from .make import Worker, booking_form, unpacked_mailbox

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class AnsweringMail(Journey):
    def given_a_mailbox_on_disk(self, folder: Path) -> None:
        self.mailbox = unpacked_mailbox(folder)

    def when_they_import_it_through_the_page(self) -> None:
        self.go("/enquiries/imports/")
        self.page.get_by_label("Mailbox").select_option("learning@dyffryn-gwyn.example")
        self.page.get_by_label("File").set_input_files(self.mailbox)
        self.page.get_by_role("button", name="Import", exact=True).click()
        expect(self.page.get_by_role("status")).to_contain_text("Reading")

    def then_they_see_how_far_it_is_until_it_is_done(self) -> None:
        worker = Worker()
        worker.start()
        expect(self.page.get_by_role("status")).to_contain_text("Finished", timeout=90_000)
        worker.join()
        for words, number in {"read": 307, "copies": 41, "not read": 0}.items():
            tile = self.page.locator(".mh-tile", has_text=re.compile(rf"\d\s*{words}$"))
            expect(tile.locator(".mh-tile__number")).to_have_text(str(number))
        self.look("import-finished")

    def when_they_take_the_first_that_nobody_has(self) -> None:
        self.go("/")
        row = self.section("Nobody has taken these yet").locator("tbody tr").first
        self.title = row.locator("a").inner_text()
        self.look("my-work-after-import")
        row.get_by_role("button", name="Take").click()
        self.told("This case is yours.")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.title)

    def when_they_say_which_service_it_is_and_who_asked(self) -> None:
        self.press("e")
        expect(self.page.get_by_role("combobox", name="Who asked")).not_to_have_value("")
        self.page.get_by_label("Service").select_option("Course booking question")
        self.look("details")
        self.press("Control+Enter")
        self.told("Saved.")
        expect(self.page.locator(".mh-case-head")).to_contain_text("Course booking question")

    def when_they_answer_it_from_a_template(self, form: Path) -> None:
        self.press("r")
        message = self.page.get_by_label("Message")
        expect(message).to_be_focused()
        expect(self.page.get_by_role("heading", name="Reply")).to_be_in_viewport()
        self.page.get_by_label("Template").select_option("Answer")
        expect(message).to_have_value(re.compile("Thank you for your question"))
        self.send_with_its_gap_left()
        message.fill(message.input_value().replace("[Write the answer here.]", "The answer is yes."))
        self.page.locator("summary", has_text="Copies and files").click()
        self.page.get_by_label("Files").set_input_files(form)
        self.look("reply")
        self.press("Control+Enter")
        self.told("Your reply leaves in 15 seconds.")

    def send_with_its_gap_left(self) -> None:
        self.press("Control+Enter")
        problem = self.page.get_by_role("alert")
        expect(problem).to_contain_text("The letter still has gaps that nobody has filled in")
        self.look("reply-with-a-gap")

    def then_the_clock_is_met_and_it_is_their_turn(self) -> None:
        expect(self.fact("Answer")).to_contain_text("Met")
        expect(self.page.locator(".mh-strip")).to_contain_text("The person’s")
        answer = self.page.locator(".mh-entry--mail-out").first
        expect(answer).to_contain_text("The answer is yes")
        expect(answer).to_contain_text("booking-form.pdf")
        self.reference = self.page.locator(".mh-case-head .mh-ref").inner_text()
        self.look("case-answered")

    def then_the_letter_is_in_the_outbox(self) -> None:
        self.go("/letters/")
        row = self.page.locator("tbody tr", has_text=self.reference).first
        expect(row).to_contain_text("Queued")
        self.look("outbox")

    def when_they_close_it(self) -> None:
        self.go(f"/cases/{self.reference}/")
        self.press("c")
        self.page.get_by_label("Answered", exact=True).check()
        self.press("Control+Enter")
        self.told("Closed.")
        expect(self.page.locator(".mh-strip")).to_contain_text("Closed")

    def then_closing_can_be_undone(self) -> None:
        self.page.locator("#notices").get_by_role("button", name="Undo").click()
        self.told("Undone.")
        expect(self.page.get_by_role("button", name=re.compile("^Close"))).to_be_visible()
        expect(self.page.locator(".mh-strip")).to_contain_text("The person’s")
        self.look("close-undone")

    def then_a_closed_case_can_be_opened_again_with_a_reason(self) -> None:
        self.when_they_close_it()
        self.page.get_by_role("button", name=re.compile("^Reopen")).or_(
            self.page.get_by_role("link", name=re.compile("^Reopen"))
        ).first.click()
        self.page.get_by_label("Why").fill("They rang: the form was the wrong one")
        self.look("reopening")
        self.press("Control+Enter")
        self.told("Open again.")
        expect(self.page.locator(".mh-timeline")).to_contain_text("They rang: the form was the wrong one")


def test_real_mail_is_imported_answered_closed_and_opened_again(
    begin: Callable[..., Any], tmp_path: Path
) -> None:
    coordinator = begin(AnsweringMail)
    coordinator.given_signed_in_as(KWAME)
    coordinator.given_a_mailbox_on_disk(tmp_path)
    coordinator.when_they_import_it_through_the_page()
    coordinator.then_they_see_how_far_it_is_until_it_is_done()
    coordinator.when_they_take_the_first_that_nobody_has()
    coordinator.when_they_say_which_service_it_is_and_who_asked()
    coordinator.when_they_answer_it_from_a_template(booking_form(tmp_path))
    coordinator.then_the_clock_is_met_and_it_is_their_turn()
    coordinator.then_the_letter_is_in_the_outbox()
    coordinator.when_they_close_it()
    coordinator.then_closing_can_be_undone()
    coordinator.then_a_closed_case_can_be_opened_again_with_a_reason()
