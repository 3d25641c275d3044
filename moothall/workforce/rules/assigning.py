"""What somebody does from a day on: moves, other hours, another manager. The past is never written over."""

import datetime as dt
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal
from moothall.people.models import Account, Organisation, Place, Post
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Assignment, Employment, WorkPattern

from .items.planning import plan_move

DAY = dt.timedelta(days=1)


class NotEmployedThen(Refusal):
    sentence = _("They do not work here on that day.")
    next_step = _("Choose a day within the employment.")


class NothingChanges(Refusal):
    sentence = _("That is what the record says already.")


class ManagesThemselves(Refusal):
    sentence = _("Nobody is their own manager, nor the manager of their own manager.")
    next_step = _("Choose somebody who is not below them.")


class NothingToTakeBack(Refusal):
    sentence = _("The last change has been taken back already, or something was written on top of it.")
    next_step = _("Look at the record again.")


@dataclass(frozen=True)
class Terms:
    """What an assignment says of somebody's work, whatever the days."""

    post: Post
    unit: Organisation
    weekly_hours: Decimal
    manager: Employment | None = None
    contract: str = Assignment.PERMANENT
    contract_ends_on: dt.date | None = None
    fte: Decimal = Decimal(1)
    pattern: WorkPattern | None = None
    pattern_from: dt.date | None = None
    place: Place | None = None
    is_home_based: bool = False
    because: str = ""


CHANGEABLE = frozenset(field.name for field in fields(Terms)) - {"because"}


def terms_of(assignment: Assignment) -> Terms:
    return Terms(**{name: getattr(assignment, name) for name in (*CHANGEABLE, "because")})


def write_assignment(
    employment: Employment,
    terms: Terms,
    *,
    from_on: dt.date,
    by: Account | None,
    at: dt.datetime,
    until_on: dt.date | None = None,
) -> Assignment:
    _refuse_a_circle(employment, terms.manager, on=from_on)
    return _write(employment, terms, from_on, until_on, by=by, at=at)


def write_first_assignment(
    employment: Employment, terms: Terms, *, by: Account | None, at: dt.datetime
) -> Assignment:
    """Of somebody who has just been added: nobody is below them yet, so they can be in no circle."""
    return _write(employment, terms, employment.started_on, None, by=by, at=at)


def _write(
    employment: Employment, terms: Terms, from_on: dt.date, until_on: dt.date | None, *, by: Account | None,
    at: dt.datetime,
) -> Assignment:  # fmt: skip
    values = {field.name: getattr(terms, field.name) for field in fields(Terms)}
    return Assignment.objects.create(
        employment=employment, from_on=from_on, until_on=until_on, recorded_by=by, recorded_at=at, **values
    )


@transaction.atomic
def change_assignment(
    employment: Employment,
    *,
    from_on: dt.date,
    by: Account | None,
    at: dt.datetime,
    because: str = "",
    **changes: Any,
) -> Assignment:
    """From that day on something else holds: what went on until then stays as it was, and what was to
    begin later is changed as well."""
    unknown = changes.keys() - CHANGEABLE
    if unknown:
        raise TypeError(f"change_assignment() cannot change {', '.join(sorted(unknown))}.")
    employment = hold(employment)
    standing = list(
        employment.assignments.standing().filter(is_main=True).in_full().order_by("from_on", "id")
    )
    now_holding = next((row for row in standing if _covers(row, from_on)), None)
    if now_holding is None or (employment.ended_on and from_on > employment.ended_on):
        raise NotEmployedThen
    later = [row for row in standing if row.from_on > from_on]
    touched = [now_holding, *later]
    if all(getattr(row, name) == value for row in touched for name, value in changes.items()):
        raise NothingChanges
    made = [_rewritten(row, from_on, changes, because=because, by=by, at=at) for row in touched]
    detail = {
        "from": from_on.isoformat(), "because": because, "new": [row.pk for row in made],
        "withdrawn": [row.pk for row in touched], "changed": sorted(changes),
    }  # fmt: skip
    append_audit("workforce.assign", about=employment, by=by, at=at, detail=detail)
    plan_move(employment, before=touched[-1].unit_id, after=made[-1].unit_id, on=from_on, by=by, at=at)
    return made[0]


def _rewritten(
    row: Assignment, from_on: dt.date, changes: dict[str, Any], *, because: str, by: Account | None,
    at: dt.datetime,
) -> Assignment:  # fmt: skip
    """The row as it holds from then on; where it began earlier, its beginning is kept as a row of its own."""
    terms, until_on = terms_of(row), row.until_on
    _withdraw(row, by=by, at=at)
    if row.from_on < from_on:
        write_assignment(
            row.employment, terms, from_on=row.from_on, until_on=from_on - DAY, by=row.recorded_by, at=at
        )
    changed = replace(terms, because=because[:200], **changes)
    return write_assignment(
        row.employment, changed, from_on=max(row.from_on, from_on), until_on=until_on, by=by, at=at
    )


def _withdraw(row: Assignment, *, by: Account | None, at: dt.datetime) -> None:
    Assignment.objects.filter(pk=row.pk, withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=by)


def hold(employment: Employment) -> Employment:
    """The employment as it now stands, held until the transaction ends."""
    return Employment.objects.select_for_update(no_key=True).get(pk=employment.pk)


@transaction.atomic
def take_back_change(employment: Employment, *, by: Account, at: dt.datetime) -> None:
    """What was written last is withdrawn, and what it withdrew holds again."""
    employment = hold(employment)
    rows = employment.assignments.order_by("-recorded_at", "-id")
    newest = rows.standing().first()
    if newest is None:
        raise NothingToTakeBack
    moment = newest.recorded_at
    before = list(employment.assignments.filter(withdrawn_at=moment))
    if not before or employment.assignments.filter(withdrawn_at__gt=moment).exists():
        raise NothingToTakeBack
    written = employment.assignments.standing().filter(recorded_at=moment)
    taken, last = list(written.values_list("pk", flat=True)), written.order_by("from_on").last()
    written.update(withdrawn_at=at, withdrawn_by=by)
    for row in before:
        write_assignment(
            employment, terms_of(row), from_on=row.from_on, until_on=row.until_on, by=row.recorded_by, at=at
        )
    append_audit("workforce.take_back", about=employment, by=by, at=at, detail={"withdrawn": taken})
    if last is not None:
        again = max(before, key=lambda row: row.from_on)
        plan_move(employment, before=last.unit_id, after=again.unit_id, on=last.from_on, by=by, at=at)


def _covers(row: Assignment, day: dt.date) -> bool:
    return row.from_on <= day and (row.until_on is None or row.until_on >= day)


def _refuse_a_circle(employment: Employment, manager: Employment | None, *, on: dt.date) -> None:
    above, seen = manager, {employment.pk}
    while above is not None:
        if above.pk in seen:
            raise ManagesThemselves
        seen.add(above.pk)
        held = Assignment.objects.in_force(on).filter(employment=above, is_main=True)
        found = held.select_related("manager").first()
        above = found.manager if found else None
