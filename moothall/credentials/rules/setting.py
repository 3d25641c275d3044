"""What the office says of its kinds: ladders, evidence, how long they count, and what asks for them."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal
from moothall.credentials.models import Activity, CredentialKind, Requirement, Validity
from moothall.people.models import Account, Organisation, Post
from moothall.records.rules.audit import append_audit


class OneThingAsks(Refusal):
    sentence = _("One thing asks for a credential: an activity, a post, a unit or a workforce.")
    next_step = _("Choose one of the four.")


class AskedForAlready(Refusal):
    sentence = _("This is asked for already.")
    next_step = _("Look at the list again.")


class SourceNeeded(Refusal):
    sentence = _("Whoever reads the figure later wants to know who says so.")
    next_step = _("Give the source.")


class NoLongerAsked(Refusal):
    sentence = _("This is no longer asked for.")
    next_step = _("Look at the list again.")


@transaction.atomic
def change_kind(
    kind: CredentialKind, *, ladder: Sequence[int], evidence_months: int | None, must_expire: bool,
    second_check: bool, opens_case: bool, by: Account, at: dt.datetime,
) -> CredentialKind:  # fmt: skip
    """From now on; what was recorded before stays as it is."""
    values = {
        "ladder": sorted(set(ladder), reverse=True), "evidence_months": evidence_months,
        "must_expire": must_expire, "second_check": second_check, "opens_case": opens_case,
    }  # fmt: skip
    CredentialKind.objects.filter(pk=kind.pk).update(**values)
    append_audit("credentials.kind", by=by, at=at, detail={"kind": kind.key, **values})
    kind.refresh_from_db()
    return kind


@transaction.atomic
def set_validity(
    kind: CredentialKind, *, months: int | None, from_on: dt.date, source: str, by: Account, at: dt.datetime
) -> Validity:
    """So many months from that day on; the row before ends the day before. None: nobody has confirmed it."""
    if not source.strip():
        raise SourceNeeded
    rows = Validity.objects.select_for_update().filter(kind=kind)
    rows.filter(from_on__lt=from_on, until_on=None).update(until_on=from_on - dt.timedelta(days=1))
    made, _new = Validity.objects.update_or_create(
        kind=kind,
        from_on=from_on,
        defaults={"months": months, "source": source.strip()[:300], "until_on": None},
    )
    detail = {"kind": kind.key, "months": months, "from": from_on.isoformat()}
    append_audit("credentials.validity", by=by, at=at, detail=detail)
    return made


@transaction.atomic
def add_requirement(
    kind: CredentialKind, *, from_on: dt.date, by: Account, at: dt.datetime,
    activity: Activity | None = None, post: Post | None = None, unit: Organisation | None = None,
    workforce: str = "", until_on: dt.date | None = None, because: str = "",
) -> Requirement:  # fmt: skip
    """From that day on whoever does it, holds it, works in it or as it needs this kind."""
    if sum(bool(each) for each in (activity, post, unit, workforce)) != 1:
        raise OneThingAsks
    given = {"activity": activity, "post": post, "unit": unit, "workforce": workforce}
    last = until_on or dt.date.max
    if Requirement.objects.between(from_on, last).filter(kind=kind, **given).exists():
        raise AskedForAlready
    made = Requirement.objects.create(
        kind=kind, from_on=from_on, until_on=until_on, because=because.strip()[:200], added_at=at,
        added_by=by, **given,
    )  # fmt: skip
    append_audit("credentials.require", by=by, at=at, detail={"kind": kind.key, "requirement": made.pk})
    return made


@transaction.atomic
def withdraw_requirement(requirement: Requirement, *, by: Account, at: dt.datetime) -> None:
    found = Requirement.objects.filter(pk=requirement.pk, withdrawn_at=None)
    if not found.update(withdrawn_at=at, withdrawn_by=by):
        raise NoLongerAsked
    append_audit("credentials.require_no_more", by=by, at=at, detail={"requirement": requirement.pk})
