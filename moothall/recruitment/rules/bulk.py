"""One action for many applications: chosen, said, looked at without anything being written, done in one press
and taken back in one press. Of two people at once one does it, and the other is told."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final

from django.db import transaction
from django.utils.translation import override
from procrastinate.contrib.django import app

from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.letters.rules.fields import LANGUAGES
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Application, BulkAct, BulkRow

from . import bulk_refusals as refusals
from .bulk_kinds import KINDS

ACT: Final = "recruitment.bulk"
MOST: Final = 5000
BLOCK: Final = 500
AT_ONCE: Final = 20
FORGOTTEN_AFTER: Final = dt.timedelta(days=7)
Clock = Callable[[], dt.datetime]


@transaction.atomic
def choose(ids: Collection[int], *, by: Account, at: dt.datetime) -> BulkAct:
    """These applications, of one campaign, whose sight the caller has made sure of."""
    if not ids:
        raise refusals.NobodyChosen
    if len(ids) > MOST:
        raise refusals.TooManyChosen
    rows = list(Application.objects.filter(pk__in=ids).order_by("number").values_list("pk", "campaign"))
    campaigns = {campaign for _pk, campaign in rows}
    if len(campaigns) != 1:
        raise refusals.SeveralCampaigns if campaigns else refusals.NobodyChosen
    made = BulkAct.objects.create(campaign_id=campaigns.pop(), chosen_at=at, chosen_by=by)
    BulkRow.objects.bulk_create(
        [BulkRow(act=made, application_id=pk) for pk, _campaign in rows], batch_size=BLOCK
    )
    return made


@transaction.atomic
def say(act: BulkAct, *, kind: str, given: Mapping[str, Any], by: Account, at: dt.datetime) -> BulkAct:
    """What is to be done; who could not have it done and why is found out, and nothing is done yet."""
    held = _hold(act)
    if held.begun_at is not None:
        raise refusals.BegunAlready
    held.kind, held.given, held.said_at = kind, {**given, "said_by": by.name}, at
    held.save(update_fields=["kind", "given", "said_at"])
    _look_at(held, at=at)
    append_audit("recruitment.look_at_bulk", about=held.campaign, by=by, at=at, detail={"act": held.pk})
    return held


def _hold(act: BulkAct) -> BulkAct:
    held: BulkAct = BulkAct.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=act.pk)
    return held


def blocks_of(act: BulkAct, *states: str) -> Iterator[list[BulkRow]]:
    """Its rows in these states, so many at a time, each with all that an action asks of it."""
    rows = BulkRow.objects.filter(act=act, state__in=states).order_by("pk").values_list("pk", flat=True)
    ids = list(rows)
    told = (
        "application__case__version", "application__case__team", "application__case__service",
        "application__route", "application__campaign", "application__applicant__person",
    )  # fmt: skip
    for start in range(0, len(ids), BLOCK):
        block = BulkRow.objects.filter(pk__in=ids[start : start + BLOCK]).select_related(*told)
        yield list(block.order_by("application__number"))


@for_the_office()
def _look_at(act: BulkAct, *, at: dt.datetime) -> None:
    """Each is asked what the rule itself would refuse: as many queries for a block as for one."""
    kind = KINDS[act.kind]
    for block in blocks_of(act, BulkRow.WOULD, BulkRow.WOULD_NOT):
        facts = kind.facts([each.application for each in block], act.given, at)
        for each in block:
            each.state, each.why, each.detail = BulkRow.WOULD, "", {}
            try:
                each.detail = kind.check(each.application, act.given, facts, at)
            except Refusal as refusal:
                each.state, each.why = BulkRow.WOULD_NOT, str(refusal)[:500]
        BulkRow.objects.bulk_update(block, ["state", "why", "detail"])


def counts_of(act: BulkAct) -> Counter[str]:
    rows = BulkRow.objects.filter(act=act).order_by()
    return Counter(rows.values_list("state", flat=True))


@transaction.atomic
def begin(act: BulkAct, *, by: Account, at: dt.datetime) -> bool:
    """One press. Whether the worker does it, because it takes long, or the caller now."""
    held = _hold(act)
    if not held.kind:
        raise refusals.NotSaid
    if held.begun_at is not None:
        raise refusals.BegunAlready
    many = counts_of(held)[BulkRow.WOULD]
    if not many:
        raise refusals.NothingToDo
    held.begun_at, held.begun_by = at, by
    held.save(update_fields=["begun_at", "begun_by"])
    detail = {"act": held.pk, "kind": held.kind, "many": many}
    append_audit("recruitment.bulk", about=held.campaign, by=by, at=at, detail=detail)
    return _worker_does(held, many)


@transaction.atomic
def begin_undoing(act: BulkAct, *, by: Account, at: dt.datetime) -> bool:
    """All of it, as long as nothing has followed; the others are named with the reason."""
    held = _hold(act)
    if held.state != BulkAct.DONE:
        raise refusals.NotDone
    held.undo_begun_at, held.undo_begun_by = at, by
    held.save(update_fields=["undo_begun_at", "undo_begun_by"])
    append_audit("recruitment.undo_bulk", about=held.campaign, by=by, at=at, detail={"act": held.pk})
    return _worker_does(held, counts_of(held)[BulkRow.DONE])


def _worker_does(act: BulkAct, many: int) -> bool:
    if many <= AT_ONCE:
        return False
    app.configure_task(ACT).defer(act_id=act.pk)
    return True


@for_the_office()
def carry_on(act_id: int, *, clock: Clock) -> None:
    """Do or take back what is left, one application after the other; stopped anywhere it may go on."""
    act = BulkAct.objects.select_related("begun_by", "undo_begun_by").get(pk=act_id)
    undoing = act.state == BulkAct.UNDOING
    by = act.undo_begun_by if undoing else act.begun_by
    if not act.is_busy or by is None:
        return
    step, left = (_take_back, BulkRow.DONE) if undoing else (_do, BulkRow.WOULD)
    with override(LANGUAGES[by.language]):
        for block in blocks_of(act, left):
            for each in block:
                step(act, each, by=by, at=clock())
    finished = "undone_at" if undoing else "done_at"
    BulkAct.objects.filter(pk=act.pk, **{finished: None}).update(**{finished: clock()})


def _do(act: BulkAct, row: BulkRow, *, by: Account, at: dt.datetime) -> None:
    with transaction.atomic():
        if not BulkRow.objects.select_for_update().filter(pk=row.pk, state=BulkRow.WOULD).exists():
            return
        try:
            with transaction.atomic():
                did = KINDS[act.kind].do(row.application, act.given, row.detail, by, at)
        except Refusal as refusal:
            _settle(row, BulkRow.REFUSED, why=str(refusal))
        else:
            _settle(row, BulkRow.DONE, detail=row.detail | did)


def _take_back(act: BulkAct, row: BulkRow, *, by: Account, at: dt.datetime) -> None:
    with transaction.atomic():
        if not BulkRow.objects.select_for_update().filter(pk=row.pk, state=BulkRow.DONE).exists():
            return
        try:
            with transaction.atomic():
                left = KINDS[act.kind].undo(row.application, row.detail, by, at)
        except Refusal as refusal:
            _settle(row, BulkRow.KEPT, why=str(refusal))
        else:
            _settle(row, BulkRow.UNDONE, why=left)


def _settle(row: BulkRow, state: str, *, why: str = "", detail: Mapping[str, Any] | None = None) -> None:
    row.state, row.why, row.detail = state, why[:500], dict(row.detail if detail is None else detail)
    row.save(update_fields=["state", "why", "detail"])


@for_the_office()
@transaction.atomic
def forget_unbegun(*, at: dt.datetime) -> int:
    """What was chosen and never done is not kept."""
    old = BulkAct.objects.filter(begun_at=None, chosen_at__lt=at - FORGOTTEN_AFTER)
    gone = old.count()
    old.delete()
    return gone
