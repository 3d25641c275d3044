"""Whoever begins by a route that leads onto a pathway is in its cohort at once, or once there is one; what
was entered by mistake is taken back. And who is expected before that."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.cases.rules.closing import NOT_NEEDED, close_case
from moothall.core.serving import for_the_office
from moothall.credentials.models import Credential
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import Beginner, Cohort, CohortClass, District, Pathway, Student
from moothall.workforce.beginnings import Beginning, Between, Expected, Question, expected_between
from moothall.workforce.models import Employment

from .cohorts import join_cohort, open_cohort
from .refusals import ToldOfPlacements

DISTRICT: Final = "district"
BEFORE: Final = dt.timedelta(weeks=8)  # so early may somebody begin before the cohort they go into
SAME_WEEK: Final = dt.timedelta(days=6)
WEEK: Final = dt.timedelta(days=7)


def pathway_of(route: str) -> Pathway | None:
    """The pathway that a route of entry leads onto."""
    return Pathway.objects.in_use().filter(routes__contains=[route]).first()


@transaction.atomic
def lead_onto(pathway: Pathway, *, routes: Collection[str], by: Account, at: dt.datetime) -> Pathway:
    """Whoever begins by these routes goes onto this pathway from now on, and onto no other."""
    held = Pathway.objects.select_for_update().get(pk=pathway.pk)
    for other in Pathway.objects.filter(routes__overlap=list(routes)).exclude(pk=held.pk):
        other.routes = [each for each in other.routes if each not in routes]
        other.save(update_fields=["routes"])
    held.routes = list(routes)
    held.save(update_fields=["routes"])
    append_audit("training.lead_onto", about=held, by=by, at=at, detail={"routes": held.routes})
    return held


def what_is_asked(route: str) -> list[Question]:
    """Where they live, of whoever goes onto a pathway: nobody is placed in their own district."""
    if pathway_of(route) is None:
        return []
    language = get_language() or "en"
    rows = District.objects.filter(retired_on=None).order_by("name", "pk")
    choices = [(each.key, each.name_in(language)) for each in rows]
    return [
        Question(
            DISTRICT, _("In which district do they live?"), choices,
            _("They go into the cohort of their first day, and are not placed where they live."),
        )
    ]  # fmt: skip


@transaction.atomic
def begin_on_pathway(beginning: Beginning, by: Account | None, at: dt.datetime) -> None:
    """They are in the cohort of their first day where there is one, and wait for it otherwise."""
    pathway = pathway_of(beginning.route)
    if pathway is None:
        return
    district = District.objects.filter(key=beginning.answers.get(DISTRICT, "")).first()
    made = Beginner.objects.create(
        employment=beginning.employment, pathway=pathway, district=district, entered_at=at
    )
    _place(made, by=by, at=at)


def cohort_for(pathway: Pathway, started_on: dt.date) -> Cohort | None:
    """The first that begins in the week of their first day or after it, within eight weeks."""
    rows = pathway.cohorts.filter(starts_on__gte=started_on - SAME_WEEK, starts_on__lte=started_on + BEFORE)
    return rows.order_by("starts_on", "pk").first()


def _place(beginner: Beginner, *, by: Account | None, at: dt.datetime) -> Student | None:
    cohort = cohort_for(beginner.pathway, beginner.employment.started_on)
    if cohort is None or beginner.district is None:
        return None
    [student] = join_cohort(cohort, [beginner.employment], district=beginner.district, by=by, at=at)
    Beginner.objects.filter(pk=beginner.pk).update(student=student)
    return student


@transaction.atomic
def open_and_fill_cohort(
    pathway: Pathway, *, name: str, starts_on: dt.date, by: Account | None, at: dt.datetime, today: dt.date
) -> Cohort:
    """Everybody who begins on that Monday; whoever waits for it is in it."""
    made = open_cohort(pathway, name=name, starts_on=starts_on, by=by, at=at, today=today)
    for each in Beginner.objects.waiting().in_full().filter(pathway=pathway):
        if cohort_for(pathway, each.employment.started_on) == made:
            _place(each, by=by, at=at)
    return made


@for_the_office()
@transaction.atomic
def take_back_beginning(employment: Employment, by: Account | None, at: dt.datetime) -> None:
    """They do not begin after all: neither do they on the pathway, as long as nobody was told."""
    found = Beginner.objects.select_related("student").filter(employment=employment).first()
    if found is None:
        return
    student = found.student
    found.delete()
    if student is None:
        return
    if student.attachments.filter(told_at__isnull=False).exists() or student.sign_offs.exists():
        raise ToldOfPlacements
    case = Case.objects.filter(way_of_student__student=student).first()
    if case is not None and not case.is_closed:
        close_case(case, by=by, at=at, outcome=NOT_NEEDED)
    append_audit("training.take_back_joining", about=student, by=by, at=at)
    student.delete()


def ends_on(cohort: Cohort) -> dt.date:
    """The last day of its last class, or of its modules one after another where nothing is planned."""
    last = CohortClass.objects.filter(group__cohort=cohort).order_by("-last_on").values_list("last_on")[:1]
    for (day,) in last:
        return day
    return cohort.starts_on + WEEK * sum(cohort.pathway.modules.values_list("weeks", flat=True))


@dataclass(frozen=True)
class RunsOut:
    """What a student of a cohort holds that runs out before they are through."""

    student: Student
    credential: Credential
    before_start: bool


def expected_in(cohort: Cohort, account: Account) -> list[Expected]:
    """Who accepted an offer by a route of its pathway, begins with it, and is not on record yet."""
    pathway = cohort.pathway
    if not pathway.routes:
        return []
    earlier = pathway.cohorts.filter(starts_on__lt=cohort.starts_on).order_by("-starts_on").first()
    first = cohort.starts_on - BEFORE
    if earlier is not None:
        first = max(first, earlier.starts_on + WEEK)
    between = Between(pathway.routes, first, cohort.starts_on + SAME_WEEK, ends_on(cohort))
    return expected_between(account, between, language=get_language() or "en")


def running_out(cohort: Cohort, account: Account) -> list[RunsOut]:
    """Of what its students hold, as far as this account may see it."""
    students = {each.employment.person_id: each for each in cohort.students.on_the_way().in_full()}
    rows = Credential.objects.visible_to(account).verified().filter(
        person__in=students, superseded_by=None, expires_on__lt=ends_on(cohort)
    )  # fmt: skip
    return [
        RunsOut(students[each.person_id], each, each.expires_on < cohort.starts_on)
        for each in rows.select_related("kind").order_by("expires_on", "pk")
        if each.expires_on is not None
    ]
