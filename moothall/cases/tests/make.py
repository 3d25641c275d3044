"""Rows for tests of cases."""

import datetime as dt
from itertools import count
from typing import Any

from moothall.cases.models import Case, CaseClock, Entry, Service, Step
from moothall.cases.rules.definition import (
    ClockDefinition,
    OutcomeDefinition,
    ServiceDefinition,
    StepDefinition,
)
from moothall.cases.rules.opening import open_case
from moothall.cases.rules.services import save_service_version
from moothall.people.models import Account, Team
from moothall.people.tests.make import make_account, make_team
from moothall.records.models import AuditEvent

AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
TODAY = AT.date()
WORKER = (
    "cases.view",
    "cases.work",
    "cases.assign",
    "cases.close",
    "letters.write",
    "enquiries.log",
    "people.view",
)
MANAGER = (*WORKER, "cases.manage", "cases.restrict", "enquiries.import", "enquiries.quarantine")
OUTCOMES = (
    OutcomeDefinition("answered", "Answered", "Atebwyd"),
    OutcomeDefinition("signposted", "Signposted", "Cyfeiriwyd"),
    OutcomeDefinition("withdrawn", "Withdrawn", "Tynnwyd yn ôl"),
)
ANSWER_CLOCK = ClockDefinition("answer", "Answer", "Ateb", target=10, met_on="answered")
_numbers = count(1)


def make_service(*steps: StepDefinition, team: Team | None = None, **changes: Any) -> Service:
    """A service with these steps, a ten-day answer clock, and three ways to end."""
    number = next(_numbers)
    owner = team or make_team()
    given: dict[str, Any] = {
        "key": f"service-{number}",
        "name": f"Service {number}",
        "prefix": "TST",
        "desk": "test-desk",
        "team": owner.key,
        "steps": steps,
        "clocks": (ANSWER_CLOCK,),
        "outcomes": OUTCOMES,
    }
    definition = ServiceDefinition(**given | changes)
    service = Service.objects.create(
        key=definition.key, name=definition.name, prefix=definition.prefix, desk=definition.desk, team=owner
    )
    save_service_version(service, definition, by=None, at=AT)
    return service


def make_case(**changes: Any) -> Case:
    service = changes.pop("service", None) or make_service(team=changes.get("team"))
    given: dict[str, Any] = {
        "title": "A place on fire warden training",
        "channel": "mail",
        "received_at": AT,
        "at": AT,
    }
    return open_case(service, **given | changes)


def make_worker(*, team: Team, **changes: Any) -> Account:
    return make_account(*WORKER, team=team, **changes)


def make_led_team() -> Team:
    """A team whose lead works in it."""
    team = make_team()
    team.lead = make_worker(team=team)
    team.save()
    return team


def make_manager(*, team: Team, **changes: Any) -> Account:
    return make_account(*MANAGER, team=team, **changes)


def make_step(key: str, *after: str, **changes: Any) -> StepDefinition:
    """A step of five working days that the team of the case does."""
    given: dict[str, Any] = {
        "key": key,
        "name": key.capitalize(),
        "owner": "team",
        "target": 5,
        "after": after,
    }
    return StepDefinition(**given | changes)


def later(**passed: float) -> dt.datetime:
    """That long after every case in these tests begins."""
    return AT + dt.timedelta(**passed)


def states(case: Case) -> dict[str, str]:
    """Where each step of a case stands; of a step that repeats, its latest round."""
    return dict(case.steps.order_by("position", "occurrence").values_list("key", "state"))


def step_of(case: Case, key: str) -> Step:
    return case.steps.filter(key=key).order_by("-occurrence")[0]


def clock_of(case: Case, key: str = "answer") -> CaseClock:
    return CaseClock.objects.get(case=case, key=key)


def verbs_about(case: Case) -> list[str]:
    """What the audit says was done to a case, in order."""
    rows = AuditEvent.objects.filter(about_kind="cases.case", about_id=case.pk)
    return list(rows.order_by("id").values_list("verb", flat=True))


def words_on(case: Case, kind: str = Entry.CHANGE) -> list[str]:
    """The texts on a case's timeline of one kind, oldest first."""
    return list(case.entries.filter(kind=kind).order_by("id").values_list("text", flat=True))
