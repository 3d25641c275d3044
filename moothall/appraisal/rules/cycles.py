"""Making a cycle, seeing who would be in it, opening it, taking somebody in, and closing it."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from moothall.appraisal.models import Appraisal, Cycle, Event
from moothall.core.clock import in_london
from moothall.people.models import Account, Organisation
from moothall.records.rules.audit import append_audit
from moothall.workforce.away import away_between
from moothall.workforce.models import Assignment, Employment

from .cycle_case import close_case_of, open_case_of, reopen_case_of
from .refusals import AlreadyOpen, InAlready, NobodyIn, NotRunning, StagesOutOfOrder

AT_ONCE = 1000


@dataclass(frozen=True)
class Standing:
    """Whether somebody would be in a cycle: `because` is empty, or the reason why not."""

    employment_id: int
    because: str
    has_manager: bool


@dataclass(frozen=True)
class Preview:
    """Who would be in and who out, each once."""

    standings: Sequence[Standing]

    @property
    def many_in(self) -> int:
        return sum(not each.because for each in self.standings)

    @property
    def out(self) -> list[Standing]:
        return [each for each in self.standings if each.because]

    @property
    def many_out(self) -> Counter[str]:
        return Counter(each.because for each in self.standings if each.because)

    @property
    def without_manager(self) -> list[Standing]:
        return [each for each in self.standings if not each.because and not each.has_manager]


@transaction.atomic
def plan_cycle(
    *, name: str, by: Account | None, at: dt.datetime, units: Collection[Organisation] = (), **given: Any
) -> Cycle:
    """A cycle with its days. Nobody is in it and nobody is told before it is opened."""
    cycle = Cycle(name=name.strip(), made_at=at, made_by=by, **given)
    days = [
        cycle.from_on,
        cycle.objectives_by,
        cycle.self_by,
        cycle.rating_by,
        cycle.second_by,
        cycle.sign_by,
    ]
    known = [day for day in days if day is not None]
    if known != sorted(known) or cycle.until_on < cycle.from_on:
        raise StagesOutOfOrder
    Cycle.objects.bulk_create([cycle])
    cycle.units.set(units)
    append_audit("appraisal.plan", about=cycle, by=by, at=at)
    return cycle


def preview(cycle: Cycle, *, on: dt.date) -> Preview:
    """Who works here that day and is asked for by the cycle, and who of them is left out, with the reason."""
    people = Employment.objects.in_force(on)
    if cycle.workforces:
        people = people.filter(workforce__in=cycle.workforces)
    there = Assignment.objects.in_force(on).filter(is_main=True)
    if units := list(cycle.units.values_list("pk", flat=True)):
        there = there.filter(unit_id__in=units)
    managers = dict(there.order_by().values_list("employment_id", "manager_id"))
    rows = people.order_by("pk").values_list("pk", "started_on", "ended_on")
    found = [row for row in rows if row[0] in managers]
    away = _away_long([pk for pk, _begun, _ended in found], cycle, on)
    return Preview([
        Standing(pk, _because(cycle, begun, ended, pk in away), managers[pk] is not None)
        for pk, begun, ended in found
    ])  # fmt: skip


def _away_long(ids: list[int], cycle: Cycle, on: dt.date) -> set[int]:
    """Whoever is in the middle of a long absence, also where this very day is one that they work."""
    since = on - dt.timedelta(days=cycle.away_days)
    found = away_between(ids, on, on + dt.timedelta(days=7))
    return {each.employment_id for each in found if each.begun_on <= since}


def _because(cycle: Cycle, begun: dt.date, ended: dt.date | None, away: bool) -> str:
    if begun > cycle.starters_until:
        return Appraisal.STARTER
    if ended is not None and ended < cycle.until_on:
        return Appraisal.LEAVING
    return Appraisal.AWAY if away else ""


def hold_cycle(cycle: Cycle) -> Cycle:
    """The cycle as it now stands, held until the transaction ends."""
    return Cycle.objects.select_for_update(of=("self",)).select_related("framework").get(pk=cycle.pk)


@transaction.atomic
def open_cycle(cycle: Cycle, *, by: Account | None, at: dt.datetime) -> Cycle:
    """Everybody in it gets an appraisal, and whoever is left out one that says why."""
    held = hold_cycle(cycle)
    if held.opened_at is not None:
        raise AlreadyOpen
    seen = preview(held, on=in_london(at).date())
    if not seen.many_in:
        raise NobodyIn
    made = Appraisal.objects.bulk_create(
        [
            Appraisal(
                cycle=held, employment_id=each.employment_id, exempt_because=each.because,
                stage=Appraisal.EXEMPT if each.because else Appraisal.OBJECTIVES,
            )
            for each in seen.standings
        ],
        batch_size=AT_ONCE,
    )  # fmt: skip
    left_out = [each for each in made if each.stage == Appraisal.EXEMPT]
    Event.objects.bulk_create(
        [Event(appraisal=each, kind=Event.EXEMPTED, at=at, by=by) for each in left_out], batch_size=AT_ONCE
    )
    Cycle.objects.filter(pk=held.pk).update(opened_at=at, opened_by=by)
    held.opened_at, held.opened_by = at, by
    counts = {"in": seen.many_in, "out": len(seen.out)}
    append_audit("appraisal.open", about=held, by=by, at=at, detail=counts)
    open_case_of(held, by=by, at=at)
    return held


@transaction.atomic
def take_in(cycle: Cycle, employment: Employment, *, by: Account, at: dt.datetime) -> Appraisal:
    """Somebody who joined since, or was not asked for, is in it after all."""
    held = hold_cycle(cycle)
    if not held.is_running:
        raise NotRunning
    if held.appraisals.filter(employment=employment).exists():
        raise InAlready
    made = Appraisal.objects.create(cycle=held, employment=employment)
    Event.objects.create(appraisal=made, kind=Event.INCLUDED, at=at, by=by)
    append_audit("appraisal.take_in", about=made, by=by, at=at)
    return made


@transaction.atomic
def close_cycle(cycle: Cycle, *, by: Account, at: dt.datetime) -> Cycle:
    """Nothing in it changes any more; what is not complete stays as it is."""
    held = hold_cycle(cycle)
    if not held.is_running:
        raise NotRunning
    Cycle.objects.filter(pk=held.pk).update(closed_at=at, closed_by=by)
    held.closed_at, held.closed_by = at, by
    append_audit("appraisal.close", about=held, by=by, at=at)
    close_case_of(held, by=by, at=at)
    return held


@transaction.atomic
def reopen_cycle(cycle: Cycle, *, by: Account, at: dt.datetime) -> Cycle:
    """It was closed too early."""
    held = hold_cycle(cycle)
    if held.closed_at is None:
        raise NotRunning
    Cycle.objects.filter(pk=held.pk).update(closed_at=None, closed_by=None)
    held.closed_at, held.closed_by = None, None
    append_audit("appraisal.reopen", about=held, by=by, at=at)
    reopen_case_of(held, by=by, at=at)
    return held
