"""Who acts for whom: written down with how it was given, withdrawn, and put back when that was a mistake."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Entry
from moothall.cases.rules.changing import change_case, lock
from moothall.cases.rules.refusals import need_reason, refuse_if_closed
from moothall.casework.models import Authority, Basis
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Person
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit

ABOUT = "about"


class SamePerson(Refusal):
    sentence = _("Nobody needs authority to act for themselves.")
    next_step = _("Choose the person they act for.")


class NobodyAsked(Refusal):
    sentence = _("It is not known yet who asked.")
    next_step = _("Change the details of the case and say who asked, then come back.")


class HowMissing(Refusal):
    sentence = _("Nothing shows how the authority was given.")
    next_step = _("Write who gave it, when and how, or attach it.")


class EndsTooSoon(Refusal):
    sentence = _("An authority begins before it ends.")
    next_step = _("Check both days.")


class NotInForceAnyMore(Refusal):
    sentence = _("This authority has been withdrawn already.")
    next_step = _("Look at the page again.")


class NotWithdrawn(Refusal):
    sentence = _("This authority has not been withdrawn.")
    next_step = _("Look at the page again.")


def authority_for(case: Case, *, on: dt.date) -> Authority | None:
    """By what whoever asked may act for the person the case is about; None where nothing says so, or where
    they asked for themselves."""
    if case.subject_id is None or case.requester_id is None or case.subject_id == case.requester_id:
        return None
    found = Authority.objects.in_force(on).filter(
        Q(case=None) | Q(case=case), representative=case.requester_id, represented=case.subject_id
    )
    return found.select_related("basis").order_by("-from_on", "-id").first()


@transaction.atomic
def say_for_whom(case: Case, *, represented: Person, by: Account, at: dt.datetime) -> Entry | None:
    """Whoever asked speaks for somebody else, with authority or without: the case is about that person."""
    lock(case)
    refuse_if_closed(case)
    if case.requester is None:
        raise NobodyAsked
    if represented.pk == case.requester_id:
        raise SamePerson
    if case.subject_id == represented.pk:
        return None
    said = {"name": represented.full_name}
    return change_case(case, verb=ABOUT, by=by, at=at, changes={"subject": represented}, said=said)


@transaction.atomic
def give_authority(
    *,
    representative: Person,
    represented: Person,
    basis: Basis,
    from_on: dt.date,
    by: Account | None,
    at: dt.datetime,
    until_on: dt.date | None = None,
    how: str = "",
    document: Document | None = None,
    case: Case | None = None,
) -> Authority:
    """Write down that somebody may act for somebody else, on one case or in everything."""
    if representative.pk == represented.pk:
        raise SamePerson
    if not how.strip() and document is None:
        raise HowMissing
    if until_on is not None and until_on < from_on:
        raise EndsTooSoon
    authority = Authority.objects.create(
        representative=representative, represented=represented, case=case, basis=basis, how=how.strip(),
        document=document, from_on=from_on, until_on=until_on, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    _write("casework.give_authority", authority, by=by, at=at)
    return authority


@transaction.atomic
def act_for(
    case: Case,
    *,
    represented: Person,
    basis: Basis | None,
    whole: bool,
    how: str,
    document: Document | None,
    from_on: dt.date,
    until_on: dt.date | None,
    by: Account,
    at: dt.datetime,
) -> Authority | Entry | None:
    """On a case: say for whom they act and, where it is there already, by what authority."""
    entry = say_for_whom(case, represented=represented, by=by, at=at)
    if basis is None or case.requester is None:
        return entry
    return give_authority(
        representative=case.requester, represented=represented, basis=basis, how=how, document=document,
        case=None if whole else case, from_on=from_on, until_on=until_on, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def withdraw_authority(authority: Authority, *, because: str, by: Account, at: dt.datetime) -> Authority:
    """From now on it counts no more; what was done by it stays right."""
    need_reason(because)
    rows = Authority.objects.standing().filter(pk=authority.pk, withdrawn_at=None)
    if not rows.update(withdrawn_by=by, withdrawn_at=at, withdrawn_because=because.strip()):
        raise NotInForceAnyMore
    _write("casework.withdraw_authority", authority, by=by, at=at, because=because)
    return authority


@transaction.atomic
def restore_authority(authority: Authority, *, by: Account, at: dt.datetime) -> Authority:
    """It was not withdrawn after all."""
    rows = Authority.objects.standing().filter(pk=authority.pk, withdrawn_at__isnull=False)
    if not rows.update(withdrawn_by=None, withdrawn_at=None, withdrawn_because=""):
        raise NotWithdrawn
    _write("casework.restore_authority", authority, by=by, at=at)
    return authority


@transaction.atomic
def undo_authority(authority: Authority, *, by: Account, at: dt.datetime) -> Authority:
    """It was written down by mistake, as if it had never been."""
    rows = Authority.objects.standing().filter(pk=authority.pk, withdrawn_at=None)
    if not rows.update(undone_by=by, undone_at=at):
        raise NotInForceAnyMore
    _write("casework.undo_authority", authority, by=by, at=at)
    return authority


def _write(
    verb: str, authority: Authority, *, by: Account | None, at: dt.datetime, because: str = ""
) -> None:
    """About the case where there is one, or else the person who is acted for."""
    detail = {
        "authority": authority.pk,
        "representative": authority.representative_id,
        "represented": authority.represented_id,
        "basis": authority.basis_id,
        "because": because,
    }
    about = authority.case if authority.case is not None else authority.represented
    append_audit(verb, about=about, by=by, at=at, detail=detail)
