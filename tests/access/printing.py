"""Prints the table for people to read: docs/permissions.md.

.venv/bin/python -m tests.access.printing
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.utils import translation

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
PACK = Path(__file__).parents[2] / "packs" / "learning-desk" / "organisation.yaml"
COMMAND = ".venv/bin/python -m tests.access.printing"
HEAD = """# Who may do what

Printed from `tests/access/`, where it is also tried, cell by cell, against the running pages: change the rows
there, then run `{command}`.

- What somebody may not see does not exist for them: the answer is 404, the same as for nothing at all.
- What a role does not include is 403. Strangers are sent to sign in, and so is whoever still has to set up
  the second factor that their role asks for; programs get 401 and 403.
- A method that is not listed is answered with 405. A GET never writes, but for what the tests name.
- A role is held in one team or in the whole office. The roles below are those of the learning desk:
  coordinator, adviser, lead and team manager in one team, the others in the whole office.

How a case can stand to the team of the person who asks:

| word | meaning |
| --- | --- |
| own, mine | a case of one's team; the same, assigned to oneself |
| other | a case of another team |
| handed | one's team had it first and handed it on |
| open | another team's, open to all staff |
| named, unnamed | restricted, and one is named on it, or not |
| sealed, opened, hidden | sealed: named and no reason given yet; named and opened with a reason; not named |
| closed | a case of one's team that is closed |
"""


def printed() -> str:
    """The whole page."""
    with translation.override("en-gb"):
        return "\n".join([HEAD.format(command=COMMAND), *_roles(), *_routes()]) + "\n"


def _pack_roles() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(PACK.read_text())["roles"]
    return found


def _roles() -> Iterator[str]:
    from moothall.core.permissions import all_permissions

    roles = _pack_roles()
    yield "## What each role includes\n"
    yield "| permission | what it allows | " + " | ".join(role["name"] for role in roles) + " |"
    yield "| --- | --- |" + " :-: |" * len(roles)
    for permission in all_permissions():
        ticks = ["✓" if permission.name in role["permissions"] else "" for role in roles]
        yield f"| `{permission.name}` | {permission.description} | " + " | ".join(ticks) + " |"
    yield ""


def _routes() -> Iterator[str]:
    from .rows import TABLE
    from .walking import walk

    known = {route.name: route for route in reversed(list(walk()))}
    yield "## What each route answers\n"
    for area in TABLE:
        yield f"### {area.kind[:1].upper()}{area.kind[1:]}\n"
        yield "| route | method | permission | who | " + " | ".join(area.relations) + " |"
        yield "| --- | --- | --- | --- |" + " --- |" * len(area.relations)
        for row in area.rows:
            route, told = known[row.route], dict(row.answers)
            answers = " | ".join(str(told.get(relation, "–")) for relation in area.relations)
            label, who = route.label_for(row.method), _who(row.seats)
            yield f"| `{_path(route.path)}` | {row.method} | {label} | {who} | {answers} |"
        yield ""


def _path(path: str) -> str:
    return path.replace("|", "\\|")


def _who(seats: str) -> str:
    from .table import NAMES, SEATS

    if seats == SEATS:
        return "everybody"
    if set(seats) == set(SEATS) - {"X"}:
        return "whoever is signed in"
    if set(seats) == set(SEATS) - {"X", "F"}:
        return "whoever is signed in, second factor and all"
    return ", ".join(NAMES[seat].replace("-", " ") for seat in seats)


def main() -> None:
    from moothall.config.tests import environment

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.config.settings")
    try:
        import django

        django.setup()
        PAGE.write_text(printed())
    finally:
        shutil.rmtree(environment.SCRATCH, ignore_errors=True)


if __name__ == "__main__":
    main()
