"""The pages of promotion: people apply and are recommended, the desk decides and gives results, somebody is
posted; with as many questions to the database for many as for few."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from moothall.cases.models import Case
from moothall.core.clock import now, today
from moothall.people.models import Account, Team
from moothall.people.tests import pages
from moothall.people.tests.make import make_account, make_team
from moothall.people.tests.pages import signed_in_as
from moothall.promotion.models import Board, PoolPlace, PromotionRule, TemporaryPromotion
from moothall.promotion.rules import results
from moothall.recruitment.models import Application, Draft
from moothall.recruitment.tests.make import RECRUITER
from moothall.workforce.tests.make import make_manager, make_post, make_unit

from .make import (
    HIGHER,
    after_the_board,
    finish,
    make_board,
    make_candidate,
    make_constable,
    make_place,
    make_ranks,
    make_rule,
    make_temporary,
)

pytestmark = pytest.mark.django_db


def words(client: Client, name: str, *parts: Any, **asked: str) -> str:
    return pages.words(pages.page(client.get(reverse(name, args=parts), asked)))


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def desk(team: Team) -> Account:
    return make_account(*RECRUITER, "workforce.view", "workforce.edit", team=team)


def outcome_of(application: Application) -> str:
    return Case.objects.get(pk=application.case_id).outcome


def test_a_constable_reads_what_speaks_against_it_and_applies_where_nothing_does(team: Team) -> None:
    rank = make_ranks(team)
    make_rule(PromotionRule.RANK)
    make_board(team, rank=rank, at=now())
    account, _employment = make_constable()
    sergeant, _other = make_constable(post=make_post(title=HIGHER))
    assert "You cannot apply to this board." in words(signed_in_as(sergeant), "my_promotion")
    client = signed_in_as(account)
    assert "Sergeants 2027" in words(client, "my_promotion")
    answer = client.post(reverse("apply_to_board", args=[Board.objects.get().pk]))
    assert answer.status_code == 302
    assert Draft.objects.get().account == account
    assert "Go on with my application" in words(client, "my_promotion")


def test_the_desk_and_the_manager_settle_what_comes_before_the_board(team: Team, desk: Account) -> None:
    board = make_board(team, at=now())
    manager, above = make_manager()
    candidate = make_candidate(board, at=now(), manager=above)
    client, managing = signed_in_as(desk), signed_in_as(manager)
    client.post(reverse("check_candidate", args=[candidate.pk]), {"eligible": "yes", "because": ""})
    assert "Decided: they may." in words(client, "check_candidate", candidate.pk)
    assert candidate.applicant.person.full_name in words(managing, "promotions_to_support")
    managing.post(
        reverse("support_candidate", args=[candidate.pk]), {"supported": "yes", "words": "She is ready."}
    )
    client.post(reverse("note_standards", args=[candidate.pk]), {"outcome": "clear", "note": ""})
    assert "Recommends them" in words(client, "promotion_board", board.pk)
    assert candidate.case.steps.get(key="sift").state == "READY"


def test_results_are_looked_over_and_given_and_one_is_posted(team: Team, desk: Account) -> None:
    board = make_board(team, at=now())
    passed = after_the_board(make_candidate(board, at=now()), at=now())
    after_the_board(make_candidate(board, at=now()), "fail", at=now())
    client = signed_in_as(desk)
    said = words(client, "give_results", board.pk)
    assert "Passed" in said
    assert "Not passed" in said
    client.post(reverse("give_results", args=[board.pk]))
    place = PoolPlace.objects.get(application=passed)
    assert passed.applicant.person.full_name in words(client, "promotion_pool")
    typed = {
        "post-key": make_post(title=HIGHER).pk, "unit-key": make_unit().pk, "from_on": f"{today():%d/%m/%Y}",
        "because": "Somebody retires",
    }  # fmt: skip
    everywhere = signed_in_as(make_account("cases.view", "workforce.view", "workforce.edit"))
    answer = everywhere.post(reverse("post_from_pool", args=[place.pk]), typed)
    promotion = TemporaryPromotion.objects.get()
    assert answer.headers["Location"] == reverse("temporary_promotion", args=[promotion.pk])
    assert "Somebody retires" in words(everywhere, "temporary_promotion", promotion.pk)
    everywhere.post(reverse("confirm_promotion", args=[promotion.pk]))
    assert outcome_of(passed) == "promoted"


@pytest.mark.parametrize("outcome", ["upheld", "dismissed"])
def test_a_candidate_appeals_and_reads_that_it_is_decided(team: Team, desk: Account, outcome: str) -> None:
    board = make_board(team, at=now())
    account, _employment = make_constable()
    candidate = after_the_board(make_candidate(board, account, at=now()), "fail", at=now())
    results.give_results(board, by=desk, at=now())
    own, client = signed_in_as(account), signed_in_as(desk)
    assert "Appeal against the result" in words(own, "my_promotion")
    own.post(reverse("ask_for_promotion_appeal", args=[candidate.pk]), {"because": "It was loud."})
    assert "It was loud." in words(client, "decide_promotion_appeal", candidate.pk)
    client.post(
        reverse("decide_promotion_appeal", args=[candidate.pk]), {"outcome": outcome, "reasons": "So it was."}
    )
    assert "Your appeal is decided." in words(own, "my_promotion")
    assert outcome_of(candidate) == ("unsuccessful" if outcome == "dismissed" else "")


def test_who_is_turned_down_or_leaves_the_pool_has_the_outcome_of_it(team: Team, desk: Account) -> None:
    client = signed_in_as(desk)
    candidate = make_candidate(make_board(team, at=now()), at=now())
    client.post(reverse("turn_down_candidate", args=[candidate.pk]), {"because": "Not recommended."})
    assert outcome_of(candidate) == "unsuccessful"
    place = make_place(make_board(team, at=now()), at=now())
    client.post(reverse("leave_pool", args=[place.pk]), {"because": "They move away."})
    assert outcome_of(place.application) == "withdrew"
    client.post(reverse("return_to_pool", args=[place.pk]))
    assert outcome_of(place.application) == ""


def test_nobody_decides_about_themselves(team: Team, desk: Account) -> None:
    board = make_board(team, at=now())
    make_constable(account=desk)
    desk.refresh_from_db()
    candidate = make_candidate(board, desk, at=now())
    answer = signed_in_as(desk).get(reverse("check_candidate", args=[candidate.pk]))
    assert answer.status_code == 403


def test_a_promotion_goes_on_longer_and_that_is_taken_back() -> None:
    made = make_temporary(at=now())
    client = signed_in_as(make_account("workforce.view", "workforce.edit"))
    until = made.until_on.replace(year=made.until_on.year + 1)
    client.post(
        reverse("prolong_promotion", args=[made.pk]), {"until_on": f"{until:%d/%m/%Y}", "because": "Not done"}
    )
    assert "Gone on longer" in words(client, "temporary_promotion", made.pk)
    client.post(reverse("take_back_prolonging", args=[made.pk]))
    assert "Gone on longer" not in words(client, "temporary_promotion", made.pk)
    client.post(reverse("review_promotion", args=[made.pk]), {"words": "It goes well."})
    assert "It goes well." in words(client, "temporary_promotion", made.pk)


@pytest.mark.parametrize(
    "name", ["promotion_boards", "promotion_pool", "temporary_promotions", "promotion_board"]
)
def test_the_lists_ask_as_much_for_many_as_for_few(name: str, django_assert_max_num_queries: Any) -> None:
    team = make_team()
    rank = make_ranks(team)
    boards = [make_board(team, rank=rank, at=now()) for _ in range(3)]
    for _ in range(3):
        after_the_board(make_candidate(boards[0], at=now()), at=now())
    results.give_results(boards[0], by=None, at=now())
    for _ in range(3):
        finish(make_candidate(boards[0], at=now()), "endorse", "supported", at=now())
        make_temporary(rank=rank, at=now())
    client = signed_in_as(make_account(*RECRUITER, "workforce.view"))
    parts = [boards[0].pk] if name == "promotion_board" else []
    words(client, name, *parts)
    with django_assert_max_num_queries(24):
        words(client, name, *parts)


def test_the_desk_promotes_somebody_for_a_while_without_a_board(team: Team) -> None:
    rank = make_ranks(team)
    _account, employment = make_constable()
    client = signed_in_as(make_account("workforce.view", "workforce.edit"))
    typed = {
        "employment-key": employment.pk, "rank": rank.pk, "post-key": make_post(title=HIGHER).pk,
        "unit-key": make_unit().pk, "from_on": f"{today():%d/%m/%Y}", "because": "Cover for a birth",
    }  # fmt: skip
    answer = client.post(reverse("begin_promotion"), typed)
    assert answer.status_code == 302
    made = TemporaryPromotion.objects.get(employment=employment)
    client.post(
        reverse("end_promotion", args=[made.pk]),
        {"last_day": f"{today():%d/%m/%Y}", "because": "They are back."},
    )
    made.refresh_from_db()
    assert made.ended_as == TemporaryPromotion.REVERTED
    assert "Back to the rank before" in words(client, "temporary_promotion", made.pk)
    client.post(reverse("take_back_promotion_end", args=[made.pk]))
    assert "Running" in words(client, "temporary_promotion", made.pk)
