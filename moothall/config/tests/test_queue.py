import pytest
from asgiref.sync import async_to_sync
from django.contrib.sessions.models import Session
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from moothall.config.queue import forget_expired_sessions, retry_stalled_jobs

pytestmark = pytest.mark.django_db


def make_job_of_worker(*, seen_seconds_ago: int | None, only_one: str | None = None) -> int:
    """A job in hand; its worker was last seen so long ago, or has been forgotten altogether."""
    with connection.cursor() as cursor:
        worker = None
        if seen_seconds_ago is not None:
            cursor.execute(
                "insert into procrastinate_workers (last_heartbeat)"
                " values (now() - make_interval(secs => %s)) returning id",
                [seen_seconds_ago],
            )
            worker = cursor.fetchone()[0]
        cursor.execute(
            "insert into procrastinate_jobs"
            " (queue_name, task_name, priority, args, status, attempts, worker_id, queueing_lock)"
            " values ('default', 'a task', 0, '{}', 'doing', 1, %s, %s) returning id",
            [worker, only_one],
        )
        return int(cursor.fetchone()[0])


def status_of(job: int) -> str:
    return str(ProcrastinateJob.objects.get(pk=job).status)


def test_a_job_whose_worker_died_is_done_again() -> None:
    dead, forgotten = make_job_of_worker(seen_seconds_ago=300), make_job_of_worker(seen_seconds_ago=None)
    async_to_sync(retry_stalled_jobs)(timestamp=0)
    assert (status_of(dead), status_of(forgotten)) == ("todo", "todo")


@pytest.mark.django_db(transaction=True)
def test_where_the_next_of_its_kind_waits_a_dead_job_is_over_and_the_others_are_done_again() -> None:
    first = make_job_of_worker(seen_seconds_ago=300, only_one="look for mail")
    other = make_job_of_worker(seen_seconds_ago=300)
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, priority, args, status, queueing_lock)"
            " values ('default', 'a task', 0, '{}', 'todo', 'look for mail')"
        )
    async_to_sync(retry_stalled_jobs)(timestamp=0)
    assert (status_of(first), status_of(other)) == ("failed", "todo")


def test_a_job_whose_worker_is_alive_is_left_to_it() -> None:
    job = make_job_of_worker(seen_seconds_ago=5)
    async_to_sync(retry_stalled_jobs)(timestamp=0)
    assert status_of(job) == "doing"


def test_expired_sessions_are_forgotten_and_live_ones_kept() -> None:
    Session.objects.create(session_key="old", session_data="", expire_date="2026-01-01T00:00Z")
    Session.objects.create(session_key="new", session_data="", expire_date="2099-01-01T00:00Z")
    forget_expired_sessions(timestamp=0)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
