"""Writing up a one-to-one, and ticking off what was agreed in it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from moothall.appraisal.models import Action, Talk
from moothall.core.clock import in_london
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Employment

from .refusals import DoneAlready, HeldLater, NotDoneYet, WordsNeeded


@dataclass(frozen=True)
class Agreed:
    """What one of the two does by a day."""

    what: str
    due_on: dt.date
    is_managers: bool = False


@transaction.atomic
def write_talk(
    employment: Employment,
    *,
    manager: Employment,
    held_on: dt.date,
    notes: str,
    by: Account,
    at: dt.datetime,
    kind: str = Talk.ONE_TO_ONE,
    next_on: dt.date | None = None,
    actions: Sequence[Agreed] = (),
) -> Talk:
    """What was said, for the two to read, and what each does by when."""
    if held_on > in_london(at).date():
        raise HeldLater
    if not notes.strip():
        raise WordsNeeded
    made = Talk.objects.create(
        employment=employment, manager=manager, kind=kind, held_on=held_on, notes=notes.strip(),
        next_on=next_on, at=at, by=by,
    )  # fmt: skip
    Action.objects.bulk_create(
        Action(talk=made, what=each.what.strip()[:300], due_on=each.due_on, is_managers=each.is_managers)
        for each in actions
    )
    append_audit("appraisal.write_talk", about=made, by=by, at=at, detail={"actions": len(actions)})
    return made


@transaction.atomic
def tick_action(action: Action, *, by: Account, at: dt.datetime) -> Action:
    """It is done."""
    if not Action.objects.filter(pk=action.pk, done_at=None).update(done_at=at, done_by=by):
        raise DoneAlready
    append_audit("appraisal.tick_action", about=action.talk, by=by, at=at)
    return action


@transaction.atomic
def untick_action(action: Action, *, by: Account, at: dt.datetime) -> Action:
    done = Action.objects.filter(pk=action.pk, done_at__isnull=False)
    if not done.update(done_at=None, done_by=None):
        raise NotDoneYet
    append_audit("appraisal.untick_action", about=action.talk, by=by, at=at)
    return action
