"""Private hire: quoted, booked, manned with the runs of the week, on the board, covered, invoiced."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import LONDON
from moothall.credentials.tests.make import make_kind
from moothall.people.tests.make import AT
from moothall.transport.models import (
    CrewNeed,
    Depot,
    HireJob,
    KindPrice,
    Manning,
    PlanningFigure,
    VehicleKind,
)
from moothall.transport.models.crew import DRIVER, ESCORT
from moothall.transport.planning import crew_making
from moothall.transport.planning.crew_case import read_case
from moothall.transport.planning.crew_cover import ways_to_cover
from moothall.transport.rules import hire_refusals as refusals
from moothall.transport.rules import hiring
from moothall.transport.rules.board import board_of
from moothall.transport.rules.covering import apply_cover, take_back_cover
from moothall.transport.rules.fleet import add_vehicle, take_off_road
from moothall.transport.rules.run_vehicles import give_vehicles

from .make import MONDAY, make_manager, make_user
from .make_crews import make_crew_need, make_depot, make_duty, make_going, make_hours, make_member
from .make_hires import make_hire
from .test_crews import InThisProcess, ask, made

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _without_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew_making, "Child", InThisProcess)


def at_time(hours: int, minutes: int = 0, day: dt.date = MONDAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hours, minutes), tzinfo=LONDON)


def make_bus(depot: Depot, kind: VehicleKind, registration: str = "HI01RED") -> Any:
    return add_vehicle(registration=registration, kind=kind, depot=depot, by=None, at=AT)


def booked(job: HireJob) -> HireJob:
    return hiring.book_hire(job, by=make_manager(), at=AT, today=MONDAY - DAY)


def test_a_job_is_booked_with_the_first_vehicle_that_fits_and_a_place_for_each_of_its_crew() -> None:
    job = make_hire(escorts=2)
    small = VehicleKind.objects.create(key="car", name="Car", layouts=[[3, 0]])
    make_bus(job.depot, small, "HI00CAR")
    bus = make_bus(job.depot, job.kind)

    made_job = booked(job)

    assert made_job.vehicle == bus, "the car has too few seats"
    places = Manning.objects.filter(hire=job).order_by("role", "seat")
    assert [(each.role, each.seat, each.member) for each in places] == [
        (DRIVER, 0, None), (ESCORT, 0, None), (ESCORT, 1, None)
    ]  # fmt: skip


def test_wheelchairs_ask_for_bays() -> None:
    job = make_hire(people=4, in_wheelchairs=2)
    make_bus(job.depot, job.kind)
    assert hiring.vehicles_for(job) == []
    lift = VehicleKind.objects.create(key="lift", name="With a lift", layouts=[[8, 0], [4, 2]])
    bus = make_bus(job.depot, lift, "HI02LFT")
    assert hiring.vehicles_for(job) == [bus]


def test_a_vehicle_that_is_out_off_the_road_or_hired_already_is_not_offered() -> None:
    job = make_hire()
    bus = make_bus(job.depot, job.kind)
    booked(job)

    other = make_hire(depot=job.depot, begins_at=at_time(13), ends_at=at_time(16))
    assert hiring.vehicles_for(other) == [], "it goes with the first job until two"
    later = make_hire(depot=job.depot, begins_at=at_time(14), ends_at=at_time(16))
    assert hiring.vehicles_for(later) == [bus], "then it is back"
    run = make_going(job.depot, leaves_at=dt.time(14, 30), back_at=dt.time(16, 30))
    duty = make_duty(run, None)
    duty.vehicle = bus
    duty.save()
    assert bus not in hiring.vehicles_for(later), "a run has it by then"
    take_off_road(bus, from_on=MONDAY, until_on=None, because="Brakes", by=make_manager(), at=AT)
    assert bus not in hiring.vehicles_for(job)


def test_the_database_holds_that_no_vehicle_goes_with_two_jobs_at_once() -> None:
    job, other = make_hire(), make_hire()
    bus = make_bus(job.depot, job.kind)
    HireJob.objects.filter(pk=job.pk).update(state=HireJob.BOOKED, vehicle=bus)
    HireJob.objects.filter(pk=other.pk).update(state=HireJob.BOOKED, vehicle=bus)
    with pytest.raises(IntegrityError):
        connection.check_constraints()


def test_runs_do_not_get_a_vehicle_that_is_hired_out_then() -> None:
    job = make_hire(begins_at=at_time(6), ends_at=at_time(12))
    bus = booked_with(job)
    run = make_going(job.depot, kind=job.kind)
    duty = make_duty(run, None)
    duty.vehicle = None
    duty.save()
    give_vehicles(MONDAY, MONDAY)
    duty.refresh_from_db()
    assert duty.vehicle_id != bus.pk


def booked_with(job: HireJob) -> Any:
    bus = make_bus(job.depot, job.kind)
    booked(job)
    return bus


def test_a_booked_job_is_manned_with_the_runs_of_its_week() -> None:
    yard = make_depot()
    make_hours()
    make_going(yard)
    driver = make_member(yard, DRIVER)
    job = make_hire(depot=yard)
    quoted = make_hire(depot=yard)
    booked_with(job)

    week = made(ask())

    assert week.state == week.DONE, week.problem
    assert Manning.objects.get(hire=job).member == driver
    assert not Manning.objects.filter(hire=quoted).exists()
    assert Manning.objects.filter(duty__day=MONDAY).get().member == driver, "the run before it as well"


def test_nobody_has_a_run_and_a_job_at_once() -> None:
    yard = make_depot()
    make_hours()
    make_going(yard)
    make_member(yard, DRIVER)
    job = make_hire(depot=yard, begins_at=at_time(8), ends_at=at_time(10))
    booked_with(job)

    week = made(ask())

    places = Manning.objects.filter(hire=job) | Manning.objects.filter(duty__day=MONDAY)
    assert sorted(each.member is None for each in places) == [False, True]
    assert week.figures["runs_unmanned"] == 1
    open_place = next(each for each in places if each.member is None)
    assert "on another run then" in board_words(open_place)


def board_words(place: Manning) -> str:
    board = board_of(MONDAY, "TO")
    posts = [post for row in board.out for post in row.posts]
    return next(post.alarm for post in posts if post.manning == place.pk)


def test_a_week_with_hire_jobs_alone_can_be_manned() -> None:
    yard = make_depot()
    make_hours()
    make_member(yard, DRIVER)
    job = make_hire(depot=yard)
    booked_with(job)
    case = read_case(MONDAY, 7, from_on=MONDAY)
    assert [task["driving"] for task in case.said["tasks"]] == [job.driving]
    assert made(ask()).state == "DONE"


def test_a_licence_that_the_kind_of_vehicle_asks_for_is_asked_of_hire_jobs_too() -> None:
    yard = make_depot()
    make_hours()
    make_member(yard, DRIVER)
    job = make_hire(depot=yard)
    need = make_crew_need(make_kind(name="D1"))
    CrewNeed.objects.filter(pk=need.pk).update(kind=job.kind)
    booked_with(job)
    made(ask())
    place = Manning.objects.get(hire=job)
    assert place.member is None
    assert "licence" in board_words(place)


def test_the_board_shows_the_job_in_alarm_until_it_is_covered_and_cover_is_taken_back() -> None:
    yard = make_depot()
    make_hours()
    driver = make_member(yard, DRIVER)
    job = make_hire(depot=yard)
    booked_with(job)
    board = board_of(MONDAY, "TO")
    assert (board.in_alarm, board.can_be_covered) == (1, True)

    way = next(each for each in ways_to_cover(MONDAY) if each.helps)
    by = make_manager()
    cover = apply_cover(day=MONDAY, name=way.name, changes=way.changes, by=by, at=AT)
    assert way.shown[0].run == job.called
    assert Manning.objects.get(hire=job).member == driver
    assert board_of(MONDAY, "TO").in_alarm == 0

    take_back_cover(cover, by=by, at=AT)
    assert Manning.objects.get(hire=job).member is None


def test_cancelling_frees_people_and_vehicle_and_can_be_taken_back() -> None:
    job, by = make_hire(), make_manager()
    booked_with(job)
    hiring.cancel_hire(job, because="The gala is off", by=by, at=AT)
    job.refresh_from_db()
    assert (job.state, job.vehicle) == (HireJob.CANCELLED, None)
    assert not Manning.objects.filter(hire=job).exists()
    with pytest.raises(refusals.HireStandsElse):
        booked(job)
    hiring.revive_hire(job, by=by, at=AT)
    assert booked(job).state == HireJob.BOOKED


def test_a_job_is_invoiced_only_when_it_is_back() -> None:
    job, by = make_hire(), make_manager()
    booked_with(job)
    with pytest.raises(refusals.HireNotDriven):
        hiring.invoice_hire(job, number="INV-7", by=by, at=at_time(9))
    hiring.invoice_hire(job, number="INV-7", by=by, at=at_time(15))
    with pytest.raises(refusals.HireStandsElse):
        hiring.cancel_hire(job, because="No", by=by, at=AT)
    assert hiring.uninvoice_hire(job, by=by, at=AT).invoice == ""


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"ends_at": at_time(8)}, refusals.HireTakesNoTime),
        ({"driving": 301}, refusals.HireDrivesTooLong),
        ({"people": 2, "in_wheelchairs": 3}, refusals.HireTakesNobody),
        ({"day": MONDAY - 2 * DAY}, refusals.HireIsOver),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, Any], refusal: type[Exception]) -> None:
    job = make_hire()
    names = ("customer", "what", "day", "begins_at", "ends_at", "driving", "people", "in_wheelchairs")
    given = {name: getattr(job, name) for name in names}
    with pytest.raises(refusal):
        hiring.change_hire(job, **given | changes, by=make_manager(), at=AT, today=MONDAY - DAY)


def test_what_it_costs_us_is_reckoned_by_the_prices_of_its_day() -> None:
    job = make_hire(escorts=1, miles=Decimal("40.0"))
    assert hiring.cost_of(job) is None
    KindPrice.objects.create(
        kind=job.kind,
        a_run=30,
        an_hour=18,
        a_mile=Decimal("0.50"),
        from_on=MONDAY,
        source="Ours",
        recorded_at=AT,
    )
    for key, amount in (("escort-run", 2), ("escort-hour", 12)):
        PlanningFigure.objects.create(key=KEYS[key], amount=amount, from_on=MONDAY, source="Ours")
    assert hiring.cost_of(job) == Decimal("202.00"), "30 + 5 h at 18 + 40 miles at 0.50 + 2 + 5 h at 12"


KEYS = {"escort-run": PlanningFigure.ESCORT_RUN, "escort-hour": PlanningFigure.ESCORT_HOUR}


def test_the_board_asks_as_many_questions_for_nine_jobs_as_for_one() -> None:
    yard = make_depot()

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert board_of(MONDAY, "TO").hires
        return len(asked)

    booked(make_hire(depot=yard))
    board_of(MONDAY, "TO")
    one = questions()
    for _each in range(8):
        booked(make_hire(depot=yard, escorts=2))
    assert questions() == one


def test_from_the_telephone_to_the_board_by_the_pages(client: Client) -> None:
    yard, job = make_depot(), make_hire()
    make_bus(yard, job.kind)
    client.force_login(make_manager())
    given = {
        "customer": "Clwb Nofio Ní Ó'Brien-Łukasiewicz", "what": "Swimming gala", "day": f"{MONDAY:%d/%m/%Y}",
        "leaves": "18:00", "back": "22:00", "from_place": "The pool", "to_place": "Cardiff", "miles": "31.5",
        "driving": "90", "people": "7", "in_wheelchairs": "0", "escorts": "0", "kind": job.kind_id,
        "depot": yard.pk, "price": "310.00",
    }  # fmt: skip
    shown = client.post(reverse("quote_hire"), given | {"back": "17:00"})
    assert shown.status_code == 422
    assert b"It is back before it leaves." in shown.content

    shown = client.post(reverse("quote_hire"), given, follow=True)
    new = HireJob.objects.latest("pk")
    assert b"Book it" in shown.content
    assert new.price == Decimal("310.00")
    shown = client.post(reverse("book_hire", args=[new.pk]), follow=True)
    assert b"goes with" in shown.content
    board = client.get(reverse("crew_board"), {"day": MONDAY.isoformat()}).content.decode()
    assert new.called in board
    assert "Nobody was looked for yet" in board
    listed = client.get(reverse("hires"), {"q": "nofio"}).content.decode()
    assert "Swimming gala" in listed
    assert job.customer not in listed


def test_whoever_goes_sees_the_job_among_their_own_runs(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    yard, account = make_depot(), make_user()
    job = make_hire(depot=yard)
    booked(job)
    driver = make_member(yard, DRIVER)
    account.person = driver.employment.person
    account.save()
    Manning.objects.filter(hire=job).update(member=driver, reason="")
    monkeypatch.setattr("moothall.transport.views.board.today", lambda: MONDAY)
    client.force_login(account)
    assert job.customer in client.get(reverse("my_runs")).content.decode()
    other = make_user()
    client.force_login(other)
    assert job.customer not in client.get(reverse("my_runs")).content.decode()
