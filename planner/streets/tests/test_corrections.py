"""What was driven corrects what is expected: much of it a lot, little of it a little, nonsense not at all."""

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest

from planner.streets.asking import Streets
from planner.streets.correcting import Journey, learn
from planner.streets.corrections import CROW, Correction, Corrections, Observed, corrected, weighted_median
from planner.streets.crow import travel
from planner.streets.problem import WrongSpeeds
from planner.streets.speeds import BANDS, given_speeds, times_factor
from planner.streets.tags import KIND, KINDS

from .make import places, town

SPEEDS = given_speeds()[-1]
MONDAY = date(2026, 11, 2)


def make_legs(
    count: int, factor: float, *, days: int = 30, kind: str = "primary", seed: int = 1
) -> list[Observed]:
    """Legs of one class of street that took so much longer, within a twentieth."""
    chance = Random(seed)
    return [
        Observed(
            ((kind, expected),),
            "morning",
            expected * factor * chance.uniform(0.95, 1.05),
            MONDAY + timedelta(n % days),
        )
        for n in range(count)
        for expected in [chance.uniform(120, 900)]
    ]


def test_much_that_was_driven_is_believed() -> None:
    found = corrected(make_legs(600, 1.3))

    assert found.factor("primary", "morning") == pytest.approx(1.3, abs=0.04)
    assert found.factor("primary", "afternoon") == 1
    assert (found.used, found.left_out, found.days) == (600, 0, 30)
    assert found.sentence == (
        "Times are corrected from 600 recorded legs of 30 days until 1 December 2026; 0 were left out."
    )


def test_the_less_is_known_the_nearer_a_factor_is_to_one() -> None:
    factors = [corrected(make_legs(count, 1.5)).factor("primary", "morning") for count in (0, 1, 5, 40, 400)]

    assert factors == sorted(factors)
    assert factors[0] == 1
    assert 1 < factors[1] < 1.03
    assert factors[-1] > 1.4


def test_one_bad_day_moves_little_however_many_drove_on_it() -> None:
    usual, snow = make_legs(300, 1.0), make_legs(300, 2.0, days=1)

    assert corrected(snow).factor("primary", "morning") < 1.3
    assert corrected([*usual, *snow]).factor("primary", "morning") < 1.1


def test_what_was_driven_long_ago_counts_less() -> None:
    old = [one._replace(day=one.day - timedelta(900)) for one in make_legs(300, 1.5)]

    assert corrected([*old, *make_legs(300, 1.1, seed=2)]).factor("primary", "morning") == pytest.approx(
        1.1, abs=0.04
    )


def test_a_class_nobody_drove_takes_the_factor_of_its_band() -> None:
    found = corrected(make_legs(600, 1.3))
    said = {(one.band, one.kind): one for one in found.rows}

    assert {one.band for one in found.rows} == {"morning"}
    assert said["morning", "service"].factor == pytest.approx(1.3, abs=0.04)
    assert said["morning", "service"].legs == 0
    assert "for want of legs" in said["morning", "service"].sentence
    assert "from 600 legs" in said["morning", "primary"].sentence


@pytest.mark.parametrize(
    "odd",
    [
        Observed((("primary", 300.0),), "morning", 9_000.0, MONDAY),
        Observed((("primary", 300.0),), "morning", 60.0, MONDAY),
        Observed((("primary", 10.0),), "morning", 300.0, MONDAY),
        Observed((("primary", 300.0),), "morning", float("nan"), MONDAY),
        Observed((("primary", 300.0),), "morning", float("inf"), MONDAY),
        Observed((("primary", -300.0), ("service", 900.0)), "morning", 600.0, MONDAY),
        Observed((("canal", 300.0),), "morning", 300.0, MONDAY),
        Observed((("primary", 300.0),), "night", 300.0, MONDAY),
        Observed((), "morning", 300.0, MONDAY),
    ],
)
def test_a_leg_that_cannot_be_right_is_left_out_and_counted(odd: Observed) -> None:
    good = make_legs(60, 1.2)
    found = corrected([*good, *[odd] * 5])

    assert found.left_out == 5
    assert found.rows == corrected(good).rows


def test_the_order_of_legs_does_not_matter() -> None:
    legs = [*make_legs(40, 1.2), *make_legs(40, 0.8, kind="residential", seed=3)]
    mixed = Random(4).sample(legs, len(legs))

    assert corrected(mixed) == corrected(legs)


def test_without_a_leg_nothing_is_corrected_and_it_says_so() -> None:
    none = corrected([])

    assert none == Corrections()
    assert none.sentence == "No recorded leg corrects these times yet."
    assert none.applied(SPEEDS).sentence == SPEEDS.sentence
    assert (none.applied(SPEEDS).factor == 1).all()


@pytest.mark.parametrize("wrong", [{"prior": 0.0}, {"halves": -1}])
def test_a_prior_of_nothing_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="above nought"):
        corrected([], **wrong)


@pytest.mark.parametrize(
    "row",
    [
        Correction("morning", "canal", 1.1, 5),
        Correction("night", "primary", 1.1, 5),
        Correction("morning", CROW, 0.0, 5),
    ],
)
def test_a_correction_that_makes_no_sense_is_not_applied(row: Correction) -> None:
    with pytest.raises(WrongSpeeds):
        Corrections((row,), 5).applied(SPEEDS)


def driven(count: int, truth: Streets, seed: int, odd: float = 0.1) -> list[Journey]:
    """Journeys as they would be driven at true speeds, with noise, and some with a wrong press."""
    rng = np.random.default_rng(seed)
    found: list[Journey] = []
    while len(found) < count:
        one, two = (tuple(800 * rng.random(2)) for _ in range(2))
        there, back = places(one, two)
        line = truth.path(there, back, "morning")
        assert line is not None
        if line.seconds > 60:
            wrong = 2.2 if rng.random() < odd else float(rng.normal(1, 0.05))
            day = MONDAY + timedelta(len(found) % 40)
            found.append(Journey(there, back, "morning", line.seconds * wrong, day))
    return found


def test_factors_are_learned_from_journeys_though_some_are_wrong() -> None:
    factor = np.ones((len(KINDS), len(BANDS)))
    factor[KIND["residential"]], factor[KIND["secondary"]] = 1.3, 0.9
    truth = Streets.of(town(), times_factor(SPEEDS, factor, np.ones(len(BANDS)), ""))
    known = Streets.of(town(), SPEEDS)
    found = learn(driven(600, truth, 1), streets=known, speeds=SPEEDS)

    assert found.factor("residential", "morning") == pytest.approx(1.3, abs=0.07)
    assert found.factor("secondary", "morning") == pytest.approx(0.9, abs=0.12)
    better = Streets.of(town(), found.applied(SPEEDS))
    there, back = places((0, 0), (800, 800))
    lines = [each.path(there, back, "morning") for each in (known, better, truth)]
    before, after, true = (line.seconds for line in lines if line is not None)
    assert abs(after - true) < abs(before - true) / 3
    assert found.sentence in better.basis("morning").sentence


def test_guesses_along_the_crows_flight_are_corrected_too() -> None:
    there, back = places((0, 0), (6_000, 0))
    guess = travel(places((0, 0)), places((6_000, 0)), "afternoon", streets=None, speeds=SPEEDS).seconds[0, 0]
    journeys = [
        Journey(there, back, "afternoon", 1.4 * guess, MONDAY + timedelta(n % 50)) for n in range(800)
    ]
    found = learn(journeys, streets=None, speeds=SPEEDS)
    speeds = found.applied(SPEEDS)
    again = travel(places((0, 0)), places((6_000, 0)), "afternoon", streets=None, speeds=speeds)

    assert found.factor(CROW, "afternoon") == pytest.approx(1.4, abs=0.04)
    assert again.seconds[0, 0] == pytest.approx(1.4 * guess, rel=0.04)
    assert found.sentence in again.basis.sentence


def test_a_journey_from_a_place_on_no_street_is_learned_as_a_guess() -> None:
    there, back = places((0, 9_000), (800, 800))
    found = learn(
        [Journey(there, back, "morning", 1_500.0, MONDAY)], streets=Streets.of(town(), SPEEDS), speeds=SPEEDS
    )

    assert [one.kind for one in found.rows if one.legs] == [CROW]


def test_a_weighted_median_has_half_of_the_weight_below() -> None:
    assert weighted_median(np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 5.0])) == 2.0
    assert weighted_median(np.array([1.0, 9.0]), np.array([1.0, 3.0])) == 9.0
