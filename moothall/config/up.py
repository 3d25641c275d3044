"""`moothall up`: database, web and worker under one supervisor, until Ctrl-C."""

import errno
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from . import database, roles
from .cannot import Cannot
from .database import is_embedded, owner_address, web_address
from .embedded import Embedded
from .home import Home, home
from .preparation import demo_sign_ins
from .progress import complain, say, step
from .supervisor import Child, Supervisor

READY_WITHIN = 90.0
TRIES_BEFORE_READY = 3
WEB_PROCESSES = 2


def port() -> int:
    """The port to listen on: `PORT`, else 8000."""
    words = os.environ.get("PORT") or "8000"
    if not words.isdigit() or not 0 < int(words) < 65536:
        raise Cannot(f"PORT={words} is not a port number: choose one from 1024 to 65535.")
    return int(words)


def listening_host() -> str:
    """Only this machine may call, unless `MOOTHALL_BIND` names another address (0.0.0.0 is all)."""
    return os.environ.get("MOOTHALL_BIND") or "127.0.0.1"


def check_port(host: str, number: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, number))
            probe.listen()
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                raise Cannot(
                    f"Port {number} is in use by another program: choose another, as in "
                    f"PORT={number + 1} make run."
                ) from problem
            raise Cannot(f"Moothall cannot listen on {host}:{number}: {problem.strerror}.") from problem


@contextmanager
def only_one(at: Home) -> Iterator[None]:
    """A home belongs to one running Moothall at a time."""
    with open(at.path / "up.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Cannot(
                f"Moothall is already running from {at.path} ({lock.read().strip() or 'just started'}): stop "
                "that one, or set MOOTHALL_HOME to another folder."
            ) from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, port {port()}")
        lock.flush()
        yield


def environment(at: Home, process: str) -> dict[str, str]:
    """What a child process knows: never the owner's way into the database, unless it prepares it."""
    known = dict(os.environ)
    known |= {
        "MOOTHALL_HOME": str(at.path),
        "MOOTHALL_PROCESS": process,
        "DJANGO_SETTINGS_MODULE": "moothall.config.settings",
        "PYTHONUNBUFFERED": "1",
        "PORT": str(port()),
    }
    known.pop("MOOTHALL_AS_OWNER", None)
    if process == "owner":
        known["MOOTHALL_AS_OWNER"] = "1"
    elif known.pop("DATABASE_URL", None):
        known["DATABASE_WEB_URL"] = web_address(at).conninfo
    return known


def prepare(at: Home, *words: str) -> None:
    """Migrate (and with `--office`, load the demo) in a process of its own, as the owner."""
    command = [sys.executable, "-m", "moothall.config.preparation", *words]
    with subprocess.Popen(command, env=environment(at, "owner")) as child:
        try:
            code = child.wait()
        except BaseException:
            child.terminate()
            raise
    if code:
        raise SystemExit(code if code > 0 else 1)


@contextmanager
def database_server(at: Home) -> Iterator[Embedded | None]:
    """The embedded server for as long as the block lasts; with DATABASE_URL only a look at that one."""
    if not is_embedded():
        roles.connect(owner_address(at)).close()
        yield None
        return
    server = Embedded(at)
    with step("Starting the database"):
        server.enter()
    try:
        yield server
    finally:
        server.leave()


def office(at: Home) -> tuple[Child, Child]:
    granian = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", listening_host()),
        *("--port", str(port()), "--workers", str(WEB_PROCESSES), "--respawn-failed-workers", "--no-ws"),
        *("--blocking-threads", str(database.web_threads()), "--workers-kill-timeout", "10"),
        *("--log-level", "warning", "moothall.config.wsgi:application"),
    ]
    worker = [sys.executable, "-m", "moothall.config.working", "--shutdown-graceful-timeout", "15"]
    return (
        Child("The web server", granian, environment(at, "web"), at.logs / "web.log"),
        Child("The worker", worker, environment(at, "worker"), at.logs / "worker.log"),
    )


def is_ready() -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(listening_host(), listening_host())  # noqa: S104 # nosec B104
    try:
        with urllib.request.urlopen(f"http://{host}:{port()}/healthz", timeout=5) as answer:  # nosec B310
            return bool(json.load(answer)["status"] == "ok")
    except (OSError, ValueError, KeyError):
        return False


def wait_until_ready(supervisor: Supervisor) -> None:
    until = time.monotonic() + READY_WITHIN
    while not supervisor.stopping and not is_ready():
        supervisor.round()
        for child in supervisor.children:
            if child.deaths >= TRIES_BEFORE_READY:
                raise Cannot(f"{child.name} does not start: {child.last_words()} ({child.log} says more).")
        if time.monotonic() > until:
            raise Cannot(f"Moothall was not ready in {READY_WITHIN:.0f} s; the logs in its home say why.")
        time.sleep(0.1)


def announce(at: Home, seconds: float) -> None:
    say(f"\nMoothall is ready at http://localhost:{port()} ({seconds:.1f} s). Ctrl-C stops it.")
    people = demo_sign_ins(at)
    if people:
        say("Sign in as one of the demo office:")
        widest = max(len(person["email"]) for person in people)
        for person in people:
            say(f"  {person['email']:<{widest}}  {person['password']}  {person['who']}")


def _stop_now(*_: object) -> None:
    raise KeyboardInterrupt


def up() -> int:
    """Run the office until it is asked to stop."""
    started = time.monotonic()
    at = home()
    at.prepare()
    at.check_room()
    check_port(listening_host(), port())
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop_now)
    with only_one(at), database_server(at) as server:
        prepare(at, "--office")
        roles.refuse_strong_role(web_address(at))
        supervisor = Supervisor(office(at), also=lambda: _look_after(server))
        supervisor.stop_on_signals()
        try:
            with step("Starting web and worker"):
                wait_until_ready(supervisor)
            if not supervisor.stopping:
                announce(at, time.monotonic() - started)
            supervisor.run()
            say("\nStopping …")
        finally:
            supervisor.stop()
    say("Stopped.")
    return 0


def _look_after(server: Embedded | None) -> None:
    if server is not None and server.restart_if_dead():
        complain("The database had stopped; it was started again.")
