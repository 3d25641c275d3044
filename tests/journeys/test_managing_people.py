"""A manager looks after their team: who is off, leave against cover, and a credential that is running out."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.absence.tests.make import days_ago, make_absence
from moothall.core.clock import now, today
from moothall.credentials.models import Credential, CredentialKind
from moothall.credentials.rules.recording import record_credential
from moothall.leave.models import LeaveKind, LeaveRequest
from moothall.leave.tests.make import make_request, working_day
from moothall.workforce.models import Employment

from .journey import DELYTH, FARIDA, KWAME, MARGED, NARROW, Journey, account_of, typed

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def employment_of(name: str) -> Employment:
    return Employment.objects.get(person=account_of(name).person)


class Managing(Journey):
    def given_somebody_off_and_leave_asked_for(self) -> None:
        make_absence(employment_of(MARGED), first_day=days_ago(4))
        annual = LeaveKind.objects.get(key="annual")
        make_request(employment_of(KWAME), working_day(40), kind=annual, on=today(), at=now())

    def when_they_look_at_their_team(self) -> None:
        self.go("/me/team/")
        self.look("team-of-mine")
        self.page.get_by_role("button", name="Absence in my team").click()
        expect(self.page.get_by_role("link", name="Marged Prydderch")).to_be_visible()
        self.look("team-absence")

    def when_so_many_have_to_be_left(self) -> None:
        self.go("/leave/cover/new/")
        self.page.get_by_label("Which unit?").select_option(index=0)
        self.page.get_by_label("At least how many people?").fill("2")
        self.page.get_by_label("From which day?").fill(typed(today()))
        self.page.get_by_label("Why").last.fill("The counter is open.")
        self.press("Control+Enter")
        self.arrive("**/leave/cover/")
        self.look("cover-rules")

    def then_the_request_says_who_would_be_left(self) -> None:
        self.go("/leave/")
        expect(self.page.get_by_role("link", name="Kwame Osei-Bonsu")).to_be_visible()
        self.look("leave-against-cover")
        self.page.get_by_role("button", name="Approve those ticked that fit").click()
        self.told("1 request is approved.")
        assert LeaveRequest.objects.get().decided_by == account_of(FARIDA)

    def then_it_fits_a_telephone(self) -> None:
        places = ("/me/team/", "/absence/team/", "/leave/calendar/", "/leave/year/", "/me/team/appraisals/",
                  "/me/team/falling-due/", f"/employees/{employment_of(KWAME).number}/")  # fmt: skip
        for path in places:
            self.go(path)
            self.is_not_cut()
        self.look("record-of-report-narrow")


class RunningOut(Journey):
    def given_a_credential_that_runs_out(self) -> None:
        self.kind = CredentialKind.objects.get(key="first-aid")
        self.held = record_credential(
            employment_of(KWAME).person, kind=self.kind, number="FA-1", 
            issued_on=today() - dt.timedelta(days=1075),
            expires_on=today() + dt.timedelta(days=20), by=None, at=now(), seen=True,
        )  # fmt: skip

    def when_the_holder_sends_in_another(self) -> None:
        self.go("/me/credentials/")
        expect(self.page.get_by_text("20 days").or_(self.page.get_by_text("Runs out")).first).to_be_visible()
        self.look("credentials-of-mine")
        self.go(f"/employees/{employment_of(KWAME).number}/credentials/new/")
        self.page.get_by_label("Kind of credential").select_option(label=self.kind.name)
        self.page.get_by_label("Its number").fill("FA-2")
        self.page.get_by_label("Day of issue").fill(typed(today()))
        self.page.get_by_label("Last day on which it counts").fill(typed(today() + dt.timedelta(days=1094)))
        self.look("credential-to-send-in")
        self.press("Control+Enter")
        self.page.wait_for_url(lambda address: not address.endswith("/new/"))

    def when_a_second_person_verifies_it(self) -> None:
        self.go("/credentials/")
        self.look("credentials-to-see-to")
        self.go(f"/credentials/{Credential.objects.get(number='FA-2').pk}/")
        self.press("v")
        self.told("Verified. It counts from its first day.")
        self.look("credential-verified")


@pytest.mark.timeout(300)
def test_a_team_is_looked_after(begin: Callable[..., Any]) -> None:
    manager = begin(Managing)
    manager.given_somebody_off_and_leave_asked_for()
    manager.given_signed_in_as(FARIDA)
    manager.when_they_look_at_their_team()
    manager.when_so_many_have_to_be_left()
    manager.then_the_request_says_who_would_be_left()
    narrow = begin(Managing, viewport=NARROW, has_touch=True)
    narrow.given_signed_in_as(FARIDA)
    narrow.then_it_fits_a_telephone()


@pytest.mark.timeout(300)
def test_a_credential_that_runs_out_is_renewed_and_verified(begin: Callable[..., Any]) -> None:
    holder = begin(RunningOut)
    holder.given_a_credential_that_runs_out()
    holder.given_signed_in_as(KWAME)
    holder.when_the_holder_sends_in_another()
    keeper = begin(RunningOut)
    keeper.given_signed_in_as(DELYTH)
    keeper.when_a_second_person_verifies_it()
