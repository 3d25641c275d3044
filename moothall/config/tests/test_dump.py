"""Backup and restore of a database on a server of one's own, of the oldest version that is supported."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from moothall.config.tests.offices import free_port, moothall

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
WHO, PASSWORD = "ann@example.org", "four plain words together"
SET_UP = (
    "create role office_owner login",
    "create role office_web login",
    "create database office owner office_owner encoding 'UTF8' template template0",
    "create database put_back owner office_owner encoding 'UTF8' template template0",
)
SUM = "select count(*), md5(string_agg(row::text, '|' order by row::text)) from {} row"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not PROGRAMS.exists(), reason="Debian's PostgreSQL 15 is not installed."),
]


def program(name: str, *words: str) -> None:
    """Run one of the server's own programs, which refuse to run as root."""
    command = [str(PROGRAMS / name), *words]
    if os.getuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    subprocess.run(command, check=True, capture_output=True, cwd="/", timeout=120)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a PostgreSQL 15, without the name of a database."""
    place = Path(tempfile.mkdtemp(prefix="moothall-15-"))
    if os.getuid() == 0:
        shutil.chown(place, "postgres")
    port = free_port()
    program("initdb", "-D", str(place / "data"), "-A", "trust", "-U", "postgres", "--no-sync")
    options = f"-p {port} -k {place} -c listen_addresses=127.0.0.1 -c fsync=off"
    program("pg_ctl", "-D", str(place / "data"), "-l", str(place / "log"), "-o", options, "-w", "start")
    try:
        with psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres", autocommit=True) as first:
            for statement in SET_UP:
                first.execute(statement.encode())
        yield f"127.0.0.1:{port}"
    finally:
        program("pg_ctl", "-D", str(place / "data"), "-m", "fast", "-w", "stop")
        shutil.rmtree(place)


def said(home: Path, server: str, database: str, *words: str, typed: str | None = None) -> str:
    given = {
        "DATABASE_URL": f"postgresql://office_owner@{server}/{database}",
        "DATABASE_WEB_URL": f"postgresql://office_web@{server}/{database}",
    }
    done = moothall(*words, home=home, typed=typed, **given)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def sums(server: str, database: str) -> dict[str, object]:
    """How many rows each table has, and a hash of them all."""
    with psycopg.connect(f"postgresql://postgres@{server}/{database}") as asked:
        names = asked.execute("select tablename from pg_tables where schemaname = 'public' order by 1")
        every = [str(name) for (name,) in names.fetchall()]
        return {name: asked.execute(SUM.format(name).encode()).fetchone() for name in every}


def test_a_dump_goes_back_into_an_empty_database_row_by_row(server: str, tmp_path: Path) -> None:
    home, there, keys = tmp_path / "home", tmp_path / "there", tmp_path / "keys"
    assert said(home, server, "office", "migrate").endswith("The database is up to date.\n")
    said(home, server, "office", "user", "add", WHO, "--name", "Ann", "--password", typed=f"{PASSWORD}\n")
    said(home, server, "office", "backup", "--keys", str(keys))
    before = sums(server, "office")
    (backup,) = (home / "backups").glob("[0-9]*")
    said(there, server, "put_back", "restore", str(backup), "--keys", str(keys))
    after = sums(server, "put_back")
    assert after["records_standstill"] != before.pop("records_standstill")
    assert {name: after[name] for name in before} == before
    said(there, server, "put_back", "migrate")
    assert WHO in said(there, server, "put_back", "user", "list")
    assert '"fault": null' in said(there, server, "put_back", "verify", "--json")
    web = f"postgresql://office_web@{server}/put_back"
    with psycopg.connect(web) as asked, pytest.raises(psycopg.errors.InsufficientPrivilege):
        asked.execute("delete from records_auditevent")


def test_a_dump_goes_into_no_database_that_holds_something(server: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    said(home, server, "office", "migrate")
    said(home, server, "office", "backup")
    (backup,) = (home / "backups").glob("[0-9]*")
    address = f"postgresql://office_owner@{server}/office"
    done = moothall("restore", str(backup), home=tmp_path / "there", DATABASE_URL=address)
    assert (done.returncode, "is not empty" in done.stderr) == (1, True)
