import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from moothall.config.cannot import Cannot
from moothall.config.database import owner_address
from moothall.config.embedded import FORGETFUL, Embedded
from moothall.config.home import Home

pytestmark = pytest.mark.slow


def make_home(path: Path) -> Home:
    at = Home(path)
    at.prepare()
    return at


def ask(at: Home, statement: str) -> object:
    with psycopg.connect(owner_address(at).conninfo) as connection:
        row = connection.execute(statement.encode()).fetchone()
    return row and row[0]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Embedded]:
    server = Embedded(make_home(tmp_path), FORGETFUL)
    server.enter()
    yield server
    server.leave()


def test_the_owner_of_a_new_database_is_no_superuser(server: Embedded) -> None:
    assert ask(server.home, "select rolsuper from pg_roles where rolname = current_user") is False
    assert ask(server.home, "select pg_get_userbyid(datdba) from pg_database where datname = 'moothall'")


def test_the_socket_and_the_data_are_for_the_server_alone(server: Embedded) -> None:
    assert server.socket.stat().st_mode & 0o077 == 0
    assert server.data.stat().st_mode & 0o077 == 0
    assert ask(server.home, "select current_setting('listen_addresses')") == ""


def test_a_wrong_password_opens_nothing(server: Embedded) -> None:
    address = owner_address(server.home).conninfo.replace(server.home.key("database-owner"), "guess")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(address)


def test_a_killed_server_is_started_again_with_what_was_committed(tmp_path: Path) -> None:
    server = Embedded(make_home(tmp_path), {**FORGETFUL, "synchronous_commit": "on"})
    server.enter()
    try:
        with psycopg.connect(owner_address(server.home).conninfo) as connection:
            connection.execute("create table kept as select generate_series(1, 1000)")
        killed = server.pid()
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        until = time.monotonic() + 10
        while server.pid() is not None and time.monotonic() < until:
            time.sleep(0.01)
        assert server.restart_if_dead()
        assert server.pid() not in {None, killed}
        assert ask(server.home, "select count(*) from kept") == 1000
        assert not server.restart_if_dead()
    finally:
        server.leave()


def test_a_process_number_that_belongs_to_another_program_now_is_no_obstacle(tmp_path: Path) -> None:
    server = Embedded(make_home(tmp_path), FORGETFUL)
    server.enter()
    server.leave()
    stale = f"{os.getpid()}\n{server.data}\n1700000000\n5432\n{server.socket}\n\n  1 1\nready   \n"
    (server.data / "postmaster.pid").write_text(stale)
    (server.socket / ".s.PGSQL.5432.lock").write_text(stale)
    assert server.pid() is None
    server.enter()
    assert ask(server.home, "select 1") == 1
    server.leave()


def test_the_last_one_out_stops_the_server(server: Embedded) -> None:
    second = Embedded(server.home, FORGETFUL)
    second.enter()
    assert second.pid() == server.pid()
    server.leave()
    assert ask(server.home, "select 1") == 1
    second.leave()
    assert second.pid() is None


def test_two_homes_have_two_servers(server: Embedded, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = Embedded(make_home(tmp_path_factory.mktemp("other")), FORGETFUL)
    other.enter()
    try:
        assert other.pid() != server.pid()
        assert ask(other.home, "select 1") == ask(server.home, "select 1")
    finally:
        other.leave()
    assert ask(server.home, "select 1") == 1


def test_a_deep_home_works_as_well(tmp_path: Path) -> None:
    server = Embedded(make_home(tmp_path / ("folder" * 12) / ("folder" * 12)), FORGETFUL)
    server.enter()
    try:
        assert str(server.home.path) not in str(server.socket)
        assert ask(server.home, "select 1") == 1
    finally:
        server.leave()


def test_lost_keys_are_named_as_the_reason(tmp_path: Path) -> None:
    server = Embedded(make_home(tmp_path), FORGETFUL)
    server.enter()
    server.leave()
    (server.home.keys / "database-superuser").unlink()
    with pytest.raises(Cannot, match="do not open the database"):
        server.enter()
    assert server.pid() is None


def test_a_server_that_cannot_start_says_why_in_one_sentence(tmp_path: Path) -> None:
    server = Embedded(make_home(tmp_path), {**FORGETFUL, "shared_buffers": "a lot"})
    with pytest.raises(Cannot, match=r'did not start: .*invalid value for parameter "shared_buffers"'):
        server.enter()
