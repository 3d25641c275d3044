"""Employee administration: a starter gets what they need, an absence is certified, leave is decided, and
whoever leaves gives back what they had."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.absence.models import Certificate, Episode
from moothall.core.clock import now, today
from moothall.leave.models import LeaveRequest
from moothall.leave.tests.make import working_day
from moothall.people.rules.persons import add_person
from moothall.workforce.models import ChecklistEntry, Employment, IssuedItem

from .journey import DELYTH, JOSEPHINE, NARROW, Journey, account_of, typed

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STARTER, NUMBER = "Siân Ní Ó'Brien-Łukasiewicz", "DG07701"


class KeepingRecords(Journey):
    def when_somebody_begins(self) -> None:
        add_person(full_name=STARTER, by=None, at=now(), emails=[], phones=[])
        self.go("/employees/new/")
        self.look_up("Who", STARTER)
        self.page.get_by_label("Employee number").fill(NUMBER)
        self.page.get_by_label("First day", exact=True).fill(typed(today() + dt.timedelta(days=2)))
        self.look_up("Post", "Human Resources Adviser")
        self.look_up("Unit", "Human Resources")
        self.look_up("Line manager", "Delyth")
        self.look("starter-to-add")
        self.send("They are on record.")

    def then_it_says_what_they_need_by_when(self) -> None:
        self.go("/employees/checklist/")
        expect(self.page.get_by_role("link", name=STARTER).first).to_be_visible()
        self.look("starter-checklist")

    def when_all_of_it_is_given(self) -> None:
        self.go(f"/employees/{NUMBER}/")
        self.tick_each("Given", "starter-things-to-give")
        assert IssuedItem.objects.filter(employment__number=NUMBER).count() == 4

    def tick_each(self, word: str, picture: str) -> None:
        rows = self.page.locator(".mh-checklist li")
        expect(rows.first).to_be_visible()
        self.look(picture)
        for left in range(rows.count(), 0, -1):
            number = rows.first.get_by_label("Its number")
            if number.count():
                number.fill(f"N-{left}")
            rows.first.get_by_role("button", name=word).click()
            expect(rows).to_have_count(left - 1)

    def when_they_leave(self) -> None:
        self.go(f"/employees/{NUMBER}/leaving/")
        self.page.get_by_label("Last day").fill(typed(today() + dt.timedelta(days=40)))
        self.page.get_by_label("Why they leave").select_option(index=1)
        self.look("leaver-last-day")
        self.send("The last day is on record.")

    def then_what_they_had_comes_back(self) -> None:
        self.tick_each("It came back", "leaver-things-to-take-back")
        waiting = ChecklistEntry.objects.filter(employment__number=NUMBER, done_at=None, dropped_at=None)
        assert not waiting.exists()
        self.look("leaver-all-back")


class CertifyingAbsence(Journey):
    def when_an_absence_is_recorded(self) -> None:
        self.go("/absence/new/")
        self.look_up("Who is off sick?", "Josephine")
        self.page.get_by_label("First day off").fill(typed(today() - dt.timedelta(days=9)))
        self.look("absence-to-record")
        self.send("Recorded.")
        expect(self.page.get_by_text("A self-certificate is missing").first).to_be_visible()

    def when_its_papers_come(self) -> None:
        """The first seven days by their own word, the rest by a fit note."""
        first = today() - dt.timedelta(days=9)
        self.enter_paper("Self-certificate", first, first + dt.timedelta(days=6))
        self.enter_paper("Fit note", first + dt.timedelta(days=7), first + dt.timedelta(days=20))

    def enter_paper(self, kind: str, from_on: dt.date, until: dt.date) -> None:
        self.go("/absence/certificates/")
        self.look_up("Whose is it?", "Josephine")
        expect(self.page.locator("#entry")).to_contain_text("Josephine")
        self.page.get_by_label("What is it?").select_option(label=kind)
        self.page.get_by_label("From", exact=True).fill(typed(from_on))
        self.page.get_by_label("Until").fill(typed(until))
        self.send("Kept for Josephine Adeyemi")

    def then_every_day_is_covered(self) -> None:
        episode = Episode.objects.get()
        assert Certificate.objects.standing().count() == 2
        assert episode.lacking_from is None or episode.lacking_from > today()
        self.go(f"/absence/{episode.pk}/")
        expect(self.page.get_by_text("is missing")).to_have_count(0)
        self.look("absence-certified")

    def when_they_are_back_and_talked_with(self) -> None:
        self.page.get_by_role("button", name="They are back").click()
        self.page.get_by_label("Last day off").fill(typed(today() - dt.timedelta(days=1)))
        self.send("They are back.")
        self.look("absence-over")


class TakingLeave(Journey):
    def when_leave_is_asked_for(self) -> None:
        self.go("/me/leave/new/")
        self.page.get_by_label("First day away").fill(typed(working_day(60)))
        self.page.get_by_role("button", name="Show what it would mean").click()
        expect(self.page.get_by_role("heading", name="What this would mean")).to_be_visible()
        self.page.get_by_role("button", name="Send it").click()
        self.page.wait_for_url("**/leave/requests/**")

    def when_it_is_approved(self) -> None:
        self.go("/leave/")
        self.page.get_by_role("button", name="Approve those ticked that fit").click()
        self.told("approved")
        assert LeaveRequest.objects.get().state == LeaveRequest.APPROVED
        self.go("/leave/calendar/")
        self.is_not_cut()
        self.look("leave-month-of-unit")

    def then_the_record_reads_in_welsh_on_a_telephone(self) -> None:
        for path in ("/employees/", "/absence/", "/me/team/"):
            self.go(path)
            self.is_not_cut()
        self.look("staff-team-welsh-narrow")


@pytest.mark.timeout(300)
def test_from_the_first_day_to_the_last(begin: Callable[..., Any]) -> None:
    keeper = begin(KeepingRecords)
    keeper.given_signed_in_as(DELYTH)
    keeper.when_somebody_begins()
    keeper.then_it_says_what_they_need_by_when()
    keeper.when_all_of_it_is_given()
    keeper.when_they_leave()
    keeper.then_what_they_had_comes_back()
    assert Employment.objects.get(number=NUMBER).ended_on == today() + dt.timedelta(days=40)


@pytest.mark.timeout(300)
def test_an_absence_with_its_papers_and_leave_after_it(begin: Callable[..., Any]) -> None:
    desk = begin(CertifyingAbsence)
    desk.given_signed_in_as(DELYTH)
    desk.when_an_absence_is_recorded()
    desk.when_its_papers_come()
    desk.then_every_day_is_covered()
    desk.when_they_are_back_and_talked_with()

    employee = begin(TakingLeave)
    employee.given_signed_in_as(JOSEPHINE)
    employee.when_leave_is_asked_for()
    manager = begin(TakingLeave)
    manager.given_signed_in_as(DELYTH)
    manager.when_it_is_approved()
    assert LeaveRequest.objects.get().decided_by == account_of(DELYTH)

    narrow = begin(TakingLeave, viewport=NARROW, has_touch=True)
    narrow.given_signed_in_as(DELYTH, language="cy")
    narrow.then_the_record_reads_in_welsh_on_a_telephone()
