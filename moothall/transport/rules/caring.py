"""What keeps a passenger safe: kept apart, risks, consents, and whom to ring."""

import datetime as dt

from django.db import transaction

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Consent, EmergencyContact, Passenger, RiskAssessment, Separation

from . import refusals
from .keeping import end_before, hold


@transaction.atomic
def keep_apart(
    passenger: Passenger, *, other: Passenger, because: str, from_on: dt.date, by: Account | None,
    at: dt.datetime,
) -> Separation:  # fmt: skip
    """These two do not travel together from that day on."""
    if other.pk == passenger.pk:
        raise refusals.SamePassenger
    first, second = sorted((passenger, other), key=lambda each: each.pk)
    hold(first)
    hold(second)
    if not because.strip():
        raise refusals.ReasonNeeded
    if Separation.objects.from_now(from_on).filter(one=first, other=second).exists():
        raise refusals.ApartAlready
    made = Separation.objects.create(
        one=first,
        other=second,
        because=because.strip()[:300],
        from_on=from_on,
        recorded_at=at,
        recorded_by=by,
    )
    append_audit("transport.keep_apart", about=passenger, by=by, at=at, detail={"other": other.pk})
    return made


@transaction.atomic
def assess_risk(
    passenger: Passenger, *, level: str, risks: str, controls: str, from_on: dt.date, review_on: dt.date,
    by: Account | None, at: dt.datetime,
) -> RiskAssessment:  # fmt: skip
    """It takes the place of the one before, which is kept."""
    held = hold(passenger)
    if review_on <= from_on:
        raise refusals.ReviewTooEarly
    end_before(RiskAssessment.objects.filter(passenger=held), from_on)
    made = RiskAssessment.objects.create(
        passenger=held, level=level, risks=risks.strip(), controls=controls.strip(), from_on=from_on,
        review_on=review_on, recorded_at=at, recorded_by=by,
    )  # fmt: skip
    append_audit("transport.assess_risk", about=held, by=by, at=at, detail={"level": level})
    return made


@transaction.atomic
def record_consent(
    passenger: Passenger, *, kind: str, given: bool, said_by: str, from_on: dt.date, by: Account | None,
    at: dt.datetime,
) -> Consent:  # fmt: skip
    """Yes or no from that day on; what was said before is kept."""
    held = hold(passenger)
    end_before(Consent.objects.filter(passenger=held, kind=kind), from_on)
    made = Consent.objects.create(
        passenger=held, kind=kind, given=given, said_by=said_by.strip()[:160], from_on=from_on,
        recorded_at=at, recorded_by=by,
    )  # fmt: skip
    append_audit("transport.consent", about=held, by=by, at=at, detail={"kind": kind, "given": given})
    return made


@transaction.atomic
def add_emergency_contact(
    passenger: Passenger, *, name: str, relationship: str, phone: str, from_on: dt.date,
    by: Account | None, at: dt.datetime, may_receive: bool = False, place: int = 1,
) -> EmergencyContact:  # fmt: skip
    held = hold(passenger)
    made = EmergencyContact.objects.create(
        passenger=held, name=name.strip()[:160], relationship=relationship.strip()[:80],
        phone=phone.strip()[:40], may_receive=may_receive, place=place, from_on=from_on, recorded_at=at,
        recorded_by=by,
    )  # fmt: skip
    append_audit("transport.emergency_contact", about=held, by=by, at=at)
    return made


@transaction.atomic
def see_emergency_contacts(passenger: Passenger, *, by: Account, at: dt.datetime) -> list[EmergencyContact]:
    """Whom to ring; who looked is written down."""
    rows = EmergencyContact.objects.visible_to(by).filter(passenger=passenger)
    found = list(rows.in_force(at.date()).order_by("place", "id"))
    append_audit("transport.see_emergency_contacts", about=passenger, by=by, at=at)
    return found
