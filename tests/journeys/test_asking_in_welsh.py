"""Somebody without an account asks in Welsh, follows it by the link in their letter, and reads the answer."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from moothall.cases.models import Case, Entry
from moothall.core.clock import now
from moothall.letters.models import Letter

from .journey import MARGED, NARROW, Journey

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ADDRESS = "heledd@cwm-eithin.example"
QUESTION = "A oes lle i fam sy'n gweithio gyda'r nos ar y cwrs cymorth cyntaf?"
MORE = "Gallaf ddod ar ddydd Iau hefyd."
ANSWER = "Oes, mae lle i chi ar y cwrs nos Iau."


class Asking(Journey):
    """Somebody who asks."""

    def then_it_fits(self, name: str) -> None:
        expect(self.page.locator("html")).to_have_attribute("lang", "cy")
        self.is_not_cut()
        self.look(f"cy-{name}-{'narrow' if self.window else 'wide'}")

    def press_button(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def heading_is(self, words: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def when_they_find_what_to_ask(self) -> None:
        self.go("/ask/")
        self.page.get_by_role("button", name="Cymraeg").click()
        self.heading_is("Gofynnwch i ni")
        self.then_it_fits("ask")
        self.page.get_by_role("link", name="Ymholiad cyffredinol").click()
        self.heading_is("Ymholiad cyffredinol")
        self.then_it_fits("ask-start")
        self.press_button("Dechrau nawr")

    def when_they_leave_the_question_empty(self) -> None:
        self.heading_is("Beth hoffech chi ei wybod?")
        self.press_button("Parhau")
        expect(self.page.get_by_role("alert")).to_be_visible()
        self.then_it_fits("ask-nothing-typed")

    def when_they_answer_each_question(self) -> None:
        self.page.get_by_label("Beth hoffech chi ei wybod?").fill(QUESTION)
        self.press_button("Parhau")
        self.heading_is("Erbyn pryd mae angen ateb arnoch?")
        self.then_it_fits("ask-date")
        self.press_button("Parhau")
        self.heading_is("Hoffech chi ychwanegu ffeiliau?")
        self.then_it_fits("ask-files")
        self.press_button("Parhau heb ffeiliau")
        self.page.get_by_label("Beth yw eich enw?").fill("Heledd Ní Bhriain")
        self.press_button("Parhau")
        self.heading_is("Sut gallwn ni gysylltu â chi?")
        self.page.get_by_label("Cyfeiriad e-bost").fill(ADDRESS)
        self.then_it_fits("ask-reach")
        self.press_button("Parhau")

    def when_they_check_and_send(self) -> None:
        self.heading_is("Gwiriwch eich atebion cyn eu hanfon")
        expect(self.page.locator("main")).to_contain_text(QUESTION)
        self.then_it_fits("ask-check")
        self.press_button("Anfon")

    def then_they_have_a_reference(self) -> None:
        self.heading_is("Mae eich cais wedi ein cyrraedd")
        self.case = Case.objects.latest("id")
        expect(self.page.locator("main")).to_contain_text(f"Eich cyfeirnod yw {self.case.reference}")
        assert (self.case.language, self.case.channel) == ("cy", "form")
        self.then_it_fits("ask-sent")

    def when_they_follow_the_link_in_their_letter(self) -> None:
        letter = Letter.objects.get(to_address=ADDRESS)
        assert letter.language == "cy"
        link = re.search(r"/ask/progress/\S+", letter.body)
        assert link is not None
        self.progress = link[0]
        self.go(self.progress)

    def then_they_see_how_it_is_going(self) -> None:
        main = self.page.locator("main")
        expect(main).to_contain_text(self.case.reference)
        expect(main).to_contain_text("Sut mae'n mynd")
        expect(self.page.locator(".pt-stage--done")).to_contain_text("Mae eich cais wedi ein cyrraedd")
        self.then_it_fits("progress")

    def when_they_add_something(self) -> None:
        self.page.get_by_label("Eich neges").fill(MORE)
        self.press_button("Anfon y neges")
        expect(self.page.get_by_text("Mae eich neges wedi ein cyrraedd.")).to_be_visible()
        expect(self.page.locator(".pt-message--in").last).to_contain_text(MORE)
        self.then_it_fits("progress-added")

    def then_they_read_the_answer(self) -> None:
        self.go(self.progress)
        answer = self.page.locator(".pt-message--out").filter(has_text=ANSWER)
        expect(answer).to_be_visible()
        self.then_it_fits("progress-answered")

    def then_the_same_page_is_there_in_english(self) -> None:
        self.page.get_by_role("button", name="English").click()
        expect(self.page.locator("html")).to_have_attribute("lang", re.compile("^en"))
        expect(self.page.get_by_role("heading", name="How it is going")).to_be_visible()
        expect(self.page.locator("main")).to_contain_text(ANSWER)
        self.is_not_cut()
        self.look(f"progress-answered-{'narrow' if self.window else 'wide'}")


class Answering(Journey):
    """The coordinator who answers in Welsh."""

    def when_they_open(self, case: Case) -> None:
        self.go(f"/cases/{case.reference}/")

    def then_both_messages_are_on_the_case(self) -> None:
        timeline = self.page.locator(".mh-timeline")
        expect(timeline).to_contain_text(MORE)
        expect(self.page.locator("main")).to_contain_text(QUESTION)
        self.look("cy-case-asked-by-form")

    def when_they_reply(self, case: Case) -> None:
        self.press("r")
        message = self.page.locator("textarea[name=text]")
        expect(message).to_have_value(re.compile("^Annwyl Heledd"))
        message.fill(f"Annwyl Heledd,\n\n{ANSWER}")
        self.press("Control+Enter")
        expect(self.page.locator(".mh-timeline")).to_contain_text(ANSWER)
        case.refresh_from_db()
        assert case.waiting_on == Case.PERSON

    def when_it_can_be_recalled_no_more(self, case: Case) -> None:
        letter = case.entries.filter(kind=Entry.MAIL_OUT).latest("id").letter
        assert letter is not None
        Letter.objects.filter(pk=letter.pk).update(send_after=now() - dt.timedelta(minutes=1))


@pytest.mark.parametrize("window", [{}, {"viewport": NARROW, "has_touch": True}], ids=["wide", "narrow"])
def test_somebody_asks_in_welsh_and_is_answered_where_they_look(
    begin: Callable[..., Any], window: dict[str, Any]
) -> None:
    enquirer = begin(Asking, **window)
    enquirer.when_they_find_what_to_ask()
    enquirer.when_they_leave_the_question_empty()
    enquirer.when_they_answer_each_question()
    enquirer.when_they_check_and_send()
    enquirer.then_they_have_a_reference()
    enquirer.when_they_follow_the_link_in_their_letter()
    enquirer.then_they_see_how_it_is_going()
    enquirer.when_they_add_something()
    coordinator = begin(Answering, locale="cy-GB")
    coordinator.given_signed_in_as(MARGED, language="cy")
    coordinator.when_they_open(enquirer.case)
    coordinator.then_both_messages_are_on_the_case()
    coordinator.when_they_reply(enquirer.case)
    coordinator.when_it_can_be_recalled_no_more(enquirer.case)
    enquirer.then_they_read_the_answer()
    enquirer.then_the_same_page_is_there_in_english()
