"""Who will join: drawn by last year's rates, held against what came, the same for the same seed."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.people.tests.make import AT
from moothall.recruitment.models import Campaign, Places
from moothall.recruitment.rules.figures.forecast import Known, back_test, first_of, forecast
from moothall.recruitment.rules.figures.lives import Life
from moothall.recruitment.rules.figures.rates import Rates
from moothall.recruitment.rules.figures.reached import stages
from moothall.recruitment.rules.withdrawing import withdraw

from .make import make_campaign, make_recruiter
from .make_figures import came
from .test_figures import desk_and_campaign

pytestmark = pytest.mark.django_db
FORECAST = reverse("recruitment_forecast")
DAY = dt.date(2026, 6, 1)


def life(place: int, *, ended: bool = False, step: int = 30) -> Life:
    days = {each: DAY - dt.timedelta(days=step * (4 - each)) for each in range(place + 1)}
    return Life(1, 1, 1, DAY, days, DAY - dt.timedelta(days=1) if ended else None)


def test_a_rate_is_of_those_who_were_decided_at_a_stage() -> None:
    rates = Rates([life(1), life(1), life(0, ended=True), life(0)], {1: [0, 1, 2]}, on=DAY)
    found = rates.find(1, 0)
    assert found is not None
    assert (found.decided, found.of_hundred, found.middle, found.own) == (3, 67, 30, True)
    other = rates.find(2, 0)
    assert other is not None
    assert not other.own
    assert rates.find(1, 1) is None


def test_what_came_later_is_not_known_on_a_day() -> None:
    whole = life(3)
    known = whole.known_on(DAY - dt.timedelta(days=60))
    assert known is not None
    assert known.place == 1
    assert whole.known_on(DAY - dt.timedelta(days=365)) is None


def closed_long_ago(campaign: Campaign) -> None:
    opens_on, closes_on = AT.date() - dt.timedelta(days=90), AT.date() - dt.timedelta(days=30)
    Campaign.objects.filter(pk=campaign.pk).update(opens_on=opens_on, closes_on=closes_on)
    campaign.refresh_from_db()


def known_of(campaign: Campaign) -> Known:
    return Known(make_recruiter(team=campaign.team), stages())


def test_whoever_is_on_the_way_is_expected_by_the_rates_of_the_year_before() -> None:
    _client, campaign, route = desk_and_campaign()
    for _each in range(4):
        came(campaign, "sift", "board", "vet")
    for _each in range(4):
        came(campaign, "sift")
    Places.objects.update(starts_on=None)
    closed_long_ago(campaign)
    on = AT.date() + dt.timedelta(days=25)
    known = known_of(campaign)
    made = forecast(known, on=on)
    assert made.waiting == {(route.pk, 1): [each.pk for each in known.lives[4:]]}
    assert made.total == 4
    assert made.months[0].first == first_of(on)
    assert len(made.months) == 24
    assert forecast(known, on=on).months == made.months


def test_whoever_withdrew_is_not_expected() -> None:
    _client, campaign, _route = desk_and_campaign()
    came(campaign, "sift", "board", "vet")
    withdraw(came(campaign, "sift"), because="", by=None, at=AT + dt.timedelta(days=10))
    closed_long_ago(campaign)
    assert forecast(known_of(campaign), on=AT.date() + dt.timedelta(days=40)).total == 0


def test_places_of_a_campaign_that_takes_applications_are_counted_by_what_was_taken_before() -> None:
    _client, campaign, route = desk_and_campaign()
    for _each in range(5):
        came(campaign, "sift", "board", "vet")
    closed_long_ago(campaign)
    Places.objects.update(starts_on=AT.date() + dt.timedelta(days=21))
    on = AT.date() + dt.timedelta(days=40)
    later = make_campaign(
        team=campaign.team, routes=[route], closes_on=on + dt.timedelta(days=30),
        starts_on=on + dt.timedelta(days=100),
    )  # fmt: skip
    came(later)
    made = forecast(known_of(campaign), on=on)
    (planned,) = made.planned
    assert planned.fill is not None
    assert (planned.fill.of_hundred, planned.places.places) == (50, 10)
    assert 4 < made.total < 6
    assert made.waiting == {}


def test_the_last_months_are_held_back_and_set_beside_what_came() -> None:
    _client, campaign, _route = desk_and_campaign()
    for number in range(6):
        came(campaign, "sift", "board", "vet", at=AT + dt.timedelta(days=3 * number))
    Places.objects.update(starts_on=None)
    closed_long_ago(campaign)
    today = first_of(AT.date(), 7)
    found = back_test(known_of(campaign), today=today)
    assert found.on == first_of(AT.date(), 1)
    assert sum(each.actual or 0 for each in found.months) == 6
    assert found.wrong_by is not None


def test_the_page_says_its_rates_and_leads_to_whoever_is_on_the_way() -> None:
    client, campaign, route = desk_and_campaign()
    closed_long_ago(campaign)
    assert "There is nobody to forecast" in client.get(FORECAST).content.decode()
    came(campaign, "sift", "board", "vet", at=AT - dt.timedelta(days=60))
    made = came(campaign, "sift", at=AT - dt.timedelta(days=60))
    page = client.get(FORECAST).content.decode()
    address = reverse("recruitment_forecast_rows", args=[route.key, "sifted"])
    assert address in page
    assert "How well it would have done" in page
    (row,) = client.get(address).context["list"].page.rows
    assert row.number == made.number
    assert client.get(reverse("recruitment_forecast_rows", args=[route.key, "x"])).status_code == 404


def test_a_forecast_counts_campaigns_that_one_sees_alone() -> None:
    client, campaign, route = desk_and_campaign()
    other = make_campaign(routes=[route])
    for each in (campaign, other):
        closed_long_ago(each)
    came(other, "sift", at=AT - dt.timedelta(days=60))
    made = client.get(FORECAST).context["made"]
    assert (made.waiting, made.planned) == ({}, [])
    address = reverse("recruitment_forecast_rows", args=[route.key, "sifted"])
    assert not client.get(address).context["list"].page.rows


def test_the_forecast_asks_as_often_for_many_as_for_few() -> None:
    client, campaign, _route = desk_and_campaign()
    closed_long_ago(campaign)
    asked = []
    for _more in range(3):
        came(campaign, "sift", at=AT - dt.timedelta(days=60))
        with CaptureQueriesContext(connection) as seen:
            client.get(FORECAST)
        asked.append(len(seen))
    assert asked[1] == asked[2]
