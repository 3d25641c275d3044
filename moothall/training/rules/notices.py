"""What each reader of the schedule is sent when a version is published: only what concerns them, once."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from moothall.letters.rules.fields import LANGUAGES
from moothall.people.models import Place
from moothall.training.models import (
    CourseVersion,
    Nomination,
    ScheduleNotice,
    ScheduleReader,
    Session,
)
from moothall.workforce.models import Assignment

from .carrying_out import Work
from .planned import NEW, SORTS, WITHDRAWN, PlannedLine

Rows = list[list[str]]


@dataclass(frozen=True)
class Names:
    """What courses and places are called in the reader's language."""

    courses: Mapping[int, CourseVersion]
    places: Mapping[int, Place]
    language: str

    def course(self, line: PlannedLine) -> str:
        return self.courses[line.course_version_id].course.name_in(self.language)

    def place(self, number: int | None) -> str:
        place = self.places.get(number or 0)
        return ((place.name_cy if self.language == "cy" else "") or place.name) if place else ""


def write_notices(work: Work) -> int:
    """One for each reader whom something concerns; the answer is how many."""
    return len(ScheduleNotice.objects.bulk_create(build_notices(work)))


def build_notices(work: Work, *, asks: bool = False) -> list[ScheduleNotice]:
    """Not saved yet: what was done, or, of a draft that somebody is asked about, what would be."""
    lines = [line for each in work.differences for line in (each.before, each.after) if line is not None]
    taught = {each.course_version_id for each in lines}
    taught |= {each.version_id for each in work.before.values()}
    courses = CourseVersion.objects.select_related("course").in_bulk(taught)
    places = Place.objects.in_bulk()
    made = []
    for reader in ScheduleReader.objects.standing():
        with translation.override(LANGUAGES[reader.language]):
            headings, rows = (ASKED if asks else BUILT)[reader.sort](
                work, reader, Names(courses, places, reader.language)
            )
        if rows:
            made.append(
                ScheduleNotice(version=work.version, reader=reader, headings=headings, rows=rows, at=work.at)
            )
    return made


def _for_site(work: Work, reader: ScheduleReader, names: Names) -> tuple[list[str], Rows]:
    """The sessions that come to a site, leave it or change there."""
    headings = [
        _("What"), _("Course"), _("Days"), _("Begins"), _("Ends"), _("Places"), _("Planned"), _("Before"),
    ]  # fmt: skip
    rows = []
    for each in work.differences:
        was = each.before is not None and each.before.place_id == reader.place_id
        is_now = each.after is not None and each.after.place_id == reader.place_id
        if not (was or is_now):
            continue
        sort = each.sort if was and is_now else NEW if is_now else WITHDRAWN
        line = each.line if is_now or each.before is None else each.before
        before = _days(each.before) if was and is_now and each.before is not None else ""
        rows.append(
            [
                str(SORTS[sort]), names.course(line), _days(line), f"{line.begins:%H:%M}",
                f"{line.ends:%H:%M}", str(line.places), str(len(line.people)), before,
            ]
        )  # fmt: skip
    return headings, rows


def _days(line: PlannedLine) -> str:
    return " ".join(day.isoformat() for day in line.days)


def _heads(lines: Iterable[PlannedLine]) -> Counter[tuple[int, dt.date]]:
    found: Counter[tuple[int, dt.date]] = Counter()
    for line in lines:
        for day in line.days:
            found[line.place_id, day] += len(line.people) or line.places
    return found


def _for_catering(work: Work, reader: ScheduleReader, names: Names) -> tuple[list[str], Rows]:
    """How many come to each site on each day, where that differs."""
    headings = [_("Day"), _("Site"), _("People before"), _("People now"), _("Difference")]
    before, after = _heads(work.old), _heads(work.new)
    differ = [key for key in before.keys() | after.keys() if before[key] != after[key]]
    mine = [key for key in differ if reader.place_id is None or key[0] == reader.place_id]
    return headings, [
        [
            day.isoformat(), names.place(place), str(before[place, day]), str(after[place, day]),
            f"{after[place, day] - before[place, day]:+d}",
        ]
        for place, day in sorted(mine, key=lambda key: (key[1], names.place(key[0])))
    ]  # fmt: skip


def _for_duty_planning(work: Work, _reader: ScheduleReader, names: Names) -> tuple[list[str], Rows]:
    """Who is in training on which day and was not, and who is on duty after all."""
    headings = [
        _("Staff number"), _("Name"), _("Team"), _("Day"), _("What"), _("Course"), _("Site"), _("Begins"),
        _("Ends"),
    ]  # fmt: skip
    before = {(who, day): session for (_s, who), session in work.before.items() for day in session.days}
    placed = [each for each in work.touched.values() if each.state == Nomination.PLACED]
    after = {(each.employment_id, day): each.session for each in placed for day in each.session.days}
    off = {key: session for key, session in before.items() if key not in after}
    on = {key: session for key, session in after.items() if _same(before.get(key)) != _same(session)}
    teams = _teams({who for who, _day in off | on}, work.at.date(), names.language)
    told = [(key, session, _("On duty")) for key, session in off.items()]
    told += [(key, session, _("In training")) for key, session in on.items()]
    rows = [
        [
            work.staff[who].number, work.staff[who].person.full_name, teams.get(who, ""), day.isoformat(),
            what, names.courses[session.version_id].course.name_in(names.language),
            names.place(session.place_id), f"{session.begins:%H:%M}", f"{session.ends:%H:%M}",
        ]
        for (who, day), session, what in told
    ]  # fmt: skip
    return headings, sorted(rows, key=lambda row: (row[2], row[3], row[1]))


def _asked_of_duty_planning(work: Work, _reader: ScheduleReader, names: Names) -> tuple[list[str], Rows]:
    """Who would be in training on which day and is not planned to be, and who would be on duty after all."""
    headings = [
        _("Staff number"), _("Name"), _("Team"), _("Day"), _("What"), _("Course"), _("Site"), _("Begins"),
        _("Ends"),
    ]  # fmt: skip
    before, after = (_planned_days(lines) for lines in (work.old, work.new))
    off = {key: line for key, line in before.items() if key not in after}
    on = {key: line for key, line in after.items() if _as_told(before.get(key)) != _as_told(line)}
    teams = _teams({who for who, _day in off | on}, work.at.date(), names.language)
    told = [(key, line, _("On duty")) for key, line in off.items()]
    told += [(key, line, _("In training")) for key, line in on.items()]
    rows = [
        [
            work.staff[who].number, work.staff[who].person.full_name, teams.get(who, ""), day.isoformat(),
            what, names.course(line), names.place(line.place_id), f"{line.begins:%H:%M}",
            f"{line.ends:%H:%M}",
        ]
        for (who, day), line, what in told
        if who in work.staff
    ]  # fmt: skip
    return headings, sorted(rows, key=lambda row: (row[2], row[3], row[1]))


def _planned_days(lines: Iterable[PlannedLine]) -> dict[tuple[int, dt.date], PlannedLine]:
    return {(who, day): line for line in lines for who in line.people for day in line.days}


def _as_told(line: PlannedLine | None) -> tuple[Any, ...]:
    return (line.course_version_id, line.place_id, line.begins, line.ends) if line else ()


def _same(session: Session | None) -> tuple[Any, ...]:
    if session is None:
        return ()
    return session.pk, session.version_id, session.place_id, session.begins, session.ends


def _teams(people: Iterable[int], on: dt.date, language: str) -> dict[int, str]:
    rows = Assignment.objects.in_force(on).filter(employment__in=people, is_main=True).select_related("unit")
    return {each.employment_id: each.unit.name_in(language) for each in rows}


Build = Callable[[Work, ScheduleReader, Names], tuple[list[str], Rows]]
BUILT: Final[Mapping[str, Build]] = {
    ScheduleReader.SITE: _for_site, ScheduleReader.CATERING: _for_catering,
    ScheduleReader.DUTY: _for_duty_planning,
}  # fmt: skip
ASKED: Final[Mapping[str, Build]] = {**BUILT, ScheduleReader.DUTY: _asked_of_duty_planning}
