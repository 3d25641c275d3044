"""Figures of recruitment: how far people came, each number with the applications it counts; and by what they
said for monitoring, with nobody behind it."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from moothall.core.serving import NOBODY, serving
from moothall.people.tests.make import AT, make_team
from moothall.people.tests.pages import signed_in_as
from moothall.recruitment.models import Campaign, Monitoring, Route
from moothall.recruitment.rules.figures.choosing import Rules
from moothall.recruitment.rules.figures.fairness import Asked, Characteristic, characteristics, year_of
from moothall.recruitment.rules.figures.moving_on import carry_monitoring_on
from moothall.recruitment.rules.figures.reached import reached, stages
from moothall.recruitment.rules.withdrawing import withdraw

from .make import finish, make_application, make_campaign, make_draft, make_recruiter
from .make_figures import came, make_ladder, make_question, make_rules, make_said, say

pytestmark = pytest.mark.django_db
FUNNEL, ROWS, FAIRNESS = (
    reverse("recruitment_figures"), reverse("figure_rows_of_recruitment"), reverse("recruitment_fairness")
)  # fmt: skip
YEAR = {"year": str(year_of(AT.date()))}
DAYS = {"sent_from": "01/01/2020", "sent_to": "31/12/2030"}


def desk_and_campaign() -> tuple[Client, Campaign, Route]:
    team = make_team()
    campaign = make_campaign(team=team)
    route = Route.objects.get(places__campaign=campaign)
    make_ladder(route.service.key)
    return signed_in_as(make_recruiter(team=team)), campaign, route


def numbers(page: Any) -> dict[str, int]:
    return {line.key: line.many for line in page.context["funnel"].lines}


def listed(client: Client, **query: str) -> set[str]:
    return {each.number for each in client.get(ROWS, query).context["list"].page.rows}


def test_the_funnel_counts_how_far_everybody_came_and_how_they_ended() -> None:
    client, campaign, _route = desk_and_campaign()
    came(campaign), came(campaign, "sift"), came(campaign, "sift", "board")
    came(campaign, "sift", "board", "vet")
    withdraw(came(campaign, "sift"), because="", by=None, at=AT)
    failed = make_application(campaign)
    finish(failed.case, "sift", "not_met")
    page = client.get(FUNNEL, DAYS)
    assert numbers(page) == {"applied": 6, "sifted": 4, "met": 2, "joined": 1}
    ended = {key: many for key, _words, many in page.context["funnel"].outcomes}
    assert ended == {"RUNNING": 4, "JOINED": 1, "WITHDREW": 1, "REJECTED": 0}


def test_each_number_of_the_funnel_leads_to_the_applications_it_counts() -> None:
    client, campaign, _route = desk_and_campaign()
    first, second = came(campaign, "sift"), came(campaign, "sift", "board")
    gone = came(campaign)
    withdraw(gone, because="", by=None, at=AT)
    page = client.get(FUNNEL, DAYS)
    assert (
        f"{ROWS}?sent_from=2020-01-01&amp;sent_to=2030-12-31&amp;through=met"
        in page.content.decode().replace("&sent", "&amp;sent")
    )
    days = {"sent_from": "2020-01-01", "sent_to": "2030-12-31"}
    assert listed(client, **days, through="sifted") == {first.number, second.number}
    assert listed(client, **days, through="met") == {second.number}
    assert listed(client, **days, ended="WITHDREW") == {gone.number}
    assert listed(client, **days, ended="RUNNING") == {first.number, second.number}
    assert listed(client, **days, ended="JOINED") == listed(client, **days, ended="REJECTED") == set()


def test_figures_are_of_the_days_the_campaign_and_the_way_in_that_were_chosen() -> None:
    client, campaign, route = desk_and_campaign()
    other = make_campaign(team=campaign.team)
    came(campaign), came(other)
    came(campaign, at=AT + dt.timedelta(days=10))
    day = AT.date().strftime("%d/%m/%Y")
    assert numbers(client.get(FUNNEL, DAYS))["applied"] == 3
    assert numbers(client.get(FUNNEL, DAYS | {"campaign": str(campaign.pk)}))["applied"] == 2
    assert numbers(client.get(FUNNEL, {"sent_from": day, "sent_to": day}))["applied"] == 2
    assert numbers(client.get(FUNNEL, DAYS | {"route": route.key}))["applied"] == 2


def test_the_last_day_may_not_be_before_the_first() -> None:
    client, _campaign, _route = desk_and_campaign()
    page = client.get(FUNNEL, {"sent_from": "2/2/2026", "sent_to": "1/2/2026"})
    assert "The last day is before the first" in page.content.decode()


def test_what_was_said_is_carried_on_by_night_without_a_day_or_a_number() -> None:
    _client, campaign, route = desk_and_campaign()
    made = came(campaign, "sift", "board")
    say(made, sex="female")
    assert carry_monitoring_on() == 1
    row = Monitoring.objects.get()
    assert (row.passed, row.ended, row.route, row.month) == (2, "RUNNING", route, AT.date().replace(day=1))
    assert carry_monitoring_on() == 0
    finish(made.case, "vet", at=AT + dt.timedelta(days=40))
    assert carry_monitoring_on() == 1
    row.refresh_from_db()
    assert (row.ended, row.joined_month) == ("JOINED", (AT + dt.timedelta(days=40)).date().replace(day=1))
    with serving(NOBODY):
        assert not Monitoring.objects.exists()


def test_what_was_said_on_a_draft_that_was_not_sent_is_not_counted() -> None:
    client, campaign, _route = desk_and_campaign()
    make_question()
    make_draft(campaign)
    carry_monitoring_on()
    assert all(number.shown == 0 for group in found(client)[0].groups for number in group.numbers)


def test_fairness_of_a_year_in_which_nothing_was_said_is_no_table_of_noughts() -> None:
    client, campaign, route = desk_and_campaign()
    make_rules()
    make_question()
    assert "Nothing is counted yet" in client.get(FAIRNESS, YEAR).content.decode()
    make_said(campaign, route, {"sex": "male"}, 0, 1)
    page = client.get(FAIRNESS, YEAR).content.decode()
    assert "Nothing is counted yet" not in page
    assert "too few to say" in page


def found(client: Client, **query: str) -> list[Characteristic]:
    page = client.get(FAIRNESS, YEAR | query)
    kept: list[Characteristic] = page.context["found"]
    return kept


def test_fairness_shows_rates_and_ratios_of_enough_people_and_hides_the_rest() -> None:
    client, campaign, route = desk_and_campaign()
    make_rules()
    make_question()
    for sex, passed, many in (
        ("female", 0, 20),
        ("female", 1, 20),
        ("male", 0, 10),
        ("male", 1, 40),
        ("", 0, 8),
    ):
        make_said(campaign, route, {"sex": sex}, passed, many)
    (of_sex,) = found(client)
    shown = {group.key: group.numbers for group in of_sex.groups}
    assert [each.shown for each in shown["female"]] == [40, 20, 0, 0]
    assert (shown["female"][1].of_applied, str(shown["female"][1].ratio), shown["female"][1].adverse) == (
        50,
        "0.62",
        True,
    )
    assert (str(shown["male"][1].ratio), shown["male"][1].adverse) == ("1.00", False)
    assert shown["unsaid"][0].shown == 8
    assert shown["unsaid"][1].too_few


def test_three_people_of_a_group_are_hidden_with_another_group() -> None:
    client, campaign, route = desk_and_campaign()
    make_rules()
    make_question()
    for sex, many in (("female", 3), ("male", 40), ("unsaid", 9)):
        make_said(campaign, route, {"sex": sex}, 0, many)
    page = client.get(FAIRNESS, YEAR)
    (by_sex,) = page.context["found"]
    assert [group.numbers[0].shown for group in by_sex.groups] == [None, 40, None]
    assert "too few to say" in page.content.decode()


def test_fairness_counts_campaigns_that_one_sees_alone() -> None:
    client, campaign, route = desk_and_campaign()
    make_rules()
    make_question()
    make_said(campaign, route, {"sex": "male"}, 0, 20)
    make_said(make_campaign(), route, {"sex": "male"}, 0, 30)
    (sex,) = found(client)
    assert [group.numbers[0].shown for group in sex.groups] == [0, 20, 0]


def test_no_page_of_figures_shows_what_was_said_beside_a_name_or_a_number() -> None:
    client, campaign, _route = desk_and_campaign()
    make_rules()
    make_question()
    made = came(campaign, "sift", name="Planted Name")
    say(made, sex="planted answer")
    carry_monitoring_on()
    fair = client.get(FAIRNESS, YEAR).content.decode()
    assert "Planted Name" not in fair
    assert made.number not in fair
    for address in (FUNNEL, ROWS):
        assert "planted answer" not in client.get(address, DAYS).content.decode()
    assert "planted answer" not in client.get(ROWS, {"export": "csv"}).content.decode(errors="ignore")


def test_counting_asks_as_often_for_many_as_for_few(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    _client, campaign, route = desk_and_campaign()
    make_rules()
    make_question()
    ladder, rules = stages(), Rules(AT.date())
    recruiter = make_recruiter(team=campaign.team)
    recruiter.standing()
    for _more in range(2):
        came(campaign, "sift")
        make_said(campaign, route, {"sex": "male"}, 0, 30)
        with django_assert_num_queries(2):
            list(reached(campaign.applications.all(), ladder))
        with django_assert_num_queries(2):
            characteristics(Asked(2026), recruiter, ladder, rules, language="en")


def test_the_page_of_the_funnel_asks_as_often_for_many_as_for_few() -> None:
    client, campaign, _route = desk_and_campaign()
    asked = []
    for _more in range(3):
        came(campaign, "sift")
        with CaptureQueriesContext(connection) as seen:
            client.get(FUNNEL, DAYS)
            client.get(ROWS)
        asked.append(len(seen))
    assert asked[1] == asked[2]
