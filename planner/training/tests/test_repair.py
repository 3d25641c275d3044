"""A plan in force mended after something changed; every outcome is judged by the checker."""

from dataclasses import replace
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.training.changes import (
    minimum_raised,
    officer_away,
    run_lost,
    site_closed,
    surge_trainer_away,
    trainer_away,
)
from planner.training.checking import check
from planner.training.mending import Weights
from planner.training.plan import Plan
from planner.training.problem import Problem, ProblemError
from planner.training.repair import MAKES_ROOM, WAITED, Repair, accepted, repair
from planner.training.searching import plan_training
from planner.training.writing import written

from .make import make_case, make_problem
from .tiny import case_of, tiny_case, tiny_problem

pytestmark = pytest.mark.slow
TODAY, FROZEN = 100, 114


@cache
def make_plan() -> Plan:
    return plan_training(make_problem(), rounds=300)


@cache
def make_upset() -> Problem:
    """The year after a bad week: people ill, a site closed, trainers gone, an operation."""
    draw, problem = Random(5), make_problem()
    for officer in draw.sample(range(len(problem.officers)), 20):
        start = TODAY + draw.randrange(1, 40)
        problem = officer_away(problem, officer, range(start, start + 5))
    problem = site_closed(problem, 0, range(TODAY + 20, TODAY + 24))
    problem = trainer_away(problem, 1, range(TODAY, TODAY + 30))
    problem = surge_trainer_away(problem, 2, range(TODAY, TODAY + 20))
    return minimum_raised(problem, 4, range(TODAY + 10, TODAY + 20), by=2)


@cache
def make_repair() -> Repair:
    return repair(make_upset(), make_plan(), today=TODAY, frozen_until=FROZEN)


def breaches(plan: Plan, problem: Problem, mended: Repair) -> list[str]:
    """What the checker says, but for places in classes that have begun."""
    begun = {str(one.place.officer) for one in mended.begun}
    told = check(case_of(make_case(), problem), written(plan)).breaches
    return [said for said in told if said.split()[1] not in begun]


def test_nothing_changed_means_nothing_to_do() -> None:
    mended = repair(make_problem(), make_plan(), today=-1, frozen_until=-1, weights=Weights(waiting=0))

    assert (mended.withdrawn, mended.begun, mended.proposals) == ((), (), ())
    assert sorted(accepted(mended, []).places, key=repr) == sorted(make_plan().places, key=repr)


def test_whoever_breaks_a_rule_is_withdrawn_and_most_find_another_place() -> None:
    mended = make_repair()
    given_back = sum(move.why not in (MAKES_ROOM, WAITED) for one in mended.proposals for move in one.moves)

    assert len(mended.withdrawn) > 50
    assert given_back + len(mended.left) == len(mended.withdrawn)
    assert given_back > 0.7 * len(mended.withdrawn)


def test_every_proposal_alone_with_what_it_needs_keeps_every_rule() -> None:
    mended = make_repair()
    assert breaches(accepted(mended, []), make_upset(), mended) == []
    for proposal in mended.proposals[:: max(1, len(mended.proposals) // 6)]:
        wanted = {proposal.number}
        while missing := {need for one in wanted for need in mended.proposals[one].needs} - wanted:
            wanted |= missing
        assert breaches(accepted(mended, wanted), make_upset(), mended) == []


def test_all_proposals_together_keep_every_rule_and_give_what_they_say() -> None:
    mended = make_repair()
    whole = accepted(mended, range(len(mended.proposals)))

    assert breaches(whole, make_upset(), mended) == []
    assert whole.placed == make_plan().placed - len(mended.withdrawn) + sum(
        proposal.places for proposal in mended.proposals
    )


def test_nobody_is_asked_to_come_or_to_move_before_the_freeze_ends() -> None:
    for proposal in make_repair().proposals:
        for move in proposal.moves:
            stays = move.out_of == move.into
            assert stays or move.into.days[0] > FROZEN
            if move.why == MAKES_ROOM:
                assert move.out_of is not None
                assert move.out_of.days[0] > FROZEN


def test_nobody_is_moved_where_the_weights_forbid_it() -> None:
    mended = repair(make_upset(), make_plan(), today=TODAY, frozen_until=FROZEN, weights=Weights(touched=1))

    assert mended.touched == 0
    assert all(move.why != MAKES_ROOM for one in mended.proposals for move in one.moves)


def moved(mended: Repair) -> set[int]:
    """Those who could have stayed."""
    moves = (move for proposal in mended.proposals for move in proposal.moves)
    return {move.demand for move in moves if move.why == MAKES_ROOM}


def test_whoever_was_told_of_their_place_is_asked_to_move_after_the_others() -> None:
    told = moved(make_repair())
    assert told
    upset, plan = make_upset(), make_plan()
    last = repair(upset, plan, today=TODAY, frozen_until=FROZEN, told=told)
    never = repair(upset, plan, today=TODAY, frozen_until=FROZEN, told=told, weights=Weights(told=1))

    assert len(moved(last) & told) < len(told)
    assert not moved(never) & told
    assert len(last.left) <= len(never.left)
    for proposal in last.proposals:
        costs = sum(0.9 if move.told else 0.5 for move in proposal.moves if move.why == MAKES_ROOM)
        waited = sum(move.why == WAITED for move in proposal.moves)
        assert proposal.gain == pytest.approx(proposal.places - 0.75 * waited - costs)


def test_those_who_were_told_lose_their_places_last() -> None:
    problem, plan = make_problem(), make_plan()
    upset = minimum_raised(problem, 4, range(TODAY + 10, TODAY + 60), by=1)
    first = repair(upset, plan, today=TODAY, frozen_until=FROZEN)
    lost = {one.demand for one in first.withdrawn}
    assert lost
    again = repair(upset, plan, today=TODAY, frozen_until=FROZEN, told=lost)

    assert len({one.demand for one in again.withdrawn} & lost) < len(lost)


def test_moving_others_places_no_fewer() -> None:
    alone = repair(make_upset(), make_plan(), today=TODAY, frozen_until=FROZEN, weights=Weights(touched=1))

    assert len(make_repair().left) <= len(alone.left)


def test_those_who_keep_their_places_keep_their_class_and_trainers() -> None:
    mended, plan = make_repair(), make_plan()
    after = accepted(mended, [])
    trainers = {held.id: held.trainers for held in plan.classes}
    changed = [held for held in after.classes if trainers.get(held.id) != held.trainers]

    gone = {one.demand for one in mended.withdrawn}
    assert len(set(plan.places) - set(after.places)) <= len(gone) + 20
    assert len(changed) < 0.1 * len(after.classes)


def test_the_same_repair_twice_is_the_same() -> None:
    assert (
        repair(make_upset(), make_plan(), today=TODAY, frozen_until=FROZEN).proposals
        == make_repair().proposals
    )


def test_a_lost_class_is_not_held_and_its_people_are_offered_others() -> None:
    plan = make_plan()
    lost = next(held for held in plan.classes if held.module is not None and held.days[0] > FROZEN)
    members = [place for place in plan.places if place.held == lost.id]
    mended = repair(make_problem(), plan, today=TODAY, frozen_until=FROZEN, lost=[lost.id])

    assert {one.place for one in mended.withdrawn} >= set(members)
    assert lost.id not in {held.id for held in accepted(mended, range(len(mended.proposals))).classes}


def test_a_lost_run_is_withdrawn() -> None:
    problem, plan = make_problem(), make_plan()
    held = next(one for one in plan.classes if one.course is not None and one.days[0] > FROZEN)
    number = next(
        at
        for at, run in enumerate(problem.runs)
        if (run.course, run.days, run.site, run.trainers)
        == (held.course, held.days, held.site, held.trainers)
    )
    mended = repair(run_lost(problem, number), plan, today=TODAY, frozen_until=FROZEN)

    assert held.id not in {one.id for one in accepted(mended, []).classes}


def test_what_an_acceptance_lacks_is_said() -> None:
    mended = make_repair()
    needy = [proposal for proposal in mended.proposals if proposal.needs]

    with pytest.raises(ProblemError, match="no proposal"):
        accepted(mended, [len(mended.proposals)])
    for proposal in needy[:1]:
        with pytest.raises(ProblemError, match="needs proposal"):
            accepted(mended, [proposal.number])


def test_a_change_to_somebody_who_is_not_there_is_refused() -> None:
    for change in (officer_away, trainer_away, surge_trainer_away, site_closed):
        with pytest.raises(ProblemError, match="has no"):
            change(make_problem(), 99_999, [3])
    with pytest.raises(ProblemError, match="has no team"):
        minimum_raised(make_problem(), 99_999, [3], by=1)
    with pytest.raises(ProblemError, match="has no run"):
        run_lost(make_problem(), 99_999)


def test_a_place_nobody_asked_for_is_refused() -> None:
    plan = make_plan()
    odd = replace(plan.places[0], officer=99_999)

    with pytest.raises(ProblemError, match="nobody asked for"):
        repair(make_problem(), replace(plan, places=(odd, *plan.places[1:])), today=0, frozen_until=0)


@st.composite
def upsets(draw: st.DrawFn) -> tuple[int, Problem]:
    """A tiny year, and what happened in it."""
    number = draw(st.integers(0, 30))
    problem = tiny_problem(tiny_case(number))
    days = st.integers(0, 60).flatmap(lambda day: st.integers(1, 9).map(lambda n: range(day, day + n)))
    for _ in range(draw(st.integers(1, 4))):
        problem = officer_away(problem, draw(st.integers(0, len(problem.officers) - 1)), draw(days))
    happened = draw(st.sets(st.sampled_from(["site", "trainer", "surge", "team", "run"])))
    if "site" in happened:
        problem = site_closed(problem, draw(st.integers(0, 1)), draw(days))
    if "trainer" in happened:
        problem = trainer_away(problem, draw(st.integers(0, 3)), draw(days))
    if "surge" in happened:
        problem = surge_trainer_away(problem, draw(st.integers(0, 4)), draw(days))
    if "team" in happened:
        problem = minimum_raised(problem, draw(st.integers(0, 3)), draw(days), by=1)
    if "run" in happened and problem.runs:
        problem = run_lost(problem, draw(st.integers(0, len(problem.runs) - 1)))
    return number, problem


@given(upsets(), st.integers(0, 2**32), st.integers(0, 40))
@settings(max_examples=60, deadline=None)
def test_proposals_accepted_in_any_order_never_break_a_rule(
    upset: tuple[int, Problem], chance: int, frozen: int
) -> None:
    number, problem = upset
    case, draw = tiny_case(number), Random(chance)
    plan = plan_training(tiny_problem(case), rounds=30)
    mended = repair(problem, plan, today=-1, frozen_until=frozen)
    now = case_of(case, problem)
    taken: set[int] = set()

    assert check(now, written(accepted(mended, taken))).breaches == []
    while True:
        ready = [
            one.number for one in mended.proposals if one.number not in taken and taken.issuperset(one.needs)
        ]
        if not ready:
            break
        taken.add(draw.choice(ready))
        assert check(now, written(accepted(mended, taken))).breaches == []
    assert len(taken) == len(mended.proposals)
