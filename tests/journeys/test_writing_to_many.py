"""The desk writes to everybody who applied, by keyboard alone: chosen, written, read, sent and drawn back."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.core.clock import now
from moothall.letters.models import Letter
from moothall.recruitment.models import BulkAct, Campaign
from moothall.recruitment.tests.make import make_application

from .journey import KWAME, MARGED, NARROW, Journey
from .make import open_campaign

pytestmark = [pytest.mark.browser, pytest.mark.slow]
APPLIED = ("Ysolde Bello", "Tariq Pryce", "Ní Ó'Brien-Łukasiewicz")


class WritingToMany(Journey):
    def given_three_who_applied(self) -> Campaign:
        campaign = open_campaign()
        for name in APPLIED:
            make_application(campaign, at=now(), name=name)
        return campaign

    def when_all_are_chosen(self, campaign: Campaign) -> None:
        self.go(f"/recruitment/campaigns/{campaign.pk}/applications/")
        for box in self.page.locator("main tbody input[type=checkbox]").all():
            box.focus()
            self.press("Space")
        self.look("pipeline-to-choose-from")
        self.press("m")
        self.arrive("**/recruitment/several/*/")
        self.look("many-chosen")

    def when_a_letter_is_written(self) -> None:
        self.page.get_by_role("link", name="Write to each").focus()
        self.press("Enter")
        self.arrive("**/what/LETTER/")
        for label, words in (
            ("Subject in English", "Your interview"), ("Text in English", "{person.greeting}\n\nCome soon."),
            ("Subject in Welsh", "Eich cyfweliad"), ("Text in Welsh", "{person.greeting}\n\nDewch yn fuan."),
        ):  # fmt: skip
            self.page.get_by_label(label).fill(words)
        self.look("many-letter-to-write")
        self.send("Nothing is done yet.")
        self.look("many-letter-to-look-at")

    def when_each_letter_is_read(self) -> None:
        self.press("l")
        self.arrive("**/letters/*/")
        self.look("many-letter-one")
        for place in (2, 3):
            self.press("n")
            expect(self.page.get_by_text(f"Letter {place} of {len(APPLIED)}")).to_be_visible()
            self.is_ready()
        assert not self.letters().exists()

    def when_they_are_sent(self) -> None:
        self.page.locator(".govuk-back-link").focus()
        self.press("Enter")
        self.arrive("**/recruitment/several/*/")
        self.press("Control+Enter")
        expect(self.page.get_by_role("button", name="Take all of it back")).to_be_visible()
        self.is_ready()
        self.look("many-letter-done")
        assert self.letters().filter(state=Letter.QUEUED).count() == len(APPLIED)

    def when_they_are_drawn_back(self) -> None:
        self.press("z")
        expect(self.page.get_by_role("button", name="Take all of it back")).to_have_count(0)
        self.look("many-letter-taken-back")
        assert self.letters().filter(state=Letter.CANCELLED).count() == len(APPLIED)

    def letters(self) -> Any:
        return Letter.objects.filter(subject__startswith="Your interview")

    def then_it_fits_a_telephone_in_welsh(self) -> None:
        act = BulkAct.objects.get()
        for more, name in (("", "many-welsh-narrow"), ("applications/", "many-rows-welsh-narrow")):
            self.go(f"/recruitment/several/{act.pk}/{more}")
            self.is_not_cut()
            self.look(name)


def test_the_desk_writes_to_many_by_keyboard_and_takes_it_back(begin: Callable[..., Any]) -> None:
    desk: WritingToMany = begin(WritingToMany)
    desk.given_signed_in_as(KWAME)
    desk.when_all_are_chosen(desk.given_three_who_applied())
    desk.when_a_letter_is_written()
    desk.when_each_letter_is_read()
    desk.when_they_are_sent()
    desk.when_they_are_drawn_back()
    marged: WritingToMany = begin(WritingToMany, viewport=NARROW, locale="cy-GB")
    marged.given_signed_in_as(MARGED, language="cy")
    marged.then_it_fits_a_telephone_in_welsh()
