import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from moothall.config import supervisor as module
from moothall.config.supervisor import Child, Supervisor

pytestmark = pytest.mark.slow
FOR_EVER = "import time; time.sleep(600)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); "


@pytest.fixture
def make_child(tmp_path: Path) -> Iterator[Callable[[str], Child]]:
    made: list[Child] = []

    def make(program: str) -> Child:
        child = Child("The clerk", [sys.executable, "-c", program], os.environ, tmp_path / f"{len(made)}.log")
        made.append(child)
        return child

    yield make
    for child in made:
        if child.process is not None:
            child.process.kill()
            child.process.wait()


def wait_for(true: Callable[[], object], seconds: float = 10.0) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def is_running(number: int) -> bool:
    return psutil.pid_exists(number) and psutil.Process(number).status() != psutil.STATUS_ZOMBIE


def test_a_killed_child_is_started_again(
    make_child: Callable[[str], Child], capsys: pytest.CaptureFixture[str]
) -> None:
    child = make_child(FOR_EVER)
    office = Supervisor([child])
    office.round()
    assert child.process is not None
    first = child.process.pid
    os.kill(first, signal.SIGKILL)

    def has_another_process() -> bool:
        office.round()
        return child.process is not None and child.process.pid != first

    wait_for(has_another_process)
    assert child.deaths == 1
    assert "The clerk stopped (killed by SIGKILL); starting it again in 0.5 s." in capsys.readouterr().err


def test_a_child_that_keeps_dying_waits_longer_each_time(
    make_child: Callable[[str], Child], capsys: pytest.CaptureFixture[str]
) -> None:
    child = make_child("raise SystemExit('no pen')")
    waits = []
    for _ in range(8):
        child.start_again_at = 0
        child.look_after()
        assert child.process is not None
        child.process.wait()
        child.look_after()
        waits.append(round(child.start_again_at - time.monotonic(), 1))
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
    assert child.last_words() == "no pen"


def test_a_childs_own_children_do_not_outlive_it(make_child: Callable[[str], Child]) -> None:
    nested = f"its = subprocess.Popen([sys.executable, '-c', {FOR_EVER!r}]); print(its.pid, flush=True); "
    child = make_child("import subprocess, sys; " + nested + FOR_EVER)
    child.start()
    wait_for(lambda: child.last_words().isdigit())
    grandchild = int(child.last_words())
    assert child.process is not None
    os.kill(child.process.pid, signal.SIGKILL)

    def is_noticed() -> bool:
        child.look_after()
        return child.process is None

    wait_for(is_noticed)
    wait_for(lambda: not is_running(grandchild))


def test_stopping_asks_first_and_ends_what_does_not_listen(
    make_child: Callable[[str], Child], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "PATIENCE_AT_THE_END", 0.5)
    obedient, deaf = make_child(FOR_EVER), make_child(STUBBORN + FOR_EVER)
    office = Supervisor([obedient, deaf])
    office.round()
    wait_for(lambda: deaf.last_words() == "deaf")
    numbers = [child.process.pid for child in office.children if child.process is not None]
    office.stop()
    assert not any(is_running(number) for number in numbers)
    assert capsys.readouterr().err.count("did not stop in time") == 1


def test_children_stop_when_their_supervisor_is_killed(tmp_path: Path) -> None:
    program = (
        "import os, sys, time; from pathlib import Path; from moothall.config.supervisor import Child\n"
        f"command, log = [sys.executable, '-c', {FOR_EVER!r}], Path({str(tmp_path / 'log')!r})\n"
        "child = Child('x', command, os.environ, log); child.start()\n"
        "print(child.process.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        number = int(parent.stdout.readline())
        assert is_running(number)
        parent.kill()
    wait_for(lambda: not is_running(number))
