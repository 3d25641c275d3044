"""How long stages took and who held them, how long hiring took, cohorts at risk, and the yearly return."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.people.tests.make import AT
from moothall.recruitment.models import FigureRule, Places
from moothall.recruitment.rules.figures.cohorts import cohorts_at_risk
from moothall.recruitment.rules.figures.fairness import year_of
from moothall.recruitment.rules.figures.times import (
    APPLICANT,
    DESK,
    MANAGER,
    MEDICAL,
    OTHERS,
    REFEREE,
    VETTING,
    holder_of,
    spread_of,
)

from .make import finish, make_application
from .make_figures import came, make_figure_rule, make_question, make_rules, make_said
from .test_figures import DAYS, desk_and_campaign

pytestmark = pytest.mark.django_db
TIMES, HIRING = reverse("recruitment_times"), reverse("recruitment_hiring")
COHORTS, RETURN = reverse("recruitment_cohorts"), reverse("recruitment_return")


def test_the_middle_and_what_nine_of_ten_stayed_within() -> None:
    found = spread_of([9, 1, 2, 3, 4, 5, 6, 7, 8, 40])
    assert (found.many, found.median, found.ninety) == (10, 5.5, 9)
    assert (spread_of([3]).median, spread_of([3]).ninety) == (3, 3)


@pytest.mark.parametrize(("key", "owner", "turn", "who"), [
    ("apply", "applicant", "PERSON", APPLICANT), ("vet", "vetting", "THIRD", VETTING),
    ("med", "oh", "THIRD", MEDICAL),
    ("refs", "recruitment", "THIRD", REFEREE), ("iv", "panel", "US", MANAGER),
    ("elig", "recruitment", "US", DESK),
    ("uni", "hei", "THIRD", OTHERS),
])  # fmt: skip
def test_who_holds_a_stage_follows_from_its_process(key: str, owner: str, turn: str, who: str) -> None:
    assert holder_of(key, owner, turn, {"refs"}) == who


def test_time_in_a_stage_is_in_working_days_with_the_applications_it_is_made_of() -> None:
    client, campaign, route = desk_and_campaign()
    first, second = came(campaign, "sift"), make_application(campaign)
    finish(second.case, "sift", "met", AT + dt.timedelta(days=21))
    page = client.get(TIMES, DAYS)
    (sift,) = page.context["stages"]
    assert (sift.key, sift.spread.many, sift.spread.ninety) == ("sift", 2, 15)
    assert [(key, spread.many) for key, _words, spread in page.context["held"]] == [(DESK, 2)]
    address = reverse("recruitment_time_rows", args=[route.service.key, "sift"])
    rows = client.get(address).context["list"].page.rows
    assert {each.case.job_application.number: each.days for each in rows} == {
        first.number: 5,
        second.number: 15,
    }
    assert (
        client.get(reverse("recruitment_time_rows", args=[route.service.key, "nothing"])).status_code == 404
    )


def test_time_to_hire_is_held_against_the_target_of_that_way_in() -> None:
    client, campaign, route = desk_and_campaign()
    make_figure_rule(FigureRule.START, 10, route=route)
    made = came(campaign, "sift", "board", "vet")
    page = client.get(HIRING, DAYS)
    (_offer, (_key, _words, (line,))) = page.context["measures"]
    assert (line.spread.many, line.spread.median, line.target, line.within) == (1, 15, 10, 0)
    month = (AT + dt.timedelta(days=21)).date()
    address = reverse("recruitment_hired_rows", args=["start", route.key, month.year, month.month])
    assert address in page.content.decode()
    (row,) = client.get(address).context["list"].page.rows
    assert (row.number, row.days) == (made.number, 15)
    assert (
        client.get(reverse("recruitment_hired_rows", args=["start", route.key, 2026, 13])).status_code == 404
    )


def test_a_cohort_with_fewer_cleared_than_places_is_at_risk() -> None:
    client, campaign, _route = desk_and_campaign()
    came(campaign, "sift")
    (found,) = cohorts_at_risk(campaign.applications.all(), on=AT.date())
    assert (found.cleared, found.short, found.waiting) == (0, 10, [])
    assert cohorts_at_risk(campaign.applications.all(), on=AT.date() + dt.timedelta(days=400)) == []
    Places.objects.update(starts_on=dt.date(2099, 1, 1))
    assert "short by 10" in client.get(COHORTS).content.decode()


def test_the_return_is_the_same_on_the_page_and_as_a_file_with_small_numbers_hidden() -> None:
    client, campaign, route = desk_and_campaign()
    make_rules()
    make_figure_rule(FigureRule.HIDE_BELOW, 10, scope="wales")
    make_question()
    for sex, many in (("female", 7), ("male", 40), ("unsaid", 12)):
        make_said(campaign, route, {"sex": sex}, 3, many)
    year = {"year": str(year_of(AT.date()))}
    (sex,) = client.get(RETURN, year).context["found"]
    assert [[each.shown for each in group.ends] for group in sex.groups] == [
        [None, None],
        [40, 40],
        [None, None],
    ]
    file = client.post(reverse("export_recruitment_return"), year | {"kind": "csv"}).content.decode(
        "utf-8-sig"
    )
    assert file.count("hidden") == 4
    assert '"40","40"' in file
    assert client.post(reverse("export_recruitment_return"), {"kind": "exe"}).status_code == 404


def test_pages_of_times_ask_as_often_for_many_as_for_few() -> None:
    client, campaign, _route = desk_and_campaign()
    asked = []
    for _more in range(3):
        came(campaign, "sift", "board", "vet")
        with CaptureQueriesContext(connection) as seen:
            for address in (TIMES, HIRING, COHORTS, RETURN):
                client.get(address, DAYS)
        asked.append(len(seen))
    assert asked[1] == asked[2]
