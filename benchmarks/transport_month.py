"""A month of a transport desk, walked day by day: passengers and drivers fall ill, vehicles break down,
schools close early, an insurance runs out, the clocks change.

Each day it is proved that every journey is accounted for in exactly one way, that every run is manned or in
alarm, and that nobody is put on a run that does not go. The answer is a table of what happened.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Final

from moothall.absence.models import Episode, Reason
from moothall.absence.rules.reporting import Report, record_return, report_absence
from moothall.core.clock import LONDON
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.transport.models import (
    Centre,
    Closure,
    CrewMember,
    CrewWeek,
    How,
    Journey,
    Manning,
    OffRoad,
    Passenger,
    Vehicle,
)
from moothall.transport.models.journey import FROM, TO
from moothall.transport.planning.crew_cover import ways_to_cover
from moothall.transport.planning.crew_making import make_week
from moothall.transport.rules import fleet, opening, travelling
from moothall.transport.rules.accounting import account_for_day, prove
from moothall.transport.rules.board import Row, board_of
from moothall.transport.rules.covering import apply_cover
from moothall.transport.rules.crew_weeks import monday_of
from moothall.workforce.away import away_between
from moothall.workforce.models import Employment
from planner.crews.problem import CrewError

DAY: Final = dt.timedelta(days=1)
AHEAD: Final = 2
ILL, DRIVERS, BROKEN, EARLY = 0.03, 0.04, 0.04, 0.05  # of passengers, crews, vehicles, and of days
UNTIL: Final = dt.time(12, 30)


@dataclass
class Month:
    """What is walked, who does it, what happened, and what was broken on which day."""

    by: Account
    dice: Random
    day: dt.date
    rounds: int
    counts: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    back: dict[dt.date, list[int]] = field(default_factory=dict)

    @property
    def at(self) -> dt.datetime:
        return dt.datetime.combine(self.day, dt.time(5, 30), tzinfo=LONDON)

    def draws(self, rows: list[int], share: float) -> list[int]:
        return [each for each in rows if self.dice.random() < share]


@for_the_office()
def walk(*, by: Account, first: dt.date, days: int, seed: int = 7, rounds: int = 1) -> Month:
    """So many days, beginning with `first`; crews of a week are planned on its first day."""
    month = Month(by, Random(seed), first, rounds)
    for number in range(days):
        month.day = first + DAY * number
        _man(month)
        for ahead in range(AHEAD):
            account_for_day(month.day + DAY * ahead, by=None, at=month.at)
        if month.day.weekday() < 5:
            _live_a_day(month)
        _prove(month)
    return month


def _man(month: Month) -> None:
    if CrewWeek.objects.filter(first_on=monday_of(month.day)).exists():
        return
    week = CrewWeek.objects.create(
        first_on=monday_of(month.day), seconds=20, asked_at=month.at, asked_by=month.by
    )
    make_week(week.pk, clock=lambda: month.at, today=month.day, rounds=month.rounds)
    week.refresh_from_db()
    month.counts[f"weeks of crews: {week.get_state_display()}"] += 1


def _live_a_day(month: Month) -> None:
    _passengers(month)
    _vehicles(month)
    _schools(month)
    account_for_day(month.day, by=None, at=month.at)
    _crews(month)


def _passengers(month: Month) -> None:
    rows = list(Passenger.objects.travelling(month.day).order_by("pk").values_list("pk", flat=True))
    for pk in month.draws(rows, ILL):
        until = month.day + DAY * month.dice.randrange(3)
        travelling.record_away(
            Passenger.objects.get(pk=pk), from_on=month.day, until_on=until, because="Ill", by=month.by,
            at=month.at,
        )  # fmt: skip
        month.counts["passengers ill"] += 1


def _vehicles(month: Month) -> None:
    rows = Vehicle.objects.on_the_road(month.day).order_by("pk").values_list("pk", flat=True)
    for pk in month.draws(list(rows), BROKEN):
        until = month.day + DAY * month.dice.randrange(4)
        fleet.take_off_road(
            Vehicle.objects.get(pk=pk), from_on=month.day, until_on=until, because="Broken down", by=month.by,
            at=month.at,
        )  # fmt: skip
        month.counts["vehicles off the road"] += 1


def _schools(month: Month) -> None:
    for centre in Centre.objects.order_by("pk"):
        if month.dice.random() < EARLY:
            opening.close_days(
                kind=Closure.EARLY, first_on=month.day, last_on=month.day, closes_at=UNTIL, centre=centre,
                because="No heating", by=month.by, at=month.at,
            )  # fmt: skip
            month.counts["schools that closed early"] += 1


def _crews(month: Month) -> None:
    """Who is ill says so; what they had is covered by the least change that helps, or stays in alarm."""
    for pk in month.back.pop(month.day, []):
        employment = Employment.objects.get(pk=pk)
        episode = Episode.objects.standing().filter(employment=employment).order_by("-first_day")[0]
        record_return(episode, last_day=month.day - DAY, by=month.by, at=month.at)
    off = {each.employment_id for each in away_between(_employments(month), month.day, month.day)}
    reason = Reason.objects.order_by("pk").first()
    ill = [pk for pk in month.draws(_employments(month), DRIVERS) if pk not in off]
    for pk in ill if reason is not None else ():
        report = Report(reason=reason, first_day=month.day)
        report_absence(
            Employment.objects.get(pk=pk), report=report, by=month.by, at=month.at, with_case=False
        )
        month.counts["drivers and escorts ill"] += 1
        month.back.setdefault(_next(month.day, month.dice.randrange(1, 4)), []).append(pk)
    if ill or off:
        _cover(month)


def _next(day: dt.date, many: int) -> dt.date:
    """So many weekdays later."""
    while many:
        day += DAY
        many -= day.weekday() < 5
    return day


def _employments(month: Month) -> list[int]:
    rows = CrewMember.objects.there(month.day, month.day).order_by("pk")
    return list(rows.values_list("employment", flat=True))


def _cover(month: Month) -> None:
    try:
        ways = [way for way in ways_to_cover(month.day) if way.helps]
    except CrewError:
        ways = []
    if not ways:
        month.counts["days on which nobody could cover"] += 1
        return
    try:
        cover = apply_cover(
            day=month.day, name=ways[0].name, changes=ways[0].changes, by=month.by, at=month.at
        )
        month.counts["places that changed hands"] += len(cover.changes)
    except Refusal:
        month.counts["covers that were overtaken"] += 1


def _prove(month: Month) -> None:
    """Everything that must be so on this day, in as few words as can be."""
    day = month.day
    proof = prove(day)
    month.counts["journeys"] += proof.accounted
    month.counts["journeys with somebody who sees to them"] += proof.counted[How.UNRESOLVED]
    _unless(month, proof.holds, f"{len(proof.missing)} journeys missing, {proof.surplus} too many")
    off = {each.employment_id for each in away_between(_employments(month), day, day)}
    gone = set(OffRoad.objects.in_force(day).values_list("vehicle", flat=True))
    for way in (TO, FROM):
        rows = list(board_of(day, way).rows)
        month.counts["runs"] += len(rows)
        month.counts["runs in alarm"] += sum(row.is_in_alarm for row in rows)
        for row in rows:
            _unless(
                month, _is_manned(row, off, gone), f"{row.going.run.called} is neither manned nor in alarm"
            )
        called = {row.going.run.called for row in rows}
        riders = Journey.objects.filter(day=day, direction=way, how=How.RUN, is_due=True)
        lost = riders.exclude(run__in=called).count()
        _unless(month, not lost, f"{lost} passengers are on runs that do not go")


def _is_manned(row: Row, off: set[int], gone: set[int]) -> bool:
    """Asked of the rows themselves, not of what the board says of them."""
    if row.is_in_alarm or not row.going.is_ours:
        return True
    if row.duty is None or row.duty.vehicle_id in gone:
        return False
    places = Manning.objects.filter(duty=row.duty).select_related("member")
    clock = all(each.begins_at.astimezone(LONDON).time() == row.going.run.leaves_at for each in places)
    needed = 1 + row.going.run.escorts
    there = [each for each in places if each.member is not None and each.member.employment_id not in off]
    return clock and len(there) == needed


def _unless(month: Month, well: bool, words: str) -> None:
    if not well:
        month.broken.append(f"{month.day}: {words}")


def table(month: Month) -> str:
    """What happened, a line each."""
    return "\n".join(f"{number:>8,}  {words}" for words, number in sorted(month.counts.items()))
