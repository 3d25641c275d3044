"""The first weeks of whoever is new: what is to be done with them, begun by the clock, ticked by whom."""

import datetime as dt

from django.db import transaction

from moothall.appraisal.models import InductionItem, InductionTask
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Employment

from .refusals import DoneAlready, NotDoneYet

AHEAD, BACK = dt.timedelta(days=14), dt.timedelta(days=60)


@transaction.atomic
def begin_inductions(*, today: dt.date) -> int:
    """Whoever begins within a fortnight, or began within two months, gets their list; each item once."""
    items = list(InductionItem.objects.filter(retired_on=None))
    kinds = {kind for each in items for kind in each.workforces}
    fresh = Employment.objects.filter(
        workforce__in=kinds, started_on__gte=today - BACK, started_on__lte=today + AHEAD
    ).not_over(today)
    tasks = [
        InductionTask(employment=one, item=item, due_on=one.started_on + dt.timedelta(days=item.days))
        for one in fresh.order_by("pk")
        for item in items
        if one.workforce in item.workforces
    ]
    there = set(
        InductionTask.objects.filter(employment__in=[each.employment_id for each in tasks]).values_list(
            "employment_id", "item_id"
        )
    )
    new = [each for each in tasks if (each.employment_id, each.item_id) not in there]
    InductionTask.objects.bulk_create(new, batch_size=1000, ignore_conflicts=True)
    return len(new)


@transaction.atomic
def tick_induction(task: InductionTask, *, by: Account, at: dt.datetime) -> InductionTask:
    """It is done."""
    if not InductionTask.objects.filter(pk=task.pk, done_at=None).update(done_at=at, done_by=by):
        raise DoneAlready
    append_audit("appraisal.tick_induction", about=task.employment, by=by, at=at)
    return task


@transaction.atomic
def untick_induction(task: InductionTask, *, by: Account, at: dt.datetime) -> InductionTask:
    done = InductionTask.objects.filter(pk=task.pk, done_at__isnull=False)
    if not done.update(done_at=None, done_by=None):
        raise NotDoneYet
    append_audit("appraisal.untick_induction", about=task.employment, by=by, at=at)
    return task
