"""A board of twelve is found a time and booked by keyboard, with the reason for whoever cannot come."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.bookings.models import Panel, Reservation, Resource
from moothall.bookings.rules.inviting import invite
from moothall.bookings.rules.reserving import reserve
from moothall.core.clock import now, today
from moothall.letters.models import Letter
from moothall.people.models.working import at_on

from .journey import KWAME, MARGED, NARROW, Journey, account_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DAY = dt.timedelta(days=1)
RHODRI = "rhodri.penhallow"


class FindingATime(Journey):
    def given_one_of_the_twelve_is_at_an_inquest(self) -> None:
        self.panel = Panel.objects.get()
        assert self.panel.members.count() == 12
        room = Resource.objects.get(name="Classroom 1")
        begins, ends = at_on(today(), dt.time(6)), at_on(today() + 40 * DAY, dt.time(20))
        made = reserve(title="Inquest", resources=[room], starts_at=begins, ends_at=ends, by=None, at=now())
        invite(reservation=made, emails=[account_of(RHODRI).email], by=None, at=now())
        Letter.objects.all().delete()

    def find(self) -> None:
        self.page.locator("[name=title]").focus()
        self.press("Control+Enter")
        expect(self.page.locator("#times")).to_be_visible()

    def when_they_choose_the_board(self, button: str) -> None:
        self.go("/bookings/panels/")
        self.look(f"boards-{button}")
        self.go(f"/bookings/meetings/?panel={self.panel.pk}")
        expect(self.page.locator("input[name=who]")).to_have_count(12)
        self.look(f"find-a-time-{button}")
        self.find()

    def then_eleven_come_and_the_twelfth_has_a_reason(self, words: str) -> None:
        first = self.page.locator(".mh-found > li").first
        expect(first).to_contain_text(words)
        expect(first).to_contain_text("Rhodri Penhallow: Inquest")
        self.look(f"times-found-{words.replace(' ', '-')}")

    def when_they_take_the_first_with_one_key(self) -> None:
        self.page.evaluate("document.activeElement.blur()")
        self.press("1")
        self.page.wait_for_url("**/bookings/*/")

    def then_the_room_is_taken_and_eleven_are_invited(self) -> None:
        made = Reservation.objects.get(title="Learning and standards board")
        assert made.takings.get().resource.place == self.panel.place
        assert made.attendees.count() == 11
        assert Letter.objects.filter(subject__contains="Learning and standards board").count() == 11
        self.look("board-is-booked")

    def then_nothing_is_cut_off(self) -> None:
        for path in ("/bookings/panels/", f"/bookings/panels/{self.panel.pk}/", "/bookings/meetings/"):
            self.go(path)
            self.is_not_cut()
        self.go(f"/bookings/meetings/?panel={self.panel.pk}")
        self.find()
        self.is_not_cut()
        self.look("times-found-narrow")


def test_a_board_of_twelve_is_found_a_time_and_booked_with_one_key(begin: Callable[..., Any]) -> None:
    desk = begin(FindingATime)
    desk.given_one_of_the_twelve_is_at_an_inquest()
    desk.given_signed_in_as(KWAME)
    desk.when_they_choose_the_board("en")
    desk.then_eleven_come_and_the_twelfth_has_a_reason("10 of 11")
    desk.when_they_take_the_first_with_one_key()
    desk.then_the_room_is_taken_and_eleven_are_invited()


def test_a_time_is_found_in_welsh_and_in_a_narrow_window(begin: Callable[..., Any]) -> None:
    desk = begin(FindingATime, viewport=NARROW, locale="cy-GB")
    desk.given_one_of_the_twelve_is_at_an_inquest()
    desk.given_signed_in_as(MARGED, language="cy")
    desk.when_they_choose_the_board("cy")
    desk.then_eleven_come_and_the_twelfth_has_a_reason("10 o 11")
    desk.then_nothing_is_cut_off()
