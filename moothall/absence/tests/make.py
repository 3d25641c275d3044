"""Rows for tests: every `make_x(**changes)` gives a plain, saved one."""

import datetime as dt
from typing import Any

from moothall.absence.models import Certificate, Episode, Issuer, Reason
from moothall.absence.rules.certifying import Paper, record_certificate
from moothall.absence.rules.reporting import Report, report_absence
from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.tests.make import make_account
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment

LONG_AGO = dt.date(2010, 4, 6)


def make_reason(**changes: Any) -> Reason:
    given = {"key": "cold", "name": "Cold or flu", "name_cy": "Annwyd neu ffliw", "from_on": LONG_AGO}
    found = Reason.objects.filter(key=(given | changes)["key"]).first()
    return found or Reason.objects.create(**given | changes)


def make_issuer(**changes: Any) -> Issuer:
    given = {"key": "doctor", "name": "Doctor", "name_cy": "Meddyg", "from_on": LONG_AGO}
    found = Issuer.objects.filter(key=(given | changes)["key"]).first()
    return found or Issuer.objects.create(**given | changes)


def make_recorder(**changes: Any) -> Account:
    """Somebody at the desk, who records everybody's absence."""
    return make_account("absence.record", **changes)


def days_ago(number: int) -> dt.date:
    return today() - dt.timedelta(days=number)


def make_absence(
    employment: Employment | None = None, *, by: Account | None = None, at: dt.datetime | None = None,
    first_day: dt.date | None = None, **changes: Any,
) -> Episode:  # fmt: skip
    """Off sick since three days ago, unless said otherwise."""
    report = Report(**{"reason": make_reason()} | changes | {"first_day": first_day or days_ago(3)})
    person = employment or make_employment()
    return report_absence(person, report=report, by=by, at=at or now())


def make_certificate(
    episode: Episode, first: dt.date, last: dt.date, *, kind: str = Certificate.NOTE,
    by: Account | None = None, at: dt.datetime | None = None, **changes: Any,
) -> Certificate:  # fmt: skip
    given: dict[str, Any] = {
        "kind": kind, "from_on": first, "until_on": last, "issued_on": first,
        "issuer": make_issuer() if kind == Certificate.NOTE else None,
    }  # fmt: skip
    return record_certificate(episode, paper=Paper(**given | changes), by=by, at=at or now())
