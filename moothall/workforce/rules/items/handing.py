"""Something is given to somebody, or comes back: ticked on a checklist, or by itself."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import ChecklistEntry, Employment, IssuedItem, ItemKind
from moothall.workforce.rules.assigning import hold


class TickedAlready(Refusal):
    sentence = _("A colleague has ticked this already, or it is not needed any more.")
    next_step = _("Look at the list again.")


class NotTicked(Refusal):
    sentence = _("This is not ticked any more, or something was done on top of it.")
    next_step = _("Look at the record again.")


class NumberNeeded(Refusal):
    sentence = _("Each of these has a number of its own.")
    next_step = _("Type the number that stands on it.")


class WithSomebodyElse(Refusal):
    sentence = _("The record says that somebody else has the one with this number.")
    next_step = _("Check the number, or record first that it came back.")


class GivenBackAlready(Refusal):
    sentence = _("It is not out any more.")
    next_step = _("Look at the record again.")


class NotYours(Refusal):
    sentence = _("Nobody ticks their own list.")
    next_step = _("Ask a colleague who keeps staff records.")


@transaction.atomic
def tick(entry: ChecklistEntry, *, by: Account, at: dt.datetime, number: str = "") -> ChecklistEntry:
    """It was given, or has come back."""
    held = _hold(entry)
    if held.done_at or held.dropped_at:
        raise TickedAlready
    if by.person_id is not None and by.person_id == held.employment.person_id:
        raise NotYours
    if held.act == ChecklistEntry.GIVE:
        held.item = _give(held.employment, held.kind, number, in_london(at).date(), by=by, at=at)
    elif held.item is not None:
        _end(held.item, IssuedItem.RETURNED, by=by, at=at)
    held.done_at, held.done_by = at, by
    held.save(update_fields=["done_at", "done_by", "item"])
    detail = {"kind": held.kind.key, "act": held.act, "entry": held.pk}
    append_audit("workforce.tick_item", about=held.employment, by=by, at=at, detail=detail)
    return held


@transaction.atomic
def untick(entry: ChecklistEntry, *, by: Account, at: dt.datetime) -> ChecklistEntry:
    """It was not done after all, and waits again."""
    held = _hold(entry)
    if held.done_at is None or _stands(held):
        raise NotTicked
    item = held.item
    if item is not None and held.act == ChecklistEntry.GIVE:
        if item.ended_at is not None:
            raise NotTicked
        _end(item, IssuedItem.BY_MISTAKE, by=by, at=at)
        held.item = None
    elif item is not None:
        _refuse_elsewhere(item.kind, item.number)
        IssuedItem.objects.filter(pk=item.pk).update(ended_at=None, ended_by=None, ended_as="")
    held.done_at, held.done_by = None, None
    held.save(update_fields=["done_at", "done_by", "item"])
    detail = {"kind": held.kind.key, "act": held.act, "entry": held.pk}
    append_audit("workforce.untick_item", about=held.employment, by=by, at=at, detail=detail)
    return held


def tick_many(entries: Iterable[ChecklistEntry], *, by: Account, at: dt.datetime) -> tuple[int, list[str]]:
    """Tick each that can be ticked; the answer is how many were, and why the others were not."""
    done, wrong = 0, []
    for entry in entries:
        try:
            tick(entry, by=by, at=at)
        except Refusal as refusal:
            wrong.append(f"{entry.employment.person.full_name}, {entry.kind}: {refusal}")
        else:
            done += 1
    return done, wrong


def _hold(entry: ChecklistEntry) -> ChecklistEntry:
    rows = ChecklistEntry.objects.select_for_update(of=("self",))
    return rows.select_related("employment__person", "kind", "item__kind").get(pk=entry.pk)


def _stands(entry: ChecklistEntry) -> bool:
    """The same thing waits on the list already."""
    item = None if entry.act == ChecklistEntry.GIVE else entry.item_id
    waiting = ChecklistEntry.objects.open().filter(employment=entry.employment_id, kind=entry.kind_id)
    return waiting.filter(act=entry.act, item=item).exists()


@transaction.atomic
def give_item(
    employment: Employment, *, kind: ItemKind, given_on: dt.date, by: Account, at: dt.datetime,
    number: str = "",
) -> IssuedItem:  # fmt: skip
    """Something is given that no list asked for; where one did, that is ticked as well."""
    held = hold(employment)
    item = _give(held, kind, number, given_on, by=by, at=at)
    waiting = ChecklistEntry.objects.open().filter(employment=held, kind=kind, act=ChecklistEntry.GIVE)
    waiting.update(done_at=at, done_by=by, item=item)
    append_audit("workforce.give_item", about=held, by=by, at=at, detail={"kind": kind.key, "item": item.pk})
    return item


@transaction.atomic
def end_item(item: IssuedItem, *, ended_as: str, by: Account, at: dt.datetime) -> IssuedItem:
    """It came back, was lost, or was never given; what waits to take it back is ticked or dropped."""
    held = IssuedItem.objects.select_for_update(of=("self",)).select_related("employment", "kind")
    found = held.get(pk=item.pk)
    _end(found, ended_as, by=by, at=at)
    waiting = ChecklistEntry.objects.open().filter(item=found, act=ChecklistEntry.TAKE)
    waiting.update(done_at=at, done_by=by)
    detail = {"kind": found.kind.key, "item": found.pk, "as": ended_as}
    append_audit("workforce.end_item", about=found.employment, by=by, at=at, detail=detail)
    return found


@transaction.atomic
def restore_item(item: IssuedItem, *, by: Account, at: dt.datetime) -> IssuedItem:
    """It is still out after all; what it was to come back for waits again."""
    held = IssuedItem.objects.select_for_update(of=("self",)).select_related("employment", "kind")
    found = held.get(pk=item.pk)
    if found.ended_at is None:
        raise NotTicked
    _refuse_elsewhere(found.kind, found.number)
    ticked = ChecklistEntry.objects.filter(item=found, act=ChecklistEntry.TAKE, done_at=found.ended_at)
    ticked.update(done_at=None, done_by=None)
    IssuedItem.objects.filter(pk=found.pk).update(ended_at=None, ended_by=None, ended_as="")
    append_audit("workforce.restore_item", about=found.employment, by=by, at=at, detail={"item": found.pk})
    return found


def _give(
    employment: Employment, kind: ItemKind, number: str, given_on: dt.date, *, by: Account, at: dt.datetime
) -> IssuedItem:
    number = " ".join(number.split())[:60]
    if kind.has_number and not number:
        raise NumberNeeded
    _refuse_elsewhere(kind, number)
    return IssuedItem.objects.create(
        employment=employment, kind=kind, number=number, given_on=given_on, given_at=at, given_by=by
    )


def _refuse_elsewhere(kind: ItemKind, number: str) -> None:
    ItemKind.objects.select_for_update(no_key=True).get(pk=kind.pk)  # one number at a time, whoever gives it
    if number and IssuedItem.objects.out().filter(kind=kind, number=number).exists():
        raise WithSomebodyElse


def _end(item: IssuedItem, ended_as: str, *, by: Account, at: dt.datetime) -> None:
    changed = IssuedItem.objects.filter(pk=item.pk, ended_at=None)
    if not changed.update(ended_at=at, ended_by=by, ended_as=ended_as):
        raise GivenBackAlready
