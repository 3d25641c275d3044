"""Shared parental leave in blocks, told on a telephone in Welsh and agreed by the desk; what people hold is
entered by the keyboard and brought in from a file."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import expect

from moothall.core.clock import now, today
from moothall.credentials import tasks
from moothall.credentials.models import Credential, CredentialFile, CredentialKind
from moothall.credentials.rules.bringing import steps
from moothall.people.models import Account
from moothall.people.rules.accounts import choose_settings
from moothall.people.rules.drafts import dismiss
from moothall.people.tests.make import make_account, make_person
from moothall.personnel.models import FamilyLeave, SharedNotice
from moothall.workforce.tests.make import make_employment

from .journey import NARROW, Journey, typed

pytestmark = [pytest.mark.browser, pytest.mark.slow]
KEEPS = ("workforce.view", "workforce.edit", "workforce.private")
DAY = dt.timedelta(days=1)


def settle(account: Account, language: str = "en") -> Account:
    choose_settings(account, language=language, at=now())
    dismiss(account, key="first-visit", at=now())
    return account


class Sharing(Journey):
    def given_signed_in(self, account: Account) -> None:
        self.carry_session_of(account)

    def when_two_blocks_are_told_in_welsh(self) -> None:
        first = today() + 90 * DAY
        self.go("/me/requests/shared-leave/new/")
        self.look("shared-leave-ask-welsh-narrow")
        self.is_not_cut()
        self.page.get_by_label("Y diwrnod y disgwylir y plentyn").fill(typed(today() + 20 * DAY))
        self.page.get_by_label("Sawl wythnos o absenoldeb a rennir").fill("8")
        for number, begins in ((1, first), (2, first + 42 * DAY)):
            self.page.get_by_label(f"Bloc {number}: diwrnod cyntaf").fill(typed(begins))
            self.page.get_by_label(f"Bloc {number}: diwrnod olaf").fill(typed(begins + 13 * DAY))
        self.press("Control+Enter")
        self.told("Anfonwyd.")
        self.look("shared-leave-waiting-welsh-narrow")
        self.is_not_cut()

    def when_the_desk_agrees(self, notice: SharedNotice) -> None:
        self.go("/requests/staff/")
        self.look("requests-of-staff")
        self.go(f"/requests/shared/{notice.pk}/")
        self.look("shared-leave-to-agree")
        self.page.get_by_role("button", name="Agree to the blocks").click()
        self.told("Agreed: the blocks are booked.")
        self.look("shared-leave-agreed")
        leave = FamilyLeave.objects.order_by("starts_on").first()
        assert leave is not None
        self.go(f"/requests/family/{leave.pk}/")
        self.look("shared-leave-block")

    def when_credentials_are_entered(self, numbers: list[str]) -> None:
        self.go("/credentials/entry/")
        self.page.get_by_label("Kind of credential").select_option(label="First aid at work")
        for place, number in enumerate(numbers):
            self.look_up("Whose is it?", number)
            self.page.get_by_label("Its number").fill(f"FA-{place}")
            self.page.get_by_label("Last day on which it counts").fill(typed(today() + 700 * DAY))
            self.page.get_by_label("Day of issue").fill(typed(today()))
            self.press("Enter")
            self.told("It is on the record.")
            expect(self.page.get_by_role("combobox", name="Whose is it?")).to_be_focused()
        self.look("credentials-entered")
        self.page.get_by_role("button", name="Undo").first.click()
        self.told("Taken back.")

    def when_a_file_is_compared(self, table: CredentialFile) -> None:
        self.go("/credentials/files/")
        self.look("credentials-bring")
        self.go(f"/credentials/files/{table.pk}/columns/")
        self.look("credentials-columns")
        self.page.get_by_role("button", name="Compare every row").click()
        tasks.bring_credentials_on(file_id=table.pk)
        self.go(f"/credentials/files/{table.pk}/")
        self.look("credentials-compared")
        self.go(f"/credentials/files/{table.pk}/rows/")
        self.look("credentials-rows")

    def then_it_is_narrow(self, *paths: str) -> None:
        for place, path in enumerate(paths):
            self.go(path)
            self.look(f"credentials-narrow-{place}")
            self.is_not_cut()


@pytest.mark.timeout(300)
def test_blocks_are_told_and_agreed_and_what_people_hold_is_brought_in(
    begin: Callable[..., Any], settings: Any, tmp_path: Path
) -> None:
    settings.RAW_HOME = tmp_path
    person = settle(make_account(person=make_person(full_name="Ffion Adeyemi-Llewelyn")), "cy")
    employment = make_employment(account=person)
    desk = settle(make_account(*KEEPS))
    telephone = begin(Sharing, viewport=NARROW)
    telephone.given_signed_in(person)
    telephone.when_two_blocks_are_told_in_welsh()
    keeper = begin(Sharing)
    keeper.given_signed_in(desk)
    keeper.when_the_desk_agrees(SharedNotice.objects.get())
    other = make_employment(make_person(full_name="Tomos Wójcik"))
    keeper.when_credentials_are_entered([employment.number, other.number])
    assert Credential.objects.filter(kind__key="first-aid", withdrawn_at=None).count() == 1
    rows = (
        "Staff number,Certificate,Certificate number,Issued,Expires\n"
        f"{employment.number},MiDAS certificate,M-1,01/02/2026,31/01/2029\n"
        f"{other.number},Tightrope,T-1,01/02/2026,31/01/2029\n"
    )
    assert CredentialKind.objects.filter(key="midas").exists()
    table = steps.take_file(SimpleUploadedFile("midas.csv", rows.encode()), by=desk, at=now())
    tasks.bring_credentials_on(file_id=table.pk)
    keeper.when_a_file_is_compared(table)
    narrow = begin(Sharing, viewport=NARROW)
    narrow.given_signed_in(settle(desk, "cy"))
    narrow.then_it_is_narrow("/credentials/entry/", f"/credentials/files/{table.pk}/", "/requests/staff/")
