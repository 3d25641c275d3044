"""Which journeys a day asks for: by travel, terms, closures, bells, homes and patterns of weeks."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moothall.people.tests.make import AT
from moothall.transport.models import Closure
from moothall.transport.rules import keeping, opening, refusals, travelling
from moothall.transport.rules.journeys import journeys_of

from .make import MONDAY, SINCE, make_centre, make_home, make_passenger, make_travel, make_user

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def directions(day: dt.date) -> list[str]:
    return [each.direction for each in journeys_of(day)]


def test_a_school_day_asks_for_a_journey_there_and_one_back() -> None:
    travel = make_travel()
    there, back = sorted(journeys_of(MONDAY), key=lambda each: each.direction, reverse=True)
    assert (there.direction, there.bell_at) == ("TO", dt.time(9))
    assert (back.direction, back.bell_at) == ("FROM", dt.time(15))
    assert there.passenger == travel.passenger_id
    assert there.home == travel.passenger.homes.get().pk


def test_nobody_travels_on_a_weekend_out_of_term_or_while_it_is_closed() -> None:
    travel = make_travel()
    assert journeys_of(MONDAY + DAY * 5) == []
    assert journeys_of(dt.date(2027, 8, 2)) == []
    for kind, day in ((Closure.INSET, MONDAY), (Closure.HOLIDAY, MONDAY + DAY)):
        target = {"centre": travel.centre} if kind == Closure.INSET else {"calendar": travel.centre.calendar}
        opening.close_days(kind=kind, first_on=day, last_on=day, because="Away", by=None, at=AT, **target)
        assert journeys_of(day) == []
    assert directions(MONDAY + DAY * 2) == ["TO", "FROM"]


def test_a_centre_without_terms_is_open_all_year() -> None:
    make_travel(centre=make_centre(calendar=None))
    assert directions(dt.date(2027, 8, 2)) == ["TO", "FROM"]


def test_an_early_closing_brings_everybody_home_earlier_on_that_day_alone() -> None:
    travel = make_travel()
    opening.close_days(
        kind=Closure.EARLY, first_on=MONDAY, last_on=MONDAY, closes_at=dt.time(13, 30), because="Boiler",
        centre=travel.centre, by=None, at=AT,
    )  # fmt: skip
    assert {each.direction: each.bell_at for each in journeys_of(MONDAY)} == {
        "TO": dt.time(9), "FROM": dt.time(13, 30),
    }  # fmt: skip
    assert dt.time(15) in {each.bell_at for each in journeys_of(MONDAY + DAY)}


def test_other_bells_hold_from_their_day_on() -> None:
    travel = make_travel()
    opening.ring(
        travel.centre, weekdays=[0, 1, 2, 3, 4], begins=dt.time(8, 40), ends=dt.time(14),
        from_on=MONDAY + DAY * 7, by=None, at=AT,
    )  # fmt: skip
    assert {each.bell_at for each in journeys_of(MONDAY)} == {dt.time(9), dt.time(15)}
    assert {each.bell_at for each in journeys_of(MONDAY + DAY * 7)} == {dt.time(8, 40), dt.time(14)}


def test_whoever_is_at_a_second_home_is_fetched_there_in_the_weeks_of_the_pattern() -> None:
    passenger = make_passenger()
    make_travel(passenger)
    second = make_home(passenger, name="Dad’s", is_main=False)
    keeping.add_stay(
        passenger, home=second, weekdays=[0], every_weeks=2, from_on=MONDAY, afternoon=False, by=None, at=AT
    )
    main = passenger.homes.get(is_main=True)
    assert {each.direction: each.home for each in journeys_of(MONDAY)} == {"TO": second.pk, "FROM": main.pk}
    assert {each.home for each in journeys_of(MONDAY + DAY * 7)} == {main.pk}
    assert {each.home for each in journeys_of(MONDAY + DAY * 14)} == {second.pk, main.pk}


def test_nobody_travels_twice_in_one_direction_on_a_day() -> None:
    passenger = make_passenger()
    make_travel(passenger, weekdays=[0, 1], back=False)
    with pytest.raises(refusals.TravelsTwice):
        make_travel(passenger, weekdays=[1, 2])
    make_travel(passenger, weekdays=[0, 1], there=False)
    assert directions(MONDAY) == ["TO", "FROM"]
    assert directions(MONDAY + DAY * 2) == []


def test_whoever_has_left_travels_no_more() -> None:
    travel = make_travel()
    keeping.leave(travel.passenger, on=MONDAY, because="Moved away", by=make_user(), at=AT)
    assert directions(MONDAY) == ["TO", "FROM"]
    assert directions(MONDAY + DAY) == []


def test_a_pattern_without_days_is_refused() -> None:
    with pytest.raises(refusals.NoSuchDay):
        make_travel(weekdays=[])
    with pytest.raises(refusals.HowNeeded):
        travelling.arrange(
            make_passenger(), direction="TO", weekdays=[0], from_on=SINCE, how="RUN", run="L1", by=None, at=AT
        )


def test_a_day_is_read_in_as_many_questions_for_many_as_for_few() -> None:
    centre = make_centre()

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            journeys_of(MONDAY)
        return len(caught)

    make_travel(centre=centre)
    asked()
    few = asked()
    for _each in range(5):
        make_travel(centre=centre)
    assert asked() == few
