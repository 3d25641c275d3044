"""Pathways, cohorts and students for tests: every `make_x(**changes)` gives a plain, saved one."""

import datetime as dt
from collections.abc import Sequence
from itertools import count
from typing import Any

from moothall.people.models import Account
from moothall.people.tests.make import AT, make_account
from moothall.training.models import (
    Attachment,
    Cohort,
    District,
    Pathway,
    PathwayModule,
    PathwayTutor,
    PlacementHost,
    Student,
)
from moothall.training.rules.pathways.cohorts import join_cohort, open_cohort, plan_cohort
from moothall.training.rules.pathways.hosts import HostContent, add_host, add_tutor
from moothall.training.rules.pathways.making import ItemPart, ModulePart, PathwayContent, add_pathway
from moothall.workforce.models import EmployeeSkill, Employment, Skill
from moothall.workforce.tests.make import make_employment, make_skill

from .make import MONDAY, TODAY

WEEK = dt.timedelta(days=7)
_numbers = count(1)


def make_district(**changes: Any) -> District:
    number = next(_numbers)
    given = {"key": f"district-{number}", "name": f"District {number}", "latitude": 52.4, "longitude": -4.0}
    return District.objects.create(**given | changes)


def make_pathway(**changes: Any) -> Pathway:
    """Law for two weeks, a placement of one, a tutor for two; a thing to be signed off in each."""
    number = next(_numbers)
    skill = make_skill()
    modules = [
        ModulePart("Law", "Y gyfraith", weeks=2, skill=skill, items=[ItemPart("Powers explained")]),
        ModulePart("Community", kind=PathwayModule.PLACEMENT, items=[ItemPart("Report", weeks_after=1)]),
        ModulePart("Patrol", kind=PathwayModule.TUTORED, weeks=2, items=[ItemPart("Arrest made")]),
    ]
    given: dict[str, Any] = {"modules": modules, "group_size": 4, "spare": 1, "rooms": 2} | changes
    return add_pathway(name=f"Pathway {number}", content=PathwayContent(**given), by=None, at=AT)


def teach(skill: Skill | None, employment: Employment | None = None) -> Employment:
    """Somebody who can teach it."""
    who = employment or make_employment()
    if skill is not None:
        EmployeeSkill.objects.create(employment=who, skill=skill, level=EmployeeSkill.TEACHES, added_at=AT)
    return who


def make_host(district: District | None = None, **changes: Any) -> PlacementHost:
    given: dict[str, Any] = {"name": f"Host {next(_numbers)}", "places": 9} | changes
    return add_host(HostContent(district=district or make_district(), **given), by=None, at=AT)


def make_tutor(employment: Employment | None = None, *, most: int = 9, **changes: Any) -> PathwayTutor:
    given: dict[str, Any] = {"by": None, "at": AT} | changes
    given.setdefault("district", make_district())
    return add_tutor(employment or make_employment(), most=most, **given)


def make_tutor_who_signs_in(**changes: Any) -> tuple[Account, PathwayTutor]:
    account = make_account()
    return account, make_tutor(make_employment(account=account), **changes)


def make_cohort(pathway: Pathway | None = None, **changes: Any) -> Cohort:
    given: dict[str, Any] = {
        "name": f"Cohort {next(_numbers)}", "starts_on": MONDAY, "by": None, "at": AT, "today": TODAY,
    }  # fmt: skip
    return open_cohort(pathway or make_pathway(), **given | changes)


def join(cohort: Cohort, size: int = 4, *, district: District | None = None) -> list[Student]:
    people = [make_employment() for _n in range(size)]
    return join_cohort(cohort, people, district=district or make_district(), by=None, at=AT)


def make_planned(size: int = 4, *, pathway: Pathway | None = None, **changes: Any) -> Cohort:
    """A cohort with its students, a trainer, a host and a tutor, planned."""
    cohort = make_cohort(pathway, **changes)
    join(cohort, size)
    furnish(cohort.pathway)
    return plan(cohort)


def furnish(pathway: Pathway) -> None:
    """A trainer, a host and a tutor, where there are none."""
    skill = pathway.modules.get(number=1).skill
    if not EmployeeSkill.objects.filter(skill=skill).exists():
        teach(skill)
    if not PlacementHost.objects.exists():
        make_host()
    if not PathwayTutor.objects.exists():
        make_tutor()


def plan(cohort: Cohort, *, today: dt.date = TODAY) -> Cohort:
    plan_cohort(cohort, by=None, at=AT, today=today)
    cohort.refresh_from_db()
    return cohort


def students_of(cohort: Cohort) -> list[Student]:
    return list(cohort.students.in_full().order_by("pk"))


def attachments_of(cohort: Cohort, kind: str) -> Sequence[Attachment]:
    rows = Attachment.objects.in_full().filter(student__cohort=cohort, module__kind=kind)
    return list(rows.order_by("pk"))
