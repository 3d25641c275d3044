"""Shared parental leave in blocks: a notice holds at once, or is agreed, refused, withdrawn, made one."""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from django.db import transaction

from clocks import shared_parental as law
from clocks.shared_parental import Block, SharedRule
from moothall.core.clock import in_london
from moothall.people.models import Account
from moothall.personnel.models import FamilyLeave, SharedBlock, SharedNotice
from moothall.workforce.models import Employment
from moothall.workforce.rules.assigning import hold

from . import refusals
from . import shared_refusals as wrong
from .family import refuse_overlap
from .family_case import open_for
from .flexible import NATIONS
from .noting import happened

SHARED = "shared-parental"


def rule_of(employment: Employment, event_on: dt.date) -> SharedRule | None:
    return law.shared_rule(NATIONS[employment.nation], employment.workforce, event_on)


def weeks_booked(employment: Employment, event_on: dt.date, *, but: SharedNotice | None = None) -> int:
    """The weeks of shared leave that are booked for this child, but for those of one notice."""
    rows = FamilyLeave.objects.standing().filter(employment=employment, kind=SHARED, event_on=event_on)
    rows = rows.exclude(shared_block__notice=but) if but is not None else rows
    return law.weeks_of(list(rows.values_list("starts_on", "ends_on")))


@transaction.atomic
def give_notice(
    employment: Employment,
    *,
    event_on: dt.date,
    weeks: int,
    blocks: Sequence[Block],
    received_on: dt.date,
    by: Account | None,
    at: dt.datetime,
    late_because: str = "",
    replaces: SharedNotice | None = None,
) -> SharedNotice:
    """One block holds at once; of several the office has two weeks to agree. `weeks` are those that the
    parents have left to this person."""
    employment = hold(employment)
    if received_on > in_london(at).date():
        raise refusals.InTheFuture
    rule = _refuse_to_begin(employment, event_on)
    spans = _refuse_blocks(rule, blocks, event_on)
    if not late_because.strip():
        _refuse_too_soon(rule, spans, received_on, replaces)
    if replaces is not None:
        _refuse_to_vary(replaces, employment, event_on, today=in_london(at).date())
    left = min(weeks, rule.weeks) - weeks_booked(employment, event_on, but=replaces)
    if law.weeks_of(spans) > left:
        raise wrong.TooManyWeeks(max(left, 0))
    made = SharedNotice.objects.create(
        employment=employment, event_on=event_on, weeks=weeks, received_on=received_on, replaces=replaces,
        **_days(rule, received_on), late_because=late_because.strip()[:300], entered_by=by, entered_at=at,
    )  # fmt: skip
    SharedBlock.objects.bulk_create(
        SharedBlock(notice=made, starts_on=first, ends_on=last) for first, last in spans
    )
    happened("asked", made, by=by, at=at, blocks=len(spans), weeks=law.weeks_of(spans))
    if len(spans) == 1:
        _hold(made, SharedNotice.HELD, by=by, at=at)
    return SharedNotice.objects.shown().get(pk=made.pk)


def _refuse_to_begin(employment: Employment, event_on: dt.date) -> SharedRule:
    """The rule of that child, where they have served long enough and have a notice left."""
    rule = rule_of(employment, event_on)
    if rule is None:
        raise refusals.NoFamilyRule
    if (event_on - employment.continuous_from).days < law.WEEK * rule.service_weeks:
        raise refusals.TooLittleService
    given = SharedNotice.objects.of_child(employment, event_on)
    if given.counting().count() >= rule.notices:
        raise wrong.TooManyNotices(rule.notices)
    return rule


def _days(rule: SharedRule, received_on: dt.date) -> dict[str, dt.date]:
    """By when it is answered, withdrawn, or made one block."""
    return {
        "answer_by": law.answer_by(rule, received_on), "withdraw_by": law.withdraw_by(rule, received_on),
        "choose_by": law.choose_by(rule, received_on),
    }  # fmt: skip


def _refuse_blocks(rule: SharedRule, blocks: Sequence[Block], event_on: dt.date) -> list[Block]:
    """The blocks in order, those that touch made one."""
    if not blocks:
        raise wrong.NoBlocks
    if not all(law.is_whole_weeks(each) for each in blocks):
        raise wrong.NotWholeWeeks
    ordered = sorted(blocks)
    if any(later[0] <= before[1] for before, later in pairwise(ordered)):
        raise wrong.BlocksMeet
    spans, last = law.joined(ordered), law.last_day_for_blocks(rule, event_on)
    if spans[0][0] < event_on or spans[-1][1] > last:
        raise wrong.OutsideTheYear(event_on, last)
    return spans


def _refuse_too_soon(
    rule: SharedRule, spans: Sequence[Block], received_on: dt.date, replaces: SharedNotice | None
) -> None:
    """Eight weeks before the first block, and where others are changed before the first of those too."""
    earliest = law.first_block_from(rule, received_on)
    old = [each.starts_on for each in replaces.blocks.all()] if replaces is not None else []
    if min([spans[0][0], *old]) < earliest:
        raise wrong.BlockTooSoon(earliest)


def _refuse_to_vary(
    replaces: SharedNotice, employment: Employment, event_on: dt.date, *, today: dt.date
) -> None:
    same = replaces.employment_id == employment.pk and replaces.event_on == event_on
    booked = replaces.state in (SharedNotice.HELD, SharedNotice.ONE)
    leaves = FamilyLeave.objects.standing().filter(shared_block__notice=replaces)
    if not same or not booked or not leaves.exists() or leaves.filter(starts_on__lte=today).exists():
        raise wrong.NotVaried


def held(notice: SharedNotice, *, by: Account | None, own: bool = False) -> SharedNotice:
    """The notice as it now stands, held; who keeps records never decides on their own."""
    mine = by is not None and by.person_id is not None and by.person_id == notice.employment.person_id
    if mine and not own:
        raise refusals.AboutThemself
    fresh = SharedNotice.objects.select_for_update(of=("self",)).shown().get(pk=notice.pk)
    if not fresh.is_undecided:
        raise wrong.NotUndecided
    return fresh


@transaction.atomic
def agree_blocks(notice: SharedNotice, *, by: Account, at: dt.datetime) -> SharedNotice:
    """The separate blocks are agreed, within the two weeks or after."""
    return _hold(held(notice, by=by), SharedNotice.HELD, by=by, at=at)


@transaction.atomic
def refuse_blocks(notice: SharedNotice, *, because: str, by: Account, at: dt.datetime) -> SharedNotice:
    """Separate blocks cannot be agreed: the person withdraws, or takes their weeks as one block."""
    fresh = held(notice, by=by)
    if not because.strip():
        raise wrong.SayWhy
    SharedNotice.objects.filter(pk=fresh.pk).update(
        state=SharedNotice.REFUSED,
        because=because.strip()[:1000],
        decided_on=in_london(at).date(),
        decided_by=by,
    )
    happened("refused", fresh, by=by, at=at, words=because)
    return SharedNotice.objects.shown().get(pk=fresh.pk)


@transaction.atomic
def withdraw_notice(notice: SharedNotice, *, by: Account, at: dt.datetime, own: bool = False) -> SharedNotice:
    """Until the fifteenth day: then it does not count among the three."""
    fresh = held(notice, by=by, own=own)
    if in_london(at).date() > fresh.withdraw_by:
        raise wrong.TooLateToWithdraw(fresh.withdraw_by)
    SharedNotice.objects.filter(pk=fresh.pk).update(state=SharedNotice.WITHDRAWN)
    happened("withdrawn", fresh, by=by, at=at)
    return SharedNotice.objects.shown().get(pk=fresh.pk)


@transaction.atomic
def choose_one_block(
    notice: SharedNotice, *, starts_on: dt.date, by: Account, at: dt.datetime, own: bool = False
) -> SharedNotice:
    """All the weeks of the notice as one block, from a day eight weeks after the notice or later."""
    fresh = held(notice, by=by, own=own)
    rule = rule_of(fresh.employment, fresh.event_on)
    if rule is None:
        raise refusals.NoFamilyRule
    if in_london(at).date() > fresh.choose_by:
        raise wrong.TooLateToChoose(fresh.choose_by)
    if starts_on < (earliest := law.first_block_from(rule, fresh.received_on)):
        raise wrong.BlockTooSoon(earliest)
    return _make_one(fresh, rule, starts_on, by=by, at=at)


def _make_one(
    notice: SharedNotice, rule: SharedRule, starts_on: dt.date | None, *, by: Account | None, at: dt.datetime
) -> SharedNotice:
    block = law.one_block(notice.spans, starts_on)
    _refuse_blocks(rule, [block], notice.event_on)
    notice.blocks.all().delete()
    SharedBlock.objects.create(notice=notice, starts_on=block[0], ends_on=block[1])
    return _hold(notice, SharedNotice.ONE, by=by, at=at)


def _hold(notice: SharedNotice, state: str, *, by: Account | None, at: dt.datetime) -> SharedNotice:
    """Its blocks become leave, in place of those of the notice it varies."""
    day = in_london(at).date()
    if notice.replaces_id is not None:
        _give_up(notice.replaces_id, by=by, at=at)
    blocks = list(SharedBlock.objects.filter(notice=notice, leave=None).order_by("starts_on"))
    for number, block in enumerate(blocks):
        _place(notice, block, by=by, at=at, opens_case=number == 0)
    SharedNotice.objects.filter(pk=notice.pk).update(
        state=state, decided_on=notice.decided_on or day, decided_by=notice.decided_by or by
    )
    happened("one_block" if state == SharedNotice.ONE else "agreed", notice, by=by, at=at)
    return SharedNotice.objects.shown().get(pk=notice.pk)


def _give_up(replaced: int, *, by: Account | None, at: dt.datetime) -> None:
    for leave in FamilyLeave.objects.standing().filter(shared_block__notice=replaced):
        FamilyLeave.objects.filter(pk=leave.pk).update(withdrawn_at=at, withdrawn_by=by)
        happened("withdrawn", leave, by=by, at=at)


def _place(
    notice: SharedNotice, block: SharedBlock, *, by: Account | None, at: dt.datetime, opens_case: bool
) -> None:
    refuse_overlap(notice.employment, block.starts_on, block.ends_on)
    leave = FamilyLeave.objects.create(
        employment=notice.employment, kind=SHARED, event_on=notice.event_on, notified_on=notice.received_on,
        late_because=notice.late_because, starts_on=block.starts_on, ends_on=block.ends_on,
        full_end_on=block.ends_on, reply_by=notice.answer_by, entered_by=by, entered_at=at,
    )  # fmt: skip
    SharedBlock.objects.filter(pk=block.pk).update(leave=leave)
    happened("placed", leave, by=by, at=at, starts_on=block.starts_on.isoformat())
    if opens_case:
        open_for(leave, by=by, at=at)


def settle_what_was_not_agreed(*, at: dt.datetime, today: dt.date) -> int:
    """By the clock: what was neither agreed nor withdrawn, and for which no day was chosen, is one block from
    the first day asked for. The answer is how many; run again it is none."""
    rows = SharedNotice.objects.undecided().filter(choose_by__lt=today).order_by("choose_by", "id")
    return sum(_settle(pk, at=at) for pk in list(rows.values_list("pk", flat=True)))


@transaction.atomic
def _settle(pk: int, *, at: dt.datetime) -> bool:
    notice = SharedNotice.objects.select_for_update(of=("self",)).shown().get(pk=pk)
    rule = rule_of(notice.employment, notice.event_on)
    if not notice.is_undecided or rule is None:
        return False
    try:
        with transaction.atomic():
            _make_one(notice, rule, None, by=None, at=at)
    except (refusals.Overlaps, wrong.OutsideTheYear):
        return False  # somebody has to look: it stays on the list of what is due
    return True
