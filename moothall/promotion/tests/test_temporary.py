"""Promotions for a while: the staff record says so, they go on longer, and end for good or go back."""

import datetime as dt
from decimal import Decimal

import pytest

from moothall.cases.models import Case, Step
from moothall.people.tests.make import AT, make_account, make_team
from moothall.promotion.models import PoolPlace, TemporaryPromotion
from moothall.promotion.rules import looking_after, pool, temporary
from moothall.promotion.rules.ranks import rank_of
from moothall.promotion.rules.refusals import (
    EndedAlready,
    EndsBefore,
    LeftThePool,
    NotProlonged,
    PromotedAlready,
    ReasonNeeded,
    StillRuns,
    WrittenSince,
)
from moothall.promotion.rules.taking_back import take_back_end
from moothall.workforce.models import Assignment, Employment
from moothall.workforce.rules.assigning import change_assignment
from moothall.workforce.tests.make import make_manager

from .make import HIGHER, LOWER, a_posting, make_board, make_constable, make_place, make_ranks, make_temporary

pytestmark = pytest.mark.django_db
TODAY, DAY, HOUR = AT.date(), dt.timedelta(days=1), dt.timedelta(hours=1)
LATER = AT + HOUR


def title_on(employment: Employment, on: dt.date) -> str:
    rows = Assignment.objects.in_force(on).filter(employment=employment, is_main=True)
    return rows.select_related("post").get().post.title


def outcome_of(place: PoolPlace) -> str:
    return Case.objects.get(pk=place.application.case_id).outcome


def test_posting_from_the_pool_writes_the_new_post_from_its_day_on() -> None:
    place, by = make_place(), make_account()
    first = TODAY + 30 * DAY
    made = pool.post_from_pool(place, a_posting(from_on=first), by=by, at=AT)
    assert title_on(made.employment, first - DAY) == LOWER
    assert title_on(made.employment, first) == HIGHER
    assert made.until_on == dt.date(2027, 12, 22)
    assert made.review_on == dt.date(2027, 6, 22)
    place.refresh_from_db()
    assert place.left_as == PoolPlace.POSTED
    with pytest.raises(LeftThePool):
        pool.post_from_pool(place, a_posting(), by=by, at=AT)


def test_while_promoted_they_hold_the_rank_before_for_good() -> None:
    team = make_team()
    rank = make_ranks(team)
    made = make_temporary(rank=rank)
    assert rank_of(made.employment, on=TODAY) == rank.below
    temporary.confirm(made, by=make_account(), at=AT)
    assert rank_of(made.employment, on=TODAY + DAY) == rank


def test_from_the_pool_it_ends_for_good_and_the_case_with_it() -> None:
    place, by = make_place(), make_account()
    made = pool.post_from_pool(place, a_posting(), by=by, at=AT)
    temporary.confirm(made, by=by, at=AT)
    assert outcome_of(place) == "promoted"
    with pytest.raises(EndedAlready):
        temporary.confirm(made, by=by, at=AT)


def test_from_the_pool_it_ends_with_the_way_back() -> None:
    place, by = make_place(), make_account()
    made = pool.post_from_pool(place, a_posting(), by=by, at=AT)
    with pytest.raises(ReasonNeeded):
        temporary.go_back(made, last_day=TODAY, because="", by=by, at=AT)
    temporary.go_back(made, last_day=TODAY + 9 * DAY, because="They ask for it.", by=by, at=AT)
    assert title_on(made.employment, TODAY + 9 * DAY) == HIGHER
    assert title_on(made.employment, TODAY + 10 * DAY) == LOWER
    assert outcome_of(place) == "unsuccessful"


def test_it_goes_on_longer_with_a_reason_and_that_is_taken_back() -> None:
    made, by = make_temporary(), make_account()
    before = made.until_on
    with pytest.raises(EndsBefore):
        temporary.prolong(made, until_on=before, because="Not done", by=by, at=AT)
    temporary.prolong(made, until_on=before + 30 * DAY, because="Not done", by=by, at=AT)
    temporary.take_back_prolonging(made, by=by, at=AT)
    made.refresh_from_db()
    assert made.until_on == before
    with pytest.raises(NotProlonged):
        temporary.take_back_prolonging(made, by=by, at=AT)


def test_nobody_is_promoted_twice_at_a_time() -> None:
    made = make_temporary()
    with pytest.raises(PromotedAlready):
        make_temporary(made.employment, rank=made.rank)


def test_whoever_goes_back_is_promoted_again_only_after_the_last_day() -> None:
    made, by = make_temporary(from_on=TODAY), make_account()
    last = TODAY + 9 * DAY
    temporary.go_back(made, last_day=last, because="They ask for it.", by=by, at=AT)
    with pytest.raises(PromotedAlready):
        make_temporary(made.employment, rank=made.rank, from_on=last)
    again = make_temporary(made.employment, rank=made.rank, from_on=last + DAY)
    assert title_on(made.employment, last) == title_on(made.employment, last + DAY) == HIGHER
    assert again.post_before == made.post_before


def test_an_end_by_mistake_is_taken_back_and_their_record_says_so() -> None:
    made, by = make_temporary(), make_account()
    last = TODAY + 9 * DAY
    with pytest.raises(StillRuns):
        take_back_end(made, by=by, at=AT)
    temporary.go_back(made, last_day=last, because="A mistake", by=by, at=LATER)
    take_back_end(made, by=by, at=LATER + HOUR)
    made.refresh_from_db()
    assert (made.ended_at, made.ended_as, made.ended_because) == (None, "", "")
    assert title_on(made.employment, last + DAY) == HIGHER
    temporary.confirm(made, by=by, at=LATER + 2 * HOUR)
    take_back_end(made, by=by, at=LATER + 3 * HOUR)
    assert TemporaryPromotion.objects.standing().get() == made


@pytest.mark.parametrize("way", ["back", "for good", "for good after longer"])
def test_the_case_of_an_end_taken_back_is_open_where_it_stood_and_ends_as_well_later(way: str) -> None:
    place, by = make_place(), make_account()
    made = pool.post_from_pool(place, a_posting(), by=by, at=AT)
    if way == "for good after longer":
        longer = made.until_on + 30 * DAY
        made = temporary.prolong(made, until_on=longer, because="Not done", by=by, at=AT)
    if way == "back":
        temporary.go_back(made, last_day=TODAY + 9 * DAY, because="A mistake", by=by, at=LATER)
    else:
        temporary.confirm(made, by=by, at=LATER)
    take_back_end(made, by=by, at=LATER + HOUR)
    case = Case.objects.get(pk=place.application.case_id)
    assert not case.is_closed
    assert [step.key for step in case.steps.filter(state=Step.READY)] == ["temp"]
    assert not case.steps.filter(key="subst", state=Step.DONE).exists()
    temporary.confirm(made, by=by, at=LATER + 2 * HOUR)
    assert outcome_of(place) == "promoted"


def test_an_end_stays_once_something_else_is_written_or_they_are_promoted_again() -> None:
    made, by = make_temporary(), make_account()
    temporary.go_back(made, last_day=TODAY, because="They ask for it", by=by, at=LATER)
    change_assignment(
        made.employment, from_on=TODAY + 20 * DAY, by=by, at=LATER + HOUR, weekly_hours=Decimal(20)
    )
    with pytest.raises(WrittenSince):
        take_back_end(made, by=by, at=LATER + 2 * HOUR)
    make_temporary(made.employment, rank=made.rank, from_on=TODAY + 30 * DAY)
    with pytest.raises(PromotedAlready):
        take_back_end(made, by=by, at=LATER + 3 * HOUR)


def test_how_it_goes_is_written_down() -> None:
    made, by = make_temporary(), make_account()
    temporary.review(made, words="Well.", by=by, at=AT)
    assert TemporaryPromotion.objects.get().review == "Well."


def test_the_manager_hears_before_the_end_once() -> None:
    _manager, above = make_manager()
    _account, employment = make_constable(manager=above)
    made = make_temporary(employment, from_on=TODAY, until_on=TODAY + 40 * DAY)
    looking_after.warn_of_ends(at=AT)
    made.refresh_from_db()
    assert made.warned_for == made.until_on
    looking_after.warn_of_ends(at=AT)


def test_a_board_of_another_team_has_its_own_pool() -> None:
    one, other = make_place(make_board(make_team())), make_place(make_board(make_team()))
    keeper = make_account("cases.view", team=one.application.campaign.team)
    assert list(PoolPlace.objects.visible_to(keeper)) == [one]
    assert other not in PoolPlace.objects.visible_to(keeper)
