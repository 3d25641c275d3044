"""Human Resources have a disciplinary from report to outcome, with its bundle, and look at the month: each
figure leads to the rows it is the sum of, and a second person checks a sample of records."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.absence.tests.make import days_ago, make_absence
from moothall.conduct.models import Bundle, Matter, Outcome
from moothall.conduct.rules.bundling import bind_bundle
from moothall.conduct.rules.meeting import hold_meeting
from moothall.core.clock import now, today
from moothall.reports.models import SampledRecord
from moothall.reports.rules.sampling import keeps
from moothall.workforce.models import Employment

from .journey import DELYTH, FARIDA, JOSEPHINE, NARROW, Journey, account_of, typed

CERYS = "cerys.adomako"
pytestmark = [pytest.mark.browser, pytest.mark.slow]


class LeadingAMatter(Journey):
    matter: Matter

    def path(self) -> str:
        return f"/conduct/{self.matter.case.reference}/"

    def when_it_is_reported(self) -> None:
        self.go("/conduct/new/")
        self.page.get_by_role("combobox", name="Whom is it about?").fill("Josephine Adeyemi")
        self.page.get_by_label("Disciplinary", exact=True).check()
        self.page.get_by_label("When did it begin?").fill(typed(today()))
        self.page.get_by_label("What is it about, in short?").fill("Records were opened without a reason.")
        self.page.get_by_label("Allegations or points").fill("Opened three records\nDid not say so")
        self.look("matter-to-open")
        self.send("The matter is open.")
        self.matter = Matter.objects.select_related("case").get()
        self.look("matter-open")

    def when_somebody_is_to_chair_it(self) -> None:
        self.go(f"{self.path()}parts/")
        self.page.get_by_label("Which part?").select_option(label="Chair")
        self.page.get_by_label("Or somebody else, by name").fill("Gwenllian Achterberg")
        self.send("They have a part in it now.")

    def when_a_hearing_is_arranged_too_soon(self) -> None:
        self.go(f"{self.path()}meetings/")
        self.page.get_by_label("Hearing", exact=True).check()
        self.fill_in(today() + dt.timedelta(days=2))
        self.press("Control+Enter")
        expect(self.page.get_by_text("The notice is too short")).to_be_visible()
        self.look("hearing-too-soon")

    def fill_in(self, day: dt.date) -> None:
        self.page.get_by_label("Day", exact=True).fill(typed(day))
        self.page.get_by_label("From", exact=True).fill("10:00")
        self.page.get_by_label("Until", exact=True).fill("12:00")
        self.page.get_by_label("Where").fill("Ty Derw, room 2")
        self.page.get_by_label("Who chairs it").select_option(index=1)

    def when_it_leaves_room_for_the_notice(self) -> None:
        self.fill_in(today() + dt.timedelta(days=30))
        self.send("Arranged. Now invite them.")

    def when_they_are_invited(self) -> None:
        self.look("hearing-invitation")
        words = self.page.get_by_label("Message")
        words.fill(words.input_value().replace("[", "").replace("]", ""))
        self.send("They are invited")

    def when_the_hearing_was_held(self) -> None:
        meeting = self.matter.meetings.get()
        hold_meeting(
            meeting, attended=True, outcome="Heard", notes="Said they were curious.", by=account_of(DELYTH),
            at=meeting.ends_at,
        )  # fmt: skip

    def when_a_bundle_is_made(self) -> None:
        self.go(f"{self.path()}bundles/")
        for box in self.page.locator("main input[type=checkbox]").all():
            box.check()
        self.look("bundle-to-make")
        self.page.get_by_role("button", name="Make the bundle").click()
        self.told("The bundle is being made.")
        bind_bundle(Bundle.objects.get().pk, at=now())
        self.go(f"{self.path()}bundles/{Bundle.objects.get().pk}/")
        self.look("bundle-made")
        assert Bundle.objects.get().document is not None

    def when_it_is_decided_and_told(self) -> None:
        self.go(f"{self.path()}outcomes/")
        self.page.get_by_label("First written warning").check()
        expect(self.page.get_by_label("At which hearing?")).to_contain_text("Hearing")
        self.page.get_by_label("Reasons").fill("Three records were opened without a reason.")
        self.look("matter-to-decide")
        self.send("Decided. Now tell them in writing.")
        self.look("matter-outcome-letter")
        words = self.page.get_by_label("Message")
        words.fill(words.input_value().replace("[", "").replace("]", ""))
        self.send("They are told, and the days to appeal run.")

    def then_it_counts_until_its_day(self) -> None:
        outcome = Outcome.objects.get()
        assert outcome.told_on == today()
        assert outcome.live_until is not None
        assert outcome.live_until > today()
        self.look("matter-decided")

    def then_it_fits_a_telephone_in_welsh(self) -> None:
        for path, name in (("/conduct/", "board"), (self.path(), "one")):
            self.go(path)
            self.is_not_cut()
            self.look(f"matter-welsh-narrow-{name}")

    def then_it_does_not_exist(self) -> None:
        response = self.page.goto(self.path())
        assert response is not None
        assert response.status == 404


class LookingAtTheMonth(Journey):
    def given_somebody_was_off(self) -> None:
        josephine = Employment.objects.get(person=account_of(JOSEPHINE).person)
        make_absence(josephine, first_day=days_ago(6))

    def when_a_figure_is_followed(self) -> None:
        self.go("/figures/")
        self.look("figures-month")
        self.page.get_by_role("link", name="Days lost", exact=True).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Days lost")
        expect(self.page.get_by_role("link", name="Josephine Adeyemi")).to_be_visible()
        self.look("figures-rows")

    def when_a_sample_is_drawn(self) -> None:
        self.go("/figures/records/")
        self.look("data-quality")
        self.go("/figures/records/samples/new/")
        self.page.get_by_label("5", exact=True).check()
        self.look("sample-to-draw")
        self.send("Drawn. Each is checked by somebody else.")
        self.look("sample-drawn")

    def when_another_person_checks_one(self) -> None:
        self.go("/figures/records/samples/")
        self.page.locator("main table a").first.click()
        self.look("sample-drawn-by-another")
        drawn = SampledRecord.objects.select_related("employment__person")
        theirs = next(each for each in drawn if not keeps(account_of(CERYS), each.employment))
        self.page.get_by_role("link", name=theirs.employment.person.full_name).click()
        self.look("sample-to-check")
        self.page.get_by_role("button", name="Save").click()
        self.told("Checked.")


@pytest.mark.timeout(300)
def test_a_disciplinary_from_report_to_outcome(begin: Callable[..., Any]) -> None:
    lead = begin(LeadingAMatter)
    lead.given_signed_in_as(DELYTH)
    lead.when_it_is_reported()
    lead.when_somebody_is_to_chair_it()
    lead.when_a_hearing_is_arranged_too_soon()
    lead.when_it_leaves_room_for_the_notice()
    lead.when_they_are_invited()
    lead.when_the_hearing_was_held()
    lead.when_a_bundle_is_made()
    lead.when_it_is_decided_and_told()
    lead.then_it_counts_until_its_day()

    colleague = begin(LeadingAMatter)
    colleague.matter = lead.matter
    colleague.given_signed_in_as(FARIDA)
    colleague.then_it_does_not_exist()

    narrow = begin(LeadingAMatter, viewport=NARROW, has_touch=True)
    narrow.matter = lead.matter
    narrow.given_signed_in_as(DELYTH, language="cy")
    narrow.then_it_fits_a_telephone_in_welsh()


@pytest.mark.timeout(300)
def test_the_month_leads_to_its_rows_and_records_are_sampled(begin: Callable[..., Any]) -> None:
    lead = begin(LookingAtTheMonth)
    lead.given_somebody_was_off()
    lead.given_signed_in_as(DELYTH)
    lead.when_a_figure_is_followed()
    lead.when_a_sample_is_drawn()
    second = begin(LookingAtTheMonth)
    second.given_signed_in_as(CERYS)
    second.when_another_person_checks_one()
