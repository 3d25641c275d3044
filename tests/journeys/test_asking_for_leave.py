"""Leave is asked for; the manager sees that too few would be left and why, and another day fits."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.core.clock import now, today
from moothall.leave.models import LeaveRequest
from moothall.leave.rules.deciding import approve_leave
from moothall.leave.tests.make import account_of, make_request, make_team, working_day
from moothall.people.models import Account
from moothall.people.rules.accounts import choose_settings
from moothall.people.rules.drafts import dismiss

from .journey import Journey

pytestmark = [pytest.mark.browser, pytest.mark.slow]


IN_ITS_ROW = "one => one.closest('tr').contains(document.activeElement)"


class AskingForLeave(Journey):
    day = dt.date.max

    def given_a_team_of_which_one_is_away_that_day(self) -> tuple[Account, Account]:
        manager, people = make_team(size=2, least=1)
        self.day = working_day(60)
        taken = make_request(people[0], self.day, on=today())
        approve_leave(taken, by=manager, at=now())
        return manager, account_of(people[1])

    def given_signed_in(self, account: Account) -> None:
        choose_settings(account, language="en", at=now())
        dismiss(account, key="first-visit", at=now())
        self.carry_session_of(account)

    def when_that_day_is_asked_for(self) -> None:
        self.go("/me/leave/new/")
        self.page.get_by_label("First day away").fill(f"{self.day:%d/%m/%Y}")
        self.page.get_by_role("button", name="Show what it would mean").click()

    def then_it_says_that_too_few_would_be_left(self) -> None:
        expect(self.page.get_by_role("heading", name="What this would mean")).to_be_visible()
        expect(self.page.get_by_text("This would fit:")).to_be_visible()
        self.look("leave-too-few-left")

    def when_it_is_sent_all_the_same(self) -> None:
        self.page.get_by_role("button", name="Send it").click()
        self.page.wait_for_url("**/leave/requests/**")

    def then_the_manager_sees_why_it_does_not_fit(self) -> None:
        self.go("/leave/")
        expect(self.page.get_by_text("Too few left")).to_be_visible()
        self.look("leave-to-decide")

    def when_the_manager_refuses_it(self) -> None:
        waiting = LeaveRequest.objects.get(state=LeaveRequest.REQUESTED)
        self.go(f"/leave/requests/{waiting.pk}/refusal/")
        self.page.get_by_label("Why is it refused?").fill("Somebody has to be here that day.")
        self.page.get_by_role("button", name="Refuse").click()
        self.told("Refused.")

    def when_a_day_that_fits_is_taken_instead(self) -> None:
        self.when_that_day_is_asked_for()
        self.page.locator("#leave-effect").wait_for()
        self.page.locator("main li a[href*='from_on=']").first.click()
        self.page.get_by_role("button", name="Show what it would mean").click()
        self.page.get_by_role("button", name="Send it").click()
        self.page.wait_for_url("**/leave/requests/**")

    def then_it_can_be_approved(self) -> None:
        self.go("/leave/")
        self.page.get_by_role("button", name="Approve those ticked that fit").click()
        self.told("1 request is approved.")
        assert LeaveRequest.objects.filter(state=LeaveRequest.APPROVED).count() == 2
        self.go("/leave/year/")
        self.look("leave-year")

    def given_three_requests_that_fit(self) -> tuple[Account, list[LeaveRequest]]:
        manager, people = make_team(size=6, least=1)
        return manager, [make_request(each, working_day(60), on=today()) for each in people[:3]]

    def when_the_second_is_left_out_by_keyboard_alone(self, requests: list[LeaveRequest]) -> None:
        self.go("/leave/")
        ticks = [self.page.locator(f"#ids-{each.pk}") for each in requests]
        for tick in ticks:
            expect(tick).to_be_checked()
        for _row in range(4):  # those who asked on one day may stand in any order
            self.press("j")
            if ticks[1].evaluate(IN_ITS_ROW):
                break
        self.press("x")
        expect(ticks[1]).not_to_be_checked()
        expect(ticks[0]).to_be_checked()
        self.look("leave-ticked-by-keyboard")
        self.press("Control+Enter")

    def then_the_others_are_approved(self, requests: list[LeaveRequest]) -> None:
        self.told("2 requests are approved.")
        states = [LeaveRequest.objects.get(pk=each.pk).state for each in requests]
        approved, waits = LeaveRequest.APPROVED, LeaveRequest.REQUESTED
        assert states == [approved, waits, approved]


def test_leave_is_walked_ticked_and_approved_by_keyboard_alone(begin: Callable[..., Any]) -> None:
    somebody = begin(AskingForLeave)
    manager, requests = somebody.given_three_requests_that_fit()
    somebody.given_signed_in(manager)
    somebody.when_the_second_is_left_out_by_keyboard_alone(requests)
    somebody.then_the_others_are_approved(requests)


def test_leave_that_does_not_fit_finds_another_day(begin: Callable[..., Any]) -> None:
    somebody = begin(AskingForLeave)
    manager, employee = somebody.given_a_team_of_which_one_is_away_that_day()
    somebody.given_signed_in(employee)
    somebody.when_that_day_is_asked_for()
    somebody.then_it_says_that_too_few_would_be_left()
    somebody.when_it_is_sent_all_the_same()
    somebody.given_signed_in(manager)
    somebody.then_the_manager_sees_why_it_does_not_fit()
    somebody.when_the_manager_refuses_it()
    somebody.given_signed_in(employee)
    somebody.when_a_day_that_fits_is_taken_instead()
    somebody.given_signed_in(manager)
    somebody.then_it_can_be_approved()
