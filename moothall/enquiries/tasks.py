"""Work of the enquiry desk that happens in the background."""

from contextlib import suppress

from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from moothall.core.clock import now

from .models import Import
from .reading import UnreadableSource
from .rules.importing import run_import, take_up_unfinished
from .rules.uploading import clear_away

WHEN_THE_DATABASE_IS_GONE = RetryStrategy(
    max_attempts=20, wait=5, retry_exceptions={OperationalError, InterfaceError}
)


@app.task(name="enquiries.import", queue="intake", retry=WHEN_THE_DATABASE_IS_GONE)
def import_in_background(*, import_id: int) -> None:
    """Read an uploaded mailbox; safe to run twice."""
    run = Import.objects.select_related("mailbox__service", "mailbox__team").get(pk=import_id)
    with suppress(UnreadableSource):  # the run itself says so
        run_import(run, clock=now, answer=run.answer)
    run.refresh_from_db()
    clear_away(run)


def finish_what_was_kept(timestamp: int) -> None:
    """Messages kept but never read, because a process died in between, are read now."""
    take_up_unfinished(at=now())
