"""A plan in force brought up to date: options that move as few as can be, judged, and one taken."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from moothall.people.models import Account
from moothall.people.tests.make import AT
from moothall.transport.models import Mending, MendingOption, PlanHalf, Ride, RunPlan
from moothall.transport.planning import mending as planning
from moothall.transport.planning.mend_child import mended
from moothall.transport.planning.mending import accept_option, make_mending
from moothall.transport.rules import (
    fleet,
    keeping,
    mendings,
    plan_moves,
    plan_refusals,
    publishing,
    travelling,
)

from .make import MONDAY, make_manager
from .make_runs import make_fleet, make_published, make_travellers, run_of

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY - dt.timedelta(days=3)


class InThisProcess:
    """Stands for the process of its own: the same work, here."""

    def __init__(self, order: Any, _target: Any) -> None:
        self.order = order

    def __enter__(self) -> "InThisProcess":
        return self

    def __exit__(self, *_problem: Any) -> None:
        pass

    def hear(self, _seconds: float) -> tuple[str, Any]:
        return "MADE", mended(self.order)


@pytest.fixture(autouse=True)
def _without_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "Child", InThisProcess)


def asked_for(plan: RunPlan, by: Account, **changes: Any) -> Mending:
    given: dict[str, Any] = {"because": "Ill", "from_on": MONDAY, "until_on": MONDAY} | changes
    made = mendings.ask_for_mending(plan, **given, by=by, at=AT, today=FRIDAY)
    make_mending(made.pk, clock=lambda: AT)
    made.refresh_from_db()
    return made


@pytest.mark.slow
def test_whoever_is_ill_is_out_of_the_day_and_nobody_else_moves() -> None:
    make_fleet(3)
    osian, *others = make_travellers(3)
    by = make_manager()
    plan = make_published(by, direction="TO")
    travelling.record_away(osian, from_on=MONDAY, until_on=MONDAY, because="Ill", by=by, at=AT)
    mending = asked_for(plan, by)
    version = accept_option(mending, 1, by=by, at=AT)

    assert (mending.making, mending.options[0]["moved"]) == (RunPlan.DONE, [])
    assert (version.weekdays, version.from_on, version.until_on) == ([0], MONDAY, MONDAY)
    riding = Ride.objects.filter(run__plan=version)
    assert set(riding.values_list("passenger", flat=True)) == {each.pk for each in others}
    publishing.publish_plan(version, by=by, at=AT, today=MONDAY)
    assert run_of(version, others[0]).number == run_of(plan, others[0]).number
    with pytest.raises(plan_refusals.OptionGone):
        accept_option(mending, 1, by=by, at=AT)


@pytest.mark.slow
def test_passengers_of_a_vehicle_off_the_road_are_on_other_runs_and_it_says_why() -> None:
    first, *_rest = make_fleet(3)
    make_travellers(3)
    by = make_manager()
    plan = make_published(by, direction="TO")
    fleet.take_off_road(first, from_on=MONDAY, until_on=MONDAY, because="Brakes", by=by, at=AT)
    option = asked_for(plan, by, because="Brakes").options[0]

    assert (len(option["moved"]), option["without"]) == (1, 0)
    assert option["moved"][0][4] == "their vehicle is off the road"


@pytest.mark.slow
def test_whoever_moved_house_is_fetched_from_there() -> None:
    make_fleet(2)
    osian, _other = make_travellers(2)
    by = make_manager()
    plan = make_published(by, direction="TO")
    new = keeping.add_home(
        osian, name="New home", words="9 Spindle Way", from_on=MONDAY, latitude=52.955, longitude=-2.91,
        by=by, at=AT,
    )  # fmt: skip
    version = accept_option(asked_for(plan, by, because="Moved", until_on=None), 1, by=by, at=AT)

    assert Ride.objects.get(run__plan=version, passenger=osian).home == new
    assert publishing.prove_plan(version).holds


@pytest.mark.slow
def test_an_option_that_would_move_somebody_locked_is_not_shown() -> None:
    make_fleet(3)
    make_travellers(3)
    by = make_manager()
    plan = make_published(by, direction="TO")
    for ride in Ride.objects.filter(run__plan=plan).select_related("run__plan"):
        plan_moves.lock_ride(ride, locked=True, by=by, at=AT)
    options = asked_for(plan, by).options

    assert all(each["moved"] == [] for each in options)


def test_only_a_published_plan_is_brought_up_to_date_and_not_for_days_gone_by() -> None:
    make_fleet(1)
    make_travellers(1)
    by = make_manager()
    plan = make_published(by, direction="TO")

    with pytest.raises(plan_refusals.RunsInThePast):
        mendings.ask_for_mending(
            plan, because="Ill", from_on=FRIDAY, until_on=FRIDAY, by=by, at=AT, today=MONDAY
        )
    publishing.withdraw_plan(plan, because="A mistake", by=by, at=AT, today=FRIDAY)
    plan.refresh_from_db()
    with pytest.raises(plan_refusals.NotInForce):
        mendings.ask_for_mending(
            plan, because="Ill", from_on=MONDAY, until_on=MONDAY, by=by, at=AT, today=FRIDAY
        )


def test_options_stand_side_by_side_and_one_is_taken_on_the_page(client: Client) -> None:
    make_fleet(1)
    (osian,) = make_travellers(1)
    by = make_manager()
    client.force_login(by)
    plan = make_published(by, direction="TO", from_on=dt.date(2027, 1, 11))
    sent = {"because": "Snow", "from_on": "18/01/2027", "until_on": "18/01/2027"}
    assert client.post(reverse("mend_run_plan", args=[plan.pk]), sent).status_code == 302
    mending = Mending.objects.get()
    address = reverse("mending", args=[mending.pk])
    assert "The planner looks for options…" in client.get(address).content.decode()

    half = PlanHalf.objects.get(plan=plan)
    MendingOption.objects.create(mending=mending, number=1, direction="TO", case=half.case, said=half.said)
    shown = {"cost": 40.0, "without": 0, "moved": [[osian.pk, "TO", "M1", "M2", "added"]],
             "shifted": [[osian.pk, "TO", 7]]}  # fmt: skip
    Mending.objects.update(making=RunPlan.DONE, options=[shown])
    said = client.get(address).content.decode()
    assert "M1 → M2" in said
    assert "7 minutes later" in said
    client.post(reverse("accept_mending", args=[mending.pk]), {"option": "1"})
    assert RunPlan.objects.get(version_of=plan).state == RunPlan.DRAFT


def test_an_option_that_was_taken_is_taken_back_until_it_is_published(client: Client) -> None:
    by = make_manager()
    make_fleet(2)
    make_travellers(2)
    plan = make_published(by)
    mending = asked_for(plan, by)
    version = accept_option(mending, 1, by=by, at=AT)
    client.force_login(by)
    client.post(reverse("take_back_mending", args=[mending.pk]))
    version.refresh_from_db()
    mending.refresh_from_db()
    assert (version.state, mending.accepted) == (RunPlan.WITHDRAWN, None)
    again = accept_option(mending, 1, by=by, at=AT)
    publishing.publish_plan(again, by=by, at=AT, today=FRIDAY)
    mending.refresh_from_db()
    with pytest.raises(plan_refusals.OptionPublished):
        mendings.take_back_option(mending, by=by, at=AT)
