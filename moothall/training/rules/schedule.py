"""The Planning Schedule: opened, drafted, changed by hand, discarded and taken up again.

Asking those concerned is in `consulting`, publishing in `publishing`."""

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from moothall.bookings.models import BedKind
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import CourseVersion, PlannedPerson, Schedule, ScheduleLine, ScheduleVersion

from .planned import PlannedLine, lines_of_version, read_lines
from .refusals import (
    AlreadyDecided,
    LineTwice,
    MorePlannedThanPlaces,
    NoSuchLine,
    OutsideSchedule,
    ScheduleBackwards,
    SomebodyTwice,
)

__all__ = ["PlannedLine"]
LONGEST: Final = dt.timedelta(days=3 * 366)
AT_ONCE: Final = 2000


@transaction.atomic
def open_schedule(
    *, name: str, from_on: dt.date, until_on: dt.date, by: Account | None, at: dt.datetime,
    bed_kind: BedKind | None = None,
) -> Schedule:  # fmt: skip
    """A stretch of months to plan together. It has no version yet. With a kind of bedroom, publishing takes
    beds for sessions of several days."""
    if not from_on < until_on <= from_on + LONGEST:
        raise ScheduleBackwards
    made = Schedule.objects.create(
        name=name.strip()[:120],
        from_on=from_on,
        until_on=until_on,
        bed_kind=bed_kind,
        made_at=at,
        made_by=by,
    )
    append_audit("training.open_schedule", about=made, by=by, at=at, detail={"name": made.name})
    return made


@transaction.atomic
def draft(
    *, schedule: Schedule, lines: Iterable[PlannedLine], note: str = "",
    plan: Mapping[str, Any] | None = None, by: Account | None, at: dt.datetime,
) -> ScheduleVersion:  # fmt: skip
    """A new version of these sessions, for looking at; nothing is held until it is published. A session that
    keeps its `key` is the same session as in the version before. `plan` is what the planner said of it."""
    held = Schedule.objects.select_for_update().get(pk=schedule.pk)
    wanted = sorted(lines, key=lambda line: (line.days[0], line.key))
    if twice := [key for key, count in Counter(line.key for line in wanted).items() if count > 1]:
        raise LineTwice(_("Two sessions have the key “%(key)s”.") % {"key": twice[0]})
    for each in wanted:
        check_line(held, each)
    last = held.versions.aggregate(last=Max("number"))["last"] or 0
    made = ScheduleVersion.objects.create(
        schedule=held, number=last + 1, note=note.strip()[:300], plan=dict(plan or {}), made_at=at, made_by=by
    )
    write_lines(made, wanted)
    detail = {"version": made.number, "lines": len(wanted)}
    append_audit("training.draft_schedule", about=made, by=by, at=at, detail=detail)
    return made


def check_line(schedule: Schedule, line: PlannedLine) -> None:
    """Refuse what no version can hold. What is unwise is shown beside the draft instead."""
    said = {"day": f"{line.days[0]:%d/%m/%Y}"}
    if not schedule.from_on <= line.days[0] <= line.days[-1] <= schedule.until_on:
        words = _("%(day)s is outside the months of this schedule.")
        raise OutsideSchedule(words % said)
    if list(line.days) != sorted(set(line.days)) or len(set(line.people)) != len(line.people):
        raise SomebodyTwice
    if len(line.people) > line.places or line.places < 1:
        words = _("More people are planned for the session of %(day)s than it has places.")
        raise MorePlannedThanPlaces(words % said)


def row_of(version: ScheduleVersion, line: PlannedLine) -> ScheduleLine:
    return ScheduleLine(
        version=version, key=line.key, course_version_id=line.course_version_id, place_id=line.place_id,
        language=line.language, days=list(line.days), first_on=line.days[0], last_on=line.days[-1],
        begins=line.begins, ends=line.ends, places=line.places, trainers=list(line.trainers),
        planned=len(line.people),
    )  # fmt: skip


def write_lines(version: ScheduleVersion, lines: Sequence[PlannedLine]) -> None:
    made = ScheduleLine.objects.bulk_create([row_of(version, line) for line in lines], batch_size=AT_ONCE)
    PlannedPerson.objects.bulk_create(
        [
            PlannedPerson(line=row, employment_id=who)
            for row, line in zip(made, lines, strict=True)
            for who in line.people
        ],
        batch_size=AT_ONCE,
    )


@transaction.atomic
def draft_from(version: ScheduleVersion, *, note: str = "", by: Account, at: dt.datetime) -> ScheduleVersion:
    """A draft that begins as that version is."""
    words = note.strip() or _("As version %(number)s") % {"number": version.number}
    return draft(schedule=version.schedule, lines=lines_of_version(version), note=words, by=by, at=at)


def hold_version(version: ScheduleVersion) -> ScheduleVersion:
    """The version as it now stands, its schedule held until the transaction ends."""
    schedule = Schedule.objects.select_for_update().get(pk=version.schedule_id)
    held = ScheduleVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    held.schedule = schedule
    return held


def hold_open(version: ScheduleVersion) -> ScheduleVersion:
    held = hold_version(version)
    if not held.is_open:
        raise AlreadyDecided
    return held


@transaction.atomic
def discard(version: ScheduleVersion, *, by: Account, at: dt.datetime) -> ScheduleVersion:
    """Nothing comes of it. It is kept, and can be taken up again."""
    held = hold_open(version)
    held.state, held.ended_at, held.ended_by = ScheduleVersion.DISCARDED, at, by
    held.save(update_fields=["state", "ended_at", "ended_by"])
    append_audit("training.discard_schedule", about=held, by=by, at=at)
    return held


@transaction.atomic
def take_up(version: ScheduleVersion, *, by: Account, at: dt.datetime) -> ScheduleVersion:
    """What was discarded is a draft again."""
    held = hold_version(version)
    if held.state != ScheduleVersion.DISCARDED:
        raise AlreadyDecided
    held.state, held.ended_at, held.ended_by = ScheduleVersion.DRAFT, None, None
    held.save(update_fields=["state", "ended_at", "ended_by"])
    append_audit("training.take_up_schedule", about=held, by=by, at=at)
    return held


def new_key() -> str:
    """The key of a session that was not planned before."""
    return f"hand-{secrets.token_hex(8)}"


def back_to_draft(held: ScheduleVersion) -> None:
    """What is changed is not what those concerned were asked about."""
    if held.state == ScheduleVersion.CONSULTED:
        held.state = ScheduleVersion.DRAFT
        held.save(update_fields=["state"])


@transaction.atomic
def add_line(version: ScheduleVersion, line: PlannedLine, *, by: Account, at: dt.datetime) -> ScheduleLine:
    """One more session in a draft."""
    held = hold_open(version)
    check_line(held.schedule, line)
    if held.lines.filter(key=line.key).exists():
        raise LineTwice
    write_lines(held, [line])
    back_to_draft(held)
    append_audit("training.add_schedule_line", about=held, by=by, at=at, detail={"key": line.key})
    return held.lines.get(key=line.key)


@transaction.atomic
def change_line(version: ScheduleVersion, line: PlannedLine, *, by: Account, at: dt.datetime) -> ScheduleLine:
    """A session of a draft on other days, elsewhere, larger, with other trainers or people."""
    held = hold_open(version)
    check_line(held.schedule, line)
    if not held.lines.filter(key=line.key).delete()[0]:
        raise NoSuchLine
    write_lines(held, [line])
    back_to_draft(held)
    append_audit("training.change_schedule_line", about=held, by=by, at=at, detail={"key": line.key})
    return held.lines.get(key=line.key)


@transaction.atomic
def take_out_line(version: ScheduleVersion, key: str, *, by: Account, at: dt.datetime) -> None:
    """One session less in a draft."""
    held = hold_open(version)
    if not held.lines.filter(key=key).delete()[0]:
        raise NoSuchLine
    back_to_draft(held)
    append_audit("training.take_out_schedule_line", about=held, by=by, at=at, detail={"key": key})


@transaction.atomic
def put_back_line(
    version: ScheduleVersion, line: ScheduleLine, *, by: Account, at: dt.datetime
) -> ScheduleLine:
    """A session that was taken out of a draft, as another version of the schedule has it."""
    if line.version.schedule_id != version.schedule_id:
        raise NoSuchLine
    return add_line(version, read_lines([line])[0], by=by, at=at)


def courses_to_plan(on: dt.date) -> list[CourseVersion]:
    """The courses that can be planned, as they are taught that day."""
    rows = CourseVersion.objects.in_force(on).filter(course__retired_at=None)
    return list(rows.select_related("course", "skill").order_by("course__name", "pk"))
