"""Somebody begins to work for the office."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clocks.national_insurance import is_national_insurance_number
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Person
from moothall.records.rules.audit import append_audit
from moothall.workforce.beginnings import tell_it_is_taken_back
from moothall.workforce.models import Employment

from .assigning import Terms, hold, write_first_assignment
from .hanging import hanging
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


class HasBegun(Refusal):
    sentence = _("Their first day has come: a start is not taken back any more.")
    next_step = _("Put their last day on their record.")


class MoreOnRecord(Refusal):
    next_step = _("Put their last day on their record, or take back first what hangs on it.")

    def __init__(self, what: Sequence[str]) -> None:
        words = gettext("More hangs on this record than that they start: %(what)s.")
        super().__init__(words % {"what": ", ".join(what)})


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


@transaction.atomic
def take_back_start(employment: Employment, *, by: Account, at: dt.datetime, today: dt.date) -> None:
    """Entered by mistake, before the first day: the record goes, with what came by itself and nobody touched.
    Whatever a person wrote on it holds it. The audit and the history of fields keep that it was there."""
    held = hold(employment)
    if held.started_on <= today:
        raise HasBegun
    tell_it_is_taken_back(held, by=by, at=at)
    if what := hanging(held):
        raise MoreOnRecord(what)
    detail = {"number": held.number, "from": held.started_on.isoformat()}
    append_audit("workforce.take_back_start", about=held, by=by, at=at, detail=detail)
    held.delete()


def tidy_ni_number(words: str) -> str:
    """As it is kept: capitals without spaces. Refuses what cannot be one."""
    number = "".join(words.split()).upper()
    if number and not is_national_insurance_number(number):
        raise NotANumber
    return number
