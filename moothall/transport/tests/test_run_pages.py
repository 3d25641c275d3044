"""Pages of plans of runs: list, plan with board and map, one run, moving, publishing, vehicles."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.people.models import Account, ProtectedAddress
from moothall.people.rules.cautions import protect_address
from moothall.people.tests.make import AT, make_account
from moothall.transport.models import Ride, RunNotice, RunPlan, Vehicle
from moothall.transport.rules import plan_moves

from .make import MONDAY, make_manager, make_user
from .make_runs import make_asked, make_fleet, make_plan, make_published, make_travellers, run_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client) -> Callable[..., str]:
    def read(name: str, *args: object, by: Account | None = None, **query: str) -> str:
        client.force_login(by or make_manager())
        answer = client.get(reverse(name, args=args), query)
        assert answer.status_code == 200, answer.content.decode()[-2000:]
        return answer.content.decode()

    return read


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_the_list_says_what_each_plan_comes_to(page: Callable[..., str]) -> None:
    make_fleet(2)
    make_travellers(2)
    plan = make_plan()

    assert plan.name in page("run_plans")


def test_the_plan_shows_board_and_map_and_says_what_its_times_stand_on(page: Callable[..., str]) -> None:
    make_fleet(2)
    make_travellers(3)
    plan = make_plan()
    shown = page("run_plan", plan.pk)

    assert "No streets were used" in shown
    assert "No vehicle is left." in shown
    assert all(each in shown for each in (">M1</a>", ">M2</a>", "mh-map__run"))
    assert ">A1</a>" in page("run_plan", plan.pk, way="FROM")


def test_a_protected_home_is_on_no_map_and_its_address_on_no_run(page: Callable[..., str]) -> None:
    make_fleet(2)
    osian, _other = make_travellers(2)
    protect_address(osian.person, reason="Asked for", by=make_account("people.caution"), at=AT)
    plan = make_plan()

    assert ProtectedAddress.objects.exists()
    assert "1 call is at a protected address and not drawn." in page("run_plan", plan.pk)
    shown = page("run", run_of(plan, osian).pk)
    assert "The address is protected." in shown
    assert "Quillon Row" not in shown


def test_one_run_shows_its_calls_in_order_with_who_gets_on_and_off(page: Callable[..., str]) -> None:
    make_fleet(1)
    (osian,) = make_travellers(1)
    plan = make_plan()
    shown = page("run", run_of(plan, osian).pk, by=make_user())

    assert shown.index("on:") < shown.index("off:")
    assert "at most 75 minutes" in shown


def test_whoever_only_sees_transport_cannot_change_a_plan(client: Client) -> None:
    make_fleet(1)
    (osian,) = make_travellers(1)
    plan = make_plan()
    client.force_login(make_user())

    assert "Publish" not in client.get(reverse("run_plan", args=[plan.pk])).content.decode()
    assert client.post(reverse("lock_run", args=[run_of(plan, osian).pk])).status_code == 403


def test_a_plan_is_asked_for_on_a_page_and_can_be_stopped(client: Client) -> None:
    client.force_login(make_manager())
    sent = {
        "name": "Winter", "direction": "BOTH", "weekdays": ["0", "1"], "from_on": "04/01/2027",
        "seconds": "10",
    }  # fmt: skip
    assert client.post(reverse("ask_for_run_plan"), sent).status_code == 302
    plan = RunPlan.objects.get()

    assert "It waits for a worker." in client.get(reverse("run_plan", args=[plan.pk])).content.decode()
    client.post(reverse("stop_run_plan", args=[plan.pk]))
    assert RunPlan.objects.get().making == RunPlan.BROKEN


def test_a_plan_is_published_on_a_page_after_everybody_has_somebody(client: Client) -> None:
    by = make_manager()
    client.force_login(by)
    make_fleet(1)
    make_travellers(2)
    plan = make_plan(direction="TO", from_on=dt.date(2027, 1, 11))
    address = reverse("publish_run_plan", args=[plan.pk])

    assert "It cannot be published yet" in client.get(address).content.decode()
    client.post(reverse("own_run_plan", args=[plan.pk]), {"owner": by.pk})
    assert "Everybody is accounted for" in client.get(address).content.decode()
    client.post(address)
    assert RunPlan.objects.get().state == RunPlan.PUBLISHED
    assert "M1" in client.get(reverse("run_plan_notices", args=[plan.pk])).content.decode()


def test_whoever_has_no_address_is_rung_and_that_is_kept(client: Client) -> None:
    by = make_manager()
    client.force_login(by)
    make_fleet(1)
    make_travellers(1)
    make_published(by)
    notice = RunNotice.objects.get()
    RunNotice.objects.update(by_telephone=True)
    client.post(reverse("ring_family", args=[notice.pk]))
    notice.refresh_from_db()

    assert notice.told_by == by


def test_plans_are_compared_side_by_side(page: Callable[..., str]) -> None:
    make_fleet(3)
    make_travellers(2)
    first, second = make_plan(), make_plan(direction="TO")
    shown = page("compare_run_plans")

    assert shown.count(reverse("run_plan", args=[first.pk])) == 1
    assert shown.count(reverse("run_plan", args=[second.pk])) == 1


def test_a_vehicle_is_added_taken_off_the_road_and_put_back(client: Client) -> None:
    client.force_login(make_manager())
    (first,) = make_fleet(1)
    sent = {"registration": "mh 12 xyz", "kind": first.kind_id, "depot": first.depot_id, "fuel": "PETROL"}
    client.post(reverse("add_vehicle"), sent)
    made = Vehicle.objects.get(registration="MH12XYZ")
    client.post(reverse("take_off_road", args=[made.pk]), {"from_on": "04/01/2027", "because": "Brakes"})

    assert "Brakes" in client.get(reverse("vehicle", args=[made.pk])).content.decode()
    client.post(reverse("back_on_road", args=[made.off_road.get().pk]))
    assert "It goes out every day." in client.get(reverse("vehicle", args=[made.pk])).content.decode()
    assert "MH12XYZ" in client.get(reverse("vehicles")).content.decode()
    assert "Going out once" in client.get(reverse("vehicle_prices")).content.decode()


def test_a_plan_with_many_runs_asks_no_more_than_one_with_few(client: Client) -> None:
    client.force_login(make_manager())
    make_fleet(12)
    make_travellers(2)
    few = make_plan()
    make_travellers(9)
    many = make_plan()
    few_asked = queries(client, reverse("run_plan", args=[few.pk]))

    assert queries(client, reverse("run_plan", args=[many.pk])) == few_asked
    one = queries(client, reverse("run", args=[few.runs.all()[0].pk]))
    assert queries(client, reverse("run", args=[many.runs.all()[5].pk])) == one


def test_lists_of_plans_and_vehicles_ask_no_more_for_many_than_for_few(client: Client) -> None:
    client.force_login(make_manager())
    make_fleet(2)
    make_asked()
    before = [queries(client, reverse(name)) for name in ("run_plans", "vehicles")]
    make_fleet(8)
    for _each in range(6):
        make_asked()

    assert [queries(client, reverse(name)) for name in ("run_plans", "vehicles")] == before


def test_a_passenger_is_moved_after_its_effect_was_shown_and_moved_back(client: Client) -> None:
    client.force_login(make_manager())
    make_fleet(2)
    osian, nia = make_travellers(2)
    plan = make_plan(direction="TO", from_on=MONDAY)
    ride = Ride.objects.get(passenger=osian)
    address = reverse("move_ride", args=[ride.pk])
    other = run_of(plan, nia)
    shown = client.get(address, {"to": str(other.number)}).content.decode()

    assert "less a day" in shown
    assert Ride.objects.get(passenger=osian).run == ride.run
    assert client.post(address, {"to": str(other.number)}).status_code == 302
    assert run_of(plan, osian).number == other.number
    assert plan.runs.count() == 1
    client.post(reverse("undo_move_of_plan", args=[plan.pk]))
    assert run_of(plan, osian).number == ride.run.number
    assert plan.runs.count() == 2
    assert run_of(plan, nia) == other


def test_a_locked_passenger_is_not_moved(client: Client) -> None:
    by = make_manager()
    client.force_login(by)
    make_fleet(2)
    osian, nia = make_travellers(2)
    plan = make_plan(direction="TO")
    ride = Ride.objects.get(passenger=osian)
    plan_moves.lock_ride(ride, locked=True, by=by, at=AT)
    client.post(reverse("move_ride", args=[ride.pk]), {"to": str(run_of(plan, nia).number)})

    assert run_of(plan, osian).number == ride.run.number
