"""Ways to cover a day: who takes the places of those who do not come, with the least change to others."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from moothall.core.aside import aside
from moothall.core.serving import for_the_office
from moothall.transport.models import Manning, StandBy
from moothall.transport.rules.covering import Change
from moothall.transport.rules.crew_refusals import NothingToCoverWith
from moothall.transport.rules.crew_weeks import monday_of
from moothall.transport.rules.why_nobody import AWAY
from planner.crews.covering import ANY, FREE, ONE, Option, cover
from planner.crews.problem import CrewError, Post

from .crew_case import CrewCase, read_case
from .crew_making import reason_of

NAMES: Final = {FREE: "FREE", ONE: "ONE", ANY: "ANY"}
DAYS: Final = 7


@dataclass(frozen=True)
class Shown:
    """One place that changes hands, by name."""

    run: str
    role: str
    before: str
    after: str


@dataclass(frozen=True)
class Way:
    """One option: what it is called, what changes, who is moved from a run, what stays open."""

    name: str
    changes: tuple[Change, ...]
    shown: tuple[Shown, ...]
    moved: tuple[str, ...]
    open: tuple[tuple[str, str, str], ...]  # run, role and why nobody

    @property
    def helps(self) -> bool:
        """Whether somebody takes a place, and not only loses one."""
        return any(each.after is not None for each in self.changes)

    @property
    def digest(self) -> str:
        """The same option has the same: so that what is accepted is what was seen."""
        told = json.dumps([each.said() for each in self.changes], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def ask_for_ways(day: dt.date, asked: str) -> list[Way]:
    """Worked out aside, once for each time that somebody asked. StillAtIt while it is; a refusal where there
    is nothing to plan with."""
    found: list[Way] | str = aside.ask(f"cover {day} {asked}", ways_or_why_not, day)
    if isinstance(found, str):
        raise NothingToCoverWith(_(found))
    return found


def ways_or_why_not(day: dt.date) -> list[Way] | str:
    """What is done aside. It asks who is away, without why, as the worker does."""
    try:
        with for_the_office():
            return ways_to_cover(day)
    except CrewError as wrong:
        return str(wrong)


def ways_to_cover(day: dt.date) -> list[Way]:
    """Three at most, the least change first. CrewError where there is nothing to plan with."""
    first = monday_of(day)
    last = first + dt.timedelta(days=DAYS - 1)
    waiting = list(StandBy.objects.filter(day__range=(first, last), called_out=False))
    case = read_case(first, DAYS, from_on=first, waiting=waiting)
    problem = case.problem()
    day_number = (day - first).days
    rows = _Rows(case, problem.posts, day, {row.pk: row for row in waiting})
    options = cover(problem, rows.now, days={day_number})
    return [rows.way(option) for option in options]


class _Rows:
    """What the posts of the case are as rows: places on duties, and whoever is on stand-by."""

    def __init__(
        self, case: CrewCase, posts: Sequence[Post], day: dt.date, waiting: Mapping[int, StandBy]
    ) -> None:
        self.case, self.posts, self.day = case, posts, day
        numbers = {
            (place.run, place.hire, place.day, place.role, place.seat): number
            for number, place in enumerate(case.places)
        }
        last = max(place.day for place in case.places)
        first = min(place.day for place in case.places)
        span = (first, last)
        of_days = Q(duty__day__range=span) | Q(hire__day__range=span)
        places = Manning.objects.filter(of_days).select_related("duty__run", "hire")
        self.places: dict[int, Manning] = {}
        for row in places:
            run = row.duty.run_id if row.duty is not None else None
            key = (run, row.hire_id, row.day, row.role, row.seat)
            if key in numbers:
                self.places[numbers[key]] = row
        self.now = {
            number: str(row.member_id)
            for number, row in self.places.items()
            if str(row.member_id) in case.names
        }
        self.now |= {
            number: str(waiting[place.stand_by].member_id)
            for number, place in enumerate(case.places)
            if place.stand_by is not None and str(waiting[place.stand_by].member_id) in case.names
        }

    def way(self, option: Option) -> Way:
        reasons = {(one.task, one.role, one.seat): reason_of(one) for one in option.plan.unmanned}
        changes, shown = list[Change](), list[Shown]()
        for each in option.changes:
            number, post = each.post.number, each.post
            place, row = self.case.places[number], self.places.get(number)
            if place.stand_by is not None and place.day == self.day and each.before and not each.after:
                changes.append(Change(None, place.stand_by, int(each.before), None))
            if row is None or row.day != self.day:
                continue
            reason = reasons.get((post.task.id, post.role, post.seat), AWAY) if each.after is None else ""
            after = int(each.after) if each.after else None
            changes.append(Change(row.pk, None, row.member_id, after, reason, row.reason))
            shown.append(Shown(row.called, row.role, self._name(row.member_id), self._name(after)))
        open_now = tuple(
            (row.called, row.role, reasons[self._key(number)])
            for number, row in sorted(self.places.items())
            if row.day == self.day and self._key(number) in reasons
        )
        moved = tuple(self.case.names[one] for one in option.moved if one in self.case.names)
        return Way(NAMES[option.name], tuple(changes), tuple(shown), moved, open_now)

    def _key(self, number: int) -> tuple[str, str, int]:
        post = self.posts[number]
        return post.task.id, post.role, post.seat

    def _name(self, member: int | None) -> str:
        return self.case.names.get(str(member), "") if member else ""
