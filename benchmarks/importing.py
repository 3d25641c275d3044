"""Staff records brought in from an extract: read, compared without writing, carried out, compared again,
taken back; what each step costs in processor time and statements, for more and more rows.

    python -m benchmarks --import 1k,3k,9k

A step that costs twice as much a row for twice as many rows would be seen here: the last column is the cost
of a row beside that of the smallest file. The processor time is this process's and the database's together.
"""

import argparse
import csv
import datetime as dt
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from moothall.config.embedded import running
from moothall.config.home import Home
from moothall.core.clock import now
from moothall.core.serving import for_the_office
from moothall.people.models import Account, Organisation
from moothall.workforce import tasks
from moothall.workforce.models import StaffImport, StaffRow
from moothall.workforce.rules.bringing import taking
from moothall.workforce.rules.bringing.columns import guess_means

from .measuring import spent_here
from .office import moothall

HEADINGS: Final = (
    "Personal Reference", "Surname", "Forename", "Date of Birth", "NI Number", "Start Date", "Leaving Date",
    "Position Reference", "Position Title", "Org Unit", "Reports To", "Contract Type", "Contracted Hours",
    "FTE", "Email",
)  # fmt: skip
FORENAMES: Final = ["Aled", "Blodwen", "Chidi", "Delyth", "Eleri", "Farida", "Gwilym", "Hassan", "Ines"]
SURNAMES: Final = ["Adeyemi", "Bowen", "Carvalho", "Dube", "Ellis", "Farrow", "Haddad", "Iwasaki"]
A_UNIT: Final = 60
LED: Final = 12
DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """What one step of one file came to."""

    rows: int
    name: str
    seconds: float
    statements: int


def extract(rows: int, *, seed: int) -> bytes:
    """As iTrent writes it: units of sixty, a manager of every twelve, who may stand further down."""
    dice = Random(seed)
    lines: list[list[str]] = [list(HEADINGS)]
    for number in range(rows):
        head = number - number % LED
        born = dt.date(1960, 1, 1) + dice.randrange(16_000) * DAY
        started = dt.date(2005, 1, 3) + dice.randrange(7_000) * DAY
        manager = f"B{rows}-{head:05}" if number != head else ""
        lines.append([
            f"B{rows}-{number:05}", f"{dice.choice(SURNAMES)}-{rows}-{number}", dice.choice(FORENAMES),
            f"{born:%d/%m/%Y}", "", f"{started:%d/%m/%Y}", "", f"BP-{rows}-{number // A_UNIT}",
            f"Officer {number // A_UNIT}", f"Bench unit {number // A_UNIT}", manager, "Permanent", "37", "1",
            f"b{rows}.{number}@bench.example",
        ])  # fmt: skip
    dice.shuffle(body := lines[1:])
    text = io.StringIO()
    csv.writer(text).writerows([lines[0], *body])
    return text.getvalue().encode()


def measure_import(asked: argparse.Namespace, home: Path) -> int:
    """Every size in turn, in one office that has nobody in it; then the table."""
    if not (home / "loaded").exists():
        moothall(home, "load", "people-services")
        (home / "loaded").write_text("0")
    found: list[Step] = []
    with running(Home(home)) as server, for_the_office(), patch.object(tasks.bring_staff_on, "defer"):
        for rows in asked.rows:
            for step in _bring(rows, server.pid(), seed=asked.seed):
                print(f"{rows:,} rows, {step.name}: {step.seconds:.1f} s", file=sys.stderr, flush=True)
                found.append(step)
    print(table(found))
    return 0


def _bring(rows: int, server: int | None, *, seed: int) -> Iterator[Step]:
    by = _account()
    for number in range(-(-rows // A_UNIT)):
        Organisation.objects.get_or_create(name=f"Bench unit {number}", defaults={"kind": "department"})
    file = SimpleUploadedFile(f"bench-{rows}-{now():%H%M%S}.csv", extract(rows, seed=seed))
    table_ = taking.take_extract(file, by=by, at=now())
    step = _Measured(rows, server, table_)
    yield step("read")
    taking.say_what_it_means(table_, guess_means(_fresh(table_).columns), by=by, at=now())
    yield step("dry run, all new")
    _expect(table_, StaffRow.JOINER, rows)
    taking.begin_running(table_, kinds=[StaffRow.JOINER], by=by, at=now())
    yield step("carried out")
    again = taking.take_extract(file, by=by, at=now())
    tasks.bring_staff_on(import_id=again.pk)
    taking.say_what_it_means(again, guess_means(_fresh(again).columns), by=by, at=now())
    yield _Measured(rows, server, again)("dry run, all known")
    _expect(again, StaffRow.SAME, rows)
    taking.begin_undoing(table_, by=by, at=now())
    yield step("taken back")


def _account() -> Account:
    """Whoever keeps everybody's record; made for the run."""
    found = Account.objects.filter(email="bench@bench.example").first()
    return found or Account.objects.create(email="bench@bench.example", name="Bench")


def _fresh(table_: StaffImport) -> StaffImport:
    return StaffImport.objects.get(pk=table_.pk)


def _expect(table_: StaffImport, kind: str, rows: int) -> None:
    found = table_.lines.filter(kind=kind).count()
    if found != rows:
        reason = table_.lines.exclude(kind=kind).values_list("kind", "reason").first()
        raise AssertionError(f"{found} of {rows} rows are {kind}; one is {reason}.")


@dataclass
class _Measured:
    rows: int
    server: int | None
    table: StaffImport

    def __call__(self, name: str) -> Step:
        with _counted() as statements:
            before = spent_here(self.server)
            tasks.bring_staff_on(import_id=self.table.pk)
            spent = spent_here(self.server) - before
        return Step(self.rows, name, spent, statements[0])


@contextmanager
def _counted() -> Iterator[list[int]]:
    found = [0]

    def count(execute: Callable[..., Any], *given: Any) -> Any:
        found[0] += 1
        return execute(*given)

    with connection.execute_wrapper(count):
        yield found


def table(steps: list[Step]) -> str:
    """A line a step and size; a row's cost beside that of the smallest file."""
    least = min(each.rows for each in steps)
    first = {each.name: each.seconds / each.rows for each in steps if each.rows == least}
    lines = ["| step | rows | CPU s | CPU s a 1,000 | statements a 1,000 | × |", "|---|--:|--:|--:|--:|--:|"]
    for each in sorted(steps, key=lambda one: (list(first).index(one.name), one.rows)):
        by = 1000 / each.rows
        times = each.seconds / each.rows / first[each.name] if first[each.name] else 0
        lines.append(
            f"| {each.name} | {each.rows:,} | {each.seconds:.1f} | {each.seconds * by:.2f} "
            f"| {each.statements * by:,.0f} | {times:.2f} |"
        )
    return "\n".join(lines)
