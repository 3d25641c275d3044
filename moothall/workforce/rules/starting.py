"""Somebody begins to work for the office."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clocks.national_insurance import is_national_insurance_number
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Person
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Employment

from .assigning import Terms, write_first_assignment
from .items.planning import plan_start


class NumberTaken(Refusal):
    sentence = _("Somebody else has this number.")
    next_step = _("Look at the record of that number first, or give another.")


class WorksHereAlready(Refusal):
    sentence = _("This person works here already on that day.")
    next_step = _("Give them another assignment on the record they have, or end it first.")


class NotANumber(Refusal):
    sentence = _("That is not a National Insurance number.")
    next_step = _("It has two letters, six digits and a letter from A to D, such as QQ 12 34 56 C.")


@transaction.atomic
def start_employment(
    person: Person,
    *,
    number: str,
    started_on: dt.date,
    terms: Terms,
    by: Account | None,
    at: dt.datetime,
    workforce: str = Employment.EMPLOYEE,
    nation: str = Employment.WALES,
    continuous_from: dt.date | None = None,
    probation_until: dt.date | None = None,
    ni_number: str = "",
) -> Employment:
    """Somebody works here from that day, assigned to a post on these terms."""
    number = " ".join(number.split()).upper()[:20]
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if Employment.objects.filter(number=number).exists():
        raise NumberTaken
    if Employment.objects.filter(person=person).not_over(started_on).exists():
        raise WorksHereAlready
    employment = Employment.objects.create(
        person=person, number=number, workforce=workforce, nation=nation, started_on=started_on,
        continuous_from=min(continuous_from or started_on, started_on), probation_until=probation_until,
        ni_number=tidy_ni_number(ni_number), added_at=at,
    )  # fmt: skip
    write_first_assignment(employment, terms, by=by, at=at)
    detail: dict[str, Any] = {"number": number, "from": started_on.isoformat()}
    append_audit("workforce.start", about=employment, by=by, at=at, detail=detail)
    plan_start(employment, terms.unit.pk, by=by, at=at)
    return employment


def tidy_ni_number(words: str) -> str:
    """As it is kept: capitals without spaces. Refuses what cannot be one."""
    number = "".join(words.split()).upper()
    if number and not is_national_insurance_number(number):
        raise NotANumber
    return number
