"""A Planning Schedule of the sample office: one version published, and a draft that differs from it."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from moothall.bookings.models import BedKind
from moothall.cases.rules.reckoning import working_calendar
from moothall.core.clock import in_london
from moothall.core.packs import Pack, Progress
from moothall.people.models import Account, Place
from moothall.training.models import CourseVersion, Schedule, ScheduleReader, TrainerDay
from moothall.workforce.models import EmployeeSkill, Employment

from .planned import PlannedLine
from .publishing import publish
from .readers import add_reader
from .schedule import draft, open_schedule
from .sessions import days_from

DAY: Final = dt.timedelta(days=1)
MONTHS, EVERY, SOON = 12, 24, 110  # months of it; each course about so often; people are planned so far ahead
EACH, OFTEN = 5, 2  # people in a session, sessions of a person


@dataclass
class Drawn:
    """What the lines are drawn from."""

    dice: Random
    today: dt.date
    places: Sequence[int]
    staff: Sequence[int]
    teachers: dict[int, set[int]]
    busy: set[tuple[int, dt.date]] = field(default_factory=set)
    planned: Counter[int] = field(default_factory=Counter)

    def trainers(self, version: CourseVersion, days: Sequence[dt.date]) -> tuple[int, ...]:
        """As many as the course asks for, if so many are free."""
        able = self.teachers.get(version.skill_id or 0, set())
        free = [who for who in sorted(able) if not any((who, day) in self.busy for day in days)]
        chosen = self.dice.sample(free, min(version.trainers, len(free)))
        self.busy |= {(who, day) for who in chosen for day in days}
        return tuple(chosen)

    def people(self, version: CourseVersion, days: Sequence[dt.date]) -> tuple[int, ...]:
        """Some of the staff, as long as the day is not far off."""
        if days[0] > self.today + DAY * SOON:
            return ()
        free = [who for who in self.staff if self.planned[who] < OFTEN]
        few = min(EACH, version.most, len(free), max(len(self.staff) // 10, 1))
        chosen = [who for who in self.dice.sample(free, few) if not self.busy & {(who, day) for day in days}]
        self.busy |= {(who, day) for who in chosen for day in days}
        self.planned.update(chosen)
        return tuple(chosen)


def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only for sample staff who are trained."""
    today = in_london(pack.at).date()
    versions = list(CourseVersion.objects.in_force(today).order_by("pk"))
    places = list(Place.objects.order_by("pk").values_list("pk", flat=True)[:6])
    drawn = _drawn(pack, today, places)
    if not pack.demo or not pack.scale or not versions or not places or not drawn.teachers:
        return
    if Schedule.objects.exists():
        return
    progress.begin(_("Planning Schedule"))
    with transaction.atomic():
        _make(pack, drawn, versions)
    progress.end()


def _drawn(pack: Pack, today: dt.date, places: Sequence[int]) -> Drawn:
    dice = Random(f"{pack.key}/{pack.seed}/schedule")  # noqa: S311 # nosec B311  (a sample, not a secret)
    held = EmployeeSkill.objects.filter(ended_at=None, level__gte=EmployeeSkill.TEACHES).order_by()
    teachers: dict[int, set[int]] = {}
    for skill, who in held.values_list("skill_id", "employment_id"):
        teachers.setdefault(skill, set()).add(who)
        teachers.setdefault(0, set()).add(who)
    staff = Employment.objects.in_force(today).exclude(pk__in=teachers.get(0, ())).order_by("pk")
    busy = set(TrainerDay.objects.filter(day__gte=today).order_by().values_list("trainer_id", "day"))
    return Drawn(dice, today, places, list(staff.values_list("pk", flat=True)), teachers, busy)


def _make(pack: Pack, drawn: Drawn, versions: Sequence[CourseVersion]) -> None:
    by = Account.objects.in_use().order_by("pk").first()
    first = (drawn.today + DAY * 32).replace(day=1)
    last = first + DAY * 30 * MONTHS
    schedule = open_schedule(
        name=_("The coming twelve months"),
        from_on=first,
        until_on=last,
        by=by,
        at=pack.at,
        bed_kind=BedKind.objects.in_use().order_by("level").first(),
    )
    _add_readers(pack, by, drawn.places)
    lines = [line for version in versions for line in _lines(drawn, version, first, last - DAY * 30)]
    planned = draft(schedule=schedule, lines=lines, note=_("As agreed with the sites"), by=by, at=pack.at)
    published = publish(planned, by=by, at=pack.at, today=drawn.today)
    published.notices.update(sent_at=pack.at)
    published.news.update(told_at=pack.at)
    changed = list(_changed(lines, last))
    draft(schedule=schedule, lines=changed, note=_("Some a week later, some larger"), by=by, at=pack.at)


def _add_readers(pack: Pack, by: Account | None, places: Sequence[int]) -> None:
    for sort, name, address, language, place in (
        (ScheduleReader.DUTY, _("Duty planning"), "duties", "en", None),
        (ScheduleReader.CATERING, _("Catering"), "kitchen", "cy", None),
        (ScheduleReader.SITE, _("Reception"), "reception", "cy", places[0]),
    ):
        site = Place.objects.get(pk=place) if place else None
        add_reader(
            sort=sort, name=name, email=f"{address}@{pack.key}.example", language=language, place=site, by=by,
            at=pack.at,
        )  # fmt: skip


def _lines(drawn: Drawn, version: CourseVersion, first: dt.date, last: dt.date) -> Iterator[PlannedLine]:
    """One course, again and again over the months."""
    calendar = working_calendar(settings.OFFICE_CALENDAR)
    day, number = first + DAY * drawn.dice.randrange(EVERY), 0
    while day < last:
        days = tuple(days_from(calendar.add_working_days(day - DAY, 1), version.days))
        number += 1
        yield PlannedLine(
            key=f"{version.pk}-{number}", course_version_id=version.pk,
            place_id=drawn.dice.choice(list(drawn.places)), days=days, places=version.most,
            trainers=drawn.trainers(version, days), people=drawn.people(version, days),
        )  # fmt: skip
        day += DAY * drawn.dice.randrange(EVERY, EVERY * 2)


def _changed(lines: Sequence[PlannedLine], last: dt.date) -> Iterator[PlannedLine]:
    """Every ninth is a week later, every thirteenth taken out, every eleventh larger and held twice."""
    week = DAY * 7
    for number, line in enumerate(sorted(lines, key=lambda each: (each.days[0], each.key)), 1):
        if number % 13 == 0:
            continue
        if number % 9 == 0 and line.days[-1] + week <= last:
            later = tuple(day + week for day in line.days)
            yield dataclasses.replace(line, days=later, trainers=())
        elif number % 11 == 0:
            yield dataclasses.replace(line, places=line.places + 4)
            if line.days[-1] + week * 2 <= last:
                later = tuple(day + week * 2 for day in line.days)
                yield dataclasses.replace(line, key=f"{line.key}-more", days=later, trainers=(), people=())
        else:
            yield line
