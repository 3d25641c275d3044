"""The main work in Welsh: no English is left on any page but names."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils.translation import trans_real
from playwright.sync_api import expect

from moothall.cases.models import Case

from .journey import MARGED, Journey
from .make import make_case, person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Common English words that are no Welsh words and no part of a name here.
ENGLISH = re.compile(
    r"\b(?:the|and|of|with|this|that|for|not|you|your|from|have|been|what|who|when|where|which|until|late|"
    r"reply|send|save|close|closed|assign|assigned|waiting|answer|search|filters?|received|reference|title|"
    r"service|today|tomorrow|yesterday|nobody|everything|cases?|team|work|people|letters?|print|days?|weeks?|"
    r"minutes?|hours?|ago|english|message|subject|language|template|undo|wrote|took|call|phone|mail)\b",
    re.IGNORECASE,
)
NOT_OURS = "[lang=en], script, style, .mh-message-text, textarea, option[value=en], input[value=en] + label"
WORDS = """(notOurs) => {
    const kept = document.body.cloneNode(true);
    kept.querySelectorAll(notOurs).forEach((one) => one.remove());
    const said = [...kept.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap((one) =>
        ['aria-label', 'title', 'placeholder'].map((name) => one.getAttribute(name)));
    const walk = document.createTreeWalker(kept, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) said.push(walk.currentNode.textContent);
    return said.map((words) => (words || '').trim()).filter(Boolean);
}"""
NAMES = re.compile(r"\S+@\S+|https?://\S+|\bMoothall\b|\bTre Gwyn\b")


@pytest.fixture
def untranslated(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Every message a page asked for in Welsh and did not get."""
    found: set[str] = set()
    catalogue = trans_real.DjangoTranslation

    def noticing(name: str) -> Callable[..., str]:
        real = getattr(catalogue, name)

        def asked(self: Any, msgid: str, *more: Any) -> str:
            key = (msgid, self.plural(more[1])) if more else msgid
            if self.language() == "cy" and msgid and self._catalog.get(key) is None:
                found.add(msgid)
            return str(real(self, msgid, *more))

        return asked

    for name in ("gettext", "ngettext"):
        monkeypatch.setattr(catalogue, name, noticing(name))
    yield found
    ours = {words for words in found if "\x04" not in words}
    assert not ours, f"{len(ours)} messages without Welsh: {sorted(ours)}"


class InWelsh(Journey):
    case: Case

    def given_somebody_asks_in_welsh(self) -> None:
        self.case = make_case(
            title="Lle ar gwrs codi a symud", words="A oes lle ar y cwrs ddydd Mawrth?", language="cy",
            requester=person("Elin Trahaearn"),
        )  # fmt: skip

    def then_it_is_welsh(self, name: str) -> None:
        expect(self.page.locator("html")).to_have_attribute("lang", "cy")
        texts = self.page.evaluate(WORDS, NOT_OURS)
        left = {words for words in texts if ENGLISH.search(NAMES.sub("", words))}
        assert not left, f"English on {self.page.url}: {sorted(left)}"
        self.look(f"cy-{name}")

    def when_they_take_it(self) -> None:
        self.go("/")
        self.then_it_is_welsh("my-work")
        self.page.locator("tbody tr", has_text=self.case.title).locator("button").click()
        self.then_it_is_welsh("case")

    def when_they_answer_in_welsh(self) -> None:
        self.press("r")
        expect(self.page.locator("textarea[name=text]")).to_have_value(re.compile("^Annwyl Elin"))
        self.then_it_is_welsh("reply")
        message = self.page.locator("textarea[name=text]")
        self.page.locator("select[name=template]").select_option(label="Ateb")
        expect(message).to_have_value(re.compile("Diolch am eich cwestiwn"))
        self.then_it_is_welsh("reply-from-template")
        message.fill(message.input_value().replace("[Ysgrifennwch yr ateb yma.]", "Oes, mae lle."))
        self.press("Control+Enter")
        expect(self.page.locator(".mh-timeline")).to_contain_text("Oes, mae lle.")
        self.then_it_is_welsh("answered")

    def when_they_close_it(self) -> None:
        self.press("c")
        self.then_it_is_welsh("closing")
        self.page.locator("input[name=outcome][value=answered]").check()
        self.press("Control+Enter")
        expect(self.page.locator("#notices").get_by_role("button")).to_be_visible()
        self.then_it_is_welsh("closed")
        self.case.refresh_from_db()
        assert self.case.is_closed

    def then_the_other_pages_are_welsh(self) -> None:
        pages = {
            "cases": "/cases/?all=1",
            "call": "/enquiries/contacts/new/",
            "import": "/enquiries/imports/",
        }
        for name, path in pages.items():
            self.go(path)
            self.then_it_is_welsh(name)
        self.press("?")
        self.then_it_is_welsh("keys")


def test_the_main_work_is_done_in_welsh(begin: Callable[..., Any], untranslated: set[str]) -> None:
    coordinator = begin(InWelsh, locale="cy-GB")
    coordinator.given_somebody_asks_in_welsh()
    coordinator.given_signed_in_as(MARGED, language="cy")
    coordinator.when_they_take_it()
    coordinator.when_they_answer_in_welsh()
    coordinator.when_they_close_it()
    coordinator.then_the_other_pages_are_welsh()
