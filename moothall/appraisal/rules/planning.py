"""Development plans: written by either side, agreed by the manager, reached or given up."""

import datetime as dt

from django.db import transaction

from moothall.appraisal.models import PlanItem
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Employment

from .refusals import AgreedAlready, DoneAlready, NotDoneYet, WordsNeeded


@transaction.atomic
def plan(
    employment: Employment,
    *,
    aim: str,
    by_on: dt.date,
    by: Account,
    at: dt.datetime,
    how: str = "",
    kind: str = PlanItem.TRAINING,
) -> PlanItem:
    """Something to learn or become. What the manager writes is agreed by that."""
    if not aim.strip():
        raise WordsNeeded
    own = by.person_id is not None and by.person_id == employment.person_id
    made = PlanItem.objects.create(
        employment=employment, aim=aim.strip()[:300], how=how.strip()[:300], kind=kind, by_on=by_on, at=at,
        by=by, agreed_at=None if own else at, agreed_by=None if own else by,
    )  # fmt: skip
    append_audit("appraisal.plan_item", about=made, by=by, at=at)
    return made


@transaction.atomic
def agree_plan(item: PlanItem, *, by: Account, at: dt.datetime) -> PlanItem:
    open_ones = PlanItem.objects.open().filter(pk=item.pk, agreed_at=None)
    if not open_ones.update(agreed_at=at, agreed_by=by):
        raise AgreedAlready
    append_audit("appraisal.agree_plan", about=item, by=by, at=at)
    return item


@transaction.atomic
def reach_plan(item: PlanItem, *, by: Account, at: dt.datetime) -> PlanItem:
    """It is reached."""
    if not PlanItem.objects.open().filter(pk=item.pk).update(done_at=at, done_by=by):
        raise DoneAlready
    append_audit("appraisal.reach_plan", about=item, by=by, at=at)
    return item


@transaction.atomic
def drop_plan(item: PlanItem, *, by: Account, at: dt.datetime) -> PlanItem:
    """It is not aimed at any more."""
    if not PlanItem.objects.open().filter(pk=item.pk).update(dropped_at=at, dropped_by=by):
        raise DoneAlready
    append_audit("appraisal.drop_plan", about=item, by=by, at=at)
    return item


@transaction.atomic
def take_up_plan(item: PlanItem, *, by: Account, at: dt.datetime) -> PlanItem:
    """It was neither reached nor given up after all."""
    settled = PlanItem.objects.filter(pk=item.pk).exclude(done_at=None, dropped_at=None)
    if not settled.update(done_at=None, done_by=None, dropped_at=None, dropped_by=None):
        raise NotDoneYet
    append_audit("appraisal.take_up_plan", about=item, by=by, at=at)
    return item
