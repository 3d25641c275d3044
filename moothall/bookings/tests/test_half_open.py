"""Whatever is asked for in whatever order: a time includes its beginning and not its end."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from moothall.bookings.models import Taking
from moothall.bookings.rules.refusals import Taken

from .make import make_reservation, make_resource, wall

pytestmark = pytest.mark.django_db
QUARTER = dt.timedelta(minutes=15)
Span = tuple[int, int]
SPANS = st.tuples(st.integers(0, 23), st.integers(1, 8)).map(lambda pair: (pair[0], sum(pair)))


@settings(max_examples=20, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(SPANS, min_size=2, max_size=7))
@example([(4, 8), (8, 12), (0, 4)])
def test_a_time_is_had_exactly_where_it_meets_none_that_was_taken_before(asked: list[Span]) -> None:
    room = make_resource()
    had: list[Span] = []
    for first, last in asked:
        is_free = all(last <= begins or ends <= first for begins, ends in had)
        try:
            make_reservation(room, starts_at=wall(8) + first * QUARTER, ends_at=wall(8) + last * QUARTER)
        except Taken:
            assert not is_free
        else:
            assert is_free
            had.append((first, last))
    taken = Taking.objects.filter(resource=room).values_list("shown", flat=True)
    assert sorted((each.lower, each.upper) for each in taken) == [
        (wall(8) + first * QUARTER, wall(8) + last * QUARTER) for first, last in sorted(had)
    ]
