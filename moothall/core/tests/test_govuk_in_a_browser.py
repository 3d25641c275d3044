"""The page of all parts in Chromium: keys, lookups, drafts, narrow screens, no script, accessibility."""

import mimetypes
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, expect

from moothall.core import clock
from moothall.core.navigation import Entry
from moothall.core.styleguide import styleguide_context

STATIC = Path(__file__).resolve().parents[1] / "static"
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'"
pytestmark = pytest.mark.browser


def page_of_all_parts() -> str:
    request = RequestFactory().get("/styleguide/")
    request.user = AnonymousUser()
    desks = [Entry("My work", "#mine", current=True), Entry("Team", "#team")]
    shell = {
        "request": request,
        "navigation": desks,
        "office_name": "Sir Ddychmygol",
        "jump_url": "/jump/",
        "jump_lookup_url": "/lookup",
        "shortcuts": [("g t", "Team", "#went-to-team")],
    }
    return render_to_string("core/styleguide.html", styleguide_context(clock.now()) | shell)


class Office(BaseHTTPRequestHandler):
    """Just enough of an office: the page, its static files, a lookup, and somewhere to keep drafts."""

    page, options = "", ""
    drafts: list[str] = []

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        file = STATIC / path.removeprefix("/static/")
        if path.startswith("/static/") and file.is_file():
            self.answer(file.read_bytes(), mimetypes.guess_type(file.name)[0] or "text/plain")
        elif path.endswith("lookup"):
            self.answer(self.options.encode(), "text/html")
        else:
            self.answer(self.page.encode(), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        self.drafts.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.answer(b"", "text/html")

    def answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        for name, value in {"Content-Type": kind, "Content-Security-Policy": POLICY}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is said: a test's own words are enough."""


class Server(ThreadingHTTPServer):
    request_queue_size = 64  # a browser asks for a dozen files at once


@pytest.fixture(scope="module")
def office() -> Iterator[str]:
    groups = styleguide_context(clock.now())["groups"]
    Office.page = page_of_all_parts()
    Office.options = render_to_string("core/parts/lookup_options.html", {"groups": groups})
    with Server(("127.0.0.1", 0), Office) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/styleguide/"
        server.shutdown()


@pytest.fixture
def page(chromium: Browser, office: str) -> Iterator[Page]:
    """The page, ready for keys; anything its console complains of fails the test."""
    opened = chromium.new_page(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(office)
    opened.wait_for_selector("[data-govuk-error-summary-init]")
    opened.evaluate("document.activeElement.blur()")
    yield opened
    opened.close()
    assert complaints == []


def test_j_and_k_walk_the_rows_and_x_ticks_them(page: Page) -> None:
    bar = page.locator(".mh-bulk")
    expect(bar).to_be_hidden()
    for key in "jjkjx":
        page.keyboard.press(key)
    expect(page.locator("[data-tick]").nth(1)).to_be_checked()
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 2
    expect(bar).to_be_visible()
    expect(page.locator("[data-picked-count]")).to_have_text("1")
    page.locator("[data-tick-all]").click()
    expect(page.locator("[data-picked-count]")).to_have_text("6")


def test_the_sheet_shows_every_key_of_the_page(page: Page) -> None:
    page.keyboard.press("?")
    sheet = page.locator("#keyboard-help")
    for words in ("Reply", "Log a call", "Next or previous row of a list", "Team", "Undo"):
        expect(sheet).to_contain_text(words)
    page.keyboard.press("?")
    expect(sheet).to_be_hidden()


def test_two_keys_go_to_a_desk(page: Page) -> None:
    page.keyboard.press("g")
    page.keyboard.press("t")
    assert page.url.endswith("#went-to-team")


def test_keys_typed_into_a_box_are_letters(page: Page) -> None:
    page.locator("#sample-reply").focus()
    page.keyboard.type("jx?")
    assert "jx?" in page.locator("#sample-reply").input_value()
    expect(page.locator("#keyboard-help")).to_be_hidden()


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_the_jump_box_offers_what_fits_and_marks_the_first(page: Page, key: str) -> None:
    page.keyboard.press(key)
    page.keyboard.type("ang")
    first = page.locator("#jump-list [role=option]").first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(page.locator("#jump")).to_have_attribute("aria-activedescendant", "jump-list-0")
    page.keyboard.press("Escape")
    expect(page.locator("#jump-list")).to_be_hidden()


def test_a_lookup_is_chosen_with_the_arrows_and_forgotten_when_retyped(page: Page) -> None:
    box, key = page.locator("#id_person"), page.locator("#id_person-key")
    box.press_sequentially("an")
    expect(page.locator("#id_person-list")).to_be_visible()
    for stroke in ("ArrowDown", "ArrowDown", "Enter"):
        box.press(stroke)
    expect(box).to_have_value("Oluwaseun Adébáyọ̀")
    expect(key).to_have_value("2")
    box.press("x")
    expect(key).to_have_value("")


def test_a_draft_is_kept_a_second_after_the_last_key(page: Page) -> None:
    page.locator("#sample-reply").fill("Dear Angharad, it is on its way.")
    sign = page.locator("[data-draft-state]")
    expect(sign).to_have_text("Not saved yet")
    expect(sign).to_have_text("Draft saved just now")
    assert "on+its+way" in Office.drafts[-1]
    assert page.evaluate("localStorage.length") == 0


def test_a_draft_that_could_not_be_sent_is_kept_here_and_comes_back(page: Page, office: str) -> None:
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error('away')); }")
    page.locator("#sample-reply").fill("Do not lose this.")
    expect(page.locator("[data-draft-state]")).to_contain_text("Kept on this computer")
    page.goto(office)
    expect(page.locator("#sample-reply")).to_have_value("Do not lose this.")
    expect(page.locator("[data-draft-state]")).to_have_text("Draft saved just now")
    assert "not+lose" in Office.drafts[-1]


@pytest.mark.parametrize("width", [1280, 320])
def test_the_page_has_no_accessibility_violation_and_never_scrolls_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_focus_is_never_under_the_bar_of_actions(page: Page) -> None:
    first, second = page.locator(".mh-file").all()
    second.evaluate("link => link.focus({ preventScroll: true })")
    first.evaluate("link => scrollBy(0, link.getBoundingClientRect().top - 12)")
    page.keyboard.press("Shift+Tab")
    expect(first).to_be_focused()
    bar, link = page.locator(".mh-actions").bounding_box(), first.bounding_box()
    assert bar is not None
    assert link is not None
    assert bar["y"] == 0, "the bar is stuck to the top"
    assert link["y"] >= bar["height"]


def test_without_a_script_everything_is_there(chromium: Browser, office: str) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.goto(office)
    expect(opened.locator(".mh-bulk")).to_be_visible()
    expect(opened.locator(".mh-tour__step").nth(2)).to_be_visible()
    expect(opened.get_by_role("link", name="Team", exact=True)).to_be_visible()
    expect(opened.get_by_role("button", name="Send")).to_be_visible()
    context.close()
