"""The same pages inside this process: how many queries each makes, and what those cost as bare SQL."""

import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg

from .pages import Known, Measured

if TYPE_CHECKING:
    from django.test import Client

REPEATS = 5
Asked = tuple[str, Any]


@dataclass(frozen=True)
class Inside:
    queries: int
    sql: float
    """Milliseconds for the page's queries alone, sent through psycopg."""


def look_inside(measured: Iterable[Measured], known: Known, *, email: str, address: str) -> dict[str, Inside]:
    """For each page that is only read. Django has to be set up."""
    from django.db import connection
    from django.test import Client

    from moothall.people.models import Account

    client = Client(SERVER_NAME="localhost")
    client.force_login(
        Account.objects.get(email=email), "allauth.account.auth_backends.AuthenticationBackend"
    )
    found: dict[str, Inside] = {}
    for what in measured:
        if what.path is None:
            continue
        path = what.path(known)
        fetch(client, path)
        heard: list[Asked] = []
        with connection.execute_wrapper(partial(_hear, heard)):
            fetch(client, path)
        asked = [each for each in heard if each[0].lstrip("( ").upper().startswith(("SELECT", "WITH"))]
        found[what.name] = Inside(len(asked), bare(asked, address))
    connection.close()
    return found


def _hear(heard: list[Asked], execute: Any, sql: str, params: Any, *more: Any) -> Any:
    heard.append((sql, params))
    return execute(sql, params, *more)


def fetch(client: "Client", path: str) -> None:
    status = client.get(path).status_code
    if status != 200:
        raise ValueError(f"{path} was answered with {status}.")


def bare(statements: list[Asked], address: str) -> float:
    """The middle of some runs of all statements, rows fetched, in milliseconds."""
    with psycopg.connect(address, autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        taken = []
        for _number in range(REPEATS):
            started = time.perf_counter()
            for sql, params in statements:
                connection.execute(sql.encode(), params).fetchall()
            taken.append(time.perf_counter() - started)
    return statistics.median(taken) * 1000
