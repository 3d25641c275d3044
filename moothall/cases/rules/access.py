"""Who may see a case: its level, the people named on it, and the reason given to open a sealed one."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, CaseAccess, CaseSearch, Entry, Reading
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .assigning import ReasonNeeded
from .changing import change_case

READING_LASTS = dt.timedelta(minutes=30)


class SomebodyMustSeeIt(Refusal):
    sentence = _("A restricted case is seen by the people named on it, and nobody is named.")
    next_step = _("Name at least one person who may see it.")


@transaction.atomic
def set_confidentiality(
    case: Case, *, level: str, named: list[Account], because: str, by: Account, at: dt.datetime
) -> Entry:
    """Say who may see the case: when restricted or sealed, the people named. Sealed ones leave the search."""
    if not because.strip():
        raise ReasonNeeded
    if level in {Case.RESTRICTED, Case.SEALED}:
        people = {account.pk: account for account in [*named, by]}
        if not people:
            raise SomebodyMustSeeIt
        for account in people.values():
            give_access(case, to=account, because=because, by=by, at=at)
    if level == Case.SEALED:
        CaseSearch.objects.filter(case=case).delete()
    return change_case(
        case, verb="restrict", by=by, at=at, changes={"confidentiality": level}, note=because,
        said={"level": level},
    )  # fmt: skip


@transaction.atomic
def give_access(case: Case, *, to: Account, because: str, by: Account | None, at: dt.datetime) -> CaseAccess:
    access, made = CaseAccess.objects.get_or_create(
        case=case, account=to, ended_at=None, defaults={"reason": because, "given_by": by, "given_at": at}
    )
    if made:
        append_audit("cases.give_access", about=case, by=by, at=at, detail={"to": to.pk})
    return access


@transaction.atomic
def end_access(access: CaseAccess, *, by: Account, at: dt.datetime) -> None:
    CaseAccess.objects.filter(pk=access.pk, ended_at=None).update(ended_at=at)
    append_audit("cases.end_access", about=access.case, by=by, at=at, detail={"to": access.account_id})


@transaction.atomic
def open_sealed(case: Case, *, by: Account, at: dt.datetime, reason: str) -> Reading:
    """Open a sealed case for half an hour, with a reason that is kept."""
    if not reason.strip():
        raise ReasonNeeded
    reading = Reading.objects.create(case=case, account=by, reason=reason, at=at, until=at + READING_LASTS)
    append_audit("cases.read_sealed", about=case, by=by, at=at, detail={"reason": reason})
    return reading


def may_read(case: Case, account: Account, *, at: dt.datetime) -> bool:
    """Whether a sealed case is open to this account just now."""
    if case.confidentiality != Case.SEALED:
        return True
    return Reading.objects.filter(case=case, account=account, until__gt=at).exists()
