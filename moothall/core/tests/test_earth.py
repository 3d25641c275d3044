import pytest

from moothall.core.earth import kilometres_between

LONDON, PARIS, DATE_LINE = (51.5074, -0.1278), (48.8566, 2.3522), (0.0, 180.0)


def test_london_and_paris_lie_as_far_apart_as_an_atlas_says_from_either_side() -> None:
    assert kilometres_between(LONDON, PARIS) == pytest.approx(343.6, abs=0.2)
    assert kilometres_between(PARIS, LONDON) == pytest.approx(kilometres_between(LONDON, PARIS))


def test_a_place_lies_nowhere_from_itself_and_half_the_earth_from_the_other_side() -> None:
    assert kilometres_between(LONDON, LONDON) == 0
    assert kilometres_between((0.0, 0.0), DATE_LINE) == pytest.approx(20_015, abs=1)
    assert kilometres_between((0.0, 179.9), (0.0, -179.9)) == pytest.approx(22.2, abs=0.1)
