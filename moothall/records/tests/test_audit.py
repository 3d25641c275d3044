"""The audit is appended in the caller's transaction and is only ever added to."""

import datetime as dt
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from moothall.records.models import AuditEvent
from moothall.records.rules.audit import append_audit, append_audits, audit_event

from .make import AT, make_account, make_document

pytestmark = pytest.mark.django_db


def test_an_event_says_who_did_what_to_which_record_and_when() -> None:
    carys = make_account()
    document = make_document()
    append_audit("documents.kept", about=document, by=carys, at=AT, detail={"on": dt.date(2026, 5, 20)})
    event = AuditEvent.objects.about("records.document", document.pk).get()
    assert (event.at, event.actor, event.actor_name) == (AT, carys, "Carys Mbeki")
    assert (event.verb, event.detail) == ("documents.kept", {"on": "2026-05-20"})


def test_a_rule_that_ran_by_the_clock_is_named_as_the_office_itself() -> None:
    event = append_audit("clocks.warned", by=None, at=AT, about_kind="cases.case", about_id=7)
    assert (event.actor, event.actor_name, event.about_kind, event.about_id) == (
        None,
        "Moothall",
        "cases.case",
        7,
    )


def test_an_event_costs_one_statement() -> None:
    carys = make_account()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        append_audit("signed.in", by=carys, at=AT)
    assert len(queries) == 1


def test_a_thousand_events_cost_one_statement() -> None:
    carys = make_account()
    with CaptureQueriesContext(connection) as queries:
        many = append_audits(
            audit_event("cases.assigned", by=carys, at=AT, about_kind="cases.case", about_id=id)
            for id in range(1000)
        )
    assert many == 1000
    assert len(queries) == 1


def test_an_event_is_gone_when_its_transaction_is_rolled_back() -> None:
    def fail_after_appending() -> None:
        with transaction.atomic():
            append_audit("cases.closed", by=None, at=AT)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_appending()
    assert not AuditEvent.objects.exists()


def test_words_that_postgresql_cannot_hold_do_not_stop_the_audit() -> None:
    event = append_audit("mail.kept", by=None, at=AT, detail={"sub\0ject": ["half \ud83d a face", "nul \0"]})
    event.refresh_from_db()
    assert event.detail == {"sub\ufffdject": ["half ? a face", "nul \ufffd"]}


@pytest.mark.parametrize(
    "statement",
    [
        "update records_auditevent set verb = 'nothing'",
        "delete from records_auditevent",
        "truncate records_auditevent",
        "alter table records_auditevent disable trigger all",
        "drop table records_auditevent",
    ],
)
def test_the_web_role_can_add_and_read_events_and_nothing_else(statement: str) -> None:
    append_audit("cases.closed", by=None, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEvent.objects.get().verb == "cases.closed"


@pytest.mark.parametrize(
    "statement",
    [
        "update records_auditevent set verb = 'nothing'",
        "delete from records_auditevent",
        "truncate records_auditevent",
    ],
)
def test_even_the_owner_of_the_tables_may_only_add(test_server: Any, statement: str) -> None:
    owner = test_server.owner.on(connection.settings_dict["NAME"]).conninfo
    with psycopg.connect(owner) as as_owner, pytest.raises(psycopg.Error, match="only ever added to"):
        as_owner.execute(statement.encode())
