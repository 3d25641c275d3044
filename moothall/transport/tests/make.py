"""Rows for tests: every `make_x(**changes)` gives a plain, saved one."""

import datetime as dt
from itertools import count
from typing import Any

from moothall.cases.models import Service
from moothall.cases.rules.definition import OutcomeDefinition
from moothall.cases.tests.make import make_service, make_step
from moothall.people.models import Account, Team
from moothall.people.tests.make import AT, make_account, make_person
from moothall.transport.models import (
    Application,
    Centre,
    EligibilityRule,
    Home,
    Passenger,
    Term,
    TermCalendar,
    Travel,
)
from moothall.transport.rules import keeping, opening, travelling
from moothall.transport.rules.applying import apply_at_desk

SINCE = dt.date(2026, 9, 1)
MONDAY = dt.date(2026, 11, 30)
WEEK = [0, 1, 2, 3, 4]
USER = ("transport.use", "cases.view", "cases.work", "people.view")
MANAGER = (*USER, "cases.manage")
_numbers = count(1)


def make_user(**changes: Any) -> Account:
    return make_account(*USER, **changes)


def make_manager(**changes: Any) -> Account:
    return make_account(*MANAGER, **changes)


def make_calendar(**changes: Any) -> TermCalendar:
    """One long term from September 2026 to July 2027."""
    number = next(_numbers)
    calendar = TermCalendar.objects.create(
        **{"key": f"calendar-{number}", "name": f"Calendar {number}"} | changes
    )
    Term.objects.create(calendar=calendar, name="Year", first_on=SINCE, last_on=dt.date(2027, 7, 21))
    return calendar


def make_centre(**changes: Any) -> Centre:
    """A special school with a bell from nine to three."""
    number = next(_numbers)
    given: dict[str, Any] = {
        "key": f"centre-{number}", "name": f"Centre {number}", "kind": Centre.SPECIAL, "latitude": 52.93,
        "longitude": -2.9,
    }  # fmt: skip
    if "calendar" not in changes:
        given["calendar"] = make_calendar()
    centre = Centre.objects.create(**given | changes)
    opening.ring(centre, weekdays=WEEK, begins=dt.time(9), ends=dt.time(15), from_on=SINCE, by=None, at=AT)
    return centre


def make_passenger(**changes: Any) -> Passenger:
    """Somebody with a home, who goes nowhere yet."""
    person = changes.pop("person", None) or make_person(full_name=changes.pop("name", "Osian Bello"))
    passenger = keeping.add_passenger(person, by=None, at=AT, **changes)
    make_home(passenger)
    return passenger


def make_home(passenger: Passenger, **changes: Any) -> Home:
    given: dict[str, Any] = {
        "name": "Home", "words": "2 Quillon Row", "from_on": SINCE, "latitude": 52.96, "longitude": -2.9,
        "by": None, "at": AT,
    }  # fmt: skip
    return keeping.add_home(passenger, **given | changes)


def make_travel(passenger: Passenger | None = None, **changes: Any) -> Travel:
    """There and back on every school day."""
    given: dict[str, Any] = {"weekdays": WEEK, "from_on": SINCE, "by": None, "at": AT}
    if "centre" not in changes:
        given["centre"] = make_centre()
    return travelling.add_travel(passenger or make_passenger(), **given | changes)


def make_run(passenger: Passenger, direction: str = "TO", **changes: Any) -> Any:
    given: dict[str, Any] = {
        "direction": direction, "weekdays": WEEK, "from_on": SINCE, "how": "RUN", "run": "L1", "stop": 2,
        "by": None, "at": AT,
    }  # fmt: skip
    return travelling.arrange(passenger, **given | changes)


def make_services(team: Team | None = None) -> Service:
    """The service of applications, and those of both stages of appeal."""
    decided = tuple(OutcomeDefinition(key, key.capitalize()) for key in ("agreed", "refused"))
    judged = tuple(OutcomeDefinition(key, key.capitalize()) for key in ("upheld", "not_upheld"))
    steps = (make_step("facts"), make_step("decide", "facts", outcomes=("agreed", "refused")))
    made = make_service(*steps, team=team, key="transport-application", outcomes=decided)
    for key in ("transport-appeal", "transport-appeal-panel"):
        make_service(team=made.team, key=key, outcomes=judged)
    return made


def make_rule(**changes: Any) -> EligibilityRule:
    """Over three miles from eight to sixteen, in England."""
    number = next(_numbers)
    given: dict[str, Any] = {
        "key": f"rule-{number}", "nation": "ENG", "place": number, "name": "Over three miles",
        "phases": ["PRIMARY", "SECONDARY"], "age_from": 8, "age_below": 17, "miles_from": "3",
        "needs": ["nearest"], "from_on": dt.date(2007, 9, 1), "source": "The Act",
    }  # fmt: skip
    made = EligibilityRule.objects.create(**given | changes)
    made.refresh_from_db()
    return made


def make_application(by: Account, **changes: Any) -> Application:
    """Somebody asks at the desk for a child who was born in May 2016."""
    if not Service.objects.filter(key="transport-application").exists():
        make_services()
    requester = changes.pop("requester", None) or make_person(
        full_name="Non Bello", emails=[f"non{next(_numbers)}@post.example"]
    )
    given: dict[str, Any] = {
        "name": "Osian Bello", "born_on": dt.date(2016, 5, 2), "starts_on": dt.date(2027, 1, 5), "by": by,
        "at": AT,
    }  # fmt: skip
    if "centre" not in changes:
        given["centre"] = make_centre()
    return apply_at_desk(requester, **given | changes)
