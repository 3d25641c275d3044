"""The same pages inside this process: how many queries each makes, and what those cost as bare SQL."""

import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg

from .pages import Known, Measured

if TYPE_CHECKING:
    from django.test import Client

REPEATS = 5


@dataclass(frozen=True)
class Inside:
    queries: int
    sql: float
    """Milliseconds for the page's queries alone, sent through psycopg."""


def look_inside(measured: Iterable[Measured], known: Known, *, email: str, address: str) -> dict[str, Inside]:
    """For each page that is only read. Django has to be set up."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

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
        with CaptureQueriesContext(connection) as captured:
            fetch(client, path)
        statements = [each["sql"] for each in captured.captured_queries]
        asked = [each for each in statements if each.lstrip("( ").upper().startswith(("SELECT", "WITH"))]
        found[what.name] = Inside(len(asked), bare(asked, address))
    connection.close()
    return found


def fetch(client: "Client", path: str) -> None:
    status = client.get(path).status_code
    if status != 200:
        raise ValueError(f"{path} was answered with {status}.")


def bare(statements: list[str], address: str) -> float:
    """The middle of some runs of all statements, rows fetched, in milliseconds."""
    with psycopg.connect(address, autocommit=True) as connection:
        taken = []
        for _number in range(REPEATS):
            started = time.perf_counter()
            for statement in statements:
                connection.execute(statement.encode()).fetchall()
            taken.append(time.perf_counter() - started)
    return statistics.median(taken) * 1000
