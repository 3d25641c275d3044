"""What the browser journeys share: a page on the live office, axe, screenshots."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect
from pytest_django.live_server_helper import LiveServer

CHECKOUT = Path(__file__).resolve().parents[1]
SCREENSHOTS = CHECKOUT / "screenshots"
expect.set_options(timeout=15_000)
LEVELS = {"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"}


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """A new window on the office, as another person would have; what its script complains of fails the test.

    Takes the options of Playwright's `new_context`: `viewport`, `locale`, `java_script_enabled`.
    """
    complaints: list[str] = []
    contexts = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            complaints.append(message.text)

    def open_(**options: object) -> Page:
        given = {"base_url": live_server.url, "viewport": {"width": 1280, "height": 900}, "locale": "en-GB"}
        context = chromium.new_context(**(given | options))  # type: ignore[arg-type]
        context.set_default_timeout(60_000)  # a busy machine opens its first page slowly
        contexts.append(context)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda problem: complaints.append(str(problem)))
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints


@contextmanager
def copy_of(page: Page) -> Iterator[Page]:
    """The page as it stands, in a window where a script can be brought in; its own are kept out."""
    standing, browser = page.content(), page.context.browser
    assert browser is not None
    context = browser.new_context(viewport=page.viewport_size)
    copy = context.new_page()
    copy.route("**/*.js", lambda route: route.abort())
    copy.route(page.url, lambda route: route.fulfill(body=standing, content_type="text/html; charset=utf-8"))
    copy.goto(page.url)
    yield copy
    context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


@pytest.fixture
def look(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Judge a page by axe at WCAG 2.2 AA, and keep its picture as `screenshots/NAME.png`.

    Axe is a script itself: of a window that runs none, a copy is judged.
    """
    axe = Axe()

    def judge(page: Page, name: str, *, scripts: bool = True) -> None:
        assert re.fullmatch(r"[a-z0-9-]+", name), "a screenshot is named in small letters and hyphens"
        SCREENSHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
        with nullcontext(page) if scripts else copy_of(page) as judged:
            try:
                found = axe.run(judged, options={"runOnly": {"type": "tag", "values": sorted(LEVELS)}})
            except Error as problem:
                raise AssertionError(f"axe could not judge {page.url}: {problem}") from problem
        assert not found.response["violations"], found.generate_report()

    return judge
