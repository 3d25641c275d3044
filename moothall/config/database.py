"""Which database, and as which role: the owner migrates, the web role works."""

import hashlib
import os
import tempfile
from dataclasses import dataclass, replace
from typing import Any

from psycopg import Connection, ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from moothall.core.serving import AS_OFFICE, SETTING

from .cannot import Cannot
from .home import Home

OLDEST_SERVER = 15
EMBEDDED_DATABASE = "moothall"
EMBEDDED_OWNER = "moothall"
EMBEDDED_PORT = "5432"
ASKED_AGAIN = 3  # from the third asking on, PostgreSQL keeps its plan of a ready query
SESSIONS = {
    "web": "-c statement_timeout=9s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s",
    "worker": f"{AS_OFFICE} -c statement_timeout=10min -c lock_timeout=10s "
    "-c idle_in_transaction_session_timeout=10min",
    "command": f"{AS_OFFICE} -c lock_timeout=30s",
    "owner": f"{AS_OFFICE} -c lock_timeout=30s",
}


@dataclass(frozen=True)
class Address:
    """How to reach one database as one role."""

    host: str
    port: str
    database: str
    user: str
    password: str
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def conninfo(self) -> str:
        return make_conninfo("", **self.parts())

    def parts(self) -> dict[str, str]:
        named = {
            "host": self.host,
            "port": self.port,
            "dbname": self.database,
            "user": self.user,
            "password": self.password,
        }
        return dict(self.extra) | {key: value for key, value in named.items() if value}

    def plainly(self) -> str:
        """The address without its password, for messages."""
        return f"{self.user or 'you'}@{self.host or 'localhost'}:{self.port or '5432'}/{self.database}"

    def on(self, database: str) -> "Address":
        return replace(self, database=database)


def parse(url: str, *, name: str = "DATABASE_URL") -> Address:
    """Read a PostgreSQL address, as a URL or as libpq's `key=value` words."""
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
        if not parts.get("port", "0").isdigit():
            raise ProgrammingError(f"the port {parts['port']} is not a number")
    except ProgrammingError as problem:
        raise Cannot(
            f"{name} is not a PostgreSQL address (postgresql://user:password@host:5432/name): {problem}."
        ) from problem
    known = ("host", "port", "dbname", "user", "password")
    host, port, database, user, password = (parts.pop(key, "") for key in known)
    if not database:
        raise Cannot(f"{name} does not name a database (postgresql://user:password@host:5432/name).")
    return Address(host, port, database, user, password, tuple(sorted(parts.items())))


def socket_folder(home: Home) -> str:
    """Where the embedded server's socket lies; a long path would not fit into a socket address."""
    folder = home.postgres / "socket"
    if len(os.fsencode(f"{folder}/.s.PGSQL.{EMBEDDED_PORT}.lock")) < 100:
        return str(folder)
    mark = hashlib.sha256(os.fsencode(home.path)).hexdigest()[:16]
    return f"{tempfile.gettempdir()}/moothall-{mark}"


def is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def owner_address(home: Home) -> Address:
    """The role that owns every table and migrates."""
    url = os.environ.get("DATABASE_URL")
    if url:
        return parse(url)
    key = home.key("database-owner")
    return Address(socket_folder(home), EMBEDDED_PORT, EMBEDDED_DATABASE, EMBEDDED_OWNER, key)


def web_role(owner: Address) -> str:
    return f"{owner.database}_web"[:63]


def web_address(home: Home) -> Address:
    """The role that owns nothing: web, worker and commands connect as this one."""
    url = os.environ.get("DATABASE_WEB_URL")
    if url:
        return parse(url, name="DATABASE_WEB_URL")
    owner = owner_address(home)
    return replace(owner, user=web_role(owner), password=home.key("database-web"))


def this_process() -> str:
    """What this process is to the database: owner, web, worker or command."""
    if os.environ.get("MOOTHALL_AS_OWNER") == "1":
        return "owner"
    return os.environ.get("MOOTHALL_PROCESS", "command")


def serve_nobody(connection: "Connection[Any]") -> None:
    """A connection that comes back to the pool has forgotten whom it served."""
    connection.execute(f"reset {SETTING}")
    if not connection.autocommit:
        connection.commit()


def web_threads() -> int:
    """How many requests one web process answers at once, each on its own connection."""
    return int(os.environ.get("MOOTHALL_THREADS", "3"))


def django_settings(home: Home, process: str) -> dict[str, Any]:
    """`DATABASES['default']` for a process: the owner, the web, the worker or a command."""
    address = owner_address(home) if process == "owner" else web_address(home)
    options: dict[str, Any] = dict(address.extra)
    options["options"] = f"{options.get('options', '')} {SESSIONS[process]}".strip()
    options.setdefault("application_name", f"moothall {process}")
    options.setdefault("connect_timeout", "5")
    options["prepare_threshold"] = ASKED_AGAIN
    if process == "web":
        options["pool"] = {"min_size": 1, "max_size": web_threads(), "timeout": 30, "reset": serve_nobody}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": address.host,
        "PORT": address.port,
        "NAME": address.database,
        "USER": address.user,
        "PASSWORD": address.password,
        "ATOMIC_REQUESTS": True,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
