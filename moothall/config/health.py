"""`GET /healthz`: is the office able to work, in one JSON answer."""

import shutil
import time
from typing import Any

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET
from psycopg.conninfo import make_conninfo

from moothall.core.door import public

WORKER_SEEN_WITHIN = 60  # a worker says every ten seconds that it lives
KNOCKS_FOR = 2  # seconds, the least there is
LEAST_FREE = 200 * 1024 * 1024
QUEUE = """
select (select extract(epoch from now() - max(last_heartbeat))::float from procrastinate_workers),
       count(*) filter (where job.status = 'todo' and coalesce(job.scheduled_at, now()) <= now()),
       count(*) filter (where job.status = 'failed'),
       extract(epoch from now() - min(coalesce(job.scheduled_at, event.at))
               filter (where job.status = 'todo' and coalesce(job.scheduled_at, now()) <= now()))::float,
       exists (select from records_standstill where ended_at is null)
  from procrastinate_jobs job
  left join procrastinate_events event on event.job_id = job.id and event.type = 'deferred'
 where job.status in ('todo', 'failed')
"""


def knock() -> None:
    """Have the server open one connection, within seconds. One that has stopped without ending keeps those
    that are open waiting for ever, since nothing tells them; a new one gives up by itself."""
    given = connection.settings_dict
    words = {name: value for name, value in given["OPTIONS"].items() if isinstance(value, str)}
    words |= {"host": given["HOST"], "port": str(given["PORT"]), "dbname": given["NAME"]}
    words |= {"user": given["USER"], "password": given["PASSWORD"], "connect_timeout": str(KNOCKS_FOR)}
    psycopg.connect(make_conninfo(**{name: value for name, value in words.items() if value})).close()


def database_state() -> dict[str, Any]:
    """Whether the database answers, how fast, and what it knows of worker and queue."""
    try:
        knock()
        started = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute("select 1")
            milliseconds = round((time.perf_counter() - started) * 1000, 1)
            cursor.execute(QUEUE)
            seen, waiting, failed, oldest, stands = cursor.fetchone()
    except (DatabaseError, psycopg.Error):
        unknown = {"ok": False}
        return {"database": {"ok": False}, "worker": unknown, "queue": unknown}
    return {
        "database": {"ok": True, "milliseconds": milliseconds},
        "worker": {
            "ok": stands or (seen is not None and seen <= WORKER_SEEN_WITHIN),
            "seen_seconds_ago": None if seen is None else round(seen, 1),
        }
        | ({"standing_still": True} if stands else {}),
        "queue": {"ok": True, "waiting": waiting, "failed": failed, "oldest_seconds": round(oldest or 0, 1)},
    }


def disk_state() -> dict[str, Any]:
    free = shutil.disk_usage(settings.HOME.path).free
    return {"ok": free >= LEAST_FREE, "free_megabytes": free // 2**20}


@public
@require_GET
@transaction.non_atomic_requests
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 when everything works, else 503 and which part does not."""
    parts = database_state() | {"disk": disk_state()}
    is_well = all(part["ok"] for part in parts.values())
    answer = JsonResponse({"status": "ok" if is_well else "not ok", **parts}, status=200 if is_well else 503)
    answer["Cache-Control"] = "no-store"
    return answer
