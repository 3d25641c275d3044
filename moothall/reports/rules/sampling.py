"""Drawing records by lot, and checking them field by field: never by whoever keeps that record."""

import datetime as dt
from collections.abc import Mapping
from random import Random

from django.db import transaction

from moothall.people.models import Account, Organisation
from moothall.records.models import AuditEvent
from moothall.records.rules.audit import append_audit
from moothall.reports.models import QualitySample, SampledRecord
from moothall.workforce.models import Assignment, Employment

from .months import Scope
from .quality import read_records
from .refusals import CheckedAlready, KeepsThisRecord, NobodyToDraw


@transaction.atomic
def draw_sample(
    scope: Scope, *, size: int, seed: int, by: Account, at: dt.datetime, today: dt.date
) -> QualitySample:
    """So many of those who work here; all of them where there are fewer."""
    there = scope.narrow(Assignment.objects.in_force(today).filter(is_main=True))
    here = Employment.objects.in_force(today).order_by("number")
    numbers = list(here.filter(pk__in=there.order_by().values("employment")).values_list("number", "pk"))
    if not numbers:
        raise NobodyToDraw
    drawn = Random(f"{today}/{seed}").sample(numbers, min(size, len(numbers)))  # noqa: S311 # nosec B311
    unit = Organisation.objects.filter(pk=scope.unit).first() if scope.unit is not None else None
    made = QualitySample.objects.create(
        drawn_at=at, drawn_by=by, drawn_on=today, unit=unit, seed=seed, size=size
    )
    SampledRecord.objects.bulk_create(
        SampledRecord(sample=made, employment_id=pk) for _number, pk in sorted(drawn)
    )
    append_audit("reports.draw", about=made, by=by, at=at, detail={"size": len(drawn), "seed": seed})
    return made


def keeps(account: Account, employment: Employment) -> bool:
    """Whether it is their own record, or they have ever written on it."""
    if account.person_id is not None and employment.person_id == account.person_id:
        return True
    wrote = Assignment.objects.filter(employment=employment, recorded_by=account)
    kind = Employment._meta.label_lower
    did = AuditEvent.objects.filter(about_kind=kind, about_id=employment.pk, actor=account)
    return wrote.exists() or did.exists()


@transaction.atomic
def check_record(
    record: SampledRecord, *, wrong: Mapping[str, str], by: Account, at: dt.datetime, today: dt.date
) -> SampledRecord:
    """Each field is right, but for those of which is said what is right. The record itself is put right by
    whoever keeps it."""
    held = (
        SampledRecord.objects.select_for_update(of=("self",)).select_related("employment").get(pk=record.pk)
    )
    if held.checked_at is not None:
        raise CheckedAlready
    if keeps(by, held.employment):
        raise KeepsThisRecord
    held.said = read_records([held.employment_id], on=today)[held.employment_id][0]
    held.wrong = {key: words.strip() for key, words in wrong.items() if words.strip() and key in held.said}
    held.checked_at, held.checked_by = at, by
    held.save(update_fields=["said", "wrong", "checked_at", "checked_by"])
    append_audit("reports.check", about=held, by=by, at=at, detail={"wrong": sorted(held.wrong)})
    return held
