"""Rows for tests of crews: runs in force, people who drive and escort, hours, duties."""

import datetime as dt
from itertools import count
from typing import Any

from moothall.core.clock import LONDON
from moothall.people.tests.make import AT, make_person
from moothall.transport.models import (
    Call,
    CrewMember,
    CrewNeed,
    Depot,
    Duty,
    HoursRule,
    Manning,
    Passenger,
    Ride,
    Run,
    RunPlan,
    VehicleKind,
)
from moothall.transport.models.crew import DRIVER, ESCORT
from moothall.transport.rules.crews import join_crew
from moothall.transport.rules.fleet import add_vehicle
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment

from .make import MONDAY, SINCE, WEEK, make_centre, make_home, make_passenger

_numbers = count(1)


def make_depot(**changes: Any) -> Depot:
    number = next(_numbers)
    given = {"key": f"yard-{number}", "name": f"Yard {number}", "latitude": 52.9, "longitude": -2.9}
    return Depot.objects.create(**given | changes)


def make_hours() -> list[HoursRule]:
    """Ten hours of rest for drivers, eleven for escorts; sixty hours a week."""
    return [
        HoursRule.objects.create(
            role=role, from_on=dt.date(2000, 1, 1), source="The Act", working_day=960, rest=rest, week=3600
        )
        for role, rest in ((DRIVER, 600), (ESCORT, 660))
    ]


def make_member(
    depot: Depot, *roles: str, name: str = "Ines Okafor", employment: Employment | None = None
) -> CrewMember:
    employment = employment or make_employment(make_person(full_name=name))
    return join_crew(
        employment, depot=depot, drives=DRIVER in (roles or (DRIVER,)), escorts=ESCORT in roles, by=None,
        at=AT, today=SINCE,
    )  # fmt: skip


def make_run_plan(**changes: Any) -> RunPlan:
    """In force on school days from September on."""
    given: dict[str, Any] = {
        "name": "Autumn", "weekdays": WEEK, "from_on": SINCE, "state": RunPlan.PUBLISHED,
        "making": RunPlan.DONE, "asked_at": AT, "published_at": AT,
    }  # fmt: skip
    return RunPlan.objects.create(**given | changes)


def make_going(
    depot: Depot | None, plan: RunPlan | None = None, passenger: Passenger | None = None, **changes: Any
) -> Run:
    """A run that leaves at seven and is back at half past eight, with one passenger."""
    number = next(_numbers)
    plan = plan or RunPlan.objects.first() or make_run_plan()
    kind = VehicleKind.objects.first() or VehicleKind.objects.create(
        key="minibus", name="Minibus", layouts=[[8, 0]]
    )
    given: dict[str, Any] = {
        "plan": plan, "direction": "TO", "number": number, "kind": kind, "depot": depot,
        "leaves_at": dt.time(7), "back_at": dt.time(8, 30), "seconds": 4800, "cost": 50,
    }  # fmt: skip
    run = Run.objects.create(**given | changes)
    passenger = passenger or make_passenger(name=f"Osian Bello {number}")
    home, centre = passenger.homes.first() or make_home(passenger), make_centre()
    first = Call.objects.create(run=run, position=1, at=dt.time(7, 20), kind=Call.PICKUP, home=home)
    last = Call.objects.create(run=run, position=2, at=dt.time(8, 10), kind=Call.SETDOWN, centre=centre)
    Ride.objects.create(
        run=run, passenger=passenger, home=home, centre=centre, weekdays=WEEK, picked_up=first, set_down=last,
        seconds=3000, most_seconds=4500,
    )  # fmt: skip
    return run


def make_duty(run: Run, *members: CrewMember | None, day: dt.date = MONDAY) -> Duty:
    """The run on a day with its driver and then its escorts, and a vehicle of its own."""
    begins = dt.datetime.combine(day, run.leaves_at, tzinfo=LONDON)
    ends = dt.datetime.combine(day, run.back_at, tzinfo=LONDON)
    vehicle = add_vehicle(
        registration=f"CR{next(_numbers):05d}", kind=run.kind, depot=run.depot or make_depot(), by=None, at=AT
    )
    duty = Duty.objects.create(run=run, day=day, vehicle=vehicle, begins_at=begins, ends_at=ends)
    for place, member in enumerate(members):
        Manning.objects.create(
            duty=duty, role=ESCORT if place else DRIVER, seat=max(0, place - 1), member=member,
            reason="" if member else "busy:1", begins_at=begins, ends_at=ends, changed_at=AT,
        )  # fmt: skip
    return duty


def make_crew_need(kind: Any, role: str = DRIVER, **changes: Any) -> CrewNeed:
    return CrewNeed.objects.create(
        **{"role": role, "credential": kind, "from_on": SINCE, "recorded_at": AT} | changes
    )
