"""Rows for tests of problems."""

import datetime as dt
from typing import Any

from moothall.cases.models import Case, Entry, Service
from moothall.cases.rules.timeline import add_entry
from moothall.cases.tests.make import MANAGER, make_case
from moothall.core.clock import now
from moothall.people.models import Account, Team
from moothall.people.tests.make import make_account, make_person
from moothall.problems.models import Problem
from moothall.problems.rules.settling import make_problem

ASKS = (
    "The booking page says expired when I press confirm",
    "Cannot confirm my booking, the page says expired",
    "Booking page expired again after pressing confirm",
    "I press confirm and the booking page has expired",
    "Expired page when I confirm a booking",
)
OTHERS = (
    "Could you send the minutes of the meeting",
    "Is there parking at the hall on Saturdays",
    "My pension estimate has not arrived",
    "When does the first aid course begin",
    "Please change my surname on the register",
    "A chair in the library is broken",
)


def make_keeper(*, team: Team, **changes: Any) -> Account:
    return make_account(*MANAGER, "problems.manage", team=team, **changes)


def make_asks(service: Service, texts: tuple[str, ...], *, days_ago: float = 3, **changes: Any) -> list[Case]:
    """A case of its own person for each of these texts."""
    at = now() - dt.timedelta(days=days_ago)
    found = []
    for number, text in enumerate(texts):
        language = "cy" if number % 2 else "en"
        person = make_person(
            full_name=f"Person {number} {text[:5]}", emails=[f"p{number}{len(text)}@borth.example"],
            language=language,
        )  # fmt: skip
        given = {"title": text, "at": at, "received_at": at, "requester": person, "service": service}
        case = make_case(**given | changes)
        add_entry(case, kind=Entry.CALL, at=at, person=person, text=text)
        found.append(case)
    return found


def make_one(team: Team, by: Account, *, cases: list[Case] | tuple[()] = (), **changes: Any) -> Problem:
    given: dict[str, Any] = {"title": "The booking page expires", "words": ["booking", "expired"]}
    return make_problem(**given | changes, team=team, cases=cases, by=by, at=now())
