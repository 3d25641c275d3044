"""Rows for tests of a day: a run that goes with its crew, what is pressed on it, what is looked at."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from moothall.core.clock import LONDON
from moothall.people.models import Account
from moothall.people.rules.contact_points import add_contact_point
from moothall.people.tests.make import AT, make_account
from moothall.transport.models import (
    Call,
    CheckItem,
    Duty,
    Passenger,
    PlanningFigure,
    Press,
    Ride,
    Run,
    Vehicle,
)
from moothall.transport.models.crew import DRIVER, ESCORT
from moothall.transport.rules.passing import take_press
from moothall.workforce.tests.make import make_employment

from .make import MONDAY, SINCE, WEEK, make_passenger
from .make_crews import make_depot, make_duty, make_going, make_member
from .make_runs import make_vehicle


def clock(said: str, day: dt.date = MONDAY) -> dt.datetime:
    """A time on the wall of that day."""
    return dt.datetime.combine(day, dt.time.fromisoformat(said), tzinfo=LONDON)


def make_run_of_day(passengers: int = 2, *, vehicle: Vehicle | None = None) -> tuple[Duty, Account, Account]:
    """A run at seven with a driver, an escort and so many passengers, each fetched at their own door from
    twenty past on, five minutes apart; to one school at ten past eight."""
    yard = make_depot()
    driver, escort = make_account(), make_account()
    crew = [
        make_member(yard, DRIVER, employment=make_employment(account=driver)),
        make_member(yard, ESCORT, employment=make_employment(account=escort)),
    ]
    run = make_going(yard, passenger=make_passenger(name="Osian Bello"), escorts=1)
    for number in range(1, passengers):
        join_run(run, make_passenger(name=f"Maryam{number} Qureshi"), 20 + 5 * number)
    duty = make_duty(run, *crew)
    Duty.objects.filter(pk=duty.pk).update(vehicle=vehicle)
    return Duty.objects.select_related("run", "vehicle").get(pk=duty.pk), driver, escort


def join_run(run: Run, passenger: Passenger, minute: int) -> Ride:
    """Another passenger, fetched before the school."""
    last = run.calls.get(kind=Call.SETDOWN)
    Call.objects.filter(pk=last.pk).update(position=last.position + 1)
    call = Call.objects.create(
        run=run, position=last.position, at=dt.time(7, minute), kind=Call.PICKUP, home=passenger.homes.get()
    )
    first = run.rides.all()[0]
    return Ride.objects.create(
        run=run, passenger=passenger, home=passenger.homes.get(), centre=first.centre, weekdays=WEEK,
        picked_up=call, set_down=last, seconds=2400, most_seconds=4500,
    )  # fmt: skip


def said(duty: Duty, what: str, ride: Ride | None = None, **changes: Any) -> dict[str, str]:
    """What the phone page sends."""
    given: dict[str, Any] = {"key": uuid.uuid4(), "duty": duty.pk, "what": what}
    if ride is not None:
        given["call"] = ride.set_down_id if what == "SET_DOWN" else ride.picked_up_id
        if what != "ARRIVED":
            given["passenger"] = ride.passenger_id
    if "at" in changes:
        given["pressed_at"] = int(changes.pop("at").timestamp() * 1000)
    return {name: str(value) for name, value in (given | changes).items()}


def press(duty: Duty, what: str, ride: Ride | None = None, *, by: Account, at: str, **changes: Any) -> Press:
    """Pressed at that time of the day, and received at once."""
    moment = clock(at, duty.day)
    return take_press(said(duty, what, ride, at=moment, **changes), by=by, at=moment)


def rides_of(duty: Duty) -> list[Ride]:
    return list(duty.run.rides.select_related("passenger__person").order_by("picked_up__position"))


def make_day_figures(**changes: str) -> None:
    """Those ahead are told each ten minutes; three times not there in four weeks is looked into."""
    given = {"told-late": "10", "no-shows": "3", "no-show-days": "28", "mend-days": "7"}
    for key, amount in (given | changes).items():
        PlanningFigure.objects.update_or_create(
            key=key, from_on=SINCE, defaults={"amount": Decimal(amount), "source": "Ours"}
        )


def reach(passenger: Passenger, *, email: str = "", phone: str = "", language: str = "") -> None:
    """Where the family is reached."""
    for kind, value in (("EMAIL", email), ("PHONE", phone)):
        if value:
            add_contact_point(passenger.person, kind=kind, value=value, by=None, at=AT)
    if language:
        passenger.person.language = language
        passenger.person.save(update_fields=["language"])


def make_check_item(key: str = "tyres", **changes: Any) -> CheckItem:
    given: dict[str, Any] = {
        "key": key, "place": 1, "name": key.capitalize(), "critical": True, "from_on": SINCE,
        "source": "The guide", "recorded_at": AT,
    }  # fmt: skip
    return CheckItem.objects.create(**given | changes)


def make_checked_run() -> tuple[Duty, Account, Account]:
    """A run with a vehicle whose tyres are looked at, and whether it is clean."""
    make_check_item("tyres")
    make_check_item("clean", place=2, critical=False)
    return make_run_of_day(vehicle=make_vehicle())
