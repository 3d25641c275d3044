"""Two people on one case are told of each other, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.cases.models import Case

from .journey import KWAME, MARGED, Journey
from .make import make_case

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class WritingTogether(Journey):
    case: Case

    def when_they_begin_a_note(self, words: str) -> None:
        self.go(f"/cases/{self.case.reference}/")
        self.press("n")
        self.page.get_by_role("textbox", name="Note", exact=True).fill(words)
        expect(self.page.get_by_text("Draft saved just now")).to_be_visible()

    def then_they_are_told_of(self, name: str) -> None:
        expect(self.page.get_by_text(f"{name} is writing here too.")).to_be_visible()
        self.look("writing-together")

    def when_they_save_it(self) -> None:
        self.press("Control+Enter")
        self.told("Note saved.")

    def then_both_notes_are_there(self, *texts: str) -> None:
        for words in texts:
            expect(self.page.locator(".mh-timeline")).to_contain_text(words)

    def when_they_begin_to_change_the_title(self, title: str) -> None:
        self.go(f"/cases/{self.case.reference}/details/")
        self.page.get_by_label("Title").fill(title)

    def when_they_send_it(self) -> None:
        self.page.get_by_role("button", name="Save", exact=True).click()

    def then_they_are_told_what_changed_and_keep_their_words(self, name: str, title: str) -> None:
        expect(self.page.get_by_text("What changed while you were writing")).to_be_visible()
        expect(self.page.locator(".mh-conflict")).to_contain_text(name)
        expect(self.page.get_by_label("Title")).to_have_value(title)
        self.look("changed-meanwhile")

    def when_the_browser_is_closed_and_opened_again(self) -> None:
        self.page.context.close()
        self.page = self.open_page()
        self.given_signed_in_as(KWAME)

    def then_their_words_are_still_there(self, words: str) -> None:
        self.go(f"/cases/{self.case.reference}/")
        self.press("n")
        expect(self.page.get_by_role("textbox", name="Note", exact=True)).to_have_value(words)
        expect(self.page.locator("[data-draft-state]")).to_contain_text("Draft saved")
        self.look("draft-came-back")


def test_two_people_writing_are_told_and_both_texts_are_kept(begin: Callable[..., Any]) -> None:
    kwame, marged = begin(WritingTogether), begin(WritingTogether)
    kwame.case = marged.case = make_case(to=KWAME)
    kwame.given_signed_in_as(KWAME)
    marged.given_signed_in_as(MARGED)
    kwame.when_they_begin_a_note("She will ring back on Thursday.")
    marged.when_they_begin_a_note("Her manager agrees.")
    marged.then_they_are_told_of("Kwame Osei-Bonsu")
    marged.when_they_save_it()
    kwame.when_they_save_it()
    kwame.then_both_notes_are_there("She will ring back on Thursday.", "Her manager agrees.")


def test_a_change_made_meanwhile_is_shown_before_it_is_overwritten(begin: Callable[..., Any]) -> None:
    kwame, marged = begin(WritingTogether), begin(WritingTogether)
    kwame.case = marged.case = make_case(to=KWAME)
    kwame.given_signed_in_as(KWAME)
    marged.given_signed_in_as(MARGED)
    kwame.when_they_begin_to_change_the_title("How to book two places")
    marged.when_they_begin_to_change_the_title("How to book a room")
    marged.when_they_send_it()
    kwame.when_they_send_it()
    kwame.then_they_are_told_what_changed_and_keep_their_words("Marged Prydderch", "How to book two places")


def test_a_draft_outlives_the_browser(begin: Callable[..., Any]) -> None:
    kwame = begin(WritingTogether)
    kwame.case = make_case(to=KWAME)
    kwame.given_signed_in_as(KWAME)
    kwame.when_they_begin_a_note("Half a thought, to be finished")
    kwame.when_the_browser_is_closed_and_opened_again()
    kwame.then_their_words_are_still_there("Half a thought, to be finished")
