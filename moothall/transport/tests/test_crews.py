"""Weeks of crews made from rows and kept as duties; the board, cover, and what crews see themselves."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.aside import StillAtIt, aside
from moothall.core.clock import LONDON
from moothall.core.packs import Pack, Progress, find_pack, read_about
from moothall.credentials.tests.make import make_credential, make_kind
from moothall.people.tests.make import AT
from moothall.transport.models import Cover, CrewNeed, CrewWeek, Duty, HoursRule, Manning, StandBy
from moothall.transport.models.crew import DRIVER, ESCORT
from moothall.transport.planning import crew_making
from moothall.transport.planning.crew_child import WeekOrder
from moothall.transport.planning.crew_child import made as search_week
from moothall.transport.planning.crew_cover import ways_to_cover
from moothall.transport.planning.crew_making import make_week
from moothall.transport.rules import crew_refusals as refusals
from moothall.transport.rules import crew_weeks
from moothall.transport.rules.board import board_of
from moothall.transport.rules.covering import apply_cover, take_back_cover
from moothall.transport.rules.crew_pack import load_part
from moothall.transport.rules.crews import leave_crew
from moothall.workforce import away

from .make import MONDAY, make_manager, make_user
from .make_crews import (
    make_crew_need,
    make_depot,
    make_duty,
    make_going,
    make_hours,
    make_member,
    make_run_plan,
)
from .make_runs import make_vehicle

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


class InThisProcess:
    """Stands for the process of its own: the same work, here."""

    def __init__(self, order: WeekOrder, _target: Any) -> None:
        self.order = order

    def __enter__(self) -> "InThisProcess":
        return self

    def __exit__(self, *_problem: Any) -> None:
        pass

    def hear(self, _seconds: float) -> tuple[str, Any]:
        return "MADE", search_week(self.order)


@pytest.fixture(autouse=True)
def _without_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew_making, "Child", InThisProcess)


def ask(**changes: Any) -> CrewWeek:
    given: dict[str, Any] = {
        "first_on": MONDAY, "seconds": 60, "standby_drivers": 0, "standby_escorts": 0,
        "by": make_manager(), "at": AT, "today": MONDAY - DAY,
    }  # fmt: skip
    return crew_weeks.ask_for_week(**given | changes)


def made(week: CrewWeek, today: dt.date = MONDAY - DAY) -> CrewWeek:
    make_week(week.pk, clock=lambda: AT, today=today, rounds=2)
    week.refresh_from_db()
    return week


def gone(monkeypatch: pytest.MonkeyPatch, *employments: int, day: dt.date = MONDAY) -> None:
    """These are away on that day, and nobody else."""

    def source(ids: Any, first: dt.date, last: dt.date) -> list[away.Away]:
        those = [each for each in employments if each in ids and first <= day <= last]
        return [away.Away(each, day, day, away.SICK) for each in those]

    monkeypatch.setattr(away, "_sources", [source])


def test_a_week_is_manned_kept_and_explained() -> None:
    make_hours()
    yard = make_depot()
    run = make_going(yard, escorts=1)
    driver, escort = make_member(yard), make_member(yard, ESCORT, name="Tomos Quaye")
    make_vehicle(kind=run.kind, depot=yard)
    week = made(ask())
    assert (week.state, week.problem) == (CrewWeek.DONE, "")
    assert Duty.objects.count() == 5
    assert set(Manning.objects.values_list("role", "member")) == {(DRIVER, driver.pk), (ESCORT, escort.pk)}
    assert week.figures["runs_unmanned"] == 0
    assert board_of(MONDAY, "TO").in_alarm == 0


def test_a_place_left_over_says_why_of_everybody() -> None:
    make_hours()
    yard, kind = make_depot(), make_kind(name="Licence D1")
    make_going(yard)
    make_crew_need(kind)
    member = make_member(yard)
    week = made(ask())
    place = Manning.objects.first()
    assert place is not None
    assert (place.member, place.reason) == (None, "papers:1")
    assert week.unmanned[0]["people"] == [{"person": str(member), "rule": "papers", "about": "Licence D1"}]
    make_credential(member.employment.person, kind=kind)
    made(ask())
    assert not Manning.objects.filter(member=None).exists()


def test_leave_and_illness_flow_in(monkeypatch: pytest.MonkeyPatch) -> None:
    make_hours()
    yard = make_depot()
    make_going(yard)
    ill, well = make_member(yard), make_member(yard, name="Tomos Quaye")
    gone(monkeypatch, ill.employment_id)
    made(ask())
    assert Manning.objects.get(duty__day=MONDAY).member == well


def test_stand_by_is_kept_and_days_that_are_over_stay() -> None:
    make_hours()
    yard = make_depot()
    run = make_going(yard)
    driver, other = make_member(yard), make_member(yard, name="Tomos Quaye")
    before = make_duty(run, driver)
    made(ask(standby_drivers=1, today=MONDAY + DAY), today=MONDAY + DAY)
    assert Duty.objects.filter(pk=before.pk, mannings__member=driver).exists()
    assert StandBy.objects.count() == 4
    assert {row.member for row in StandBy.objects.all()} <= {driver, other}


@pytest.mark.parametrize(
    ("missing", "told"), [("hours", "No hours"), ("crew", "Nobody drives"), ("runs", "No run goes")]
)
def test_a_week_without_something_says_what(missing: str, told: str) -> None:
    yard = make_depot()
    if missing != "hours":
        make_hours()
    if missing != "crew":
        make_member(yard)
    if missing != "runs":
        make_going(yard)
    week = made(ask())
    assert week.state == CrewWeek.FAILED
    assert week.problem.startswith(told)


def test_a_week_that_is_over_or_a_second_one_is_refused() -> None:
    with pytest.raises(refusals.WeekIsOver):
        ask(today=MONDAY + 7 * DAY)
    ask()
    with pytest.raises(refusals.WeekBeingMade):
        ask()


def test_a_week_that_waits_can_be_stopped() -> None:
    week, by = ask(), make_manager()
    crew_weeks.ask_to_stop(week, by=by, at=AT)
    assert made(week).state == CrewWeek.BROKEN
    with pytest.raises(refusals.WeekNotBusy):
        crew_weeks.ask_to_stop(week, by=by, at=AT)


@pytest.mark.django_db(transaction=True)
def test_the_database_keeps_everybody_from_being_in_two_places() -> None:
    yard = make_depot()
    member = make_member(yard)
    make_duty(make_going(yard), member)
    run = make_going(yard)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_duty(run, member)


def test_the_board_is_in_alarm_when_somebody_does_not_come(monkeypatch: pytest.MonkeyPatch) -> None:
    yard = make_depot()
    ill = make_member(yard)
    make_duty(make_going(yard), ill)
    assert board_of(MONDAY, "TO").in_alarm == 0
    gone(monkeypatch, ill.employment_id)
    [row] = board_of(MONDAY, "TO").rows
    assert [post.alarm for post in row.posts] == ["Does not come today."]


def test_the_board_is_in_alarm_when_a_licence_has_run_out_or_somebody_left() -> None:
    yard, kind = make_depot(), make_kind(name="Licence D1")
    make_crew_need(kind)
    lapsed, left = make_member(yard), make_member(yard, name="Tomos Quaye")
    make_credential(lapsed.employment.person, kind=kind, expires_on=MONDAY - DAY)
    make_duty(make_going(yard), lapsed)
    make_duty(make_going(yard), left)
    leave_crew(left, by=make_manager(), at=AT, today=MONDAY - DAY)
    alarms = {post.alarm for row in board_of(MONDAY, "TO").rows for post in row.posts}
    assert alarms == {"Has no valid Licence D1.", "Does not come today."}


def test_a_run_that_nobody_has_planned_is_in_alarm() -> None:
    make_going(make_depot())
    [row] = board_of(MONDAY, "TO").rows
    assert row.alarm == "Not manned yet: man the week."


def covered(monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any, Any]:
    """Ill Ines has a run; Tomos is on stand-by; Siân is at home."""
    make_hours()
    yard = make_depot()
    ill = make_member(yard)
    by, home = make_member(yard, name="Tomos Quaye"), make_member(yard, name="Siân Adeyemi")
    make_duty(make_going(yard), ill)
    StandBy.objects.create(
        day=MONDAY, direction="TO", depot=yard, role=DRIVER, member=by,
        begins_at=dt.datetime.combine(MONDAY, dt.time(6, 30), tzinfo=LONDON),
        ends_at=dt.datetime.combine(MONDAY, dt.time(9), tzinfo=LONDON),
    )  # fmt: skip
    gone(monkeypatch, ill.employment_id)
    return ill, by, home


def test_stand_by_covers_whoever_is_ill_and_it_can_be_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    ill, by, _home = covered(monkeypatch)
    way, manager = ways_to_cover(MONDAY)[0], make_manager()
    cover = apply_cover(day=MONDAY, name=way.name, changes=way.changes, by=manager, at=AT)
    assert Manning.objects.get().member == by
    assert StandBy.objects.get().called_out
    assert board_of(MONDAY, "TO").in_alarm == 0
    take_back_cover(cover, by=manager, at=AT)
    assert Manning.objects.get().member == ill
    assert not StandBy.objects.get().called_out
    with pytest.raises(refusals.CoverIsOver):
        take_back_cover(cover, by=manager, at=AT)


def test_where_nobody_can_cover_it_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_hours()
    yard = make_depot()
    ill = make_member(yard)
    make_duty(make_going(yard), ill)
    gone(monkeypatch, ill.employment_id)
    client.force_login(make_manager())
    day = MONDAY.isoformat()
    shown = client.get(reverse("crew_cover", args=[day])).content.decode()
    assert "Of 1 person: 1 away." in shown
    assert "Do this" not in shown
    assert client.post(reverse("cover_day", args=[day])).status_code == 409
    assert Manning.objects.get().member == ill


def test_the_board_waits_for_no_planner(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """While options are worked out aside the page says so; a press leads there and does nothing yet."""

    def waits(*_given: Any, **_named: Any) -> None:
        raise StillAtIt

    ill, _by, _home = covered(monkeypatch)
    monkeypatch.setattr(aside, "ask", waits)
    client.force_login(make_manager())
    day = MONDAY.isoformat()
    shown = client.get(reverse("crew_cover", args=[day])).content.decode()
    assert "being worked out" in shown
    assert f'hx-get="{reverse("crew_cover", args=[day])}?asked=' in shown
    sent = client.post(reverse("cover_day", args=[day]))
    assert sent["Location"].startswith(reverse("crew_cover", args=[day]) + "?asked=")
    assert Manning.objects.get().member == ill


def test_an_option_that_does_not_hold_any_more_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _ill, _by, home = covered(monkeypatch)
    [way] = ways_to_cover(MONDAY)[:1]
    Manning.objects.update(member=home)
    with pytest.raises(refusals.OptionIsGone):
        apply_cover(day=MONDAY, name=way.name, changes=way.changes, by=make_manager(), at=AT)


def test_a_cover_is_not_taken_back_where_places_changed_hands_since(monkeypatch: pytest.MonkeyPatch) -> None:
    _ill, _by, home = covered(monkeypatch)
    way, manager = ways_to_cover(MONDAY)[0], make_manager()
    cover = apply_cover(day=MONDAY, name=way.name, changes=way.changes, by=manager, at=AT)
    Manning.objects.update(member=home)
    with pytest.raises(refusals.CoverIsOver):
        take_back_cover(cover, by=manager, at=AT)


def test_the_board_covers_with_one_press_and_shows_the_options(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ill, by, _home = covered(monkeypatch)
    client.force_login(make_manager())
    day = MONDAY.isoformat()
    page = client.get(reverse("crew_board"), {"day": day}).content.decode()
    assert "Cover with the least change" in page
    shown = client.get(reverse("crew_cover", args=[day])).content.decode()
    assert "Tomos Quaye" in shown
    answer = client.post(reverse("cover_day", args=[day]), follow=True)
    assert "The day is covered." in answer.content.decode()
    assert Manning.objects.get().member == by
    client.post(reverse("undo_cover", args=[Cover.objects.get().pk]))
    assert Manning.objects.get().member != by


def test_a_week_is_asked_for_and_followed_on_its_page(client: Client) -> None:
    make_hours()
    client.force_login(make_manager())
    page = client.get(reverse("man_week"))
    first = page.context["form"].fields["first_on"].choices[1][0]
    sent = {"first_on": first, "seconds": "20", "standby_drivers": "1", "standby_escorts": "0"}
    answer = client.post(reverse("man_week"), sent, follow=True)
    assert "Waiting" in answer.content.decode()
    assert client.get(reverse("crews")).status_code == 200


def queries(client: Client, address: str, **asked: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address, asked).status_code == 200
    return len(counted)


def test_the_pages_ask_as_often_for_many_runs_as_for_few(client: Client) -> None:
    yard = make_depot()
    make_run_plan()
    make_duty(make_going(yard, escorts=1), make_member(yard), make_member(yard, ESCORT))
    client.force_login(make_user())
    pages = [(reverse("crew_board"), {"day": MONDAY.isoformat()}), (reverse("crews"), {})]
    for address, asked in pages:
        client.get(address, asked)
    few = [queries(client, address, **asked) for address, asked in pages]
    for _ in range(4):
        make_duty(make_going(yard, escorts=1), make_member(yard), make_member(yard, ESCORT))
    assert [queries(client, address, **asked) for address, asked in pages] == few


def test_something_is_asked_of_crews_and_asked_no_more(client: Client) -> None:
    paper, member = make_kind(name="Licence D1"), make_member(make_depot())
    make_duty(make_going(member.depot), member)
    client.force_login(make_manager())
    sent = {"role": DRIVER, "credential": paper.pk, "from_on": "1/9/2026"}
    assert client.post(reverse("ask_of_crews"), sent).status_code == 302
    assert board_of(MONDAY, "TO").in_alarm == 1
    assert "Licence D1" in client.get(reverse("crews")).content.decode()
    need = CrewNeed.objects.get()
    client.post(reverse("ask_no_more", args=[need.pk]))
    assert board_of(MONDAY, "TO").in_alarm == 0
    assert client.post(reverse("ask_no_more", args=[need.pk])).status_code == 409


def test_the_pack_brings_the_hours_of_both_roles_once() -> None:
    folder = find_pack("passenger-transport")
    pack = Pack("passenger-transport", folder, read_about(folder), AT, demo=True, scale=0)
    for _again in range(2):
        load_part(pack, Progress())
    rows = {row.role: row for row in HoursRule.objects.all()}
    assert (rows[DRIVER].driving_a_day, rows[ESCORT].rest) == (600, 660)
