"""Reception on a Sunday evening: sixty arrive; each is found in three letters and has a key at a press."""

import datetime as dt
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.bookings.models import DeskMessage, KeyLoan, Stay
from moothall.bookings.rules.beds import sell
from moothall.bookings.rules.nights import Nights
from moothall.bookings.rules.rooming import choose_rooms
from moothall.bookings.tests.make import make_bed_kinds, make_bedrooms
from moothall.core.clock import now, today
from moothall.people.models import Place

from .journey import KWAME, MARGED, NARROW, Journey

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FIRST = ("Aneirin", "Bashir", "Chidi", "Daiyu", "Eleri", "Farah", "Gwilym", "Hana", "Idris", "Jola")
LAST = ("Abara", "Bowen", "Castellanos", "Dhillon", "Esposito", "Ffrancon")


class SundayEvening(Journey):
    house: Place

    def given_sixty_arrive_today(self) -> None:
        """A house of 66; their rooms chosen, but for the last who were sold a bed this afternoon."""
        self.house = make_bedrooms(50, 16)
        Place.objects.filter(pk=self.house.pk).update(name="Training Centre")
        plain, better = make_bed_kinds()
        day, names = today(), [f"{first} {last}" for last, first in product(LAST, FIRST)]
        until = day + dt.timedelta(days=5)
        for kind, guests, late in (
            (better, names[:12], None),
            (plain, names[12:54], None),
            (plain, names[54:55], dt.time(21, 30)),
        ):
            nights = Nights(self.house, kind, day, until)
            sell(nights=nights, guests=guests, by=None, at=now(), expected=late)
        choose_rooms(place=self.house, today=day, by=None, at=now())
        sell(nights=Nights(self.house, plain, day, until), guests=names[55:], by=None, at=now())
        DeskMessage.objects.create(
            place=self.house, for_whom="Hana Bowen", words="Your trainer is in room 4", left_at=now()
        )

    def when_they_type_three_letters_and_press(self, letters: str, name: str) -> None:
        box = self.page.get_by_role("searchbox")
        expect(box).to_be_focused()
        box.press_sequentially(letters)
        rows = self.page.locator("#guests tbody tr")
        expect(rows).to_have_count(1)
        expect(rows.first).to_contain_text(name)
        self.press("Control+Enter")
        expect(self.page.locator("#notices")).to_contain_text(name)

    def then_they_are_here_with_a_key(self, name: str) -> None:
        stay = Stay.objects.get(guest=name)
        assert stay.state == Stay.HERE
        assert KeyLoan.objects.get(stay=stay).resource == stay.room

    def when_others_come(self) -> None:
        """At a press each, in their line."""
        for stay in Stay.objects.to_come().exclude(expected__isnull=False).order_by("guest")[:2]:
            row = self.page.locator("tr", has=self.page.get_by_role("link", name=stay.guest, exact=True))
            row.get_by_role("button").first.click()
            expect(self.page.locator("#notices")).to_contain_text(stay.guest)

    def then_every_page_of_the_evening_is_well(self, language: str) -> None:
        for name, path in {
            "plan-of-bedrooms": "/reception/bedrooms/",
            "sell-bedrooms": "/stays/new/",
            "stay": f"/stays/{Stay.objects.get(guest='Hana Bowen').pk}/",
            "bring-a-calendar": "/bookings/calendars/bring/",
        }.items():
            self.go(path)
            self.look(f"{name}-{language}")

    def then_nothing_is_cut_off(self) -> None:
        for path in ("/reception/arrivals/", "/reception/bedrooms/", "/stays/new/"):
            self.go(path)
            self.is_not_cut()


def test_reception_checks_sixty_in_on_a_sunday_evening(begin: Callable[..., Any]) -> None:
    desk = begin(SundayEvening)
    desk.given_sixty_arrive_today()
    desk.given_signed_in_as(KWAME)
    desk.go("/reception/arrivals/")
    expect(desk.page.locator("#guests tbody tr")).to_have_count(60)
    desk.look("sunday-evening")
    desk.when_they_type_three_letters_and_press("hana bo", "Hana Bowen")
    desk.then_they_are_here_with_a_key("Hana Bowen")
    desk.when_they_type_three_letters_and_press("idris ff", "Idris Ffrancon")
    desk.then_they_are_here_with_a_key("Idris Ffrancon")
    desk.when_others_come()


def test_every_page_of_the_evening_is_well(begin: Callable[..., Any]) -> None:
    desk = begin(SundayEvening)
    desk.given_sixty_arrive_today()
    desk.given_signed_in_as(KWAME)
    desk.then_every_page_of_the_evening_is_well("en")


def test_the_evening_in_welsh_and_in_a_narrow_window(begin: Callable[..., Any]) -> None:
    desk = begin(SundayEvening, locale="cy-GB", viewport=NARROW)
    desk.given_sixty_arrive_today()
    desk.given_signed_in_as(MARGED, language="cy")
    desk.then_nothing_is_cut_off()
    desk.go("/reception/arrivals/")
    desk.look("sunday-evening-narrow-cy")
