"""Makes a database ready for work: migrations and grants as the owner, then the first office."""

import hashlib
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict

from . import database, roles
from .cannot import expected
from .home import Home, home
from .progress import complain, say, step

DEMO_SIGN_INS = "demo-sign-ins.json"


def migrate(at: Home) -> None:
    """Bring the tables up to date and give the web role what it may do; Django runs as the owner."""
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    owner, web = database.owner_address(at), database.web_address(at)
    given = bool(os.environ.get("DATABASE_WEB_URL"))
    roles.ensure_web_role(owner, web, at, given=given)
    executor = MigrationExecutor(connections["default"])
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        with step(f"Setting up the tables, {waiting} migrations"):
            call_command("migrate", verbosity=0, interactive=False)
    roles.grant(owner, web.user)


def collect_static(at: Home) -> None:
    """Gather style sheets, scripts and pictures under hashed names, unless nothing has changed."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    sum_ = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = os.stat(storage.path(path))
            sum_.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\0".encode())
    mark = at.static / ".gathered"
    if mark.exists() and mark.read_text() == sum_.hexdigest():
        return
    with step("Gathering style sheets and scripts"):
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        mark.write_text(sum_.hexdigest())


def is_demo_allowed() -> bool:
    """Its passwords are known to everybody: an office with a public address has to ask for it."""
    return os.environ.get("MOOTHALL_DEMO", "0" if os.environ.get("MOOTHALL_PUBLIC_URL") else "1") != "0"


def load_demo(at: Home) -> None:
    """Fill an empty database with the demo office; its sign-ins are kept for the next start."""
    from django.db import connections

    from moothall.core.commands import demo

    office = demo()
    if office is None or not is_demo_allowed():
        return
    connections["default"].close()
    connections["default"].settings_dict.update(database.django_settings(at, "command"))
    if office.is_wanted():
        say("Loading the demo office:")
        sign_ins = [asdict(person) for person in office.load()]
        file = at.path / DEMO_SIGN_INS
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            json.dump(sign_ins, out, indent=1)
        look_at_the_tables(at)


def look_at_the_tables(at: Home) -> None:
    """Have PostgreSQL look at its tables now that they are full: until it has, it plans for empty ones, and a
    list that takes a hundredth of a second may take ten."""
    with step("Looking at what the tables hold"), roles.connect(database.owner_address(at)) as connection:
        connection.execute("analyze")


def demo_sign_ins(at: Home) -> list[dict[str, str]]:
    file = at.path / DEMO_SIGN_INS
    return list(json.loads(file.read_text())) if file.exists() else []


def main(words: Sequence[str]) -> int:
    """`python -m moothall.config.preparation [--office]`, with MOOTHALL_AS_OWNER=1."""
    import django

    at = home()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.config.settings")
    try:
        django.setup()
        migrate(at)
        if "--office" in words:
            collect_static(at)
            load_demo(at)
    except Exception as problem:
        sentence = expected(problem)
        if sentence is None:
            raise
        complain(sentence)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
