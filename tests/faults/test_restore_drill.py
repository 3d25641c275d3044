"""A backup goes back to the second before a mistake, into a home that has nothing but the backup, the log and
the keys; nothing goes out until somebody says so; and a drill proves it while the office works."""

import json
import shutil
import time
from pathlib import Path

import psycopg
import pytest

from moothall.config.database import Address, owner_address
from moothall.config.embedded import running
from moothall.config.home import Home
from moothall.config.tests.homes import copy_of
from moothall.config.tests.offices import Office, moothall

from .results import fault

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]
WHO, PASSWORD = "ann@example.org", "four plain words together"
SUM = "select count(*), md5(string_agg(row::text, '|' order by row::text)) from {} row"


def said(home: Path, *words: str) -> str:
    done = moothall(*words, home=home)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def sums(owner: Address) -> dict[str, object]:
    """How many rows each table has, and a hash of them all."""
    with psycopg.connect(owner.conninfo) as connection:
        names = connection.execute("select tablename from pg_tables where schemaname = 'public' order by 1")
        every = [str(name) for (name,) in names.fetchall()]
        return {name: connection.execute(SUM.format(name).encode()).fetchone() for name in every}


def test_a_mistake_is_undone_to_the_second_and_nothing_goes_out(prepared_home: Path, tmp_path: Path) -> None:
    with fault(8, "restore drill", "back to the second before a bad delete") as result:
        home, there = copy_of(prepared_home, tmp_path / "home"), tmp_path / "elsewhere"
        kept = Home(home).files / "ab"
        kept.mkdir()
        (kept / "abcdef").write_bytes(b"Minutes of the meeting")
        added = moothall("user", "add", WHO, "--name", "Ann", "--password", home=home, typed=f"{PASSWORD}\n")
        assert added.returncode == 0, added.stderr
        said(home, "backup", "--keys", str(tmp_path / "keys"))
        owner = owner_address(Home(home))
        with running(Home(home)):
            with psycopg.connect(owner.conninfo) as work:
                for n in range(200):
                    work.execute(
                        "insert into records_auditevent (at, actor_name, verb, about_kind, detail) "
                        "values (now(), 'Moothall', 'cases.note', '', jsonb_build_object('n', %s::int))",
                        [n],
                    )
            before = sums(owner)
            with psycopg.connect(owner.conninfo, autocommit=True) as work:
                ((moment,),) = work.execute("select clock_timestamp()::text").fetchall()
                time.sleep(1.5)
                work.execute("alter table records_auditevent disable trigger user")
                work.execute("delete from records_auditevent")
            said(home, "drill")
        (backup,) = (home / "backups").glob("[0-9]*")
        keys = str(tmp_path / "keys")
        said(there, "restore", str(backup), "--at", str(moment), "--keys", keys)
        office = Home(there)
        with running(office):
            after = sums(owner_address(office))
        assert isinstance(after.pop("records_standstill"), tuple)
        before.pop("records_standstill")
        result.n = len(before)
        changed = [name for name in before if after[name] != before[name]]
        result.lost = len(changed)
        assert changed == []
        assert (office.files / "ab" / "abcdef").read_bytes() == b"Minutes of the meeting"
        assert json.loads(said(there, "verify", "--json"))["fault"] is None
        _somebody_works_and_nothing_goes_out(there)


def _somebody_works_and_nothing_goes_out(home: Path) -> None:
    """The office starts, who had an account signs in, and the worker waits until the standstill is ended."""
    office = Office(home)
    try:
        office.start()
        assert office.signs_in(WHO, PASSWORD)
        worker = office.health()["worker"]
        assert worker["standing_still"] is True
        with psycopg.connect(owner_address(Home(home)).conninfo) as connection:
            assert connection.execute("select count(*) from procrastinate_workers").fetchone() == (0,)
            connection.execute(
                "update records_standstill set ended_at = now(), ended_because = 'Looked through', "
                "ended_by_id = (select max(id) from people_account)"
            )
        office.wait_until(lambda: office.health().get("worker", {}).get("seen_seconds_ago") is not None, 120)
    finally:
        office.end()


def test_a_damaged_backup_is_refused_before_anything_is_touched(prepared_home: Path, tmp_path: Path) -> None:
    with fault(8, "restore drill", "one byte of the backup is changed"):
        home = copy_of(prepared_home, tmp_path / "home")
        said(home, "backup")
        (backup,) = (home / "backups").glob("[0-9]*")
        base = backup / "database" / "base.tar.gz"
        base.write_bytes(base.read_bytes()[:-1] + b"\0")
        done = moothall("restore", str(backup), home=home)
        assert done.returncode == 1
        assert "is damaged" in done.stderr
        assert (home / "postgres" / "data" / "PG_VERSION").exists()
        shutil.rmtree(home)
