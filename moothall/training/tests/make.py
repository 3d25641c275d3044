"""Rows for tests: every `make_x(**changes)` gives a plain, saved one."""

import datetime as dt
from itertools import count
from typing import Any

from moothall.people.models import Account, Organisation, Place
from moothall.people.tests.make import AT, make_account
from moothall.training.models import (
    Course,
    Nomination,
    Schedule,
    ScheduleReader,
    ScheduleVersion,
    Session,
    TeamMinimum,
)
from moothall.training.rules.courses import Content, add_course
from moothall.training.rules.ledger import set_minimum
from moothall.training.rules.nominating import put_forward
from moothall.training.rules.planned import PlannedLine
from moothall.training.rules.publishing import publish
from moothall.training.rules.readers import add_reader
from moothall.training.rules.schedule import draft, open_schedule
from moothall.training.rules.sessions import open_session
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_manager, make_unit

TODAY = AT.date()
MONDAY = TODAY + dt.timedelta(days=28 - TODAY.weekday())  # four weeks ahead
SINCE = dt.date(2020, 1, 1)
_numbers = count(1)


def make_keeper(**changes: Any) -> Account:
    """Somebody who looks after training."""
    return make_account("training.manage", **changes)


def make_course(name: str = "", **content: Any) -> Course:
    number = next(_numbers)
    return add_course(
        name=name or f"Course {number}", content=Content(**content), from_on=SINCE, by=None, at=AT
    )


def make_session(course: Course | None = None, **changes: Any) -> Session:
    given: dict[str, Any] = {"first_on": MONDAY, "by": None, "at": AT, "today": TODAY} | changes
    return open_session(course or make_course(), **given)


def make_place(
    session: Session | None = None, employment: Employment | None = None, **changes: Any
) -> Nomination:
    """Put forward, and agreed: placed if there is a place."""
    given: dict[str, Any] = {"by": None, "at": AT, "today": TODAY, "agreed": True} | changes
    return put_forward(employment or make_employment(), session or make_session(), **given)


def make_site(name: str = "") -> Place:
    return Place.objects.create(name=name or f"Site {next(_numbers)}")


def make_line(key: str = "", course: Course | None = None, **changes: Any) -> PlannedLine:
    """A planned session of one day, four weeks ahead."""
    given: dict[str, Any] = {"days": (MONDAY,), "places": 12} | changes
    if "place_id" not in given:
        given["place_id"] = make_site().pk
    version = (course or make_course()).versions.get()
    return PlannedLine(key=key or f"line-{next(_numbers)}", course_version_id=version.pk, **given)


def make_schedule(**changes: Any) -> Schedule:
    given: dict[str, Any] = {
        "name": "The year", "from_on": TODAY - dt.timedelta(days=60), "by": None, "at": AT,
        "until_on": TODAY + dt.timedelta(days=365),
    }  # fmt: skip
    return open_schedule(**given | changes)


def make_draft(*lines: PlannedLine, schedule: Schedule | None = None, **changes: Any) -> ScheduleVersion:
    given: dict[str, Any] = {"by": None, "at": AT} | changes
    return draft(schedule=schedule or make_schedule(), lines=lines, **given)


def publish_lines(
    *lines: PlannedLine, schedule: Schedule | None = None, by: Account | None = None
) -> ScheduleVersion:
    """Drafted, and published at once."""
    return publish(make_draft(*lines, schedule=schedule), by=by, at=AT, today=TODAY)


def make_reader(sort: str = "DUTY", **changes: Any) -> ScheduleReader:
    number = next(_numbers)
    given: dict[str, Any] = {
        "name": f"Reader {number}", "email": f"reader{number}@example.org", "language": "en", "place": None,
        "by": None, "at": AT,
    }  # fmt: skip
    return add_reader(sort=sort, **given | changes)


def make_team(size: int = 4, *, least: int | None = None) -> tuple[Account, list[Employment]]:
    """A manager who signs in, and so many people of one unit of which so many have to be left."""
    manager, boss = make_manager()
    unit = make_unit()
    people = [make_employment(manager=boss, unit=unit, account=make_account()) for _n in range(size)]
    if least is not None:
        make_minimum(unit, least)
    return manager, people


def make_minimum(unit: Organisation, least: int, **changes: Any) -> TeamMinimum:
    given: dict[str, Any] = {
        "from_on": SINCE, "why": "Agreed with duty planning", "by": make_account(), "at": AT, "today": TODAY,
    }  # fmt: skip
    return set_minimum(unit, least=least, **given | changes)


def unit_of(employment: Employment) -> Organisation:
    return employment.assignments.get().unit


def account_of(employment: Employment) -> Account:
    return Account.objects.get(person=employment.person)
