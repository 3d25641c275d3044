"""What others do to us by not answering: a database that stops, a slow scanner, a sign-in that is silent."""

import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path

import psutil
import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from moothall.config.database import EMBEDDED_DATABASE
from moothall.config.embedded import Embedded
from moothall.config.home import Home
from moothall.config.tests.homes import copy_of
from moothall.config.tests.offices import Office
from moothall.core.clock import now
from moothall.people.rules.parked import parked_jobs
from moothall.people.tests.make import make_account
from moothall.records.models import Document
from moothall.records.rules.refusals import ScannerDown
from moothall.records.tests.make import make_document
from tests.faults.results import fault
from tests.faults.sweep import assert_well

pytestmark = pytest.mark.faults
STOPPED_FOR = 8  # seconds
ASKING = 24  # more at once than the web has threads
PATIENCE = 30  # seconds: far more than the limit of nine, and far less than for ever, on the busiest machine


@pytest.fixture
def office(prepared_home: Path, tmp_path: Path) -> Iterator[Office]:
    found = Office(copy_of(prepared_home, tmp_path / "home"))
    try:
        found.start()
        yield found
    finally:
        found.end()


@contextmanager
def stopped(processes: list[psutil.Process]) -> Iterator[None]:
    """They do nothing and answer nothing, and do not know it."""
    for each in processes:
        each.suspend()
    try:
        yield
    finally:
        for each in reversed(processes):
            each.resume()


def database_processes(home: Path) -> list[psutil.Process]:
    number = int((Home(home).postgres / "data" / "postmaster.pid").read_text().split()[0])
    postmaster = psutil.Process(number)
    return [postmaster, *postmaster.children(recursive=True)]


def ask(office: Office, path: str, timeout: float) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{office.port}{path}", timeout=timeout) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code


def test_a_database_that_stops_for_a_while_costs_time_and_nothing_else(office: Office) -> None:
    sign_in = "/account/login/"
    with fault(10, "hang: database", f"SIGSTOP for {STOPPED_FOR} s, {ASKING} asking at once") as row:
        row.n = ASKING
        with ThreadPoolExecutor(ASKING) as people:
            with stopped(database_processes(office.home)):
                waiting = [people.submit(ask, office, sign_in, 90) for _ in range(ASKING)]
                time.sleep(STOPPED_FOR)
            answers = [each.result(timeout=120) for each in waiting]
        row.lost = sum(1 for each in answers if each != 200)
        assert answers == [200] * ASKING, answers
        office.wait_until(office.is_well)
        again = time.monotonic()
        assert [ask(office, sign_in, PATIENCE) for _ in range(ASKING)] == [200] * ASKING
        assert time.monotonic() - again < ASKING * PATIENCE
        assert_well(office.home)


def test_a_database_that_stops_is_said_at_once_by_the_page_on_health(office: Office) -> None:
    with fault(10, "hang: health", "SIGSTOP, and /healthz is asked") as row:
        row.n = 1
        with stopped(database_processes(office.home)):
            assert ask(office, "/healthz", PATIENCE) == 503
        office.wait_until(office.is_well)


def test_a_statement_that_never_ends_is_given_up_within_ten_seconds(office: Office) -> None:
    """A lock that somebody forgot: who waits for it is told, and the others go on."""
    with fault(10, "hang: lock", "a table locked for good, a web statement waits for it") as row:
        row.n = 1
        address = Embedded(Home(office.home)).superuser(EMBEDDED_DATABASE).conninfo
        with closing(psycopg.connect(address, connect_timeout=10)) as holder:
            holder.execute("lock table django_session in access exclusive mode")
            began = time.monotonic()
            request = urllib.request.Request(
                f"http://127.0.0.1:{office.port}/account/login/",
                headers={"Cookie": f"moothall-{office.port}=abcdefghijklmnopqrstuvwxyz012345"},
            )
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(request, timeout=60)
            refused.value.close()
            assert refused.value.code == 500
            assert time.monotonic() - began < 3 * PATIENCE
            assert ask(office, "/account/login/", PATIENCE) == 200
            holder.rollback()
        assert ask(office, "/account/login/", PATIENCE) == 200
        assert_well(office.home)


@pytest.mark.django_db
def test_a_scanner_that_takes_the_file_and_says_nothing_fails_closed(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILES_HOME = tmp_path / "files"
    with (
        fault(10, "hang: scanner", "clamd accepts the file and never answers") as row,
        socket.socket() as silent,
    ):
        row.n = 1
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.SCANNER = f"clamd:127.0.0.1:{silent.getsockname()[1]}"
        began = time.monotonic()
        with pytest.raises(ScannerDown):
            make_document()
        assert time.monotonic() - began < 2 * PATIENCE
        assert not Document.objects.exists()


@pytest.mark.django_db
def test_an_organisations_sign_in_that_never_answers_fails_closed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        fault(10, "hang: sign-in", "the OpenID provider accepts and never answers") as row,
        socket.socket() as silent,
    ):
        row.n = 1
        silent.bind(("127.0.0.1", 0))
        silent.listen(8)
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        for name, value in (("URL", url), ("CLIENT_ID", "moothall"), ("SECRET", "s"), ("NAME", "Borth")):
            monkeypatch.setenv(f"MOOTHALL_OIDC_{name}", value)
        settings.SOCIALACCOUNT_PROVIDERS = import_module("moothall.config.sign_in_settings").openid_connect()
        client, began = Client(), time.monotonic()
        answer = client.post(reverse("openid_connect_login", args=["office"]))
        assert answer.status_code == 503
        assert time.monotonic() - began < 2 * PATIENCE
        assert client.get(reverse("my_account")).status_code == 302


@pytest.mark.django_db
def test_administrators_are_told_of_what_is_set_aside() -> None:
    assert parked_jobs(now()) == []
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, status) values ('default', 'x', 'failed')"
        )
    [notice] = parked_jobs(now())
    assert "1 job is set aside" in str(notice)
    assert notice.concerns(make_account("people.administer"))
    assert not notice.concerns(make_account("people.view"))
