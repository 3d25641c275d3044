"""The two database roles: the owner migrates; the web role owns nothing and may only use the rows."""

from collections.abc import Sequence

import psycopg
from psycopg import Connection, sql

from .cannot import Cannot
from .database import OLDEST_SERVER, Address, web_role
from .home import Home

# Tables whose rows may be added and read, never changed or removed, by the web role.
APPEND_ONLY = ("records_auditevent", "records_auditseal", "records_auditcheck")
# Tables that only the owner writes.
READ_ONLY = ("django_migrations",)


def connect(address: Address, *, name: str = "DATABASE_URL") -> "Connection[tuple[object, ...]]":
    """Open a connection, or say in one sentence why there is none."""
    try:
        connection = psycopg.connect(address.conninfo, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as problem:
        why = str(problem).strip().splitlines()[-1].strip().rstrip(".")
        raise Cannot(
            f"The database at {address.plainly()} cannot be reached: {why}. Check {name}."
        ) from problem
    version = connection.info.server_version
    if version < OLDEST_SERVER * 10_000:
        connection.close()
        raise Cannot(
            f"The database at {address.plainly()} is PostgreSQL {version // 10_000}; Moothall needs "
            f"{OLDEST_SERVER} or newer."
        )
    if connection.info.parameter_status("server_encoding") != "UTF8":
        connection.close()
        raise Cannot(
            f"The database at {address.plainly()} does not hold Unicode: create it with encoding UTF8."
        )
    return connection


def ensure_web_role(owner: Address, web: Address, home: Home, *, given: bool) -> None:
    """Make the web role, unless its address was `given`; then it must exist already."""
    if given and web.user == owner.user:
        raise Cannot(
            f"DATABASE_URL and DATABASE_WEB_URL both name the role {web.user}: web and worker need one of "
            "their own, which owns nothing."
        )
    if given:
        connect(web, name="DATABASE_WEB_URL").close()
        return
    role, password = sql.Identifier(web.user), sql.Literal(web.password)
    with connect(owner) as connection:
        found = connection.execute("select 1 from pg_roles where rolname = %s", [web.user]).fetchone()
        if found and _opens(web):
            return
        if found and _is_in_use(connection, web.user):
            raise Cannot(
                f"The database role {web.user} is in use by another Moothall, whose home is not {home.path}: "
                "stop that one, or give its address in DATABASE_WEB_URL."
            )
        verb = sql.SQL("alter" if found else "create")
        try:
            connection.execute(sql.SQL("{} role {} login password {}").format(verb, role, password))
        except psycopg.errors.InsufficientPrivilege as problem:
            raise Cannot(
                f"The database role {owner.user} may not {verb.as_string()} roles: {verb.as_string()} "
                f"{web.user} by hand (create role {web.user} login password '…') and give its address in "
                "DATABASE_WEB_URL."
            ) from problem


def _opens(web: Address) -> bool:
    try:
        psycopg.connect(web.conninfo, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _is_in_use(connection: "Connection[tuple[object, ...]]", role: str) -> bool:
    found = connection.execute("select 1 from pg_stat_activity where usename = %s limit 1", [role])
    return found.fetchone() is not None


def grant(owner: Address, role: str) -> None:
    """Give the web role the use of every table, and of the append-only ones only adding and reading."""
    name = sql.Identifier(role)
    with connect(owner) as connection, connection.transaction():
        tables = {
            row[0]
            for row in connection.execute("select tablename from pg_tables where schemaname = 'public'")
        }
        for statement in (
            "grant connect, temporary on database {database} to {role}",
            "revoke create on schema public from public, {role}",
            "grant usage on schema public to {role}",
            "grant select, insert, update, delete on all tables in schema public to {role}",
            "grant usage, select, update on all sequences in schema public to {role}",
            "grant execute on all functions in schema public to {role}",
        ):
            database = sql.Identifier(owner.database)
            _execute(connection, statement, database=database, role=name)
        for table in tables.intersection(APPEND_ONLY):
            _execute(
                connection,
                "revoke update, delete, truncate, references, trigger on {table} from {role}",
                table=sql.Identifier(str(table)),
                role=name,
            )
        for table in tables.intersection(READ_ONLY):
            _execute(
                connection,
                "revoke insert, update, delete, truncate on {table} from {role}",
                table=sql.Identifier(str(table)),
                role=name,
            )


def _execute(connection: "Connection[tuple[object, ...]]", statement: str, **names: sql.Composable) -> None:
    connection.execute(sql.SQL(statement).format(**names))


WALL = """
select rolname,
       rolsuper,
       rolbypassrls,
       (select count(*) from pg_class c where c.relowner = r.oid and c.relkind in ('r', 'p')),
       (select count(distinct c.relowner) from pg_class c
         where c.relkind in ('r', 'p') and c.relowner <> r.oid and pg_has_role(r.oid, c.relowner, 'member')),
       has_schema_privilege(r.oid, 'public', 'create')
  from pg_roles r
 where rolname = current_user
"""


def faults(row: Sequence[object]) -> list[str]:
    """What is wrong with the role the web would use; nothing when it is as weak as it must be."""
    name, is_super, bypasses, owned, member_of, creates = row
    found = []
    if is_super:
        found.append("is a superuser")
    if bypasses:
        found.append("bypasses row-level security")
    if owned:
        found.append(f"owns {owned} tables")
    if member_of and not is_super:
        found.append("is a member of a role that owns tables")
    if creates and not is_super:
        found.append("may create tables")
    return [f"The database role {name} {fault}" for fault in found]


def refuse_strong_role(web: Address) -> None:
    """Refuse to start when the web's role could step round the audit trail or the row policies."""
    with connect(web, name="DATABASE_WEB_URL") as connection:
        row = connection.execute(WALL).fetchone()
    found = faults(row or ())
    if found:
        raise Cannot(
            f"{found[0]}; web and worker must use one that owns nothing and is no superuser "
            f"({web_role(web)}, say): correct DATABASE_WEB_URL."
        )
