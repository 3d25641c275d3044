"""An employee on a telephone, in Welsh: their record, a new address, whom to tell, leave, an absence."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.absence.models import Certificate, Episode
from moothall.absence.tests.make import make_absence
from moothall.core.clock import today
from moothall.leave.models import LeaveRequest
from moothall.leave.tests.make import working_day
from moothall.workforce.models import DetailChange, Employment, NextOfKin

from .journey import DELYTH, MARGED, NARROW, Journey, account_of, typed

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STREET = "2 Heol Llanfairpwllgwyngyllgogerychwyrndrobwll\nTre Gwyn"
LONG_NAME = "Ní Ó'Brien-Łukasiewicz Featherstonehaugh"


def own() -> Employment:
    return Employment.objects.get(person=account_of(MARGED).person)


class OwnRecord(Journey):
    def opens(self, path: str, name: str) -> None:
        self.go(path)
        self.is_not_cut()
        self.look(f"own-welsh-{name}")

    def when_they_read_their_record(self) -> None:
        self.opens("/me/employment/", "record")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Marged Prydderch")

    def when_they_move_house(self) -> None:
        self.opens("/me/details/", "details")
        self.go("/me/details/address/")
        self.page.get_by_label("Cyfeiriad newydd").fill(STREET)
        self.page.get_by_label("O ba ddiwrnod").fill(typed(today()))
        self.is_not_cut()
        self.send("Bydd cydweithiwr yn edrych arno")

    def when_they_say_whom_to_tell(self) -> None:
        self.go(f"/employees/{own().number}/next-of-kin/")
        self.page.locator("[name=name]").fill(LONG_NAME)
        self.page.locator("[name=phone]").fill("01632 960188")
        self.send("Maent ar y rhestr.")
        self.is_not_cut()
        assert NextOfKin.objects.get().name == LONG_NAME

    def when_they_ask_for_leave(self) -> None:
        self.opens("/me/leave/", "leave")
        self.go("/me/leave/new/")
        self.page.get_by_label("Diwrnod cyntaf i ffwrdd").fill(typed(working_day(50)))
        self.page.get_by_role("button", name="Dangos beth fyddai'n ei olygu").click()
        expect(self.page.get_by_role("heading", name="Beth fyddai hyn yn ei olygu")).to_be_visible()
        self.is_not_cut()
        self.look("own-welsh-leave-meaning")
        self.page.get_by_role("button", name="Ei anfon").click()
        self.page.wait_for_url("**/leave/requests/**")
        self.is_not_cut()
        assert LeaveRequest.objects.get().state == LeaveRequest.REQUESTED

    def when_they_certify_their_days(self) -> None:
        first = today() - dt.timedelta(days=3)
        make_absence(own(), first_day=first, last_day=today() - dt.timedelta(days=1))
        self.opens("/me/absence/", "absences")
        self.opens(f"/absence/{Episode.objects.get().pk}/", "absence")
        self.page.get_by_role("link", name="Ardystio eich absenoldeb").or_(
            self.page.get_by_role("button", name="Ardystio eich absenoldeb")
        ).first.click()
        self.page.locator("[name=from_on]").fill(typed(first))
        self.page.locator("[name=until]").fill(typed(today() - dt.timedelta(days=1)))
        self.page.locator("[name=declared]").check()
        self.send("Cadwyd.")
        assert Certificate.objects.standing().get().kind == Certificate.SELF

    def then_everything_about_them_can_be_read(self) -> None:
        places = {
            "appraisal": "/me/appraisal/", "development": "/me/development/", "requests": "/me/requests/",
            "credentials": "/me/credentials/", "matters": "/me/matters/", "asked": "/own/",
        }  # fmt: skip
        for name, path in places.items():
            self.opens(path, name)


class KeepingRecords(Journey):
    def when_the_address_is_approved(self) -> None:
        self.go("/employees/details/")
        self.look("detail-changes")
        self.go(f"/employees/details/{DetailChange.objects.get().pk}/")
        expect(self.page.get_by_text("2 Heol")).to_be_visible()
        self.look("detail-change")
        self.press("a")
        self.told("Approved. They are written to.")


@pytest.mark.timeout(300)
def test_an_employee_keeps_their_own_record_in_welsh(begin: Callable[..., Any]) -> None:
    employee = begin(OwnRecord, viewport=NARROW, has_touch=True)
    employee.given_signed_in_as(MARGED, language="cy")
    employee.when_they_read_their_record()
    employee.when_they_move_house()
    employee.when_they_say_whom_to_tell()
    keeper = begin(KeepingRecords)
    keeper.given_signed_in_as(DELYTH)
    keeper.when_the_address_is_approved()
    employee.when_they_ask_for_leave()
    employee.when_they_certify_their_days()
    employee.then_everything_about_them_can_be_read()
