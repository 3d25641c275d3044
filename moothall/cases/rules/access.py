"""Who may see a case: its level, the people named on it, and the reason given to open a sealed one."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, CaseAccess, Entry, Reading
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .changing import change_case, lock, undone_by
from .indexing import forget_words, index_afresh
from .refusals import need_reason

READING_LASTS = dt.timedelta(minutes=30)
BY_NAME = {Case.RESTRICTED, Case.SEALED}


class SomebodyMustSeeIt(Refusal):
    sentence = _("This case is seen only by the people named on it, and nobody would be left.")
    next_step = _("Name at least one other person who may see it.")


class NotAmongTheNamed(Refusal):
    sentence = _("Only the people named on a sealed case may open it.")
    next_step = _("Ask one of them to name you.")


@transaction.atomic
def set_confidentiality(
    case: Case, *, level: str, named: list[Account], because: str, by: Account, at: dt.datetime
) -> Entry:
    """Say who may see the case: when restricted or sealed, the people named. Sealed ones leave the search."""
    need_reason(because)
    lock(case)
    before = case.confidentiality
    given = ended = list[int]()
    if level in BY_NAME:
        given = name_on_case(case, [*named, by], because=because, by=by, at=at)
    else:
        ended = _end_all(case, at=at)
    entry = change_case(
        case, verb="restrict", by=by, at=at, changes={"confidentiality": level}, note=because,
        said={"level": level},
    )  # fmt: skip
    entry.detail |= {"given": given, "ended": ended}
    Entry.objects.filter(pk=entry.pk).update(detail=entry.detail)
    _keep_search_true(case, before=before)
    return entry


def _keep_search_true(case: Case, *, before: str) -> None:
    """The words of a restricted case are kept apart; a sealed case is found by none."""
    if case.confidentiality == Case.SEALED:
        forget_words(case)
    elif before == Case.SEALED or Case.RESTRICTED in {before, case.confidentiality}:
        index_afresh(case)


def _end_all(case: Case, *, at: dt.datetime) -> list[int]:
    ended = list(CaseAccess.objects.in_force().filter(case=case).values_list("pk", flat=True))
    CaseAccess.objects.filter(pk__in=ended).update(ended_at=at)
    return ended


@undone_by("restrict")
def _undo_restrict(case: Case, entry: Entry, by: Account | None, at: dt.datetime) -> None:
    CaseAccess.objects.filter(pk__in=entry.detail.get("given", []), ended_at=None).update(ended_at=at)
    ended = CaseAccess.objects.filter(pk__in=entry.detail.get("ended", []))
    end_past_emergencies(case, *ended.values_list("account_id", flat=True), at=at)
    ended.update(ended_at=None)
    _keep_search_true(case, before=entry.detail["after"]["confidentiality"])


def name_on_case(
    case: Case, people: Iterable[Account | None], *, because: str, by: Account | None, at: dt.datetime
) -> list[int]:
    """Let each of these people see the case; the answer is the rows that are new."""
    accounts = {account.pk: account for account in people if account is not None}
    already = CaseAccess.objects.in_force().filter(case=case).values_list("account_id", flat=True)
    for account_id in list(already):
        accounts.pop(account_id, None)
    return [give_access(case, to=each, because=because, by=by, at=at).pk for each in accounts.values()]


@transaction.atomic
def give_access(case: Case, *, to: Account, because: str, by: Account | None, at: dt.datetime) -> CaseAccess:
    """Name somebody who may see the case, whatever its level."""
    need_reason(because)
    end_past_emergencies(case, to.pk, at=at)
    access, made = CaseAccess.objects.get_or_create(
        case=case, account=to, ended_at=None, defaults={"reason": because, "given_by": by, "given_at": at}
    )
    if made:
        append_audit("cases.give_access", about=case, by=by, at=at, detail={"to": to.pk})
    return access


def end_past_emergencies(case: Case, *accounts: int, at: dt.datetime) -> None:
    """Whoever an emergency let in is let in by something else from now on, or had been only for a while."""
    past = CaseAccess.objects.filter(case=case, account__in=accounts, until__isnull=False, ended_at=None)
    past.update(ended_at=Least("until", Value(at)))


@transaction.atomic
def end_access(access: CaseAccess, *, by: Account, at: dt.datetime) -> None:
    """Somebody named on the case need no longer see it; the last one named stays."""
    case = lock(access.case)
    others = CaseAccess.objects.in_force().filter(case=case).exclude(pk=access.pk)
    if case.confidentiality in BY_NAME and not others.exists():
        raise SomebodyMustSeeIt
    CaseAccess.objects.filter(pk=access.pk, ended_at=None).update(ended_at=at)
    append_audit("cases.end_access", about=case, by=by, at=at, detail={"to": access.account_id})


def let_in(case: Case, *people: Account | None, by: Account | None, at: dt.datetime) -> None:
    """Whoever is given a restricted or sealed case must be able to see it."""
    if case.confidentiality in BY_NAME:
        name_on_case(case, people, because=str(_("Given the case to work on")), by=by, at=at)


def name_first_readers(case: Case, *, by: Account | None, at: dt.datetime) -> None:
    """A case that begins restricted or sealed is seen by whoever opened it, its worker and its team's lead;
    by those of the team who may restrict cases where that would be nobody."""
    if case.confidentiality not in BY_NAME:
        return
    readers = {each.pk: each for each in (by, case.assignee, case.team.lead) if each and each.is_active}
    if not readers:
        who = Account.objects.who_may("cases.restrict", on=in_london(at).date())
        readers = {each.pk: each for each in who.order_by("pk") if _of_the_team(each, case)}
    name_on_case(case, readers.values(), because=str(_("Its service begins like this")), by=by, at=at)


def _of_the_team(account: Account, case: Case) -> bool:
    return account.standing().covers("cases.restrict", [case.team_id])


def copy_access(case: Case, *, to: Case, by: Account | None, at: dt.datetime) -> None:
    """A case that comes out of another is seen by the same people."""
    rows = CaseAccess.objects.in_force().filter(case=case).select_related("account")
    if to.confidentiality in BY_NAME:
        readers = [row.account for row in rows]
        name_on_case(to, readers, because=str(_("Named on case %s") % case.reference), by=by, at=at)


@transaction.atomic
def open_sealed(case: Case, *, by: Account, at: dt.datetime, reason: str) -> Reading:
    """Open a sealed case for half an hour, with a reason that is kept."""
    need_reason(reason)
    if not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise NotAmongTheNamed
    reading = Reading.objects.create(case=case, account=by, reason=reason, at=at, until=at + READING_LASTS)
    append_audit("cases.read_sealed", about=case, by=by, at=at, detail={"reason": reason})
    return reading


def may_read(case: Case, account: Account, *, at: dt.datetime) -> bool:
    """Whether a sealed case is open to this account just now."""
    if case.confidentiality != Case.SEALED:
        return True
    return Reading.objects.filter(case=case, account=account, until__gt=at).exists()
