"""Somebody applies for a job, comes back to it, and follows it on their own page."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from moothall.recruitment.models import Application, Campaign

from .journey import NARROW, Journey
from .make import open_campaign

pytestmark = [pytest.mark.browser, pytest.mark.slow]
APPLICANT = "Ní Ó'Brien-Łukasiewicz"
CALM = re.compile("You are calm")
WAITED = "I waited until everybody had spoken, and then I spoke."


class Applying(Journey):
    def when_they_begin(self, campaign: Campaign) -> None:
        self.go("/jobs/")
        self.look("jobs-open")
        self.page.get_by_role("link", name=campaign.name).click()
        self.look("job-advertised")
        self.page.get_by_role("button", name="Apply now").click()
        self.look("application-begun")
        while not self.page.get_by_label(CALM).count():
            self.page.get_by_role("button", name="Continue").click()

    def when_they_save_and_come_back(self) -> None:
        self.page.get_by_label(CALM).fill(WAITED)
        self.page.get_by_role("button", name="Continue").click()
        self.page.get_by_role("link", name="Save and come back later").click()
        self.look("application-saved")
        link = self.page.locator("a.rc-break").get_attribute("href")
        assert link is not None
        self.go("/jobs/")
        self.go(urlsplit(link).path)
        expect(self.page.get_by_text(WAITED)).to_be_visible()
        self.look("application-so-far")
        self.page.get_by_role("button", name="Go on").click()

    def when_everything_is_said(self) -> None:
        heading = self.page.get_by_role("heading", level=1)
        for _page in range(6):
            if "Check your application" in heading.inner_text():
                break
            if "About you" in heading.inner_text():
                self.page.get_by_label("Your name").fill(APPLICANT)
                self.page.get_by_label("Email", exact=False).first.fill("ni@post.example")
                self.look("application-about-you")
            self.page.get_by_role("button", name="Continue").click()
        self.look("application-to-check")
        self.page.get_by_role("button", name="Send it").click()

    def then_they_see_where_they_are(self) -> None:
        made = Application.objects.get()
        expect(self.page.get_by_text(f"Its number is {made.number}")).to_be_visible()
        expect(self.page.get_by_text("We read your application").first).to_be_visible()
        self.look("application-followed")
        assert made.applicant.person.full_name == APPLICANT

    def when_they_ask_something(self) -> None:
        self.page.get_by_label("Your message").fill("May I bring a friend?")
        self.page.get_by_role("button", name="Send the message").click()
        expect(self.page.get_by_text("May I bring a friend?")).to_be_visible()

    def then_it_fits_a_telephone_in_welsh(self) -> None:
        address = self.page.url
        self.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        self.page.get_by_role("button", name="Cymraeg").click()
        self.page.goto(address)
        expect(self.page.get_by_role("heading", name="Ble rydych chi")).to_be_visible()
        self.is_not_cut()
        self.look("application-followed-in-welsh")


def test_somebody_applies_comes_back_and_follows_it(begin: Callable[..., Any]) -> None:
    theirs: Applying = begin(Applying)
    theirs.when_they_begin(open_campaign())
    theirs.when_they_save_and_come_back()
    theirs.when_everything_is_said()
    theirs.then_they_see_where_they_are()
    theirs.when_they_ask_something()
    theirs.then_it_fits_a_telephone_in_welsh()
