"""Plans of runs: made from rows, laid down as rows, published whole, and what journeys go by."""

import datetime as dt
from decimal import Decimal

import pytest

from moothall.people.tests.make import AT
from moothall.transport.models import (
    Call,
    Contractor,
    How,
    Journey,
    NoRide,
    Passenger,
    Ride,
    RunNotice,
    RunPlan,
)
from moothall.transport.planning.making import make_plan as make_by_the_planner
from moothall.transport.rules import accounting, fleet, keeping, plan_refusals, publishing, travelling
from moothall.transport.rules.plan_asked import asked_of

from .make import (
    MONDAY,
    SINCE,
    make_centre,
    make_home,
    make_manager,
    make_passenger,
    make_run,
    make_travel,
)
from .make_runs import (
    make_asked,
    make_figures,
    make_fleet,
    make_kind,
    make_plan,
    make_published,
    make_travellers,
    make_vehicle,
    run_of,
)

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY - dt.timedelta(days=3)
DAY = dt.timedelta(days=1)


def test_everybody_who_travels_is_asked_for_with_their_days() -> None:
    osian, _other = make_travellers(2, weekdays=[0, 2])
    asked = [each for each in asked_of(make_asked(direction="TO")) if each.passenger == osian.pk]

    assert [each.weekdays for each in asked] == [(0, 2)]
    assert asked[0].home == osian.homes.get().pk


def test_somebody_with_two_homes_is_asked_for_from_each_on_its_days() -> None:
    (osian,) = make_travellers(1)
    second = make_home(osian, name="Father's", is_main=False)
    keeping.add_stay(osian, home=second, weekdays=[0, 1], from_on=SINCE, by=None, at=AT)
    asked = asked_of(make_asked(direction="TO"))

    assert {each.home: each.weekdays for each in asked} == {
        osian.homes.get(is_main=True).pk: (2, 3, 4), second.pk: (0, 1),
    }  # fmt: skip


def test_nobody_is_asked_for_who_goes_by_own_transport() -> None:
    osian, other = make_travellers(2)
    travelling.arrange(
        osian,
        direction="TO",
        weekdays=[0, 1, 2, 3, 4],
        from_on=SINCE,
        how="OWN",
        own="mother",
        by=None,
        at=AT,
    )

    assert {each.passenger for each in asked_of(make_asked(direction="TO"))} == {other.pk}


def test_a_plan_is_laid_down_as_runs_calls_and_rides() -> None:
    make_fleet(3)
    osian, *_others = make_travellers(3)
    plan = make_plan()

    assert plan.making == RunPlan.DONE
    assert [plan.runs.filter(direction=way).count() for way in ("TO", "FROM")] == [3, 3]
    ride = Ride.objects.select_related("picked_up", "set_down").get(passenger=osian, run__direction="TO")
    assert ride.picked_up.kind == Call.PICKUP
    assert ride.picked_up.home_id == osian.homes.get().pk
    assert ride.set_down.centre_id == ride.centre_id
    assert ride.set_down.at < dt.time(9)
    assert "No streets were used" in plan.times_from


def test_whoever_has_no_vehicle_is_named_with_the_reason() -> None:
    make_fleet(2)
    make_travellers(3)
    plan = make_plan(direction="TO")

    assert plan.without.get().reason == "No vehicle is left."
    assert plan.figures["TO"]["without"] == 1


def test_a_home_without_a_place_on_the_map_is_named_and_not_guessed() -> None:
    make_fleet(2)
    osian, _other = make_travellers(2)
    address = osian.homes.get().address
    address.latitude = address.longitude = None
    address.save(update_fields=["latitude", "longitude"])
    plan = make_plan(direction="TO")

    assert plan.without.get().passenger == osian
    assert "no place on the map" in plan.without.get().reason


def test_a_vehicle_off_the_road_is_not_planned_with() -> None:
    first, *_rest = make_fleet(2)
    fleet.take_off_road(first, from_on=MONDAY, until_on=MONDAY, because="Brakes", by=None, at=AT)
    make_travellers(2)

    assert make_plan(direction="TO").runs.count() == 1


def test_a_run_of_a_contractor_has_no_way_from_a_depot() -> None:
    make_figures()
    contractor = Contractor.objects.create(number="TB", name="Three Bridges", added_at=AT)
    make_vehicle(kind=make_kind(), contractor=contractor)
    make_travellers(1)
    run = make_plan(direction="TO").runs.get()

    assert run.contractor == contractor
    assert run.depot is None
    assert run.leaves_at == run.calls.get(position=1).at


def test_publishing_is_refused_while_somebody_without_a_run_has_nobody() -> None:
    make_fleet(1)
    make_travellers(2)
    plan, by = make_plan(direction="TO"), make_manager()

    with pytest.raises(plan_refusals.NotProved):
        publishing.publish_plan(plan, by=by, at=AT, today=FRIDAY)

    assert RunPlan.objects.get(pk=plan.pk).state == RunPlan.DRAFT
    publishing.own_without(plan, by, by=by, at=AT)
    publishing.publish_plan(plan, by=by, at=AT, today=FRIDAY)
    assert RunPlan.objects.get(pk=plan.pk).state == RunPlan.PUBLISHED


def test_publishing_is_refused_where_somebody_travels_whom_the_plan_does_not_know() -> None:
    make_fleet(2)
    centre = make_centre()
    make_travellers(1, centre=centre)
    plan = make_plan()
    make_travel(make_passenger(name="Maryam Qureshi"), centre=centre)
    proof = publishing.prove_plan(plan)

    assert (len(proof.missing), proof.holds, proof.adds_up) == (10, False, True)
    with pytest.raises(plan_refusals.NotProved):
        publishing.publish_plan(plan, by=make_manager(), at=AT, today=FRIDAY)


def test_journeys_that_are_written_already_go_by_the_published_runs_at_once() -> None:
    make_fleet(2)
    (osian,) = make_travellers(1)
    by = make_manager()
    accounting.account_for_day(MONDAY, by=by, at=AT)
    plan = make_published(by)
    journey = Journey.objects.get(passenger=osian, day=MONDAY, direction="TO")

    assert (journey.how, journey.run, journey.stop) == (How.RUN, run_of(plan, osian).called, 1)


def test_later_days_go_by_the_published_runs_as_they_are_written() -> None:
    make_fleet(2)
    (osian,) = make_travellers(1)
    plan, by = make_published(make_manager()), make_manager()
    accounting.account_for_day(MONDAY + DAY, by=by, at=AT)
    back = Journey.objects.get(passenger=osian, day=MONDAY + DAY, direction="FROM")

    assert (back.run, back.stop) == (run_of(plan, osian, "FROM").called, 2)


def test_somebody_without_a_run_is_unresolved_with_the_owner_the_plan_names() -> None:
    make_fleet(1)
    make_travellers(2)
    by = make_manager()
    plan = make_published(by, direction="TO")
    accounting.account_for_day(MONDAY, by=make_manager(), at=AT)
    left = NoRide.objects.get(plan=plan)
    journey = Journey.objects.get(passenger=left.passenger, day=MONDAY, direction="TO")

    assert (journey.how, journey.owner) == (How.UNRESOLVED, by)


def test_a_later_plan_goes_before_on_its_own_days_and_the_earlier_comes_back_when_it_is_withdrawn() -> None:
    make_fleet(2)
    osian, _other = make_travellers(2)
    by = make_manager()
    first = make_published(by)
    second = make_published(by, weekdays=[0])

    def plan_of(day: dt.date) -> int:
        return Ride.objects.in_force(day).get(passenger=osian, run__direction="TO").run.plan_id

    assert (plan_of(MONDAY), plan_of(MONDAY + DAY)) == (second.pk, first.pk)
    publishing.withdraw_plan(second, because="A mistake", by=by, at=AT, today=FRIDAY)
    assert plan_of(MONDAY) == first.pk


def test_own_transport_goes_before_the_plan_and_the_plan_before_an_older_run() -> None:
    make_fleet(2)
    osian, nia = make_travellers(2)
    make_run(nia)
    by = make_manager()
    plan = make_published(by, direction="TO")
    travelling.arrange(
        osian, direction="TO", weekdays=[0], from_on=MONDAY, how="OWN", own="mother", by=by, at=AT
    )
    accounting.account_for_day(MONDAY, by=by, at=AT)

    assert Journey.objects.get(passenger=osian, day=MONDAY, direction="TO").how == How.OWN
    assert Journey.objects.get(passenger=nia, direction="TO").run == run_of(plan, nia).called


def test_families_are_noted_once_and_only_where_something_differs() -> None:
    make_fleet(2)
    make_travellers(2)
    by = make_manager()
    first = make_published(by)
    second = make_published(by, from_on=MONDAY + DAY * 7)

    assert RunNotice.objects.filter(plan=first).count() == Passenger.objects.count()
    assert not RunNotice.objects.filter(plan=second).exists()


def test_a_change_of_more_than_the_figure_says_is_told() -> None:
    make_fleet(2)
    (osian,) = make_travellers(1)
    by = make_manager()
    make_published(by)
    make_figures(board="600")
    second = make_published(by, from_on=MONDAY + DAY * 7, direction="TO")
    line = RunNotice.objects.get(plan=second, passenger=osian).lines[0]

    assert line["before"] > line["at"]


def test_a_plan_that_would_be_late_too_often_is_not_published() -> None:
    make_fleet(1)
    make_travellers(1)
    plan = make_plan(direction="TO")
    make_figures(**{"most-late": "2"})
    RunPlan.objects.filter(pk=plan.pk).update(figures={"TO": plan.figures["TO"] | {"late_share": 0.5}})

    with pytest.raises(plan_refusals.TooLateOnSlowDays):
        publishing.publish_plan(plan, by=make_manager(), at=AT, today=FRIDAY)


def test_a_price_from_a_day_on_ends_the_one_before() -> None:
    kind = make_kind()
    fleet.set_price(
        kind=kind, contractor=None, a_run=Decimal(35), an_hour=Decimal(20), a_mile=Decimal(0),
        from_on=MONDAY, source="Ours", by=None, at=AT,
    )  # fmt: skip

    assert [each.until_on for each in kind.prices.order_by("from_on")] == [MONDAY - DAY, None]


@pytest.mark.slow
def test_the_planner_makes_a_plan_in_a_process_of_its_own() -> None:
    make_fleet(3)
    make_travellers(4)
    plan = make_asked(seconds=600)
    make_by_the_planner(plan.pk, clock=lambda: AT, rounds=200)
    plan.refresh_from_db()

    assert (plan.making, plan.problem) == (RunPlan.DONE, "")
    assert Ride.objects.filter(run__plan=plan).count() == 8
    assert plan.figures["TO"]["breaches"] == 0


def test_a_plan_without_anybody_says_so() -> None:
    make_fleet(1)
    plan = make_asked()
    make_by_the_planner(plan.pk, clock=lambda: AT)
    plan.refresh_from_db()

    assert (plan.making, plan.problem) == (RunPlan.FAILED, "Nobody has to be taken anywhere on these days.")
