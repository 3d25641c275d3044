"""A version that is consulted on, as the planner knows it: its planned sessions and those planned in.

Nothing of it is booked. What its schedule has published is set aside: teams have back what those places take,
and whoever is planned in is charged by the planner instead.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_noop

from moothall.training.models import (
    Nomination,
    PlaceDay,
    PlannedPerson,
    ScheduleLine,
    ScheduleVersion,
    Session,
    TrainerDay,
)
from moothall.training.rules.publishing import published_of
from moothall.training.rules.repair_planned import as_session
from moothall.training.rules.rota import ONE
from moothall.workforce.models import Employment
from planner.training.problem import ProblemError

from .shut import read_shut
from .span import Span
from .standing import Standing, duties_lost, give_back, needs_of, sort_people, told_of, works_here
from .teams import read_teams
from .trainers import read_trainers

NONE_PLANNED: Final = gettext_noop("No session of this version is still to come.")
Trainers = dict[int, tuple[int, ...]]


@dataclass
class _Published:
    """What the schedule has published and is still to come."""

    keys: dict[str, Session] = field(default_factory=dict)
    placed: list[Nomination] = field(default_factory=list)
    waiting: list[Nomination] = field(default_factory=list)


def read_planned(version: ScheduleVersion, *, today: dt.date, offers_waiting: bool) -> Standing:
    """ProblemError when nothing of it is still to come."""
    lines = list(version.lines.filter(first_on__gt=today).in_full().order_by("first_on", "id"))
    if not lines:
        raise ProblemError(NONE_PLANNED)
    sessions = {each.pk: as_session(each) for each in lines}
    span = Span(today + ONE, max(each.last_on for each in lines))
    before = _published(version, today)
    planned = _planned(sessions)
    waiting = _waiting(before, lines, sessions) if offers_waiting else []
    people = sorted({one.employment_id for one in (*planned, *waiting, *before.placed)})
    numbers = [each.pk for each in before.keys.values()]
    trainers, leavers, days = _trainers(lines)
    found = Standing(
        span, list(sessions.values()), trainers,
        read_teams(span, people, aside=[each.pk for each in before.placed]),
        read_trainers(span, [each.course_version for each in lines], aside=numbers, planned=days),
        needs=needs_of(people), leavers=leavers, told=_told(before, lines),
        booked=_booked(span, people, before), keys={each.pk: each.key for each in lines},
    )  # fmt: skip
    found.shut, _rooms = read_shut(found.sessions, rooms=False)
    first, again = _once_a_day(planned)
    sort_people(found, first, waiting)
    give_back(found, before.placed)
    _charge_outside(found, [*first, *again])
    for one in again:
        found.seats[one.session_id] -= 1
    return found


def _published(version: ScheduleVersion, today: dt.date) -> _Published:
    published = published_of(version.schedule)
    if published is None:
        return _Published()
    rows = published.lines.filter(session__cancelled_at=None, session__first_on__gt=today)
    keys = {each.key: each.session for each in rows.select_related("session") if each.session is not None}
    by_number = {each.pk: each for each in keys.values()}
    asked = Nomination.objects.filter(session__in=by_number).select_related("employment").order_by("pk")
    found = _Published(
        keys, list(asked.placed()), list(asked.in_turn().exclude(waits_because=Nomination.FIRST))
    )
    for each in (*found.placed, *found.waiting):
        each.session = by_number[each.session_id]
    return found


def _planned(sessions: Mapping[int, Session]) -> list[Nomination]:
    """Those planned in, each as the place they would have; none of it is kept."""
    rows = PlannedPerson.objects.filter(line__in=sessions).select_related("employment").order_by("pk")
    return [
        Nomination(pk=each.pk, employment=each.employment, session=sessions[each.line_id]) for each in rows
    ]


def _waiting(
    before: _Published, lines: Iterable[ScheduleLine], sessions: Mapping[int, Session]
) -> list[Nomination]:
    """Those who wait for a session that is published, where this version has it too."""
    key_of = {session.pk: key for key, session in before.keys.items()}
    line_of = {each.key: each.pk for each in lines}
    found = []
    for each in before.waiting:
        if (number := line_of.get(key_of[each.session_id])) is not None:
            found.append(Nomination(pk=-each.pk, employment=each.employment, session=sessions[number]))
    return found


def _trainers(
    lines: Iterable[ScheduleLine],
) -> tuple[Trainers, set[tuple[int, int]], dict[int, set[dt.date]]]:
    """Who is planned to teach what, which of them cannot (they do not work here then, or are planned twice on
    a day), and on which days they teach."""
    those = list(lines)
    ids = {who for each in those for who in each.trainers}
    staff = Employment.objects.in_bulk(ids)
    trainers: Trainers = {}
    leavers: set[tuple[int, int]] = set()
    days: dict[int, set[dt.date]] = defaultdict(set)
    for each in those:
        trainers[each.pk] = tuple(who for who in each.trainers if who in staff)
        for who in trainers[each.pk]:
            if not works_here(staff[who], each.last_on) or not days[who].isdisjoint(each.days):
                leavers.add((each.pk, who))
            else:
                days[who].update(each.days)
    return trainers, leavers, days


def _told(before: _Published, lines: Iterable[ScheduleLine]) -> dict[tuple[int, int], dt.date]:
    """Who knows their place already, because it is published as it is planned here."""
    same = {
        session.pk: line.pk
        for line in lines
        if (session := before.keys.get(line.key)) is not None
        and (session.days, session.place_id) == (line.days, line.place_id)
    }
    return {(same[session], who): on for (session, who), on in told_of(same).items()}


def _booked(span: Span, people: Collection[int], before: _Published) -> dict[int, set[dt.date]]:
    """Days on which they are trained or teach outside this schedule."""
    within = {"day__gte": span.first, "day__lte": span.last}
    numbers = [each.pk for each in before.keys.values()]
    trained = PlaceDay.objects.filter(employment__in=people, **within).exclude(
        nomination__session__in=numbers
    )
    teaching = TrainerDay.objects.filter(Q(held__isnull=False) | ~Q(session__in=numbers), **within)
    found: dict[int, set[dt.date]] = defaultdict(set)
    for who, day in [
        *trained.order_by().values_list("employment_id", "day"),
        *teaching.filter(trainer__in=people).order_by().values_list("trainer_id", "day"),
    ]:
        found[who].add(day)
    return found


def _once_a_day(planned: Iterable[Nomination]) -> tuple[list[Nomination], list[Nomination]]:
    """Nobody can be planned in twice on a day: the second time is left to a person, and keeps its seat."""
    days: dict[int, set[dt.date]] = defaultdict(set)
    first, again = [], []
    for one in planned:
        mine = days[one.employment_id]
        if mine.isdisjoint(one.session.days):
            mine.update(one.session.days)
            first.append(one)
        else:
            again.append(one)
    return first, again


def _charge_outside(found: Standing, planned: Iterable[Nomination]) -> None:
    """Those whom the planner may not move take from their teams all the same."""
    inside = {(one.employment_id, one.session_id) for one in (*found.placed, *found.gone)}
    for one in planned:
        number = found.team_of.get(one.employment_id)
        if number is None or (one.employment_id, one.session_id) in inside:
            continue
        slack = found.teams.teams[number].slack
        for day in duties_lost(found, one):
            slack[day] = max(slack[day] - 1, 0)
