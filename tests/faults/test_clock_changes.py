"""Clocks that go forward, back, or wrong: each job once a day, nobody told twice, every deadline exact."""

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from croniter import croniter  # type: ignore[import-untyped]

import clocks
from clocks.events import Event
from moothall.cases.models import Digest, Escalation
from moothall.cases.rules.assigning import assign_case
from moothall.cases.rules.digesting import write_digests
from moothall.cases.rules.escalating import escalate_late
from moothall.cases.tests.make import make_case, make_led_team, make_worker
from moothall.config.embedded import Embedded, running
from moothall.config.home import Home
from moothall.config.tests.homes import copy_of
from moothall.config.timetable import TIMETABLE
from moothall.core.clock import LONDON, in_london
from moothall.enquiries.rules.calling_back import window_on
from moothall.enquiries.tests.killing import run
from moothall.letters.models import Letter
from tests.faults.results import fault
from tests.faults.sweep import assert_well

pytestmark = pytest.mark.faults
needs_faketime = pytest.mark.skipif(
    shutil.which("faketime") is None, reason="faketime is not installed: apt-get install faketime"
)
QUARTER, HOUR = dt.timedelta(minutes=15), dt.timedelta(hours=1)
SPANS = [
    pytest.param(dt.date(2027, 3, 25), dt.date(2027, 3, 31), id="the clocks go forward, over Easter"),
    pytest.param(dt.date(2027, 10, 29), dt.date(2027, 11, 2), id="the clocks go back"),
    pytest.param(dt.date(2028, 2, 28), dt.date(2028, 3, 2), id="a leap day"),
    pytest.param(dt.date(2026, 12, 30), dt.date(2027, 1, 5), id="a year ends"),
]


def utc(*numbers: int) -> dt.datetime:
    return dt.datetime(*numbers, tzinfo=dt.UTC)  # type: ignore[arg-type, misc]


def days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]


def ticks(first: dt.date, last: dt.date) -> Iterator[dt.datetime]:
    """Every quarter of an hour, by a clock that is put back an hour at nine and forward three at ten."""
    for day in days(first, last):
        midnight = utc(day.year, day.month, day.day)
        through_the_morning = [midnight + QUARTER * number for number in range(9 * 4)]
        again = [midnight + 8 * HOUR + QUARTER * number for number in range(8)]
        later = [midnight + 13 * HOUR + QUARTER * number for number in range(11 * 4)]
        yield from [*through_the_morning, *again, *later]


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "last"), SPANS)
def test_each_is_told_once_a_day_whatever_the_clock_does(first: dt.date, last: dt.date) -> None:
    team = make_led_team()
    worker = make_worker(team=team)
    case = make_case(team=team)
    assign_case(case, to=worker, by=worker, at=case.received_at)
    working = [day for day in days(first, last) if clocks.calendar("EW").is_working_day(day)]
    with fault(4, "clock changes", f"{first} to {last}, back 1 h and forward 3 h each day") as row:
        for at in ticks(first, last):
            write_digests(at=at)
            if at.minute == 0:
                escalate_late(at=at, today=in_london(at).date())
        for account in {worker, team.lead}:
            told = list(Digest.objects.filter(account=account).order_by("day").values_list("day", flat=True))
            row.n += len(told)
            row.lost += len(set(working) - set(told))
            row.doubled += len(told) - len(set(told))
            assert told == working
        letters = Letter.objects.filter(about_kind="cases.digest")
        assert letters.count() == letters.values("about_id").distinct().count()
        escalated = Escalation.objects.filter(case=case)
        assert escalated.count() == escalated.values("level", "due_on").distinct().count() >= 1


@pytest.mark.parametrize(("first", "last"), SPANS)
def test_every_daily_job_strikes_once_on_each_day_in_london(first: dt.date, last: dt.date) -> None:
    daily = [job for job in TIMETABLE if all(part.isdigit() for part in job.cron.split()[:2])]
    assert {job.cron.split(maxsplit=2)[2] for job in daily} >= {"* * *", "* * 1-5"}
    for job in daily:
        wanted = [day for day in days(first, last) if _is_meant(job.cron, day)]
        striking = croniter(job.cron, utc(first.year, first.month, first.day) - HOUR)
        struck = [in_london(striking.get_next(dt.datetime)).date() for _day in wanted]
        assert struck == wanted, job.task


def _is_meant(cron: str, day: dt.date) -> bool:
    """Whether a daily schedule names this day: every day is meant, or Monday to Friday."""
    which = cron.split(maxsplit=2)[2]
    assert which in {"* * *", "* * 1-5"}, cron
    return which == "* * *" or day.isoweekday() <= 5


@pytest.mark.parametrize(
    ("aware", "due"),
    [
        (utc(2026, 12, 24, 16, 30), dt.datetime(2026, 12, 27, 16, 30)),  # noqa: DTZ001 - a wall clock
        (utc(2027, 3, 26, 17), dt.datetime(2027, 3, 29, 18)),  # noqa: DTZ001
        (utc(2026, 10, 23, 16), dt.datetime(2026, 10, 26, 16)),  # noqa: DTZ001
        (utc(2028, 2, 28, 10), dt.datetime(2028, 3, 2, 10)),  # noqa: DTZ001
    ],
)
def test_seventy_two_hours_are_seventy_two_hours(aware: dt.datetime, due: dt.datetime) -> None:
    told = [Event("aware", in_london(aware))]
    found = clocks.deadline(clocks.rule("BREACH-72", aware.date()), told).due_at
    assert found is not None
    assert found - aware == dt.timedelta(hours=72)
    assert in_london(found) == due.replace(tzinfo=LONDON)


def test_a_month_that_ends_on_the_leap_day_and_working_days_over_it() -> None:
    asked = [Event("received", dt.datetime(2028, 1, 31, 9, tzinfo=LONDON))]
    assert clocks.deadline(clocks.rule("SAR-1M", dt.date(2028, 1, 31)), asked).due_on == dt.date(2028, 2, 29)
    assert clocks.add(dt.date(2028, 2, 21), 10, "wd", "EW") == dt.date(2028, 3, 6)
    assert clocks.add(dt.date(2027, 3, 25), 1, "wd", "EW") == dt.date(2027, 3, 30)


@pytest.mark.parametrize("day", [dt.date(2027, 3, 27), dt.date(2027, 3, 28), dt.date(2027, 10, 31)])
def test_what_is_agreed_for_ten_is_at_ten_on_the_wall(day: dt.date) -> None:
    window = window_on(day, dt.time(10), None)
    assert in_london(window.from_at.astimezone(dt.UTC)).time() == dt.time(10)
    assert window.until_at.astimezone(dt.UTC) - window.from_at.astimezone(dt.UTC) == HOUR


@pytest.fixture
def home(prepared_home: Path, tmp_path: Path) -> Iterator[Path]:
    """An office of its own with a little sample work, all of it late by the year that is pretended."""
    home = copy_of(prepared_home, tmp_path / "home")
    run(home, "load", "learning-desk", "--demo", "--scale", "0.01")
    yield home
    Embedded(Home(home)).stop()


TASKS = (
    "import json; from moothall.cases.tasks import tell_of_what_is_late, write_morning_digests;"
    "print(json.dumps([write_morning_digests(), tell_of_what_is_late()]))"
)


def work_at(home: Path, moment: str) -> list[int]:
    """The worker's morning jobs in a process of their own, whose every clock says this moment."""
    command = ["faketime", "-f", f"@{moment}", sys.executable, "-m", "moothall.config.command"]
    known = os.environ | {"MOOTHALL_HOME": str(home), "TZ": "UTC", "MOOTHALL_DEMO": "0"}
    known.pop("DATABASE_URL", None)
    done = subprocess.run(
        [*command, "manage", "shell", "-c", TASKS], env=known, capture_output=True, text=True, timeout=240,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.strip().splitlines()[-1])
    return [int(number) for number in found]


@needs_faketime
def test_a_worker_whose_clock_is_put_back_and_forward_tells_nobody_twice(home: Path) -> None:
    """The weekend on which the clocks go back, then a clock that is set wrong twice."""
    place = Home(home)
    with (
        fault(4, "clock changes", "faketime: 29 Oct to 1 Nov 2027, back 1 h, forward 3 h") as row,
        running(place),
    ):
        friday = work_at(home, "2027-10-29 06:10:00")
        assert friday[0] > 0  # ten past seven by the summer's clock
        assert work_at(home, "2027-10-31 08:00:00")[0] == 0  # a Sunday
        assert work_at(home, "2027-11-01 06:10:00")[0] == 0  # ten past six by the winter's clock
        monday = work_at(home, "2027-11-01 07:10:00")
        assert monday[0] > 0
        for moment in ("2027-11-01 06:15:00", "2027-11-01 07:15:00", "2027-11-01 10:20:00"):
            assert work_at(home, moment) == [0, 0], moment
        with psycopg.connect(Embedded(place).superuser("moothall").conninfo) as office:
            told = office.execute("select account_id, day from cases_digest order by 1, 2").fetchall()
            late = office.execute(
                "select case_id, step_id, level, due_on from cases_escalation where settled_at is null"
            ).fetchall()
        row.n, row.doubled = len(told) + len(late), len(told) - len(set(told)) + len(late) - len(set(late))
        assert {day for _account, day in told} == {dt.date(2027, 10, 29), dt.date(2027, 11, 1)}
    assert_well(home)
