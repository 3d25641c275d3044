"""The command line: `moothall up · migrate · manage · clock`, and the words each app adds.

What needs the database is imported where it is used, so that `moothall clock` answers at once.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .cannot import Cannot, expected
from .home import Home, home
from .progress import complain, say

if TYPE_CHECKING:
    from .embedded import Embedded

DONE_BY_THE_OWNER = frozenset({"migrate", "flush", "sqlmigrate", "inspectdb", "pgtrigger"})
WITHOUT_DATABASE = frozenset(
    {"check", "collectstatic", "compilemessages", "findstatic", "help", "makemessages", "diffsettings"}
)
ABOUT = {
    "up": "start everything and keep it running: database, web and worker",
    "migrate": "bring the database up to date",
    "manage": "pass words on to Django's own commands",
    "backup": "back up the database, documents and messages",
    "restore": "put a backup back, to its end or to any second since",
    "drill": "restore the newest backup elsewhere and compare",
    "clock": "work out a deadline: moothall clock RULE --received DATE",
    "plan": "plan training or a timetable, and check plans: moothall plan training CASE",
    "streets": "make an OpenStreetMap extract ready for travel times: moothall streets FILE.osm.pbf",
}


def up(words: Sequence[str]) -> int:
    from .up import up as run

    argparse.ArgumentParser(prog="moothall up", description=ABOUT["up"]).parse_args(words)
    return run()


def migrate(words: Sequence[str]) -> int:
    from .up import database_server, prepare

    argparse.ArgumentParser(prog="moothall migrate", description=ABOUT["migrate"]).parse_args(words)
    at = _home()
    with database_server(at):
        prepare(at)
    say("The database is up to date.")
    return 0


def manage(words: Sequence[str]) -> int:
    """Django's commands, as the owner where they change tables."""
    from django.core.management import execute_from_command_line

    at = _home()
    verb = words[0] if words else "help"
    if verb in DONE_BY_THE_OWNER:
        os.environ["MOOTHALL_AS_OWNER"] = "1"
    if verb in WITHOUT_DATABASE or "--help" in words:
        execute_from_command_line(["moothall manage", *words])
        return 0
    with _database(at):
        execute_from_command_line(["moothall manage", *words])
        if verb == "migrate":
            from . import roles
            from .database import owner_address, web_address

            roles.grant(owner_address(at), web_address(at).user)
    return 0


def backup(words: Sequence[str]) -> int:
    from .backing_up import backup as run

    at = _home()
    with _database(at):
        return run(at, words)


def restore(words: Sequence[str]) -> int:
    from .restoring import restore as run

    return run(_home(), words)


def drill(words: Sequence[str]) -> int:
    from .restoring import drill as run

    return run(_home(), words)


def clock(words: Sequence[str]) -> int:
    return int(importlib.import_module("clocks.command").run(words) or 0)


def plan(words: Sequence[str]) -> int:
    return int(importlib.import_module("planner.command").run(words) or 0)


def streets(words: Sequence[str]) -> int:
    """Where nothing else is said, what is made goes into the home's own folder."""
    return int(importlib.import_module("planner.streets.command").run(words, home().streets) or 0)


def registered(name: str, words: Sequence[str]) -> int:
    """A command that an app has added; the database is started and complete before it runs."""
    from moothall.core.commands import find

    at = _home()
    _set_up_django()
    command = find(name)
    if command is None:
        raise Cannot(f"There is no command called {name}; `moothall help` lists them.")
    parser = argparse.ArgumentParser(prog=f"moothall {name}", description=command.help)
    command.add_arguments(parser)
    arguments = parser.parse_args(words)
    if not command.needs_database:
        return command.run(arguments) or 0
    with _database(at):
        _ensure_migrated(at)
        code = command.run(arguments) or 0
        if command.fills_tables and not code:
            _look_at_the_tables(at)
        return code


def _look_at_the_tables(at: Home) -> None:
    from .preparation import look_at_the_tables

    look_at_the_tables(at)


def help_(_: Sequence[str]) -> int:
    from moothall.core.commands import all_commands

    _home()
    _set_up_django()
    listed = ABOUT | {command.name: command.help for command in all_commands()}
    say("moothall COMMAND …\n")
    for name, about in listed.items():
        say(f"  {name:<10} {about}")
    say("\n`moothall COMMAND --help` says more about one of them.")
    return 0


BUILT_IN = {
    "up": up, "migrate": migrate, "manage": manage, "clock": clock, "plan": plan, "streets": streets,
    "backup": backup, "restore": restore, "drill": drill,
}  # fmt: skip
HELP = frozenset({"help", "-h", "--help"})


def _home() -> Home:
    at = home()
    at.prepare()
    return at


def _set_up_django() -> None:
    import django

    django.setup()


@contextmanager
def _database(at: Home) -> Iterator[None]:
    from .database import is_embedded, owner_address
    from .embedded import running
    from .roles import connect

    if not is_embedded():
        connect(owner_address(at)).close()
        yield
        return
    with running(at) as server:
        _let_copying_be_unhindered(server)
        yield


def _let_copying_be_unhindered(server: "Embedded") -> None:
    """A million sample rows need not be checked one by one where the database server is our own."""
    from moothall.core.copying import let_copying_be_unhindered

    def role() -> dict[str, str]:
        address = server.superuser("moothall")
        return {"USER": address.user, "PASSWORD": address.password}

    let_copying_be_unhindered(role)


def _ensure_migrated(at: Home) -> None:
    """A new database is set up on the way; one that lags behind is the administrator's to migrate."""
    from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
    from django.db.migrations.executor import MigrationExecutor

    from .up import prepare

    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        is_new = not executor.loader.applied_migrations
    except DatabaseError:
        is_new = True  # not even the web role is there
    if is_new:
        prepare(at)
    elif executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Cannot("The database is older than this Moothall: run `moothall migrate` first.")


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; whatever is expected to go wrong is one sentence and exit code 1."""
    given = list(sys.argv[1:] if words is None else words)
    name, rest = (given[0], given[1:]) if given else ("help", [])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.config.settings")
    try:
        if name in HELP:
            return help_(rest)
        built_in = BUILT_IN.get(name)
        return built_in(rest) if built_in else registered(name, rest)
    except KeyboardInterrupt:
        complain("Stopped.")
        return 130
    except Exception as problem:
        sentence = expected(problem)
        if sentence is None:
            raise
        complain(sentence)
        return 1


if __name__ == "__main__":
    sys.exit(main())
