"""Whom this connection serves: the database shows a restricted or sealed case to nobody else.

Row policies (`cases/wall.py`) read it from the setting `moothall.serves`: the number of an account, `office`
for work that is nobody's in particular, or nothing. A worker and a command begin as the office
(`config/database.py`); a web process begins as nobody, and serves an account while its request lasts.
"""

from collections.abc import Callable, Iterator
from contextlib import _GeneratorContextManager, contextmanager
from typing import TYPE_CHECKING

from django.db import connection
from psycopg.pq import TransactionStatus

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SETTING = "moothall.serves"
OFFICE, NOBODY = "office", ""
AS_OFFICE = f"-c {SETTING}={OFFICE}"
SAY = f"select current_setting('{SETTING}', true), set_config('{SETTING}', %s, false)"


@contextmanager
def serving(whom: str) -> Iterator[None]:
    """The connection serves `whom` until the block ends, and then whoever it served before."""
    connection.ensure_connection()
    before = _say(whom)
    try:
        yield
    finally:
        held = connection.connection
        # In a transaction that failed nothing can be said; its undoing takes back what was said in it.
        if held is not None and not held.closed and held.info.transaction_status != TransactionStatus.INERROR:
            _say(before)


def for_the_office() -> "_GeneratorContextManager[None]":
    """What is done in this block is done by the office itself, whoever asked for it: it sees every case.

    Works as a decorator too. What it finds is not shown to anybody unless the rules of sight allow it.
    """
    return serving(OFFICE)


def _say(whom: str) -> str:
    with connection.wrap_database_errors:
        row = connection.connection.execute(SAY, [whom]).fetchone()
    return row[0] or NOBODY


class ServingMiddleware:
    """Stands after the one that finds the account: its request serves nobody else."""

    def __init__(self, get_response: "Callable[[HttpRequest], HttpResponse]") -> None:
        self.get_response = get_response

    def __call__(self, request: "HttpRequest") -> "HttpResponse":
        if request.user.is_authenticated:
            with serving(str(request.user.pk)):
                return self.get_response(request)
        if begins_as_nobody():
            return self.get_response(request)
        with serving(NOBODY):
            return self.get_response(request)


def begins_as_nobody() -> bool:
    """Whether a new connection of this process serves nobody, as those of the web do."""
    return AS_OFFICE not in connection.settings_dict["OPTIONS"].get("options", "")
