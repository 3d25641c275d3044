"""SIGKILL while a schedule is published and told of: all of it or nothing, and every letter once."""

import datetime as dt
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Model
from psycopg.conninfo import make_conninfo

from moothall.core.clock import now, today
from moothall.letters.models import Letter
from moothall.people.tests.make import make_account
from moothall.records.rules.destroying import clear_leftovers
from moothall.training.models import Nomination, PlaceNews, ScheduleNotice, ScheduleVersion, Session
from moothall.training.rules.announcing import tell_of_schedule
from moothall.training.rules.schedule import draft, open_schedule
from moothall.training.tests.make import make_line, make_reader
from moothall.workforce.tests.make import make_employment
from tests.faults.results import fault
from tests.faults.sweep import assert_well_here

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[2]
DAY = dt.timedelta(days=1)
SESSIONS, EACH = 12, 5
STEPS = ("carry_out", "link_lines", "write_notices", "_note_news", "append_audit", "tell_later")
TOLD = ("notice 1", "news 1", "notice 2", "news 20", "news 7")


def process(what: str, version: Model, where: str) -> int:
    """One on this very database; the answer is how it ended."""
    given = connection.get_connection_params()
    words = {key: given[key] for key in ("host", "port", "user", "password", "dbname") if given.get(key)}
    known = os.environ | {
        "DATABASE_URL": make_conninfo("", **words), "MOOTHALL_AS_OWNER": "1", "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "moothall.config.settings"),
        "MOOTHALL_HOME": str(settings.HOME.path),
    }  # fmt: skip
    order = [sys.executable, "-m", "tests.faults.publishing", what, str(version.pk), where]
    done = subprocess.run(
        order, cwd=ROOT, env=known, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode


def a_draft() -> ScheduleVersion:
    schedule = open_schedule(
        name="The year", from_on=today(), until_on=today() + 300 * DAY, by=None, at=now()
    )
    for sort in ("DUTY", "CATERING"):
        make_reader(sort)
    lines = [
        make_line(
            days=(today() + DAY * (30 + number),),
            people=tuple(make_employment(account=make_account()).pk for _n in range(EACH)),
        )
        for number in range(SESSIONS)
    ]
    return draft(schedule=schedule, lines=lines, by=None, at=now())


def test_killed_at_any_step_of_publishing_nothing_or_all_of_it_is_there_and_everybody_hears_once() -> None:
    version = a_draft()
    done = f"{len(STEPS) + len(TOLD)} times kill -9: while publishing, and while telling of it"
    with fault(12, "killed during a publish", done) as row:
        row.n = SESSIONS * EACH
        for step in STEPS:
            assert process("publish", version, step) == -signal.SIGKILL
            version.refresh_from_db()
            assert version.state == ScheduleVersion.DRAFT
            kept = [
                each for each in (Session, Nomination, ScheduleNotice, PlaceNews) if each.objects.exists()
            ]
            assert not kept
        assert process("publish", version, "the end") == 0
        for step in TOLD:
            process("tell", version, step)
        tell_of_schedule(version.pk, at=now())
        assert tell_of_schedule(version.pk, at=now()) == 0
        sent = Counter(Letter.objects.values_list("to_address", flat=True))
        row.lost = max(row.n + 2 - len(sent), 0)
        row.doubled = sum(many - 1 for many in sent.values())
        assert (row.lost, row.doubled) == (0, 0), sent
        assert Nomination.objects.placed().count() == row.n
        clear_leftovers(at=now() + 8 * DAY)  # of what was killed: notices that were written and never meant
        assert_well_here()
