import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from moothall.config import roles
from moothall.config.cannot import Cannot
from moothall.config.database import Address
from moothall.config.home import Home
from moothall.config.tests import databases

WEAK = ("clerk", False, False, 0, 0, False)


def web(test_server: databases.Server) -> Address:
    return test_server.web.on(databases.run_name())


@contextmanager
def made_role(test_server: databases.Server, words: str = "") -> Iterator[str]:
    """A role that exists for one test."""
    name = f"moothall_test_{secrets.token_hex(4)}"
    with roles.connect(test_server.owner) as owner:
        owner.execute(f"create role {name} login password 'old' {words}".encode())
        try:
            yield name
        finally:
            owner.execute(f"drop role {name}".encode())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "update records_auditevent set at = now()",
        "delete from records_auditevent",
        "truncate records_auditevent",
        "truncate people_person cascade",
        "drop table people_person",
        "create table mine (id int)",
        "alter table people_person disable trigger all",
        "insert into django_migrations (app, name, applied) values ('a', 'b', now())",
        "set role moothall",
        "create role stronger superuser",
    ],
)
def test_the_web_role_is_refused(statement: str) -> None:
    refused = r"permission denied|must be owner|must be superuser|does not exist|Only roles with"
    with pytest.raises(DatabaseError, match=refused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_web_role_may_read_the_audit_and_add_to_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select bool_and(has_table_privilege('records_auditevent', privilege))"
            " from unnest(array['select', 'insert']) privilege"
        )
        assert cursor.fetchone() == (True,)


@pytest.mark.django_db
def test_the_role_of_the_tests_is_as_weak_as_the_web_must_be(test_server: databases.Server) -> None:
    roles.refuse_strong_role(web(test_server))


@pytest.mark.django_db
def test_the_owner_may_not_be_used_for_the_web(test_server: databases.Server) -> None:
    with pytest.raises(Cannot, match=r"The database role \w+ (is a superuser|owns \d+ tables); web"):
        roles.refuse_strong_role(test_server.owner.on(databases.run_name()))


def test_nothing_is_wrong_with_a_weak_role() -> None:
    assert roles.faults(WEAK) == []


@pytest.mark.parametrize(
    ("place", "value", "fault"),
    [
        (1, True, "is a superuser"),
        (2, True, "bypasses row-level security"),
        (3, 7, "owns 7 tables"),
        (4, 1, "is a member of a role that owns tables"),
        (5, True, "may create tables"),
    ],
)
def test_every_strength_of_a_role_is_a_fault(place: int, value: object, fault: str) -> None:
    row = (*WEAK[:place], value, *WEAK[place + 1 :])
    assert roles.faults(row) == [f"The database role clerk {fault}"]


def test_a_web_role_is_made_when_there_is_none(test_server: databases.Server, tmp_path: Path) -> None:
    name = f"moothall_test_{secrets.token_hex(4)}"
    address = replace(test_server.owner, user=name, password="new")
    roles.ensure_web_role(test_server.owner, address, Home(tmp_path), given=False)
    try:
        psycopg.connect(address.conninfo).close()
    finally:
        with roles.connect(test_server.owner) as owner:
            owner.execute(f"drop role {name}".encode())


def test_a_role_whose_password_nobody_has_gets_a_new_one(
    test_server: databases.Server, tmp_path: Path
) -> None:
    with made_role(test_server) as name:
        address = replace(test_server.owner, user=name, password="new")
        roles.ensure_web_role(test_server.owner, address, Home(tmp_path), given=False)
        psycopg.connect(address.conninfo).close()


def test_a_role_that_another_office_is_using_is_left_alone(
    test_server: databases.Server, tmp_path: Path
) -> None:
    with made_role(test_server) as name:
        theirs = replace(test_server.owner, user=name, password="old")
        ours = replace(theirs, password="new")
        with psycopg.connect(theirs.conninfo), pytest.raises(Cannot, match="in use by another Moothall"):
            roles.ensure_web_role(test_server.owner, ours, Home(tmp_path), given=False)
        psycopg.connect(theirs.conninfo).close()


def test_an_owner_that_may_not_make_roles_is_told_what_to_do(
    test_server: databases.Server, tmp_path: Path
) -> None:
    with made_role(test_server) as name:
        owner = replace(test_server.owner, user=name, password="old")
        with pytest.raises(Cannot, match=r"may not create roles: create \w+_web by hand .* DATABASE_WEB_URL"):
            roles.ensure_web_role(owner, replace(owner, user=f"{name}_web"), Home(tmp_path), given=False)


def test_the_owner_may_not_be_given_as_the_web_role(test_server: databases.Server, tmp_path: Path) -> None:
    with pytest.raises(Cannot, match="both name the role"):
        roles.ensure_web_role(test_server.owner, test_server.owner, Home(tmp_path), given=True)


def test_a_given_web_role_must_answer(test_server: databases.Server, tmp_path: Path) -> None:
    wrong = replace(test_server.owner, user="moothall_nobody", password="guess")
    with pytest.raises(Cannot, match=r"password authentication failed.*Check DATABASE_WEB_URL"):
        roles.ensure_web_role(test_server.owner, wrong, Home(tmp_path), given=True)


def test_an_older_server_is_refused(test_server: databases.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "OLDEST_SERVER", 99)
    with pytest.raises(Cannot, match=r"is PostgreSQL \d+; Moothall needs 99 or newer"):
        roles.connect(test_server.owner)
