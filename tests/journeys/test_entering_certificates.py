"""Ten fit notes are entered by keyboard alone, each with its scan, in well under twenty seconds."""

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.absence.models import Certificate, Episode
from moothall.absence.tests.make import days_ago, make_absence, make_issuer
from moothall.people.models import Team
from moothall.people.tests.make import make_person
from moothall.workforce.tests.make import make_employment, make_post

from .journey import KWAME, Journey, account_of
from .make import booking_form

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAMES = (
    "Amara Llewelyn-Diallo", "Bethan Szczepańska", "Cormac Ó Dálaigh", "Dilwar Choudhury", "Esyllt Vaughan",
    "Farouk Benhaddou", "Gwilym Ap Dafydd", "Huw Nakamura", "Ioana Petrescu", "Jamila Osei",
)  # fmt: skip


class EnteringCertificates(Journey):
    numbers: tuple[str, ...] = ()

    def given_ten_people_who_are_off(self) -> None:
        team = Team.objects.get(pk__in=account_of(KWAME).standing().teams_for("absence.record"))
        make_issuer()
        for name in NAMES:
            employment = make_employment(make_person(full_name=name), post=make_post(team=team))
            make_absence(employment, first_day=days_ago(9))
            self.numbers += (employment.number,)

    def when_each_is_typed(self, scan: Path) -> list[float]:
        self.go("/absence/certificates/")
        took = []
        for at, number in enumerate(self.numbers):
            begun = time.monotonic()
            expect(self.page.get_by_role("combobox", name="Whose is it?")).to_be_focused()
            self.page.keyboard.type(number)
            expect(self.page.get_by_role("option").first).to_contain_text(NAMES[at])
            self.press("ArrowDown", "Enter")
            until = self.page.get_by_label("Until")
            expect(self.page.locator("#entry")).to_contain_text(NAMES[at])
            expect(until).to_be_focused()
            self.page.keyboard.type("2w")
            self.page.get_by_label("Scan or photograph").set_input_files(scan)
            if at == 0:
                self.look("certificate-to-enter")
            self.press("Control+Enter")
            self.told(f"Kept for {NAMES[at]}")
            took.append(time.monotonic() - begun)
        return took

    def then_ten_are_counted_and_kept(self) -> None:
        expect(self.page.get_by_text("10 entered today")).to_be_visible()
        self.look("certificates-entered")
        kept = Certificate.objects.standing().filter(document__isnull=False)
        assert kept.count() == 10
        assert {(each.until_on - each.from_on) for each in kept} == {dt.timedelta(days=13)}

    def when_the_last_is_undone(self) -> None:
        self.page.locator("#notices").get_by_role("button", name="Undo").click()
        self.told("Undone.")

    def then_nine_are_left(self) -> None:
        expect(self.page.get_by_text("9 entered today")).to_be_visible()
        assert Episode.objects.standing().count() == 10


def test_ten_certificates_are_entered_by_keyboard(begin: Callable[..., Any], tmp_path: Path) -> None:
    clerk = begin(EnteringCertificates)
    clerk.given_signed_in_as(KWAME)
    clerk.given_ten_people_who_are_off()
    took = clerk.when_each_is_typed(booking_form(tmp_path))
    print("seconds each:", " ".join(f"{each:.1f}" for each in took))
    clerk.then_ten_are_counted_and_kept()
    clerk.when_the_last_is_undone()
    clerk.then_nine_are_left()
