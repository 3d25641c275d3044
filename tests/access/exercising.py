"""Asking the site as somebody, and seeing what it wrote."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.client import MULTIPART_CONTENT

WRITTEN = """
select relname,
       pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
       + pg_stat_get_xact_tuples_deleted(oid)
  from pg_class
 where relkind = 'r' and relnamespace = 'public'::regnamespace
"""


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    location: str
    wrote: frozenset[str]
    """The tables in which a row was added, changed or removed, even if that was taken back."""
    letters: int


@contextmanager
def as_if_never() -> Iterator[None]:
    """Whatever is done inside has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def written() -> dict[str, int]:
    """How often this transaction has written in each table so far, counted by the server itself."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return dict(cursor.fetchall())


def ask(
    client: Client,
    method: str,
    address: str,
    data: Mapping[str, Any] | bytes | None = None,
    *,
    content_type: str = MULTIPART_CONTENT,
) -> Answer:
    before, posted = written(), len(mail.outbox)
    response: Any
    given = data if isinstance(data, bytes) else dict(data or {})
    if method == "GET" and isinstance(given, dict):
        response = client.get(address, given)
    elif method == "POST":
        response = client.post(address, given, content_type=content_type)
    else:
        response = client.generic(method, address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    after = written()
    return Answer(
        response.status_code,
        body.decode("utf-8", "replace"),
        response.get("Location", ""),
        frozenset(table for table, count in after.items() if count != before.get(table, 0)),
        len(mail.outbox) - posted,
    )
