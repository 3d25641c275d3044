"""Reception books an appointment from a case and moves it, by keyboard, in both languages."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.bookings.models import Appointment
from moothall.cases.models import Case
from moothall.letters.models import Letter

from .journey import KWAME, MARGED, NARROW, Journey
from .make import make_case

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class BookingAnAppointment(Journey):
    case: Case
    language = "en"

    def given_somebody_wants_to_be_seen(self, language: str) -> None:
        self.language = language
        self.case = make_case(title="Advice on a qualification", language=language)

    def when_they_book_from_the_case(self) -> None:
        self.go(f"/cases/{self.case.reference}/")
        self.press("b")
        times = self.page.locator("input[name=slot]")
        expect(times.first).to_be_visible()
        expect(self.page.locator("input[name=person]")).to_have_value("Elin Trahaearn")
        self.look(f"appointment-free-times-{self.language}")
        times.first.focus()
        self.press("Space")
        expect(times.first).to_be_checked()
        self.press("Control+Enter")

    def then_it_stands_on_the_case_and_a_letter_has_gone(self) -> None:
        expect(self.page.locator("#notices")).to_be_visible()
        made = Appointment.objects.get()
        assert made.case == self.case
        expect(self.page.locator("aside")).to_contain_text(made.staff.name)
        letter = Letter.objects.get(about_kind="bookings.appointment")
        assert letter.documents.get().name.endswith(".ics")
        self.look(f"appointment-on-the-case-{self.language}")

    def when_they_move_it(self) -> None:
        before = Appointment.objects.get().starts_at
        self.go(f"/appointments/{Appointment.objects.get().pk}/")
        self.look(f"appointment-{self.language}")
        self.press("m")
        last = self.page.locator("input[name=slot]").last
        expect(last).to_be_visible()
        last.check()
        self.press("Control+Enter")
        expect(self.page.locator("#notices")).to_be_visible()
        assert Appointment.objects.get().starts_at > before

    def then_every_page_of_the_book_is_well(self) -> None:
        on = Appointment.objects.get().starts_at.date()
        for name, path in {
            "reception": "/appointments/",
            "day": f"/appointments/day/?on={on}",
            "week": f"/appointments/week/?on={on}",
        }.items():
            self.go(path)
            self.look(f"appointments-{name}-{self.language}")

    def then_nothing_is_cut_off(self) -> None:
        self.go("/appointments/new/")
        self.is_not_cut()
        self.go("/appointments/")
        self.is_not_cut()


@pytest.mark.parametrize(("name", "language"), [(KWAME, "en"), (MARGED, "cy")])
def test_reception_books_and_moves_an_appointment(
    begin: Callable[..., Any], name: str, language: str
) -> None:
    reception = begin(BookingAnAppointment, locale="cy-GB" if language == "cy" else "en-GB")
    reception.given_somebody_wants_to_be_seen(language)
    reception.given_signed_in_as(name, language=language)
    reception.when_they_book_from_the_case()
    reception.then_it_stands_on_the_case_and_a_letter_has_gone()
    reception.when_they_move_it()
    reception.then_every_page_of_the_book_is_well()


def test_booking_fits_a_narrow_window(begin: Callable[..., Any]) -> None:
    reception = begin(BookingAnAppointment, viewport=NARROW)
    reception.given_signed_in_as(KWAME)
    reception.then_nothing_is_cut_off()
