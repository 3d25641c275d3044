"""What all tests share: a migrated database for each process, used as the web role; and one browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker

from moothall.config.tests import databases, homes
from moothall.core import notices
from moothall.core.aside import aside
from moothall.core.tests.at_once import AtOnce
from moothall.people import session_limits

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
settings.MEDIA_URL = "/nothing-is-served-here/"  # left empty, the live server takes every page for a file

OFFICE_NAME = "office-name"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
LONGEST_JOURNEY = 120  # seconds; a browser that waits for ever ends here
NO_CHROMIUM = "Chromium is not installed: sudo apt-get install chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with a browser come last: its event loop stays in the process, where others start their own."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.timeout(LONGEST_JOURNEY))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """The database of this process is as good as new, or about to be replaced by a journey's own."""
    for copy in databases.COPIES:
        if "loaded_office" not in getattr(item, "fixturenames", ()):
            copy.make_ready(item.path)


@pytest.fixture(autouse=True)
def _in_the_usual_language() -> Iterator[None]:
    """A page read in Welsh leaves its language behind in the thread: the next test begins without it."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _what_is_done_aside_is_done_at_once() -> Iterator[None]:
    """A process beside each that tests would take the machine's memory, and see none of a test's rows."""
    with patch.object(aside, "start", AtOnce):
        aside.forget()
        yield


@pytest.fixture(autouse=True)
def _nobody_is_seen_again_at_once() -> Iterator[None]:
    """A session notes once a minute that it is in use: six queries more, in any test on a slow machine."""
    with patch.object(session_limits, "EVERY", 20 * 60):
        yield


@pytest.fixture(autouse=True)
def _what_is_kept_for_half_a_minute_is_kept_for_the_test() -> Iterator[None]:
    """On a slow machine it would lapse between two pages that are compared: seven queries more. What the rows
    of this test said, the next one does not hear."""
    with patch.object(LocMemCache, "_has_expired", lambda kept, key: key not in kept._cache):
        yield
    kept = caches["this process"]
    for key in (notices.KEY, OFFICE_NAME):
        said = kept.get(key)
        if any(said.values() if isinstance(said, dict) else said or ()):
            kept.delete(key)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def test_server() -> Iterator[databases.Server]:
    """The server that holds the tests' databases."""
    with databases.server() as server:
        yield server


@pytest.fixture(scope="session")
def django_db_setup(test_server: databases.Server, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Replaces pytest-django's own: a copy of the migrated template, seen as the web role."""
    with django_db_blocker.unblock():
        copy = databases.Copy(test_server, databases.template(test_server), databases.run_name())
        copy.make()

    def leave(*_: object) -> None:
        """A test that committed leaves a database behind that nobody wants."""
        connections.close_all()
        copy.is_stale = True

    with (
        databases.using(test_server.web.on(copy.name)),
        patch.object(TransactionTestCase, "_fixture_teardown", leave),
        patch.object(databases, "COPIES", [copy]),
    ):
        yield
    with django_db_blocker.unblock():
        connections.close_all()
        test_server.drop(copy.name)


@pytest.fixture(scope="session")
def prepared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home to copy: that of an office that is ready to open."""
    return homes.prepared_home(tmp_path_factory.getbasetemp())


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes make no name for a test: an archive made at collection differs from worker to worker."""
    return argname if isinstance(val, bytes) else None
