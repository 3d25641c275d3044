"""Acting for many from the pipeline: ticked or all that a filter shows, looked at, done, taken back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from moothall.cases.models import Step
from moothall.core.clock import now
from moothall.people.models import Account, Team
from moothall.people.tests.make import make_team
from moothall.people.tests.pages import page, signed_in_as, words
from moothall.recruitment.models import Application, BulkAct, Campaign, Tag
from moothall.recruitment.rules import bulk, tagging
from moothall.recruitment.rules.bulk_kinds import KINDS

from .make import finish, make_application, make_campaign, make_recruiter

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def recruiter(team: Team) -> Account:
    return make_recruiter(team=team)


@pytest.fixture
def campaign(team: Team) -> Campaign:
    return make_campaign(team=team)


def those(campaign: Campaign, many: int = 3) -> list[Application]:
    return [make_application(campaign, name=f"Person {number}") for number in range(many)]


def address(campaign: Campaign, query: str = "") -> str:
    return reverse("pipeline", args=[campaign.pk]) + (f"?{query}" if query else "")


def chosen(client: Client, name: str, **sent: Any) -> BulkAct:
    assert client.post(reverse(name), sent).status_code == 302
    return BulkAct.objects.order_by("-pk")[0]


def test_ticked_applications_are_moved_on_in_one_press_and_back_in_one(
    recruiter: Account, campaign: Campaign
) -> None:
    client = signed_in_as(recruiter)
    one, two, three = those(campaign)
    finish(three.case, "sift", "met")
    assert "Do something for these" in words(page(client.get(address(campaign))))
    act = chosen(client, "choose_applications", ids=[one.pk, two.pk, three.pk])
    here = reverse("bulk_act", args=[act.pk])
    assert "Move on" in words(page(client.get(here)))
    say = reverse("say_bulk", args=[act.pk, BulkAct.MOVE])
    assert "We read your application: Met" in words(page(client.get(say)))
    assert client.post(say, {"move": "sift|met"}).status_code == 302
    told = words(page(client.get(here)))
    assert "Do it for 2 applications" in told
    assert "This step is not ready to be done." in told
    client.post(reverse("run_bulk", args=[act.pk]))
    told = words(page(client.get(here)))
    assert "Take all of it back" in told
    assert Step.objects.filter(key="board", state=Step.READY).count() == 3
    client.post(reverse("undo_bulk", args=[act.pk]))
    assert "Taken back" in words(page(client.get(here)))
    assert Step.objects.filter(key="board", state=Step.READY).count() == 1
    told = words(page(client.get(reverse("bulk_rows", args=[act.pk]), {"state": "NOT"})))
    assert three.number in told
    assert one.number not in told
    assert "Move on" in words(page(client.get(reverse("bulk_acts", args=[campaign.pk]))))


def test_all_that_a_filter_shows_is_taken_on_every_page_of_the_list(
    recruiter: Account, campaign: Campaign
) -> None:
    client = signed_in_as(recruiter)
    rows = those(campaign, 4)
    finish(rows[0].case, "sift", "met")
    act = chosen(client, "choose_all_applications", back=address(campaign, "stage=sift&size=25"))
    assert act.rows.count() == 3
    act = chosen(client, "choose_all_applications", back=address(campaign))
    assert act.rows.count() == 4
    before = BulkAct.objects.count()
    for strange in ("", "/nowhere/", reverse("campaigns")):
        client.post(reverse("choose_all_applications"), {"back": strange})
    assert BulkAct.objects.count() == before


def test_applications_of_another_team_cannot_be_chosen(recruiter: Account, campaign: Campaign) -> None:
    client, elsewhere = signed_in_as(recruiter), make_campaign(team=make_team())
    theirs, ours = make_application(elsewhere), make_application(campaign)
    act = chosen(client, "choose_applications", ids=[theirs.pk, ours.pk])
    assert [each.application for each in act.rows.all()] == [ours]
    gone = client.post(reverse("choose_all_applications"), {"back": address(elsewhere)})
    assert gone.status_code == 404


def test_who_may_not_close_cases_ends_no_applications(team: Team, campaign: Campaign) -> None:
    from moothall.people.tests.make import make_account

    account = make_account("cases.view", "cases.work", team=team)
    client = signed_in_as(account)
    act = chosen(client, "choose_applications", ids=[make_application(campaign).pk])
    assert "Not taken further" not in words(page(client.get(reverse("bulk_act", args=[act.pk]))))
    assert client.get(reverse("say_bulk", args=[act.pk, BulkAct.REJECT])).status_code == 403
    assert client.get(reverse("say_bulk", args=[act.pk, "ELSE"])).status_code == 404


def test_every_action_has_a_form_that_says_what_is_missing(recruiter: Account, campaign: Campaign) -> None:
    client = signed_in_as(recruiter)
    act = chosen(client, "choose_applications", ids=[make_application(campaign).pk])
    for kind in KINDS:
        say = reverse("say_bulk", args=[act.pk, kind])
        page(client.get(say))
        page(client.post(say, {}), 422)


def test_tags_stand_on_the_application_and_narrow_the_list(recruiter: Account, campaign: Campaign) -> None:
    client, (one, two) = signed_in_as(recruiter), those(campaign, 2)
    made = tagging.add_tag(one, words="Reserve", by=recruiter, at=now())
    told = words(page(client.get(address(campaign, "tag=Reserve"))))
    assert (one.number in told, two.number in told) == (True, False)
    assert "Reserve" in words(page(client.get(reverse("application", args=[one.pk]))))
    client.post(reverse("remove_tag", args=[made.pk]))
    assert not Tag.objects.standing().exists()
    client.post(reverse("put_tag_back", args=[made.pk]))
    assert Tag.objects.standing().get().words == "Reserve"


def test_the_pages_ask_the_database_as_often_for_many_as_for_few(
    recruiter: Account, campaign: Campaign, django_assert_max_num_queries: Any
) -> None:
    client, rows = signed_in_as(recruiter), those(campaign, 8)
    act = bulk.choose([each.pk for each in rows], by=recruiter, at=now())
    bulk.say(act, kind=BulkAct.TAG, given={"words": "Reserve"}, by=recruiter, at=now())
    for name, number, most in (
        ("bulk_act", act.pk, 15),
        ("bulk_rows", act.pk, 17),
        ("bulk_acts", campaign.pk, 14),
    ):
        client.get(reverse(name, args=[number]))
        with django_assert_max_num_queries(most):
            client.get(reverse(name, args=[number]))
