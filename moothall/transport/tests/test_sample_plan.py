"""The sample office: plans kept in the pack fit its passengers, crews go out, and a year has gone by."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import Count, Sum
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from moothall.core.clock import in_london, now
from moothall.core.packs import load_pack
from moothall.people.models import Account
from moothall.transport.models import (
    CountedMonth,
    CrewMember,
    CrewWeek,
    DayMessage,
    Defect,
    Duty,
    How,
    Incident,
    Invoice,
    Journey,
    LearnedSpeeds,
    Manning,
    NoRide,
    Passing,
    PlanHalf,
    Ride,
    RunGone,
    RunPlan,
    VehicleCheck,
)
from moothall.transport.planning.case import unpacked, unpacked_tables
from moothall.transport.rules.accounting import prove
from moothall.transport.rules.board import board_of
from moothall.transport.rules.publishing import prove_plan
from moothall.transport.rules.value_figures import BY_KEY, by_month
from moothall.transport.templatetags.runs import times_said
from planner.transport.checking import check

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PAGES = (
    "passengers", "accounted", "run_plans", "compare_run_plans", "vehicles", "vehicle_prices", "crews",
    "crew_board", "contractors", "contractor_invoices", "contractor_papers", "centres", "eligibility_rules",
    "travel_applications", "value", "value_targets", "runs_gone", "journeys_counted", "travel_times",
    "odd_presses", "day_messages", "vehicle_checks", "defects",
)  # fmt: skip


@pytest.mark.timeout(300)
def test_the_sample_office_has_plans_crews_invoices_and_a_year_behind_it(client: Client) -> None:
    load_pack("passenger-transport", at=now(), demo=True)
    today = in_london(now()).date()
    plans = list(RunPlan.objects.order_by("from_on"))
    assert [plan.state for plan in plans] == ["PUBLISHED", "PUBLISHED", "PUBLISHED", "CONSIDERED"]
    for half in PlanHalf.objects.filter(plan=plans[-1]).select_related("case"):
        tables = unpacked_tables(half.case.tables)
        assert not check(unpacked(half.case.case), tables, unpacked(half.said)).breaches
    assert all(prove_plan(plan).holds for plan in plans[2:])
    assert Ride.objects.filter(run__plan=plans[2]).count() >= 60
    assert not NoRide.objects.exists()
    with override("cy"):
        assert times_said(plans[0].times_from).startswith("Ni ddefnyddiwyd strydoedd")
    _crews_went_out()
    _a_year_went_by(today)
    _weeks_were_driven(today)
    client.force_login(Account.objects.get(email="bronagh.kettlewell@bryn-gororau.example"))
    for name in PAGES:
        page = client.get(reverse(name))
        assert page.status_code == 200
        assert "There is nothing here yet" not in page.content.decode(), name


def _weeks_were_driven(today: dt.date) -> None:
    """Boards of the last days stand as crews pressed them, and figures and times come of it."""
    days = sorted(set(Passing.objects.values_list("day", flat=True)))
    assert len(days) >= 29
    assert days[-1] >= today - dt.timedelta(days=4)
    assert not Passing.objects.filter(at__gt=now()).exists()
    board = board_of(days[-2], "TO", now())
    assert sum(row.last is not None for row in board.rows) > len(board.rows) / 2
    assert board.odd == 1
    kinds = set(DayMessage.objects.values_list("kind", flat=True))
    assert kinds >= {DayMessage.LATE, DayMessage.ABSENT, DayMessage.WORDS}
    assert VehicleCheck.objects.count() >= 6
    assert {each.mended_at is None for each in Defect.objects.all()} == {True, False}
    learned = LearnedSpeeds.objects.get()
    assert learned.legs > 500
    assert 1 < learned.factors.get(band="morning", kind="crow").factor < 1.2
    month = days[-2].replace(day=1)
    share = BY_KEY["on_time"].of(by_month(month, month)[month])
    assert share is not None
    assert 85 <= share < 100
    assert Incident.objects.filter(run__isnull=False).exists()


def _crews_went_out() -> None:
    assert CrewMember.objects.count() == 28
    assert set(CrewWeek.objects.values_list("state", flat=True)) == {CrewWeek.DONE}
    assert Duty.objects.count() > 2_000
    gaps, places = Manning.objects.filter(member=None).count(), Manning.objects.count()
    assert 0 < gaps < places * 0.02


def _a_year_went_by(today: dt.date) -> None:
    hows = dict(Journey.objects.values_list("how").annotate(many=Count("pk")))
    assert hows.keys() == dict(How.HOWS).keys()
    assert hows[How.RUN] > 10_000
    assert prove(today).holds
    assert Invoice.objects.filter(agreed_at=None).exists()
    assert Invoice.objects.exclude(agreed_at=None).exists()
    assert CountedMonth.objects.count() == 14
    months = by_month(dt.date(2025, 1, 1), today)
    for month, sums in months.items():
        gone = RunGone.objects.filter(counted__month=month).aggregate(
            cost=Sum("cost"), carried=Sum("carried")
        )
        assert abs(sums["cost"] - (gone["cost"] or 0)) < Decimal("0.01")
        assert sums["carried"] == (gone["carried"] or 0)
