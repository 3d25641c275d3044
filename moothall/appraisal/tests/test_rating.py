"""From objectives to both signatures: each step by whom it belongs to, and nothing lost on the way."""

import datetime as dt

import pytest

from moothall.appraisal.models import Appraisal, Event
from moothall.appraisal.rules import objectives, rating, refusals
from moothall.appraisal.rules.cycles import close_cycle
from moothall.people.tests.make import AT, make_account

from .make import Pair, agree_one, give_rating, make_pair

pytestmark = pytest.mark.django_db
LATER = AT.date() + dt.timedelta(days=200)


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def now(pair: Pair) -> Appraisal:
    return Appraisal.objects.get(pk=pair.appraisal.pk)


def test_objectives_hold_once_both_have_agreed_to_all_of_them(pair: Pair) -> None:
    first = objectives.write_objective(
        pair.appraisal, text="Answer in ten days", due_on=LATER, by=pair.manager, at=AT
    )
    second = objectives.write_objective(
        pair.appraisal, text="Learn Welsh", due_on=LATER, by=pair.employee, at=AT
    )
    objectives.agree_objective(first, by=pair.employee, at=AT)
    assert now(pair).stage == Appraisal.OBJECTIVES
    with pytest.raises(refusals.AgreedAlready):
        objectives.agree_objective(second, by=pair.employee, at=AT)
    objectives.agree_objective(second, by=pair.manager, at=AT)
    assert now(pair).stage == Appraisal.SELF


def test_a_changed_objective_needs_agreeing_to_again_and_keeps_how_it_stood(pair: Pair) -> None:
    agree_one(pair)
    [objective] = pair.appraisal.objectives.all()
    objectives.change_objective(objective, text="Within five days", due_on=LATER, by=pair.manager, at=AT)
    objective.refresh_from_db()
    assert objective.employee_agreed_at is None
    assert [each.text for each in objective.changes.all()] == ["Answer within ten days"]


def test_an_objective_taken_away_does_not_hold_up_the_others_and_comes_back(pair: Pair) -> None:
    agree_one(pair)
    Appraisal.objects.filter(pk=pair.appraisal.pk).update(stage=Appraisal.OBJECTIVES)
    waits = objectives.write_objective(pair.appraisal, text="Too much", due_on=LATER, by=pair.manager, at=AT)
    objectives.drop_objective(waits, by=pair.manager, at=AT)
    assert now(pair).stage == Appraisal.SELF
    assert objectives.restore_objective(waits, by=pair.manager, at=AT).withdrawn_at is not None
    with pytest.raises(refusals.NotWithdrawn):
        objectives.restore_objective(waits, by=pair.manager, at=AT)


def test_a_year_from_the_own_view_to_both_signatures(pair: Pair) -> None:
    give_rating(pair)
    assert now(pair).stage == Appraisal.SECOND
    rating.look_again(pair.appraisal, agrees=True, by=pair.above, at=AT)
    rating.sign_as_manager(pair.appraisal, by=pair.manager, at=AT)
    assert now(pair).stage == Appraisal.SIGN
    rating.sign_own(pair.appraisal, agrees=True, by=pair.employee, at=AT)
    done = now(pair)
    assert done.stage == Appraisal.DONE
    assert done.done_at == AT
    assert [each.kind for each in done.events.all()] == [
        Event.OBJECTIVES, Event.OWN_VIEW, Event.RATED, Event.LOOKED, Event.SIGNED, Event.SIGNED,
    ]  # fmt: skip


def test_a_rating_says_why_for_each_competency_and_by_the_framework_of_the_cycle(pair: Pair) -> None:
    agree_one(pair)
    rating.send_own_view(pair.appraisal, said="Well.", by=pair.employee, at=AT)
    framework = pair.appraisal.cycle.framework
    [good] = framework.marks.filter(name="Good")
    asked = list(framework.competencies.all())
    for given in (
        dict.fromkeys(asked[1:], (good, "Seen")),
        dict.fromkeys(asked, (good, " ")),
    ):
        with pytest.raises(refusals.RatingIncomplete):
            rating.rate(pair.appraisal, ratings=given, overall=good, because="A", by=pair.manager, at=AT)


def test_nobody_rates_themselves_or_looks_at_their_own_rating_again(pair: Pair) -> None:
    agree_one(pair)
    rating.send_own_view(pair.appraisal, said="Well.", by=pair.employee, at=AT)
    [good] = pair.appraisal.cycle.framework.marks.filter(name="Good")
    with pytest.raises(refusals.NotYours):
        rating.rate(pair.appraisal, ratings={}, overall=good, because="Fine", by=pair.employee, at=AT)
    give_rating(pair)
    with pytest.raises(refusals.RatedByYou):
        rating.look_again(pair.appraisal, agrees=True, by=pair.manager, at=AT)
    with pytest.raises(refusals.NotYours):
        rating.look_again(pair.appraisal, agrees=True, by=pair.employee, at=AT)


def test_a_rating_sent_back_is_given_anew_and_the_first_is_kept(pair: Pair) -> None:
    give_rating(pair)
    with pytest.raises(refusals.WordsNeeded):
        rating.look_again(pair.appraisal, agrees=False, by=pair.above, at=AT)
    rating.look_again(pair.appraisal, agrees=False, said="Too low", by=pair.above, at=AT)
    assert now(pair).stage == Appraisal.RATING
    give_rating(pair, mark="Strong")
    assert pair.appraisal.ratings.count() == 6
    assert pair.appraisal.ratings.filter(replaced_at=None).count() == 3


def test_the_manager_rates_without_the_own_view_only_once_it_is_overdue(pair: Pair) -> None:
    agree_one(pair)
    framework = pair.appraisal.cycle.framework
    [good] = framework.marks.filter(name="Good")
    ratings = dict.fromkeys(framework.competencies.all(), (good, "Seen"))
    with pytest.raises(refusals.NotThisStage):
        rating.rate(pair.appraisal, ratings=ratings, overall=good, because="A", by=pair.manager, at=AT)
    overdue = AT + dt.timedelta(days=241)
    rating.rate(pair.appraisal, ratings=ratings, overall=good, because="A", by=pair.manager, at=overdue)
    assert now(pair).stage == Appraisal.SECOND


def test_whoever_disagrees_says_with_what_and_it_stays(pair: Pair) -> None:
    give_rating(pair)
    rating.look_again(pair.appraisal, agrees=True, by=pair.above, at=AT)
    with pytest.raises(refusals.WordsNeeded):
        rating.sign_own(pair.appraisal, agrees=False, by=pair.employee, at=AT)
    rating.sign_own(pair.appraisal, agrees=False, said="The pilot was mine.", by=pair.employee, at=AT)
    with pytest.raises(refusals.SignedAlready):
        rating.sign_own(pair.appraisal, agrees=True, by=pair.employee, at=AT)
    rating.sign_as_manager(pair.appraisal, by=pair.manager, at=AT)
    done = now(pair)
    assert done.stage == Appraisal.DONE
    assert done.employee_says == "The pilot was mine."


def test_opening_again_says_why_and_both_sign_anew(pair: Pair) -> None:
    give_rating(pair)
    rating.look_again(pair.appraisal, agrees=True, by=pair.above, at=AT)
    rating.sign_own(pair.appraisal, agrees=True, by=pair.employee, at=AT)
    rating.sign_as_manager(pair.appraisal, by=pair.manager, at=AT)
    with pytest.raises(refusals.NotYours):
        rating.reopen(pair.appraisal, because="Mine", by=pair.employee, at=AT)
    rating.reopen(pair.appraisal, because="A competency was overlooked", by=make_account(), at=AT)
    again = now(pair)
    assert (again.stage, again.round, again.employee_signed_at) == (Appraisal.RATING, 2, None)
    assert again.events.filter(kind=Event.SIGNED).count() == 2


def test_whoever_is_left_out_reads_why_and_comes_back_where_it_stood(pair: Pair) -> None:
    agree_one(pair)
    rating.leave_out(pair.appraisal, reason=Appraisal.AWAY, note_of_it="", by=pair.manager, at=AT)
    left = now(pair)
    assert (left.stage, left.exempt_because) == (Appraisal.EXEMPT, Appraisal.AWAY)
    with pytest.raises(refusals.LeftOutAlready):
        objectives.agree_all(pair.appraisal, by=pair.manager, at=AT)
    rating.take_back_in(pair.appraisal, by=pair.manager, at=AT)
    assert now(pair).stage == Appraisal.SELF


def test_nothing_changes_once_the_cycle_is_closed(pair: Pair) -> None:
    close_cycle(pair.appraisal.cycle, by=pair.above, at=AT)
    with pytest.raises(refusals.NotRunning):
        agree_one(pair)
