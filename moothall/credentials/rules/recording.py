"""Recording what somebody holds, verifying it, refusing it, and taking it away again."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from clocks.months import last_day_of_months
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.credentials.models import Credential, CredentialKind, EvidenceSeen, Validity
from moothall.people.models import Account, Person
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit

from .renewing import drop_renewal, settle_renewals


class LastDayNeeded(Refusal):
    sentence = _("This kind of credential runs out, and its last day is not given.")
    next_step = _("Give the last day as the document says it.")


class IssuedLater(Refusal):
    sentence = _("It cannot have been issued in the future.")
    next_step = _("Check the day of issue.")


class EndsBeforeItBegins(Refusal):
    sentence = _("It would run out before it was issued.")
    next_step = _("Check both days.")


class RecordedAlready(Refusal):
    sentence = _("This credential is on the record already: the same kind, number and day of issue.")
    next_step = _("Look at the one that is there.")


class NotYourOwn(Refusal):
    sentence = _("Nobody verifies what they hold, or what they recorded, themselves.")
    next_step = _("Ask a colleague who keeps staff records.")


class NotWaiting(Refusal):
    sentence = _("This credential does not wait to be verified.")
    next_step = _("Look at it again: a colleague may have been quicker.")


class ReasonNeeded(Refusal):
    sentence = _("Say why.")
    next_step = _("A few words are enough. The person reads them.")


class WithdrawnAlready(Refusal):
    sentence = _("This credential was withdrawn already.")
    next_step = _("Look at it again.")


class NotWithdrawn(Refusal):
    sentence = _("This credential is not withdrawn.")
    next_step = _("Look at it again.")


class NotYourEntry(Refusal):
    sentence = _("Somebody else entered this credential, or it was not today.")
    next_step = _("Withdraw it on its own page, and say why.")


def valid_until(kind: CredentialKind, issued_on: dt.date) -> dt.date | None:
    """The last day by the rule in force on the day of issue; None where none is confirmed."""
    rules = Validity.objects.filter(Q(until_on=None) | Q(until_on__gte=issued_on), from_on__lte=issued_on)
    rule = rules.filter(kind=kind).order_by("-from_on").first()
    if rule is None or rule.months is None:
        return None
    return last_day_of_months(issued_on, rule.months)


@transaction.atomic
def record_credential(
    person: Person,
    *,
    kind: CredentialKind,
    issued_on: dt.date,
    by: Account | None,
    at: dt.datetime,
    number: str = "",
    issuer: str = "",
    expires_on: dt.date | None = None,
    restrictions: str = "",
    evidence: Document | None = None,
    seen: bool = False,
) -> Credential:
    """Somebody holds this. It counts at once where the desk has `seen` it and its kind needs no second
    person; else it waits to be verified."""
    expires_on = expires_on or valid_until(kind, issued_on)
    check_days(kind, issued_on, expires_on, today=in_london(at).date())
    number = number.strip()[:60]
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    like = Credential.objects.standing().filter(person=person, kind=kind, number=number, issued_on=issued_on)
    if like.exists():
        raise RecordedAlready
    credential = Credential.objects.create(
        person=person, kind=kind, number=number, issuer=issuer.strip()[:160], issued_on=issued_on,
        expires_on=expires_on, restrictions=restrictions.strip()[:300], evidence=evidence, recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    append_audit("credentials.record", about=credential, by=by, at=at, detail={"kind": kind.key})
    own = by is not None and by.person_id == person.pk
    if seen and not own and not kind.second_check:
        _accept(credential, by=by, at=at)
    return credential


def check_days(
    kind: CredentialKind, issued_on: dt.date, expires_on: dt.date | None, *, today: dt.date
) -> None:
    if issued_on > today:
        raise IssuedLater
    if expires_on is None and kind.must_expire:
        raise LastDayNeeded
    if expires_on is not None and expires_on < issued_on:
        raise EndsBeforeItBegins


def hold(credential: Credential) -> Credential:
    """The credential as it now stands, held until the transaction ends."""
    rows = Credential.objects.select_for_update(of=("self",)).select_related("kind", "person")
    return rows.get(pk=credential.pk)


@transaction.atomic
def verify_credential(credential: Credential, *, by: Account, at: dt.datetime) -> Credential:
    """A second person has seen that it is true: it counts, and takes the place of what it renews."""
    held = hold(credential)
    _refuse_settled(held)
    if by.pk == held.recorded_by_id or (by.person_id is not None and by.person_id == held.person_id):
        raise NotYourOwn
    _accept(held, by=by, at=at)
    return held


def _refuse_settled(held: Credential) -> None:
    if held.verified_at or held.refused_at or held.withdrawn_at:
        raise NotWaiting


def _accept(credential: Credential, *, by: Account | None, at: dt.datetime) -> None:
    Credential.objects.filter(pk=credential.pk).update(verified_at=at, verified_by=by)
    credential.verified_at, credential.verified_by = at, by
    _settle_order(credential.person_id, credential.kind_id)
    credential.refresh_from_db(fields=["superseded_by"])
    settle_renewals(credential.person_id, credential.kind_id, by=by, at=at)
    append_audit("credentials.verify", about=credential, by=by, at=at)


def _settle_order(person_id: int, kind_id: int) -> None:
    """Of what somebody holds of a kind, what runs out last is current, and the others are renewed by it."""
    held = list(
        Credential.objects.verified()
        .filter(person_id=person_id, kind_id=kind_id)
        .order_by("-issued_on", "-id")
    )
    if not held:
        return
    latest = max(held, key=lambda each: (each.expires_on or dt.date.max, each.issued_on, each.pk))
    Credential.objects.filter(pk=latest.pk).update(superseded_by=None)
    others = [each.pk for each in held if each.pk != latest.pk]
    Credential.objects.filter(pk__in=others).update(superseded_by=latest)


@transaction.atomic
def refuse_credential(credential: Credential, *, because: str, by: Account, at: dt.datetime) -> Credential:
    """It is not accepted; the person reads why, and can record it anew."""
    held = hold(credential)
    if not because.strip():
        raise ReasonNeeded
    _refuse_settled(held)
    Credential.objects.filter(pk=held.pk).update(
        refused_at=at, refused_by=by, refused_because=because.strip()[:300]
    )
    append_audit("credentials.refuse", about=held, by=by, at=at, detail={"because": because.strip()[:300]})
    return held


@transaction.atomic
def withdraw_credential(credential: Credential, *, because: str, by: Account, at: dt.datetime) -> Credential:
    """It counts no longer: revoked, given back, or recorded by mistake. What it renewed counts again."""
    held = hold(credential)
    if not because.strip():
        raise ReasonNeeded
    if held.withdrawn_at is not None:
        raise WithdrawnAlready
    Credential.objects.filter(pk=held.pk).update(
        withdrawn_at=at, withdrawn_by=by, withdrawn_because=because.strip()[:300], superseded_by=None
    )
    Credential.objects.filter(superseded_by=held).update(superseded_by=None)
    _settle_order(held.person_id, held.kind_id)
    drop_renewal(held, by=by, at=at)
    append_audit("credentials.withdraw", about=held, by=by, at=at, detail={"because": because.strip()[:300]})
    return held


@transaction.atomic
def withdraw_own_entry(credential: Credential, *, by: Account, at: dt.datetime) -> Credential:
    """Whoever entered it just now takes it back: it was entered by mistake."""
    if credential.recorded_by_id != by.pk or in_london(credential.recorded_at).date() != in_london(at).date():
        raise NotYourEntry
    return withdraw_credential(credential, because=str(_("Entered by mistake.")), by=by, at=at)


@transaction.atomic
def restore_credential(credential: Credential, *, by: Account, at: dt.datetime) -> Credential:
    """It was not withdrawn after all."""
    held = hold(credential)
    if held.withdrawn_at is None:
        raise NotWithdrawn
    like = Credential.objects.standing().filter(
        person=held.person_id, kind=held.kind_id, number=held.number, issued_on=held.issued_on
    )
    if like.exists():
        raise RecordedAlready
    Credential.objects.filter(pk=held.pk).update(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
    _settle_order(held.person_id, held.kind_id)
    append_audit("credentials.restore", about=held, by=by, at=at)
    return held


@transaction.atomic
def see_evidence(credential: Credential, *, by: Account, at: dt.datetime) -> None:
    """Write down who looked at the evidence."""
    EvidenceSeen.objects.create(credential=credential, by=by, at=at)
    append_audit("credentials.see_evidence", about=credential, by=by, at=at)


def recorded_already(rows: QuerySet[Credential], kept: Person) -> QuerySet[Credential]:
    """What stays with a record that is merged away, because the record kept has the very same."""
    there = Credential.objects.standing().filter(
        person=kept, kind=OuterRef("kind"), number=OuterRef("number"), issued_on=OuterRef("issued_on")
    )
    return rows.filter(Exists(there), withdrawn_at=None, refused_at=None)
