"""What a live warning says of a pay point: that it is live and until when, and nothing of its matter."""

import datetime as dt

import pytest

from moothall.conduct.beside import warnings_on
from moothall.core.clock import today

from .make import level_of, make_matter, make_outcome

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_a_warning_stands_against_a_pay_point_on_the_days_it_is_live() -> None:
    outcome = make_outcome(make_matter())
    whose, last = outcome.matter.employment_id, outcome.live_until
    assert last is not None
    [word] = warnings_on({whose: last})
    assert (word.employment_id, word.is_against) == (whose, True)
    assert f"{last.year}" in word.text
    assert f"{last.year}" in word.text_cy
    assert word.text != word.text_cy
    assert not list(warnings_on({whose: last + DAY}))
    assert not list(warnings_on({whose: today() - DAY}))


def test_what_never_lapses_is_said_without_a_day_and_the_longest_is_said_once() -> None:
    matter = make_matter()
    make_outcome(matter)
    make_outcome(matter, level=level_of(matter, "for-ever"))
    [word] = warnings_on({matter.employment_id: today()})
    assert word.text == "A warning is live"


def test_a_matter_that_ended_with_nothing_live_says_nothing() -> None:
    matter = make_matter()
    make_outcome(matter, level=level_of(matter, "none"))
    assert not list(warnings_on({matter.employment_id: today()}))
