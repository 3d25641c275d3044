"""Rows for tests: every `make_x(**changes)` gives a plain, saved one."""

import datetime as dt
from itertools import count
from typing import Any

from moothall.people.models import Account
from moothall.people.tests.make import AT, make_account
from moothall.terms.models import ProbationRule, Term
from moothall.terms.rules.opening import open_term
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


def make_reasons() -> None:
    """The reasons for leaving that outcomes bring."""
    for key in ("probation-not-confirmed", "fixed-term-ended", "retirement", "ill-health-retirement"):
        LeavingReason.objects.create(key=key, name=key)


def make_keeper(**changes: Any) -> Account:
    """Somebody who keeps staff records."""
    return make_account(*KEEPER, **changes)
