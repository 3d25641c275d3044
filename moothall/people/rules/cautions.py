"""Warnings to staff before contact, and addresses that only few may see."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.audit import write_down
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.people.models import Account, CautionMarker, CautionReview, Person, ProtectedAddress
from moothall.people.models.contact_folding import tidy

from .persons import locked

LONGEST_STAND = relativedelta(months=12)
LONGEST_WORDS = 4000


class ReasonMissing(Refusal):
    sentence = _("This needs a reason.")
    next_step = _("Say what happened, or what makes it necessary, in a sentence.")


class KindMissing(Refusal):
    sentence = _("A caution marker says in a few words what to beware of.")
    next_step = _("Enter what colleagues must know before contact, such as “verbal abuse”.")


class StandsTooLong(Refusal):
    sentence = _("A caution marker stands for at most 12 months before somebody looks at it again.")
    next_step = _("Choose a day in the next 12 months; it can be extended when it is reviewed.")


class HasEnded(Refusal):
    sentence = _("This caution marker has been lifted.")
    next_step = _("Place a new one if it is needed again.")


class AlreadyProtected(Refusal):
    sentence = _("This address is protected already.")


class NotProtected(Refusal):
    sentence = _("This address is not protected.")


@transaction.atomic
def place_caution(
    person: Person,
    *,
    kind: str,
    reason: str,
    instruction: str,
    by: Account,
    at: dt.datetime,
    expires_on: dt.date | None = None,
) -> CautionMarker:
    """Warn colleagues before they meet somebody: why, what to do, and until when (12 months if not said)."""
    fresh = locked(person)
    kind = tidy(kind, 60)
    if not kind:
        raise KindMissing
    marker = CautionMarker.objects.create(
        person=fresh,
        kind=kind,
        reason=_reason(reason),
        instruction=_words(instruction),
        placed_by=by,
        placed_at=at,
        expires_on=_end(expires_on, at),
    )
    detail = {"marker": marker.pk, "expires_on": marker.expires_on.isoformat()}
    write_down("people.place_caution", by=by, at=at, about=fresh, detail=detail)
    return marker


@transaction.atomic
def review_caution(
    marker: CautionMarker, *, reason: str, by: Account, at: dt.datetime, expires_on: dt.date | None = None
) -> CautionMarker:
    """Look at a marker again and let it stand until another day, at most 12 months away."""
    fresh = _standing(marker)
    fresh.expires_on = _end(expires_on, at)
    fresh.save(update_fields=["expires_on"])
    CautionReview.objects.create(
        marker=fresh, by=by, at=at, reason=_reason(reason), expires_on=fresh.expires_on
    )
    detail = {"marker": fresh.pk, "expires_on": fresh.expires_on.isoformat()}
    write_down("people.review_caution", by=by, at=at, about=fresh.person, detail=detail)
    return fresh


@transaction.atomic
def lift_caution(marker: CautionMarker, *, reason: str, by: Account, at: dt.datetime) -> CautionMarker:
    """End a marker before its day, and say why."""
    fresh = _standing(marker)
    fresh.lifted_by, fresh.lifted_at, fresh.lifted_because = by, at, _reason(reason)
    fresh.save(update_fields=["lifted_by", "lifted_at", "lifted_because"])
    write_down("people.lift_caution", by=by, at=at, about=fresh.person, detail={"marker": fresh.pk})
    return fresh


@transaction.atomic
def protect_address(person: Person, *, reason: str, by: Account, at: dt.datetime) -> ProtectedAddress:
    """From now on only those who may place cautions see where this person lives."""
    fresh = locked(person)
    if ProtectedAddress.objects.standing().filter(person=fresh).exists():
        raise AlreadyProtected
    row = ProtectedAddress.objects.create(person=fresh, reason=_reason(reason), set_by=by, set_at=at)
    write_down("people.protect_address", by=by, at=at, about=fresh)
    return row


@transaction.atomic
def unprotect_address(person: Person, *, by: Account, at: dt.datetime) -> ProtectedAddress:
    """Everybody who may see the record sees the address again."""
    fresh = locked(person)
    row = ProtectedAddress.objects.standing().filter(person=fresh).order_by("id").first()
    if row is None:
        raise NotProtected
    row.lifted_by, row.lifted_at = by, at
    row.save(update_fields=["lifted_by", "lifted_at"])
    write_down("people.unprotect_address", by=by, at=at, about=fresh)
    return row


def last_day_of_caution(at: dt.datetime) -> dt.date:
    """The latest day a marker placed or reviewed now may stand until."""
    return in_london(at).date() + LONGEST_STAND


def _end(expires_on: dt.date | None, at: dt.datetime) -> dt.date:
    latest = last_day_of_caution(at)
    chosen = expires_on or latest
    if not in_london(at).date() <= chosen <= latest:
        raise StandsTooLong
    return chosen


def _standing(marker: CautionMarker) -> CautionMarker:
    fresh: CautionMarker = (
        CautionMarker.objects.select_for_update(of=("self",))
        .select_related("person")
        .order_by("pk")
        .get(pk=marker.pk)
    )
    if fresh.lifted_at is not None:
        raise HasEnded
    return fresh


def _reason(reason: str) -> str:
    words = _words(reason)
    if not words:
        raise ReasonMissing
    return words


def _words(words: str) -> str:
    lines = (tidy(line, LONGEST_WORDS) for line in words.splitlines())
    return "\n".join(lines).strip()[:LONGEST_WORDS]
