"""A manager closes a recurring problem with everyone told; a coordinator answers with an article."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.cases.models import Case, Service
from moothall.core.clock import now
from moothall.knowledge.models import AnsweredWith
from moothall.letters.models import Letter
from moothall.people.tests.make import make_person
from moothall.problems.models import Problem
from moothall.problems.rules.grouping import find_candidates

from .journey import FARIDA, KWAME, Journey
from .make import make_case

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ASKS = (
    "The booking page says expired when I press confirm",
    "Cannot confirm my booking, the page says expired",
    "Booking page expired again after pressing confirm",
    "I press confirm and the booking page has expired",
)


class RecurringProblem(Journey):
    def given_the_same_trouble_four_times(self) -> None:
        for number, text in enumerate(ASKS):
            person = make_person(
                full_name=f"Idris Nwosu-{number}", emails=[f"idris{number}@example.org"],
                language="cy" if number % 2 else "en", at=now(),
            )  # fmt: skip
            make_case(
                title=text, words=text, requester=person, days_ago=number + 1, service="elearning-access"
            )
        find_candidates(at=now())

    def when_they_look_at_what_was_found(self) -> None:
        self.go("/problems/found/")
        expect(self.page.locator("main")).to_contain_text("“expired”")
        self.look("problems-found-at-night")

    def when_they_make_it_a_problem(self) -> None:
        self.page.get_by_label("What keeps going wrong?").first.fill("The booking page expires")
        self.page.get_by_role("button", name="Make a problem").first.click()
        self.page.get_by_role("link", name="Change", exact=True).click()
        self.page.get_by_label("Cause known").check()
        self.page.get_by_label("What people can do meanwhile").fill("Use another browser.")
        self.page.get_by_label("The same in Welsh").fill("Defnyddiwch borwr arall.")
        self.page.get_by_role("button", name="Save").click()
        self.told("Saved.")
        self.look("problem")

    def then_the_workaround_stands_on_every_case(self) -> None:
        case = Case.objects.get(title=ASKS[0])
        self.go(f"/cases/{case.reference}/")
        expect(self.section("Known problem")).to_contain_text("Use another browser.")
        self.look("case-of-a-problem")

    def when_they_tell_everybody(self) -> None:
        problem = Problem.objects.get()
        self.go(f"/problems/{problem.pk}/telling/")
        expect(self.page.locator("main")).to_contain_text("4 people get one letter each")
        expect(self.page.locator("main")).to_contain_text("2 in English, 2 in Welsh")
        for label, words in (
            ("Subject", "It works again"), ("Subject in Welsh", "Mae'n gweithio eto"),
            ("Message", "The page is mended."), ("Message in Welsh", "Mae'r dudalen wedi'i thrwsio."),
        ):  # fmt: skip
            self.page.get_by_label(label, exact=True).fill(words)
        self.page.get_by_label("Close their cases as answered").check()
        self.look("problem-telling")
        self.page.get_by_role("button", name="Send 4 letters").click()
        self.told("4 letters are on their way.")

    def then_everybody_was_told_once_and_the_cases_are_closed(self) -> None:
        assert sorted(Letter.objects.values_list("language", flat=True)) == ["cy", "cy", "en", "en"]
        assert not Case.objects.filter(title__in=ASKS).exclude(status=Case.CLOSED).exists()
        self.look("problem-told")


def test_a_manager_finds_a_recurring_problem_and_closes_it_with_everyone_told(
    begin: Callable[..., Any],
) -> None:
    manager = begin(RecurringProblem)
    manager.given_the_same_trouble_four_times()
    manager.given_signed_in_as(FARIDA)
    manager.when_they_look_at_what_was_found()
    manager.when_they_make_it_a_problem()
    manager.then_the_workaround_stands_on_every_case()
    manager.when_they_tell_everybody()
    manager.then_everybody_was_told_once_and_the_cases_are_closed()


def test_the_same_pages_in_welsh(begin: Callable[..., Any]) -> None:
    manager = begin(RecurringProblem)
    manager.given_the_same_trouble_four_times()
    manager.given_signed_in_as(FARIDA, "cy")
    for path, name in (
        ("/problems/found/", "problems-found-cy"),
        ("/problems/", "problems-cy"),
        ("/knowledge/", "knowledge-cy"),
        ("/help/", "help-cy"),
        ("/help/articles/book-a-course/", "help-article-cy"),
        ("/help/who-can-help/", "helpers-cy"),
    ):
        manager.go(path)
        manager.look(name)


class AnsweringWithAnArticle(Journey):
    def given_somebody_asks_about_parking(self) -> None:
        words = "Where is the parking at the Glan Afon centre, and do I need a permit?"
        service = Service.objects.get(key="room-request")
        make_case(title="Parking at Glan Afon", words=words, to=KWAME, service=service.key)

    def when_they_take_the_article_that_is_suggested(self) -> None:
        case = Case.objects.get(title="Parking at Glan Afon")
        self.go(f"/cases/{case.reference}/")
        panel = self.section("Suggested answers")
        expect(panel).to_contain_text("shares the words")
        self.look("suggested-answers")
        panel.get_by_role("button", name="Answer with it").first.click()
        expect(self.page.get_by_label("Message", exact=True)).to_have_value(
            re.compile("day permit at reception|drwydded parcio am y dydd")
        )
        self.look("answering-with-an-article")
        self.page.get_by_role("button", name="Send", exact=True).click()
        self.told("Your reply leaves in 15 seconds.")

    def then_it_is_counted(self) -> None:
        answer = AnsweredWith.objects.get()
        assert answer.article is not None
        assert answer.article.key == "training-centre-parking"


def test_a_coordinator_answers_with_the_article_that_is_suggested(begin: Callable[..., Any]) -> None:
    coordinator = begin(AnsweringWithAnArticle)
    coordinator.given_somebody_asks_about_parking()
    coordinator.given_signed_in_as(KWAME)
    coordinator.when_they_take_the_article_that_is_suggested()
    coordinator.then_it_is_counted()
