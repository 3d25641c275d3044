"""What is decided on an application, at first and on appeal; the entitlement it gives, and the letter."""

import datetime as dt
from decimal import Decimal
from typing import Final

from django.db import transaction

from moothall.cases.models import Case
from moothall.cases.rules import ticking
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.definition import definition_of
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.people.rules.persons import add_person
from moothall.records.rules.audit import append_audit
from moothall.transport.models import (
    Application,
    Assessment,
    Decision,
    Entitlement,
    Passenger,
)

from . import refusals
from .applying import latest
from .keeping import add_passenger
from .writing import write_decision

YEAR: Final = 365
OUTCOMES: Final = {Decision.AGREED: "agreed", Decision.REFUSED: "refused"}
ON_APPEAL: Final = {Decision.AGREED: "upheld", Decision.REFUSED: "not_upheld"}


@transaction.atomic
def decide(
    application: Application, *, outcome: str, because: str, by: Account, at: dt.datetime, stage: int = 0,
    way: str = Entitlement.TRANSPORT, until_on: dt.date | None = None, review_on: dt.date | None = None,
    amount: Decimal | None = None, discretion: bool = False,
) -> Decision:  # fmt: skip
    """Decide a stage once, with the reason; agree, and the passenger is entitled; write to whoever asked."""
    held = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    found = latest(held)
    if not because.strip():
        raise refusals.ReasonNeeded
    _check_stage(held, stage, by=by)
    if outcome == Decision.AGREED and not found.is_entitled and not (discretion or stage):
        raise refusals.RuleSaysNo
    today = in_london(at).date()
    entitlement = None
    if outcome == Decision.AGREED:
        entitlement = _entitle(
            held, found, way=way, until_on=until_on, review_on=review_on, amount=amount, by=by, at=at
        )
    made = Decision.objects.create(
        application=held, assessment=found, stage=stage, outcome=outcome, because=because.strip(),
        entitlement=entitlement, decided_at=at, decided_on=today, decided_by=by,
    )  # fmt: skip
    detail = {"stage": stage, "outcome": outcome, "rule": found.rule_id}
    append_audit("transport.decide", about=held, by=by, at=at, detail=detail)
    write_decision(made, by=by, at=at)
    _settle_case(held, made, by=by, at=at)
    return made


def _check_stage(held: Application, stage: int, *, by: Account) -> None:
    """A stage is decided once, after the one before, and by somebody else."""
    before = list(held.decisions.order_by("stage"))
    if any(each.stage == stage for each in before):
        raise refusals.DecidedAlready
    if not stage:
        return
    if not held.appeals.filter(stage=stage).exists():
        raise refusals.NoSuchStage
    if any(each.decided_by_id == by.pk for each in before):
        raise refusals.SameDecider


def _entitle(
    held: Application, found: Assessment, *, way: str, until_on: dt.date | None, review_on: dt.date | None,
    amount: Decimal | None, by: Account, at: dt.datetime,
) -> Entitlement:  # fmt: skip
    if until_on is not None and until_on < found.on:
        raise refusals.EndsBeforeItBegins
    passenger = held.passenger or _new_passenger(held, found, by=by, at=at)
    if held.centre is None:
        raise refusals.FactsNeeded
    made = Entitlement.objects.create(
        passenger=passenger, centre=held.centre, way=way, rule=found.rule, amount=amount, from_on=found.on,
        until_on=until_on, review_on=review_on or found.on + dt.timedelta(days=YEAR),
    )  # fmt: skip
    append_audit("transport.entitle", about=passenger, by=by, at=at, detail={"way": way})
    return made


def _new_passenger(held: Application, found: Assessment, *, by: Account, at: dt.datetime) -> Passenger:
    """Whoever is to travel is somebody nobody has met, unless the facts named a passenger."""
    person = add_person(full_name=held.name, born_on=held.born_on, by=by, at=at)
    passenger = add_passenger(person, nation=found.nation, by=by, at=at)
    Application.objects.filter(pk=held.pk).update(passenger=passenger)
    return passenger


@for_the_office()
def _settle_case(held: Application, made: Decision, *, by: Account, at: dt.datetime) -> None:
    """The case of that stage: its step is done, and it is closed with the outcome."""
    appeal = held.appeals.filter(stage=made.stage).first() if made.stage else None
    case_id = appeal.case_id if appeal is not None else held.case_id
    if case_id is None:
        return
    outcome = (ON_APPEAL if made.stage else OUTCOMES)[made.outcome]
    for step in ("decide", "hear", "write"):
        ticking.tick(case_id, step, by=by, at=at, outcome=outcome)
    rows = Case.objects.filter(pk=case_id).exclude(status=Case.CLOSED)
    case = rows.select_related("version", "service", "team").first()
    if case is not None and outcome in {each.key for each in definition_of(case.version).outcomes}:
        close_case(case, by=by, at=at, outcome=outcome, reason=made.because[:500])


@transaction.atomic
def end_entitlement(entitlement: Entitlement, *, because: str, by: Account, at: dt.datetime) -> Entitlement:
    """It counts no longer, from today on."""
    held = Entitlement.objects.select_for_update(of=("self",)).get(pk=entitlement.pk)
    if not because.strip():
        raise refusals.ReasonNeeded
    if held.ended_at is not None:
        raise refusals.EndedAlready
    Entitlement.objects.filter(pk=held.pk).update(
        ended_at=at, ended_by=by, ended_because=because.strip()[:200]
    )
    append_audit("transport.end_entitlement", about=held.passenger, by=by, at=at)
    held.refresh_from_db()
    return held


@transaction.atomic
def restore_entitlement(entitlement: Entitlement, *, by: Account, at: dt.datetime) -> Entitlement:
    """It was not ended after all."""
    held = Entitlement.objects.select_for_update(of=("self",)).get(pk=entitlement.pk)
    Entitlement.objects.filter(pk=held.pk).update(ended_at=None, ended_by=None, ended_because="")
    append_audit("transport.restore_entitlement", about=held.passenger, by=by, at=at)
    held.refresh_from_db()
    return held
