"""A sample office of some scale: everybody on a plan by the engine, crews, and a year of runs and presses."""

import pytest

from moothall.core.clock import in_london, now
from moothall.core.packs import load_pack
from moothall.transport.models import (
    Allotment,
    Contractor,
    CountedMonth,
    CrewMember,
    CrewWeek,
    Duty,
    Invoice,
    Journey,
    Manning,
    Passenger,
    Passing,
    PlanHalf,
    Press,
    RunPlan,
)
from moothall.transport.planning.case import unpacked, unpacked_tables
from moothall.transport.rules.accounting import prove
from moothall.transport.rules.allotting import WITH, bars_of
from moothall.transport.rules.board import board_of
from moothall.transport.rules.publishing import prove_plan
from planner.transport.checking import check

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SCALE = 0.11


@pytest.mark.timeout(600)
def test_an_office_of_some_scale_has_plans_crews_and_a_year_behind_it() -> None:
    load_pack("passenger-transport", at=now(), scale=SCALE)
    today = in_london(now()).date()

    assert (Passenger.objects.count(), CrewMember.objects.count(), Contractor.objects.count()) == (165, 55, 7)
    _plans_hold()
    assert prove(today).holds
    jobs = list(Allotment.objects.in_force(today).select_related(*WITH))
    assert len(jobs) > 6
    assert not any(bars_of(jobs, on=today))
    assert set(CrewWeek.objects.values_list("state", flat=True)) == {CrewWeek.DONE}
    rows = [row for way in ("TO", "FROM") for row in board_of(today, way).rows]
    assert all(row.posts or row.alarm or not row.going.is_ours for row in rows)
    _a_year_went_by()
    before = Journey.objects.count()
    load_pack("passenger-transport", at=now(), scale=SCALE)
    assert (Journey.objects.count(), Passenger.objects.count()) == (before, 165)


def _plans_hold() -> None:
    plans = list(RunPlan.objects.order_by("from_on"))
    assert [plan.state for plan in plans] == ["PUBLISHED", "PUBLISHED", "CONSIDERED"]
    for half in PlanHalf.objects.filter(plan=plans[1]).select_related("case"):
        tables = unpacked_tables(half.case.tables)
        assert not check(unpacked(half.case.case), tables, unpacked(half.said)).breaches
    assert all(prove_plan(plan).holds for plan in plans[1:])


def _a_year_went_by() -> None:
    assert Journey.objects.count() > 40_000
    assert Duty.objects.count() > 4_000
    gaps = Manning.objects.filter(member=None).count()
    assert 0 < gaps < Manning.objects.count() * 0.1
    assert Press.objects.count() == Passing.objects.count() > 100_000
    assert Passing.objects.absent().exists()
    late = sum(each.minutes_late > 5 for each in Passing.objects.all()[:2_000])
    assert 0 < late < 600
    assert Invoice.objects.exists()
    assert CountedMonth.objects.count() == 14
