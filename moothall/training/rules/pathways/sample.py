"""Two cohorts among the sample staff: one half way through, one that begins soon."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from moothall.bookings.models import Feature
from moothall.cases.rules.reckoning import working_calendar
from moothall.core.clock import LONDON, in_london
from moothall.core.packs import Pack, Progress
from moothall.letters.models import Letter
from moothall.training.models import (
    Attachment,
    Cohort,
    District,
    Pathway,
    PathwayModule,
    PathwayTutor,
    SignOff,
    Student,
)
from moothall.workforce.models import EmployeeSkill, Employment

from .cohorts import join_cohort, open_cohort, plan_cohort, tell_cohort
from .progress import read_progress
from .student_cases import BEFORE, go_on, open_cases_of
from .students import leave_pathway, recourse

WEEK: Final = dt.timedelta(days=7)
BEGUN, SOON, EARLIER = 13, 5, 6  # weeks
EACH, TRAINERS, TUTORS = 27, 8, 24
FEWEST: Final = 24  # officers, for a sample to be worth it
PASSED, NEEDS = 0.94, 0.06


@dataclass
class Draw:
    """What the sample is drawn from."""

    dice: Random
    at: dt.datetime
    today: dt.date
    districts: Sequence[District]

    @property
    def monday(self) -> dt.date:
        return self.today - dt.timedelta(days=self.today.weekday())


def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only for sample staff."""
    pathway = Pathway.objects.in_use().first()
    today = in_london(pack.at).date()
    if not pack.demo or not pack.scale or pathway is None or Cohort.objects.exists():
        return
    here = Employment.objects.in_force(today).filter(workforce=Employment.OFFICER, ended_on=None)
    officers = list(here.order_by("-started_on", "pk")[: 2 * EACH + TUTORS])
    if len(officers) < FEWEST:
        return
    progress.begin(_("Cohorts of students"), 2)
    dice = Random(f"{pack.key}/{pack.seed}/cohorts")  # noqa: S311 # nosec B311  (a sample, not a secret)
    draw = Draw(dice, pack.at, today, list(District.objects.order_by("pk")))
    count = min(2 * EACH, len(officers) * 2 // 3)
    with transaction.atomic():
        _teach(draw, pathway, officers[count:])
        first = _cohort(draw, pathway, officers[: count // 2], draw.monday - WEEK * BEGUN)
        progress.advance()
        _cohort(draw, pathway, officers[count // 2 : count], draw.monday + WEEK * SOON, told=False)
        _go_their_way(draw, first)
    progress.end()


def _teach(draw: Draw, pathway: Pathway, others: Sequence[Employment]) -> None:
    """Some can teach every module, and some take students."""
    skills = {each.skill_id for each in pathway.modules.all() if each.skill_id}
    staff = Employment.objects.in_force(draw.today).filter(workforce=Employment.EMPLOYEE, ended_on=None)
    trainers = list(staff.order_by("pk")[:TRAINERS]) or list(others[:TRAINERS])
    held = [(who, skill, EmployeeSkill.TEACHES) for who in trainers for skill in sorted(skills)]
    tutors = others[-TUTORS:]
    if pathway.tutor_skill_id is not None:
        held += [(who, pathway.tutor_skill_id, EmployeeSkill.ABLE) for who in tutors]
    EmployeeSkill.objects.bulk_create(
        [
            EmployeeSkill(employment=who, skill_id=skill, level=level, added_at=draw.at, confirmed_at=draw.at)
            for who, skill, level in held
        ],
        ignore_conflicts=True,
    )
    PathwayTutor.objects.bulk_create(
        PathwayTutor(employment=each, district=draw.dice.choice(draw.districts), most=2, added_at=draw.at)
        for each in tutors
    )


def _cohort(
    draw: Draw, pathway: Pathway, people: Sequence[Employment], starts_on: dt.date, *, told: bool = True
) -> Cohort:
    """Opened, joined, planned, and told some weeks before it begins."""
    before = starts_on - WEEK * EARLIER
    at = min(dt.datetime.combine(before, dt.time(10), tzinfo=LONDON), draw.at)
    name = f"{starts_on:%Y-%m}"
    cohort = open_cohort(pathway, name=name, starts_on=starts_on, by=None, at=at, today=before)
    for number, district in enumerate(draw.districts):
        some = people[number :: len(draw.districts)]
        if some:
            join_cohort(cohort, some, district=district, by=None, at=at)
    wheels = Feature.objects.filter(key="step-free").first()
    for student in cohort.students.order_by("pk"):
        if wheels is not None and draw.dice.random() < NEEDS:
            student.needs.add(wheels)
    plan_cohort(cohort, by=None, at=at, today=before)
    if told:
        tell_cohort(cohort, by=None, at=at)
        _sent(at)
    return cohort


def _sent(at: dt.datetime) -> None:
    kinds = [Attachment._meta.label_lower, Student._meta.label_lower]
    letters = Letter.objects.filter(about_kind__in=kinds, state=Letter.QUEUED)
    letters.update(state=Letter.SENT, sent_at=at, attempts=1)


def _open_cases(cohort: Cohort, students: Sequence[Student]) -> None:
    """In the week before they begin, as every night."""
    begins = dt.datetime.combine(cohort.starts_on, dt.time(9), tzinfo=LONDON)
    open_cases_of(students, by=None, at=begins - BEFORE)
    go_on(students, by=None, at=begins, today=cohort.starts_on)


def _go_their_way(draw: Draw, cohort: Cohort) -> None:
    """What is due was mostly signed off; one left, and one takes a module again."""
    calendar = working_calendar(settings.OFFICE_CALENDAR)
    students = list(cohort.students.in_full().order_by("pk"))
    _open_cases(cohort, students)
    rows = []
    for progress in read_progress(students, today=draw.today).values():
        for state in progress.items:
            if state.late and state.due_on is not None and draw.dice.random() < PASSED:
                day = calendar.add_working_days(state.due_on + dt.timedelta(days=1), -1)
                at = dt.datetime.combine(day, dt.time(15), tzinfo=LONDON)
                rows.append(
                    SignOff(
                        student=progress.student, item=state.item, result=SignOff.PASSED, seen_on=day, at=at
                    )
                )
    SignOff.objects.bulk_create(rows, batch_size=500)
    go_on(students, by=None, at=draw.at, today=draw.today)
    by = None
    leave_pathway(students[0], because=_("Another career"), on=draw.monday - WEEK, by=by, at=draw.at)
    module = PathwayModule.objects.filter(pathway=cohort.pathway_id, number=2).get()
    recourse(
        students[1], module=module, because=_("Eight weeks off after an operation"), by=by, at=draw.at,
        today=draw.today,
    )  # fmt: skip
    _sent(draw.at)
