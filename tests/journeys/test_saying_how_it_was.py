"""After closing, whoever asked says how it was, and a manager reads it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from moothall.cases.rules.closing import close_case
from moothall.core.clock import now
from moothall.core.signed_links import sign
from moothall.satisfaction.models import Survey
from moothall.satisfaction.rules.surveying import LINK, send_due_surveys

from .journey import FARIDA, KWAME, NARROW, Journey, account_of
from .make import make_case

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SAID = "The answer was right, but it came a day after the course."


class SayingHow(Journey):
    """Whoever asked."""

    def given_they_were_asked_how_it_was(self) -> None:
        case = make_case(title="How to book a place", words="How do I book?")
        close_case(case, by=account_of(KWAME), at=now(), outcome="answered")
        Survey.objects.filter(case=case).update(due_at=now() - dt.timedelta(minutes=1))
        assert send_due_surveys(at=now()) == 1
        self.survey = reverse("survey", args=[sign(Survey.objects.get(case=case).token, LINK)])
        self.reference = case.reference

    def open(self) -> None:
        self.go(self.survey)
        expect(self.page.get_by_role("heading", level=1)).to_have_text("How did we do?")

    def when_they_choose_nothing(self) -> None:
        self.look("survey")
        self.page.get_by_role("button", name="Send my answer").click()
        expect(self.page.get_by_role("alert")).to_contain_text("Choose how it was.")
        self.is_not_cut()
        self.look("survey-nothing-chosen")

    def when_they_say(self, score: str, button: str) -> None:
        self.page.get_by_label(score, exact=True).check()
        self.page.get_by_label("Is there anything you want to tell us?").fill(SAID)
        self.page.get_by_role("button", name=button).click()
        expect(self.page.get_by_text("Thank you. We have your answer.")).to_be_visible()

    def then_it_can_still_be_changed(self) -> None:
        expect(self.page.get_by_label("Very poor", exact=True)).to_be_checked()
        expect(self.page.get_by_role("button", name="Change my answer")).to_be_visible()
        self.is_not_cut()
        self.look("survey-answered")

    def then_it_is_there_in_welsh(self) -> None:
        self.page.get_by_role("button", name="Cymraeg").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Sut wnaethon ni?")
        self.is_not_cut()
        self.look("cy-survey-answered")


class Reading(Journey):
    """The manager who answers for the service."""

    reference = ""

    def when_they_open_the_results(self) -> None:
        self.go("/satisfaction/")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Satisfaction")

    def then_one_answer_of_one_asked_is_counted(self) -> None:
        row = self.page.locator("tbody tr", has_text="General enquiry")
        expect(row.locator("td").nth(0)).to_have_text("1")
        expect(row.locator("td").nth(1)).to_have_text("1")
        self.look("satisfaction-results")
        self.page.get_by_role("link", name="How they asked").click()
        expect(self.page.locator("tbody tr", has_text="By phone")).to_be_visible()

    def then_they_read_what_was_said(self) -> None:
        self.page.get_by_role("link", name="What people said").click()
        row = self.page.locator("tbody tr", has_text=SAID)
        expect(row.get_by_role("link")).to_have_text(self.reference)
        self.look("survey-answers")
        self.then_both_fit_a_telephone()

    def then_both_fit_a_telephone(self) -> None:
        width = self.page.viewport_size
        assert width is not None
        self.page.set_viewport_size({"width": 320, "height": 640})
        self.is_not_cut()
        self.look("survey-answers-narrow")
        self.go("/satisfaction/")
        self.is_not_cut()
        self.look("satisfaction-results-narrow")
        self.page.set_viewport_size(width)
        self.go("/satisfaction/answers/")

    def when_they_follow_it_up(self) -> None:
        self.page.get_by_role("button", name="Follow up").click()
        self.told("is open.")
        self.look("survey-followed-up")

    def then_the_results_are_there_in_welsh(self) -> None:
        self.given_signed_in_as(FARIDA, language="cy")
        self.go("/satisfaction/")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Boddhad")
        self.look("cy-satisfaction-results")
        self.go("/satisfaction/answers/")
        row = self.page.locator("tbody tr", has_text=SAID)
        expect(row).to_contain_text("Ymholiad cyffredinol")
        expect(row).to_contain_text("dros y ffôn")
        self.look("cy-survey-answers")
        self.go("/complaints/")
        self.look("cy-complaints")


def test_somebody_says_how_it_was_and_the_manager_follows_it_up(begin: Callable[..., Any]) -> None:
    asked = begin(SayingHow, viewport=NARROW, has_touch=True)
    asked.given_they_were_asked_how_it_was()
    asked.open()
    asked.when_they_choose_nothing()
    asked.when_they_say("Good", "Send my answer")
    asked.when_they_say("Very poor", "Change my answer")
    asked.then_it_can_still_be_changed()
    asked.then_it_is_there_in_welsh()
    manager = begin(Reading)
    manager.reference = asked.reference
    manager.given_signed_in_as(FARIDA)
    manager.when_they_open_the_results()
    manager.then_one_answer_of_one_asked_is_counted()
    manager.then_they_read_what_was_said()
    manager.when_they_follow_it_up()
    manager.then_the_results_are_there_in_welsh()
