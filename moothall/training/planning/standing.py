"""A published version as the planner knows it: its sessions are runs, and those with places are in them.

Only what the office's own rules call broken is broken here. Who has a place that those rules allow and the
planner could not have given (a rest day by pattern, say) is left where they are: their seat is not there.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from django.db.models import F
from django.utils.translation import gettext_noop

from moothall.core.clock import in_london
from moothall.training.models import (
    Need,
    Nomination,
    RepairChange,
    ScheduleVersion,
    Session,
    SessionInvitation,
    TrainerDay,
)
from moothall.training.rules.rota import ONE
from moothall.workforce.models import Employment
from planner.training.patterns import cost
from planner.training.problem import ProblemError

from .demand import wanted_of
from .shut import Rooms, read_shut
from .span import Span
from .teams import REST, Team, Teams, read_teams
from .trainers import Teacher, read_trainers

NONE_TO_COME: Final = gettext_noop("No session of this version is still to come.")


@dataclass
class Standing:
    """What was read: `placed` are the places that may be moved, `gone` those of people who do not work here
    then, `waiting` those who would like one. Both by nomination."""

    span: Span
    sessions: list[Session]
    trainers: Mapping[int, tuple[int, ...]]
    teams: Teams
    teachers: list[Teacher]
    placed: list[Nomination] = field(default_factory=list)
    waiting: list[Nomination] = field(default_factory=list)
    gone: list[Nomination] = field(default_factory=list)
    needs: Mapping[tuple[int, int], Need] = field(default_factory=dict)
    seats: Counter[int] = field(default_factory=Counter)
    """Of each session, those that may be filled."""
    leavers: set[tuple[int, int]] = field(default_factory=set)
    """Sessions and trainers who do not work here then."""
    shut: dict[int, str] = field(default_factory=dict)
    """Sessions that cannot be held, and why: their site is closed, or their room and no other is free."""
    rehoused: dict[int, Rooms] = field(default_factory=dict)
    """Sessions whose room is shut, with what they take and what they could take instead."""
    told: Mapping[tuple[int, int], dt.date] = field(default_factory=dict)
    """Sessions and people who were told of their place there, and when."""
    booked: Mapping[int, set[dt.date]] = field(default_factory=dict)
    """Days that people have given to something else."""
    keys: Mapping[int, str] = field(default_factory=dict)
    """Of sessions that are only planned, the keys of their lines."""

    @cached_property
    def team_of(self) -> dict[int, int]:
        return {who: number for number, team in enumerate(self.teams.teams) for who in team.members}

    def days(self, session: Session) -> tuple[int, ...]:
        return tuple(self.span.number(day) for day in session.days)

    def window(self, one: Nomination) -> tuple[int, int]:
        """From when until when their place may be: where they are now is within it."""
        release, due = self.span.first, self.span.last
        if (need := self.needs.get((one.employment_id, one.session.version.course_id))) is not None:
            wanted = wanted_of(need, self.span)
            release, due = wanted.release, wanted.due
        release, due = min(release, one.session.first_on), max(due, one.session.last_on)
        return self.span.number(release), self.span.number(due)


def read_standing(version: ScheduleVersion, *, today: dt.date, offers_waiting: bool) -> Standing:
    """ProblemError when nothing of it is still to come."""
    sessions = list(
        Session.objects.standing()
        .filter(schedule_lines__version=version, first_on__gt=today)
        .in_full()
        .order_by("first_on", "pk")
    )
    if not sessions:
        raise ProblemError(NONE_TO_COME)
    by_number = {each.pk: each for each in sessions}
    span = Span(today + ONE, max(each.last_on for each in sessions))
    rows = Nomination.objects.filter(session__in=by_number).select_related("employment").order_by("pk")
    placed = list(rows.placed())
    waiting = list(rows.in_turn().exclude(waits_because=Nomination.FIRST)) if offers_waiting else []
    for each in (*placed, *waiting):
        each.session = by_number[each.session_id]
    waiting = [*_called_off(version, sessions, today), *waiting]
    people = sorted({each.employment_id for each in (*placed, *waiting)})
    teams = read_teams(span, people, aside=[each.pk for each in placed])
    versions = {each.version_id: each.version for each in sessions}
    trainers, leavers = _trainers(by_number)
    found = Standing(
        span, sessions, trainers, teams,
        read_trainers(span, list(versions.values()), aside=list(by_number)), needs=needs_of(people),
        leavers=leavers, told=told_of(by_number),
    )  # fmt: skip
    found.shut, found.rehoused = read_shut(sessions)
    sort_people(found, placed, waiting)
    give_back(found, found.placed)
    return found


def _called_off(version: ScheduleVersion, sessions: Iterable[Session], today: dt.date) -> list[Nomination]:
    """Those whose session of this version was called off, where there is another of the course."""
    held = {(each.version.course_id, len(each.days)) for each in sessions}
    rows = Nomination.objects.filter(
        session__schedule_lines__version=version, session__first_on__gt=today, state=Nomination.WITHDRAWN,
        session__cancelled_at__isnull=False, because=F("session__cancelled_because"),
    )  # fmt: skip
    found = rows.select_related("employment", "session__version__course", "session__place").order_by("pk")
    return [each for each in found if (each.session.version.course_id, len(each.session.days)) in held]


def _trainers(sessions: Collection[int]) -> tuple[dict[int, tuple[int, ...]], set[tuple[int, int]]]:
    """Who teaches each session, and which of them do not work here then."""
    rows = TrainerDay.objects.filter(session__in=sessions).select_related("trainer")
    found: dict[int, list[int]] = defaultdict(list)
    leavers = set()
    for row in rows.order_by("session", "trainer", "day"):
        session = int(row.session_id or 0)
        if row.trainer_id not in found[session]:
            found[session].append(row.trainer_id)
        if not works_here(row.trainer, row.day):
            leavers.add((session, row.trainer_id))
    return {session: tuple(those) for session, those in found.items()}, leavers


def told_of(sessions: Collection[int]) -> dict[tuple[int, int], dt.date]:
    """Whose calendar has a place in these sessions, and since when."""
    rows = SessionInvitation.objects.filter(session__in=sessions, teaches=False, stands=True).order_by()
    found = rows.values_list("session_id", "employment_id", "told_at")
    return {(session, who): in_london(at).date() for session, who, at in found}


def needs_of(people: Collection[int]) -> dict[tuple[int, int], Need]:
    rows = Need.objects.filter(employment__in=people).order_by("employment", "course")
    return {(each.employment_id, each.course_id): each for each in rows}


def sort_people(found: Standing, placed: Iterable[Nomination], waiting: Iterable[Nomination]) -> None:
    """Who may be moved, who left the office, and who stays outside with their seat."""
    found.seats.update({each.pk: each.capacity for each in found.sessions})
    known: set[tuple[int, int]] = set()
    for one in placed:
        key = one.employment_id, one.session.version.course_id
        if not works_here(one.employment, one.session.last_on):
            found.gone.append(one)
        elif key in known or not _may_be_moved(found, one):
            found.seats[one.session_id] -= 1
        else:
            known.add(key)
            found.placed.append(one)
    for one in waiting:
        key = one.employment_id, one.session.version.course_id
        if key not in known and one.employment_id in found.team_of:
            known.add(key)
            found.waiting.append(one)


def works_here(employment: Employment, on: dt.date) -> bool:
    return employment.ended_on is None or employment.ended_on >= on


def _may_be_moved(found: Standing, one: Nomination) -> bool:
    """Whether the planner and the office agree on them: both call their place broken, or both sound."""
    number = found.team_of.get(one.employment_id)
    if number is None:
        return False
    absent, days = found.teams.absent[one.employment_id], found.days(one.session)
    if broken := _broken_days(found, one):
        absent.update(broken)
        return True
    team = found.teams.teams[number]
    return absent.isdisjoint(days) and cost(team.duty, team.kind, days, found.teams.rested) is not None


def _broken_days(found: Standing, one: Nomination) -> set[int]:
    """The days on which the office's rules would not let them go, as they stand now."""
    rota, who, days = found.teams.rota, one.employment_id, one.session.days
    broken = {day for day in days if rota.why_away(who, day)} | found.booked.get(who, set()).intersection(
        days
    )
    if len(days) == 1 and (rota.is_rest(who, days[0]) or rota.part(who, days[0] - ONE) == "N"):
        broken.add(days[0])
    return {found.span.number(day) for day in broken}


def give_back(found: Standing, places: Iterable[Nomination]) -> None:
    """Teams have what those with these places take, as far as the ledger still has it: they may be moved.
    Where it has less, the planner says who is withdrawn."""
    taken: dict[int, Counter[int]] = defaultdict(Counter)
    for one in places:
        if (number := found.team_of.get(one.employment_id)) is not None:
            taken[number].update(duties_lost(found, one))
    for number, days in taken.items():
        slack = found.teams.teams[number].slack
        for day, many in days.items():
            slack[day] += many
    _take_what_is_short(found, taken)


def duties_lost(found: Standing, one: Nomination) -> list[int]:
    """The days on which their team has one fewer by it."""
    team = found.teams.teams[found.team_of[one.employment_id]]
    price = cost(team.duty, team.kind, found.days(one.session), found.teams.rested)
    lost = price.lost if price else found.days(one.session)
    return [day for day in lost if team.duty[day] != REST]


def _take_what_is_short(found: Standing, taken: Mapping[int, Counter[int]]) -> None:
    for (unit, day, part, skill), left in sorted(found.teams.left.items(), key=lambda line: line[0][:3]):
        if left >= 0:
            continue
        at = found.span.number(day)
        if skill is not None:
            _hold(found, unit, day, part, skill, -left)
            continue
        those = [
            number
            for number, team in enumerate(found.teams.teams)
            if team.unit == unit and team.duty[at] == part
        ]
        short = -left
        for number in sorted(those, key=lambda each: (-taken.get(each, Counter())[at], each)):
            team: Team = found.teams.teams[number]
            less = min(short, team.slack[at])
            team.slack[at] -= less
            short -= less


def _hold(found: Standing, unit: int, day: dt.date, part: str, skill: int, many: int) -> None:
    """A minimum of those with one skill is not kept: the last who got places with that skill stay, before
    them those whom nobody told of theirs."""
    rota, at = found.teams.rota, found.span.number(day)
    last = reversed(found.placed)
    for one in sorted(last, key=lambda one: (one.session_id, one.employment_id) in found.told):
        who = one.employment_id
        here = found.teams.teams[found.team_of[who]].unit == unit
        asked = day in one.session.days and skill in rota.skills.get(who, ()) and rota.part(who, day) == part
        if many and here and asked and at not in found.teams.absent[who]:
            found.teams.absent[who].add(at)
            many -= 1


def apply_changes(case: dict[str, Any], found: Standing, changes: Iterable[RepairChange]) -> set[int]:
    """What was said by hand, put into a case that `in_force` wrote; the answer is the sessions not held."""
    off: set[int] = set()
    for change in changes:
        if change.sort == RepairChange.SESSION:
            off.update(each for each, key in found.keys.items() if key == change.line)
            off.update({change.session_id} if change.session_id else ())
            continue
        first = found.span.number(change.from_on or found.span.first)
        last = found.span.number(change.until_on or change.from_on or found.span.first)
        days = set(range(first, last + 1))
        if change.sort == RepairChange.SITE:
            for site in case["sites"]:
                if site["place"] == change.place_id:
                    site["closed"] = sorted({*site["closed"], *days})
        else:
            _away(case, change.employment_id or 0, days)
    return off


def _away(case: dict[str, Any], employment: int, days: set[int]) -> None:
    """They neither attend nor teach, and their team has one fewer on each of their duties."""
    for trainer in case["trainers"]:
        if trainer["employment"] == employment:
            trainer["absent"] = sorted({*trainer["absent"], *days})
    for one in case["officers"]:
        if one["employment"] != employment:
            continue
        team = case["teams"][one["team"]]
        for day in days.difference(one["absent"]):
            if team["duty"][day] != REST:
                team["slack"][day] = max(team["slack"][day] - 1, 0)
        one["absent"] = sorted({*one["absent"], *days})
