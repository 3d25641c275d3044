"""Rows for tests: every `make_x(**changes)` gives a plain, saved one."""

import datetime as dt
from itertools import count
from typing import Any

from moothall.people.models import Account
from moothall.people.tests.make import AT, make_account
from moothall.terms.models import Hearing, PayPoint, PayScale, Placement, ProbationRule, Term
from moothall.terms.rules.opening import open_term
from moothall.terms.rules.placing import place
from moothall.workforce.models import Employment, LeavingReason
from moothall.workforce.tests.make import make_employment

TODAY = AT.date()
KEEPER = ("workforce.view", "workforce.edit")
_numbers = count(1)


def make_term(employment: Employment | None = None, **changes: Any) -> Term:
    """A secondment of two years that ends half a year from now, unless changes say otherwise."""
    given: dict[str, Any] = {
        "kind": Term.SECONDMENT, "began_on": TODAY - dt.timedelta(days=548),
        "due_on": TODAY + dt.timedelta(days=182 + next(_numbers)), "by": None, "at": AT,
    }  # fmt: skip
    return open_term(employment or make_employment(), **given | changes)


def make_rule(**changes: Any) -> ProbationRule:
    given = {
        "workforce": "employee", "name": "Staff", "months": 6, "from_on": dt.date(2010, 1, 1),
        "source": "The terms of the office",
    }  # fmt: skip
    return ProbationRule.objects.create(**given | changes)


def make_heard(term: Term, **changes: Any) -> Hearing:
    """A hearing that took place."""
    given: dict[str, Any] = {
        "starts_at": AT, "place": "Room 2", "chair": "Nia Oyelaran", "state": Hearing.HELD, "arranged_at": AT,
        "said": "They were heard.",
    }  # fmt: skip
    return Hearing.objects.create(term=term, **given | changes)


def make_reasons() -> None:
    """The reasons for leaving that outcomes bring."""
    for key in ("probation-not-confirmed", "fixed-term-ended", "retirement", "ill-health-retirement"):
        LeavingReason.objects.create(key=key, name=key)


def make_keeper(**changes: Any) -> Account:
    """Somebody who keeps staff records."""
    return make_account(*KEEPER, **changes)


def make_scale(*, points: int = 3, **changes: Any) -> PayScale:
    """A scale of three points whose increments come on the anniversary, unless changes say otherwise."""
    number = next(_numbers)
    scale = PayScale.objects.create(**{"key": f"scale-{number}", "name": f"Scale {number}"} | changes)
    for position in range(1, points + 1):
        PayPoint.objects.create(scale=scale, position=position, name=f"Point {position}")
    return scale


def place_on(employment: Employment, scale: PayScale, position: int, **changes: Any) -> Placement:
    """They stand on that point of the scale, from the day they began."""
    given: dict[str, Any] = {"from_on": employment.started_on, "by": None, "at": AT, "today": TODAY}
    return place(employment, point=scale.points.get(position=position), **given | changes)
