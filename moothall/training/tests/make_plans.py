"""Years to plan and plans of them, for tests."""

from typing import Any

from moothall.bookings.tests.make import make_resource
from moothall.people.tests.make import AT
from moothall.training.models import Course
from moothall.training.rules.courses import require_course
from moothall.training.rules.needs import note_needs
from moothall.workforce.models import EmployeeSkill, Employment, Skill
from moothall.workforce.tests.make import make_employment, make_skill

from .make import TODAY, make_course, make_team, unit_of


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
