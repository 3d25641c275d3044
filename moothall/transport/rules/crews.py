"""Who drives and escorts: joined to the crews, and no longer of them."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from moothall.credentials.models import CredentialKind
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import CrewMember, CrewNeed, Depot, VehicleKind
from moothall.workforce.models import Employment

from . import crew_refusals as refusals
from .keeping import check_days


@transaction.atomic
def join_crew(
    employment: Employment, *, depot: Depot, drives: bool, escorts: bool, by: Account | None,
    at: dt.datetime, today: dt.date,
) -> CrewMember:  # fmt: skip
    """From now on they can be given runs of their depot. Who was one before is one again."""
    if not drives and not escorts:
        raise refusals.NeitherDrivesNorEscorts
    held = Employment.objects.select_for_update(of=("self",), no_key=True).get(pk=employment.pk)
    if held.ended_on is not None and held.ended_on < today:
        raise refusals.DoesNotWorkHere
    there = Q(left_on=None) | Q(left_on__gte=today)
    if CrewMember.objects.filter(there, employment=held).exists():
        raise refusals.CrewMemberAlready
    made, _new = CrewMember.objects.update_or_create(
        employment=held,
        defaults={
            "depot": depot, "drives": drives, "escorts": escorts, "added_at": at, "added_by": by,
            "left_on": None,
        },
    )  # fmt: skip
    append_audit("transport.join_crew", about=made, by=by, at=at, detail={"depot": depot.key})
    return made


@transaction.atomic
def leave_crew(member: CrewMember, *, by: Account, at: dt.datetime, today: dt.date) -> CrewMember:
    """From tomorrow they get no runs; what they have then is in alarm until somebody else has it."""
    CrewMember.objects.filter(pk=member.pk).update(left_on=today)
    append_audit("transport.leave_crew", about=member, by=by, at=at)
    member.refresh_from_db()
    return member


@transaction.atomic
def stay_in_crew(member: CrewMember, *, by: Account, at: dt.datetime) -> CrewMember:
    """They have not left after all."""
    CrewMember.objects.filter(pk=member.pk).update(left_on=None)
    append_audit("transport.stay_in_crew", about=member, by=by, at=at)
    member.refresh_from_db()
    return member


@transaction.atomic
def ask_of_crews(
    *, role: str, credential: CredentialKind, from_on: dt.date, by: Account | None, at: dt.datetime,
    kind: VehicleKind | None = None, with_wheelchair: bool = False, until_on: dt.date | None = None,
) -> CrewNeed:  # fmt: skip
    """Whoever goes out in this role holds it: on any run, with a kind of vehicle, with somebody who stays in
    a wheelchair."""
    check_days(from_on, until_on)
    made = CrewNeed.objects.create(
        role=role, credential=credential, kind=kind, with_wheelchair=with_wheelchair, from_on=from_on,
        until_on=until_on, recorded_at=at, recorded_by=by,
    )  # fmt: skip
    append_audit("transport.ask_of_crews", about=made, by=by, at=at, detail={"credential": credential.key})
    return made


@transaction.atomic
def ask_no_more(need: CrewNeed, *, by: Account, at: dt.datetime) -> CrewNeed:
    """It is not asked any more; that it was stays on record."""
    if not CrewNeed.objects.standing().filter(pk=need.pk).update(withdrawn_at=at, withdrawn_by=by):
        raise refusals.NotAskedAnyMore
    append_audit("transport.ask_no_more", about=need, by=by, at=at)
    need.refresh_from_db()
    return need
