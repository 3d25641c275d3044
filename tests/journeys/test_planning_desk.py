"""A planner moves passengers on the planning desk: dragged on the board, on the map, and by keyboard."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from moothall.people.tests.make import make_grant, make_role
from moothall.transport.models import PlanChange, Ride
from moothall.transport.tests.make import MONDAY
from moothall.transport.tests.make_runs import make_fleet, make_plan, make_travellers, run_of

from .journey import KWAME, NARROW, Journey, account_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 60_000  # milliseconds, for a planner that is loaded on a busy machine


class Desk(Journey):
    def given_a_plan_of_three_runs(self) -> None:
        make_grant(account=account_of(KWAME), role=make_role("transport.use", "cases.manage"))
        make_fleet(3)
        self.passengers = make_travellers(3)
        self.plan = make_plan(direction="TO", from_on=MONDAY)

    def when_they_open_it(self, query: str = "") -> None:
        self.go(f"/transport/plans/{self.plan.pk}/map/{query}")
        expect(self.page.locator("#map[data-ready]")).to_be_visible(timeout=PATIENCE)

    def when_they_choose_a_run_on_the_board(self) -> None:
        self.page.locator("tr[data-run='2'] a").click()
        expect(self.page.get_by_role("heading", name="On run M2")).to_be_visible()

    def then_it_is_marked_on_the_map(self) -> None:
        expect(self.page.locator("tr[data-run='2'].mh-chosen")).to_be_visible()
        expect(self.page.locator(".mh-place--home")).to_have_count(1)
        self.look("planning-desk")

    def when_they_drag_somebody_to_another_row(self) -> None:
        self.page.locator("#chosen .mh-carried__one").drag_to(self.page.locator("tr[data-run='1']"))

    def then_they_see_what_it_means_and_nothing_is_done(self) -> None:
        self.page.wait_for_url(re.compile(r"/move/\?back=map&to=\d"), timeout=PATIENCE)
        expect(self.page.get_by_role("heading", name="What it means")).to_be_visible(timeout=PATIENCE)
        assert not PlanChange.objects.filter(undone_at=None).exists()
        assert {run_of(self.plan, each).rides.count() for each in self.passengers} == {1}

    def when_they_do_it_and_take_it_back(self) -> None:
        self.look("move-what-it-means")
        self.page.get_by_role("button", name="Move them").click()
        self.told("is moved.")
        assert self.plan.runs.count() == 2
        assert Ride.objects.filter(run__plan=self.plan).count() == 3
        self.page.get_by_role("button", name="Undo").first.click()
        self.told("is back on the run they were on.")
        assert self.plan.runs.count() == 3

    def when_they_drag_a_home_onto_a_line(self) -> None:
        """Every line leads to the school."""
        self.drag(self.page.locator(".mh-place--home"), self.page.locator(".mh-place--centre"))

    def when_they_let_go_of_it_nowhere(self) -> None:
        self.drag(self.page.locator(".mh-place--home"), self.page.locator(".leaflet-control-zoom-in"))
        expect(self.page.locator("#map-said")).to_contain_text("Nobody was moved")

    def drag(self, one: Locator, other: Locator) -> None:
        (x0, y0), (x1, y1) = (middle(each) for each in (one, other))
        self.page.mouse.move(x0, y0)
        self.page.mouse.down()
        self.page.mouse.move((x0 + x1) / 2, (y0 + y1) / 2, steps=6)
        self.page.mouse.move(x1, y1, steps=6)
        self.page.mouse.up()

    def when_they_move_somebody_by_keyboard(self) -> None:
        self.page.locator("tr[data-run='3'] a").focus()
        self.press("Enter")
        expect(self.page.get_by_role("heading", name="On run M3")).to_be_visible()
        self.page.locator("#chosen").get_by_role("link", name="Move").focus()
        self.press("Enter")
        expect(self.page.get_by_label("To which run?")).to_be_visible(timeout=PATIENCE)
        self.page.get_by_label("To which run?").focus()
        self.press("Tab", "Enter")
        expect(self.page.get_by_role("heading", name="What it means")).to_be_visible(timeout=PATIENCE)
        self.page.get_by_role("button", name="Move them").focus()
        self.press("Enter")
        self.told("is moved.")
        assert PlanChange.objects.filter(undone_at=None).count() == 1

    def then_it_reads_well_in_welsh_and_on_a_telephone(self) -> None:
        """What lies on a map reaches past its sides; nothing else does."""
        self.look("planning-desk-welsh-narrow")
        self.page.evaluate("document.getElementById('map').remove()")
        self.is_not_cut()


def middle(one: Locator) -> tuple[float, float]:
    one.scroll_into_view_if_needed()
    box = one.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.timeout(600)
def test_a_planner_moves_passengers_by_hand(begin: Callable[..., Any]) -> None:
    desk = begin(Desk)
    desk.given_a_plan_of_three_runs()
    desk.given_signed_in_as(KWAME)
    desk.when_they_open_it()
    desk.when_they_choose_a_run_on_the_board()
    desk.then_it_is_marked_on_the_map()
    desk.when_they_drag_somebody_to_another_row()
    desk.then_they_see_what_it_means_and_nothing_is_done()
    desk.when_they_do_it_and_take_it_back()
    desk.when_they_open_it("?run=2")
    desk.when_they_let_go_of_it_nowhere()
    desk.when_they_drag_a_home_onto_a_line()
    desk.then_they_see_what_it_means_and_nothing_is_done()
    desk.when_they_open_it()
    desk.when_they_move_somebody_by_keyboard()
    welsh = Desk(desk.address, desk.open_page, desk.judge, viewport=NARROW, locale="cy-GB")
    welsh.plan = desk.plan
    welsh.given_signed_in_as(KWAME, language="cy")
    welsh.when_they_open_it("?run=1")
    welsh.then_it_reads_well_in_welsh_and_on_a_telephone()
