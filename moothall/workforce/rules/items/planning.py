"""What a starter, a mover or a leaver must be given, or give back, becomes a checklist.

Whoever is on record already is left as they are: only what a change asks for, or no longer asks for, is put
on the list. What was on it and has become needless is dropped from it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Q

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import ChecklistEntry, Employment, IssuedItem, ItemRule

GIVE, TAKE = ChecklistEntry.GIVE, ChecklistEntry.TAKE
STARTS, MOVES, LEAVES = ChecklistEntry.STARTS, ChecklistEntry.MOVES, ChecklistEntry.LEAVES


def asked_for(workforce: str, unit_id: int) -> dict[int, ItemRule]:
    """What whoever is of this workforce in this unit must have: the rule that asks earliest, by kind."""
    theirs = Q(unit=None) | Q(unit=unit_id)
    rows = ItemRule.objects.filter(theirs, workforce__in=["", workforce], kind__retired_on=None)
    found: dict[int, ItemRule] = {}
    for rule in rows.select_related("kind").order_by("-days_before", "id"):
        found.setdefault(rule.kind_id, rule)
    return found


def plan_start(employment: Employment, unit_id: int, *, by: Account | None, at: dt.datetime) -> None:
    """They begin: everything they must have is to be given by its day."""
    asked = asked_for(employment.workforce, unit_id)
    due = {
        rule.kind_id: employment.started_on - dt.timedelta(days=rule.days_before) for rule in asked.values()
    }
    _add(employment, [_give(employment, kind, day, STARTS, at=at) for kind, day in due.items()], by=by, at=at)


def plan_move(
    employment: Employment, *, before: int, after: int, on: dt.date, by: Account | None, at: dt.datetime
) -> None:
    """They change their unit: what only the new one asks for is given, what only the old did comes back."""
    if before == after:
        return
    had, needs = asked_for(employment.workforce, before), asked_for(employment.workforce, after)
    waits = {
        (entry.act, entry.kind_id): entry
        for entry in ChecklistEntry.objects.open().filter(employment=employment, because=MOVES)
    }
    out = _out(employment)
    wanted: list[ChecklistEntry] = []
    needless: list[ChecklistEntry] = []
    for kind in needs.keys() - had.keys():
        if (entry := waits.get((TAKE, kind))) is not None:
            needless.append(entry)
        elif kind not in out:
            wanted.append(_give(employment, kind, on, MOVES, at=at))
    for kind, rule in had.items():
        if kind in needs or not rule.kind.comes_back:
            continue
        if (entry := waits.get((GIVE, kind))) is not None:
            needless.append(entry)
        else:
            wanted += [_take(item, on, MOVES, at=at) for item in out.get(kind, [])]
    _drop(needless, MOVES, at=at)
    _add(employment, wanted, by=by, at=at)


def plan_leaving(
    employment: Employment, unit_id: int | None, *, last_day: dt.date, by: Account | None, at: dt.datetime
) -> None:
    """They leave: whatever they have comes back, also what they must have and nobody wrote down."""
    _drop(ChecklistEntry.objects.open().filter(employment=employment), LEAVES, at=at)
    out = _out(employment)
    wanted = [_take(item, last_day, LEAVES, at=at) for items in out.values() for item in items]
    asked = asked_for(employment.workforce, unit_id) if unit_id is not None else {}
    given = set(IssuedItem.objects.filter(employment=employment).values_list("kind", flat=True))
    for kind, rule in asked.items():
        if kind not in given and rule.kind.comes_back and employment.started_on <= last_day:
            entry = _give(employment, kind, last_day, LEAVES, at=at)
            entry.act = TAKE
            wanted.append(entry)
    _add(employment, wanted, by=by, at=at)


def plan_staying(employment: Employment, *, at: dt.datetime) -> None:
    """They do not leave after all: nothing comes back for that, what they were to be given waits again."""
    leaving = ChecklistEntry.objects.open().filter(employment=employment, because=LEAVES)
    leaving.update(dropped_at=at, dropped_because=LEAVES)
    waits = set(ChecklistEntry.objects.open().filter(employment=employment).values_list("act", "kind"))
    dropped = ChecklistEntry.objects.filter(employment=employment, dropped_because=LEAVES)
    for entry in dropped.exclude(because=LEAVES).order_by("id"):
        if (entry.act, entry.kind_id) not in waits:
            waits.add((entry.act, entry.kind_id))
            ChecklistEntry.objects.filter(pk=entry.pk).update(dropped_at=None, dropped_because="")


def _out(employment: Employment) -> Mapping[int, list[IssuedItem]]:
    found: dict[int, list[IssuedItem]] = {}
    for item in IssuedItem.objects.out().filter(employment=employment, kind__comes_back=True).order_by("id"):
        found.setdefault(item.kind_id, []).append(item)
    return found


def _give(
    employment: Employment, kind: int, day: dt.date, because: str, *, at: dt.datetime
) -> ChecklistEntry:
    return ChecklistEntry(
        employment=employment, kind_id=kind, act=GIVE, because=because, due_on=day, made_at=at
    )


def _take(item: IssuedItem, day: dt.date, because: str, *, at: dt.datetime) -> ChecklistEntry:
    return ChecklistEntry(
        employment_id=item.employment_id, kind_id=item.kind_id, item=item, act=TAKE, because=because,
        due_on=day, made_at=at,
    )  # fmt: skip


def _add(
    employment: Employment, wanted: list[ChecklistEntry], *, by: Account | None, at: dt.datetime
) -> None:
    """What stands on the list already stays as it is there."""
    if not wanted:
        return
    ChecklistEntry.objects.bulk_create(wanted, ignore_conflicts=True)
    detail = {
        "give": sum(each.act == GIVE for each in wanted), "take": sum(each.act == TAKE for each in wanted),
    }  # fmt: skip
    append_audit("workforce.plan_items", about=employment, by=by, at=at, detail=detail)


def _drop(entries: Iterable[ChecklistEntry], because: str, *, at: dt.datetime) -> None:
    keys = [entry.pk for entry in entries]
    if keys:
        ChecklistEntry.objects.filter(pk__in=keys, done_at=None, dropped_at=None).update(
            dropped_at=at, dropped_because=because
        )
