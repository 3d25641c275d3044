"""Databases for tests: migrated once by the owner, copied for each run, used as the web role."""

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import psycopg
from django.core.management import call_command
from django.db import connection, connections
from psycopg import Connection, errors, sql

from moothall.config import embedded, roles
from moothall.config.database import Address, owner_address, parse
from moothall.config.home import CHECKOUT, Home

SERVER_HOME = Home(Path(os.environ.get("MOOTHALL_TEST_HOME", CHECKOUT / "var" / "test")))
WEB_ROLE = "moothall_test_web"
TEMPLATE = "moothall_template_"
RUN = "moothall_run_"
KEPT_TEMPLATES = 3
CREATING = 0x6D6F6F74  # the advisory lock held while a template is being made
COPYING = 0x6D6F6F75  # and while one is being copied
GROWN = 100 * 1024 * 1024  # bytes: what was rolled back is left behind in the tables, and is read past
# What a test writes is never committed. PostgreSQL's own housekeeping, coming by during a test, finds
# tables of many pages without a row, and plans for none until it comes again; untended, it plans by pages.
UNTENDED = """
do $$
declare
    one regclass;
begin
    for one in select oid from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace loop
        execute format('alter table %s set (autovacuum_enabled = off, toast.autovacuum_enabled = off)', one);
    end loop;
end
$$
"""


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server for tests, and who may do what on it."""

    owner: Address

    @property
    def web(self) -> Address:
        return replace(self.owner, user=WEB_ROLE, password=SERVER_HOME.key("database-web"))

    @contextmanager
    def administering(self) -> Iterator["Connection[tuple[object, ...]]"]:
        with roles.connect(self.owner, name="TEST_DATABASE_URL") as connection:
            connection.execute("select pg_advisory_lock(%s)", [CREATING])
            yield connection

    def copy(self, template: str, name: str) -> None:
        with self.undisturbed() as connection:
            _drop(connection, name)
            statement = sql.SQL("create database {} template {}")
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))

    @contextmanager
    def undisturbed(self) -> Iterator["Connection[tuple[object, ...]]"]:
        """No other run copies a database meanwhile: that transaction is nobody's, and seals wait for it."""
        with roles.connect(self.owner) as connection:
            connection.execute("select pg_advisory_lock(%s)", [COPYING])
            yield connection

    def size(self, name: str) -> int:
        with roles.connect(self.owner) as connection:
            (found,) = connection.execute("select pg_database_size(%s)", [name]).fetchone() or (0,)
        return int(str(found))

    def drop(self, name: str) -> None:
        with roles.connect(self.owner) as connection:
            _drop(connection, name)


@dataclass
class Copy:
    """The database of this process: a copy of the template, made anew when a test has spoilt it."""

    server: Server
    template: str
    name: str
    is_stale: bool = False
    usual_size: int = 0
    path: Path | None = None

    def make(self) -> None:
        connections.close_all()
        self.server.copy(self.template, self.name)
        self.is_stale = False
        self.usual_size = self.server.size(self.name)

    def make_ready(self, path: Path) -> None:
        """For a test of this file: what was committed is gone, and what was rolled back is not read past."""
        begins, self.path = path != self.path, path
        if self.is_stale or (begins and self._has_grown()):
            self.make()

    def _has_grown(self) -> bool:
        return not connection.in_atomic_block and self.server.size(self.name) > self.usual_size + GROWN


COPIES: list[Copy] = []  # none until a test asks for a database, and then one


@contextmanager
def server() -> Iterator[Server]:
    """`TEST_DATABASE_URL` if it is given, else the embedded server, started when it is not running."""
    url = os.environ.get("TEST_DATABASE_URL")
    SERVER_HOME.prepare()
    if url:
        yield Server(parse(url, name="TEST_DATABASE_URL"))
        return
    with embedded.running(SERVER_HOME, embedded.FORGETFUL):
        yield Server(owner_address(SERVER_HOME))


def template(on: Server) -> str:
    """The name of a database with today's migrations and grants, made if there is none yet."""
    name = TEMPLATE + _digest()
    with on.administering() as connection:
        _forget_old(connection, name)
        if connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            return name
        _ensure_web_role(connection, on.web)
        draft = f"{name}_draft"
        _drop(connection, draft)
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(draft)))
        with using(on.owner.on(draft)):
            call_command("migrate", verbosity=0, interactive=False)
        roles.grant(on.owner.on(draft), WEB_ROLE)
        with roles.connect(on.owner.on(draft)) as draft_connection:
            draft_connection.execute(UNTENDED)
        rename = sql.SQL("alter database {} rename to {}")
        connection.execute(rename.format(sql.Identifier(draft), sql.Identifier(name)))
    return name


@contextmanager
def using(address: Address) -> Iterator[None]:
    """Django's default connection goes to this address for as long as the block lasts."""
    chosen = connections["default"].settings_dict
    parts = {"HOST": address.host, "PORT": address.port, "NAME": address.database}
    parts |= {"USER": address.user, "PASSWORD": address.password}
    before = {key: chosen[key] for key in parts}
    connections["default"].close()
    chosen.update(parts)
    try:
        yield
    finally:
        connections["default"].close()
        chosen.update(before)


def run_name() -> str:
    """This process's own database; with pytest-xdist each worker has one."""
    return f"{RUN}{os.getpid()}"


def _digest() -> str:
    """Changes whenever a migration, a grant, a library's version or this file does."""
    sum_ = hashlib.sha256()
    files = [CHECKOUT / "uv.lock", Path(roles.__file__), Path(__file__)]
    files += CHECKOUT.glob("moothall/*/migrations/*.py")
    for file in sorted(files):
        if file.exists():
            sum_.update(f"{file.name}\0".encode() + file.read_bytes())
    return sum_.hexdigest()[:16]


def _ensure_web_role(connection: "Connection[tuple[object, ...]]", web: Address) -> None:
    found = connection.execute("select 1 from pg_roles where rolname = %s", [web.user]).fetchone()
    statement = sql.SQL("{} role {} login password {}")
    verb = sql.SQL("alter" if found else "create")
    connection.execute(statement.format(verb, sql.Identifier(web.user), sql.Literal(web.password)))
    # So that the owner may end the sessions a test left open.
    connection.execute(sql.SQL("grant {} to current_user").format(sql.Identifier(web.user)))


def _forget_old(connection: "Connection[tuple[object, ...]]", current: str) -> None:
    """Drop what killed runs left behind, and templates of migrations long gone."""
    found = connection.execute("select datname, oid from pg_database order by oid desc").fetchall()
    names = [str(name) for name, _ in found]
    for name in names:
        if name.startswith(RUN) and not psutil.pid_exists(int(name.removeprefix(RUN))):
            _drop(connection, name)
    old = [name for name in names if name.startswith(TEMPLATE) and name != current]
    for name in old[KEPT_TEMPLATES:]:
        try:
            _drop(connection, name)
        except psycopg.errors.ObjectInUse:
            continue  # being copied by another run at this moment


def _drop(connection: "Connection[tuple[object, ...]]", name: str) -> None:
    # The server's own vacuum may be at work in it; only a superuser may send it away, but it ends by itself.
    statement = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
    for _try in range(50):
        try:
            connection.execute(statement)
        except errors.InsufficientPrivilege:
            time.sleep(0.2)
        else:
            return
    connection.execute(statement)
