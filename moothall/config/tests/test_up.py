import os
import re
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from moothall.config.tests.offices import Office, free_port, moothall

pytestmark = pytest.mark.slow


def children_of(office: Office) -> dict[str, int]:
    """The processes the supervisor started, by what they are."""
    assert office.process is not None
    found = {}
    for child in psutil.Process(office.process.pid).children():
        try:
            words = " ".join(child.cmdline())
        except psutil.Error:
            continue  # dead, and not yet noticed
        name = "web" if "granian" in words else "worker" if "procrastinate" in words else "database"
        found[name] = child.pid
    return found


def wait_until_gone(*numbers: int) -> None:
    until = time.monotonic() + 30
    while any(psutil.pid_exists(number) for number in numbers):
        assert time.monotonic() < until, "a process outlived its supervisor"
        time.sleep(0.1)


def test_an_office_opens_survives_the_death_of_each_part_and_closes(
    make_office: Callable[[str], Office],
) -> None:
    office = make_office("office")
    office.start()
    assert office.health()["worker"]["ok"]
    assert f"http://localhost:{office.port}" in office.said

    for part in ("web", "worker", "database"):
        before = children_of(office)[part]
        os.kill(before, signal.SIGKILL)
        office.wait_until(lambda part=part, before=before: children_of(office).get(part, before) != before)
        office.wait_until(office.is_well)

    second = moothall("up", home=office.home, PORT=str(free_port()))
    assert second.returncode == 1
    assert re.fullmatch(rf"Moothall is already running from .* port {office.port}\).*\n", second.stderr)

    parts = children_of(office)
    assert office.stop(signal.SIGINT) == 0
    assert office.said.rstrip().endswith("Stopped.")
    assert not [name for name, number in parts.items() if psutil.pid_exists(number)]
    assert office.server().pid() is None


def test_two_offices_stand_side_by_side_and_a_killed_one_opens_again(
    make_office: Callable[[str], Office],
) -> None:
    office, other = make_office("office"), make_office("other")
    office.start()
    other.start()
    assert office.is_well()
    assert other.is_well()
    assert office.process is not None
    parts = children_of(office)
    office.process.kill()
    office.process.wait()
    wait_until_gone(parts["web"], parts["worker"])
    office.start()
    assert office.is_well()
    assert other.is_well()


def test_a_taken_port_is_said_before_anything_is_started(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        tried = moothall("up", home=tmp_path, PORT=str(port))
    assert tried.returncode == 1
    expected = f"Port {port} is in use by another program: choose another, as in PORT={port + 1} make run.\n"
    assert tried.stderr == expected
    assert not (tmp_path / "postgres").exists()


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_what_is_no_port_is_refused(port: str, tmp_path: Path) -> None:
    tried = moothall("up", home=tmp_path, PORT=port)
    assert tried.returncode == 1
    assert tried.stderr.startswith(f"PORT={port} is not a port number")


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    address = f"postgresql://ada:secret@127.0.0.1:{free_port()}/office"
    for command in (["up"], ["migrate"], ["manage", "showmigrations"]):
        tried = moothall(*command, home=tmp_path, DATABASE_URL=address, PORT=str(free_port()))
        assert tried.returncode == 1
        assert re.fullmatch(
            r"The database at ada@127.* cannot be reached: .* Check DATABASE_URL\.\n", tried.stderr
        )
        assert "secret" not in tried.stderr


def test_a_home_on_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    tried = moothall("up", home=tmp_path / "file", PORT=str(free_port()))
    assert tried.returncode == 1
    assert "cannot write to its home" in tried.stderr
    assert tried.stderr.count("\n") == 1
