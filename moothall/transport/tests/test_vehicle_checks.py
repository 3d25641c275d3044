"""A vehicle is looked over before its first run of the day; what is critical keeps it in."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.packs import Pack, Progress, find_pack, read_about
from moothall.people.models import Account
from moothall.people.tests.make import AT
from moothall.transport.models import CheckItem, Defect, Duty, OffRoad, PlanningFigure, Press, VehicleCheck
from moothall.transport.rules import day_refusals as refusals
from moothall.transport.rules.board import board_of
from moothall.transport.rules.day_pack import load_part
from moothall.transport.rules.vehicle_checks import mend, take_back_check

from .make import MONDAY, make_manager, make_user
from .make_crews import make_duty, make_going
from .make_day import clock, make_checked_run, make_day_figures, press

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def check(duty: Duty, *, by: Account, at: str = "06:50", **wrong: str) -> Press:
    """Fine but for what is said to be wrong."""
    answers: dict[str, Any] = {}
    for item in CheckItem.objects.all():
        answers[f"item-{item.pk}"] = "NOT_FINE" if item.key in wrong else "FINE"
        answers[f"words-{item.pk}"] = wrong.get(item.key, "")
    return press(duty, "CHECK", by=by, at=at, **answers)


def alarm(at: str) -> list[str]:
    return [row.alarm for row in board_of(MONDAY, "TO", clock(at)).rows]


def test_a_run_that_has_begun_without_a_check_is_in_alarm() -> None:
    duty, driver, _escort = make_checked_run()
    assert alarm("06:59") == [""]
    assert alarm("07:00") == ["Its first-use check has not been done."]
    assert check(duty, by=driver).found == Press.COUNTED
    assert alarm("07:00") == [""]


def test_a_critical_defect_takes_the_vehicle_off_the_road_at_once() -> None:
    duty, driver, _escort = make_checked_run()
    check(duty, by=driver, tyres="Nail in the left front one")
    assert duty.vehicle is not None
    assert alarm("07:00") == [f"{duty.vehicle} is off the road."]
    defect = Defect.objects.get()
    assert (defect.critical, defect.deadline_on) == (True, MONDAY)
    mend(defect, how="New tyre", by=make_user(), at=AT)
    assert alarm("07:00") == [""]


def test_what_does_not_stop_it_has_an_owner_and_a_deadline() -> None:
    make_day_figures()
    duty, driver, _escort = make_checked_run()
    make_manager()
    check(duty, by=driver, clean="Mud")
    defect = Defect.objects.get()
    assert (defect.critical, defect.deadline_on) == (False, MONDAY + 7 * DAY)
    assert defect.owner is not None
    assert not OffRoad.objects.exists()


def test_both_of_a_crew_check_and_it_counts_once() -> None:
    duty, driver, escort = make_checked_run()
    assert check(duty, by=driver).found == Press.COUNTED
    assert check(duty, by=escort, tyres="Flat").found == Press.SAME
    assert VehicleCheck.objects.get().by == driver


def test_the_second_run_of_the_day_asks_no_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    duty, driver, _escort = make_checked_run()
    member = duty.mannings.get(role="driver").member
    later = make_going(duty.run.depot, leaves_at=dt.time(14), back_at=dt.time(15, 30))
    second = make_duty(later, member)
    Duty.objects.filter(pk=second.pk).update(vehicle=duty.vehicle)
    monkeypatch.setattr("moothall.transport.views.phone.today", lambda: MONDAY)
    client.force_login(driver)
    address = reverse("phone_run", args=[second.pk])
    assert "Check the vehicle first" in client.get(address).content.decode()
    check(duty, by=driver)
    assert "Vehicle checked" in client.get(address).content.decode()


@pytest.mark.parametrize("answers", [{}, {"tyres": ""}])
def test_a_check_with_a_gap_is_kept_raw_and_does_not_count(answers: dict[str, str]) -> None:
    duty, driver, _escort = make_checked_run()
    made = check(duty, by=driver, **answers) if answers else press(duty, "CHECK", by=driver, at="06:50")
    assert made.found == Press.UNCLEAR
    assert not VehicleCheck.objects.exists()


def test_a_check_taken_back_is_to_be_done_again() -> None:
    duty, driver, _escort = make_checked_run()
    check(duty, by=driver, tyres="Flat")
    made = VehicleCheck.objects.get()
    take_back_check(made, because="Another vehicle", by=make_manager(), at=AT)
    assert alarm("07:00") == ["Its first-use check has not been done."]
    with pytest.raises(refusals.CheckIsOver):
        take_back_check(made, because="Another vehicle", by=make_manager(), at=AT)
    assert not Defect.objects.open().exists()
    assert check(duty, by=driver).found == Press.COUNTED


def test_the_desk_sees_the_history_and_has_things_mended(client: Client) -> None:
    duty, driver, _escort = make_checked_run()
    check(duty, by=driver, clean="Mud", tyres="Flat")
    manager = make_manager()
    client.force_login(manager)
    assert str(duty.vehicle) in client.get(reverse("vehicle_checks")).content.decode()
    page = client.get(reverse("vehicle_check", args=[VehicleCheck.objects.get().pk])).content.decode()
    assert "Mud" in page
    mud = Defect.objects.get(words="Mud")
    given = {"owner": manager.pk, "deadline_on": "3/12/2026"}
    assert client.post(reverse("give_defect", args=[mud.pk]), given).status_code == 302
    assert "Mud" in client.get(reverse("defects")).content.decode()
    assert client.post(reverse("mend_defect", args=[mud.pk]), {"how": "Washed"}).status_code == 302
    mud.refresh_from_db()
    assert (mud.owner, mud.deadline_on, mud.mended_how) == (manager, dt.date(2026, 12, 3), "Washed")
    assert client.post(reverse("mend_defect", args=[mud.pk]), {"how": "Washed"}).status_code == 422
    client.post(reverse("defect_not_mended", args=[mud.pk]))
    mud.refresh_from_db()
    assert mud.mended_at is None
    back = reverse("take_back_vehicle_check", args=[VehicleCheck.objects.get().pk])
    assert client.post(back, {"because": "Another vehicle"}).status_code == 302


def test_what_is_looked_at_names_its_source_and_is_confirmed(client: Client) -> None:
    make_checked_run()
    item = CheckItem.objects.get(key="tyres")
    client.force_login(make_manager())
    assert "Not confirmed" in client.get(reverse("check_items")).content.decode()
    client.post(reverse("confirm_check_item", args=[item.pk]))
    item.refresh_from_db()
    assert item.confirmed


def test_the_pack_brings_what_is_looked_at_once() -> None:
    folder = find_pack("passenger-transport")
    pack = Pack("passenger-transport", folder, read_about(folder), AT, demo=True, scale=0)
    for _again in range(2):
        load_part(pack, Progress())
    assert CheckItem.objects.filter(critical=True).exists()
    assert not CheckItem.objects.filter(name_cy="").exists()
    assert {"told-late", "no-shows", "no-show-days", "mend-days"} <= PlanningFigure.objects.on(MONDAY).keys()


def test_the_pages_ask_as_often_for_many_as_for_few(client: Client) -> None:
    duty, driver, _escort = make_checked_run()
    check(duty, by=driver, clean="Mud", tyres="Flat")
    client.force_login(make_user())
    pages = [reverse("vehicle_checks"), reverse("defects"), reverse("check_items")]

    def asked() -> list[int]:
        found: list[Any] = []
        for page in pages:
            with CaptureQueriesContext(connection) as counted:
                assert client.get(page).status_code == 200
            found.append(len(counted))
        return found

    asked()
    few = asked()
    member = duty.mannings.get(role="driver").member
    for ahead in range(1, 4):
        day = make_duty(duty.run, member, day=MONDAY + DAY * ahead)
        Duty.objects.filter(pk=day.pk).update(vehicle=duty.vehicle)
        check(
            Duty.objects.select_related("run", "vehicle").get(pk=day.pk), by=driver, clean="Mud", tyres="Flat"
        )
    assert asked() == few
