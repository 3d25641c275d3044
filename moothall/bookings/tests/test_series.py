"""Series: the same time on the wall across both changes of the clock; what clashes; waiting; holds."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.bookings.models import Reservation, Resource, Taking, Wish
from moothall.bookings.rules.deciding import NothingToWaitFor, look_after_holds, wait_for
from moothall.bookings.rules.reserving import cancel, confirm
from moothall.bookings.rules.series import (
    SeriesMade,
    TooManyTimes,
    cancel_series,
    reserve_series,
    spans_of_series,
)
from moothall.cases.tests.make import AT
from moothall.core.clock import in_london
from moothall.people.models.working import Span
from moothall.people.tests.make import make_account

from .make import MONDAY, make_divided, make_reservation, make_resource, wall

DAY = dt.timedelta(days=1)
SPRING, AUTUMN = dt.date(2027, 3, 28), dt.date(2027, 10, 31)


def weekly(first: dt.date, weeks: int, begins: dt.time, ends: dt.time) -> list[Span]:
    last = first + (weeks - 1) * 7 * DAY
    return spans_of_series(first=first, last=last, begins=begins, ends=ends, every_days=7)


def book_series(*resources: Resource, spans: list[Span], **changes: object) -> SeriesMade:
    given = {"title": "Briefing", "every_days": 7, "by": None, "at": AT}
    return reserve_series(resources=resources, spans=spans, **given | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [SPRING, AUTUMN])
def test_nine_stays_nine_when_the_clocks_change(change: dt.date) -> None:
    spans = weekly(change - 7 * DAY, 3, dt.time(9), dt.time(10))
    assert [(in_london(one).hour, in_london(other).hour) for one, other in spans] == [(9, 10)] * 3
    assert len({one.hour for one, _other in spans}) == 2


def test_a_night_is_an_hour_shorter_in_spring_and_longer_in_autumn() -> None:
    for change, hours in ((SPRING, 8), (AUTUMN, 10)):
        ((begins, ends),) = weekly(change - DAY, 1, dt.time(22), dt.time(7))
        assert ends - begins == dt.timedelta(hours=hours)


def test_a_time_that_spring_leaves_out_is_moved_on() -> None:
    ((begins, ends),) = weekly(SPRING, 1, dt.time(1, 30), dt.time(2))
    assert in_london(begins).time() == dt.time(2, 30)
    assert ends > begins


@given(
    first=st.dates(dt.date(2027, 1, 1), dt.date(2027, 11, 1)),
    begins=st.integers(0, 24 * 60 - 1).map(lambda one: dt.time(one // 60, one % 60)),
    minutes=st.integers(1, 24 * 60 - 1),
    every=st.integers(1, 30),
    times=st.integers(1, 20),
)
def test_every_time_of_a_series_ends_after_it_begins_and_none_meets_the_next(
    first: dt.date, begins: dt.time, minutes: int, every: int, times: int
) -> None:
    ends = (dt.datetime.combine(first, begins) + dt.timedelta(minutes=minutes)).time()
    last = first + (times - 1) * every * DAY
    spans = spans_of_series(first=first, last=last, begins=begins, ends=ends, every_days=every)
    assert len(spans) == times
    assert all(one < other for one, other in spans)
    assert all(in_london(one).date() in {first + number * every * DAY for number in range(times)}
               for one, _other in spans)  # fmt: skip


@pytest.mark.django_db
def test_a_series_takes_what_is_free_and_lists_what_is_not() -> None:
    room, other = make_resource(), make_resource()
    spans = weekly(MONDAY, 52, dt.time(10), dt.time(11))
    make_reservation(room, title="Board", starts_at=spans[3][0], ends_at=spans[3][1])
    found = book_series(room, other, spans=spans)
    assert len(found.made) == 51
    assert [each.span for each in found.missed] == [spans[3]]
    assert "“Board”" in found.missed[0].why
    assert len(found.missed[0].instead.times) == 3
    assert Taking.objects.filter(reservation__series=found.series).count() == 102
    assert not Taking.objects.filter(resource=other, shown__contains=spans[3][0]).exists()


@pytest.mark.django_db
def test_where_nothing_is_free_nothing_is_made() -> None:
    room = make_resource()
    spans = weekly(MONDAY, 1, dt.time(10), dt.time(11))
    make_reservation(room)
    assert book_series(room, spans=spans).made == ()
    assert Reservation.objects.count() == 1


@pytest.mark.django_db
def test_a_series_in_a_divided_room_takes_its_parts() -> None:
    whole, left, _right = make_divided()
    found = book_series(whole, spans=weekly(MONDAY, 2, dt.time(10), dt.time(11)))
    assert Taking.objects.filter(resource=left, asked_for=False).count() == len(found.made) == 2


@pytest.mark.django_db
def test_too_long_a_series_is_refused() -> None:
    spans = spans_of_series(
        first=MONDAY, last=MONDAY + 500 * DAY, begins=dt.time(9), ends=dt.time(10), every_days=1
    )
    with pytest.raises(TooManyTimes):
        book_series(make_resource(), spans=spans)


@pytest.mark.django_db
def test_the_rest_of_a_series_is_cancelled_and_free() -> None:
    room = make_resource()
    found = book_series(room, spans=weekly(MONDAY, 4, dt.time(10), dt.time(11)))
    by = make_account()
    gone = cancel_series(
        series=found.series, from_at=found.made[1].starts_at, because="It is over", by=by, at=AT
    )
    assert len(gone) == 3
    assert Taking.objects.standing().filter(resource=room).count() == 1


@pytest.mark.django_db
def test_whoever_waited_longest_is_offered_what_becomes_free() -> None:
    room, first, second = make_resource(), make_account(), make_account()
    stands = make_reservation(room, title="Board")
    wishes = [
        wait_for(
            resource=room, title="Ours", starts_at=wall(10), ends_at=wall(11), by=each,
            at=AT + number * dt.timedelta(minutes=1),
        )
        for number, each in enumerate((first, second))
    ]  # fmt: skip
    assert "“Board”" in wishes[0].why
    assert look_after_holds(at=AT) == (0, 0)
    cancel(reservation=stands, because="Off", by=None, at=AT)
    assert look_after_holds(at=AT) == (0, 1)
    held = Reservation.objects.get(wish=wishes[0])
    assert (held.state, held.made_by) == (Reservation.HELD, first)
    later = AT + dt.timedelta(hours=25)
    assert look_after_holds(at=later) == (1, 1)
    offered = Reservation.objects.get(wish=wishes[1])
    confirm(reservation=offered, by=second, at=later)
    assert Wish.objects.waiting().count() == 0


@pytest.mark.django_db
def test_nobody_waits_for_what_is_free() -> None:
    with pytest.raises(NothingToWaitFor):
        wait_for(
            resource=make_resource(), title="Ours", starts_at=wall(10), ends_at=wall(11), by=make_account(),
            at=AT,
        )  # fmt: skip
