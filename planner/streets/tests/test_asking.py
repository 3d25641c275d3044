"""Streets asked, on small maps: one-way streets, islands, motorways, paths."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.streets.asking import Streets
from planner.streets.network import metres_between
from planner.streets.snapping import Points
from planner.streets.speeds import BANDS, given_speeds

from .make import BLOCK, GRID, STREET, draw, leeds, places, streets_of, town

HERE = pytest.approx
FIVE = {"a": (0.0, 0.0), "b": (300.0, 0.0), "c": (300.0, 300.0), "d": (0.0, 300.0), "e": (300.0, 900.0)}


def of_town(*, plain: bool = False) -> Streets:
    return Streets.of(town(), given_speeds()[-1], plain=plain)


def test_a_one_way_street_is_driven_one_way_and_walked_both(tmp_path: Path) -> None:
    streets = streets_of(
        draw(tmp_path / "m.osm", FIVE, [("ab", STREET | {"oneway": "yes"}), ("bcda", STREET)])
    )
    ends = places((10, 0), (290, 0))

    metres = streets.distances(ends, ends)
    assert metres[0, 1] == HERE(280, abs=1)
    assert metres[1, 0] == HERE(10 + 900 + 10, abs=1)
    assert streets.walk(ends, ends)[1, 0] == HERE(280, abs=1)
    assert streets.times(ends, ends, "off-peak")[0, 1] == HERE(280 / 23 * 3.6, abs=0.2)


def test_an_island_takes_nobody(tmp_path: Path) -> None:
    ways = [("abcda", STREET), ("ef", STREET)]
    streets = streets_of(draw(tmp_path / "m.osm", FIVE | {"f": (350.0, 900.0)}, ways))

    placed = streets.snap(places((310, 900), (290, 310)), within=400)
    assert placed.edge[0] == -1
    assert [lost.number for lost in placed.unplaced] == [0]
    assert placed.unplaced[0].metres == HERE(600, abs=1)
    assert "600 m away" in placed.unplaced[0].sentence
    assert placed.metres[1] == HERE(10, abs=0.5)


def test_a_dead_end_that_cannot_be_left_takes_nobody(tmp_path: Path) -> None:
    ways = [("abcda", STREET), ("ce", STREET | {"oneway": "yes"})]
    streets = streets_of(draw(tmp_path / "m.osm", FIVE, ways))
    assert streets.snap(places((300, 800))).edge[0] == -1


def test_nobody_is_placed_on_a_motorway_but_it_is_driven(tmp_path: Path) -> None:
    points = {"a": (0.0, 0.0), "b": (0.0, 30.0), "c": (5000.0, 30.0), "d": (5000.0, 0.0)}
    ways = [
        ("ad", STREET),
        ("ab", {"highway": "motorway_link", "oneway": "no"}),
        ("bc", {"highway": "motorway", "oneway": "no"}),
        ("cd", {"highway": "motorway_link", "oneway": "no"}),
    ]
    streets = streets_of(draw(tmp_path / "m.osm", points, ways))

    placed = streets.snap(places((2500, 29)))
    assert placed.metres[0] == HERE(29, abs=0.5)
    ends = places((10, 0), (4990, 0))
    line = streets.path(ends[0], ends[1], "off-peak")
    assert line is not None
    assert line.metres == HERE(10 + 30 + 5000 + 30 + 10, abs=5)
    assert line.seconds < 4980 / 23 * 3.6 / 2
    assert streets.distances(ends, ends)[0, 1] == HERE(4980, rel=0.001)


def test_a_bollard_stops_cars_and_no_walkers(tmp_path: Path) -> None:
    points = FIVE | {"m": (150.0, 0.0)}
    extract = draw(
        tmp_path / "m.osm", points, [("amb", STREET), ("bcda", STREET)], marked={"m": {"barrier": "bollard"}}
    )
    streets = streets_of(extract)
    ends = places((100, 0), (200, 0))
    assert streets.distances(ends, ends)[0, 1] == HERE(100 + 900 + 100, abs=1)
    assert streets.walk(ends, ends)[0, 1] == HERE(100, abs=0.5)


def test_a_path_shortens_the_walk_and_not_the_drive() -> None:
    streets = of_town()
    ends = places((0, 0), (BLOCK, BLOCK))
    assert streets.walk(ends, ends)[0, 1] == HERE(BLOCK * 2**0.5, abs=1)
    assert streets.distances(ends, ends)[0, 1] == HERE(2 * BLOCK, abs=1)


def test_two_places_on_one_street_do_not_go_round(tmp_path: Path) -> None:
    streets = streets_of(
        draw(tmp_path / "m.osm", FIVE, [("ab", STREET | {"oneway": "yes"}), ("bcda", STREET)])
    )
    ends = places((100, 5), (180, -5), (100, 0))
    metres = streets.distances(ends, ends)
    assert metres[0, 1] == HERE(80, abs=0.5)
    assert metres[1, 0] == HERE(1200 - 80, abs=1)
    assert metres[0, 2] == HERE(0, abs=0.05)
    assert metres[0, 0] == 0


def test_a_place_without_readable_coordinates_is_not_placed() -> None:
    streets = of_town()
    points = np.vstack([places((5, 5)), [[np.nan, np.nan]], [[99.0, 500.0]], places((0, 90_000))])
    placed = streets.snap(points)

    assert [lost.number for lost in placed.unplaced] == [1, 2, 3]
    assert "no coordinates" in placed.unplaced[0].sentence
    seconds = streets.times(placed, placed, "morning")
    assert np.isnan(seconds[1:]).all()
    assert np.isnan(seconds[:, 1:]).all()
    assert streets.path(points[0], points[1], "morning") is None
    assert streets.times(np.zeros((0, 2)), points, "morning").shape == (0, 4)


def test_the_peak_is_slower_than_the_rest_of_the_day() -> None:
    streets = of_town()
    ends = places((0, 0), (800, 800))
    morning, afternoon, off_peak = (streets.times(ends, ends, band)[0, 1] for band in BANDS)
    assert morning > afternoon > off_peak


def test_a_line_for_the_map_goes_from_street_to_street() -> None:
    streets = of_town()
    here, there = places((50, 10), (790, 610))
    line = streets.path(here, there, "morning")
    assert line is not None
    ends = streets.snap(places((50, 10), (790, 610)))
    assert line.points[0] == HERE(ends.at[0], abs=1e-6)
    assert line.points[-1] == HERE(ends.at[1], abs=1e-6)
    assert 750 + 600 - 60 <= line.metres < 1700
    steps = metres_between(line.points[:-1], line.points[1:])
    assert steps.sum() == HERE(line.metres, abs=0.5)
    assert line.seconds == HERE(float(streets.times(ends, ends, "morning")[0, 1]), abs=1e-3)


def test_walking_there_is_as_far_as_walking_back() -> None:
    streets = streets_of_leeds()
    spots = somewhere(streets, 12)
    metres = streets.walk(spots, spots)
    assert (metres == metres.T).all()
    line = streets.walk_path(spots[0], spots[1])
    assert line is not None
    assert line.metres == HERE(float(metres[0, 1]), abs=0.2)


def streets_of_leeds(*, plain: bool = False) -> Streets:
    return Streets.of(leeds(), given_speeds()[-1], plain=plain)


def somewhere(streets: Streets, count: int, seed: int = 1) -> Points:
    low = streets.drive.network.junctions.min(axis=0) / 1e7
    high = streets.drive.network.junctions.max(axis=0) / 1e7
    return np.asarray(low + (high - low) * np.random.default_rng(seed).random((count, 2)))


def test_both_engines_answer_the_same() -> None:
    fast, plain = streets_of_leeds(), streets_of_leeds(plain=True)
    spots = somewhere(fast, 40)
    assert type(fast.drive.engine) is not type(plain.drive.engine)
    for band in BANDS:
        assert (fast.times(spots, spots, band) == plain.times(spots, spots, band)).all()
    assert (fast.walk(spots, spots) == plain.walk(spots, spots)).all()
    for a, b in ((0, 1), (2, 3), (4, 4)):
        one, two = (which.path(spots[a], spots[b], "morning") for which in (fast, plain))
        assert one is not None
        assert two is not None
        assert one.seconds == two.seconds == HERE(float(fast.times(spots, spots, "morning")[a, b]), abs=1e-3)


SPOT = st.tuples(*[st.floats(-150, BLOCK * (GRID - 1) + 150)] * 2)


@settings(max_examples=60, deadline=None)
@given(st.lists(SPOT, min_size=3, max_size=3), st.sampled_from(BANDS))
def test_no_way_round_is_quicker_than_the_way(spots: list[tuple[float, float]], band: str) -> None:
    streets = of_town()
    at = streets.snap(places(*spots), within=1000)
    seconds = streets.times(at, at, band).astype(np.float64)
    plain = of_town(plain=True).times(at, at, band)

    assert (np.diag(seconds) == 0).all()
    assert seconds[0, 2] <= seconds[0, 1] + seconds[1, 2] + 2e-3
    assert (plain == seconds.astype(np.float32)).all()


@settings(max_examples=40, deadline=None)
@given(SPOT, SPOT)
def test_streets_are_never_shorter_than_the_crows_flight(
    one: tuple[float, float], two: tuple[float, float]
) -> None:
    streets = of_town()
    at = streets.snap(places(one, two), within=1000)
    crow = float(metres_between(at.at[0], at.at[1]))
    assert streets.distances(at, at)[0, 1] >= crow * 0.999 - 0.1
    assert streets.walk(places(one), places(two), within=1000)[0, 0] >= 0
