"""The vetting officer clears the day's list by keyboard and sees only what vetting owes; a referee answers in
Welsh; an offer is accepted."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.core.clock import now, today
from moothall.people.models import Team
from moothall.people.tests.make import make_account, make_team
from moothall.recruitment.models import Application, Clearance, Offer, Referee, Reference
from moothall.recruitment.rules import offers, references
from moothall.recruitment.rules.links import signed_application, signed_referee
from moothall.recruitment.tests.make import make_application, make_campaign
from moothall.recruitment.tests.make_checks import make_checked, make_checked_route

from .journey import KWAME, MARGED, NARROW, Journey, account_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NOT_OWED = re.compile("Ines Kowalczyk|Medical|References|Right-To-Work")
CLOSED = "/checks/?state=done"


class Checking(Journey):
    def given_two_people_to_be_vetted(self) -> None:
        vetting = Team.objects.get(pk__in=account_of(KWAME).standing().teams_for("cases.work"))
        team = make_team()
        route = make_checked_route(team=team, vetting=vetting)
        first = make_checked(team=team, name="Ysolde Bello", route=route)
        make_checked(team=team, name="Tariq Pryce", campaign=first.campaign)
        make_application(first.campaign, at=now(), name="Ines Kowalczyk")  # no check of hers has begun

    def when_each_is_cleared_by_keyboard(self) -> None:
        self.go("/checks/")
        expect(self.page.get_by_text("Ysolde Bello")).to_be_visible()
        self.then_only_what_is_owed_is_shown("Ysolde Bello", "Tariq Pryce")
        self.look("checks-to-do")
        self.page.get_by_role("link", name="Ysolde Bello").focus()
        self.press("Enter")
        for person in ("Ysolde Bello", "Tariq Pryce"):
            self.is_ready()
            expect(self.page.get_by_role("heading", level=1)).to_contain_text(person)
            self._clear()
            self.look(f"check-cleared-{person.split()[0].lower()}")
            if person != "Tariq Pryce":
                self.page.goto("/checks/?turn=PERSON&state=going")
                self.is_ready()
                self.page.get_by_role("link", name="Tariq Pryce").focus()
                self.press("Enter")

    def then_only_what_is_owed_is_shown(self, *owed: str) -> None:
        """Of each person what this team decides; neither the medical nor the referees nor anybody else."""
        rows = self.page.locator("main tbody tr")
        expect(rows).to_have_count(len(owed))
        for name in owed:
            expect(rows.filter(has_text=name)).to_have_count(1)
        expect(self.page.locator("main")).not_to_contain_text(NOT_OWED)

    def _clear(self) -> None:
        for _plain in ("form", "look"):
            self.press("1")
            self.arrive("**/steps/**")
            self.page.get_by_label("Note").focus()
            self.send("The step is done.")
        self.press("1")
        self.arrive("**/steps/**")
        self.page.locator("input[name=outcome][value=granted]").focus()
        self.press("Space")
        self.send("The step is done.")
        self.press("1")
        self.arrive("**/steps/**")
        self.page.get_by_label("Cleared until").fill("1/1/2032")
        self.send("The step is done.")

    def then_both_are_cleared(self) -> None:
        assert Clearance.objects.standing().filter(runs_out_on=dt.date(2032, 1, 1)).count() == 2
        self.go("/checks/")
        self.then_only_what_is_owed_is_shown()
        self.look("checks-all-done")

    def then_it_fits_a_telephone_in_welsh(self) -> None:
        for address, name in (("/checks/", "checks-welsh-narrow"), (CLOSED, "checks-closed-welsh-narrow")):
            self.go(address)
            self.is_not_cut()
            self.look(name)
        self.page.get_by_role("link", name="Ysolde Bello").click()
        self.is_ready()
        self.is_not_cut()
        self.look("check-welsh-narrow")


class Answering(Journey):
    def given_a_referee_who_reads_welsh(self) -> Referee:
        content = references.RefereeContent(
            name="Rhian Okoro", email="rhian@ysgol.example", knows_from=dt.date(2019, 1, 1), language="cy"
        )
        return references.name_referee(make_checked(), content, by=None, at=now())

    def when_they_save_and_come_back(self, referee: Referee) -> None:
        address = f"/references/{signed_referee(referee)}/"
        self.go(address)
        self.page.get_by_label("Sut ydych chi'n eu hadnabod?").fill("Athrawes oeddwn i")
        self.page.get_by_role("button", name="Ei gadw ar gyfer nes ymlaen").click()
        self.told("Cadwyd yr hyn a ysgrifennoch.")
        self.go(address)
        self.look("reference-in-welsh")

    def and_send_it(self) -> None:
        self.page.get_by_label("Beth oedd eu swydd?").fill("Cynorthwyydd")
        self.page.get_by_label("Eu diwrnod cyntaf gyda chi").fill("1/9/2019")
        self.page.get_by_label("A oes cosb ddisgyblu").fill("Na")
        self.page.locator("input[name=again][value=yes]").check()
        self.page.get_by_label("Sut oedd eu gwaith?").fill("Gofalus a charedig")
        self.page.get_by_role("button", name="Anfon y geirda").click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Diolch")
        self.look("reference-sent")
        assert Reference.objects.get().said["how"] == "Athrawes oeddwn i"


class Accepting(Journey):
    def given_an_offer(self) -> Application:
        team = make_team()
        made = make_application(
            make_campaign(team=team, routes=[make_checked_route(team=team)]), at=now(), name="Ysolde Bello"
        )
        content = offers.OfferContent(
            kind=Offer.CONDITIONAL, job="Operator", grade="E", hours=Decimal(37), pay="£27,711 a year",
            answer_by=today() + dt.timedelta(days=9),
        )  # fmt: skip
        offers.make_offer(made, content, by=make_account(), at=now())
        return made

    def when_it_is_accepted(self, made: Application) -> None:
        self.go(f"/jobs/mine/{signed_application(made)}/")
        self.look("offer-waits")
        self.page.get_by_role("button", name="Read it and answer").click()
        self.look("offer-to-answer")
        self.page.get_by_label("I accept the offer").check()
        self.page.get_by_role("button", name="Send your answer").click()
        expect(self.page.get_by_text("You accepted it on")).to_be_visible()
        self.look("offer-accepted")
        assert Offer.objects.get().accepted_at is not None


def test_the_vetting_officer_clears_the_days_list_by_keyboard(begin: Callable[..., Any]) -> None:
    desk: Checking = begin(Checking)
    desk.given_signed_in_as(KWAME)
    desk.given_two_people_to_be_vetted()
    desk.when_each_is_cleared_by_keyboard()
    desk.then_both_are_cleared()
    marged: Checking = begin(Checking, viewport=NARROW, locale="cy-GB")
    marged.given_signed_in_as(MARGED, language="cy")
    marged.then_it_fits_a_telephone_in_welsh()


def test_a_referee_answers_by_the_link_in_welsh(begin: Callable[..., Any]) -> None:
    theirs: Answering = begin(Answering)
    theirs.when_they_save_and_come_back(theirs.given_a_referee_who_reads_welsh())
    theirs.and_send_it()


def test_an_applicant_accepts_an_offer_on_their_own_page(begin: Callable[..., Any]) -> None:
    theirs: Accepting = begin(Accepting)
    theirs.when_it_is_accepted(theirs.given_an_offer())
