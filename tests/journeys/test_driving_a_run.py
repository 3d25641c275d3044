"""A crew on its way: presses without signal are kept on the phone, and arrive once when it is back."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.rules.accounts import choose_settings
from moothall.people.rules.drafts import dismiss
from moothall.transport.models import Duty, Passing, Press, Ride, Run
from moothall.transport.tests.make_day import make_checked_run

PHONE = {"width": 320, "height": 640}
EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
KEPT = "async () => Boolean(await (await caches.open('moothall-runs')).match(location.href))"


def given_a_run_of_today() -> tuple[Duty, Account, Account]:
    """With a driver, an escort, a vehicle to look over and two passengers."""
    duty, driver, escort = make_checked_run()
    Duty.objects.filter(pk=duty.pk).update(day=today())
    Ride.objects.filter(run=duty.run).update(weekdays=EVERY_DAY)
    for account in (driver, escort):
        dismiss(account, key="first-visit", at=now())
    return Duty.objects.select_related("run").get(pk=duty.pk), driver, escort


def sign_in(page: Page, account: Account, address: str) -> None:
    client = Client()
    client.force_login(account)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


def opened(open_phone: Callable[..., Page], account: Account, address: str, duty: Duty) -> Page:
    """The run on a phone, once it is kept there."""
    page = open_phone(viewport=PHONE)
    sign_in(page, account, address)
    page.goto(f"/my/runs/{duty.pk}/")
    for _try in range(200):
        if page.evaluate(KEPT):
            return page
        page.wait_for_timeout(200)
    raise AssertionError("The page is not kept on the phone.")


@pytest.fixture
def open_phone(chromium: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """A phone of its own; it may complain that there is no network, and of nothing else."""
    complaints: list[str] = []
    contexts = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "net::ERR" not in message.text and "status of 5" not in message.text:
            complaints.append(message.text)

    def open_(**options: Any) -> Page:
        context = chromium.new_context(base_url=live_server.url, locale="en-GB", **options)
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda problem: complaints.append(str(problem)))
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints


def on_board(page: Page, name: str) -> Any:
    return button(page, "On board", name)


def button(page: Page, words: str, name: str) -> Any:
    """What it does, and for whom in words that are heard alone."""
    return page.get_by_role("button", name=re.compile(rf"^{words}\s*: {name}"))


@pytest.fixture
def duty_and_crew(transactional_db: None) -> tuple[Duty, Account, Account]:
    return given_a_run_of_today()


def test_a_press_without_signal_is_kept_with_its_time_and_arrives_once(
    duty_and_crew: tuple[Duty, Account, Account], live_server: LiveServer, open_phone: Callable[..., Page],
    look: Callable[..., None],
) -> None:  # fmt: skip
    duty, driver, _escort = duty_and_crew
    page = opened(open_phone, driver, live_server.url, duty)
    look(page, "phone-run")
    page.context.set_offline(True)
    on_board(page, "Osian Bello").click()
    expect(page.get_by_text("Waits for signal")).to_be_visible()
    pressed = now()
    page.reload()  # the page itself comes from the phone
    expect(page.get_by_text("Waits for signal")).to_be_visible()
    expect(on_board(page, "Maryam1 Qureshi")).to_be_visible()
    look(page, "phone-run-without-signal")
    assert not Press.objects.exists()
    page.wait_for_timeout(1500)
    page.context.set_offline(False)
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    expect(page.get_by_text("On board", exact=False).first).to_be_visible()
    passing = Passing.objects.get()
    assert abs(passing.at - pressed) < dt.timedelta(seconds=1.4)
    assert passing.press.received_at > passing.at + dt.timedelta(seconds=1)
    page.reload()
    expect(button(page, "Take back", "Osian Bello")).to_be_visible()
    assert Press.objects.count() == 1


def test_an_answer_that_is_lost_on_the_way_makes_no_second_press(
    duty_and_crew: tuple[Duty, Account, Account], live_server: LiveServer, open_phone: Callable[..., Page]
) -> None:
    duty, driver, _escort = duty_and_crew
    page = opened(open_phone, driver, live_server.url, duty)
    lost: list[str] = []

    def lose(route: Route) -> None:
        """The office gets it, and the phone never hears."""
        if lost:
            route.continue_()
            return
        route.fetch()
        lost.append(route.request.post_data or "")
        route.abort()

    page.route("**/my/runs/presses/", lose)
    on_board(page, "Osian Bello").click()
    expect(page.get_by_text("Waits for signal")).to_be_visible()
    for _try in range(200):
        if lost:
            break
        page.wait_for_timeout(100)
    assert Press.objects.count() == 1
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    assert lost
    assert (Press.objects.count(), Passing.objects.count()) == (1, 1)


def test_both_of_a_crew_press_without_signal_and_it_is_one(
    duty_and_crew: tuple[Duty, Account, Account], live_server: LiveServer, open_phone: Callable[..., Page]
) -> None:
    duty, driver, escort = duty_and_crew
    phones = [opened(open_phone, account, live_server.url, duty) for account in (driver, escort)]
    for phone in phones:
        phone.context.set_offline(True)
        on_board(phone, "Osian Bello").click()
        expect(phone.get_by_text("Waits for signal")).to_be_visible()
    for phone in phones:
        phone.context.set_offline(False)
        expect(phone.get_by_text("Everything is sent.")).to_be_visible()
    assert (Press.objects.count(), Passing.objects.count()) == (2, 1)


def test_a_day_that_is_over_is_not_on_the_phone_any_more(
    duty_and_crew: tuple[Duty, Account, Account], live_server: LiveServer, open_phone: Callable[..., Page]
) -> None:
    duty, driver, _escort = duty_and_crew
    page = opened(open_phone, driver, live_server.url, duty)
    page.evaluate("""async () => {
        const store = await caches.open('moothall-runs');
        const kept = await store.match(location.href);
        const headers = new Headers(kept.headers);
        headers.set('X-Kept-On', 'Sun Nov 01 2020');
        await store.put(location.href, new Response(await kept.blob(), { headers }));
    }""")
    page.context.set_offline(True)
    with pytest.raises(Exception, match="net::ERR"):
        page.reload()


def test_it_works_without_script_and_in_welsh(
    duty_and_crew: tuple[Duty, Account, Account], live_server: LiveServer, open_page: Callable[..., Page],
    look: Callable[..., None],
) -> None:  # fmt: skip
    duty, driver, _escort = duty_and_crew
    choose_settings(driver, language="cy", at=now())
    page = open_page(viewport=PHONE, java_script_enabled=False)
    sign_in(page, driver, live_server.url)
    page.goto(f"/my/runs/{duty.pk}/")
    button(page, "Ar y cerbyd", "Osian Bello").click()
    expect(button(page, "Tynnu'n ôl", "Osian Bello")).to_be_visible()
    assert Passing.objects.get().run == Run.objects.get(pk=duty.run_id)
    look(page, "phone-run-in-welsh", scripts=False)
