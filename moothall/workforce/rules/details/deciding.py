"""A colleague approves a change of somebody's details, refuses it, or takes an approval back."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import DetailChange

from .applying import apply_change, close_with, reverse_change
from .asking import DecidedAlready


class NotYourOwn(Refusal):
    sentence = _("Nobody decides on their own details.")
    next_step = _("Ask a colleague who keeps staff records.")


class WhyNeeded(Refusal):
    sentence = _("Say why.")
    next_step = _("A few words are enough. The person reads them.")


def _hold(change: DetailChange, by: Account) -> DetailChange:
    rows = DetailChange.objects.select_for_update(of=("self",))
    held = rows.select_related("employment__person", "kind", "case").get(pk=change.pk)
    if by.pk == held.asked_by_id or (by.person_id is not None and by.person_id == held.employment.person_id):
        raise NotYourOwn
    return held


@transaction.atomic
def approve_change(change: DetailChange, *, by: Account, at: dt.datetime, today: dt.date) -> DetailChange:
    """It holds from its day; where that has come, at once."""
    held = _hold(change, by)
    if held.decided_at or held.withdrawn_at:
        raise DecidedAlready
    held.accepted, held.decided_at, held.decided_by = True, at, by
    held.save(update_fields=["accepted", "decided_at", "decided_by"])
    detail = {"kind": held.kind.key}
    append_audit("workforce.approve_detail", about=held.employment, by=by, at=at, detail=detail)
    if held.from_on <= today:
        apply_change(held, by=by, at=at)
    return held


@transaction.atomic
def refuse_change(change: DetailChange, *, because: str, by: Account, at: dt.datetime) -> DetailChange:
    held = _hold(change, by)
    if not because.strip():
        raise WhyNeeded
    if held.decided_at or held.withdrawn_at:
        raise DecidedAlready
    held.accepted, held.decided_at, held.decided_by = False, at, by
    held.because = because.strip()[:300]
    held.save(update_fields=["accepted", "decided_at", "decided_by", "because"])
    close_with(held, "refused", held.because, by=by, at=at)
    detail = {"kind": held.kind.key}
    append_audit("workforce.refuse_detail", about=held.employment, by=by, at=at, detail=detail)
    return held


@transaction.atomic
def undo_approval(change: DetailChange, *, by: Account, at: dt.datetime) -> DetailChange:
    """The approval was a mistake: what was so before is so again, where nobody has changed it since."""
    held = _hold(change, by)
    if not held.accepted or held.undone_at:
        raise DecidedAlready
    if held.applied_at:
        reverse_change(held, by=by, at=at)
    held.undone_at = at
    held.save(update_fields=["undone_at"])
    detail = {"kind": held.kind.key}
    append_audit("workforce.undo_detail", about=held.employment, by=by, at=at, detail=detail)
    return held
