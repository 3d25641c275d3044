"""Plans made, and judged by the checker."""

from collections import Counter
from dataclasses import replace

import pytest

from planner.training.board import lay_out
from planner.training.bound import quick_bound
from planner.training.calendar import further_runs, make_runs
from planner.training.checking import check
from planner.training.plan import Plan
from planner.training.problem import Trainer
from planner.training.searching import Progress, plan_training
from planner.training.writing import written

from .make import make_case, make_problem

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_training(make_problem(), rounds=1500)


def test_the_first_plan_keeps_every_rule() -> None:
    first = plan_training(make_problem(), rounds=0)

    assert check(make_case(), written(first)).breaches == []
    assert first.placed > 1900


def test_searching_places_more_and_keeps_every_rule(plan: Plan) -> None:
    assert check(make_case(), written(plan)).breaches == []
    assert 2050 <= plan.placed <= plan.bound
    assert plan.gap < 0.025


def test_the_same_seed_and_rounds_give_the_same_plan(plan: Plan) -> None:
    assert plan_training(make_problem(), rounds=1500) == plan


def test_another_seed_gives_another_plan_as_good(plan: Plan) -> None:
    other = plan_training(make_problem(), rounds=1500, seed=2)

    assert other != plan
    assert abs(other.placed - plan.placed) < 15
    assert check(make_case(), written(other)).breaches == []


def test_everybody_left_out_has_a_reason(plan: Plan) -> None:
    assert len(plan.unplaced) + plan.placed == len(make_problem().demands)
    assert all(left.reason for left in plan.unplaced)


def test_a_search_ends_when_it_is_told_to() -> None:
    heard: list[Progress] = []

    def tell(far: Progress) -> bool:
        heard.append(far)
        return False

    plan = plan_training(make_problem(), seconds=600, tell=tell)

    assert len(heard) == 1
    assert plan.placed == heard[0].placed
    assert plan.rounds == 0


def test_a_search_without_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match="how long"):
        plan_training(make_problem())


def test_the_quick_limit_is_no_more_than_everybody_with_an_option() -> None:
    problem = make_problem()
    board = lay_out(problem)

    assert quick_bound(problem, board) <= sum(board.options_at[:-1] < board.options_at[1:])


def test_further_runs_take_no_trainer_or_room_twice_and_are_held_by_whoever_is_named() -> None:
    year = make_problem()
    tuesdays = [day for day in year.teaching if day % 7 == 1]
    away = frozenset(range(year.horizon)) - frozenset(tuesdays)
    everything = frozenset(course.id for course in year.courses)
    more = Trainer(len(year.trainers), everything, 0, away, 1)
    one_more = replace(year, trainers=(*year.trainers, more))
    needs = [number for number, need in enumerate(year.requirements) if year.courses[need.course].days == 1]
    found = further_runs(one_more, needs, tuesdays, more.id)
    taught = Counter((who, day) for run in (*year.runs, *found) for who in run.trainers for day in run.days)
    rooms = Counter((run.site, day) for run in (*year.runs, *found) for day in run.days)

    assert found or not needs
    assert all(more.id in run.trainers and set(run.days) <= set(tuesdays) for run in found)
    assert max(count for (_who, _day), count in taught.items()) == 1
    assert all(rooms[run.site, day] <= year.sites[run.site].rooms for run in found for day in run.days)


def test_a_calendar_of_our_own_is_kept_by_the_checker_too() -> None:
    problem = replace(make_problem(), runs=())
    problem = replace(problem, runs=make_runs(problem))
    plan = plan_training(problem, rounds=0)

    assert len(problem.runs) > 100
    assert check(make_case(), written(plan)).breaches == []
