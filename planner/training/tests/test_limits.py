"""The proven limit, and what would help most."""

from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from planner.training.board import lay_out
from planner.training.bound import quick_bound
from planner.training.levers import lever, levers, pulled, worth
from planner.training.limit import Limit, limit_of, proved
from planner.training.prices import Prices, find_prices
from planner.training.problem import ProblemError
from planner.training.searching import plan_training

from .make import make_problem

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def limit() -> Limit:
    problem = make_problem()
    return limit_of(problem, lay_out(problem), 60)


def test_the_limit_lies_between_a_plan_and_the_quick_limit(limit: Limit) -> None:
    problem = make_problem()
    plan = plan_training(problem, rounds=0)

    assert plan.placed <= limit.places <= quick_bound(problem, lay_out(problem))


def test_a_solver_without_time_still_gives_a_limit_that_holds(limit: Limit) -> None:
    problem = make_problem()

    assert limit_of(problem, lay_out(problem), seconds=0).places >= limit.places


def test_a_plan_takes_the_better_limit_when_it_is_ready(limit: Limit) -> None:
    ready: Future[Limit] = Future()
    ready.set_result(limit)

    assert plan_training(make_problem(), rounds=0, limit=ready).bound == limit.places


def test_the_limit_can_be_proved_on_any_executor(limit: Limit) -> None:
    with ThreadPoolExecutor(1) as executor:
        places = executor.submit(proved, make_problem(), 60, 300).result().places
    assert quick_bound(make_problem(), lay_out(make_problem())) >= places >= limit.places * 0.97


def test_levers_come_best_first_and_say_what_they_are(limit: Limit) -> None:
    found = levers(make_problem(), limit)

    assert found
    assert list(found) == sorted(found, key=lambda one: -one.places)
    assert all(one.says and one.places > 0 for one in found)


@pytest.fixture(scope="module")
def prices() -> Prices:
    problem = make_problem()
    return find_prices(problem, lay_out(problem), rounds=300)


@pytest.mark.parametrize("name", ["trainer:1", "team:3", "course:0", "saturdays"])
def test_pulling_a_lever_never_lowers_the_limit(name: str, prices: Prices) -> None:
    assert worth(make_problem(), lever(name), prices, rounds=60) >= 0


@pytest.mark.parametrize("name", ["trainer", "ship:3", "team:x"])
def test_what_is_no_lever_is_refused(name: str) -> None:
    with pytest.raises(ProblemError, match="no lever"):
        lever(name)


def test_a_lever_the_year_does_not_have_is_refused() -> None:
    with pytest.raises(ProblemError, match="no team"):
        pulled(make_problem(), lever("team:999"))
