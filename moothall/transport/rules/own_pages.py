"""What people from outside see of transport: a contractor's jobs, a family's journeys. Reads only.

Nothing here asks whose page it is: the views have found the contractor or the child by who is signed in.
What the database shows to those who work with transport alone is read for the office: no address that is
protected, and to a family none at all.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from moothall.cases.models import Case
from moothall.core.serving import for_the_office
from moothall.letters.models import Letter
from moothall.transport.models import (
    Allotment,
    Application,
    Away,
    Carer,
    Contractor,
    Duty,
    How,
    Journey,
    Manning,
    Needs,
    Ride,
    Run,
    RunNotice,
    RunPlan,
)
from moothall.transport.models.crew import DRIVER

from .going import going_on
from .sheet import Rider, Stop, addresses_of, initials_of, stops_of

WEEK = dt.timedelta(days=7)
LETTERS = 20


@dataclass(frozen=True)
class Fare:
    """Somebody whom a contractor takes on a job that is no run of a plan."""

    rider: Rider
    direction: str
    where: str
    is_protected: bool
    centre: str
    bell_at: dt.time | None


@dataclass(frozen=True)
class Job:
    """One job of a contractor on a day: with which vehicle and crew, and whom."""

    name: str
    allotment: Allotment | None
    run: Run | None = None
    stops: Sequence[Stop] = ()
    fares: Sequence[Fare] = ()


@for_the_office()
def jobs_of(contractor: Contractor, day: dt.date) -> list[Job]:
    """Runs of plans and single jobs, in a fixed number of questions however many there are."""
    runs = [each.run for each in going_on(day) if each.run.contractor_id == contractor.pk]
    stops = stops_of([run.pk for run in runs], day)
    allotted = Allotment.objects.in_force(day).filter(contractor=contractor)
    with_whom = {
        each.job: each
        for each in allotted.select_related("vehicle__kind", "driver__person", "assistant__person")
    }
    fares = _fares(contractor, day)
    found = [Job(run.called, with_whom.get(run.called), run=run, stops=stops.get(run.pk, [])) for run in runs]
    return found + [Job(job, with_whom.get(job), fares=fares[job]) for job in sorted(fares)]


def _fares(contractor: Contractor, day: dt.date) -> dict[str, list[Fare]]:
    rows = Journey.objects.due().filter(how=How.CONTRACTOR, contractor=contractor.name, day=day)
    journeys = list(
        rows.select_related("passenger__person", "centre").order_by("-direction", "bell_at", "pk")
    )
    where = addresses_of([each.home_id for each in journeys if each.home_id])
    needed = Needs.objects.in_force(day).filter(passenger__in=[each.passenger_id for each in journeys])
    needs = {each.passenger_id: each for each in needed}
    found: dict[str, list[Fare]] = defaultdict(list)
    for each in journeys:
        initials = initials_of(each.passenger.person.full_name)
        rider = Rider(initials, needs.get(each.passenger_id), True, False)
        home = where.get(each.home_id or 0, "")
        hidden = each.home_id not in where
        fare = Fare(rider, each.direction, home, hidden, str(each.centre), each.bell_at)
        found[each.job].append(fare)
    return found


@dataclass(frozen=True)
class Trip:
    """One journey of a child, as the family needs it."""

    journey: Journey
    at: dt.time | None = None  # at their own door
    vehicle: str = ""
    driver: str = ""  # the first name alone


@dataclass
class _Found:
    """What is known of the journeys of a child, asked in a handful of questions."""

    rides: dict[tuple[str, dt.date], Ride] = field(default_factory=dict)
    duties: dict[tuple[int, dt.date], Duty] = field(default_factory=dict)
    drivers: dict[int, str] = field(default_factory=dict)
    jobs: list[Allotment] = field(default_factory=list)


@for_the_office()
def trips_of(carer: Carer, first: dt.date, last: dt.date) -> list[Trip]:
    """The journeys of these days, of their own child, from the homes that they may know of."""
    rows = Journey.objects.due().filter(passenger=carer.passenger_id, day__range=(first, last))
    if carer.home_id is not None:
        rows = rows.filter(home=carer.home_id)
    journeys = list(rows.select_related("centre").order_by("day", "-direction", "pk"))
    found = _what_is_known(journeys, carer.passenger_id, first, last)
    return [_trip(each, found) for each in journeys]


def _what_is_known(journeys: Sequence[Journey], passenger: int, first: dt.date, last: dt.date) -> _Found:
    found = _Found(_rides(journeys, passenger))
    runs = {ride.run_id for ride in found.rides.values()}
    duties = Duty.objects.filter(run__in=runs, day__range=(first, last)).select_related("vehicle")
    found.duties = {(each.run_id, each.day): each for each in duties}
    crew = Manning.objects.filter(duty__in=duties.values("pk"), role=DRIVER, member__isnull=False)
    for each in crew.select_related("member__employment__person"):
        if each.member is not None and each.duty_id is not None:
            found.drivers[each.duty_id] = first_name(each.member.employment.person.full_name)
    firms = {each.contractor for each in journeys if each.contractor}
    ours = {ride.run.contractor_id for ride in found.rides.values() if ride.run.contractor_id}
    whose = Q(contractor__name__in=firms) | Q(contractor__in=ours)
    found.jobs = list(
        Allotment.objects.between(first, last)
        .filter(whose)
        .select_related("vehicle", "driver__person", "contractor")
    )
    return found


def _rides(journeys: Sequence[Journey], passenger: int) -> dict[tuple[str, dt.date], Ride]:
    """The ride of each journey that goes on a run: by the latest plan in force that has it."""
    rows = Ride.objects.filter(passenger=passenger, run__plan__state=RunPlan.PUBLISHED)
    rows = rows.select_related("run__plan", "run__vehicle", "run__contractor", "picked_up", "set_down")
    rides = sorted(rows, key=lambda each: (each.run.plan.from_on, each.run.plan_id))
    found: dict[tuple[str, dt.date], Ride] = {}
    for journey in journeys:
        for ride in rides if journey.how == How.RUN else ():
            if _carries(ride, journey):
                found[journey.direction, journey.day] = ride
    return found


def _carries(ride: Ride, journey: Journey) -> bool:
    plan, day = ride.run.plan, journey.day
    holds = plan.from_on <= day and (plan.until_on is None or plan.until_on >= day)
    goes = day.weekday() in plan.weekdays and day.weekday() in ride.weekdays
    same = ride.run.called == journey.run and ride.run.direction == journey.direction
    return holds and goes and same


def _trip(journey: Journey, found: _Found) -> Trip:
    ride = found.rides.get((journey.direction, journey.day))
    job = _job_of(journey, ride, found.jobs)
    at = ride.at_home.at if ride is not None else None
    if job is not None:
        return Trip(journey, at, str(job.vehicle), first_name(job.driver.person.full_name))
    if ride is None:
        return Trip(journey, at)
    duty = found.duties.get((ride.run_id, journey.day))
    vehicle = (duty.vehicle if duty is not None else None) or ride.run.vehicle
    return Trip(journey, at, str(vehicle or ""), found.drivers.get(duty.pk, "") if duty is not None else "")


def _job_of(journey: Journey, ride: Ride | None, jobs: Iterable[Allotment]) -> Allotment | None:
    """The contractor's vehicle and driver of that day."""
    firm, name = journey.contractor, journey.job
    if ride is not None:
        firm, name = (ride.run.contractor.name if ride.run.contractor else ""), ride.run.called
    for each in jobs:
        holds = each.from_on <= journey.day and (each.until_on is None or each.until_on >= journey.day)
        if firm and holds and (each.contractor.name, each.job) == (firm, name):
            return each
    return None


def first_name(full_name: str) -> str:
    return full_name.split()[0] if full_name.split() else ""


@for_the_office()
def letters_to(carer: Carer) -> list[Letter]:
    """Letters that went to this very person about this child's travel; of no sealed or restricted case."""
    notices = RunNotice.objects.filter(passenger=carer.passenger_id, letter__isnull=False)
    asked = Application.objects.filter(passenger=carer.passenger_id)
    open_cases = asked.filter(case__confidentiality__in=(Case.ANYONE, Case.TEAM)).values("case")
    about = Q(pk__in=notices.values("letter")) | Q(about_kind="cases.case", about_id__in=open_cases)
    rows = Letter.objects.filter(about, person=carer.person_id, state=Letter.SENT)
    return list(rows.order_by("-written_at", "-pk")[:LETTERS])


@for_the_office()
def changes_for(carer: Carer, since: dt.datetime) -> list[RunNotice]:
    """What was changed for this child by plans, and told; not to whoever may know of one home alone."""
    if carer.home_id is not None:
        return []
    rows = RunNotice.objects.filter(
        passenger=carer.passenger_id, told_at__gte=since, plan__state=RunPlan.PUBLISHED
    )
    return list(rows.select_related("plan").order_by("-told_at", "-pk")[:LETTERS])


def aways_of(carers: Collection[Carer], on: dt.date) -> list[Away]:
    """The days on which these children do not travel, from that day on."""
    rows = Away.objects.from_now(on).filter(passenger__in=[each.passenger_id for each in carers])
    return list(rows)
