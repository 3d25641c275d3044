"""A cycle is opened, and a year goes by: both agree, one rates, another looks again, and both sign, in two
languages and on a telephone."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.appraisal.models import Appraisal, Cycle, Framework
from moothall.appraisal.rules.rating import look_again
from moothall.appraisal.rules.talks import Agreed, write_talk
from moothall.appraisal.tests.make import make_cycle
from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.rules.accounts import choose_settings
from moothall.people.rules.drafts import dismiss
from moothall.people.tests.make import make_account, make_person
from moothall.workforce.tests.make import make_employment, make_manager

from .journey import NARROW, Journey

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Appraising(Journey):
    def given_signed_in(self, account: Account) -> None:
        self.carry_session_of(account)

    def when_the_cycle_is_opened(self, cycle: Cycle) -> None:
        self.go(f"/appraisal/cycles/{cycle.pk}/")
        self.look("appraisal-cycle-planned")
        self.page.get_by_role("button", name="Open the cycle").click()
        self.told("Opened.")
        self.look("appraisal-cycle-open")
        self.page.get_by_role("button", name="Who is in it").click()
        expect(self.page.get_by_role("heading", name="Who is in the cycle")).to_be_visible()
        self.look("appraisal-cycle-people")

    def when_an_objective_is_written(self) -> None:
        self.go("/me/appraisal/")
        self.press("o")
        self.page.get_by_label("What is to be reached?").fill("Answer nine of ten within ten days")
        self.press("Control+Enter")
        self.told("Written.")

    def when_all_is_agreed(self, appraisal: Appraisal) -> None:
        self.go(f"/appraisals/{appraisal.pk}/")
        self.look("appraisal-to-agree")
        self.press("a")
        self.told("You agree to all of them.")

    def when_the_own_view_is_sent_in(self) -> None:
        self.go("/me/appraisal/")
        self.press("v")
        self.page.get_by_label("In your own words").fill("It went well from the summer on.")
        self.press("Control+Enter")
        self.told("Sent in.")

    def when_it_is_rated_by_keyboard(self, appraisal: Appraisal) -> None:
        self.go(f"/appraisals/{appraisal.pk}/")
        self.press("r")
        self.look("appraisal-rating")
        for group in self.page.locator("main fieldset").all():
            group.get_by_label("Good", exact=True).check()
        for box in self.page.locator("main form").get_by_role("textbox").all():
            box.fill("Seen over the year")
        self.press("Control+Enter")
        self.told("Rated.")

    def when_it_is_signed(self) -> None:
        self.press("s")
        self.told("Signed.")

    def then_it_is_complete(self, appraisal: Appraisal) -> None:
        self.go(f"/appraisals/{appraisal.pk}/")
        self.look("appraisal-complete")
        appraisal.refresh_from_db()
        assert appraisal.stage == Appraisal.DONE

    def when_signed_in_welsh_on_a_telephone(self) -> None:
        self.go("/me/appraisal/")
        self.look("appraisal-welsh-narrow")
        self.is_not_cut()
        self.press("s")
        self.page.get_by_label("Nac ydw").or_(self.page.get_by_label("Na", exact=True)).first.check()
        self.page.get_by_label("Yr hyn yr hoffech ei ddweud").fill("Fi wnaeth y peilot.")
        self.look("appraisal-signing-narrow")
        self.page.get_by_role("button", name="Llofnodi").click()

    def then_their_development_is_read(self) -> None:
        self.go("/me/development/")
        self.look("development-narrow")
        self.is_not_cut()


def settle(account: Account, language: str = "en") -> None:
    """As somebody who has been here before."""
    choose_settings(account, language=language, at=now())
    dismiss(account, key="first-visit", at=now())


@pytest.mark.timeout(300)
def test_a_year_of_appraisal_by_both_sides(begin: Callable[..., Any]) -> None:
    above, top = make_manager()
    boss, manages = make_manager(manager=top)
    employee = make_account(person=make_person(full_name="Nia Oyelaran-Pritchard"))
    employment = make_employment(account=employee, manager=manages)
    for account in (above, boss, employee):
        settle(account)
    cycle = make_cycle(at=now(), framework=Framework.objects.get(key="council-behaviours"))
    desk = begin(Appraising)
    keeper = make_account("workforce.view", "workforce.edit")
    settle(keeper)
    desk.given_signed_in(keeper)
    desk.when_the_cycle_is_opened(cycle)
    appraisal = Appraisal.objects.get(cycle=cycle, employment=employment)
    nia, manager = begin(Appraising), begin(Appraising)
    nia.given_signed_in(employee)
    manager.given_signed_in(boss)
    nia.when_an_objective_is_written()
    manager.when_all_is_agreed(appraisal)
    nia.when_the_own_view_is_sent_in()
    manager.when_it_is_rated_by_keyboard(appraisal)
    look_again(appraisal, agrees=True, by=above, at=now())
    manager.go(f"/appraisals/{appraisal.pk}/")
    manager.when_it_is_signed()
    settle(employee, language="cy")
    telephone = begin(Appraising, viewport=NARROW)
    telephone.given_signed_in(employee)
    telephone.when_signed_in_welsh_on_a_telephone()
    agreed = [Agreed("Ysgrifennu nodyn", today() + dt.timedelta(days=9))]
    write_talk(employment, manager=manages, held_on=today(), notes="Calm.", actions=agreed, by=boss, at=now())
    telephone.then_their_development_is_read()
    manager.then_it_is_complete(appraisal)
