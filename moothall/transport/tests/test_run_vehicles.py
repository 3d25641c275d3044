"""Every run of our own goes with a vehicle: the same every day as far as can be, by rule and by hand."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.people.tests.make import AT, make_account
from moothall.transport.models import (
    CrewWeek,
    Duty,
    Needs,
    PaperKind,
    PaperRule,
    Run,
    RunPlan,
    Vehicle,
    VehicleSwap,
)
from moothall.transport.models.crew import DRIVER
from moothall.transport.models.paper import OWN
from moothall.transport.rules import crew_refusals as refusals
from moothall.transport.rules.board import Board, board_of
from moothall.transport.rules.crew_weeks import Placed, begin, keep_week
from moothall.transport.rules.fleet import take_off_road
from moothall.transport.rules.papers import record_paper
from moothall.transport.rules.run_vehicles import give_usual, give_vehicles, loads_of, span_of
from moothall.transport.rules.swapping import give_by_hand, give_next, offers_for, take_back_swap

from .make import MONDAY, SINCE, make_manager, make_user
from .make_contractors import make_contractor, make_theirs
from .make_crews import make_depot, make_duty, make_going, make_member
from .make_runs import make_kind, make_vehicle

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def make_day(runs: int = 1, spare: int = 0, day: dt.date = MONDAY) -> tuple[list[Duty], list[Vehicle]]:
    """So many runs at the same time, each with its vehicle, and so many vehicles of their kind that stand."""
    yard = make_depot()
    member = make_member(yard, DRIVER)
    duties = []
    for number in range(runs):
        run = make_going(yard)
        duties.append(make_duty(run, None if number else member, day=day))
    kind = duties[0].run.kind
    return duties, [make_vehicle(kind=kind, depot=yard) for _each in range(spare)]


def off(vehicle: Vehicle | None, day: dt.date = MONDAY) -> None:
    assert vehicle is not None
    take_off_road(vehicle, from_on=day, until_on=day, because="Brakes", by=None, at=AT)


def vehicle_of(duty: Duty) -> Vehicle | None:
    return Duty.objects.select_related("vehicle").get(pk=duty.pk).vehicle


def morning() -> Board:
    return board_of(MONDAY, "TO")


def man(*runs: Run, days: int = 1) -> list[Duty]:
    """A week manned with nobody: what it makes are the duties."""
    week = CrewWeek.objects.create(first_on=MONDAY, asked_at=AT)
    begin(week.pk, at=AT)
    placed = [
        Placed(run.pk, MONDAY + DAY * ahead, DRIVER, 0, None, "busy:1", *span_of(run, MONDAY + DAY * ahead))
        for run in runs
        for ahead in range(days)
    ]
    keep_week(week.pk, placed=placed, waiting=(), figures={}, unmanned=(), today=MONDAY, at=AT)
    return list(Duty.objects.order_by("day", "run_id"))


def test_a_week_that_is_manned_gives_each_run_a_vehicle_and_the_same_every_day() -> None:
    yard, kind = make_depot(), make_kind()
    runs = [make_going(yard, kind=kind) for _each in range(2)]
    vehicles = {make_vehicle(kind=kind, depot=yard) for _each in range(3)}
    duties = man(*runs, days=5)
    assert len(duties) == 10
    for run in runs:
        assert len({each.vehicle_id for each in duties if each.run_id == run.pk}) == 1
    assert {each.vehicle for each in duties} < vehicles


def test_a_vehicle_goes_out_again_once_it_is_back() -> None:
    yard, kind = make_depot(), make_kind()
    early = make_going(yard, kind=kind)
    late = make_going(yard, kind=kind, leaves_at=dt.time(8, 30), back_at=dt.time(9, 30))
    only = make_vehicle(kind=kind, depot=yard)
    assert [each.vehicle for each in man(early, late)] == [only, only]


def test_where_vehicles_do_not_go_round_the_board_is_in_alarm() -> None:
    yard, kind = make_depot(), make_kind()
    runs = [make_going(yard, kind=kind) for _each in range(2)]
    make_vehicle(kind=kind, depot=yard)
    assert sorted(each.vehicle_id is None for each in man(*runs)) == [False, True]
    assert "It has no vehicle." in [row.alarm for row in morning().rows]
    assert morning().wants_vehicles


def test_another_depot_and_contractors_lend_nothing() -> None:
    yard, kind = make_depot(), make_kind()
    run = make_going(yard, kind=kind)
    make_vehicle(kind=kind, depot=make_depot())
    make_theirs(make_contractor())
    assert [each.vehicle for each in man(run)] == [None]


def test_its_usual_vehicle_goes_first_and_the_next_one_where_it_is_off_the_road() -> None:
    yard, kind = make_depot(), make_kind()
    first, usual = (make_vehicle(kind=kind, depot=yard) for _each in range(2))
    run = make_going(yard, kind=kind, vehicle=usual)
    off(usual, MONDAY + DAY)
    assert [each.vehicle for each in man(run, days=3)] == [usual, first, usual]


def test_without_a_paper_that_is_asked_of_our_own_no_vehicle_goes() -> None:
    yard, kind = make_depot(), make_kind()
    run, held = make_going(yard, kind=kind), make_vehicle(kind=kind, depot=yard)
    mot = PaperKind.objects.create(key="mot", name="MOT")
    PaperRule.objects.create(kind=mot, of=OWN, from_on=SINCE, source="The Act")
    assert [each.vehicle for each in man(run)] == [None]
    record_paper(held, kind=mot, issued_on=SINCE, expires_on=MONDAY, by=None, at=AT, seen=True)
    assert [each.vehicle for each in man(run, days=2)] == [held, None]


def test_a_paper_that_runs_out_is_in_alarm_on_the_board() -> None:
    [duty], _spare = make_day()
    mot = PaperKind.objects.create(key="mot", name="MOT")
    PaperRule.objects.create(kind=mot, of=OWN, from_on=SINCE, source="The Act")
    said = f"{duty.vehicle} has no MOT on record."
    assert [row.alarm for row in morning().rows] == [said]


def test_a_vehicle_of_another_kind_goes_only_with_the_seats_and_bays_that_are_needed() -> None:
    yard = make_depot()
    run = make_going(yard, kind=make_kind(), escorts=1)
    passenger = run.rides.get().passenger
    Needs.objects.create(
        passenger=passenger, wheelchair=Needs.STAYS_IN[0], wheelchair_kg=30, from_on=SINCE, recorded_at=AT
    )
    assert loads_of([run.pk], MONDAY) == {run.pk: (1, 1)}
    make_vehicle(kind=make_kind(layouts=[[16, 0]]), depot=yard)
    assert [each.vehicle for each in man(run)] == [None]
    adapted = make_vehicle(kind=make_kind(layouts=[[8, 0], [1, 1]]), depot=yard)
    assert [each.vehicle for each in man(run)] == [adapted]


def test_a_vehicle_that_was_given_by_hand_stays_when_the_week_is_manned_again() -> None:
    [duty], [spare] = make_day(spare=1)
    give_by_hand(duty, spare, onward=False, by=make_account(), at=AT)
    give_vehicles(MONDAY, MONDAY)
    assert vehicle_of(duty) == spare


def test_the_database_keeps_a_vehicle_from_two_runs_at_once() -> None:
    one, other = make_day(runs=2)[0]
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
    rows = Duty.objects.filter(pk=other.pk)
    with pytest.raises(IntegrityError, match="a_vehicle_goes_with_one_run_at_a_time"), transaction.atomic():
        rows.update(vehicle=one.vehicle)


def test_one_press_gives_the_next_free_and_it_can_be_taken_back(client: Client) -> None:
    duties, [spare] = make_day(runs=2, spare=1)
    gone = duties[1].vehicle
    off(gone)
    client.force_login(make_manager())
    page = client.get(reverse("crew_board"), {"day": MONDAY.isoformat()}).content.decode()
    assert "is off the road." in page
    assert 'data-key="v"' in page
    answer = client.post(reverse("next_vehicles", args=[MONDAY.isoformat()]), {"way": "TO"}, follow=True)
    assert "1 run goes with another vehicle now." in answer.content.decode()
    assert (vehicle_of(duties[0]), vehicle_of(duties[1])) == (duties[0].vehicle, spare)
    client.post(reverse("undo_swap", args=[VehicleSwap.objects.get().pk]))
    assert vehicle_of(duties[1]) == gone


def test_where_none_is_free_the_press_says_so_and_changes_nothing() -> None:
    duties, _none = make_day(runs=2)
    off(duties[0].vehicle)
    with pytest.raises(refusals.NoVehicleIsFree):
        give_next(MONDAY, "TO", by=make_account(), at=AT)
    assert vehicle_of(duties[0]) == duties[0].vehicle


def test_by_hand_the_page_says_of_every_other_vehicle_why_not(client: Client) -> None:
    [duty], [spare, broken] = make_day(spare=2)
    off(broken)
    small = make_vehicle(kind=make_kind(layouts=[[0, 0]]), depot=duty.run.depot)
    client.force_login(make_manager())
    page = client.get(reverse("give_vehicle", args=[duty.pk])).content.decode()
    assert f'value="{spare.pk}"' in page
    assert f'value="{broken.pk}"' not in page
    assert f"{broken} is off the road" in page
    assert f'value="{small.pk}"' not in page
    assert "too small: seats needed 1, wheelchair bays 0" in page


def test_two_runs_swap_their_vehicles_where_both_can() -> None:
    one, other = make_day(runs=2)[0]
    offer = next(each for each in offers_for(one) if each.vehicle == other.vehicle)
    assert offer.swaps == other
    assert other.vehicle is not None
    swap = give_by_hand(one, other.vehicle, onward=False, by=make_account(), at=AT)
    assert (vehicle_of(one), vehicle_of(other)) == (other.vehicle, one.vehicle)
    take_back_swap(swap, by=make_account(), at=AT)
    assert (vehicle_of(one), vehicle_of(other)) == (one.vehicle, other.vehicle)


def test_from_this_day_on_the_run_goes_with_it_wherever_it_can() -> None:
    yard, kind = make_depot(), make_kind()
    usual, better = (make_vehicle(kind=kind, depot=yard) for _each in range(2))
    run = make_going(yard, kind=kind, vehicle=usual)
    duties = man(run, days=3)
    off(better, MONDAY + DAY)
    swap = give_by_hand(duties[0], better, onward=True, by=make_account(), at=AT)
    assert [vehicle_of(each) for each in duties] == [better, usual, better]
    run.refresh_from_db()
    assert run.vehicle == better
    take_back_swap(swap, by=make_account(), at=AT)
    run.refresh_from_db()
    assert {vehicle_of(each) for each in duties} == {run.vehicle} == {usual}


def test_what_changed_again_since_is_not_taken_back_whole() -> None:
    [duty], [spare, third] = make_day(spare=2)
    swap = give_by_hand(duty, spare, onward=False, by=make_account(), at=AT)
    give_by_hand(duty, third, onward=False, by=make_account(), at=AT)
    with pytest.raises(refusals.SwapIsOver):
        take_back_swap(swap, by=make_account(), at=AT)


def test_a_vehicle_that_cannot_go_is_refused_with_the_reason() -> None:
    [duty], [broken] = make_day(spare=1)
    off(broken)
    with pytest.raises(refusals.VehicleCannotGo, match="is off the road"):
        give_by_hand(duty, broken, onward=False, by=make_account(), at=AT)
    with pytest.raises(refusals.NotAnotherVehicle):
        give_by_hand(duty, duty.vehicle or broken, onward=False, by=make_account(), at=AT)


def test_runs_of_a_plan_get_their_usual_vehicle_and_keep_that_of_the_plan_before() -> None:
    yard, kind = make_depot(), make_kind()
    first, second = (make_vehicle(kind=kind, depot=yard) for _each in range(2))
    before = make_going(yard, kind=kind, vehicle=second)
    later = RunPlan.objects.create(
        name="After", weekdays=[0], from_on=MONDAY, asked_at=AT, making=RunPlan.DONE, version_of=before.plan
    )
    same = make_going(yard, kind=kind, plan=later)
    Run.objects.filter(pk=same.pk).update(number=before.number)
    new = make_going(yard, kind=kind, plan=later)
    none = make_going(yard, kind=kind, plan=later)
    assert give_usual(later, on=MONDAY) == 1
    found = dict(later.runs.values_list("pk", "vehicle"))
    assert found == {same.pk: second.pk, new.pk: first.pk, none.pk: None}


def test_a_vehicle_shows_its_papers_and_the_runs_it_goes_with(client: Client) -> None:
    [duty], _none = make_day()
    client.force_login(make_user())
    held: Any = duty.vehicle
    page = client.get(reverse("vehicle", args=[held.pk])).content.decode()
    assert "Runs it goes with" in page
    assert reverse("record_contractor_paper", args=["vehicle", held.pk]) in page


def test_the_board_and_the_page_ask_as_often_for_many_vehicles_as_for_few(client: Client) -> None:
    counts: dict[str, list[int]] = {"board": [], "vehicle": []}
    client.force_login(make_manager())
    for many in (1, 4):
        duties, _spare = make_day(runs=many, spare=many)
        for name, page in (
            ("board", reverse("crew_board", query={"day": MONDAY.isoformat()})),
            ("vehicle", reverse("vehicle", args=[duties[0].vehicle_id])),
        ):
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            counts[name].append(len(asked))
    assert all(few == lots for few, lots in counts.values()), counts
