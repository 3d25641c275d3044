"""The home of an office that is ready to open: made once for all processes of a run, and then copied."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

from moothall.config.embedded import Embedded, running
from moothall.config.home import Home
from moothall.config.tests.offices import environment


def prepared_home(temporary: Path) -> Path:
    """Its tables are made and its style sheets gathered; nothing is in it, and nothing uses it.

    Of the processes that run tests the first makes it; the others wait until it is whole.
    """
    shared = temporary.parent if "PYTEST_XDIST_WORKER" in os.environ else temporary
    made = shared / "prepared"
    with open(shared / "prepared.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            draft = Home(shared / "being-prepared")
            _prepare(draft)
            draft.path.rename(made)
    assert Embedded(Home(made)).pid() is None, "the server goes with whoever used it last"
    return made


def _prepare(home: Home) -> None:
    """What `moothall up` does before it starts the web and the worker."""
    home.prepare()
    command = [sys.executable, "-m", "moothall.config.preparation", "--office"]
    known = environment(home.path, MOOTHALL_PROCESS="owner", MOOTHALL_AS_OWNER="1")
    with running(home):
        done = subprocess.run(command, env=known, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def copy_of(home: Path, at: Path) -> Path:
    """An office of its own, as that one was left."""
    shutil.copytree(home, at)
    return at
