"""Times that are guessed say so; speeds are dated rows; driven journeys correct them."""

import json
from datetime import date

import numpy as np
import pytest

from planner.streets.asking import Streets
from planner.streets.correcting import Journey, learn_speeds, weighted_median
from planner.streets.crow import travel
from planner.streets.problem import WrongSpeeds
from planner.streets.speeds import BANDS, GIVEN, corrected, given_speeds, in_force, read_speeds
from planner.streets.tags import KIND, KINDS

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


def driven(count: int, truth: Streets, seed: int, odd: float = 0.1) -> list[Journey]:
    """Journeys as they would be driven at true speeds, with noise, and some with a wrong note."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        one, two = (tuple(800 * rng.random(2)) for _ in range(2))
        there, back = places(one, two)
        line = truth.path(there, back, "morning")
        assert line is not None
        if line.seconds > 20:
            wrong = 2.2 if rng.random() < odd else float(rng.normal(1, 0.05))
            found.append(Journey(there, back, "morning", line.seconds * wrong))
    return found


def test_speeds_are_learned_from_journeys_though_some_are_wrong() -> None:
    factor = np.ones((len(KINDS), len(BANDS)))
    factor[KIND["residential"]], factor[KIND["secondary"]] = 1.3, 0.9
    truth = Streets.of(town(), corrected(SPEEDS, factor, np.zeros(factor.shape, np.int32)))

    learned = learn_speeds(streets(), driven(300, truth, 1))

    said = {one.kind: one for one in learned.corrections}
    assert said["residential"].factor == pytest.approx(1.3, abs=0.06)
    assert said["secondary"].factor == pytest.approx(0.9, abs=0.12)
    assert said["secondary"].journeys >= 20
    assert said["motorway"].journeys == 0
    assert "for want of journeys" in said["motorway"].sentence
    assert f"from {said['residential'].journeys:,} journeys" in said["residential"].sentence
    assert f"corrected from {learned.used:,} recorded journeys" in learned.sentence
    assert "recorded journeys a band" in Streets.of(town(), learned.speeds).basis("morning").sentence


def test_the_order_of_journeys_does_not_matter() -> None:
    journeys = driven(60, streets(), 2)
    one, two = learn_speeds(streets(), journeys), learn_speeds(streets(), journeys[::-1])
    assert one.corrections == two.corrections


def test_a_few_journeys_change_nothing() -> None:
    learned = learn_speeds(streets(), driven(10, streets(), 3))
    assert learned.used == 0
    assert (learned.speeds.factor == 1).all()


def test_journeys_that_cannot_be_right_are_left_out_and_counted() -> None:
    there, back = places((0, 0), (800, 800))
    nowhere = places((0, 9000))[0]
    bad = [
        Journey(there, back, "morning", 9000.0),
        Journey(there, back, "morning", 0.0),
        Journey(there, there, "morning", 60.0),
        Journey(there, nowhere, "morning", 600.0),
    ]
    good = driven(60, streets(), 4, odd=0)
    learned = learn_speeds(streets(), [*bad, *good])
    assert learned.left_out == len(bad)
    assert learned.used == len(good)


def test_a_weighted_median_has_half_of_the_weight_below() -> None:
    assert weighted_median(np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 5.0])) == 2.0
    assert weighted_median(np.array([1.0, 9.0]), np.array([1.0, 3.0])) == 9.0
