"""An assessment day is planned before the eyes of whoever asks, mended when somebody is ill, and marked by a
panel of whom nobody sees another's mark before all are in."""

import datetime as dt
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import expect

from moothall.core.clock import now, today
from moothall.leave.tests.make import working_day
from moothall.people.models import Team
from moothall.recruitment.models import Assessing, EventPlan, EventSeat, Score, SelectionEvent
from moothall.recruitment.planning.event_making import make_event_plan
from moothall.recruitment.rules import event_plans, event_setup, events
from moothall.recruitment.rules.event_candidates import bring_candidates
from moothall.recruitment.tests.make import finish, make_application, make_campaign
from moothall.recruitment.tests.make_events import make_exercise

from .journey import DELYTH, FARIDA, JOSEPHINE, KWAME, MARGED, NARROW, Journey, account_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 240_000  # milliseconds, for a process of its own on a busy machine
NAMES = ("Ysolde Bello", "Tariq Pryce", "Ines Kowalczyk", "Emeka Wainwright")


class Worker(Thread):
    """Does in another thread what the worker of a running office does."""

    def __init__(self, plan: int) -> None:
        super().__init__()
        self.plan = plan

    def run(self) -> None:
        try:
            make_event_plan(self.plan, clock=now, rounds=2)
        finally:
            connections.close_all()


class Selecting(Journey):
    event: SelectionEvent

    def given_interviews_with_people_at_that_stage(self, day: dt.date, assessors: int = 1) -> None:
        team = Team.objects.filter(grant__account=account_of(KWAME)).order_by("pk")[0]
        campaign = make_campaign(team=team, opens_on=today(), closes_on=today() + dt.timedelta(days=20))
        content = events.EventContent(
            kind=SelectionEvent.INTERVIEW, name="Interviews of spring", name_cy="Cyfweliadau'r gwanwyn",
            step="board", days=[day], opens=dt.time(9), closes=dt.time(16), about="Bring your passport.",
            about_cy="Dewch â'ch pasbort.",
        )  # fmt: skip
        self.event = events.draw_up_event(campaign, content, by=None, at=now())
        make_exercise(self.event, assessors=assessors)
        for name in NAMES:
            finish(make_application(campaign, at=now(), name=name).case, "sift", "met", at=now())

    def given_rooms_and_a_panel(self, *names: str) -> None:
        rooms = event_setup.free_rooms_for(self.event)[:2]
        event_setup.add_rooms(self.event, resources=rooms, by=None, at=now())
        accounts = [account_of(name) for name in names]
        event_setup.name_assessors(self.event, accounts=accounts, by=None, at=now())

    def page_of(self, more: str = "") -> str:
        return f"/recruitment/events/{self.event.pk}/{more}"

    def when_they_bring_everybody(self) -> None:
        self.go(self.page_of())
        self.page.get_by_role("button", name="Bring the 4 candidates who are at this stage").click()
        self.told("4 candidates are brought.")
        self.look("event-drawn-up")

    def when_they_plan_it(self) -> None:
        self.page.get_by_role("button", name="Plan the event").click()
        self.arrive("**/plans/new/")
        self.look("event-plan-to-ask")
        self.page.get_by_label("5 seconds", exact=True).check()
        self.send("The planner begins.")

    def then_it_is_made_before_their_eyes(self) -> None:
        worker = Worker(EventPlan.objects.latest("pk").pk)
        worker.start()
        expect(self.page.get_by_text("Everybody has a time.")).to_be_visible(timeout=PATIENCE)
        worker.join()
        self.look("event-plan-made")

    def when_they_publish_it(self) -> None:
        self.page.get_by_role("button", name="Publish the plan").click()
        self.told("The plan is in force. Nobody is told yet.")
        self.go(self.page_of("timetable/"))
        expect(self.page.get_by_text("Ysolde Bello")).to_be_visible()
        self.look("event-timetable")
        self.go(self.page_of("timetable/?by=candidate"))
        self.look("event-timetable-by-candidate")

    def when_somebody_is_ill(self) -> None:
        ill = Assessing.objects.all()[0].assessor
        self.go(self.page_of(f"assessors/{ill.pk}/absences/"))
        self.page.get_by_label("What shall others read?").fill("Cannot come")
        self.send("It is noted.")
        self.page.get_by_label("What happened?").fill("Somebody is ill")
        self.look("event-mending-to-ask")
        self.send("Nothing is changed yet.")

    def then_who_would_be_moved_is_shown_first(self) -> None:
        before = list(Assessing.objects.order_by("pk").values_list("pk", "assessor"))
        worker = Worker(EventPlan.objects.latest("pk").pk)
        worker.start()
        moved = self.page.get_by_role("heading", name="Who would be moved")
        expect(moved).to_be_visible(timeout=PATIENCE)
        worker.join()
        assert list(Assessing.objects.order_by("pk").values_list("pk", "assessor")) == before
        self.look("event-mending-shown")

    def when_they_do_it_and_take_it_back_and_do_it_again(self) -> None:
        self.page.get_by_role("button", name="Do this").click()
        self.told("The plan is in force.")
        self.page.locator("#notices").get_by_role("button", name="Undo").click()
        self.told("Everything stands as it stood before.")
        self.page.get_by_role("button", name="Do this").click()
        self.told("The plan is in force.")

    def then_the_ill_one_has_nobody_and_everybody_a_time(self) -> None:
        away = self.event.assessors.get(away__undone_at=None, away__isnull=False)
        assert not Assessing.objects.filter(assessor=away).exists()
        assert EventSeat.objects.filter(candidate__isnull=False).count() == len(NAMES)
        self.look("event-in-force")

    def then_it_reads_well_in_welsh_and_on_a_telephone(self, of: "Selecting") -> None:
        self.event = of.event
        for more, name in (("", "event-welsh-narrow"), ("timetable/", "event-timetable-welsh-narrow")):
            self.go(self.page_of(more))
            self.is_not_cut()
            self.look(name)
        self.go(self.page_of(f"plans/{EventPlan.objects.latest('pk').pk}/"))
        self.is_not_cut()
        self.look("event-mending-welsh-narrow")


class Assessor(Journey):
    def when_they_open_their_day(self, look: str) -> None:
        self.go("/me/assessing/")
        self.page.get_by_role("link", name="Interviews of spring").or_(
            self.page.get_by_role("link", name="Cyfweliadau'r gwanwyn")
        ).click()
        self.page.wait_for_url("**/me/assessing/*/")
        self.is_ready()
        self.is_not_cut()
        self.look(look)

    def when_they_mark_somebody(self, name: str, mark: str, words: str) -> None:
        self.page.get_by_role("link", name=name).click()
        self.is_ready()
        self.page.locator(f"input[name=mark][value='{mark}']").check()
        self.page.locator("textarea[name=because]").fill(words)

    def then_they_see(self, name: str, words: str, *, seen: bool) -> None:
        self.page.get_by_role("link", name=name).click()
        self.is_ready()
        expect(self.page.get_by_text(words)).to_have_count(int(seen))


@pytest.mark.timeout(900)
def test_an_assessment_day_is_planned_and_mended_when_somebody_is_ill(begin: Callable[..., Any]) -> None:
    desk = begin(Selecting)
    desk.given_interviews_with_people_at_that_stage(working_day(15))
    desk.given_rooms_and_a_panel(FARIDA, DELYTH, JOSEPHINE)
    desk.given_signed_in_as(KWAME)
    desk.when_they_bring_everybody()
    desk.when_they_plan_it()
    desk.then_it_is_made_before_their_eyes()
    desk.when_they_publish_it()
    desk.when_somebody_is_ill()
    desk.then_who_would_be_moved_is_shown_first()
    desk.when_they_do_it_and_take_it_back_and_do_it_again()
    desk.then_the_ill_one_has_nobody_and_everybody_a_time()
    welsh = Selecting(desk.address, desk.open_page, desk.judge, viewport=NARROW, locale="cy-GB")
    welsh.given_signed_in_as(MARGED, language="cy")
    welsh.then_it_reads_well_in_welsh_and_on_a_telephone(desk)


@pytest.mark.timeout(900)
def test_nobody_of_a_panel_sees_another_mark_before_all_are_in(begin: Callable[..., Any]) -> None:
    desk = begin(Selecting)
    desk.given_interviews_with_people_at_that_stage(today(), assessors=2)
    desk.given_rooms_and_a_panel(FARIDA, DELYTH)
    bring_candidates(desk.event, by=None, at=now())
    plan = event_plans.ask_for_plan(desk.event, by=None, at=now())
    make_event_plan(plan.pk, clock=now, rounds=1)
    plan.refresh_from_db()
    event_plans.publish_plan(plan, by=None, at=now())
    seen = EventSeat.objects.filter(candidate__isnull=False).order_by("pk")[0].candidate
    assert seen is not None
    name = seen.application.applicant.person.full_name
    one = Assessor(desk.address, desk.open_page, desk.judge, viewport=NARROW)
    one.given_signed_in_as(FARIDA)
    one.when_they_open_their_day("assessing-narrow")
    one.when_they_mark_somebody(name, "3", "Listened first.")
    one.look("score-narrow")
    one.send("Your mark is handed in.")
    other = Assessor(desk.address, desk.open_page, desk.judge, viewport=NARROW, locale="cy-GB")
    other.given_signed_in_as(DELYTH, language="cy")
    other.when_they_open_their_day("assessing-welsh-narrow")
    other.then_they_see(name, "Listened first.", seen=False)
    other.page.go_back()
    other.when_they_mark_somebody(name, "2", "Gwrandawodd yn gyntaf.")
    other.press("Control+Enter")
    expect(other.page.locator("#notices")).not_to_be_empty()
    other.is_ready()
    other.then_they_see(name, "Listened first.", seen=True)
    other.is_not_cut()
    other.look("score-seen-welsh-narrow")
    assert Score.objects.count() == 2
