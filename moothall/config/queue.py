"""Care of the queue and the sessions: what the timetable runs for the office as a whole."""

from django.core.management import call_command
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

DEAD_AFTER = 15  # seconds; a living worker is heard of every five


async def retry_stalled_jobs(*, timestamp: int) -> None:
    """A job whose worker died goes back to the queue; every task may safely run twice. Where the next of the
    same kind waits there already, that one does the work."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER):
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)


def forget_expired_sessions(*, timestamp: int) -> None:
    call_command("clearsessions")
