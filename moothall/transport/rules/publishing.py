"""A plan published: refused while anybody is unaccounted for, and then all of it or nothing."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Journey, NoRide, Ride, RunPlan

from . import plan_refusals as refusals
from .accounting import account_for_day
from .plan_asked import Unit, asked_of
from .plan_telling import note_differences, tell_later
from .reliability import unreliable
from .run_vehicles import give_usual

SHOWN: Final = 100


@dataclass(frozen=True)
class PlanProof:
    """What the timetable asks for on the days of the plan against what the plan has, each counted by
    passenger, direction and day of the week."""

    asked: int
    on_runs: int
    owned: int
    ownerless: tuple[NoRide, ...]
    missing: tuple[Unit, ...]
    surplus: int

    @property
    def ownerless_units(self) -> int:
        return sum(len(each.weekdays) for each in self.ownerless)

    @property
    def holds(self) -> bool:
        """Everybody who is asked for is on one run, or has somebody who sees to them."""
        return not self.missing and not self.ownerless

    @property
    def adds_up(self) -> bool:
        return self.asked + self.surplus == self.on_runs + self.owned + self.ownerless_units + len(
            self.missing
        )


@for_the_office()
def prove_plan(plan: RunPlan) -> PlanProof:
    """The timetable is asked anew: whoever travels now and did not when the plan was made is missing."""
    asked = {unit for each in asked_of(plan) for unit in each.units}
    rides: Counter[Unit] = Counter()
    for passenger, way, home, centre, days in Ride.objects.filter(run__plan=plan).values_list(
        "passenger", "run__direction", "home", "centre", "weekdays"
    ):
        rides.update((passenger, way, home, centre, day) for day in days)
    without = list(plan.without.select_related("passenger__person", "centre", "owner"))
    left: dict[Unit, NoRide] = {}
    for each in without:
        for day in each.weekdays:
            left[each.passenger_id, each.direction, each.home_id, each.centre_id, day] = each
    held = rides.keys() | left.keys()
    return PlanProof(
        asked=len(asked), on_runs=sum(rides.values()),
        owned=sum(each.owner_id is not None for each in left.values()),
        ownerless=tuple(each for each in without if each.owner_id is None),
        missing=tuple(sorted(asked - held, key=str)), surplus=len(held - asked),
    )  # fmt: skip


@transaction.atomic
def own_without(plan: RunPlan, owner: Account, *, by: Account, at: dt.datetime) -> int:
    """Somebody sees to everybody without a run who has nobody yet."""
    if plan.state not in RunPlan.OPEN:
        raise refusals.PlanIsFixed
    given = plan.without.filter(owner=None).update(owner=owner)
    append_audit(
        "transport.own_without", about=plan, by=by, at=at, detail={"owner": owner.pk, "count": given}
    )
    return given


@transaction.atomic
def publish_plan(plan: RunPlan, *, by: Account, at: dt.datetime, today: dt.date) -> RunPlan:
    """From its first day its runs are those that go: journeys that are written already follow at once, and
    each family for whom something differs is told once. All of it, or nothing."""
    held = RunPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if held.state not in RunPlan.OPEN:
        raise refusals.PublishedAlready
    if not held.is_made:
        raise refusals.PlanNotThere
    if held.from_on <= today and held.version_of_id is None:
        raise refusals.RunsInThePast
    if unreliable(held):
        raise refusals.TooLateOnSlowDays
    if not prove_plan(held).holds:
        raise refusals.NotProved
    give_usual(held, on=max(held.from_on, today))
    note_differences(held, at=at)
    held.state, held.published_at, held.published_by = RunPlan.PUBLISHED, at, by
    held.save(update_fields=["state", "published_at", "published_by"])
    _bring_up_to_date(held, by=by, at=at, today=today)
    detail = {"runs": held.runs.count(), "rides": Ride.objects.filter(run__plan=held).count()}
    append_audit("transport.publish_plan", about=held, by=by, at=at, detail=detail)
    tell_later(held)
    return held


@transaction.atomic
def withdraw_plan(plan: RunPlan, *, because: str, by: Account, at: dt.datetime, today: dt.date) -> RunPlan:
    """It does not hold any more: journeys go by the plan before it, as arranged, or are unresolved."""
    if not because.strip():
        raise refusals.NothingHappened
    held = RunPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if held.state != RunPlan.PUBLISHED:
        raise refusals.NotInForce
    held.state, held.withdrawn_at, held.withdrawn_by = RunPlan.WITHDRAWN, at, by
    held.withdrawn_because = because.strip()[:200]
    held.save(update_fields=["state", "withdrawn_at", "withdrawn_by", "withdrawn_because"])
    _bring_up_to_date(held, by=by, at=at, today=today)
    detail = {"because": held.withdrawn_because}
    append_audit("transport.withdraw_plan", about=held, by=by, at=at, detail=detail)
    return held


def _bring_up_to_date(plan: RunPlan, *, by: Account, at: dt.datetime, today: dt.date) -> None:
    """Days whose journeys have rows already; later days are written each night as they come."""
    first = max(plan.from_on, today)
    days = Journey.objects.filter(day__gte=first, day__lte=plan.until_on or dt.date.max)
    for day in sorted(set(days.order_by("day").values_list("day", flat=True).distinct())):
        if day.weekday() in plan.weekdays:
            account_for_day(day, by=by, at=at)
