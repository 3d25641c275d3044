"""The pages: anybody applies and follows, in both languages; the desk sees its own campaigns alone."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.people.models import Account, Team
from moothall.people.tests.make import make_account, make_team
from moothall.people.tests.pages import links, page, signed_in_as, words
from moothall.recruitment.models import Application, Campaign, Draft, Monitoring, MonitoringQuestion, Route
from moothall.recruitment.rules.links import signed_application, signed_draft

from .make import (
    finish,
    make_application,
    make_campaign,
    make_draft,
    make_recruiter,
    make_rule,
    make_vacancy,
    make_vacancy_service,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def anybody() -> Client:
    return Client()


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def recruiter(team: Team) -> Account:
    return make_recruiter(team=team)


def open_campaign(**changes: Any) -> Campaign:
    days = {"opens_on": today(), "closes_on": today() + dt.timedelta(days=14)}
    return make_campaign(**days | {"starts_on": today() + dt.timedelta(days=90)} | changes)


def at(draft: Draft, name: str) -> str:
    return reverse("apply_page", args=[signed_draft(draft), name])


def begin(client: Client, campaign: Campaign) -> Draft:
    route = Route.objects.get(places__campaign=campaign)
    response = client.post(reverse("job", args=[campaign.pk]), {"route": route.key})
    assert response.status_code == 302
    return Draft.objects.order_by("-pk")[0]


def test_only_what_is_open_today_is_advertised(anybody: Client) -> None:
    open_campaign(name="Open now")
    open_campaign(name="Not yet", opens_on=today() + dt.timedelta(days=2))
    hidden = open_campaign(name="Being drawn up", published=False)
    said = words(page(anybody.get(reverse("jobs"))))
    assert "Open now" in said
    assert "Not yet" not in said
    assert "drawn up" not in said
    assert anybody.get(reverse("job", args=[hidden.pk])).status_code == 404


def test_the_jobs_ask_the_database_as_often_for_many_as_for_few(
    anybody: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        open_campaign(name=f"Campaign {number}")
    anybody.get(reverse("jobs"))
    with django_assert_max_num_queries(5):
        anybody.get(reverse("jobs"))


def test_somebody_applies_one_thing_a_page_and_follows_it(anybody: Client) -> None:
    MonitoringQuestion.objects.create(
        key="age", question={"type": "string", "title": "How old are you?", "oneOf": [
            {"const": "25-34", "title": "25 to 34"}]},
    )  # fmt: skip
    rule = make_rule()
    campaign = open_campaign()
    assert "You are calm" in words(page(anybody.get(reverse("job", args=[campaign.pk]))))
    draft = begin(anybody, campaign)
    assert "Do you have a licence?" in words(page(anybody.get(at(draft, "who-can-apply"))))
    sent: dict[str, dict[str, str]] = {
        "who-can-apply": {rule.key: "yes"}, "criterion-calm": {"text": "I waited."}, "criterion-welsh": {},
        "support": {"adjustments": "More time"},
        "your-name": {"name": "Ysolde Bello", "email": "y@post.example"},
        "equality": {"age": "25-34"},
    }  # fmt: skip
    for name, answers in sent.items():
        page(anybody.get(at(draft, name)))
        assert anybody.post(at(draft, name), answers).status_code == 302
    check = reverse("apply_check", args=[signed_draft(draft)])
    said = words(page(anybody.get(check)))
    assert "I waited." in said
    assert "25 to 34" not in said
    then = anybody.post(check)
    told = words(page(anybody.get(then["Location"])))
    made = Application.objects.get()
    assert made.number in told
    assert "We read your application" in told
    assert "It is our turn. You need do nothing." in told
    assert (made.adjustments, Monitoring.objects.get().said) == ("More time", {"age": "25-34"})


def test_whoever_cannot_apply_reads_why_beside_the_question(anybody: Client) -> None:
    rule = make_rule()
    draft = begin(anybody, open_campaign())
    told = words(page(anybody.post(at(draft, "who-can-apply"), {rule.key: "no"}), 422))
    assert "The job cannot be done without a licence." in told
    draft.refresh_from_db()
    assert draft.facts == {}


def test_an_essential_criterion_has_to_be_answered_and_in_so_many_words(anybody: Client) -> None:
    draft = begin(anybody, open_campaign())
    assert anybody.post(at(draft, "criterion-calm"), {"text": ""}).status_code == 422
    told = words(page(anybody.post(at(draft, "criterion-calm"), {"text": "word " * 301}), 422))
    assert "This is 301 words. Use up to 300." in told
    assert anybody.post(at(draft, "criterion-welsh"), {"text": ""}).status_code == 302


def test_an_application_is_kept_and_the_link_is_mailed(anybody: Client) -> None:
    draft = begin(anybody, open_campaign())
    address = reverse("apply_keep", args=[signed_draft(draft)])
    assert reverse("apply_check", args=[signed_draft(draft)]) in words(page(anybody.get(address)))
    assert anybody.post(address, {"email": "y@post.example"}).status_code == 302


def test_the_pages_of_applying_speak_welsh(anybody: Client) -> None:
    campaign = open_campaign()
    anybody.defaults["HTTP_ACCEPT_LANGUAGE"] = "cy"
    told = words(page(anybody.get(reverse("job", args=[campaign.pk]))))
    assert "Cwnstabliaid 2027" in told
    assert "Rydych yn calm" in told
    draft = begin(anybody, campaign)
    assert draft.language == "cy"


def test_an_applicants_page_says_where_they_are_whose_turn_it_is_and_the_next_date(anybody: Client) -> None:
    made = make_application(open_campaign(), at=now())
    finish(made.case, "sift", "met", at=now())
    finish(made.case, "board", at=now())
    told = words(page(anybody.get(reverse("my_application", args=[signed_application(made)]))))
    assert "It is your turn" in told
    assert "The next date:" in told
    assert "Purge" not in told


def test_applicants_write_send_files_and_withdraw(anybody: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    made = make_application(open_campaign(), at=now())
    own = reverse("my_application", args=[signed_application(made)])
    assert anybody.post(own, {"text": "Is there a bus?"}).status_code == 302
    file = SimpleUploadedFile("cv.txt", b"My life", "text/plain")
    sent = anybody.post(
        reverse("send_my_file", args=[signed_application(made)]), {"kind": "cv", "file": file}
    )
    assert sent.status_code == 302
    told = words(page(anybody.get(own)))
    assert "Is there a bus?" in told
    assert "cv.txt" in told
    kept = made.files.get()
    anybody.post(reverse("remove_my_file", args=[signed_application(made), kept.pk]))
    assert not made.files.filter(removed_at=None).exists()
    anybody.post(reverse("withdraw_mine", args=[signed_application(made)]), {})
    assert "You withdrew this application" in words(page(anybody.get(own)))


def test_an_address_nobody_signed_opens_nothing(anybody: Client) -> None:
    assert anybody.get(reverse("my_application", args=["made-up.made-up"])).status_code == 404
    assert anybody.get(reverse("apply_check", args=["made-up.made-up"])).status_code == 404


def test_a_hiring_manager_asks_for_a_vacancy_and_sees_how_far_it_is(team: Team) -> None:
    make_vacancy_service(team)
    vacancy = make_vacancy(by=(manager := make_account()))
    client = signed_in_as(manager)
    listed = page(client.get(reverse("my_vacancies")))
    assert links(listed)["Constable"] == reverse("vacancy", args=[vacancy.pk])
    assert "Waiting for approval" in words(listed)
    assert "The public is met in both languages" in words(
        page(client.get(reverse("vacancy", args=[vacancy.pk])))
    )
    stranger = signed_in_as(make_account())
    assert stranger.get(reverse("vacancy", args=[vacancy.pk])).status_code == 404


def test_a_recruiter_draws_up_a_campaign_and_publishes_it(team: Team, recruiter: Account) -> None:
    campaign = open_campaign(team=team, published=False)
    client = signed_in_as(recruiter)
    shown = words(page(client.get(reverse("campaign", args=[campaign.pk]))))
    assert "Being drawn up" in shown
    assert "Approved" in shown
    assert client.post(reverse("publish_campaign", args=[campaign.pk])).status_code == 302
    assert "Open to applications" in words(page(client.get(reverse("campaign", args=[campaign.pk]))))
    assert client.post(reverse("unpublish_campaign", args=[campaign.pk])).status_code == 302
    campaign.refresh_from_db()
    assert campaign.published_at is None


def test_a_campaign_of_another_team_does_not_exist(recruiter: Account) -> None:
    campaign = open_campaign()
    make_application(campaign, at=now())
    client = signed_in_as(recruiter)
    assert client.get(reverse("campaign", args=[campaign.pk])).status_code == 404
    assert client.get(reverse("pipeline", args=[campaign.pk])).status_code == 404
    assert campaign.name not in words(page(client.get(reverse("campaigns"))))


def test_the_pipeline_shows_each_at_its_stage_and_how_many_are_there(team: Team, recruiter: Account) -> None:
    campaign = open_campaign(team=team)
    first, _second = (make_application(campaign, at=now()) for _ in range(2))
    finish(first.case, "sift", "met", at=now())
    client = signed_in_as(recruiter)
    told = words(page(client.get(reverse("pipeline", args=[campaign.pk]))))
    assert "We read your application 1" in told
    assert "Board 1" in told
    narrowed = words(page(client.get(reverse("pipeline", args=[campaign.pk]), {"stage": "board"})))
    assert first.number in narrowed
    assert _second.number not in narrowed


def test_the_pipeline_asks_the_database_as_often_for_many_applicants_as_for_few(
    team: Team, recruiter: Account, django_assert_max_num_queries: Any
) -> None:
    campaign = open_campaign(team=team)
    for _ in range(12):
        make_application(campaign, at=now())
    client = signed_in_as(recruiter)
    client.get(reverse("pipeline", args=[campaign.pk]))
    with django_assert_max_num_queries(18):
        client.get(reverse("pipeline", args=[campaign.pk]))


@pytest.mark.parametrize("name", ["campaigns", "vacancies", "unheard"])
def test_lists_of_recruitment_ask_the_database_as_often_for_many_rows_as_for_few(
    team: Team, recruiter: Account, django_assert_max_num_queries: Any, name: str
) -> None:
    for _ in range(4):
        make_application(open_campaign(team=team), at=now())
    client = signed_in_as(recruiter)
    client.get(reverse(name))
    with django_assert_max_num_queries(14):
        client.get(reverse(name))


@pytest.fixture
def three_weeks_on() -> Iterator[dt.datetime]:
    later = now() + dt.timedelta(days=21)
    with patch("moothall.recruitment.views.applications.now", return_value=later):
        yield later


def test_whoever_has_not_heard_for_ten_working_days_is_listed(
    team: Team, recruiter: Account, three_weeks_on: dt.datetime
) -> None:
    forgotten = make_application(open_campaign(team=team), at=now())
    told = make_application(
        open_campaign(team=team, closes_on=today() + dt.timedelta(days=40)), at=three_weeks_on
    )
    shown = words(page(signed_in_as(recruiter).get(reverse("unheard"))))
    assert forgotten.number in shown
    assert told.number not in shown


def test_an_application_shows_the_desk_what_was_written_and_where_it_is(
    team: Team, recruiter: Account
) -> None:
    made = make_application(open_campaign(team=team), at=now())
    shown = words(page(signed_in_as(recruiter).get(reverse("application", args=[made.pk]))))
    assert "I waited, and then I spoke." in shown
    assert "Ysolde Bello" in shown
    assert "Hears from us by" in shown


def test_a_case_of_recruitment_leads_to_its_application(team: Team, recruiter: Account) -> None:
    made = make_application(open_campaign(team=team), at=now())
    shown = page(signed_in_as(recruiter).get(reverse("case_page", args=[made.case.reference])))
    assert reverse("application", args=[made.pk]) in links(shown).values()


def test_a_draft_of_an_account_opens_for_that_account_alone(anybody: Client) -> None:
    draft = make_draft(open_campaign(), at=now())
    Draft.objects.filter(pk=draft.pk).update(account=make_account())
    assert anybody.get(at(draft, "support")).status_code == 404
