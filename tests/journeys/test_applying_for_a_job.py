"""Somebody applies for a job and follows it; two people mark blind; the desk writes to many at once."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from moothall.core.clock import now, today
from moothall.letters.models import Letter
from moothall.people.models import Account, Team
from moothall.people.tests.make import make_account
from moothall.recruitment.models import Application, Campaign, Marker, Sifted, SiftReason
from moothall.recruitment.tests.make import make_application, make_campaign

from .journey import KWAME, NARROW, Journey, account_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
APPLICANT = "Ní Ó'Brien-Łukasiewicz"
CALM = re.compile("You are calm")
WAITED = "I waited until everybody had spoken, and then I spoke."


def open_campaign() -> Campaign:
    """Of a team that Kwame works in, open today."""
    team = Team.objects.filter(pk__in=account_of(KWAME).standing().teams_for("cases.work")).order_by("pk")[0]
    return make_campaign(team=team, opens_on=today(), closes_on=today() + dt.timedelta(days=21))


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


class Shortlisting(Journey):
    def given_three_who_applied(self) -> Campaign:
        for place, key in enumerate(("guaranteed", "merit", "tie", "essential", "below"), start=1):
            SiftReason.objects.create(
                key=key, place=place, name=key.title(), name_cy=key.title(), from_on=dt.date(2026, 1, 1)
            )
        campaign = open_campaign()
        for name in ("Ysolde Bello", "Tariq Pryce", APPLICANT):
            make_application(campaign, at=now(), name=name)
        return campaign

    def when_two_are_asked_to_mark(self, campaign: Campaign, panel: list[Account]) -> None:
        self.go(f"/recruitment/campaigns/{campaign.pk}/shortlist/")
        self.look("shortlist-begun")
        for each in panel:
            self.go(f"/recruitment/campaigns/{campaign.pk}/markers/")
            self.page.get_by_label("Email address they sign in with").fill(each.email)
            self.press("Control+Enter")
            expect(self.page.get_by_role("heading", level=1)).to_contain_text("Shortlist")
        assert Marker.objects.count() == 2

    def when_the_list_is_closed(self, campaign: Campaign) -> None:
        self.go(f"/recruitment/campaigns/{campaign.pk}/shortlist/")
        self.look("shortlist-marked")
        self.go(f"/recruitment/campaigns/{campaign.pk}/shortlist/closure/")
        self.page.get_by_label("How many are met").fill("2")
        self.press("Control+Enter")
        expect(self.page.get_by_role("heading", name="Decided")).to_be_visible()
        self.look("shortlist-closed")
        assert Sifted.objects.filter(outcome="SHORTLISTED").count() == 2


class Marking(Journey):
    def when_everything_is_marked_by_keyboard(self, *, best: int) -> None:
        self.go("/me/marking/")
        self.page.get_by_role("link", name="Constables 2027").focus()
        self.press("Enter")
        self.arrive("**/me/marking/*/")
        self.look("marking-list")
        many = self.page.locator("main table tbody tr").count()
        address = self.page.url
        for place in range(many):
            self.go(address)
            self.page.locator("main table tbody tr").nth(place).get_by_role("link").focus()
            self.press("Enter")
            self.arrive("**/me/marking/*/*/")
            self.nobody_is_named()
            for field in self.page.locator("main fieldset").all():
                field.locator("input[type=radio]").nth(0 if place == best else 1).check()
            if place == 0:
                self.look("marking-one")
            with self.page.expect_navigation():
                self.press("Control+Enter")
            self.is_ready()

    def nobody_is_named(self) -> None:
        words = self.page.content()
        for name in ("Ysolde", "Bello", "Tariq", "Pryce", "Brien", "ukasiewicz", "@post.example"):
            assert name not in words, f"{name} is on {self.page.url}"


class WritingToMany(Journey):
    def when_all_are_chosen_by_keyboard(self, campaign: Campaign) -> None:
        self.go(f"/recruitment/campaigns/{campaign.pk}/applications/")
        self.look("pipeline-to-choose-from")
        for box in self.page.locator("main tbody input[type=checkbox]").all():
            box.focus()
            self.press("Space")
        self.press("m")
        self.arrive("**/recruitment/several/*/")
        self.look("many-chosen")

    def when_a_letter_to_each_is_looked_at(self) -> None:
        self.page.get_by_role("link", name="Write to each").focus()
        self.press("Enter")
        self.arrive("**/what/LETTER/")
        self.page.get_by_label("Subject in English").fill("Your interview")
        self.page.get_by_label("Text in English").fill("{person.greeting}\n\nWe will write soon.")
        self.page.get_by_label("Subject in Welsh").fill("Eich cyfweliad")
        self.page.get_by_label("Text in Welsh").fill("{person.greeting}\n\nByddwn yn ysgrifennu.")
        self.look("many-letter-to-write")
        self.press("Control+Enter")
        self.arrive("**/recruitment/several/*/")
        self.look("many-letter-to-look-at")
        self.press("l")
        self.arrive("**/letters/*/")
        self.look("many-letter-one")
        self.press("n")
        expect(self.page.get_by_text("Letter 2 of 3")).to_be_visible()

    def when_it_is_done_and_taken_back(self) -> None:
        self.page.locator(".govuk-back-link").click()
        self.is_ready()
        self.press("Control+Enter")
        expect(self.page.get_by_role("button", name="Take all of it back")).to_be_visible()
        self.is_ready()
        self.look("many-letter-done")
        assert Letter.objects.filter(subject="Your interview").count() == 3
        self.press("z")
        expect(self.page.get_by_role("button", name="Take all of it back")).to_have_count(0)
        self.look("many-letter-taken-back")
        standing = Letter.objects.filter(subject="Your interview").exclude(state="STOPPED")
        assert not standing.exists()


def test_somebody_applies_comes_back_and_follows_it(begin: Callable[..., Any]) -> None:
    theirs: Applying = begin(Applying)
    theirs.when_they_begin(open_campaign())
    theirs.when_they_save_and_come_back()
    theirs.when_everything_is_said()
    theirs.then_they_see_where_they_are()
    theirs.when_they_ask_something()
    theirs.then_it_fits_a_telephone_in_welsh()


def test_a_panel_marks_blind_and_the_list_is_closed(begin: Callable[..., Any]) -> None:
    desk: Shortlisting = begin(Shortlisting)
    desk.given_signed_in_as(KWAME)
    campaign = desk.given_three_who_applied()
    panel = [make_account(name="Bronagh Nwosu"), make_account(name="Dewi Haidari")]
    desk.when_two_are_asked_to_mark(campaign, panel)
    for each in panel:
        theirs: Marking = begin(Marking)
        theirs.carry_session_of(each)
        theirs.when_everything_is_marked_by_keyboard(best=0)
    desk.when_the_list_is_closed(campaign)


def test_the_desk_writes_to_many_and_takes_it_back(begin: Callable[..., Any]) -> None:
    desk: WritingToMany = begin(WritingToMany)
    desk.given_signed_in_as(KWAME)
    campaign = open_campaign()
    for name in ("Ysolde Bello", "Tariq Pryce", APPLICANT):
        make_application(campaign, at=now(), name=name)
    desk.when_all_are_chosen_by_keyboard(campaign)
    desk.when_a_letter_to_each_is_looked_at()
    desk.when_it_is_done_and_taken_back()
