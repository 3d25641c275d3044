"""The day as it stands: every run with who goes with it, manned or in alarm. Reads only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from moothall.core.clock import LONDON
from moothall.transport.models import Duty, Manning, OffRoad, StandBy
from moothall.transport.models.crew import DRIVER, ESCORT
from moothall.workforce.away import away_between

from .crew_papers import Papers, papers_of
from .going import Going, going_on
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
class Board:
    """The runs of a half day, the hours they span, and who is on stand-by."""

    day: dt.date
    rows: Sequence[Row]
    hours: Sequence[tuple[int, int]]  # the hour, and where it is
    stand_by: Sequence[StandBy]
    away: frozenset[int]  # members who are away

    @property
    def in_alarm(self) -> int:
        return sum(row.is_in_alarm for row in self.rows)

    @property
    def can_be_covered(self) -> bool:
        """Whether somebody else could take a place: it is in alarm, and its run has its duty."""
        return any(post.alarm and post.manning for row in self.rows for post in row.posts)


def board_of(day: dt.date, direction: str) -> Board:
    """A fixed number of questions, however many runs there are."""
    going = going_on(day, direction)
    mannings = Manning.objects.filter(duty__day=day, duty__run__in=[one.run.pk for one in going])
    rows = list(
        mannings.select_related("duty__vehicle", "member__employment__person").order_by("role", "seat", "id")
    )
    stand_by = list(
        StandBy.objects.filter(day=day, direction=direction)
        .select_related("member__employment__person", "depot")
        .order_by("depot__name", "role", "id")
    )
    away = _away(rows, stand_by, day)
    people = {row.member.employment.person_id for row in rows if row.member is not None}
    papers = papers_of(people, day, day)
    off = set(OffRoad.objects.in_force(day).values_list("vehicle_id", flat=True))
    by_run: dict[int, list[Manning]] = defaultdict(list)
    for row in rows:
        by_run[row.duty.run_id].append(row)
    first, last = _span(going)
    return Board(
        day,
        [_row(one, by_run.get(one.run.pk, []), away, papers, off, first, last) for one in going],
        _hours(first, last), stand_by, frozenset(away),
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


def _row(
    going: Going,
    rows: Sequence[Manning],
    away: set[int],
    papers: Papers,
    off: set[int],
    first: int,
    last: int,
) -> Row:
    duty = rows[0].duty if rows else None
    posts = tuple(_post(going, row, away, papers) for row in rows)
    alarm = ""
    if going.is_ours and duty is None:
        alarm = _("Not manned yet: man the week.")
    elif duty is not None and duty.vehicle_id in off:
        alarm = _("%(vehicle)s is off the road.") % {"vehicle": duty.vehicle}
    begins, ends = (_minute(going, at) for at in (going.begins_at, going.ends_at))
    span = max(1, last - first)
    bar = (ACROSS * (begins - first) // span, max(2, ACROSS * (ends - begins) // span))
    return Row(going, duty, posts, alarm, bar)


def _post(going: Going, row: Manning, away: set[int], papers: Papers) -> Post:
    if row.member is None:
        return Post(row.role, "", why(row.reason), row.pk)
    alarm = ""
    if row.member.pk in away:
        alarm = _("Does not come today.")
    elif kind := papers.lacking(going, row.role, row.member.employment.person_id):
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
