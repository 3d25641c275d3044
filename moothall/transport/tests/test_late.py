"""A run is late, or somebody is not there: exactly those concerned are told, once, in their language."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.cases.tests.make import make_service, make_step
from moothall.letters.models import Letter
from moothall.people.tests.make import AT
from moothall.transport.models import (
    DayMessage,
    DayNotice,
    Duty,
    Journey,
    LateRun,
    NoShowTask,
    Passing,
    Press,
)
from moothall.transport.rules import day_refusals as refusals
from moothall.transport.rules.accounting import account_for_day
from moothall.transport.rules.late import back_on_time, say_late

from .make import MONDAY, make_manager, make_passenger, make_user
from .make_crews import make_duty
from .make_day import clock, join_run, make_day_figures, make_run_of_day, press, reach, rides_of

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def make_told_run() -> tuple[Duty, Any, Any]:
    """Two families: one in Welsh by mail, one to be rung; and the school with an address."""
    make_day_figures()
    duty, driver, escort = make_run_of_day()
    first, second = (ride.passenger for ride in rides_of(duty))
    reach(first, email="teulu@post.example", language="cy")
    reach(second, phone="01632 960011")
    centre = rides_of(duty)[0].centre
    centre.email = "office@school.example"
    centre.save(update_fields=["email"])
    return duty, driver, escort


def late(duty: Duty, minutes: int, at: str = "07:10", **changes: Any) -> LateRun:
    given: dict[str, Any] = {"by": make_user(), "at": clock(at)}
    return say_late(duty.run, day=MONDAY, minutes=minutes, **given | changes)


def told() -> list[tuple[str, str]]:
    rows = DayNotice.objects.select_related("person", "centre").order_by("message", "who", "id")
    return [(row.who, row.name) for row in rows]


def test_families_school_and_crew_ahead_are_told_in_their_language() -> None:
    duty, _driver, _escort = make_told_run()
    late(duty, 20)
    assert sorted(who for who, _name in told()) == ["CENTRE", "CREW", "CREW", "FAMILY", "FAMILY"]
    welsh = Letter.objects.get(to_address="teulu@post.example")
    assert welsh.language == "cy"
    assert "07:40" in welsh.body
    assert "08:30" in Letter.objects.get(to_address="office@school.example").body
    ring = DayNotice.objects.get(who="FAMILY", by_telephone=True)
    assert (ring.phone, ring.letter) == ("01632 960011", None)


def test_whoever_is_passed_already_hears_nothing() -> None:
    duty, driver, _escort = make_told_run()
    press(duty, "ABOARD", rides_of(duty)[0], by=driver, at="07:21")
    late(duty, 20, at="07:22")
    assert [name for who, name in told() if who == "FAMILY"] == ["Maryam1 Qureshi"]


def test_they_are_told_once_a_threshold() -> None:
    duty, _driver, _escort = make_told_run()
    for minutes, messages in ((5, 0), (12, 1), (15, 1), (12, 1), (25, 2), (11, 2)):
        late(duty, minutes)
        assert DayMessage.objects.count() == messages, minutes
    assert LateRun.objects.standing().get().minutes == 11


def test_without_a_figure_nobody_is_told_by_itself() -> None:
    duty, _driver, _escort = make_run_of_day()
    late(duty, 40)
    assert not DayMessage.objects.exists()


def test_the_crew_says_it_on_the_phone_and_hears_nothing_of_itself() -> None:
    duty, driver, _escort = make_told_run()
    assert press(duty, "LATE", by=driver, at="07:05", minutes="15").found == Press.COUNTED
    assert sum(who == "CREW" for who, _name in told()) == 1
    assert press(duty, "LATE", by=driver, at="07:06", minutes="x").found == Press.UNCLEAR
    assert press(duty, "ON_TIME", by=driver, at="07:07").found == Press.COUNTED
    assert press(duty, "ON_TIME", by=driver, at="07:08").found == Press.SAME


def test_lateness_is_seen_from_what_is_pressed() -> None:
    duty, driver, _escort = make_told_run()
    first, second = rides_of(duty)
    press(duty, "ARRIVED", first, by=driver, at="07:34")
    standing = LateRun.objects.standing().get()
    assert (standing.minutes, standing.by) == (14, None)
    assert [name for who, name in told() if who == "FAMILY"] == ["Maryam1 Qureshi"]
    press(duty, "ARRIVED", second, by=driver, at="07:27")
    assert not LateRun.objects.standing().exists()


def test_a_press_that_comes_late_says_nothing_of_where_the_run_is_now() -> None:
    duty, driver, _escort = make_told_run()
    first, second = rides_of(duty)
    press(duty, "ABOARD", second, by=driver, at="07:26")
    press(duty, "ABOARD", first, by=driver, at="07:50")
    assert not LateRun.objects.exists()


def test_back_on_time_takes_back_what_has_not_left_and_tells_whoever_heard() -> None:
    duty, _driver, _escort = make_told_run()
    by = make_user()
    late(duty, 20, by=by)
    Letter.objects.filter(to_address="office@school.example").update(state=Letter.SENT, sent_at=AT)
    message = back_on_time(duty.run, day=MONDAY, by=by, at=clock("07:11"))
    assert message is not None
    assert [row.who for row in message.notices.all()] == ["CENTRE"]
    assert Letter.objects.get(to_address="teulu@post.example", state=Letter.CANCELLED)
    with pytest.raises(refusals.NotLate):
        back_on_time(duty.run, day=MONDAY, by=by, at=clock("07:12"))
    late(duty, 20)  # late again: they hear of it again
    assert DayMessage.objects.filter(kind=DayMessage.LATE).count() == 2


def test_the_desk_sees_the_list_before_anybody_is_told(client: Client) -> None:
    duty, driver, _escort = make_told_run()
    client.force_login(make_user())
    address = reverse("late_run", args=[duty.run_id, MONDAY.isoformat()])
    page = client.get(address, {"minutes": "20", "because": "Snow"})
    for words in ("5 are still ahead", "Osian Bello", "teulu@post.example", "To be rung", "Welsh"):
        assert words in page.content.decode()
    sent = {"minutes": "20", "because": "Snow", "seen": page.context["telling"].digest}
    press(duty, "ABOARD", rides_of(duty)[0], by=driver, at="07:21")
    tell = reverse("tell_late", args=[duty.run_id, MONDAY.isoformat()])
    assert client.post(tell, sent).status_code == 409  # others by now
    assert not DayMessage.objects.exists()
    sent["seen"] = client.get(address, sent).context["telling"].digest
    assert client.post(tell, sent).status_code == 302
    assert "Snow" in Letter.objects.get(to_address="office@school.example").body
    assert "20 minutes late" in client.get(address).content.decode()
    client.post(reverse("run_on_time", args=[duty.run_id, MONDAY.isoformat()]))
    assert not LateRun.objects.standing().exists()


def test_a_run_that_does_not_go_that_day_does_not_exist(client: Client) -> None:
    duty, _driver, _escort = make_told_run()
    client.force_login(make_user())
    for day in ("2026-11-29", "never"):
        assert client.get(reverse("late_run", args=[duty.run_id, day])).status_code == 404
    wrong = client.get(reverse("late_run", args=[duty.run_id, MONDAY.isoformat()]), {"minutes": "many"})
    assert wrong.status_code == 422


def test_somebody_not_there_is_marked_and_the_family_told_once() -> None:
    duty, driver, escort = make_told_run()
    ride = rides_of(duty)[0]
    account_for_day(MONDAY, by=make_manager(), at=clock("05:00"))
    press(duty, "ABSENT", ride, by=driver, at="07:21")
    press(duty, "ABSENT", ride, by=escort, at="07:22")
    letter = Letter.objects.get()
    assert (letter.to_address, letter.language) == ("teulu@post.example", "cy")
    for journey in Journey.objects.filter(passenger=ride.passenger):
        assert journey.changes.filter(because="Not there when the run came").count() == 1


def test_not_there_by_mistake_takes_the_letter_back_or_writes_again() -> None:
    duty, driver, _escort = make_told_run()
    ride = rides_of(duty)[0]
    press(duty, "ABSENT", ride, by=driver, at="07:21")
    press(duty, "BACK", ride, by=driver, at="07:22")
    assert [each.state for each in Letter.objects.all()] == [Letter.CANCELLED]
    press(duty, "ABSENT", ride, by=driver, at="07:23")
    Letter.objects.filter(state=Letter.QUEUED).update(state=Letter.SENT, sent_at=AT)
    press(duty, "BACK", ride, by=driver, at="07:24")
    assert Letter.objects.filter(state=Letter.QUEUED).count() == 1


def test_not_there_three_times_becomes_a_case_once() -> None:
    duty, driver, _escort = make_told_run()
    make_service(make_step("talk"), key="transport-no-shows")
    ride = rides_of(duty)[0]
    member = duty.mannings.get(role="driver").member
    for ahead in range(4):
        day = MONDAY + DAY * ahead
        other = duty if not ahead else make_duty(duty.run, member, day=day)
        press(other, "ABSENT", ride, by=driver, at="07:21")
        assert NoShowTask.objects.count() == (ahead >= 2)
    task = NoShowTask.objects.get()
    assert task.passenger == ride.passenger
    assert task.case.subject == ride.passenger.person


def test_nothing_of_a_press_stays_where_the_telling_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    duty, driver, _escort = make_told_run()

    def broken(*_given: Any, **_named: Any) -> None:
        raise RuntimeError("gone")

    monkeypatch.setattr("moothall.transport.rules.day_notices.append_audit", broken)
    with pytest.raises(RuntimeError):
        press(duty, "ABSENT", rides_of(duty)[0], by=driver, at="07:21")
    assert not any(rows.objects.exists() for rows in (Press, Passing, Letter))


def test_the_page_asks_as_often_for_many_as_for_few(client: Client) -> None:
    duty, _driver, _escort = make_told_run()
    client.force_login(make_user())
    address = reverse("late_run", args=[duty.run_id, MONDAY.isoformat()])
    client.get(address, {"minutes": "20"})

    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            client.get(address, {"minutes": "20"})
        return len(counted)

    few = asked()
    for number in range(4):
        join_run(duty.run, make_passenger(name=f"Ade{number} Quaye"), 40 + number)
    assert asked() == few
