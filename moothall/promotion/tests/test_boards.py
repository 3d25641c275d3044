"""Who may go before a board, what is settled before it, what they hear, and what can be asked again."""

import datetime as dt

import pytest

from moothall.cases.models import Case
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.opening import current_version
from moothall.core.packs import load_pack
from moothall.credentials.tests.make import make_credential, make_kind
from moothall.letters.models import Letter
from moothall.people.models import Team
from moothall.people.tests.make import AT, make_account, make_team
from moothall.promotion.models import Appeal, Board, Endorsement, Period, PoolPlace, PromotionRule, Rank
from moothall.promotion.rules import appealing, checking, eligibility, looking_after, pool, results
from moothall.promotion.rules.applying import apply_to_board
from moothall.promotion.rules.refusals import (
    AppealedAlready,
    LeftThePool,
    NobodyWaits,
    NotAtThisStep,
    NotOpenToYou,
    OwnManagerOnly,
    ReasonNeeded,
)
from moothall.recruitment.models import Application, Campaign
from moothall.recruitment.rules.refusals import NotOpen
from moothall.workforce.tests.make import make_manager, make_post

from .make import (
    HIGHER,
    after_the_board,
    make_board,
    make_candidate,
    make_constable,
    make_place,
    make_ranks,
    make_rule,
)

pytestmark = pytest.mark.django_db
TODAY = AT.date()


@pytest.fixture
def team() -> Team:
    return make_team()


def outcome_of(application: Application) -> str:
    case = Case.objects.get(pk=application.case_id)
    return case.outcome if case.is_closed else ""


def test_a_board_is_not_advertised_to_the_public_and_only_staff_begin(team: Team) -> None:
    board = make_board(team)
    assert not Campaign.objects.advertised(TODAY).exists()
    account, _employment = make_constable()
    draft = apply_to_board(board, by=account, language="en", at=AT)
    assert apply_to_board(board, by=account, language="cy", at=AT) == draft
    with pytest.raises(NotOpen):
        apply_to_board(make_board(team, published=False), by=account, language="en", at=AT)


def test_who_holds_another_rank_reads_why_they_cannot_apply(team: Team) -> None:
    make_rule(PromotionRule.RANK)
    board = make_board(team)
    account, _employment = make_constable(post=make_post(title=HIGHER))
    with pytest.raises(NotOpenToYou, match="Not met: RANK"):
        apply_to_board(board, by=account, language="en", at=AT)


def test_an_examination_has_to_count_on_the_closing_day(team: Team) -> None:
    make_rule(PromotionRule.EXAM)
    rank = make_ranks(team)
    rank.exam = make_kind()
    rank.save()
    board = make_board(team, rank=rank)
    closes = board.campaign.closes_on
    (account, employment), (_other, late) = make_constable(), make_constable()
    make_credential(employment.person, kind=rank.exam, expires_on=closes)
    make_credential(late.person, kind=rank.exam, expires_on=closes - dt.timedelta(days=1))
    found = eligibility.findings(board, employment, today=TODAY, language="en")
    assert [(each.met, each.on) for each in found] == [(True, closes)]
    assert not eligibility.findings(board, late, today=TODAY, language="cy")[0].met
    assert apply_to_board(board, by=account, language="en", at=AT).pk


def test_service_is_counted_in_months_to_the_closing_day(team: Team) -> None:
    make_rule(PromotionRule.SERVICE, amount=24)
    board = make_board(team)
    closes = board.campaign.closes_on
    started = closes.replace(year=closes.year - 2)
    _account, enough = make_constable(started_on=started)
    _account, short = make_constable(started_on=started + dt.timedelta(days=1))
    assert eligibility.findings(board, enough, today=TODAY, language="en")[0].met
    assert not eligibility.findings(board, short, today=TODAY, language="en")[0].met


def test_a_rule_that_ended_before_the_closing_day_is_not_asked(team: Team) -> None:
    make_rule(PromotionRule.RANK, until_on=TODAY)
    board = make_board(team)
    _account, employment = make_constable()
    assert eligibility.findings(board, employment, today=TODAY, language="en") == []


def test_whoever_is_not_eligible_is_told_why_and_it_can_be_taken_back(team: Team) -> None:
    board, by = make_board(team), make_account()
    candidate = make_candidate(board)
    with pytest.raises(ReasonNeeded):
        checking.decide_eligibility(candidate, eligible=False, because=" ", by=by, at=AT)
    checking.decide_eligibility(candidate, eligible=False, because="The pass had run out.", by=by, at=AT)
    assert outcome_of(candidate) == "unsuccessful"
    assert "The pass had run out." in Letter.objects.latest("pk").body
    checking.take_back_check(candidate, by=by, at=AT)
    assert outcome_of(candidate) == ""
    checking.decide_eligibility(candidate, eligible=True, because="", by=by, at=AT)
    with pytest.raises(NotAtThisStep):
        checking.decide_eligibility(candidate, eligible=True, because="", by=by, at=AT)


def test_only_the_manager_of_today_recommends_and_may_take_it_back(team: Team) -> None:
    board = make_board(team)
    manager, above = make_manager()
    candidate = make_candidate(board, manager=above)
    with pytest.raises(OwnManagerOnly):
        checking.support(candidate, supported=True, words="Ready", by=make_account(), at=AT)
    assert checking.to_support(manager, on=TODAY) == [candidate]
    checking.support(candidate, supported=False, words="Not yet", by=manager, at=AT)
    assert checking.to_support(manager, on=TODAY) == []
    checking.take_back_support(candidate, by=manager, at=AT)
    assert not Endorsement.objects.exists()
    assert checking.to_support(manager, on=TODAY) == [candidate]


def test_a_candidate_who_is_not_recommended_can_be_turned_down(team: Team) -> None:
    candidate, by = make_candidate(make_board(team)), make_account()
    checking.turn_down(candidate, because="Your manager does not recommend you.", by=by, at=AT)
    assert outcome_of(candidate) == "unsuccessful"


def test_results_put_those_who_passed_into_the_pool_and_the_others_may_appeal(team: Team) -> None:
    board, by = make_board(team), make_account()
    one = after_the_board(make_candidate(board))
    other = after_the_board(make_candidate(board), "fail")
    absent = after_the_board(make_candidate(board), "no_show")
    waiting = results.waiting_for_results(board)
    assert [each.passed for each in waiting] == [True, False, False]
    results.give_results(board, by=by, at=AT)
    place = PoolPlace.objects.get()
    assert (place.application, place.place, place.until_on) == (one, 1, dt.date(2027, 11, 22))
    assert appealing.may_appeal(other, on=TODAY)
    assert not appealing.may_appeal(one, on=TODAY)
    assert outcome_of(absent) == ""
    with pytest.raises(NobodyWaits):
        results.give_results(board, by=by, at=AT)


def test_an_appeal_that_is_upheld_leads_into_the_pool(team: Team) -> None:
    board, by = make_board(team), make_account()
    make_place(board)
    candidate = after_the_board(make_candidate(board), "fail")
    results.give_results(Board.objects.get(pk=board.pk), by=by, at=AT)
    appeal = appealing.ask_for_appeal(candidate, because="The room was loud.", by=by, at=AT)
    with pytest.raises(AppealedAlready):
        appealing.ask_for_appeal(candidate, because="Again", by=by, at=AT)
    appealing.decide_appeal(appeal, outcome=Appeal.UPHELD, reasons="It was.", by=by, at=AT)
    assert PoolPlace.objects.get(application=candidate).place == 2
    assert outcome_of(candidate) == ""


def test_an_appeal_that_is_dismissed_ends_the_application(team: Team) -> None:
    board, by = make_board(team), make_account()
    candidate = after_the_board(make_candidate(board), "fail")
    results.give_results(board, by=by, at=AT)
    appeal = appealing.ask_for_appeal(candidate, because="The room was loud.", by=by, at=AT)
    appealing.decide_appeal(appeal, outcome=Appeal.DISMISSED, reasons="It was not.", by=by, at=AT)
    assert outcome_of(candidate) == "unsuccessful"
    assert "It was not." in Letter.objects.latest("pk").body


def test_nobody_appealed_in_time_and_the_night_ends_it(team: Team) -> None:
    board = make_board(team)
    candidate = after_the_board(make_candidate(board), "fail")
    results.give_results(board, by=None, at=AT)
    looking_after.look_after_promotions(at=AT)
    assert outcome_of(candidate) == ""
    looking_after.look_after_promotions(at=AT + dt.timedelta(days=60))
    assert outcome_of(candidate) == "unsuccessful"


def test_the_pool_is_warned_once_and_emptied_after_the_last_day(team: Team) -> None:
    place = make_place(make_board(team))
    last = dt.datetime.combine(place.until_on, dt.time(9), tzinfo=dt.UTC)
    assert looking_after.warn_of_the_pool(at=last) == 1
    assert looking_after.warn_of_the_pool(at=last) == 0
    assert looking_after.empty_the_pool(at=last) == 0
    assert looking_after.empty_the_pool(at=last + dt.timedelta(days=1)) == 1
    place.refresh_from_db()
    assert place.left_as == PoolPlace.EXPIRED
    assert outcome_of(place.application) == "pool_expired"


def test_somebody_leaves_the_pool_and_comes_back(team: Team) -> None:
    place, by = make_place(make_board(team)), make_account()
    pool.leave_pool(place, because="They ask for it.", by=by, at=AT)
    assert outcome_of(place.application) == "withdrew"
    with pytest.raises(LeftThePool):
        pool.leave_pool(place, because="Again", by=by, at=AT)
    pool.return_to_pool(place, by=by, at=AT)
    assert outcome_of(place.application) == ""
    assert PoolPlace.objects.standing().get() == place


def test_the_pack_brings_ranks_with_their_rules_in_both_languages_and_each_period() -> None:
    load_pack("people-services", at=AT)
    load_pack("people-services", at=AT)
    assert [each.key for each in Rank.objects.to_be_reached()] == ["sergeant", "inspector"]
    assert not PromotionRule.objects.filter(told_cy="").exists()
    assert not PromotionRule.objects.filter(confirmed=True, source_read_on=None).exists()
    assert {each.what for each in Period.objects.all()} == {what for what, _words in Period.WHAT}
    for rank in Rank.objects.to_be_reached():
        assert rank.route is not None
        definition = definition_of(current_version(rank.route.service))
        assert definition.step(rank.route.entry_step).owner == "candidate"
