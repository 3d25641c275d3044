"""Nothing goes late unseen: who is told when a case or a step runs out of time."""

import datetime as dt
from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from moothall.cases.models import Case, Escalation, ServiceVersion, Step
from moothall.core.clock import in_london
from moothall.people.models import Account, Grant, Team
from moothall.records.rules.audit import append_audits, audit_event

from .definition import EscalationDefinition, definition_of

TO_LEAD, TO_HEAD = "owner_team_lead", "head_of_service"
USUAL = (EscalationDefinition(1.0, TO_LEAD), EscalationDefinition(1.5, TO_HEAD))
HEAD_OF_SERVICE = "head-of-service"
BATCH = 500
ESCALATING = 7_240_962  # the advisory lock of the one who tells


def settle_escalations(case: Case, *, at: dt.datetime) -> None:
    """Whoever was told about this case or its steps need not look any more."""
    Escalation.objects.filter(case=case, settled_at=None).update(settled_at=at)


def settle_step(step: Step, *, at: dt.datetime) -> None:
    Escalation.objects.filter(step=step, settled_at=None).update(settled_at=at)


@transaction.atomic
def escalate_late(*, at: dt.datetime, today: dt.date) -> int:
    """Tell the team's lead of what is late, and the head of service of what is half as late again: each
    once. What is late no longer is settled. The answer is how many were told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ESCALATING])
    _settle_what_is_in_time_again(at=at)
    head = _head_of_service(today)
    told = 0
    rows: list[Escalation] = []
    for row in _due_to_be_told(today, at, head):
        rows.append(row)
        if len(rows) == BATCH:
            told += _tell(rows, at=at)
            rows = []
    return told + _tell(rows, at=at)


def _tell(rows: list[Escalation], *, at: dt.datetime) -> int:
    Escalation.objects.bulk_create(rows)
    append_audits(
        audit_event(
            "cases.escalate", by=None, at=at, about=row.case,
            detail={"level": row.level, "to": row.to_id, "step": row.step_id, "due": str(row.due_on)},
        )
        for row in rows
    )  # fmt: skip
    return len(rows)


def _settle_what_is_in_time_again(*, at: dt.datetime) -> None:
    """Answered, moved to a later day, done, or taken out: nobody need look at it any more."""
    open_rows = Escalation.objects.filter(settled_at=None)
    late_case = Q(step=None) & ~Q(case__status=Case.CLOSED) & Q(case__due_on=F("due_on"))
    late_step = Q(step__state=Step.READY) & ~Q(case__status=Case.CLOSED) & Q(step__due_on=F("due_on"))
    still = open_rows.filter(late_case | late_step)
    open_rows.exclude(pk__in=still.values("pk")).update(settled_at=at)


def _due_to_be_told(today: dt.date, at: dt.datetime, head: Account | None) -> Iterator[Escalation]:
    versions: dict[int, tuple[EscalationDefinition, ...]] = {}
    for case in _late_cases(today).iterator(chunk_size=BATCH):
        started = in_london(case.received_at).date()
        for level in _levels(case, case.due_on, started, today, versions):
            to = _whom(level, case.team, head)
            if to is not None and not getattr(case, f"told_{level}", True):
                yield Escalation(case=case, level=level, to=to, due_on=case.due_on or today, at=at)
    for step in _late_steps(today).iterator(chunk_size=BATCH):
        started = in_london(step.ready_at or at).date()
        for level in _levels(step.case, step.due_on, started, today, versions):
            to = _whom(level, step.team or step.case.team, head)
            if to is not None and not getattr(step, f"told_{level}", True):
                yield Escalation(
                    case=step.case, step=step, level=level, to=to, due_on=step.due_on or today, at=at
                )


def _whom(level: str, team: Team, head: Account | None) -> Account | None:
    """The head of service stands in for a lead that a team does not have."""
    lead = team.lead if team.lead and team.lead.is_active else None
    return head if level == TO_HEAD else lead or head


def _late_cases(today: dt.date) -> "QuerySet[Case]":
    told = Escalation.objects.filter(case=OuterRef("pk"), step=None, settled_at=None)
    late = Case.objects.late(today).annotate(
        told_owner_team_lead=Exists(told.filter(level=TO_LEAD)),
        told_head_of_service=Exists(told.filter(level=TO_HEAD)),
    )
    not_all = late.exclude(told_owner_team_lead=True, told_head_of_service=True)
    return not_all.select_related("team__lead").order_by("id")


def _late_steps(today: dt.date) -> "QuerySet[Step]":
    told = Escalation.objects.filter(step=OuterRef("pk"), settled_at=None)
    late = Step.objects.late(today).annotate(
        told_owner_team_lead=Exists(told.filter(level=TO_LEAD)),
        told_head_of_service=Exists(told.filter(level=TO_HEAD)),
    )
    not_all = late.exclude(case__status=Case.CLOSED).exclude(
        told_owner_team_lead=True, told_head_of_service=True
    )
    return not_all.select_related("case__team__lead", "team__lead").order_by("id")


def _levels(
    case: Case,
    due: dt.date | None,
    started: dt.date,
    today: dt.date,
    versions: dict[int, tuple[EscalationDefinition, ...]],
) -> Iterator[str]:
    """Whom the service wants told by now, of something late."""
    if due is None:
        return
    wanted = versions.get(case.version_id)
    if wanted is None:
        version = ServiceVersion.objects.get(pk=case.version_id)
        wanted = versions[case.version_id] = definition_of(version).escalate or USUAL
    share = (today - started).days / max((due - started).days, 1)
    for each in wanted:
        if each.at <= max(share, 1.0):
            yield each.to


def _head_of_service(today: dt.date) -> Account | None:
    grants = Grant.objects.in_force(today).filter(role__key=HEAD_OF_SERVICE, account__is_active=True)
    grant = grants.select_related("account").order_by("id").first()
    return grant.account if grant else None
