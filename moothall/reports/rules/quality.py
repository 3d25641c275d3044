"""Looking through staff records: what is found opens, what is found no more closes; and what people do about
it."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Q

from moothall.core.clock import in_london
from moothall.people.models import Account, Grant, Team
from moothall.records.models import AuditEvent
from moothall.records.rules.audit import append_audit
from moothall.reports.models import Finding, QualityRule, QualityScore
from moothall.workforce.models import Assignment, Employment

from .finding_words import Said
from .looking import LOOKS
from .refusals import ClosedFinding, EndsBefore, KeepsNoRecords, NotWaived

NO_MORE = {"number": "", "unit": None, "team": None}


@transaction.atomic
def look_through_records(*, today: dt.date, at: dt.datetime, by: Account | None = None) -> tuple[int, int]:
    """How many faults were found that were not known, and how many are found no more. Run twice it comes to
    the same."""
    opened = closed = 0
    for rule in QualityRule.objects.select_for_update().order_by("order", "key"):
        found = dict(LOOKS[rule.key](today)) if rule.is_looked_for and rule.key in LOOKS else {}
        opened += _open_what_is_new(rule, found, today=today, at=at)
        closed += _close_what_is_gone(rule, found, today=today, at=at)
    score_units(today=today)
    if by is not None or opened or closed:
        append_audit("reports.look", by=by, at=at, detail={"opened": opened, "closed": closed})
    return opened, closed


def _open_what_is_new(rule: QualityRule, found: dict[int, Said], *, today: dt.date, at: dt.datetime) -> int:
    known = set(Finding.objects.open().filter(rule=rule).values_list("employment_id", flat=True))
    new = {pk: said for pk, said in found.items() if pk not in known}
    records = read_records(new, on=today)
    rows = [
        Finding(
            rule=rule, employment_id=pk, unit_id=where[0], team_id=where[1], said=dict(new[pk]),
            before=record, found_at=at,
        )
        for pk, (record, where) in records.items()
    ]  # fmt: skip
    return len(Finding.objects.bulk_create(rows, batch_size=500))


def _close_what_is_gone(rule: QualityRule, found: dict[int, Said], *, today: dt.date, at: dt.datetime) -> int:
    gone = [each for each in Finding.objects.open().filter(rule=rule) if each.employment_id not in found]
    records = read_records([each.employment_id for each in gone], on=today)
    for each in gone:
        each.after, each.closed_at = records[each.employment_id][0], at
        each.closed_by_id = _who_changed(each)
    Finding.objects.bulk_update(gone, ["after", "closed_at", "closed_by"], batch_size=500)
    return len(gone)


def _who_changed(finding: Finding) -> int | None:
    """Whoever did something to the record last since the fault was found."""
    events = AuditEvent.objects.filter(
        about_kind=Employment._meta.label_lower, about_id=finding.employment_id, at__gte=finding.found_at,
        actor__isnull=False,
    )  # fmt: skip
    return events.order_by("-id").values_list("actor_id", flat=True).first()


Record = tuple[dict[str, Any], tuple[int | None, int | None]]


def read_records(employments: Collection[int], *, on: dt.date) -> dict[int, Record]:
    """What stands on each record, as a correction is told by it, and the unit and team it is of."""
    there = Employment.objects.filter(pk__in=employments).with_assignment(on)
    return {each.pk: (_told(each, each.main), _where(each.main)) for each in there}


def _told(employment: Employment, main: Assignment | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "first day": employment.started_on.isoformat(),
        "last day": employment.ended_on.isoformat() if employment.ended_on else "",
        "date of birth": employment.person.born_on.isoformat() if employment.person.born_on else "",
    }
    if main is not None:
        told |= {
            "manager": main.manager.number if main.manager else "", "unit": main.unit.name,
            "pattern": main.pattern.name if main.pattern else "", "hours": str(main.weekly_hours),
            "contract": main.contract,
            "contract ends": main.contract_ends_on.isoformat() if main.contract_ends_on else "",
        }  # fmt: skip
    return told


def _where(main: Assignment | None) -> tuple[int | None, int | None]:
    return (main.unit_id, main.post.team_id) if main is not None else (None, None)


@transaction.atomic
def score_units(*, today: dt.date) -> None:
    """Of the records of each unit, how many have something wrong with them that nobody has waived."""
    held = Assignment.objects.in_force(today).filter(
        is_main=True, employment__in=Employment.objects.in_force(today).order_by().values("pk")
    )
    records = {
        employment: (unit, team)
        for employment, unit, team in held.order_by().values_list("employment_id", "unit_id", "post__team_id")
    }
    waiting = Finding.objects.waiting(today).order_by().values_list("employment_id", flat=True).distinct()
    faulty = Counter(records[pk] for pk in waiting if pk in records)
    QualityScore.objects.filter(day=today).delete()
    QualityScore.objects.bulk_create(
        QualityScore(day=today, unit_id=unit, team_id=team, records=number, faulty=faulty[unit, team])
        for (unit, team), number in Counter(records.values()).items()
    )


@transaction.atomic
def waive(finding: Finding, *, until: dt.date, because: str, by: Account, at: dt.datetime) -> Finding:
    """It may stay as it is until the end of that day."""
    if until < at.date():
        raise EndsBefore
    changed = Finding.objects.open().filter(pk=finding.pk).update(
        waived_until=until, waived_because=because.strip(), waived_by=by, waived_at=at
    )  # fmt: skip
    if not changed:
        raise ClosedFinding
    detail = {"until": until.isoformat(), "because": because.strip()}
    append_audit("reports.waive", about=finding, by=by, at=at, detail=detail)
    return finding


@transaction.atomic
def unwaive(finding: Finding, *, by: Account, at: dt.datetime) -> Finding:
    """It is to be seen to after all."""
    changed = Finding.objects.open().filter(pk=finding.pk, waived_until__isnull=False).update(
        waived_until=None, waived_because="", waived_by=None, waived_at=None
    )  # fmt: skip
    if not changed:
        raise NotWaived
    append_audit("reports.unwaive", about=finding, by=by, at=at)
    return finding


@transaction.atomic
def assign_finding(finding: Finding, *, to: Account | None, by: Account, at: dt.datetime) -> Finding:
    """Somebody sees to it; with nobody, the team of the rule does."""
    if to is not None and to not in keepers_of(finding, on=in_london(at).date()):
        raise KeepsNoRecords
    if not Finding.objects.open().filter(pk=finding.pk).update(assigned_to=to):
        raise ClosedFinding
    append_audit("reports.assign", about=finding, by=by, at=at, detail={"to": to.pk if to else None})
    return finding


def keepers_of(finding: Finding, *, on: dt.date) -> list[Account]:
    """Who keeps the record it is on, by name."""
    who = Account.objects.who_may("workforce.edit", on=on).order_by("name", "id")
    grants = Grant.objects.in_force(on).filter(role__permissions__contains=["workforce.edit"])
    return list(who.filter(pk__in=grants.filter(Q(team=None) | Q(team=finding.team_id)).values("account")))


@transaction.atomic
def set_rule(
    rule: QualityRule, *, owner: Team | None, is_looked_for: bool, by: Account, at: dt.datetime
) -> QualityRule:
    """Which team sees to what the rule finds, and whether it is looked for at all."""
    QualityRule.objects.filter(pk=rule.pk).update(owner=owner, is_looked_for=is_looked_for)
    detail = {"rule": rule.key, "owner": owner.key if owner else "", "looked_for": is_looked_for}
    append_audit("reports.set_rule", about=rule, by=by, at=at, detail=detail)
    return rule
