"""A planner asks for runs, looks at them, moves somebody, publishes, mends them when somebody is ill."""

import datetime as dt
import re
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import expect

from moothall.core.clock import now, today
from moothall.core.serving import for_the_office
from moothall.people.tests.make import make_grant, make_role
from moothall.transport.models import Mending, PlanChange, RunPlan
from moothall.transport.planning.making import make_plan
from moothall.transport.planning.mending import make_mending
from moothall.transport.rules.speeds import FactorRow, From, keep_speeds
from moothall.transport.rules.travelling import record_away
from moothall.transport.tests.make_runs import make_fleet, make_travellers

from .journey import KWAME, NARROW, Journey, account_of, typed

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 240_000  # milliseconds, for a planner that is loaded on a busy machine
DAY = dt.timedelta(days=1)


def next_monday() -> dt.date:
    return today() + DAY * (7 - today().weekday())


class Worker(Thread):
    """Does in another thread what the worker of a running office does."""

    def __init__(self, job: Callable[[], None]) -> None:
        super().__init__()
        self.job = job

    def run(self) -> None:
        try:
            for_the_office()(self.job)()
        finally:
            connections.close_all()

    @classmethod
    def does(cls, job: Callable[[], None]) -> None:
        worker = cls(job)
        worker.start()
        worker.join()


class PlanningRuns(Journey):
    plan: RunPlan
    number = 0

    def given_passengers_vehicles_and_times_that_were_learned(self) -> None:
        make_grant(account=account_of(KWAME), role=make_role("transport.use", "cases.manage"))
        make_fleet(3)
        self.passengers = make_travellers(4)
        came = From(
            legs=640, left_out=11, days=24, first_on=today() - DAY * 40, last_on=today() - DAY, streets=""
        )
        rows = [FactorRow("morning", "crow", 1.06, 330), FactorRow("afternoon", "crow", 0.98, 310)]
        keep_speeds(rows, came, from_on=today() - DAY * 7, by=None, at=now())

    def when_they_ask_for_a_plan(self) -> None:
        self.go("/transport/plans/new/")
        self.page.get_by_label("What is it called?").fill("After half-term")
        self.page.get_by_label("From which day?").fill(typed(next_monday()))
        self.press("Control+Enter")
        self.page.wait_for_url(re.compile(r"/transport/plans/\d+/"))
        self.plan = RunPlan.objects.get()
        self.look("runs-asked")
        Worker.does(lambda: make_plan(self.plan.pk, clock=now, rounds=20))
        self.page.reload()
        self.is_ready()

    def then_everybody_is_on_a_run_and_it_says_what_its_times_stand_on(self) -> None:
        expect(self.page.get_by_text("Every rule was checked")).to_be_visible()
        expect(self.page.get_by_text("corrected from 640 recorded legs")).to_be_visible()
        self.plan.refresh_from_db()
        assert not self.plan.without.exists()
        self.look("runs-planned")

    def when_they_move_somebody_on_the_planning_desk_by_keyboard(self) -> None:
        self.go(f"/transport/plans/{self.plan.pk}/map/")
        expect(self.page.locator("#map[data-ready]")).to_be_visible(timeout=PATIENCE)
        self.page.locator("tr[data-run] a").first.focus()
        self.press("Enter")
        self.page.locator("#chosen").get_by_role("link", name="Move").first.focus()
        self.press("Enter")
        expect(self.page.get_by_label("To which run?")).to_be_visible(timeout=PATIENCE)
        self.page.get_by_label("To which run?").focus()
        self.press("Tab", "Enter")
        expect(self.page.get_by_role("heading", name="What it means")).to_be_visible(timeout=PATIENCE)
        self.look("runs-move-what-it-means")
        self.page.get_by_role("button", name="Move them").focus()
        self.press("Enter")
        self.told("is moved.")
        assert PlanChange.objects.filter(undone_at=None).count() == 1

    def when_they_publish_it(self) -> None:
        self.go(f"/transport/plans/{self.plan.pk}/publication/")
        self.look("runs-counted")
        self.page.get_by_role("button", name="Publish", exact=True).press("Enter")
        self.told("Published.")
        self.plan.refresh_from_db()
        assert self.plan.state == RunPlan.PUBLISHED

    def given_somebody_is_ill(self) -> None:
        first = self.plan.from_on
        record_away(
            self.passengers[0], from_on=first, until_on=first + DAY * 2, because="Ill",
            by=account_of(KWAME), at=now(),
        )  # fmt: skip

    def when_they_ask_what_to_do(self) -> None:
        self.go(f"/transport/plans/{self.plan.pk}/mending/")
        self.page.get_by_label("What happened?").fill("Somebody is ill")
        self.page.get_by_label("Until which day?").fill(typed(self.plan.from_on + DAY * 2))
        self.press("Control+Enter")
        self.page.wait_for_url("**/transport/mendings/*/")
        mending = Mending.objects.get()
        Worker.does(lambda: make_mending(mending.pk, clock=now))
        self.page.reload()
        self.is_ready()
        self.number = mending.pk

    def when_they_take_an_option_and_take_it_back(self) -> None:
        self.look("runs-options")
        assert len(Mending.objects.get().options) >= 1
        self.page.get_by_role("button", name="Take this one").first.press("Enter")
        self.page.wait_for_url("**/publication/", timeout=PATIENCE)
        self.told("It is another version of the plan now.")
        version = RunPlan.objects.get(version_of=self.plan)
        self.page.get_by_role("button", name="Undo").first.press("Enter")
        self.told("Taken back.")
        version.refresh_from_db()
        assert version.state == RunPlan.WITHDRAWN
        assert Mending.objects.get().accepted is None
        expect(self.page.get_by_role("button", name="Take this one").first).to_be_visible()

    def then_it_reads_well_in_welsh_and_on_a_telephone(self) -> None:
        for path, name in (
            (f"/transport/plans/{self.plan.pk}/", "plan"),
            (f"/transport/mendings/{self.number}/", "options"),
            ("/transport/times/", "times"),
        ):
            self.go(path)
            self.is_not_cut()
            self.look(f"runs-welsh-narrow-{name}")
        expect(self.page.get_by_text("640")).to_be_visible()


@pytest.mark.timeout(900)
def test_a_planner_goes_from_asking_for_runs_to_mending_them(begin: Callable[..., Any]) -> None:
    desk = begin(PlanningRuns)
    desk.given_passengers_vehicles_and_times_that_were_learned()
    desk.given_signed_in_as(KWAME)
    desk.when_they_ask_for_a_plan()
    desk.then_everybody_is_on_a_run_and_it_says_what_its_times_stand_on()
    desk.when_they_move_somebody_on_the_planning_desk_by_keyboard()
    desk.when_they_publish_it()
    desk.given_somebody_is_ill()
    desk.when_they_ask_what_to_do()
    desk.when_they_take_an_option_and_take_it_back()
    narrow = PlanningRuns(desk.address, desk.open_page, desk.judge, viewport=NARROW, locale="cy-GB")
    narrow.plan, narrow.number = desk.plan, desk.number
    narrow.given_signed_in_as(KWAME, language="cy")
    narrow.then_it_reads_well_in_welsh_and_on_a_telephone()
