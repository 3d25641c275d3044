"""Whoever begins by a route of a pathway is in its cohort, waits for one, or does not begin after all."""

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.credentials.tests.make import make_credential
from moothall.people.models import Account
from moothall.people.tests.make import AT, make_account
from moothall.training.models import Beginner, Cohort, Pathway, Student
from moothall.training.rules.pathways import beginners
from moothall.training.rules.pathways.cohorts import plan_cohort, tell_cohort
from moothall.training.rules.pathways.in_the_morning import beginners_in_the_morning
from moothall.training.rules.pathways.refusals import ToldOfPlacements
from moothall.workforce import beginnings
from moothall.workforce.beginnings import Beginning, Between, Expected
from moothall.workforce.models import Employment
from moothall.workforce.rules.starting import HasBegun, MoreOnRecord, take_back_start
from moothall.workforce.tests.make import make_employment

from .make import MONDAY, TODAY, make_keeper
from .make_pathways import WEEK, furnish, make_cohort, make_district, make_pathway

pytestmark = pytest.mark.django_db
ROUTE = "PCDA"


def led_by(route: str = ROUTE, pathway: Pathway | None = None) -> Pathway:
    return beginners.lead_onto(pathway or make_pathway(), routes=[route], by=make_account(), at=AT)


def begin(started_on: dt.date = MONDAY, *, route: str = ROUTE, district: str | None = None) -> Employment:
    key = make_district().key if district is None else district
    made = make_employment(started_on=started_on, continuous_from=started_on)
    beginnings.tell_of_beginning(Beginning(made, route, {beginners.DISTRICT: key}), by=None, at=AT)
    return made


def open_for(pathway: Pathway, starts_on: dt.date = MONDAY) -> Cohort:
    return beginners.open_and_fill_cohort(
        pathway, name=f"{starts_on}", starts_on=starts_on, by=None, at=AT, today=TODAY
    )


def test_whoever_begins_is_in_the_cohort_of_their_first_day() -> None:
    pathway = led_by()
    first, later = make_cohort(pathway), make_cohort(pathway, starts_on=MONDAY + 4 * WEEK)
    held = begin(MONDAY + dt.timedelta(days=2))
    assert Student.objects.get(employment=held).cohort == first
    assert Student.objects.get(employment=begin(MONDAY + WEEK)).cohort == later
    assert not Beginner.objects.waiting().exists()


def test_whoever_comes_by_another_route_is_no_student() -> None:
    make_cohort(led_by())
    begin(route="STAFF")
    assert not Student.objects.exists()
    assert beginners.what_is_asked("STAFF") == []
    assert [each.key for each in beginners.what_is_asked(ROUTE)] == [beginners.DISTRICT]


def test_whoever_begins_before_there_is_a_cohort_is_in_it_once_it_is_opened() -> None:
    pathway = led_by()
    held, homeless = begin(), begin(district="")
    assert [each.employment for each in Beginner.objects.waiting()] == [held, homeless]
    cohort = open_for(pathway)
    assert [each.employment for each in cohort.students.all()] == [held]
    assert [each.employment for each in Beginner.objects.waiting()] == [homeless]
    assert open_for(pathway, MONDAY + 30 * WEEK).students.count() == 0


def test_a_route_leads_onto_one_pathway_only() -> None:
    one, other = led_by(), led_by()
    one.refresh_from_db()
    assert (one.routes, other.routes) == ([], [ROUTE])


def test_a_start_that_is_taken_back_leaves_nobody_in_the_cohort() -> None:
    cohort = make_cohort(led_by())
    held = begin()
    take_back_start(held, by=make_account(), at=AT, today=TODAY)
    assert not Employment.objects.filter(pk=held.pk).exists()
    assert cohort.students.count() == 0
    assert not Beginner.objects.exists()


def test_a_start_is_not_taken_back_once_it_has_come_or_hosts_were_told() -> None:
    pathway = led_by()
    cohort, by = make_cohort(pathway), make_account()
    held = begin()
    with pytest.raises(HasBegun):
        take_back_start(held, by=by, at=AT, today=MONDAY)
    furnish(pathway)
    plan_cohort(cohort, by=None, at=AT, today=TODAY)
    tell_cohort(cohort, by=None, at=AT)
    with pytest.raises(ToldOfPlacements):
        take_back_start(held, by=by, at=AT, today=TODAY)
    assert cohort.students.get().employment == held
    alone = make_employment(started_on=MONDAY, continuous_from=MONDAY)
    Student.objects.filter(employment=held).update(employment=alone)
    with pytest.raises(MoreOnRecord, match="training"):
        take_back_start(alone, by=by, at=AT, today=TODAY)


@pytest.fixture
def someone(monkeypatch: pytest.MonkeyPatch) -> list[Between]:
    """Recruitment, as far as training hears of it."""
    asked: list[Between] = []

    def source(_account: Account, between: Between, _language: str) -> list[Expected]:
        asked.append(between)
        day = between.last - dt.timedelta(days=6)
        clear: dict[str, Any] = {"route": "Degree", "stage": "Checks", "starts_on": day}
        short = [("Medical", day - WEEK)]
        return [
            Expected(name="Ffion Adeyemi", lacks=["Vetting"], **clear),
            Expected(name="Tomos Kaur", short=short, **clear), Expected(name="Zsófia Rees", **clear),
        ]  # fmt: skip

    monkeypatch.setattr(beginnings, "_expected", [source])
    return asked


def test_a_cohort_shows_who_is_expected_and_lacks_what(client: Client, someone: list[Between]) -> None:
    starts_on = today() - today().weekday() * WEEK / 7 + 3 * WEEK
    cohort = make_cohort(led_by(), starts_on=starts_on, at=now(), today=today())
    keeper = make_keeper()
    client.force_login(keeper)
    page = client.get(reverse("training_cohort", args=[cohort.pk])).text
    for words in ("Ffion Adeyemi", "Not cleared yet", "Vetting", "Ends before the start", "All cleared"):
        assert words in page
    assert someone[0].until == starts_on + 5 * WEEK
    [line] = beginners_in_the_morning(keeper, today())
    assert "2 people lack a clearance" in line
    assert settings.PUBLIC_URL.rstrip("/") + reverse("training_cohort", args=[cohort.pk]) in line
    assert beginners_in_the_morning(make_account(), today()) == []


def test_what_students_hold_that_runs_out_on_the_way_is_listed(client: Client) -> None:
    starts_on = today() - today().weekday() * WEEK / 7 + 3 * WEEK
    cohort = make_cohort(led_by(), starts_on=starts_on, at=now(), today=today())
    held = begin(starts_on)
    held_by: dict[str, Any] = {"issued_on": today() - WEEK, "seen": True, "at": now()}
    make_credential(held.person, expires_on=starts_on - WEEK, **held_by)
    make_credential(held.person, expires_on=starts_on + 52 * WEEK, **held_by)
    keeper = make_account("training.manage", "workforce.view")
    client.force_login(keeper)
    page = client.get(reverse("training_cohort", args=[cohort.pk])).text
    assert page.count("Ends before the start") == 1
    assert "Ends on the way" not in page
    assert beginners.running_out(cohort, make_keeper()) == []


def test_routes_are_chosen_on_the_page_of_the_pathway_while_cohorts_are_on_it(client: Client) -> None:
    pathway = make_pathway()
    make_cohort(pathway)
    client.force_login(make_keeper())
    address = reverse("lead_onto_pathway", args=[pathway.key])
    keys = [key for key, _name in beginnings.known_routes("en")]
    page = client.post(address, {"routes": keys[:1]}, follow=True)
    assert page.status_code == 200
    pathway.refresh_from_db()
    assert pathway.routes == keys[:1]
