"""References given: asked for, verified, consented to, written, checked by a second person, sent once."""

import datetime as dt

from django.db import transaction

from moothall.cases.models import Service
from moothall.cases.rules.opening import moment_received, open_case
from moothall.cases.rules.reckoning import working_calendar
from moothall.cases.rules.ticking import tick
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.personnel.models import ReferenceRequest, SettlementWording
from moothall.workforce.models import Employment

from . import refusals
from .flexible import NATIONS
from .noting import happened
from .telling import Sent, send_once
from .wording.references import DECLINED, FACTUAL, FULL

SERVICE = "reference_out"
WORKING_DAYS = 5


@for_the_office()
@transaction.atomic
def receive(
    employment: Employment,
    *,
    organisation: str,
    contact_name: str,
    address: str,
    purpose: str,
    asks: str,
    is_police: bool,
    received_on: dt.date,
    by: Account | None,
    at: dt.datetime,
) -> ReferenceRequest:
    """Five working days to answer, from the day it came."""
    if received_on > in_london(at).date():
        raise refusals.InTheFuture
    if by is not None and by.person_id is not None and by.person_id == employment.person_id:
        raise refusals.AboutThemself
    due = working_calendar(NATIONS[employment.nation]).add_working_days(received_on, WORKING_DAYS)
    service = Service.objects.filter(key=SERVICE, retired_at=None).first()
    case = None
    if service is not None:
        case = open_case(
            service,
            at=at,
            title=f"{service.name}: {employment.person.full_name}",
            channel="staff",
            received_at=moment_received(received_on, at=at),
            by=by,
            subject=employment.person,
        )
    made = ReferenceRequest.objects.create(
        employment=employment,
        case=case,
        received_on=received_on,
        due_on=due,
        organisation=organisation.strip(),
        contact_name=contact_name.strip(),
        address=address.strip(),
        purpose=purpose.strip(),
        asks=asks,
        is_police=is_police,
        entered_by=by,
        entered_at=at,
    )
    happened("asked", made, by=by, at=at, received_on=received_on.isoformat())
    return made


def held(reference: ReferenceRequest, *, by: Account | None) -> ReferenceRequest:
    if by is not None and by.person_id is not None and by.person_id == reference.employment.person_id:
        raise refusals.AboutThemself
    fresh = ReferenceRequest.objects.select_for_update(of=("self",)).shown().get(pk=reference.pk)
    if not fresh.is_open:
        raise refusals.NotWaiting
    return fresh


@transaction.atomic
def verify(
    reference: ReferenceRequest, *, how: str, address: str, by: Account, at: dt.datetime
) -> ReferenceRequest:
    """The address was checked against a source of our own; how is written down, and the answer goes there."""
    fresh = held(reference, by=by)
    if not how.strip():
        raise refusals.ReasonNeeded
    ReferenceRequest.objects.filter(pk=fresh.pk).update(
        verified_on=in_london(at).date(), verified_how=how.strip(), address=address.strip()
    )
    happened("verified", fresh, by=by, at=at, words=how)
    tick(fresh.case_id, "recv", by=by, at=at, outcome="genuine")
    if fresh.asks == ReferenceRequest.FACTUAL:
        tick(fresh.case_id, "consent", by=by, at=at)
    return ReferenceRequest.objects.shown().get(pk=fresh.pk)


@transaction.atomic
def record_consent(
    reference: ReferenceRequest, *, consent: str, on: dt.date, by: Account, at: dt.datetime
) -> ReferenceRequest:
    """Whether the person agrees that more than dates and post is said."""
    fresh = held(reference, by=by)
    if on > in_london(at).date():
        raise refusals.InTheFuture
    ReferenceRequest.objects.filter(pk=fresh.pk).update(consent=consent, consent_on=on)
    happened("consent", fresh, by=by, at=at, consent=consent)
    if consent in (ReferenceRequest.GIVEN, ReferenceRequest.DENIED):
        tick(fresh.case_id, "consent", by=by, at=at)
    return ReferenceRequest.objects.shown().get(pk=fresh.pk)


@transaction.atomic
def ask_consent(reference: ReferenceRequest, *, by: Account, at: dt.datetime) -> None:
    """They were written to; what they answered before stays."""
    fresh = held(reference, by=by)
    asked = ReferenceRequest.objects.filter(pk=fresh.pk, consent=ReferenceRequest.NOT_ASKED)
    if asked.update(consent=ReferenceRequest.ASKED, consent_on=in_london(at).date()):
        happened("consent", fresh, by=by, at=at, consent=ReferenceRequest.ASKED)


def settled_wording(employment: Employment) -> SettlementWording | None:
    return SettlementWording.objects.filter(employment=employment, ended_at=None).first()


@transaction.atomic
def keep_wording(
    reference: ReferenceRequest, *, text: str, agreed_on: dt.date, by: Account, at: dt.datetime
) -> SettlementWording:
    """The words agreed with somebody in a settlement: from now on they are given, and no others. What was
    written for this request before is put away."""
    fresh = held(reference, by=by)
    SettlementWording.objects.filter(employment=fresh.employment, ended_at=None).update(ended_at=at)
    made = SettlementWording.objects.create(
        employment=fresh.employment, text=text.strip(), agreed_on=agreed_on, entered_by=by, entered_at=at
    )
    ReferenceRequest.objects.filter(pk=fresh.pk).update(
        text="",
        is_settled=False,
        drafted_by=None,
        drafted_at=None,
        checked_by=None,
        checked_at=None,
        days_absent=None,
    )
    happened("drafted", fresh, by=by, at=at, settled=True)
    return made


@transaction.atomic
def draft(
    reference: ReferenceRequest,
    *,
    text: str,
    days_absent: int | None,
    protected_left_out: bool,
    by: Account,
    at: dt.datetime,
) -> ReferenceRequest:
    """Written from the record. Whatever was checked before is checked again."""
    fresh = held(reference, by=by)
    wording = settled_wording(fresh.employment)
    if wording is not None and text.split() != wording.text.split():
        raise refusals.SettledWords
    if not text.strip():
        raise refusals.NotDrafted
    if fresh.asks == ReferenceRequest.FULL and wording is None and fresh.consent != ReferenceRequest.GIVEN:
        raise refusals.NoConsent
    if days_absent is not None and not protected_left_out:
        raise refusals.Protected
    if days_absent is not None and fresh.consent != ReferenceRequest.GIVEN:
        raise refusals.NoConsent
    ReferenceRequest.objects.filter(pk=fresh.pk).update(
        text=text.strip(),
        days_absent=days_absent,
        protected_left_out=protected_left_out,
        drafted_by=by,
        drafted_at=at,
        checked_by=None,
        checked_at=None,
        is_settled=wording is not None,
    )
    happened("drafted", fresh, by=by, at=at)
    tick(fresh.case_id, "agreed", by=by, at=at, outcome="use_agreed_text" if wording is not None else "none")
    tick(fresh.case_id, "draft", by=by, at=at)
    return ReferenceRequest.objects.shown().get(pk=fresh.pk)


@transaction.atomic
def check(reference: ReferenceRequest, *, by: Account, at: dt.datetime) -> ReferenceRequest:
    """A second person has compared it with the file."""
    fresh = held(reference, by=by)
    if fresh.drafted_at is None:
        raise refusals.NotDrafted
    if fresh.drafted_by_id == by.pk:
        raise refusals.CheckedByTheSame
    ReferenceRequest.objects.filter(pk=fresh.pk).update(checked_by=by, checked_at=at)
    happened("checked", fresh, by=by, at=at)
    tick(fresh.case_id, "check", by=by, at=at)
    return ReferenceRequest.objects.shown().get(pk=fresh.pk)


@transaction.atomic
def send(reference: ReferenceRequest, *, sent: Sent, by: Account, at: dt.datetime) -> Letter:
    """To the verified address alone, with the checked words in it; the letter keeps what was said."""
    fresh = held(reference, by=by)
    if fresh.verified_on is None:
        raise refusals.NotVerified
    if fresh.checked_at is None:
        raise refusals.NotChecked
    if " ".join(fresh.text.split()) not in " ".join(sent.text.split()):
        raise refusals.NotChecked
    built_in = FULL if fresh.asks == ReferenceRequest.FULL and not fresh.is_settled else FACTUAL
    checked = Sent(sent.channel, fresh.address, sent.language, sent.subject, sent.text)
    letter = send_once(fresh, built_in, sent=checked, about_on=fresh.received_on, by=by, at=at)
    ReferenceRequest.objects.filter(pk=fresh.pk).update(sent_on=in_london(at).date())
    happened("sent", fresh, by=by, at=at, letter=letter.pk)
    tick(fresh.case_id, "send", by=by, at=at)
    return letter


@transaction.atomic
def decline(
    reference: ReferenceRequest, *, because: str, sent: Sent, by: Account, at: dt.datetime
) -> ReferenceRequest:
    """Nothing is said, with the reason; whoever asks is told that no reference is given."""
    fresh = held(reference, by=by)
    if not because.strip():
        raise refusals.ReasonNeeded
    send_once(fresh, DECLINED, sent=sent, about_on=fresh.received_on, by=by, at=at)
    ReferenceRequest.objects.filter(pk=fresh.pk).update(
        declined_on=in_london(at).date(), declined_because=because.strip()
    )
    happened("declined", fresh, by=by, at=at, words=because)
    return ReferenceRequest.objects.shown().get(pk=fresh.pk)
