"""What every journey can do: sign in, go somewhere, press keys, and be judged at its end."""

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from moothall.core.clock import now
from moothall.people.models import Account
from moothall.people.rules.accounts import choose_settings
from moothall.people.rules.drafts import dismiss
from moothall.people.rules.pack import DEMO_PASSWORD

KWAME, MARGED = "kwame.osei-bonsu", "marged.prydderch"  # coordinators; Marged reads Welsh
FARIDA, DELYTH = "farida.haidari", "delyth.ap-meurig"  # manager of Learning; lead in Human Resources
ORLA, JOSEPHINE = "orla.macgillivray", "josephine.adeyemi"  # lead in Communications; adviser in HR
NARROW = {"width": 320, "height": 640}


def typed(day: dt.date) -> str:
    """A day as somebody would type it."""
    return f"{day:%d/%m/%Y}"


def account_of(name: str) -> Account:
    return Account.objects.get(email=f"{name}@dyffryn-gwyn.example")


class Journey:
    """Somebody at a window. Its subclasses say what is given, what they do, and what is then true."""

    def __init__(
        self,
        address: str,
        open_page: Callable[..., Page],
        look: Callable[..., None],
        **window: object,
    ) -> None:
        self.address, self.open_page, self.judge, self.window = address, open_page, look, window
        self.page = open_page(**window)
        self.runs_scripts = bool(window.get("java_script_enabled", True))

    def given_signed_in_as(self, name: str, language: str = "en") -> None:
        """As somebody who has been here before."""
        account = account_of(name)
        choose_settings(account, language=language, at=now())
        dismiss(account, key="first-visit", at=now())
        self.carry_session_of(account)

    def carry_session_of(self, account: Account) -> None:
        client = Client()
        client.force_login(account)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        self.page.context.add_cookies([{"name": name, "value": value, "url": self.address}])

    def sign_in_by_the_form(self, name: str) -> None:
        self.page.goto("/")
        self.page.get_by_label("Email").fill(f"{name}@dyffryn-gwyn.example")
        self.page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()

    def go(self, path: str) -> None:
        self.page.goto(path)
        self.is_ready()

    def is_ready(self) -> None:
        """The page hears keys: its script has begun."""
        if self.runs_scripts:
            self.page.wait_for_function("document.body.classList.contains('js-enabled') && window.htmx")

    def arrive(self, path: str) -> None:
        """The page that a press led to, such as `**/publication/`, is there and hears keys."""
        self.page.wait_for_url(path)
        self.is_ready()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def look_up(self, label: str, words: str) -> None:
        """What a look-up finds first for these words."""
        box = self.page.get_by_role("combobox", name=label)
        box.fill("")
        box.press_sequentially(words)
        offered = self.page.locator("[role=option]:visible")
        expect(offered.first).to_be_visible()
        self.press("ArrowDown", "Enter")
        expect(offered).to_have_count(0)

    def send(self, words: str) -> None:
        """A form is sent by keyboard; the page says so."""
        self.press("Control+Enter")
        self.told(words)

    def section(self, heading: str) -> Locator:
        """A part of a page, by the heading it begins with."""
        return self.page.locator("section", has=self.page.get_by_role("heading", name=heading))

    def told(self, words: str) -> None:
        expect(self.page.locator("#notices")).to_contain_text(words)
        self.is_ready()

    def fact(self, term: str) -> Locator:
        """What stands beside a word in the panels of a case."""
        row = self.page.locator(".mh-facts > div", has=self.page.locator("dt", has_text=term))
        return row.locator("dd").first

    def look(self, name: str) -> None:
        """Judged for accessibility, with its picture kept."""
        self.judge(self.page, name, scripts=self.runs_scripts)

    def is_not_cut(self) -> None:
        """Nothing reaches past the side of the window, and no words are cut off."""
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width, (
            "the page scrolls sideways"
        )
        cut = self.page.evaluate(CUT)
        assert not cut, f"cut off on {self.page.url}: {cut}"


CUT = """() => [...document.querySelectorAll('main *, header *, nav *')].filter((one) => {
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    if (!box.width || style.visibility === 'hidden') return false;
    if (one.closest('.govuk-visually-hidden, dialog, thead, details:not([open]) > :not(summary)'))
        return false;
    if (one.parentElement.closest('.mh-scroll')) return false;  // scrolls by itself, within the window
    if (one.matches('input, select, textarea') || one.closest('svg')) return box.right > innerWidth + 1;
    const hides = ['hidden', 'clip'].includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1;
    return box.right > innerWidth + 1 || (hides && one.textContent.trim() && !one.matches('.mh-menu__name'));
}).map((one) => one.outerHTML.slice(0, 160))"""
