"""Two people mark applications without a name and without each other's marks; the desk settles and closes."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.core.clock import now
from moothall.people.models import Account
from moothall.people.rules.accounts import choose_settings
from moothall.people.tests.make import make_account
from moothall.recruitment.models import Agreed, Campaign, Marker, Sheet, Sifted
from moothall.recruitment.tests.make import make_application
from moothall.recruitment.tests.make_shortlist import make_reasons

from .journey import KWAME, MARGED, NARROW, Journey
from .make import open_campaign

pytestmark = [pytest.mark.browser, pytest.mark.slow]
APPLIED = ("Ysolde Bello", "Tariq Pryce", "Ní Ó'Brien-Łukasiewicz")
TELLING = ("Ysolde", "Bello", "Tariq", "Pryce", "Brien", "ukasiewicz", "@post.example")
PRAISE = "A clear account of a hard evening"


class Shortlisting(Journey):
    def given_three_who_applied(self) -> Campaign:
        make_reasons()
        campaign = open_campaign()
        for name in APPLIED:
            make_application(campaign, at=now(), name=name)
        return campaign

    def page_of(self, campaign: Campaign, more: str = "shortlist/") -> str:
        return f"/recruitment/campaigns/{campaign.pk}/{more}"

    def when_two_are_asked_to_mark(self, campaign: Campaign, panel: list[Account]) -> None:
        self.go(self.page_of(campaign))
        self.look("shortlist-begun")
        for each in panel:
            self.go(self.page_of(campaign, "markers/"))
            self.page.get_by_label("Email address they sign in with").fill(each.email)
            self.send("They mark for this campaign.")
        assert Marker.objects.count() == len(panel)

    def then_no_mark_stands_before_both_are_in(self, campaign: Campaign) -> None:
        assert Sheet.objects.count() == len(APPLIED)
        self.go(self.page_of(campaign))
        expect(self.page.locator("td[data-label='Marks']")).to_have_text(["–"] * len(APPLIED))
        expect(self.page.get_by_role("link", name="You are calm")).to_have_count(0)
        best = Sheet.objects.order_by("pk")[0]
        self.go(
            f"/recruitment/applications/{best.application_id}/criteria/{best.marks.all()[0].criterion_id}/"
        )
        expect(self.page.get_by_text("Not everybody has handed in yet.")).to_be_visible()
        expect(self.page.get_by_text(PRAISE)).to_have_count(0)

    def when_what_is_far_apart_is_settled(self, campaign: Campaign) -> None:
        self.go(self.page_of(campaign))
        self.look("shortlist-marked")
        self.page.get_by_role("link", name="You are calm").focus()
        self.press("Enter")
        self.arrive("**/criteria/*/")
        for words in (PRAISE, "Bronagh Nwosu", "Dewi Haidari"):
            expect(self.page.get_by_text(words)).to_be_visible()
        self.look("shortlist-to-settle")
        self.page.locator("input[name=mark][value='3']").check()
        self.page.get_by_label("Why?").fill("Both read it again")
        self.send("It is settled")
        assert Agreed.objects.get().mark == 3

    def when_the_list_is_closed(self, campaign: Campaign) -> None:
        self.go(self.page_of(campaign, "shortlist/closure/"))
        self.page.get_by_label("How many are met").fill("1")
        self.send("The shortlist is closed.")
        expect(self.page.get_by_role("heading", name="Decided")).to_be_visible()
        self.look("shortlist-closed")
        assert Sifted.objects.filter(outcome="SHORTLISTED").count() == 1

    def then_it_fits_a_telephone_in_welsh(self, campaign: Campaign) -> None:
        self.go(self.page_of(campaign))
        self.is_not_cut()
        self.look("shortlist-closed-welsh-narrow")


class Marking(Journey):
    """Somebody of the panel; all they give is `rest`, but for the first criterion of the first they open."""

    named, rest = "Constables 2027", "2"

    def given_they_may_mark(self, account: Account, language: str) -> None:
        choose_settings(account, language=language, at=now())
        self.carry_session_of(account)
        self.named = {"en": "Constables 2027", "cy": "Cwnstabliaid 2027"}[language]

    def when_everything_is_marked_by_keyboard(self, look: str, *, first: str, because: str) -> None:
        self.go("/me/marking/")
        self.page.get_by_role("link", name=self.named).focus()
        self.press("Enter")
        self.arrive("**/me/marking/*/")
        self.is_not_cut()
        self.look(f"marking-list-{look}")
        self.page.locator("main table a").first.focus()
        self.press("Enter")
        for place in range(len(APPLIED)):
            self.arrive("**/me/marking/*/*/")
            self.nothing_tells_whose_it_is()
            address = self.page.url
            self._mark(first if place == 0 else self.rest, because if place == 0 else "")
            if place == 0:
                self.is_not_cut()
                self.look(f"marking-one-{look}")
            self.press("Control+Enter")
            expect(self.page).not_to_have_url(address)
        self.is_ready()
        expect(self.page.locator("main table .govuk-tag")).to_have_count(len(APPLIED))

    def _mark(self, mark: str, because: str) -> None:
        for place, group in enumerate(self.page.locator("main fieldset").all()):
            group.locator(f"input[value='{self.rest if place else mark}']").focus()
            self.press("Space")
        self.page.locator("main input[type=text]").first.fill(because)

    def nothing_tells_whose_it_is(self) -> None:
        words = self.page.content()
        for name in TELLING:
            assert name not in words, f"{name} is on {self.page.url}"
        expect(self.page.get_by_text(PRAISE)).to_have_count(0)


def test_a_panel_marks_blind_and_the_list_is_closed(begin: Callable[..., Any]) -> None:
    desk: Shortlisting = begin(Shortlisting)
    desk.given_signed_in_as(KWAME)
    campaign = desk.given_three_who_applied()
    first, second = make_account(name="Bronagh Nwosu"), make_account(name="Dewi Haidari")
    desk.when_two_are_asked_to_mark(campaign, [first, second])
    bronagh: Marking = begin(Marking)
    bronagh.given_they_may_mark(first, "en")
    bronagh.when_everything_is_marked_by_keyboard("english", first="4", because=PRAISE)
    desk.then_no_mark_stands_before_both_are_in(campaign)
    dewi: Marking = begin(Marking, viewport=NARROW, locale="cy-GB")
    dewi.given_they_may_mark(second, "cy")
    dewi.when_everything_is_marked_by_keyboard("welsh-narrow", first="1", because="")
    desk.when_what_is_far_apart_is_settled(campaign)
    desk.when_the_list_is_closed(campaign)
    marged: Shortlisting = begin(Shortlisting, viewport=NARROW, locale="cy-GB")
    marged.given_signed_in_as(MARGED, language="cy")
    marged.then_it_fits_a_telephone_in_welsh(campaign)
