"""Travel times corrected by what was driven: legs out of presses, factors kept, plans that go by them."""

import datetime as dt
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.people.models import Account
from moothall.people.tests.make import AT
from moothall.transport.models import Call, Duty, HomeAddress, LearnedSpeeds, PlanHalf
from moothall.transport.planning.case import unpacked_tables
from moothall.transport.planning.learning import learn_speeds
from moothall.transport.planning.tables import speeds_on
from moothall.transport.rules.driven import legs_driven
from moothall.transport.rules.speeds import (
    CorrectionsThere,
    FactorRow,
    From,
    NoLegs,
    bring_back_speeds,
    keep_speeds,
    leave_out_speeds,
)
from moothall.transport.tasks import learn_speeds_of_the_week

from .make import MONDAY, make_manager, make_user
from .make_day import clock, make_run_of_day, press, rides_of
from .make_runs import make_fleet, make_plan, make_travellers

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
CAME = From(legs=400, left_out=7, days=20, first_on=MONDAY - DAY * 30, last_on=MONDAY - DAY, streets="")
SLOWER = [FactorRow(band, "crow", 1.25, 200) for band in ("morning", "afternoon")]


def make_speeds(**changes: object) -> LearnedSpeeds:
    given = {"from_on": MONDAY, "by": None, "at": AT}
    return keep_speeds(SLOWER, CAME, **given | changes)  # type: ignore[arg-type]


def drive(duty: Duty, driver: Account, minutes: int) -> None:
    """From the first home to the next in so many minutes, with two at the door, and so on to the school."""
    at = clock("07:20", duty.day)
    rides = rides_of(duty)
    for one, ride in enumerate(rides):
        if one:
            press(duty, "ARRIVED", ride, by=driver, at=f"{at:%H:%M}")
        at += dt.timedelta(minutes=2)
        press(duty, "ABOARD", ride, by=driver, at=f"{at:%H:%M}")
        at += dt.timedelta(minutes=minutes)
    press(duty, "ARRIVED", rides[0], by=driver, at=f"{at:%H:%M}", call=rides[0].set_down_id)


def test_a_leg_is_the_drive_from_the_last_press_at_a_stop_to_the_arrival_at_the_next() -> None:
    duty, driver, _escort = make_run_of_day(3)
    drive(duty, driver, 6)
    legs = legs_driven(duty.day)
    assert [(each.seconds, each.direction, each.day) for each in legs] == [(360, "TO", duty.day)] * 3
    calls = list(Call.objects.filter(run=duty.run).select_related("centre").order_by("position"))
    assert len(calls) == 4
    assert all(one.destination == two.origin for one, two in pairwise(legs))
    last = calls[-1].centre
    assert last is not None
    assert legs[-1].destination == (last.latitude, last.longitude)


def test_a_stop_at_which_nobody_pressed_breaks_the_way_so_no_leg_is_too_long() -> None:
    duty, driver, _escort = make_run_of_day(3)
    first, _second, third = rides_of(duty)
    press(duty, "ABOARD", first, by=driver, at="07:22")
    press(duty, "ARRIVED", third, by=driver, at="07:40")
    assert legs_driven(duty.day) == []


def test_a_press_that_was_taken_back_makes_no_leg() -> None:
    duty, driver, _escort = make_run_of_day(1)
    ride = rides_of(duty)[0]
    press(duty, "ABOARD", ride, by=driver, at="07:22")
    press(duty, "ARRIVED", ride, by=driver, at="07:50", call=ride.set_down_id)
    assert len(legs_driven(duty.day)) == 1
    press(duty, "BACK", by=driver, at="07:51", call=ride.set_down_id)
    assert legs_driven(duty.day) == []


def test_legs_become_corrections_that_hold_from_the_day_they_were_learned() -> None:
    duty, driver, _escort = make_run_of_day(3)
    for at, ride in enumerate(rides_of(duty)):
        HomeAddress.objects.filter(home=ride.home).update(latitude=52.84 + at * 0.03, longitude=-2.9)
    drive(duty, driver, 12)
    learned = learn_speeds(today=MONDAY + DAY, by=None, at=AT)
    assert (learned.legs, learned.days, learned.last_on) == (3, 1, MONDAY)
    assert learned.from_on == MONDAY + DAY
    factor = learned.factors.get(band="morning", kind="crow")
    assert factor.factor > 1
    assert factor.legs == 3
    assert speeds_on(MONDAY).corrected_by == ""
    assert "3 recorded legs" in speeds_on(MONDAY + DAY).corrected_by


def test_nothing_is_learned_where_nobody_pressed_anything() -> None:
    with pytest.raises(NoLegs):
        learn_speeds(today=MONDAY, by=None, at=AT)
    learn_speeds_of_the_week(0)
    assert not LearnedSpeeds.objects.exists()


def test_a_plan_asked_for_later_takes_its_times_by_what_was_learned_and_says_so() -> None:
    make_fleet(2)
    make_travellers(2)
    before = make_plan()
    make_speeds(from_on=AT.date() + DAY)
    after = make_plan(asked_at=AT + DAY)
    again = make_plan(asked_at=AT)
    one, two, three = (
        unpacked_tables(PlanHalf.objects.get(plan=plan, direction="TO").case.tables)["seconds"]
        for plan in (before, after, again)
    )
    assert two.sum() == pytest.approx(one.sum() * 1.25, rel=0.01)
    assert (one == three).all()
    assert "corrected from 400 recorded legs of 20 days" in after.times_from
    assert "corrected" not in before.times_from


def test_a_later_version_of_a_plan_keeps_the_times_of_the_first() -> None:
    make_fleet(1)
    make_travellers(1)
    first = make_plan()
    make_speeds(from_on=AT.date() + DAY)
    version = make_plan(asked_at=AT + DAY * 3, version_of=first)
    assert version.times_from == first.times_from


def test_corrections_learned_later_end_those_before_and_left_out_ones_let_them_go_on() -> None:
    by = make_manager()
    one = make_speeds()
    two = make_speeds(from_on=MONDAY + DAY * 7)
    one.refresh_from_db()
    assert one.until_on == MONDAY + DAY * 6
    leave_out_speeds(two, by=by, at=AT)
    one.refresh_from_db()
    assert one.until_on is None
    bring_back_speeds(two, by=by, at=AT)
    one.refresh_from_db()
    assert one.until_on == MONDAY + DAY * 6
    with pytest.raises(CorrectionsThere):
        bring_back_speeds(two, by=by, at=AT)


def test_of_two_learned_on_one_day_the_later_holds() -> None:
    make_speeds()
    two = make_speeds()
    assert list(LearnedSpeeds.objects.in_force(MONDAY)) == [two]


def test_the_page_says_from_how_many_legs_and_leaving_them_out_is_undone(client: Client) -> None:
    make_speeds(from_on=dt.date(2026, 1, 5))
    client.force_login(make_manager())
    page = client.get(reverse("travel_times")).content.decode()
    assert "corrected from 400 legs of 20 days" in page
    assert "25% longer" in page
    held = LearnedSpeeds.objects.get()
    done = client.post(reverse("leave_out_travel_times", args=[held.pk]), follow=True).content.decode()
    undo = reverse("bring_back_travel_times", args=[held.pk])
    assert undo in done
    assert "No recorded leg corrects these times yet" in done
    assert "25% longer" in client.post(undo, follow=True).content.decode()


def test_only_who_manages_transport_changes_travel_times(client: Client) -> None:
    made = make_speeds()
    client.force_login(make_user())
    assert client.get(reverse("travel_times")).status_code == 200
    assert client.post(reverse("learn_travel_times")).status_code == 403
    assert client.post(reverse("leave_out_travel_times", args=[made.pk])).status_code == 403


def test_the_page_of_travel_times_asks_as_much_for_many_corrections(client: Client) -> None:
    client.force_login(make_manager())
    make_speeds(from_on=dt.date(2026, 1, 5))
    url = reverse("travel_times")
    client.get(url)
    with CaptureQueriesContext(connection) as before:
        client.get(url)
    for week in range(2, 6):
        make_speeds(from_on=dt.date(2026, 1, 5) + DAY * 7 * week)
    with CaptureQueriesContext(connection) as after:
        assert client.get(url).status_code == 200
    assert len(after) <= len(before)


def test_a_plan_says_in_welsh_what_its_times_are_corrected_from(client: Client) -> None:
    make_fleet(1)
    make_travellers(1)
    make_speeds(from_on=AT.date())
    plan = make_plan(asked_at=AT + DAY)
    client.force_login(make_manager(language="cy"))
    client.cookies["django_language"] = "cy"
    page = client.get(reverse("run_plan", args=[plan.pk])).content.decode()
    assert "recorded legs" not in page
    assert "400" in page
    assert "No streets were used" not in page
