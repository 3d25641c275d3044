import socket
from collections.abc import Callable
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.test import Client

pytestmark = pytest.mark.django_db


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def make_worker(seconds_ago: int = 1) -> None:
    run(f"insert into procrastinate_workers (last_heartbeat) values (now() - interval '{seconds_ago} s')")


def make_job(status: str = "todo", scheduled: str = "null") -> None:
    run(
        "insert into procrastinate_jobs"
        " (queue_name, task_name, priority, args, status, attempts, scheduled_at)"
        f" values ('default', 'a task', 0, '{{}}', '{status}', 0, {scheduled})"
    )


def test_a_working_office_is_well(client: Client) -> None:
    make_worker()
    answer = client.get("/healthz")
    said = answer.json()
    assert answer.status_code == 200
    assert said["status"] == "ok"
    assert said["worker"]["seen_seconds_ago"] >= 1
    assert said["queue"] == {"ok": True, "waiting": 0, "failed": 0, "oldest_seconds": 0}
    assert said["disk"]["free_megabytes"] > 0
    assert answer["Cache-Control"] == "no-store"


def test_an_office_without_a_worker_is_not_well(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["worker"] == {"ok": False, "seen_seconds_ago": None}


def test_a_worker_that_has_not_been_seen_for_two_minutes_counts_as_gone(client: Client) -> None:
    make_worker(seconds_ago=120)
    assert client.get("/healthz").json()["worker"]["ok"] is False


def test_the_queue_counts_what_waits_and_what_failed_but_not_what_is_for_later(client: Client) -> None:
    make_worker()
    make_job()
    make_job(scheduled="now() - interval '90 s'")
    make_job(scheduled="now() + interval '1 hour'")
    make_job(status="failed")
    queue = client.get("/healthz").json()["queue"]
    assert (queue["waiting"], queue["failed"]) == (2, 1)
    assert 89 < queue["oldest_seconds"] < 100


def test_a_silent_database_is_said_and_not_a_crash(client: Client) -> None:
    with patch("moothall.config.health.connection.cursor", side_effect=OperationalError("gone")):
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] == {"ok": False}


def test_a_database_that_takes_the_call_and_never_answers_is_said(client: Client) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        where = {"HOST": "127.0.0.1", "PORT": str(silent.getsockname()[1])}
        with patch.dict(connection.settings_dict, where):
            answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] == {"ok": False}


def test_a_nearly_full_disk_is_not_well(client: Client) -> None:
    make_worker()
    with patch("shutil.disk_usage", return_value=SimpleNamespace(free=50 * 2**20)):
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["disk"] == {"ok": False, "free_megabytes": 50}


def test_asking_after_its_health_needs_few_queries(
    client: Client, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    with django_assert_max_num_queries(2):  # type: ignore[attr-defined]
        client.get("/healthz")
