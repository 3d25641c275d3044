"""The worker's beginning: it waits while the office stands still, then becomes the worker of the queue."""

import os
import sys
import time
from collections.abc import Sequence

LOOKS_EVERY = 5.0


def wait_for_leave() -> None:
    """Return once nothing stands still."""
    import django

    django.setup()
    from django.db import connection

    from moothall.records.models import Standstill

    while Standstill.objects.standing().exists():
        connection.close()
        time.sleep(LOOKS_EVERY)
    connection.close()


def main(words: Sequence[str]) -> None:
    wait_for_leave()
    os.execv(sys.executable, [sys.executable, "-m", "django", "procrastinate", "worker", *words])  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
