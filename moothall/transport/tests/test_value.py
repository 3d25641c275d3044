"""What transport is worth: counted from the journeys that were made, apart, drilled into, held to targets."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.people.tests.make import AT
from moothall.transport.models import Centre, Journey, MonthValue, PlanningFigure, Ride, RunGone, Target
from moothall.transport.planning.counting import count_month
from moothall.transport.rules import targets, value_figures
from moothall.transport.rules.accounting import account_for_day, settle_journey
from moothall.transport.rules.value_figures import BY_KEY, by_month, slices

from .make import make_manager, make_user
from .make_day import press
from .make_runs import MILE
from .make_value import FIRST, OCTOBER, make_arrival, make_job, make_month, make_target

pytestmark = pytest.mark.django_db
LAST = dt.date(2026, 10, 31)
DAY = dt.timedelta(days=1)


def count() -> dict[str, Decimal]:
    count_month(OCTOBER, today=LAST, by=None, at=AT)
    return by_month(OCTOBER, OCTOBER)[OCTOBER]


def whole(sums: dict[str, Decimal], *names: str) -> list[int]:
    return [int(sums[name]) for name in names]


def figure(key: str, sums: dict[str, Decimal]) -> Decimal | None:
    return BY_KEY[key].of(sums)


def test_a_month_is_what_its_runs_cost_and_every_figure_comes_from_rows() -> None:
    plan = make_month(days=2, travellers=2)
    sums = count()
    cost = sum((run.cost for run in plan.runs.all()), Decimal(0)) * 2
    assert whole(sums, "due", "carried", "heads", "runs") == [8, 8, 2, 8]
    assert sums["cost"] == cost
    assert figure("cost_passenger", sums) == figure("cost_run", sums) == (cost / 8).quantize(Decimal("0.01"))
    assert figure("cost_head", sums) == (cost / 2).quantize(Decimal("0.01"))
    assert figure("seat_use", sums) == Decimal("14.3")  # one in each of seven seats
    gone = RunGone.objects.aggregate(cost=Sum("cost"), metres=Sum("metres"), carried=Sum("carried"))
    assert gone["cost"] == cost
    assert gone["carried"] == 8
    assert gone["metres"] / MILE > 8
    mile = figure("cost_mile", sums)
    assert mile is not None
    assert abs(mile - cost / Decimal(gone["metres"] / MILE)) < Decimal("0.01")


def test_miles_of_a_run_are_those_from_the_depot_and_back_to_it() -> None:
    make_month(days=1, travellers=1)
    count()
    there, back = RunGone.objects.order_by("direction")
    assert there.metres == back.metres
    assert there.run is not None
    hours = Decimal(there.run.seconds) / 3600
    reckoned = Decimal(30) + 18 * hours + Decimal("0.40") * Decimal(there.metres or 0) / Decimal(MILE)
    assert abs(reckoned - there.run.cost) < Decimal("0.02")


def test_counting_again_changes_nothing_and_a_cancelled_journey_costs_nothing() -> None:
    by = make_manager()
    make_month(by, days=1, travellers=2)
    before = count()
    assert count() == before
    for each in Journey.objects.filter(passenger=Journey.objects.first().passenger):  # type: ignore[union-attr]
        settle_journey(each, how="CANCELLED", because="Ill", by=by, at=AT)
    after = count()
    assert whole(after, "due", "carried", "cancelled", "runs") == [4, 2, 2, 2]
    assert after["cost"] < before["cost"]
    assert figure("cancelled", after) == 50


def test_a_contractor_costs_what_was_agreed_beside_the_own_fleet() -> None:
    firm = make_job(unit="RUN", amount="24.50")
    make_month(days=1, travellers=1)
    count()
    found = slices(OCTOBER, "contractor")
    theirs, ours = found[MonthValue.FIRM, firm.pk], found[MonthValue.FLEET, None]
    assert whole(theirs, "cost", "runs", "carried") == [49, 2, 2]
    assert ours["carried"] == 2
    assert sum(each["cost"] for each in found.values()) == RunGone.objects.aggregate(all=Sum("cost"))["all"]


def test_a_price_a_day_is_divided_between_there_and_back() -> None:
    make_job(unit="DAY", amount="61.00")
    make_month(days=1, travellers=1)
    sums = count()
    assert list(RunGone.objects.filter(ours=False).values_list("cost", flat=True)) == [Decimal("30.50")] * 2
    assert sums["costed"] == sums["carried"] == 4


def test_a_price_that_nobody_knows_is_left_out_of_both_sides() -> None:
    make_job(unit="MILE", amount="1.85")
    make_month(days=1, travellers=1)
    sums = count()
    assert whole(sums, "carried", "costed", "runs", "costed_runs") == [4, 2, 4, 2]


def test_parts_of_a_month_add_up_to_the_whole() -> None:
    make_job()
    make_month(days=3, travellers=3)
    all_of_it = count()
    for by in ("centre", "contractor", "kind"):
        assert value_figures.added(list(slices(OCTOBER, by).values())) == all_of_it


def test_rides_are_held_against_what_is_recommended_for_the_kind_of_school() -> None:
    make_month(days=1, travellers=2)
    longest = max(Ride.objects.values_list("seconds", flat=True))
    PlanningFigure.objects.filter(key="ride").update(amount=Decimal(longest) / 60 - 1)
    assert figure("over", count()) == 50
    Centre.objects.update(kind=Centre.PRIMARY)
    assert figure("over", count()) == 0
    assert RunGone.objects.filter(over__gt=0).count() == 0


def test_days_go_by_the_plan_that_was_in_force_then() -> None:
    by = make_manager()
    plan = make_month(by, days=2, travellers=1)
    plan.state, plan.withdrawn_because = "WITHDRAWN", "A mistake"
    plan.withdrawn_at, plan.withdrawn_by = dt.datetime(2026, 10, 6, 6, tzinfo=dt.UTC), by
    plan.save()
    sums = count()
    assert whole(sums, "runs", "costed_runs") == [4, 2]
    assert not RunGone.objects.filter(day=FIRST + DAY, cost__isnull=False).exists()


def test_nothing_is_said_of_arrivals_until_somebody_records_them(client: Client) -> None:
    plan = make_month(days=2, travellers=2)
    count()
    client.force_login(make_user())
    url = reverse("value", query={"month": "2026-10"})
    assert "no journeys recorded yet" in client.get(url).content.decode()
    make_arrival(plan.runs.filter(direction="TO")[0], "08:50")
    count()
    page = client.get(url)
    assert "no journeys recorded yet" not in page.content.decode()
    assert [each.value for each in page.context["lines"] if each.figure.key == "on_time"] == [100]


def test_on_time_is_who_was_there_by_the_bell_and_leads_to_the_runs_that_were_recorded(
    client: Client,
) -> None:
    one, two, three = make_month(days=2, travellers=3).runs.filter(direction="TO").order_by("number")
    make_arrival(one, "09:00", what="ARRIVED")  # at the school's stop, with somebody aboard
    make_arrival(two, "08:40")
    make_arrival(two, "09:01", day=FIRST + DAY)
    sums = count()
    assert whole(sums, "recorded", "on_time") == [3, 2]
    assert figure("on_time", sums) == Decimal("66.7")
    client.force_login(make_user())
    lines = client.get(reverse("value", query={"month": "2026-10"})).context["lines"]
    shown = client.get(next(each.address for each in lines if each.figure.key == "on_time")).context["list"]
    assert sorted((row.called, row.late) for row in shown.page.rows) == [
        (one.called, 0), (two.called, 0), (two.called, 1),
    ]  # fmt: skip
    assert not RunGone.objects.filter(run=three, recorded__gt=0).exists()


def test_an_arrival_that_was_taken_back_counts_for_nothing() -> None:
    run = make_month(days=1, travellers=1).runs.get(direction="TO")
    duty, driver = make_arrival(run, "09:20")
    assert figure("on_time", count()) == 0
    press(duty, "BACK", run.rides.get(), by=driver, at="09:21", call=run.rides.get().set_down_id)
    assert figure("on_time", count()) is None


def standings(client: Client) -> Any:
    """How each target stands on its page."""
    client.force_login(make_user())
    return client.get(reverse("value_targets", query={"month": "2026-10"})).context["standings"]


@pytest.mark.parametrize(("amount", "amber", "state"), [(99, 99, "MET"), (1, 99, "NEARLY"), (1, 2, "MISSED")])
def test_a_target_is_met_nearly_met_or_missed(client: Client, amount: int, amber: int, state: str) -> None:
    make_month(days=1)
    make_target(amount=Decimal(amount), amber=Decimal(amber))
    count()
    (standing,) = standings(client)
    assert standing.state == state
    assert standing.why


def test_of_some_figures_more_is_better_and_the_worst_centre_is_named(client: Client) -> None:
    make_job()
    make_month(days=1, travellers=1)
    make_target(figure="seat_use", amount=Decimal(90), amber=Decimal(80))
    count()
    (standing,) = standings(client)
    assert standing.state == targets.MISSED
    worst = min(figure("seat_use", each) or 0 for each in slices(OCTOBER, "centre").values())
    assert f"{worst}%" in standing.why
    with pytest.raises(targets.AmberIsBetter):
        make_target(figure="seat_use", amount=Decimal(50), amber=Decimal(60))


def test_a_new_target_ends_the_one_before_and_taking_it_back_lets_that_go_on() -> None:
    by = make_manager()
    first = make_target()
    later = make_target(from_on=dt.date(2026, 11, 1), amount=Decimal(40))
    first.refresh_from_db()
    assert first.until_on == dt.date(2026, 10, 31)
    targets.withdraw_target(later, by=by, at=AT)
    first.refresh_from_db()
    assert first.until_on is None
    with pytest.raises(targets.TargetGone):
        targets.withdraw_target(later, by=by, at=AT)
    targets.restore_target(later, by=by, at=AT)
    first.refresh_from_db()
    assert first.until_on == dt.date(2026, 10, 31)
    with pytest.raises(targets.TargetTaken):
        make_target(from_on=dt.date(2026, 11, 1))


def address(name: str, **query: Any) -> str:
    return reverse(name, query=query) if query else reverse(name)


def test_the_page_shows_the_month_and_each_figure_leads_to_its_rows(client: Client) -> None:
    make_job()
    make_month(days=2)
    client.force_login(make_manager())
    page = client.get(address("value", month="2026-10"))
    assert "has not been counted" in page.content.decode()
    client.post(address("count_value"), {"month": "2026-10"})
    for by in ("centre", "contractor", "kind"):
        page = client.get(address("value", month="2026-10", by=by))
        assert page.context["total"]["carried"] == 12
        assert sum(each.carried for each in page.context["slices"]) == 12
        for each in (*page.context["lines"], *page.context["slices"]):
            assert client.get(each.address).status_code == 200
    page = client.get(address("value", month="2026-10", by="contractor"))
    firm = next(each for each in page.context["slices"] if each.name == "Saddlers Cars")
    assert "SC-1" in client.get(firm.address).content.decode()


def test_a_target_is_set_withdrawn_and_restored_on_its_page(client: Client) -> None:
    make_month(days=1)
    client.force_login(make_manager())
    sent = {"figure": "cost_run", "amount": "50", "amber": "60", "from_on": "1/9/2026", "source": "Aim 3"}
    assert client.post(address("set_value_target"), sent).status_code == 302
    count()
    page = client.get(address("value_targets", month="2026-10")).content.decode()
    assert "Cost of a run" in page
    assert "£50.00" in page
    made = Target.objects.get()
    client.post(reverse("withdraw_value_target", args=[made.pk]))
    assert "No target is set" in client.get(address("value_targets", month="2026-10")).content.decode()
    client.post(reverse("restore_value_target", args=[made.pk]))
    assert "£50.00" in client.get(address("value_targets", month="2026-10")).content.decode()


def test_whoever_does_not_manage_sees_value_and_sets_nothing(client: Client) -> None:
    make_month(days=1)
    made = make_target()
    client.force_login(make_user())
    assert client.get(address("value")).status_code == 200
    assert client.get(address("value_targets")).status_code == 200
    assert client.post(address("count_value")).status_code == 403
    assert client.post(reverse("withdraw_value_target", args=[made.pk])).status_code == 403


@pytest.mark.parametrize("name", ["value", "value_targets", "runs_gone", "journeys_counted"])
def test_pages_of_value_ask_no_more_questions_for_more_journeys(client: Client, name: str) -> None:
    client.force_login(make_manager())
    by = make_manager()
    make_month(by, days=1, travellers=2)
    make_target()
    count()
    url = address(name) if name != "runs_gone" else address(name, day_from="2026-10-01")
    url += "?month=2026-10" if name.startswith("value") else ""
    client.get(url)
    with CaptureQueriesContext(connection) as before:
        client.get(url)
    for ahead in range(1, 4):
        account_for_day(FIRST + DAY * ahead, by=by, at=AT)
    count()
    with CaptureQueriesContext(connection) as after:
        assert client.get(url).status_code == 200
    assert len(after) <= len(before)
