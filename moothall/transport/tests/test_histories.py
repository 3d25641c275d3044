"""What became of a vehicle or of one of a crew: by date, in constant questions, sealed concerns never."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.cases.rules.access import open_sealed
from moothall.core.clock import now, today
from moothall.people.tests.make import AT
from moothall.transport.models import CheckItem, CrewMember, Involved, Vehicle
from moothall.transport.models.audit import MET
from moothall.transport.models.checklist import VEHICLE
from moothall.transport.rules import fleet
from moothall.transport.rules.histories import span_of
from moothall.transport.rules.incidents import There
from moothall.transport.rules.sanctioning import sanction

from .make import make_user
from .make_audits import fill_in, make_audit, make_checklist, make_ratings
from .make_contractors import (
    make_allotment,
    make_contractor,
    make_member,
    make_needed,
    make_paper,
    make_theirs,
)
from .make_crews import make_depot, make_duty, make_going
from .make_crews import make_member as make_crew
from .make_day import make_checked_run, press
from .make_incidents import make_concern, make_incident
from .make_runs import make_vehicle

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def page(client: Client, route: str, number: int, **asked: str) -> str:
    return client.get(reverse(route, args=[number]), asked).content.decode()


def busy_vehicle(days: int = 3) -> Vehicle:
    """It went out on these days, and was mended."""
    vehicle = make_vehicle()
    run = make_going(make_depot())
    for back in range(days):
        duty = make_duty(run, day=today() - DAY * back)
        duty.vehicle = vehicle
        duty.save()
    fleet.take_off_road(
        vehicle, from_on=today() - DAY * 5, until_on=today() - DAY * 4, because="Brakes", by=None, at=AT
    )
    return vehicle


def test_a_vehicle_has_its_runs_incidents_and_days_off_the_road_by_date(client: Client) -> None:
    client.force_login(make_user())
    vehicle = busy_vehicle()
    make_incident(vehicle=vehicle, where="Canal Street")
    make_incident(where="Elsewhere")
    shown = page(client, "vehicle_history", vehicle.pk)
    for words in ("Run M", "Brakes", "Canal Street", "A branch broke a window"):
        assert words in shown
    assert "Elsewhere" not in shown
    assert "Brakes" not in page(client, "vehicle_history", vehicle.pk, kind="incidents")
    long_ago = page(client, "vehicle_history", vehicle.pk, until="01/02/2026", **{"from": "01/01/2026"})
    assert "Nothing is on record for these days." in long_ago
    assert "History" in page(client, "vehicle", vehicle.pk)


def test_a_sealed_concern_stands_in_no_history_until_it_is_said_why_it_is_read(client: Client) -> None:
    depot = make_depot()
    member, vehicle = make_crew(depot, name="Tomos Quaye"), make_vehicle()
    there = (There(Involved.CREW, "Tomos Quaye", member.employment.person),)
    concern = make_concern(vehicle=vehicle, there=there)
    lead = concern.case.team.lead
    assert lead is not None
    for account in (make_user(), lead):
        client.force_login(account)
        for route, number in (("vehicle_history", vehicle.pk), ("crew_history", member.pk)):
            shown = page(client, route, number)
            assert "Quillon Row" not in shown
            assert "Incidents (0)" in shown
    open_sealed(concern.case, by=lead, at=now(), reason="I look into it")
    assert "Quillon Row" in page(client, "vehicle_history", vehicle.pk)
    assert "Quillon Row" in page(client, "crew_history", member.pk)


def test_one_of_a_crew_has_their_runs_and_what_happened_on_them(client: Client) -> None:
    client.force_login(make_user())
    depot = make_depot()
    member = make_crew(depot, name="Ines Okafor")
    run = make_going(depot)
    make_duty(run, member, day=today())
    make_incident(there=(There(Involved.CREW, str(member), member.employment.person),))
    shown = page(client, "crew_history", member.pk)
    for words in (f"Run {run.called}", "Driver", "Canal Street"):
        assert words in shown


def test_a_contractors_vehicle_and_crew_have_papers_jobs_and_sanctions(client: Client) -> None:
    client.force_login(make_user())
    firm = make_contractor()
    vehicle, driver = make_theirs(firm), make_member(firm, name="Olena Shevchuk")
    make_allotment(firm, vehicle=vehicle, driver=driver, job="Q-7", from_on=AT.date())
    kind = make_needed("DRIVER", "badge")
    make_paper(driver, kind, issued_on=AT.date())
    sanction(firm, kind="WARNING", member=driver, because="Late", from_on=AT.date(), by=make_user(), at=AT)
    of_driver = page(client, "contractor_staff_history", driver.pk)
    for words in ("Job Q-7", "Badge", "Late"):
        assert words in of_driver
    assert "Job Q-7" in page(client, "contractor_vehicle_history", vehicle.pk)


def test_checks_stand_in_the_history_of_the_vehicle_and_of_whoever_carried_them_out(client: Client) -> None:
    duty, driver, _escort = make_checked_run()
    answers: dict[str, Any] = {f"item-{each.pk}": "FINE" for each in CheckItem.objects.all()}
    dirty = CheckItem.objects.get(key="clean")
    answers |= {f"item-{dirty.pk}": "NOT_FINE", f"words-{dirty.pk}": "Mud on the floor"}
    press(duty, "CHECK", by=driver, at="06:45", **answers)
    client.force_login(make_user())
    span = {"from": f"{duty.day:%d/%m/%Y}", "until": f"{duty.day:%d/%m/%Y}"}
    member = CrewMember.objects.of_account(driver).get()
    assert duty.vehicle is not None
    for route, number in (("vehicle_history", duty.vehicle.pk), ("crew_history", member.pk)):
        shown = page(client, route, number, **span)
        assert "First-use check" in shown
        assert "Mud on the floor" in shown
        assert "First-use checks (1)" in shown


def test_audits_stand_in_the_history_of_what_was_looked_at(client: Client) -> None:
    firm = make_contractor()
    vehicle = make_theirs(firm)
    make_ratings()
    fill_in(make_audit(firm, vehicle=vehicle, checklist=make_checklist(VEHICLE)), MET)
    client.force_login(make_user())
    shown = page(client, "contractor_vehicle_history", vehicle.pk)
    assert "Audits (1)" in shown
    assert "Good" in shown


def test_a_history_takes_the_same_questions_however_long_and_comes_in_pages(client: Client) -> None:
    client.force_login(make_user())
    short, long = busy_vehicle(1), busy_vehicle(120)
    counts = []
    for vehicle in (short, short, long):
        make_incident(vehicle=vehicle)
        with CaptureQueriesContext(connection) as asked:
            page(client, "vehicle_history", vehicle.pk, **{"from": f"{today() - DAY * 200:%d/%m/%Y}"})
        counts.append(len(asked))
    assert counts[1] == counts[2]
    first = {"from": f"{today() - DAY * 200:%d/%m/%Y}"}
    assert "Earlier lines" in page(client, "vehicle_history", long.pk, **first)
    assert "Later lines" in page(client, "vehicle_history", long.pk, page="2", **first)


def test_a_history_is_of_a_year_at_most() -> None:
    account = make_user()
    span = span_of(dt.date(2001, 1, 1), None, account=account, today=today())
    assert (span.last - span.first).days == 365
    assert span_of(None, None, account=account, today=today()).first == today() - DAY * 30
