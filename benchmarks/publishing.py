"""A schedule of 1,000 sessions and 10,000 places, published and then changed: CPU seconds and statements.

python -m benchmarks --publishing           loads a small office once, publishes in it, takes all of it back
"""

import argparse
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from moothall.config.embedded import running
from moothall.config.home import Home

from .measuring import cpu_of
from .office import LEARNING, load
from .report import number

if TYPE_CHECKING:
    from moothall.training.models import ScheduleVersion
    from moothall.training.rules.planned import PlannedLine

SESSIONS, EACH, TEAMS, STAFF, TRAINERS, COURSES, SITES, DAYS = 1000, 10, 100, 4000, 40, 5, 9, 168
EVERY = 5  # of the second version, so many sessions are a week later
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Row:
    """What was done: processor seconds of the program and of the database, and statements."""

    name: str
    cpu: float
    statements: int
    said: str


def measure_publishing(asked: argparse.Namespace, home: Path) -> None:
    rows = publish_a_year(asked, home)
    print(f"{SESSIONS:,} sessions, {SESSIONS * EACH:,} places, {STAFF:,} people in {TEAMS} teams; ", end="")
    print(f"load {psutil.getloadavg()[0]:.1f}\n\n| | CPU s | statements | |\n|---|--:|--:|---|")
    for row in rows:
        cells = [row.name, number(row.cpu), f"{row.statements:,}", row.said]
        print("| " + " | ".join(cells) + " |")


def publish_a_year(asked: argparse.Namespace, home: Path) -> list[Row]:
    load(home, LEARNING, scale=1, seed=asked.seed)
    with running(Home(home)) as server:
        from django.db import transaction

        with transaction.atomic():
            rows = _measure(server.pid() or 0)
            transaction.set_rollback(True)
    return rows


def _measure(server: int) -> list[Row]:
    from moothall.core.clock import now, today
    from moothall.training.models import ScheduleVersion
    from moothall.training.rules.abstraction import abstraction_of
    from moothall.training.rules.checking import find_problems
    from moothall.training.rules.picture import draw
    from moothall.training.rules.publishing import differences_of, publish
    from moothall.training.rules.schedule import draft
    from moothall.training.tests.make import make_reader, make_schedule

    schedule, by = make_schedule(), _keeper()
    make_reader("DUTY")
    make_reader("CATERING")
    lines, monday = _lines(), _monday()
    given: dict[str, Any] = {"by": by, "at": now(), "today": today()}
    first = draft(schedule=schedule, lines=lines, by=None, at=now())
    later = [_later(line) if turn % EVERY == 0 else line for turn, line in enumerate(lines)]

    def fresh(version: "ScheduleVersion") -> "ScheduleVersion":
        return ScheduleVersion.objects.select_related("schedule").get(pk=version.pk)

    def checked() -> object:
        return find_problems(first, differences_of(first, today=today()), today=today())

    rows = [_row("The draft is checked", server, checked)]
    rows.append(_row("Published", server, lambda: publish(first, **given).outcome))
    second = draft(schedule=schedule, lines=later, by=None, at=now())
    rows.append(_row("Each fifth a week later", server, lambda: publish(second, **given).outcome))
    picture = _row("Picture by months", server, lambda: draw(fresh(second), "months", monday))
    teams = _row(
        "Four weeks of teams", server,
        lambda: abstraction_of(fresh(second), monday, monday + 4 * WEEK),
    )  # fmt: skip
    return [*rows, replace(picture, said=""), replace(teams, said="")]


def _row(name: str, server: int, work: Callable[[], object]) -> Row:
    import os

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    roots = [os.getpid(), server]
    before = cpu_of(roots)
    with CaptureQueriesContext(connection) as captured:
        done = work()
    said = ", ".join(f"{many:,} {what}" for what, many in done.items()) if isinstance(done, dict) else ""
    return Row(name, cpu_of(roots) - before, len(captured), said)


def _monday() -> dt.date:
    from moothall.core.clock import today

    return today() + dt.timedelta(days=28 - today().weekday())


def _keeper() -> Any:
    from moothall.training.tests.make import make_keeper

    return make_keeper()


def _later(line: "PlannedLine") -> "PlannedLine":
    return replace(line, days=tuple(day + WEEK for day in line.days), trainers=())


def _staff() -> Sequence[int]:
    """People in teams of forty, of whom three quarters have to be left; copied from one of each team."""
    from moothall.core.clock import now, today
    from moothall.people.models import Person
    from moothall.training.models import TeamMinimum
    from moothall.workforce.models import Assignment, Employment
    from moothall.workforce.tests.make import make_employment, make_unit

    first = [make_employment(unit=make_unit()) for _turn in range(TEAMS)]
    units = [each.assignments.get() for each in first]
    more = STAFF - TEAMS
    base = first[0]
    persons = Person.objects.bulk_create(
        Person(**_like(base.person, reference=f"ZZ{turn:06}", full_name=f"Officer {turn}"))
        for turn in range(more)
    )
    rest = Employment.objects.bulk_create(
        Employment(**_like(base, person_id=each.pk, number=f"ZZ{turn:06}"))
        for turn, each in enumerate(persons)
    )
    Assignment.objects.bulk_create(
        Assignment(**_like(units[0], employment_id=each.pk, unit_id=units[turn % TEAMS].unit_id))
        for turn, each in enumerate(rest)
    )
    TeamMinimum.objects.bulk_create(
        TeamMinimum(unit_id=each.unit_id, percent=75, from_on=today(), why="Measured", set_at=now())
        for each in units
    )
    return [each.pk for each in (*first, *rest)]


def _like(row: Any, **changes: Any) -> dict[str, Any]:
    fields = (each for each in row._meta.concrete_fields if not each.primary_key and not each.generated)
    return {each.attname: getattr(row, each.attname) for each in fields} | changes


def _lines() -> list["PlannedLine"]:
    """Sessions of a day each over 24 weeks, each with its trainer and ten people."""
    from moothall.training.rules.planned import PlannedLine
    from moothall.training.tests.make import make_course, make_site

    people = _staff()
    trainers, staff = people[:TRAINERS], people[TRAINERS:]
    versions = [make_course().versions.get().pk for _turn in range(COURSES)]
    sites = [make_site().pk for _turn in range(SITES)]
    days = [_monday() + dt.timedelta(days=turn) for turn in range(DAYS)]
    weekdays = [day for day in days if day.weekday() < 5]
    return [
        PlannedLine(
            key=f"{turn}", course_version_id=versions[turn % COURSES], place_id=sites[turn % SITES],
            days=(weekdays[turn % len(weekdays)],), places=12,
            trainers=(trainers[(turn // len(weekdays)) * 2],),
            people=tuple(staff[(turn * EACH + each) % len(staff)] for each in range(EACH)),
        )
        for turn in range(SESSIONS)
    ]  # fmt: skip
