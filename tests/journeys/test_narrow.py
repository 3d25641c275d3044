"""Everything on a telephone 320 pixels wide, with the longest names there are."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.cases.models import Case
from moothall.core.clock import now
from moothall.people.rules.persons import add_person

from .journey import KWAME, NARROW, Journey
from .make import make_case

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONGEST = ("Venkataraman Balasubrahmanyam-Featherstonehaugh " * 6)[:250].strip()
ONE_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 4


class Narrow(Journey):
    def given_long_names_and_much_to_do(self) -> None:
        somebody = add_person(
            full_name=LONGEST, by=None, at=now(), emails=[f"{'long' * 14}@{'name' * 14}.example"], phones=[]
        )
        self.long = make_case(title=ONE_WORD[:200], requester=somebody, to=KWAME, words=ONE_WORD, days_ago=30)
        make_case(title="A short one", to=KWAME)
        make_case(title="Not taken", requester=somebody)
        make_case(title="With steps", service="complaint", to=KWAME)

    def then_it_fits(self, name: str) -> None:
        self.is_not_cut()
        self.look(f"narrow-{name}")

    def when_they_reply_on_the_case(self) -> None:
        self.go(f"/cases/{Case.objects.get(title='With steps').reference}/")
        self.then_it_fits("case-with-steps")
        self.page.get_by_role("button", name="Reply").tap()
        expect(self.page.get_by_label("Message")).to_be_focused()

    def then_what_opens_on_a_list_fits_too(self) -> None:
        self.go("/cases/")
        self.page.locator("summary", has_text="Save this view").tap()
        expect(self.page.get_by_label("Name")).to_be_visible()
        self.then_it_fits("save-view")


PLACES = {
    "my-work": "/",
    "cases": "/cases/",
    "call": "/enquiries/contacts/new/",
    "contacts": "/enquiries/contacts/",
    "import": "/enquiries/imports/",
    "open-case": "/cases/new/",
    "people": "/people/",
    "letters": "/letters/",
    "my-account": "/people/me/",
}


def test_everything_fits_a_telephone(begin: Callable[..., Any]) -> None:
    coordinator = begin(Narrow, viewport=NARROW, has_touch=True)
    coordinator.given_long_names_and_much_to_do()
    coordinator.given_signed_in_as(KWAME)
    for name, path in PLACES.items():
        coordinator.go(path)
        coordinator.then_it_fits(name)
    coordinator.go(f"/cases/{coordinator.long.reference}/")
    coordinator.then_it_fits("case-with-long-names")
    coordinator.then_what_opens_on_a_list_fits_too()
    coordinator.when_they_reply_on_the_case()
    coordinator.then_it_fits("reply")
