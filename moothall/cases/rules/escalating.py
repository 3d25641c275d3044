"""Nothing goes late unseen: who is told when a case or a step runs out of time."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef

from moothall.cases.models import Case, Escalation, Step
from moothall.people.models import Account, Grant

TO_LEAD, TO_HEAD = "owner_team_lead", "head_of_service"
HALF_AS_LATE_AGAIN = 1.5
BATCH = 500


def settle_escalations(case: Case, *, at: dt.datetime) -> None:
    Escalation.objects.filter(case=case, settled_at=None).update(settled_at=at)


@transaction.atomic
def escalate_late(*, at: dt.datetime, today: dt.date) -> None:
    """Tell the team lead of what is late, and the head of service of what is half as late again."""
    rows: list[Escalation] = []
    for row in _found(today, at):
        rows.append(row)
        if len(rows) == BATCH:
            Escalation.objects.bulk_create(rows, ignore_conflicts=True)
            rows = []
    Escalation.objects.bulk_create(rows, ignore_conflicts=True)


def _found(today: dt.date, at: dt.datetime) -> Iterator[Escalation]:
    head = _head_of_service(today)
    told = Escalation.objects.filter(case=OuterRef("pk"), step=None, due_on=OuterRef("due_on"), level=TO_HEAD)
    cases = Case.objects.late(today).exclude(Exists(told)).select_related("team__lead").order_by("id")
    for case in cases.iterator(chunk_size=BATCH):
        for level, to in _levels(case.due_on, case.received_at.date(), today, case.team.lead, head):
            yield Escalation(case=case, level=level, to=to, due_on=case.due_on or today, at=at)
    told = Escalation.objects.filter(step=OuterRef("pk"), due_on=OuterRef("due_on"), level=TO_HEAD)
    steps = (
        Step.objects.late(today)
        .exclude(case__status=Case.CLOSED)
        .exclude(Exists(told))
        .select_related("case__team__lead", "team__lead")
        .order_by("id")
    )
    for step in steps.iterator(chunk_size=BATCH):
        lead = (step.team or step.case.team).lead
        for level, to in _levels(step.due_on, (step.ready_at or at).date(), today, lead, head):
            yield Escalation(
                case=step.case, step=step, level=level, to=to, due_on=step.due_on or today, at=at
            )


def _levels(
    due: dt.date | None, started: dt.date, today: dt.date, lead: Account | None, head: Account | None
) -> Iterator[tuple[str, Account | None]]:
    if due is None:
        return
    yield TO_LEAD, lead
    if (today - started).days >= HALF_AS_LATE_AGAIN * max((due - started).days, 1):
        yield TO_HEAD, head


def _head_of_service(today: dt.date) -> Account | None:
    grants = Grant.objects.in_force(today).filter(role__key="head-of-service").select_related("account")
    grant = grants.order_by("id").first()
    return grant.account if grant else None
