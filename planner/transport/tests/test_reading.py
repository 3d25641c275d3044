"""A case that makes no sense is refused in a sentence."""

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from planner.transport.problem import Layout, ProblemError
from planner.transport.reading import problem_of

from .make import make_rich, make_said

Said = dict[str, Any]


def _set(part: str, number: int, **what: Any) -> Callable[[Said, Said], None]:
    def change(said: Said, tables: Said) -> None:
        said[part][number] |= what

    return change


def _whole(**what: Any) -> Callable[[Said, Said], None]:
    def change(said: Said, tables: Said) -> None:
        said |= what

    return change


def _without(name: str) -> Callable[[Said, Said], None]:
    def change(said: Said, tables: Said) -> None:
        del said[name]

    return change


def _table(seconds: Any) -> Callable[[Said, Said], None]:
    def change(said: Said, tables: Said) -> None:
        tables["seconds"] = seconds

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_without("schools"), r"KeyError\('schools'\)"),
        (_whole(direction="evening"), "“evening”"),
        (_whole(depots=[]), "is not between"),
        (_whole(fleet=[]), "no vehicles"),
        (_whole(not_together=[[0, 0]]), "makes no sense"),
        (_whole(not_together=[[0, 99]]), "makes no sense"),
        (_set("passengers", 0, school=9), "goes to school 9"),
        (_set("passengers", 0, board=-1), "below nought"),
        (_set("passengers", 1, id=7), "ids count up"),
        (_set("passengers", 0, escort="sometimes"), "'sometimes'"),
        (_set("passengers", 0, max_ride="long"), "no number"),
        (_set("fleet", 0, seats=-1), "seats or bays below nought"),
        (_set("fleet", 0, fixed_cost=float("nan")), "below nought, or none"),
        (_set("fleet", 0, depots=[5]), "a depot the case does not have"),
        (_table(np.zeros(4)), "is not between"),
        (_table(np.full((17, 17), -1)), "below nought"),
    ],
)
def test_a_case_that_makes_no_sense_is_refused(change: Callable[[Said, Said], None], told: str) -> None:
    said, tables = make_said()
    said["passengers"] = [dict(one) for one in said["passengers"]]
    said["fleet"] = [dict(one) for one in said["fleet"]]
    change(said, tables)

    with pytest.raises(ProblemError, match=told):
        problem_of(said, tables)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_whole(together=[[1, 1]]), "kept together makes no sense"),
        (_whole(together=[[0, 1]]), "together and apart"),
        (_set("passengers", 2, alone=True), "one travels alone"),
        (_set("passengers", 0, spots=[{"point": 7, "walk": 1}]), "a meeting point the case does not have"),
        (_set("passengers", 0, spots=[{"point": 1, "walk": 1}] * 2), "in two ways"),
        (_set("passengers", 0, max_walk=0), "neither at home nor"),
        (_set("passengers", 1, known=["Nobody"]), "drivers the case does not have"),
        (_set("passengers", 1, continuity=-1), "other drivers below nought"),
        (_set("drivers", 0, available=-1), "fewer than none"),
        (_set("drivers", 0, name="Strangers"), "drives no vehicle"),
        (_set("fleet", 2, minimum=-1), "below nought, or none"),
        (_set("fleet", 2, escorting={"fixed": -2}), "below nought, or none"),
        (_whole(walking={"hourly": float("nan")}), "hour walked"),
    ],
)
def test_a_rich_case_that_makes_no_sense_is_refused(change: Callable[[Said, Said], None], told: str) -> None:
    said, tables = copy.deepcopy(make_rich())
    change(said, tables)

    with pytest.raises(ProblemError, match=told):
        problem_of(said, tables)


def test_who_may_walk_farther_than_they_may_is_not_fetched_there() -> None:
    problem = problem_of(*make_rich())

    assert [spot.point for spot in problem.passengers[0].spots] == [0]
    assert [spot.point for spot in problem.passengers[3].spots] == [0, 1]
    assert not problem.passengers[0].at_home


def test_miles_cannot_be_paid_where_the_case_has_no_metres() -> None:
    said, tables = make_said()
    said["fleet"] = [{**said["fleet"][0], "by_mile": 2}]

    with pytest.raises(ProblemError, match="no metres"):
        problem_of(said, {"seconds": tables["seconds"]})


def test_a_vehicle_may_be_fitted_in_several_ways() -> None:
    said, tables = make_said()
    said["fleet"] = [{**said["fleet"][0], "layouts": [[8, 0], [5, 1]]}]

    assert problem_of(said, tables).kinds[0].layouts == (Layout(8, 0), Layout(5, 1))


def test_a_triangle_of_times_is_read_as_a_square() -> None:
    said, tables = make_said(3)
    square = tables["seconds"]
    triangle = square[np.triu_indices(len(square), 1)]

    assert (problem_of(said, {"seconds": triangle}).seconds == square).all()
