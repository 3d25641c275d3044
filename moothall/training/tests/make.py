"""Rows for tests: every `make_x(**changes)` gives a plain, saved one."""

import datetime as dt
from itertools import count
from typing import Any

from moothall.bookings.tests.make import make_resource
from moothall.people.models import Account, Organisation
from moothall.people.tests.make import AT, make_account
from moothall.training.models import Course, Nomination, Session, TeamMinimum
from moothall.training.rules.courses import Content, add_course, require_course
from moothall.training.rules.ledger import set_minimum
from moothall.training.rules.needs import note_needs
from moothall.training.rules.nominating import put_forward
from moothall.training.rules.sessions import open_session
from moothall.workforce.models import EmployeeSkill, Employment, Skill
from moothall.workforce.tests.make import make_employment, make_manager, make_skill, make_unit

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


def make_trainer(skill: Skill | None = None, **changes: Any) -> Employment:
    """Somebody who teaches."""
    made = make_employment(**changes)
    EmployeeSkill.objects.create(
        employment=made, skill=skill or make_skill(), level=EmployeeSkill.TEACHES, added_at=AT
    )
    return made


def make_year(size: int = 4, *, least: int | None = None, **content: Any) -> tuple[Course, list[Employment]]:
    """Everybody of a team has to take a course soon; there are a trainer and a room for it."""
    _manager, people = make_team(size, least=least)
    course = make_course(**content)
    require_course(course, unit=unit_of(people[0]), within_days=80, from_on=TODAY, by=None, at=AT)
    note_needs(at=AT, today=TODAY)
    make_trainer()
    make_resource(kind="ROOM", capacity=20)
    return course, people
