"""A sealed case asks for a reason before it opens, and does not exist for anybody else."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.cases.models import Case, Reading

from .journey import FARIDA, KWAME, MARGED, Journey
from .make import make_case

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TITLE, REASON = "Something told in confidence", "She telephoned and asked what happens next."


class Sealed(Journey):
    case: Case

    def when_they_seal_it_for(self, name: str) -> None:
        self.go(f"/cases/{self.case.reference}/")
        self.page.get_by_role("toolbar").get_by_text("More").click()
        self.page.get_by_role("link", name="Who may see it").click()
        self.page.get_by_label("Sealed: only the people named").check()
        self.page.get_by_label(name).check()
        self.page.get_by_label("Why").fill("Told in confidence.")
        self.look("sealing")
        self.page.get_by_role("button", name="Save").click()
        self.told("Saved.")

    def when_they_open_it(self) -> None:
        self.go(f"/cases/{self.case.reference}/")

    def then_a_reason_is_asked(self) -> None:
        expect(self.page.get_by_role("heading", name="This case is sealed")).to_be_visible()
        expect(self.page.get_by_text(TITLE)).to_have_count(0)
        self.look("sealed-asks-why")
        self.page.get_by_role("button", name="Open it").click()
        expect(self.page.get_by_role("alert")).to_contain_text("Say why.")
        expect(self.page.get_by_text(TITLE)).to_have_count(0)

    def when_they_give_one(self) -> None:
        self.page.get_by_label("Why").fill(REASON)
        self.page.get_by_role("button", name="Open it").click()

    def then_it_opens_and_the_reason_is_kept(self) -> None:
        self.told("Open to you for half an hour.")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(TITLE)
        expect(self.page.locator(".mh-case-head")).to_contain_text("Sealed")
        assert Reading.objects.get().reason == REASON
        self.look("sealed-open")

    def then_it_is_not_there(self) -> None:
        response = self.page.goto(f"/cases/{self.case.reference}/")
        assert response is not None
        assert response.status == 404
        self.go("/cases/?all=1")
        expect(self.page.get_by_text(TITLE)).to_have_count(0)


def test_a_sealed_case_opens_for_a_reason_and_only_to_those_named(begin: Callable[..., Any]) -> None:
    manager = begin(Sealed)
    manager.case = make_case(title=TITLE)
    manager.given_signed_in_as(FARIDA)
    manager.when_they_seal_it_for("Kwame Osei-Bonsu")

    named = begin(Sealed)
    named.case = manager.case
    named.given_signed_in_as(KWAME)
    named.when_they_open_it()
    named.then_a_reason_is_asked()
    named.when_they_give_one()
    named.then_it_opens_and_the_reason_is_kept()

    colleague = begin(Sealed)
    colleague.case = manager.case
    colleague.given_signed_in_as(MARGED)
    colleague.then_it_is_not_there()
