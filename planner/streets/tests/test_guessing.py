"""Times that are guessed say so; speeds are dated rows."""

import json
from datetime import date

import numpy as np
import pytest

from planner.streets.asking import Streets
from planner.streets.crow import travel
from planner.streets.problem import WrongSpeeds
from planner.streets.speeds import GIVEN, given_speeds, in_force, read_speeds

from .make import places, town

SPEEDS = given_speeds()[-1]


def streets() -> Streets:
    return Streets.of(town(), SPEEDS)


def test_without_streets_the_answer_says_that_it_is_a_guess() -> None:
    spots = places((0, 0), (1000, 0), (0, 2000))
    found = travel(spots, spots, "morning", streets=None, speeds=SPEEDS)

    assert found.basis.kind == "crow-flight"
    assert "No streets were used" in found.basis.sentence
    assert "straight line times 1.35" in found.basis.sentence
    assert found.guessed.all()
    assert found.metres[0, 1] == pytest.approx(1350, rel=1e-3)
    assert found.seconds[0, 1] == pytest.approx(1350 / 30 * 3.6, rel=1e-3)


def test_with_streets_the_answer_names_them_and_whom_to_credit() -> None:
    spots = places((0, 0), (800, 0))
    found = travel(spots, spots, "morning", streets=streets(), speeds=SPEEDS)

    assert found.basis.kind == "streets"
    assert "town.osm, which bears no date" in found.basis.sentence
    assert found.basis.credit == "© OpenStreetMap contributors"
    assert "openstreetmap.org/copyright" in found.basis.link
    assert not found.guessed.any()


def test_a_place_on_no_street_is_guessed_and_counted() -> None:
    spots = places((0, 0), (800, 0), (0, 5000))
    found = travel(spots, spots[:2], "morning", streets=streets(), speeds=SPEEDS)

    assert found.basis.kind == "mixed"
    assert "1 places lie on no street: 2 of 6 journeys are guessed" in found.basis.sentence
    assert found.guessed.tolist() == [[False, False], [False, False], [True, True]]
    assert np.isfinite(found.seconds).all()


def test_a_place_without_coordinates_gets_no_guess() -> None:
    spots = np.array([[53.79, -1.75], [np.nan, np.nan]])
    found = travel(spots, spots, "morning", streets=streets(), speeds=SPEEDS)
    assert np.isnan(found.seconds[0, 1])
    assert found.seconds[0, 0] == 0


def test_the_row_in_force_is_the_last_that_began() -> None:
    said = json.loads(GIVEN.read_text(encoding="utf-8"))
    said["rows"].append(said["rows"][0] | {"since": "2026-09-01", "source": "driven in the summer"})
    rows = read_speeds(json.dumps(said))

    assert in_force(rows, date(2026, 8, 31)).since == date(2000, 1, 1)
    assert in_force(rows, date(2026, 9, 1)).source == "driven in the summer"
    assert "since 1 September 2026: driven in the summer" in in_force(rows, date(2027, 1, 1)).sentence
    with pytest.raises(WrongSpeeds, match="No row of speeds holds on 1 January 1999"):
        in_force(rows, date(1999, 1, 1))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{}", "says nothing of 'bands'"),
        ("nonsense", "cannot be read"),
        (GIVEN.read_text(encoding="utf-8").replace("[80, 0.72]", "[0, 0.72]"), "above nought"),
        (GIVEN.read_text(encoding="utf-8").replace('"service":', '"servant":'), "nothing of 'service'"),
    ],
)
def test_a_wrong_file_of_speeds_is_refused(text: str, told: str) -> None:
    with pytest.raises(WrongSpeeds, match=told):
        read_speeds(text)


@pytest.mark.parametrize(
    ("clock", "band"), [(8.5, "morning"), (15.25, "afternoon"), (12, "off-peak"), (32.5, "morning")]
)
def test_a_time_of_day_has_its_band(clock: float, band: str) -> None:
    assert SPEEDS.band_at(int(clock * 3600)) == band


def test_an_unknown_band_is_refused() -> None:
    with pytest.raises(WrongSpeeds, match="no band of the day called noon"):
        streets().times(places((0, 0)), places((0, 0)), "noon")
