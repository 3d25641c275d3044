"""The phone page of a crew: their own run of today, pressed on once, also when it comes late or twice."""

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.people.models import Account
from moothall.people.rules.cautions import protect_address
from moothall.people.tests.make import AT, make_account
from moothall.transport.models import Manning, Passing, Press
from moothall.transport.rules import day_refusals as refusals
from moothall.transport.rules.board import board_of
from moothall.transport.rules.passing import look_at_press, take_press, unlook_at_press

from .make import MONDAY, make_passenger, make_user
from .make_crews import make_depot, make_duty, make_going, make_member
from .make_day import clock, join_run, make_run_of_day, press, rides_of, said

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def on_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is ten to eight on Monday."""
    for place in ("views.phone", "views.board"):
        monkeypatch.setattr(f"moothall.transport.{place}.today", lambda: MONDAY)
        monkeypatch.setattr(f"moothall.transport.{place}.now", lambda: clock("07:50"))


def shown(client: Client, by: Account, duty: Any) -> str:
    client.force_login(by)
    return client.get(reverse("phone_run", args=[duty.pk])).content.decode()


def test_the_page_shows_stops_names_and_needs_in_order(client: Client, on_monday: None) -> None:
    duty, driver, _escort = make_run_of_day()
    page = shown(client, driver, duty)
    places = [page.index(words) for words in ("07:20", "Osian Bello", "07:25", "Maryam1 Qureshi", "08:10")]
    assert places == sorted(places)
    assert "On board" in page
    assert reverse("phone_run", args=[duty.pk]) in client.get(reverse("my_runs")).content.decode()


def test_a_protected_address_is_not_on_it(client: Client, on_monday: None) -> None:
    duty, driver, _escort = make_run_of_day()
    passenger = rides_of(duty)[0].passenger
    protect_address(passenger.person, reason="At risk", by=make_account("people.caution"), at=AT)
    page = shown(client, driver, duty)
    assert "Ask the office for the address." in page
    assert page.count("2 Quillon Row") == 1  # the other home alone


def test_any_other_run_or_day_does_not_exist(client: Client, on_monday: None) -> None:
    duty, driver, _escort = make_run_of_day()
    yard = make_depot()
    theirs = make_duty(make_going(yard), make_member(yard, name="Tomos Quaye"))
    tomorrow = make_duty(duty.run, Manning.objects.filter(duty=duty)[0].member, day=MONDAY + DAY)
    client.force_login(driver)
    for other in (theirs.pk, tomorrow.pk, 999_999_999):
        assert client.get(reverse("phone_run", args=[other])).status_code == 404
    client.force_login(make_account())
    assert client.get(reverse("phone_run", args=[duty.pk])).status_code == 404
    assert client.post(reverse("press_on_run"), said(duty, "ARRIVED")).status_code == 404


def test_a_press_by_a_plain_form_is_shown_and_can_be_taken_back(client: Client, on_monday: None) -> None:
    duty, driver, _escort = make_run_of_day()
    ride = rides_of(duty)[0]
    client.force_login(driver)
    answer = client.post(reverse("press_on_run"), said(duty, "ABOARD", ride), follow=True)
    assert "On board 07:50" in answer.content.decode()
    again = client.post(reverse("press_on_run"), said(duty, "BACK", ride), follow=True)
    assert "On board 07:50" not in again.content.decode()
    assert Passing.objects.get().undone_by == driver


def test_the_same_press_sent_twice_is_one() -> None:
    duty, driver, _escort = make_run_of_day()
    sent = said(duty, "ABOARD", rides_of(duty)[0], at=clock("07:21"))
    first = take_press(sent, by=driver, at=clock("07:21"))
    assert take_press(sent, by=driver, at=clock("07:40")) == first
    assert (Press.objects.count(), Passing.objects.count()) == (1, 1)


def test_two_of_a_crew_who_press_the_same_say_it_once() -> None:
    duty, driver, escort = make_run_of_day()
    ride = rides_of(duty)[0]
    assert press(duty, "ABOARD", ride, by=driver, at="07:21").found == Press.COUNTED
    assert press(duty, "ABOARD", ride, by=escort, at="07:22").found == Press.SAME
    assert press(duty, "ABSENT", ride, by=escort, at="07:23").found == Press.OTHERWISE
    assert Passing.objects.get().by == driver
    assert [each.found for each in Press.objects.to_look_at()] == [Press.OTHERWISE]


def test_a_press_that_comes_late_keeps_its_own_time() -> None:
    duty, driver, _escort = make_run_of_day()
    sent = said(duty, "ABOARD", rides_of(duty)[0], at=clock("07:21"))
    made = take_press(sent, by=driver, at=clock("09:30"))
    assert (made.pressed_at, made.received_at) == (clock("07:21"), clock("09:30"))
    assert Passing.objects.get().at == clock("07:21")
    assert Passing.objects.get().minutes_late == 1


def test_a_phone_whose_clock_is_ahead_is_not_believed() -> None:
    duty, driver, _escort = make_run_of_day()
    sent = said(duty, "ABOARD", rides_of(duty)[0], at=clock("11:00"))
    assert take_press(sent, by=driver, at=clock("07:21")).pressed_at == clock("07:21")


def test_a_press_on_a_run_no_longer_theirs_is_kept_raw_for_the_desk(client: Client) -> None:
    duty, driver, _escort = make_run_of_day()
    ride = rides_of(duty)[0]
    Manning.objects.filter(duty=duty, role="driver").update(member=None, reason="busy:1")
    made = press(duty, "ABOARD", ride, by=driver, at="07:21")
    assert made.found == Press.NOT_THEIRS
    assert made.said["passenger"] == str(ride.passenger_id)
    assert not Passing.objects.exists()
    desk = make_user()
    client.force_login(desk)
    page = client.get(reverse("odd_presses")).content.decode()
    assert "The run was not theirs any more" in page
    client.post(reverse("see_press", args=[made.pk]))
    assert not Press.objects.to_look_at().exists()
    client.post(reverse("unsee_press", args=[made.pk]))
    assert Press.objects.to_look_at().get() == made


def test_looking_twice_is_looking_once() -> None:
    duty, driver, _escort = make_run_of_day()
    made, by = press(duty, "NOTHING", by=driver, at="07:21"), make_user()
    for verb in (look_at_press, look_at_press, unlook_at_press, unlook_at_press):
        verb(made, by=by, at=AT)
    made.refresh_from_db()
    assert made.seen_at is None


@pytest.mark.parametrize(
    "changes",
    [{"what": "NOTHING"}, {"call": "999999"}, {"passenger": "999999"}, {"duty": "x"}, {"call": "9" * 40}],
)
def test_what_fits_nothing_is_kept_and_counts_for_nothing(changes: dict[str, str]) -> None:
    duty, driver, _escort = make_run_of_day()
    sent = said(duty, "ABOARD", rides_of(duty)[0], at=clock("07:21")) | changes
    assert take_press(sent, by=driver, at=clock("07:21")).found == Press.UNCLEAR
    assert not Passing.objects.exists()


def test_yesterdays_press_on_todays_run_counts_for_nothing() -> None:
    duty, driver, _escort = make_run_of_day()
    sent = said(duty, "ABOARD", rides_of(duty)[0], at=clock("07:21", MONDAY - DAY))
    assert take_press(sent, by=driver, at=clock("07:30")).found == Press.UNCLEAR


def test_a_press_without_a_key_is_refused() -> None:
    duty, driver, _escort = make_run_of_day()
    with pytest.raises(refusals.PressWithoutKey):
        press(duty, "ARRIVED", rides_of(duty)[0], by=driver, at="07:21", key="twice")


def test_nobody_gets_off_who_was_not_there(client: Client, on_monday: None) -> None:
    duty, driver, _escort = make_run_of_day(1)
    press(duty, "REFUSED", rides_of(duty)[0], by=driver, at="07:21")
    page = shown(client, driver, duty)
    assert "Would not come 07:21" in page
    assert "Not on board" in page


def test_the_board_shows_where_each_run_is_and_how_late() -> None:
    duty, driver, _escort = make_run_of_day()
    first, second = rides_of(duty)
    press(duty, "ABOARD", second, by=driver, at="07:37")
    press(duty, "ABOARD", first, by=driver, at="07:40")  # pressed later, but it is an earlier stop
    [row] = board_of(MONDAY, "TO").rows
    assert row.last is not None
    assert (row.last.call.position, row.last.minutes_late) == (2, 12)


def test_a_phone_gets_an_answer_in_a_word_and_the_worker_its_script(client: Client) -> None:
    duty, driver, _escort = make_run_of_day()
    client.force_login(driver)
    answer = client.post(reverse("press_on_run"), said(duty, "NOTHING"), headers={"X-Press": "1"})
    assert answer.json() == {"found": "UNCLEAR"}
    worker = client.get(reverse("phone_worker"))
    assert worker["Content-Type"].startswith("text/javascript")
    assert "default-src 'self'" in worker["Content-Security-Policy"]


def test_the_page_asks_as_often_for_many_passengers_as_for_few(client: Client, on_monday: None) -> None:
    duty, driver, _escort = make_run_of_day(2)
    shown(client, driver, duty)

    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            shown(client, driver, duty)
        return len(counted)

    few = asked()
    for number in range(4):
        join_run(duty.run, make_passenger(name=f"Ade{number} Quaye"), 40 + number)
    assert asked() == few


def test_our_scripts_of_the_phone_stay_short() -> None:
    static = Path(__file__).resolve().parents[2] / "core" / "static"
    lines = [len((static / name).read_text().splitlines()) for name in ("phone.js", "phone-worker.js")]
    assert sum(lines) < 150


def test_a_key_is_made_anew_each_time_the_page_is_shown(client: Client, on_monday: None) -> None:
    duty, driver, _escort = make_run_of_day()
    page = shown(client, driver, duty)
    keys = [part.split('"')[0] for part in page.split('name="key" value="')[1:]]
    assert len(keys) == len({uuid.UUID(key) for key in keys}) > 3
