"""The day as it stands: every run with who goes with it, manned or in alarm. Reads only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from moothall.core.clock import LONDON
from moothall.transport.models import Duty, HireJob, LateRun, Manning, Passing, Press, StandBy
from moothall.transport.models.crew import DRIVER, ESCORT
from moothall.workforce.away import away_between

from .crew_papers import Papers, papers_of
from .going import Going, going_on
from .phone import passed_on
from .run_vehicles import Fleet
from .vehicle_checks import checked_on, kinds_checked, unchecked_words
from .why_nobody import why

ACROSS = 240  # the width of a bar, in steps


@dataclass(frozen=True)
class Post:
    """One place on a run: who has it, and what is wrong."""

    role: str
    who: str
    alarm: str
    manning: int | None = None


@dataclass(frozen=True)
class Row:
    """One run of the day."""

    going: Going
    duty: Duty | None
    posts: tuple[Post, ...]
    alarm: str  # about the vehicle, or about the run as a whole
    bar: tuple[int, int]  # from where, how far
    last: Passing | None = None  # the last stop at which it was
    late: LateRun | None = None
    wants_vehicle: bool = False

    @property
    def is_in_alarm(self) -> bool:
        return bool(self.alarm) or any(post.alarm for post in self.posts)

    @property
    def drivers(self) -> list[Post]:
        return [post for post in self.posts if post.role == DRIVER]

    @property
    def escorts(self) -> list[Post]:
        return [post for post in self.posts if post.role == ESCORT]


@dataclass(frozen=True)
class HireRow:
    """One hire job of the day."""

    job: HireJob
    posts: tuple[Post, ...]
    alarm: str  # about its vehicle

    @property
    def is_in_alarm(self) -> bool:
        return bool(self.alarm) or any(post.alarm for post in self.posts)


@dataclass(frozen=True)
class Board:
    """The runs of a half day, the hours they span, and who is on stand-by."""

    day: dt.date
    rows: Sequence[Row]
    hours: Sequence[tuple[int, int]]  # the hour, and where it is
    stand_by: Sequence[StandBy]
    away: frozenset[int]  # members who are away
    odd: int = 0  # presses of crews that the desk looks at
    hires: Sequence[HireRow] = ()  # of the whole day

    @property
    def out(self) -> "list[Row | HireRow]":
        """Everything that goes out: runs, and hire jobs."""
        return [*self.rows, *self.hires]

    @property
    def in_alarm(self) -> int:
        return sum(row.is_in_alarm for row in self.out)

    @property
    def wants_vehicles(self) -> bool:
        """Whether the vehicle of a run cannot go, or one has none."""
        return any(row.wants_vehicle for row in self.rows)

    @property
    def can_be_covered(self) -> bool:
        """Whether somebody else could take a place: it is in alarm, and its run has its duty."""
        return any(post.alarm and post.manning for row in self.out for post in row.posts)


@dataclass(frozen=True)
class _Known:
    """What is known of all runs of the board: who is away, papers, vehicles, and how far each has come."""

    away: set[int]
    papers: Papers
    kept_in: Mapping[int, str]  # vehicles that cannot go that day, and why
    unchecked: set[int]
    last: Mapping[int, Passing]
    late: Mapping[int, LateRun]
    at: dt.datetime | None


def board_of(day: dt.date, direction: str, at: dt.datetime | None = None) -> Board:
    """A fixed number of questions, however many runs there are. From `at` on it is known which should have
    begun."""
    going = going_on(day, direction)
    hired = list(HireJob.objects.going(day, day).in_full())
    runs = [one.run.pk for one in going]
    mannings = Manning.objects.filter(Q(duty__day=day, duty__run__in=runs) | Q(hire__in=hired))
    rows = list(
        mannings.select_related("duty__vehicle", "hire", "member__employment__person").order_by(
            "role", "seat", "id"
        )
    )
    stand_by = list(
        StandBy.objects.filter(day=day, direction=direction)
        .select_related("member__employment__person", "depot")
        .order_by("depot__name", "role", "id")
    )
    away = _away(rows, stand_by, day)
    people = {row.member.employment.person_id for row in rows if row.member is not None}
    papers = papers_of(people, day, day)
    known = _Known(
        away, papers, _kept_in(rows, hired, day), _unchecked(rows, day), passed_on(day, runs),
        {each.run_id: each for each in LateRun.objects.standing().filter(day=day, run__in=runs)}, at,
    )  # fmt: skip
    by_run: dict[int, list[Manning]] = defaultdict(list)
    by_hire: dict[int, list[Manning]] = defaultdict(list)
    for row in rows:
        if row.hire_id is not None:
            by_hire[row.hire_id].append(row)
        else:
            by_run[row.outing.run_id].append(row)
    first, last = _span(going)
    return Board(
        day,
        [_row(one, by_run.get(one.run.pk, []), known, first, last) for one in going],
        _hours(first, last), stand_by, frozenset(away), Press.objects.to_look_at().count(),
        [_hire_row(job, by_hire[job.pk], known) for job in hired],
    )  # fmt: skip


def _away(rows: Sequence[Manning], stand_by: Sequence[StandBy], day: dt.date) -> set[int]:
    """Members who do not come: on leave, ill, at a course; or no longer of the crews."""
    members = {row.member.pk: row.member for row in rows if row.member is not None}
    members |= {row.member.pk: row.member for row in stand_by}
    by_employment = {member.employment_id: pk for pk, member in members.items()}
    away = {by_employment[one.employment_id] for one in away_between(by_employment.keys(), day, day)}
    return away | {
        pk
        for pk, member in members.items()
        if any(end is not None and end < day for end in (member.left_on, member.employment.ended_on))
    }


def _kept_in(rows: Sequence[Manning], hired: Sequence[HireJob], day: dt.date) -> dict[int, str]:
    """Vehicles of the day that cannot go: off the road, gone, or without a paper that is asked of them."""
    vehicles = {row.duty.vehicle_id for row in rows if row.duty is not None and row.duty.vehicle_id}
    vehicles |= {job.vehicle_id for job in hired if job.vehicle_id}
    fleet = Fleet(day, day)
    bars = {each: fleet.bars(each, day) for each in vehicles & fleet.vehicles.keys()}
    return {each: "; ".join(map(str, found)) for each, found in bars.items() if found}


def _unchecked(rows: Sequence[Manning], day: dt.date) -> set[int]:
    """Vehicles of the day on which something is to be looked at, and nobody has yet."""
    kinds = kinds_checked(day)
    vehicles = {row.duty.vehicle for row in rows if row.duty is not None and row.duty.vehicle is not None}
    asked = {each.pk for each in vehicles if None in kinds or each.kind_id in kinds}
    return asked - checked_on(day, asked)


def _row(going: Going, rows: Sequence[Manning], known: _Known, first: int, last: int) -> Row:
    duty = rows[0].duty if rows else None
    asked = known.papers.asked(going)
    posts = tuple(_post(row, known, asked, going.day) for row in rows)
    alarm, wants = _alarm(going, duty, known), duty is not None and _wants_vehicle(duty, known)
    begins, ends = (_minute(going, at) for at in (going.begins_at, going.ends_at))
    span = max(1, last - first)
    bar = (ACROSS * (begins - first) // span, max(2, ACROSS * (ends - begins) // span))
    run = going.run.pk
    return Row(going, duty, posts, alarm, bar, known.last.get(run), known.late.get(run), wants)


def _wants_vehicle(duty: Duty, known: _Known) -> bool:
    return duty.vehicle_id is None or duty.vehicle_id in known.kept_in


def _alarm(going: Going, duty: Duty | None, known: _Known) -> str:
    """What is wrong with the run as a whole, or with its vehicle."""
    if duty is None:
        return _("Not manned yet: man the week.") if going.is_ours else ""
    if duty.vehicle_id is None:
        return _("It has no vehicle.")
    if kept_in := known.kept_in.get(duty.vehicle_id):
        return f"{kept_in}."
    begun = known.at is not None and known.at >= going.begins_at
    return unchecked_words() if begun and duty.vehicle_id in known.unchecked else ""


def _hire_row(job: HireJob, rows: Sequence[Manning], known: _Known) -> HireRow:
    asked = known.papers.asked_of(job.kind_id, job.day, chair=job.in_wheelchairs > 0)
    alarm = _("It has no vehicle.") if job.vehicle_id is None else ""
    if kept_in := known.kept_in.get(job.vehicle_id or 0):
        alarm = f"{kept_in}."
    return HireRow(job, tuple(_post(row, known, asked, job.day) for row in rows), alarm)


def _post(row: Manning, known: _Known, asked: Mapping[str, Sequence[str]], day: dt.date) -> Post:
    if row.member is None:
        return Post(row.role, "", why(row.reason), row.pk)
    alarm = ""
    if row.member.pk in known.away:
        alarm = _("Does not come today.")
    elif kind := known.papers.lacks(asked[row.role], day, row.member.employment.person_id):
        alarm = _("Has no valid %(paper)s.") % {"paper": kind}
    return Post(row.role, str(row.member), alarm, row.pk)


def _minute(going: Going, at: dt.datetime) -> int:
    midnight = dt.datetime.combine(going.day, dt.time(), tzinfo=LONDON)
    return int((at - midnight).total_seconds() // 60)


def _span(going: Sequence[Going]) -> tuple[int, int]:
    """Whole hours round all runs."""
    begins = min((_minute(one, one.begins_at) for one in going), default=0)
    ends = max((_minute(one, one.ends_at) for one in going), default=0)
    return begins // 60 * 60, -(-ends // 60) * 60


def _hours(first: int, last: int) -> list[tuple[int, int]]:
    span = max(1, last - first)
    return [(minute // 60 % 24, ACROSS * (minute - first) // span) for minute in range(first, last, 60)]
