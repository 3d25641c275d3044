"""Whom or what a complaint or a compliment concerns; how it is dealt with is for its case."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, CaseLink
from moothall.cases.rules.acting import may_act
from moothall.cases.rules.definition import definition_of
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import ContractorStaff, TransportVoice, Vehicle

from . import firm_refusals as refusals

COMPLIMENTS: Final = "transport-compliment"
ABOUT: Final = ("contractor", "vehicle", "member", "crew_member", "centre", "passenger", "job")
LATELY: Final = 12  # so many audits or voices stand on a page; the list has all
Voices = QuerySet[TransportVoice]


class ConcernsNothing(Refusal):
    sentence = _("Say whom or what it concerns.")
    next_step = _("Choose at least one: a contractor, a vehicle, somebody, a run, a centre or a passenger.")


class NotYet(Refusal):
    sentence = _("It cannot have happened in the future.")
    next_step = _("Check the day.")


class SaidAlready(Refusal):
    sentence = _("The same is said on this case already.")
    next_step = _("Take that back first if it is wrong.")


@transaction.atomic
def say_whom(
    case: Case, *, kind: str, happened_on: dt.date, by: Account | None, at: dt.datetime, **about: Any
) -> TransportVoice:
    """A complaint or compliment on this case concerns these. Whose crew or vehicle it is follows."""
    held = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    given = _with_contractor({name: about.get(name) for name in ABOUT} | {"job": about.get("job") or ""})
    given["job"] = given["job"].strip()[:40]
    if not any(given.values()):
        raise ConcernsNothing
    if happened_on > in_london(at).date():
        raise NotYet
    same = TransportVoice.objects.standing().filter(case=held, kind=kind, happened_on=happened_on, **given)
    if same.exists():
        raise SaidAlready
    made = TransportVoice.objects.create(
        case=held, kind=kind, happened_on=happened_on, recorded_at=at, recorded_by=by, **given
    )
    append_audit("transport.voice", about=held, by=by, at=at, detail={"kind": kind, "number": made.pk})
    return made


def _with_contractor(given: dict[str, Any]) -> dict[str, Any]:
    """Theirs have to be of one contractor, which then need not be said."""
    member: ContractorStaff | None = given["member"]
    vehicle: Vehicle | None = given["vehicle"]
    firms = {one.contractor_id for one in (member, vehicle) if one is not None and one.contractor_id}
    if given["contractor"] is not None:
        firms.add(given["contractor"].pk)
    if len(firms) > 1:
        raise refusals.NotTheirs
    owner = member or vehicle
    if given["contractor"] is None and firms and owner is not None:
        given["contractor"] = next(one.contractor for one in (member, vehicle) if one and one.contractor)
    return given


@transaction.atomic
def take_back_voice(voice: TransportVoice, *, by: Account, at: dt.datetime) -> TransportVoice:
    """It does not concern them after all."""
    return _set(voice, at, by=by, at=at, verb="transport.take_back_voice")


@transaction.atomic
def put_back_voice(voice: TransportVoice, *, by: Account, at: dt.datetime) -> TransportVoice:
    return _set(voice, None, by=by, at=at, verb="transport.put_back_voice")


def _set(
    voice: TransportVoice, withdrawn_at: dt.datetime | None, *, by: Account, at: dt.datetime, verb: str
) -> TransportVoice:
    rows = TransportVoice.objects.select_for_update(of=("self",)).select_related("case")
    held = rows.get(pk=voice.pk)
    if (held.withdrawn_at is None) == (withdrawn_at is None):
        raise refusals.EndedAlready
    who = by if withdrawn_at is not None else None
    TransportVoice.objects.filter(pk=held.pk).update(withdrawn_at=withdrawn_at, withdrawn_by=who)
    append_audit(verb, about=held.case, by=by, at=at, detail={"number": held.pk})
    held.refresh_from_db(fields=["withdrawn_at", "withdrawn_by"])
    return held


def voices_about(account: Account, **about: Any) -> Voices:
    """What was said about this contractor, vehicle, crew member or centre, of cases this account sees."""
    return TransportVoice.objects.visible_to(account).standing().filter(**about).in_full()[:LATELY]


def concerns(voice: TransportVoice, language: str) -> str:
    """Everybody and everything it is about, beside the contractor."""
    centre = voice.centre.name_in(language) if voice.centre is not None else ""
    found = (voice.job, voice.vehicle, voice.member, voice.crew_member, centre, voice.passenger)
    return ", ".join(str(each) for each in found if each)


def counted_by_contractor(account: Account, first: dt.date, last: dt.date) -> list[Mapping[str, Any]]:
    """How many complaints and compliments each contractor had in these days, of cases this account sees."""
    rows = TransportVoice.objects.visible_to(account).standing()
    counted = (
        rows.filter(contractor__isnull=False, happened_on__gte=first, happened_on__lte=last)
        .order_by()
        .values("contractor", "contractor__name", "contractor__name_cy")
        .annotate(
            complaints=Count("case", filter=Q(kind=TransportVoice.COMPLAINT), distinct=True),
            compliments=Count("case", filter=Q(kind=TransportVoice.COMPLIMENT), distinct=True),
        )
    )
    return list(counted.order_by("-complaints", "contractor__name"))


def is_voice(case: Case) -> bool:
    """Whether this case is a complaint at its first stage, or a compliment about transport."""
    return case.service.key == COMPLIMENTS or definition_of(case.version).complaint_stage == 1


def voices_of_case(account: Account, case: Case) -> Mapping[str, Any] | None:
    """Beside complaints and compliments: whom of transport they concern. Of other cases nothing is asked."""
    if not account.may("transport.use"):
        return None
    if not is_voice(case):
        return _of_first_stage(account, case)
    found = list(TransportVoice.objects.standing().filter(case=case).in_full())
    ours = case.service.key.startswith("transport-")
    return {"voices": found, "works": may_act(case, account, "cases.work")} if found or ours else None


def _of_first_stage(account: Account, case: Case) -> Mapping[str, Any] | None:
    """A complaint at its second stage concerns whom its first did, as far as this account sees that case."""
    if definition_of(case.version).complaint_stage < 2:
        return None
    links = CaseLink.objects.filter(case=case, kind=CaseLink.RELATED, ended_at=None).order_by()
    rows = TransportVoice.objects.visible_to(account).standing().filter(case__in=links.values("other"))
    found = list(rows.filter(kind=TransportVoice.COMPLAINT).in_full())
    return {"voices": found, "works": False, "first": found[0].case} if found else None


def kind_of(case: Case) -> str:
    """What a case on this service is, unless somebody says otherwise."""
    praises = case.service.key == COMPLIMENTS
    return TransportVoice.COMPLIMENT if praises else TransportVoice.COMPLAINT
