"""The week of a planner of crews, read from the office's rows: people, papers, hours, runs, stand-by."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext_noop

from moothall.core.clock import LONDON
from moothall.transport.models import CrewMember, HireJob, HoursRule, Manning, Needs, Ride, StandBy
from moothall.transport.models.crew import DRIVER, ESCORT
from moothall.transport.rules.crew_papers import Papers, papers_of
from moothall.transport.rules.going import Going, going_on
from moothall.workforce.away import away_between
from moothall.workforce.models import Assignment
from planner.crews.problem import CrewError, Problem
from planner.crews.reading import problem_of

DAY: Final = dt.timedelta(days=1)
BACK: Final = dt.timedelta(days=28)  # early starts and acquaintances are looked for so far back
EARLY: Final = "06:45"
NO_HOURS = gettext_noop("No hours are on record for drivers and escorts: load or enter them first.")
NO_RUNS = gettext_noop("No run goes in this week from today on: publish a plan of runs first.")
NO_CREW = gettext_noop("Nobody drives or escorts yet: add members of staff to the crews first.")
Said = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """What a post of the case is in the office: a place on a run or a hire job, or a stand-by."""

    day: dt.date
    direction: str
    role: str
    seat: int
    begins_at: dt.datetime
    ends_at: dt.datetime
    run: int | None = None
    depot: int | None = None
    stand_by: int | None = None  # the row of somebody who waits already
    hire: int | None = None

    @property
    def goes_out(self) -> bool:
        """Whether it is on a run or a hire job, and not a stand-by."""
        return self.run is not None or self.hire is not None


@dataclass(frozen=True)
class CrewCase:
    """The case, and what its posts are, in their order."""

    said: Said
    places: Sequence[Place]
    names: Mapping[str, str]

    def problem(self) -> Problem:
        return problem_of(self.said)


def read_case(
    first: dt.date, days: int, *, from_on: dt.date, stand_by: Mapping[str, int] | None = None,
    waiting: Sequence[StandBy] = (), early_before: str = EARLY,
) -> CrewCase:  # fmt: skip
    """The days from `first`, runs from `from_on` on. CrewError, in a sentence, where something is missing."""
    last = first + DAY * (days - 1)
    hours = [_hours(each) for each in HoursRule.objects.between(first, last)]
    if not hours:
        raise CrewError(NO_HOURS)
    members = list(CrewMember.objects.there(first, last))
    if not members:
        raise CrewError(NO_CREW)
    going = [
        one
        for ahead in range(days)
        if first + DAY * ahead >= from_on
        for one in going_on(first + DAY * ahead)
    ]
    ours = [one for one in going if one.is_ours]
    hired = list(HireJob.objects.going(max(first, from_on), last))
    if not ours and not hired:
        raise CrewError(NO_RUNS)
    week = _Week(first, last, ours, hired, members, early_before)
    tasks = [*week.runs(), *week.hires(), *week.stand_bys(stand_by or {}), *week.waiting(waiting)]
    return CrewCase(
        {
            "first_day": first.isoformat(), "days": days, "hours": hours, "people": week.people(),
            "tasks": tasks, "early_before": _minutes(dt.time.fromisoformat(early_before)),
            "known_weight": week.weights(),
        },
        week.places,
        {str(one.pk): str(one) for one in members},
    )  # fmt: skip


def _hours(row: HoursRule) -> Said:
    numbers = {name: getattr(row, name) for name in HoursRule.NUMBERS if getattr(row, name) is not None}
    return {
        "role": row.role, "from_on": row.from_on.isoformat(), "source": row.source,
        "until_on": row.until_on.isoformat() if row.until_on else None, **numbers,
    }  # fmt: skip


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute


@dataclass
class _Week:
    """The rows that matter for these days, each kind asked for once."""

    first: dt.date
    last: dt.date
    going: list[Going]
    hired: list[HireJob]
    members: list[CrewMember]
    early_before: str
    places: list[Place] = field(default_factory=list)
    papers: Papers = field(init=False)

    def __post_init__(self) -> None:
        people = [one.employment.person_id for one in self.members]
        self.papers = papers_of(people, self.first, self.last)

    def runs(self) -> Iterator[Said]:
        for one in self.going:
            run, posts = one.run, [DRIVER, *[ESCORT] * one.run.escorts]
            for seat, role in _seated(posts):
                self.places.append(
                    Place(one.day, run.direction, role, seat, one.begins_at, one.ends_at, run=run.pk)
                )
            begins = _minutes(run.leaves_at)
            long = max(1, int((one.ends_at - one.begins_at).total_seconds() // 60))
            yield {
                "id": f"{run.called} {run.pk} {one.day}", "line": f"run {run.pk}", "posts": posts,
                "day": (one.day - self.first).days, "depot": f"depot {run.depot_id}", "begins": begins,
                "ends": begins + long, "driving": min(long, run.seconds // 60),
                "passengers": [f"p{who}" for who in one.passengers],
                "needs": self.papers.asked(one),
            }  # fmt: skip

    def hires(self) -> Iterator[Said]:
        """Hire jobs: on the same people, by the same hours. Waiting between two drives is no driving."""
        for job in self.hired:
            begins, ends = job.begins_at.astimezone(LONDON), job.ends_at.astimezone(LONDON)
            posts = [DRIVER, *[ESCORT] * job.escorts]
            for seat, role in _seated(posts):
                self.places.append(Place(job.day, "", role, seat, begins, ends, hire=job.pk))
            start = _minutes(begins.time())
            yield {
                "id": f"{job.called} {job.day}", "line": f"hire {job.pk}", "posts": posts,
                "day": (job.day - self.first).days, "depot": f"depot {job.depot_id}", "begins": start,
                "ends": start + job.minutes, "driving": job.driving, "passengers": [],
                "needs": self.papers.asked_of(job.kind_id, job.day, chair=job.in_wheelchairs > 0),
            }  # fmt: skip

    def stand_bys(self, wanted: Mapping[str, int]) -> Iterator[Said]:
        """As long as the runs of the half day from that depot."""
        halves: dict[tuple[dt.date, str, int], list[Going]] = defaultdict(list)
        for one in self.going:
            if one.run.depot_id is not None:
                halves[one.day, one.run.direction, one.run.depot_id].append(one)
        posts = [role for role in (DRIVER, ESCORT) for _ in range(wanted.get(role, 0))]
        for (day, direction, depot), those in halves.items() if posts else ():
            begins, ends = min(one.begins_at for one in those), max(one.ends_at for one in those)
            for seat, role in _seated(posts):
                self.places.append(Place(day, direction, role, seat, begins, ends, depot=depot))
            start = _minutes(begins.time())
            yield {
                "id": f"stand-by {direction} {depot} {day}", "kind": "standby", "posts": posts,
                "day": (day - self.first).days, "depot": f"depot {depot}", "begins": start,
                "ends": start + int((ends - begins).total_seconds() // 60),
            }  # fmt: skip

    def waiting(self, rows: Sequence[StandBy]) -> Iterator[Said]:
        """Those who wait already, each as they do."""
        for row in rows:
            begins, ends = row.begins_at.astimezone(LONDON), row.ends_at.astimezone(LONDON)
            self.places.append(
                Place(row.day, row.direction, row.role, 0, begins, ends, depot=row.depot_id, stand_by=row.pk)
            )
            start = _minutes(begins.time())
            yield {
                "id": f"stand-by {row.pk}", "kind": "standby", "posts": [row.role],
                "day": (row.day - self.first).days, "depot": f"depot {row.depot_id}", "begins": start,
                "ends": start + int((ends - begins).total_seconds() // 60),
            }  # fmt: skip

    def people(self) -> list[Said]:
        employments = [one.employment_id for one in self.members]
        gone = away_between(employments, self.first, self.last)
        weekly = dict(
            Assignment.objects.in_force(self.first)
            .filter(employment__in=employments, is_main=True)
            .values_list("employment_id", "weekly_hours")
        )
        before = _Before(self)
        found = []
        for one in self.members:
            days = {
                ahead
                for away in gone if away.employment_id == one.employment_id
                for ahead in range((self.last - self.first).days + 1)
                if away.from_on <= self.first + DAY * ahead and self._until(away.until_on, ahead)
            } | self._not_there(one)  # fmt: skip
            hours = weekly.get(one.employment_id)
            found.append({
                "id": str(one.pk), "depot": f"depot {one.depot_id}", "roles": one.roles,
                "credentials": self._held(one.employment.person_id), "away": sorted(days),
                **({"most": int(hours * 60)} if hours else {}), **before.of(one.pk),
            })  # fmt: skip
        return found

    def _held(self, person: int) -> list[Said]:
        return [
            {
                "kind": one.kind, "from_on": one.from_on.isoformat(),
                "until_on": one.until_on.isoformat() if one.until_on else None,
            }
            for one in self.papers.held.get(person, ())
        ]  # fmt: skip

    def _until(self, until: dt.date | None, ahead: int) -> bool:
        return until is None or self.first + DAY * ahead <= until

    def _not_there(self, one: CrewMember) -> set[int]:
        """Days before they began, and after they left the crews or the office."""
        ends = [day for day in (one.left_on, one.employment.ended_on) if day is not None]
        days = ((ahead, self.first + DAY * ahead) for ahead in range((self.last - self.first).days + 1))
        begun = one.employment.started_on
        return {ahead for ahead, day in days if day < begun or any(day > end for end in ends)}

    def weights(self) -> dict[str, int]:
        """It matters more to be known to those with an escort of their own, and to whom strangers upset."""
        rows = Needs.objects.between(self.first, self.last)
        return {f"p{each.passenger_id}": 4 for each in rows if each.escort == Needs.OWN or each.triggers}


class _Before:
    """What people did in the weeks before: early starts, the last end, whom they took."""

    def __init__(self, week: _Week) -> None:
        self.midnight = dt.datetime.combine(week.first, dt.time(), tzinfo=LONDON)
        early = dt.time.fromisoformat(week.early_before)
        rows = Manning.objects.filter(
            member__in=[one.pk for one in week.members], begins_at__gte=self.midnight - BACK,
            begins_at__lt=self.midnight,
        ).values_list("member_id", "duty__run_id", "begins_at", "ends_at")  # fmt: skip
        self.days: dict[int, set[dt.date]] = defaultdict(set)
        self.early: dict[int, set[dt.date]] = defaultdict(set)
        self.ended: dict[int, dt.datetime] = {}
        runs: dict[int, set[int]] = defaultdict(set)
        for member, run, begins, ends in rows:
            began = begins.astimezone(LONDON)
            self.days[member].add(began.date())
            if began.time() < early:
                self.early[member].add(began.date())
            self.ended[member] = max(ends, self.ended.get(member, ends))
            runs[member] |= {run} if run else set()
        taken: dict[int, set[int]] = defaultdict(set)
        every = {run for those in runs.values() for run in those}
        for run, passenger in Ride.objects.filter(run__in=every).values_list("run_id", "passenger_id"):
            taken[run].add(passenger)
        self.known = {who: {one for run in those for one in taken[run]} for who, those in runs.items()}
        self.week_before = {week.first - DAY * back for back in range(1, 8)}

    def of(self, member: int) -> Said:
        said: Said = {
            "early": len(self.early[member]),
            "known": [f"p{one}" for one in sorted(self.known.get(member, ()))],
            "rested": not self.week_before <= self.days[member],
        }  # fmt: skip
        if member in self.ended:
            said["ended"] = min(0, int((self.ended[member] - self.midnight).total_seconds() // 60))
        return said


def _seated(posts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each post with which of its role it is, in their order."""
    for number, role in enumerate(posts):
        yield posts[:number].count(role), role
