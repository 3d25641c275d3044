"""A plan is made in front of whoever asks, explained, published, and repaired when somebody falls ill."""

import datetime as dt
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import expect

from moothall.core.clock import now, today
from moothall.leave.tests.make import working_day
from moothall.people.models import Organisation
from moothall.training.models import (
    Course,
    DutyFile,
    DutyLine,
    Nomination,
    PlanRun,
    Repair,
    ScheduleVersion,
)
from moothall.training.planning.repairing import make_repair
from moothall.training.planning.running import make_plan
from moothall.training.rules.courses import require_course
from moothall.training.rules.ledger import set_minimum
from moothall.training.rules.needs import note_needs
from moothall.workforce.models import EmployeeSkill, Employment, Skill

from .journey import DELYTH, KWAME, NARROW, Journey, account_of, typed

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROUNDS = 200
PATIENCE = 240_000  # milliseconds, for a process of its own on a busy machine


class Worker(Thread):
    """Does in another thread what the worker of a running office does."""

    def __init__(self, act: Callable[..., None], number: int, **more: Any) -> None:
        super().__init__()
        self.act, self.number, self.more = act, number, more

    def run(self) -> None:
        try:
            self.act(self.number, clock=now, today=today(), **self.more)
        finally:
            connections.close_all()


class Planning(Journey):
    def given_a_course_that_everybody_has_to_take_and_a_trainer(self) -> None:
        course = Course.objects.get(key="managing-people")
        require_course(
            course, workforce="employee", from_on=today() - dt.timedelta(days=365), within_days=30, by=None,
            at=now(),
        )  # fmt: skip
        for other in Course.objects.exclude(pk=course.pk):
            other.requirements.all().delete()
        note_needs(at=now(), today=today())
        for name in (DELYTH, "rhodri.penhallow"):
            self.teaches(name)
        unit = Organisation.objects.get(name="Human Resources", kind="department")
        set_minimum(
            unit, percent=100, from_on=today(), why="Agreed", by=account_of(DELYTH), at=now(), today=today()
        )

    def teaches(self, name: str) -> None:
        skill, _made = Skill.objects.get_or_create(key="teach", defaults={"name": "Teaches"})
        EmployeeSkill.objects.create(
            employment=Employment.objects.get(person=account_of(name).person), skill=skill,
            level=EmployeeSkill.TEACHES, added_at=now(),
        )  # fmt: skip

    def when_they_ask_for_a_plan(self) -> None:
        self.go("/training/plans/new/")
        self.page.get_by_label("From which day?").fill(typed(working_day(20)))
        self.page.get_by_label("For how many months?").select_option("3")
        self.page.get_by_label("How long may it search?").select_option("10")
        self.look("ask-for-a-plan")
        self.send("The planner begins.")

    def then_it_is_made_before_their_eyes(self) -> None:
        expect(self.page.get_by_role("status")).to_contain_text("It waits for a worker.")
        worker = Worker(make_plan, PlanRun.objects.get().pk, rounds=ROUNDS)
        worker.start()
        given = self.page.get_by_text("places given", exact=True)
        expect(given).to_be_visible(timeout=PATIENCE)
        expect(self.page.get_by_role("button", name="Make a draft of it")).to_be_visible(timeout=PATIENCE)
        worker.join()
        run = PlanRun.objects.get()
        assert 0 < run.placed <= run.bound < run.wanted
        expect(self.page.get_by_text("gap between the two")).to_be_visible()
        self.look("plan-made")

    def then_it_says_why_and_what_would_help(self) -> None:
        expect(self.page.get_by_role("heading", name="What would help most")).to_be_visible()
        expect(self.page.get_by_text("The team is at its minimum on every session").first).to_be_visible()

    def when_they_make_a_draft_of_it_and_publish_it(self) -> None:
        self.page.get_by_role("button", name="Make a draft of it").click()
        self.arrive("**/draft/")
        self.page.get_by_label("Or what is the new one called?").fill("The spring")
        self.send("The plan is a draft of the schedule now.")
        self.look("plan-drafted")
        self.page.get_by_role("button", name="Publish", exact=True).click()
        self.arrive("**/publication/")
        self.look("plan-publish")
        self.page.get_by_label("Why does the schedule change?").fill("The spring is agreed")
        self.send("Published.")

    def then_people_have_places(self) -> None:
        assert Nomination.objects.placed().count() == PlanRun.objects.get().placed
        self.look("plan-published")

    def given_somebody_falls_ill(self) -> None:
        """Somebody with a place who teaches nothing, on the days of their session."""
        placed = Nomination.objects.placed().exclude(employment__skills__skill__key="teach").in_full()
        self.ill = placed.order_by("session__first_on", "pk")[0]
        file = DutyFile.objects.create(name="duties.csv", digest="", brought_at=now())
        for day in self.ill.session.days:
            DutyLine.objects.create(
                employment=self.ill.employment, day=day, part="D", kind=DutyLine.SICK, file=file
            )

    def when_they_ask_for_a_repair(self) -> None:
        self.page.get_by_role("button", name="Repair", exact=True).click()
        self.arrive("**/repairs/new/")
        self.look("ask-for-a-repair")
        self.page.get_by_label("Until when is nobody asked to come or to move?").focus()
        self.send("It is being looked for.")
        worker = Worker(make_repair, Repair.objects.get().pk)
        worker.start()
        expect(self.page.get_by_role("heading", name="Proposed")).to_be_visible(timeout=PATIENCE)
        worker.join()
        self.look("repair-proposed")

    def when_they_accept_by_keyboard(self) -> None:
        self.press("j", "x")
        self.press("Control+Enter")
        self.told("accepted. Nobody is told yet.")

    def when_they_undo_it_and_accept_it_again(self) -> None:
        self.page.get_by_role("button", name="Undo").first.click()
        self.told("everything is as it was before")
        self.when_they_accept_by_keyboard()
        self.look("repair-accepted")

    def when_they_publish_what_is_accepted(self) -> None:
        self.press("p")
        self.arrive("**/publication/")
        self.look("repair-publish")
        self.page.get_by_label("Why does the schedule change?").fill("Illness")
        self.send("Published.")

    def then_only_they_are_touched(self) -> None:
        new = ScheduleVersion.objects.published().get()
        assert new.number == 2
        assert not Nomination.objects.placed().filter(pk=self.ill.pk).exists()
        touched = set(new.news.values_list("nomination__employment", flat=True))
        assert touched == {self.ill.employment_id}
        self.look("repair-published")

    def then_the_repair_reads_well_in_welsh_and_on_a_telephone(self) -> None:
        self.go(f"/training/repairs/{Repair.objects.get().pk}/")
        self.is_not_cut()
        self.look("repair-welsh-narrow")


@pytest.mark.timeout(900)
def test_a_planner_makes_explains_publishes_and_repairs_a_plan(begin: Callable[..., Any]) -> None:
    desk = begin(Planning)
    desk.given_a_course_that_everybody_has_to_take_and_a_trainer()
    desk.given_signed_in_as(KWAME)
    desk.when_they_ask_for_a_plan()
    desk.then_it_is_made_before_their_eyes()
    desk.then_it_says_why_and_what_would_help()
    desk.when_they_make_a_draft_of_it_and_publish_it()
    desk.then_people_have_places()
    desk.given_somebody_falls_ill()
    desk.when_they_ask_for_a_repair()
    desk.when_they_accept_by_keyboard()
    desk.when_they_undo_it_and_accept_it_again()
    desk.when_they_publish_what_is_accepted()
    desk.then_only_they_are_touched()
    welsh = Planning(desk.address, desk.open_page, desk.judge, viewport=NARROW, locale="cy-GB")
    welsh.given_signed_in_as(KWAME, language="cy")
    welsh.then_the_repair_reads_well_in_welsh_and_on_a_telephone()
