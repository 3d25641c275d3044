"""Rows for tests of safety: services, duties to report, incidents, and who signs in from outside."""

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse

from moothall.cases.models import Case, Service
from moothall.cases.rules.definition import OutcomeDefinition
from moothall.cases.tests.make import make_service, make_step
from moothall.people.models import Account, Team
from moothall.people.tests.make import AT, make_account, make_person
from moothall.transport.models import (
    Carer,
    Contractor,
    ContractorContact,
    Incident,
    Involved,
    Passenger,
    ReportingDuty,
)
from moothall.transport.models.incident import CONCERN, INCIDENT, SERVICES
from moothall.transport.rules.incidents import There, report_incident
from moothall.transport.rules.knowing import act_for_contractor, name_carer

from .make import MANAGER, SINCE, make_passenger

HOUR = dt.timedelta(hours=1)
OUTCOMES = (OutcomeDefinition("lessons_learned", "Something was changed because of it"),)


def make_safety(team: Team | None = None, *, lead: bool = True) -> Team:
    """The services of all three kinds; a team whose lead manages transport."""
    for key in SERVICES.values():
        level = Case.SEALED if key == SERVICES[CONCERN] else Case.TEAM
        made = make_service(make_step("look"), team=team, key=key, confidentiality=level, outcomes=OUTCOMES)
        team = made.team
    assert team is not None
    if lead and team.lead is None:
        team.lead = make_account(*MANAGER, "cases.close", team=team)
        team.save(update_fields=["lead"])
    return team


def make_duty_to_report(**changes: Any) -> ReportingDuty:
    given: dict[str, Any] = {
        "key": "police", "kinds": [INCIDENT], "name": "The police", "when": "A crime", "days": 1,
        "from_on": dt.date(2020, 1, 1), "source": "The Act",
    }  # fmt: skip
    return ReportingDuty.objects.create(**given | changes)


def make_incident(**changes: Any) -> Incident:
    """A window was broken, as somebody at the desk tells it."""
    if not Service.objects.filter(key=SERVICES[INCIDENT]).exists():
        make_safety()
    given: dict[str, Any] = {
        "kind": INCIDENT, "happened_at": AT - HOUR, "where": "Canal Street",
        "what": "A branch broke a window", "by": None, "at": AT,
    }  # fmt: skip
    return report_incident(**given | changes)


def make_concern(about: Passenger | None = None, **changes: Any) -> Incident:
    """Somebody fears for a passenger; it names what nobody else may read."""
    about = about or make_passenger(name="Osian Bello")
    there = (There(Involved.PASSENGER, str(about), about.person),)
    given: dict[str, Any] = {
        "kind": CONCERN, "what": "Bruises on both arms", "where": "Quillon Row", "there": there,
    }  # fmt: skip
    return make_incident(**given | changes)


def make_signed_in(name: str = "Non Bello", **changes: Any) -> Account:
    """Somebody who signs in and holds no role."""
    return make_account(person=make_person(full_name=name), **changes)


def make_carer(passenger: Passenger, account: Account | None = None, **changes: Any) -> Carer:
    account = account or make_signed_in()
    given: dict[str, Any] = {
        "person": account.person, "relationship": "Mother", "from_on": SINCE, "by": None, "at": AT,
    }  # fmt: skip
    return name_carer(passenger, **given | changes)


def make_contact(contractor: Contractor, account: Account | None = None, **changes: Any) -> ContractorContact:
    account = account or make_signed_in("Tariq Mahmood")
    given: dict[str, Any] = {"person": account.person, "from_on": SINCE, "by": None, "at": AT}
    return act_for_contractor(contractor, **given | changes)


def manager_of(incident: Incident) -> Account:
    """Whoever leads the team of its case."""
    lead = incident.case.team.lead
    assert lead is not None
    return lead


def page(client: Client, route: str, *args: Any) -> str:
    return client.get(reverse(route, args=args)).content.decode()
