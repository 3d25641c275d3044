"""Work of the office that failed for good: it is set aside, and those who look after the office are told."""

import datetime as dt

from django.db import connection
from django.utils.translation import gettext_lazy as _

from moothall.core.notices import Notice

WORDS = _(
    "Work in the background has failed for good: %(number)s job is set aside. The worker's log says why."
)
SEVERAL = _(
    "Work in the background has failed for good: %(number)s jobs are set aside. The worker's log says why."
)


def parked_jobs(_at: dt.datetime) -> list[Notice]:
    """One sentence for administrators while any job is set aside."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where status = 'failed'")
        number = cursor.fetchone()[0]
    return (
        [Notice(SEVERAL if number > 1 else WORDS, "people.administer", None, {"number": number})]
        if number
        else []
    )
