"""What the words on a way mean."""

import pytest

from planner.streets.tags import KINDS, Tags, directions, on_foot, road, speed_limit, stops_cars


@pytest.mark.parametrize(
    ("said", "kmh"),
    [
        ("30 mph", 48), ("20mph", 32), ("50", 50), ("50 km/h", 50), ("GB:nsl_single", 96),
        ("GB:nsl_dual", 113),
        ("national", 96), ("40 mph;30 mph", 64), ("signals", 0), ("none", 0), ("", 0), ("999", 130),
    ],
)  # fmt: skip
def test_a_speed_limit_is_read_as_it_is_written(said: str, kmh: int) -> None:
    assert speed_limit(said) == kmh


@pytest.mark.parametrize(
    ("tags", "both"),
    [
        ({}, (True, True)),
        ({"oneway": "yes"}, (True, False)),
        ({"oneway": "-1"}, (False, True)),
        ({"oneway": "reversible"}, (False, False)),
        ({"junction": "roundabout"}, (True, False)),
        ({"junction": "roundabout", "oneway": "no"}, (True, True)),
        ({"highway": "motorway"}, (True, False)),
        ({"oneway": "yes", "oneway:motor_vehicle": "no"}, (True, True)),
    ],
)
def test_a_street_is_driven_the_way_it_may_be(tags: Tags, both: tuple[bool, bool]) -> None:
    assert directions(tags) == both


@pytest.mark.parametrize(
    "closed",
    [
        {"access": "private"},
        {"motor_vehicle": "no"},
        {"access": "yes", "motorcar": "no"},
        {"vehicle": "no"},
        {"highway": "footway"},
        {"highway": "construction"},
        {"highway": "service", "service": "parking_aisle"},
        {"oneway": "reversible"},
        {"area": "yes"},
    ],
)
def test_cars_do_not_go_where_they_may_not(closed: Tags) -> None:
    assert road({"highway": "residential"} | dict(closed)) is None


@pytest.mark.parametrize("open_", [{"access": "destination"}, {"access": "no", "motor_vehicle": "yes"}])
def test_the_more_particular_word_counts(open_: Tags) -> None:
    assert road({"highway": "residential"} | dict(open_)) is not None


@pytest.mark.parametrize(("kind", "stop"), [("motorway", False), ("primary_link", False), ("primary", True)])
def test_nobody_is_picked_up_on_a_motorway_or_a_slip_road(kind: str, stop: bool) -> None:
    found = road({"highway": kind})
    assert found is not None
    assert found.stop is stop
    assert KINDS[found.kind] == kind


def test_nobody_is_picked_up_on_a_motor_road() -> None:
    found = road({"highway": "trunk", "motorroad": "yes"})
    assert found is not None
    assert not found.stop


@pytest.mark.parametrize(
    ("tags", "open_"),
    [
        ({"highway": "footway"}, True), ({"highway": "steps"}, True), ({"highway": "service"}, True),
        ({"highway": "motorway"}, False), ({"highway": "trunk", "foot": "no"}, False),
        ({"highway": "track", "access": "private"}, False),
        ({"highway": "path", "access": "no", "foot": "yes"}, True),
        ({"building": "yes"}, False),
    ],
)  # fmt: skip
def test_a_child_walks_where_people_may(tags: Tags, open_: bool) -> None:
    assert on_foot(tags) is open_


@pytest.mark.parametrize(
    ("tags", "stops"),
    [
        ({"barrier": "bollard"}, True), ({"barrier": "gate"}, False),
        ({"barrier": "gate", "locked": "yes"}, True),
        ({"barrier": "gate", "access": "private"}, True),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, False),
        ({"highway": "crossing"}, False), ({"highway": "crossing", "access": "no"}, False),
    ],
)  # fmt: skip
def test_a_bollard_stops_cars_and_an_open_gate_does_not(tags: Tags, stops: bool) -> None:
    assert stops_cars(tags) is stops
