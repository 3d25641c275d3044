"""Rows for tests of value: a month in which passengers travelled by a plan, and with a contractor."""

import datetime as dt
from decimal import Decimal
from typing import Any

from moothall.people.models import Account
from moothall.people.tests.make import AT, make_account
from moothall.transport.models import Duty, Run, RunPlan, Target
from moothall.transport.models.crew import DRIVER
from moothall.transport.rules.accounting import account_for_day
from moothall.transport.rules.contracting import set_price
from moothall.transport.rules.targets import set_target
from moothall.workforce.tests.make import make_employment

from .make import SINCE, make_centre, make_manager, make_passenger, make_run, make_services, make_travel
from .make_contractors import make_allotment, make_contract, make_contractor
from .make_crews import make_depot, make_duty, make_member
from .make_day import press
from .make_runs import make_fleet, make_published, make_travellers

OCTOBER = dt.date(2026, 10, 1)
FIRST = dt.date(2026, 10, 5)  # a Monday


def make_month(by: Account | None = None, *, days: int = 2, travellers: int = 2) -> RunPlan:
    """So many days of October by a plan, each passenger on a run of their own there and back."""
    by = by or make_manager()
    make_services()
    make_fleet(travellers)
    make_travellers(travellers)
    plan = make_published(by, from_on=FIRST)
    for ahead in range(days):
        account_for_day(FIRST + dt.timedelta(days=ahead), by=by, at=AT)
    return plan


def make_job(name: str = "Saddlers Cars", *, unit: str = "RUN", amount: str = "24.50") -> Any:
    """Somebody goes with a contractor's job at a price, there and back, to a centre of their own."""
    firm = make_contractor(name=name)
    contract = make_contract(firm, from_on=SINCE)
    set_price(contract, unit=unit, amount=Decimal(amount), from_on=SINCE, by=None, at=AT)
    passenger = make_passenger(name="Ines Okafor")
    make_travel(passenger, centre=make_centre())
    make_allotment(firm, job="SC-1", from_on=SINCE)
    for way in ("TO", "FROM"):
        make_run(passenger, way, how="CONTRACTOR", contractor=name, job="SC-1", run="", stop=None)
    return firm


def make_target(**changes: Any) -> Target:
    given: dict[str, Any] = {
        "figure": "cost_run", "amount": Decimal(50), "amber": Decimal(60), "from_on": SINCE,
        "source": "Service plan, aim 3", "by": None, "at": AT,
    }  # fmt: skip
    return set_target(**given | changes)


def make_arrival(
    run: Run, at: str, *, day: dt.date = FIRST, what: str = "SET_DOWN", pickup: str = "07:30"
) -> tuple[Duty, Account]:
    """Everybody gets on this run that day, and it is at their school at that time."""
    driver = make_account()
    member = make_member(make_depot(), DRIVER, employment=make_employment(account=driver))
    duty = make_duty(run, member, day=day)
    for ride in run.rides.all():
        press(duty, "ABOARD", ride, by=driver, at=pickup)
        changes = {"call": ride.set_down_id} if what == "ARRIVED" else {}
        press(duty, what, ride, by=driver, at=at, **changes)
    return duty, driver
