"""Whoever is put forward and taken back, in any order: the ledger says who is out, and the minimum holds."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moothall.people.tests.make import AT
from moothall.training.models import Nomination, TeamDay
from moothall.training.rules.nominating import withdraw

from .make import MONDAY, make_place, make_session, make_team, unit_of

pytestmark = pytest.mark.django_db
LEAST = 2
STEPS = st.tuples(st.integers(0, 3), st.integers(0, 2))


@settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(STEPS, min_size=3, max_size=9))
def test_the_ledger_says_who_is_in_training_and_never_goes_below_the_minimum(
    steps: list[tuple[int, int]],
) -> None:
    """Whoever has a place or waits for it is taken back, whoever does not is put forward."""
    manager, people = make_team(4, least=LEAST)
    sessions = [make_session(first_on=MONDAY + dt.timedelta(days=each // 2)) for each in range(3)]
    for who, which in steps:
        standing = Nomination.objects.standing().filter(employment=people[who], session=sessions[which])
        if (place := standing.first()) is not None:
            withdraw(place, by=manager, at=AT)
        else:
            make_place(sessions[which], people[who])
        for line in TeamDay.objects.filter(unit=unit_of(people[0])):
            out = Nomination.objects.placed().filter(employment__in=people, session__first_on=line.day)
            assert line.out == line.spared.count() == out.count()
            assert (line.present - line.out, line.minimum) >= (LEAST, LEAST)
