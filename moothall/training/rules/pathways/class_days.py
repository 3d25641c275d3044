"""The days on which students are in class or with a host, and their trainers teach them. Reads only."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from moothall.bookings.rules.diary import DiaryLine
from moothall.cases.rules.reckoning import working_calendar
from moothall.people.models.working import at_on
from moothall.training.models import CohortClass, PathwayModule, Student

DAYS: Final = [dt.timedelta(days=number) for number in range(5)]
LANGUAGES: Final = {"en": "en-gb", "cy": "cy"}


@dataclass(frozen=True)
class ClassDay:
    """Somebody is in a class that day, or teaches it."""

    employment_id: int
    day: dt.date
    held: CohortClass


def days_of(weeks: Sequence[dt.date]) -> list[dt.date]:
    """The working days of these weeks, told by their Mondays."""
    calendar = working_calendar(settings.OFFICE_CALENDAR)
    return [monday + day for monday in weeks for day in DAYS if calendar.is_working_day(monday + day)]


def classes_between(
    first: dt.date, last: dt.date, people: Collection[int] | None = None
) -> list[tuple[int, CohortClass]]:
    """Each class of students on the way, and whose it is: of these people, or of everybody; two queries.
    While they patrol with a tutor they are on duty."""
    students = Student.objects.on_the_way().filter(group__isnull=False)
    if people is not None:
        students = students.filter(employment__in=people)
    groups: dict[int, list[int]] = {}
    for who, group in students.order_by("pk").values_list("employment_id", "group_id"):
        groups.setdefault(group, []).append(who)
    if not groups:
        return []
    rows = CohortClass.objects.filter(group__in=groups, first_on__lte=last, last_on__gte=first)
    rows = rows.exclude(module__kind=PathwayModule.TUTORED).order_by("first_on", "pk")
    full = rows.select_related("group__cohort__pathway", "module")
    return [(who, each) for each in full for who in groups[each.group_id]]


def class_days(first: dt.date, last: dt.date, people: Collection[int] | None = None) -> Iterator[ClassDay]:
    days: dict[int, list[dt.date]] = {}
    for who, held in classes_between(first, last, people):
        if held.pk not in days:
            days[held.pk] = [day for day in days_of(held.weeks) if first <= day <= last]
        yield from (ClassDay(who, day, held) for day in days[held.pk])


def class_line(held: CohortClass, *, host: str, language: str, teaches: bool = False) -> DiaryLine:
    """A class as a line of a calendar: one event, whatever the number of its days."""
    days = tuple(days_of(held.weeks)) or (held.first_on,)
    with translation.override(LANGUAGES[language]):
        module = held.module.name_in(language)
        title = _("Teaching: %(course)s") % {"course": module} if teaches else module
    return DiaryLine(
        uid=f"class-{held.pk}@{host}", edition=1, starts_at=at_on(days[0], CohortClass.BEGINS),
        ends_at=at_on(days[0], CohortClass.ENDS), title=f"{title} ({held.group})", days=days,
    )  # fmt: skip
