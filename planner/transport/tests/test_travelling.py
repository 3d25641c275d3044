"""The tables of a case from where its locations lie."""

import numpy as np
import pytest

from planner.streets.asking import Streets
from planner.streets.keeping import open_prepared, prepare
from planner.streets.speeds import given_speeds
from planner.streets.tests.make import LEEDS
from planner.transport.problem import ProblemError
from planner.transport.reading import problem_of
from planner.transport.searching import plan_transport
from planner.transport.travelling import has_coordinates, tables_of, with_tables

from .make import make_said, small_said


@pytest.fixture(scope="module")
def streets(tmp_path_factory: pytest.TempPathFactory) -> Streets:
    made = open_prepared(prepare(LEEDS, tmp_path_factory.mktemp("streets")))
    return Streets.of(made, given_speeds()[-1])


def test_guessed_tables_make_a_plan_that_says_so() -> None:
    said, tables = with_tables(small_said(), None)
    plan = plan_transport(problem_of(said, tables), rounds=10)

    assert plan.times_from.startswith("No streets were used")
    assert tables["seconds"].shape == tables["metres"].shape
    assert not tables["seconds"].diagonal().any()


def test_tables_by_street_say_which_and_where_they_are_guessed(streets: Streets) -> None:
    low, high = (
        streets.drive.network.junctions.min(axis=0) / 1e7,
        streets.drive.network.junctions.max(axis=0) / 1e7,
    )
    spots = low + (high - low) * np.random.default_rng(1).random((6, 2))
    spots[2] = [51.5, -0.1]  # in London
    made = tables_of(spots, "morning", streets=streets, speeds=streets.speeds)

    assert "OpenStreetMap extract" in made.times_from
    assert "guessed" in made.times_from
    assert 2 in made.guessed
    assert (made.seconds >= 0).all()


def test_a_location_without_coordinates_is_named() -> None:
    with pytest.raises(ProblemError, match="1 locations have no coordinates, the first of them location 1"):
        tables_of(
            np.array([[53.8, -1.5], [np.nan, -1.5]]), "morning", streets=None, speeds=given_speeds()[-1]
        )


def test_a_case_says_where_everything_lies_or_it_does_not() -> None:
    assert has_coordinates(small_said())
    assert not has_coordinates(make_said()[0])
    assert not has_coordinates({**small_said(), "depots": [{"lat": "north", "lon": 1}]})
