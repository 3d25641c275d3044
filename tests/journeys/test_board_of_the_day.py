"""Somebody who drives a run tomorrow does not come: the board is in alarm, and is covered by one key."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.core.clock import now, today
from moothall.transport.models import Cover, Manning
from moothall.transport.rules.accounting import owner_of_all
from moothall.transport.rules.crews import leave_crew

from .journey import NARROW
from .transport_office import BRONAGH, OfTransport, next_school_day

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class TheDay(OfTransport):
    def given_a_driver_who_does_not_come(self) -> None:
        day = next_school_day()
        rows = Manning.objects.filter(duty__day=day, duty__run__direction="TO", role="driver")
        place = rows.exclude(member=None).order_by("id")[0]
        assert place.member is not None
        self.missing, self.place = str(place.member), place.pk
        leave_crew(place.member, by=owner_of_all(), at=now(), today=today())

    def when_they_open_the_board(self) -> None:
        self.go(f"/transport/board/?day={next_school_day().isoformat()}")

    def then_it_is_in_alarm(self) -> None:
        expect(self.page.get_by_role("status")).to_contain_text("In alarm")
        self.look("board-in-alarm")

    def when_they_look_at_the_options(self) -> None:
        self.page.get_by_role("link", name="See the options first").press("Enter")
        self.arrive("**/options/")
        expect(self.page.get_by_role("heading", name="Ways to cover")).to_be_visible()
        self.look("board-options")
        self.page.go_back()
        self.is_ready()

    def when_they_cover_it_by_one_key(self) -> None:
        self.press("c")
        self.told("The day is covered.")

    def then_somebody_else_has_the_run(self) -> None:
        expect(self.page.get_by_role("status")).to_contain_text("Every run is manned")
        member = Manning.objects.get(pk=self.place).member
        assert member is not None
        assert str(member) != self.missing
        self.look("board-covered")

    def when_they_take_it_back(self) -> None:
        self.page.get_by_role("button", name="Take back").press("Enter")
        self.told("Everybody has again what they had.")
        expect(self.page.get_by_role("status")).to_contain_text("In alarm")
        assert Cover.objects.exclude(undone_at=None).count() == 1

    def then_it_reads_well_in_welsh_and_on_a_telephone(self) -> None:
        self.when_they_open_the_board()
        expect(self.page.get_by_role("heading", name="Bwrdd y dydd")).to_be_visible()
        self.is_not_cut()
        self.look("board-welsh-narrow")


@pytest.mark.timeout(900)
def test_whoever_has_the_day_covers_an_absence_by_keyboard(begin: Callable[..., Any]) -> None:
    desk = begin(TheDay)
    desk.given_the_office_of_transport()
    desk.given_a_driver_who_does_not_come()
    desk.given_signed_in_as(BRONAGH)
    desk.when_they_open_the_board()
    desk.then_it_is_in_alarm()
    desk.when_they_look_at_the_options()
    desk.when_they_cover_it_by_one_key()
    desk.then_somebody_else_has_the_run()
    desk.when_they_take_it_back()
    desk.when_they_cover_it_by_one_key()
    narrow = TheDay(desk.address, desk.open_page, desk.judge, viewport=NARROW, locale="cy-GB")
    narrow.given_signed_in_as(BRONAGH, language="cy")
    narrow.then_it_reads_well_in_welsh_and_on_a_telephone()
